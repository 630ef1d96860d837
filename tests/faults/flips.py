"""Flip one bit of a ward's file, open it by the real road, and see whether the flip is noticed (P6).

    python -m tests.faults.flips --flips 10000
    python -m tests.faults.flips --flips 2000 --where wal
    python -m tests.faults.flips --flips 10000 --encrypted

Each flip is found by SQLite's own check or by the comparison with the audit trail, harmless
(everything reads exactly as recorded), or missed (something reads otherwise). Those found by the
trail are the ones that SQLite alone would have shown as if they had been recorded. `--where wal`
flips in the write-ahead file of a ward that was not closed, `--encrypted` in an encrypted ward, where
the seal of its pages must find every one.
"""

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

from bedside.store.keys import Keys
from bedside.store.opening import FILE
from bedside.store.queries import all_of
from bedside.store.store import Store
from bedside.store.tables import TABLES
from bedside.store.troubles import AuditBroken
from bedside.units.refusal import Refused
from tests.faults.scene import KEYS, make_ward, opened, said, save

SAVES = 12
OUTCOMES = ("found_by_check", "found_by_trail", "harmless", "missed")


def everything(store: Store) -> list[object]:
    """All that a page could show, and the head that papers carry."""
    with store.reading() as connection:
        rows = [all_of(connection, kind, include_void=True) for kind in TABLES]
    return [rows, store.audit_head(), store.demonstration]


def crashed_copy(folder: Path, target: Path, keys: Keys | None) -> None:
    """A ward as a crash leaves it: its newest saves in the write-ahead file."""
    store = opened(folder, keys=keys)
    for number in range(SAVES, SAVES + 4):
        save(store, number)
    shutil.copytree(folder, target)
    store.close()


def flipped(files: dict[str, bytes], spoilt: str, bit: int) -> dict[str, bytes]:
    """The files of a ward with one bit of one of them turned over."""
    changed = bytearray(files[spoilt])
    changed[bit // 8] ^= 1 << (bit % 8)
    return {**files, spoilt: bytes(changed)}


def outcome(files: dict[str, bytes], folder: Path, whole: list[object], keys: Keys | None) -> str:
    """Lay the files of a spoilt ward down, open it, and say what became of the damage."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        store = opened(folder, keys=keys)
    except AuditBroken:
        return "found_by_trail"
    except Refused:
        return "found_by_check"
    try:
        return "harmless" if everything(store) == whole else "missed"
    except Refused:
        return "found_by_check"
    finally:
        store.close()


def run(
    flips: int, seed: int, where: str, above: Path, keys: Keys | None = None
) -> dict[str, object]:
    """Flip so many bits, each in a fresh copy; count what became of them."""
    make_ward(above / "ward", saves=SAVES, keys=keys)
    source = above / "ward"
    if where == "wal":
        crashed_copy(source, above / "crashed", keys)
        source = above / "crashed"
    files = {path.name: path.read_bytes() for path in source.iterdir()}
    files.pop("ward.lock")
    shutil.copytree(source, above / "whole")
    store = opened(above / "whole", keys=keys)
    whole = everything(store)
    store.close()
    spoilt = f"{FILE}-wal" if where == "wal" else FILE
    rng = random.Random(seed)
    totals: dict[str, object] = dict.fromkeys(OUTCOMES, 0)
    missed = []
    for _ in range(flips):
        bit = rng.randrange(len(files[spoilt]) * 8)
        became = outcome(flipped(files, spoilt, bit), above / "flipped", whole, keys)
        totals[became] += 1
        if became == "missed":
            missed.append(bit)
    return {"flips": flips, **totals, "missed_bits": missed}


def main() -> int:
    """Run from the command line; exit 1 when a flip was missed."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--flips", type=int, default=500)
    reader.add_argument("--seed", type=int, default=20261120)
    reader.add_argument("--where", choices=("file", "wal"), default="file")
    reader.add_argument("--encrypted", action="store_true")
    wanted = reader.parse_args()
    keys = KEYS if wanted.encrypted else None
    with tempfile.TemporaryDirectory() as above:
        totals = run(wanted.flips, wanted.seed, wanted.where, Path(above), keys)
    said(**totals)
    return 1 if totals["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
