"""Kill the program at random moments while it saves, over and over; nothing confirmed may be lost (P1).

    python -m tests.faults.kill --cycles 10000
    python -m tests.faults.kill --cycles 10000 --encrypted

A child opens the ward by the real road and saves without pause, telling each save's number after
it was confirmed; after a random time it is killed with SIGKILL, in the middle of opening, saving or
checkpointing (every other one not before its first save). The ward is then opened again by the real road, which recomputes the whole audit
trail. The ward starts afresh every so many cycles, so that it does not grow for ever.
"""

import argparse
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from bedside.store.keys import Keys
from tests.faults.scene import KEYS, findings, make_ward, number_of, opened, said, save

CYCLES_PER_WARD = 10
LONGEST_S = 0.15
FIRST_SAVE_S = 20.0


def child(folder: Path, pipe: int, first: int, keys: Keys | None) -> None:
    """Save until killed."""
    store = opened(folder, keys=keys)
    number = first
    while True:
        count = save(store, number)
        os.write(pipe, b"%d\n" % count)
        number += 1


def one_cycle(folder: Path, rng: random.Random, first: int, keys: Keys | None = None) -> set[int]:
    """Start a child, kill it, return the saves it confirmed."""
    reader, writer = os.pipe()
    started = os.fork()
    if started == 0:
        os.close(reader)
        try:
            child(folder, writer, first, keys)
        finally:
            os._exit(3)
    os.close(writer)
    if rng.random() < 0.5:  # else it may be killed while it opens; a busy machine needs longer
        select.select([reader], [], [], FIRST_SAVE_S)
    time.sleep(rng.uniform(0, LONGEST_S))
    os.kill(started, signal.SIGKILL)
    told = b""
    while part := os.read(reader, 65536):
        told += part
    os.close(reader)
    _, status = os.waitpid(started, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the child ended by itself: the scene is broken")
    return {int(line) for line in told.split(b"\n")[:-1]}


def run(cycles: int, seed: int, above: Path, keys: Keys | None = None) -> dict[str, float]:
    """Run the cycles; return what was found."""
    rng = random.Random(seed)
    base = above / "base"
    make_ward(base, keys=keys)
    totals = {
        "cycles": 0,
        "confirmed": 0,
        "lost": 0,
        "half": 0,
        "unconfirmed": 0,
        "worst_reopen_ms": 0.0,
    }
    folder, confirmed = above / "ward", set()
    for cycle in range(cycles):
        if cycle % CYCLES_PER_WARD == 0:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(base, folder)
            confirmed, held = set(), 0
        new = one_cycle(folder, rng, held + 1, keys)
        confirmed |= new
        begun = time.perf_counter()
        store = opened(folder, keys=keys)
        totals["worst_reopen_ms"] = max(
            totals["worst_reopen_ms"], round((time.perf_counter() - begun) * 1000, 1)
        )
        lost, half, unconfirmed = findings(store, confirmed)
        held = number_of(store)
        confirmed = set(range(1, held + 1))
        store.close()
        totals["cycles"] += 1
        totals["confirmed"] += len(new)
        totals["lost"] += lost
        totals["half"] += half
        totals["unconfirmed"] += unconfirmed
    return totals


def main() -> int:
    """Run from the command line; exit 1 when anything was lost."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--cycles", type=int, default=100)
    reader.add_argument("--seed", type=int, default=20261120)
    reader.add_argument("--encrypted", action="store_true")
    wanted = reader.parse_args()
    keys = KEYS if wanted.encrypted else None
    with tempfile.TemporaryDirectory() as above:
        totals = run(wanted.cycles, wanted.seed, Path(above), keys)
    said(**totals)
    return 1 if totals["lost"] or totals["half"] else 0


if __name__ == "__main__":
    sys.exit(main())
