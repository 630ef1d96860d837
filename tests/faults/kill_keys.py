"""Kill the program at random moments while it changes a ward's keys; the ward must open every time.

    python -m tests.faults.kill_keys --cycles 2000 --act key
    python -m tests.faults.kill_keys --cycles 2000 --act passphrase
    python -m tests.faults.kill_keys --cycles 2000 --act encrypt

A child changes the key of the ward's file, or only the passphrase, or encrypts a plain ward, and is
killed with SIGKILL after a random time. The ward must then open by the passphrase before or by the
one after (a plain one: without any, or by its first), by no other, with every save that was in it.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from bedside.store.encrypting import encrypt_ward
from bedside.store.key_doors import (
    WrongKey,
    change_passphrase,
    make_keys,
    open_by_passphrase,
)
from bedside.store.keys import KeyNeeded, Keys
from bedside.store.opening import ORDER
from bedside.store.passphrase import FLOOR
from bedside.store.rekey import change_keys
from bedside.store.tries import forget
from tests.faults.scene import NOW, findings, make_ward, number_of, opened, said

SAVES = 8
BEFORE = "heron lantern gravel sixteen plum"
AFTER = "anvil pepper comet drawer violin"
BEYOND = 3  # times what a whole change takes here (a forked child is slower), so that some are over before the kill


def child(folder: Path, act: str) -> None:
    """Change the keys once; the parent kills it before, in the midst of it, or after."""
    if act == "encrypt":
        encrypt_ward(folder, AFTER, who="Tester", now=NOW, slowness=FLOOR)
    elif act == "key":
        change_keys(folder, BEFORE, AFTER, NOW, slowness=FLOOR)
    else:
        change_passphrase(folder, BEFORE, AFTER, NOW, slowness=FLOOR)


def one_cycle(folder: Path, act: str, pause: float) -> None:
    """Start a child and kill it."""
    started = os.fork()
    if started == 0:
        try:
            child(folder, act)
            time.sleep(5)
        finally:
            os._exit(3)
    time.sleep(pause)
    os.kill(started, signal.SIGKILL)
    _, status = os.waitpid(started, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the child ended by itself: the scene is broken")


def keys_after(folder: Path) -> tuple[Keys | None, bool]:
    """The keys after a kill, and whether it was the new passphrase that opened them.

    An opening finishes what was ordered; without keys that is all it does.
    """
    with suppress(KeyNeeded):
        store = opened(folder)
        store.close()
        return None, False
    for passphrase in (AFTER, BEFORE):
        forget(folder)
        try:
            return open_by_passphrase(folder, passphrase, NOW + timedelta(hours=1)), (
                passphrase == AFTER
            )
        except WrongKey:
            continue
    return None, False


def run(cycles: int, seed: int, act: str, above: Path) -> dict[str, object]:
    """Run the cycles; return what was found."""
    rng = random.Random(seed)
    base, folder = above / "base", above / "ward"
    plain = act == "encrypt"
    keys = None if plain else make_keys(base, BEFORE, slowness=FLOOR).keys
    make_ward(base, saves=SAVES, keys=keys)
    shutil.copytree(base, folder)
    began = time.perf_counter()
    child(folder, act)
    longest = BEYOND * (time.perf_counter() - began)
    totals = {"cycles": 0, "changed": 0, "closed_for_good": 0, "lost": 0, "half": 0, "left": 0}
    for _ in range(cycles):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base, folder)
        one_cycle(folder, act, rng.uniform(0, longest))
        totals["cycles"] += 1
        found, changed = keys_after(folder)
        totals["changed"] += changed
        if found is None and not plain:
            totals["closed_for_good"] += 1
            continue
        store = opened(folder, keys=found)
        lost, half, _ = findings(store, set(range(1, SAVES + 1)))
        totals["lost"] += lost + (number_of(store) != SAVES)
        totals["half"] += half
        store.close()
        totals["left"] += any(
            "rekeyed" in file.name or file.name == ORDER for file in folder.iterdir()
        )
    return totals


def main() -> int:
    """Run from the command line; exit 1 when a ward did not open, or not whole."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--cycles", type=int, default=100)
    reader.add_argument("--seed", type=int, default=20261121)
    reader.add_argument("--act", choices=("key", "passphrase", "encrypt"), default="key")
    wanted = reader.parse_args()
    with tempfile.TemporaryDirectory() as above:
        totals = run(wanted.cycles, wanted.seed, wanted.act, Path(above))
    said(**totals)
    return 1 if totals["closed_for_good"] or totals["lost"] or totals["half"] else 0


if __name__ == "__main__":
    sys.exit(main())
