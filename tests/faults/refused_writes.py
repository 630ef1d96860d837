"""Let the disk refuse to grow at one place after another, and see that the store stays whole (P3, P4).

    python -m tests.faults.refused_writes size FOLDER          a limit on the size of files
    python -m tests.faults.refused_writes full FOLDER          a disk of a few megabytes, filled up
    python -m tests.faults.refused_writes saves FOLDER NUMBER  saves only, for a tracer to disturb

With `encrypted` at its end the ward is an encrypted one.

The first two save until the disk refuses, read on meanwhile, give the room back, and save again in
the same open store. Each prints what it found as one line of JSON.
"""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from bedside.store.keys import Keys
from bedside.store.opening import FILE
from bedside.store.store import Store
from bedside.store.troubles import NotSaved
from tests.faults.scene import KEYS, findings, number_of, opened, said, save

PLACES = 24
STEP_BYTES = 700  # not a divisor of a page: the limit falls on every part of a write


def limit_files(most: int) -> None:
    """Let no file of this process grow beyond so many bytes."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))


def save_until_refused(store: Store, number: int, confirmed: set[int]) -> tuple[int, str]:
    """Save until the disk refuses; return the next number and what the store said."""
    while True:
        try:
            confirmed.add(save(store, number))
        except NotSaved as refusal:
            return number, str(refusal)
        number += 1


def size(folder: Path, keys: Keys | None) -> dict[str, object]:
    """Refuse growth at many places of the write-ahead file."""
    store = opened(folder, keys=keys)
    wal = folder / f"{FILE}-wal"
    confirmed: set[int] = set()
    number, words, readable = 1, set(), 0
    for place in range(PLACES):
        held = wal.stat().st_size if wal.exists() else 0
        limit_files(held + place * STEP_BYTES)
        number, said_words = save_until_refused(store, number, confirmed)
        words.add(said_words)
        readable += number_of(store) == len(confirmed)
        limit_files(resource.RLIM_INFINITY)
        confirmed.add(save(store, number))
        number += 1
    store.close()
    store = opened(folder, keys=keys)
    lost, half, unconfirmed = findings(store, confirmed)
    store.close()
    return {
        "refused": PLACES, "readable": readable, "confirmed": len(confirmed), "lost": lost,
        "half": half, "unconfirmed": unconfirmed, "words": sorted(words),
    }  # fmt: skip


def full(folder: Path, keys: Keys | None) -> dict[str, object]:
    """Fill the disk up, save until it is full, free room, save again."""
    store = opened(folder, keys=keys)
    filler = folder / "filler"
    confirmed: set[int] = set()
    words, readable, number = set(), 0, 1
    for left in (0, 5_000, 20_000, 60_000):
        fill_up(filler, leave=left)
        number, said_words = save_until_refused(store, number, confirmed)
        words.add(said_words)
        readable += number_of(store) == len(confirmed)
        filler.unlink()
        confirmed.add(save(store, number))
        number += 1
    store.close()
    store = opened(folder, keys=keys)
    lost, half, unconfirmed = findings(store, confirmed)
    store.close()
    return {
        "refused": 4, "readable": readable, "confirmed": len(confirmed), "lost": lost,
        "half": half, "unconfirmed": unconfirmed, "words": sorted(words),
    }  # fmt: skip


def fill_up(filler: Path, leave: int) -> None:
    """Take all room of the disk but so many bytes."""
    with filler.open("wb", buffering=0) as file:
        for block in (1 << 20, 4096):
            with suppress(OSError):
                while True:
                    file.write(bytes(block))
    os.truncate(filler, max(0, filler.stat().st_size - leave))


def saves(folder: Path, many: int, keys: Keys | None) -> dict[str, object]:
    """Save so many times, whatever happens; tell each confirmed save at once."""
    refused = []
    store = opened(folder, keys=keys)
    for number in range(1, many + 1):
        try:
            print(f"confirmed {save(store, number)}", flush=True)  # noqa: T201
        except NotSaved as refusal:
            refused.append(str(refusal))
    store.close()
    return {"refused": len(refused), "words": sorted(set(refused))}


def main() -> int:
    """Run one scene from the command line."""
    scene, folder, *rest = sys.argv[1:]
    keys = KEYS if "encrypted" in rest else None
    if scene == "saves":
        said(**saves(Path(folder), int(rest[0]), keys))
    else:
        said(**{"size": size, "full": full}[scene](Path(folder), keys))
    return 0


if __name__ == "__main__":
    sys.exit(main())
