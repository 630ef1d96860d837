"""Kill the program while it copies or restores, over and over; spoil copies by one bit (P1, P6, P7).

    python -m tests.faults.copies kill --cycles 1000
    python -m tests.faults.copies flips --flips 1000
    python -m tests.faults.copies medium FOLDER      a second medium that fills up, FOLDER on a small disk

`kill`: a child saves and copies (to two media) without pause, or restores the copy before last; after
a random time it is killed with SIGKILL. Then the ward is opened by the real road: every confirmed
save is there, or, where a restore had been ordered, the ward is the copy and the old one lies aside
whole; and every copy that is named can be restored. With `--large` the ward is copied as one of a gigabyte is:
whole once, then what changed (`bedside.store.large_copies`), and each copy is put together, too.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bedside.store import copies, large_copies, parts
from bedside.store.copies import make_copy
from bedside.store.copy_folders import carry, check_copy, copies_in, thin
from bedside.store.opening import BACKUPS, FILE, ORDER
from bedside.store.restoring import lay_out, order_restore, prepare
from bedside.store.troubles import Damaged, NotSaved
from tests.faults.scene import NOW, findings, make_ward, number_of, opened, said, save

LONGEST_S = 0.25  # until the kill; on a busy machine so many times what a copy takes there
TIMES = 3
SAVES = 30


def as_large() -> None:
    """Copy small wards as large ones are: in parts of a page, and hardly ever whole."""
    copies.LARGE_BYTES, parts.PART_BYTES, large_copies._MOST_CHANGED = 0, 4096, 1


def copying(folder: Path, medium: Path, tell: Callable[[int], None]) -> None:
    """Save and copy until killed."""
    store = opened(folder)
    number = number_of(store)
    while True:
        number += 1
        tell(save(store, number))
        carry(make_copy(store, NOW + timedelta(minutes=number), "fault"), medium)
        thin(folder / BACKUPS, NOW + timedelta(minutes=number))


def restoring(folder: Path, _medium: Path, tell: Callable[[int], None]) -> None:
    """Restore the oldest copy until killed; tell when the order is about to be given."""
    while True:
        copy = copies_in(folder / BACKUPS)[-1]
        prepared = prepare(copy, folder, NOW)
        opened(prepared).close()
        tell(0)
        order_restore(folder, prepared, NOW)
        opened(folder).close()
        tell(1)
        shutil.rmtree(next(folder.glob("replaced-*")))


def killed(act: Callable[..., None], folder: Path, medium: Path, after_s: float) -> list[int]:
    """Run something in a child, kill it after so many seconds, return what it told."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            act(folder, medium, lambda number: os.write(writer, b"%d\n" % number))
        finally:
            os._exit(3)
    os.close(writer)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    told = b""
    while part := os.read(reader, 65536):
        told += part
    os.close(reader)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the child ended by itself: the scene is broken")
    return [int(line) for line in told.split(b"\n")[:-1]]


def kill(cycles: int, seed: int, above: Path) -> dict[str, int]:
    """Kill copies and restores by turns; return what was found."""
    rng = random.Random(seed)
    base = above / "base"
    make_ward(base, SAVES)
    began = time.perf_counter()
    store = opened(base)
    old = number_of(store)
    make_copy(store, NOW, "first")
    new = save(store, SAVES)
    store.close()
    longest = max(LONGEST_S, TIMES * (time.perf_counter() - began))
    found = {
        "cycles": cycles,
        "lost": 0,
        "half": 0,
        "copies": 0,
        "spoilt": 0,
        "restored": 0,
        "kept": 0,
        "changes": 0,
    }
    folder, medium = above / "ward", above / "medium"
    for cycle in range(cycles):
        for place in (folder, medium):
            shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(base, folder)
        medium.mkdir()
        if cycle % 2:
            killed(restoring, folder, medium, rng.uniform(0, longest))
            _look_at_restored(folder, old, new, found)
        else:
            told = killed(copying, folder, medium, rng.uniform(0, longest))
            store = opened(folder)
            lost, half, _ = findings(store, set(told))
            store.close()
            found["lost"] += lost
            found["half"] += half
        for copy in [*copies_in(folder / BACKUPS), *copies_in(medium)]:
            found["copies"] += 1
            found["spoilt"] += not _is_sound(copy)
            found["changes"] += copy.note is not None and copy.note.base is not None
    return found


def _look_at_restored(folder: Path, old: int, new: int, found: dict[str, int]) -> None:
    """The ward is the old one or the copy, whole; what was moved aside is whole, too."""
    store = opened(folder)
    held = number_of(store)
    store.verify_audit()
    store.close()
    if (folder / ORDER).exists() or held not in (old, new):
        found["half"] += 1
    elif held == new:
        found["kept"] += 1
    else:
        found["restored"] += 1
    for aside in folder.glob("replaced-*"):
        if (aside / FILE).exists():
            store = opened(aside)
            found["lost"] += number_of(store) not in (old, new)
            store.close()


def _is_sound(copy: object) -> bool:
    try:
        check_copy(copy)
        with tempfile.TemporaryDirectory() as above:
            lay_out(copy.folder, copy.note, Path(above))
    except (Damaged, OSError):
        return False
    return True


def flips(many: int, seed: int, above: Path) -> dict[str, int]:
    """Flip one bit in a file of a copy, each time another; it must never count as good."""
    rng = random.Random(seed)
    make_ward(above / "ward", SAVES)
    store = opened(above / "ward")
    for number in range(2):
        copy = make_copy(store, NOW + timedelta(minutes=number), "fault")
        save(store, SAVES + number)
    store.close()
    whole = {name: (copy.folder / name).read_bytes() for name in copy.note.files}
    found = {"flips": many, "missed": 0, "files": len(whole)}
    for _ in range(many):
        name = rng.choice(sorted(whole))
        bit = rng.randrange(len(whole[name]) * 8)
        spoilt = bytearray(whole[name])
        spoilt[bit // 8] ^= 1 << (bit % 8)
        (copy.folder / name).write_bytes(spoilt)
        found["missed"] += _is_sound(copies_in(copy.folder.parent)[0])
        (copy.folder / name).write_bytes(whole[name])
    if not _is_sound(copy):
        raise RuntimeError("the scene is broken")
    return found


def medium(folder: Path, above: Path) -> dict[str, int]:
    """Copy onto a small disk until it is full: nothing half is named there, the ward goes on."""
    make_ward(above / "ward", SAVES)
    store = opened(above / "ward")
    refused = carried = 0
    for number in range(200):
        save(store, SAVES + number)
        copy = make_copy(store, NOW + timedelta(minutes=number), "fault")
        try:
            carry(copy, folder)
            carried += 1
        except NotSaved:
            refused += 1
        if refused == 3:
            break
    lost, half, _ = findings(store, set(range(1, SAVES + number + 2)))
    store.close()
    left = copies_in(folder)
    return {
        "refused": refused, "carried": carried, "named": len(left), "lost": lost, "half": half,
        "spoilt": sum(not _is_sound(copy) for copy in left),
        "left_behind": len([path for path in folder.iterdir() if path.name.startswith(".")]),
    }  # fmt: skip


def main() -> int:
    """Run from the command line; exit 1 when anything was lost, half or missed."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("scene", choices=("kill", "flips", "medium"))
    reader.add_argument("folder", nargs="?")
    reader.add_argument("--cycles", type=int, default=20)
    reader.add_argument("--flips", type=int, default=100)
    reader.add_argument("--large", action="store_true", help="copy as a large ward is copied")
    reader.add_argument("--seed", type=int, default=20261120)
    wanted = reader.parse_args()
    if wanted.large:
        as_large()
    with tempfile.TemporaryDirectory() as above:
        if wanted.scene == "kill":
            found = kill(wanted.cycles, wanted.seed, Path(above))
        elif wanted.scene == "flips":
            found = flips(wanted.flips, wanted.seed, Path(above))
        else:
            found = medium(Path(wanted.folder), Path(above))
    said(**found)
    return int(any(found.get(name) for name in ("lost", "half", "spoilt", "missed")))


if __name__ == "__main__":
    sys.exit(main())
