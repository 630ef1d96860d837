"""How much longer a large ward takes to open than an empty one, its record verified; and before a paper.

With BEDSIDE_EXAMPLES=long the wards have 1,000 infants and a million results each: one as 200,000
blood counts of five results, one as a million laboratory results (making them takes some minutes);
otherwise a fiftieth of that. "After a kill" is kill -9 with saves in the write-ahead file.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from tests.bench.backing_up import INFANTS, LONG_INFANTS, NOW, WHO, fill
from tests.bench.measure import LEAST_RUNS, Measure

START = "opening {0} infants, {1} results as {2}, after {3}: more than an empty ward"
PAPER = "verification before a paper there ({0}, {1})"
MAY_TAKE = "what it may take (1500 ms for 1000 infants)"
RESULTS_EACH = 1000
SAVES = 20
_ANALYTES = ("creatinine", "potassium", "alt", "bilirubin", "albumin")
_LIMIT_MS = 1500.0


def measure_large_start(folder: Path) -> list[Measure]:
    """Make an empty ward and large ones, and open them by turns.

    Args:
        folder: an empty folder.
    """
    infants = LONG_INFANTS if os.environ.get("BEDSIDE_EXAMPLES") == "long" else INFANTS
    empty = _made(folder / "empty", lambda store: None)
    found = []
    for words, filler in (("counts of five", fill), ("laboratory results", fill_laboratory)):
        large = _made(folder / "large", lambda store, filler=filler: filler(store, infants))
        floor = median(_opened_ms(empty) for _ in range(LEAST_RUNS))
        closed = median(_opened_ms(large) for _ in range(LEAST_RUNS))
        killed = median(_killed_ms(large, turn) for turn in range(3))
        for after, took in (("a close", closed), ("a kill", killed)):
            name = START.format(infants, infants * RESULTS_EACH, words, after)
            found.append(Measure(name, MAY_TAKE, "ms", max(took - floor, 0), _LIMIT_MS, 1.0))
        found += _before_a_paper(large, words)
        for file in large.iterdir():
            file.unlink()
        large.rmdir()
    return found


def fill_laboratory(store: object, infants: int) -> None:
    """Record so many infants with a thousand laboratory results each."""
    from bedside.store.laboratory_records import LabResult

    fill(store, infants, counts=0)
    for infant in range(1, infants + 1):
        with store.change(WHO, "recorded results", NOW) as change:
            for number in range(RESULTS_EACH):
                change.add(
                    LabResult, infant_id=infant, analyte=_ANALYTES[number % 5],
                    taken_at=NOW - timedelta(hours=number), specimen="venous", laboratory="Central",
                    state="done", state_reason="", comparator="", typed="31", value=Decimal(31),
                    unit="umol/L", kept=Decimal(31), kept_unit="umol/L", low=Decimal(10),
                    high=Decimal(40), limits_from="laboratory", fasting="", unusual_reason="",
                )  # fmt: skip


def _made(folder: Path, filler: Callable[[object], None]) -> Path:
    from bedside.store.opening import open_store

    store = open_store(folder, now=NOW, create=True)
    filler(store)
    store.close()
    return folder


def _opened_ms(folder: Path) -> float:
    from bedside.store.opening import open_store

    began = perf_counter()
    store = open_store(folder, now=NOW, create=False)
    took = (perf_counter() - began) * 1000
    store.close()
    return took


def _killed_ms(folder: Path, turn: int) -> float:
    """Save in another process, kill it, and open what it left."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.start_large", str(folder), str(turn)],
        stdout=subprocess.PIPE,
    )
    child.stdout.readline()
    sleep(0.2)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    return _opened_ms(folder)


def _before_a_paper(folder: Path, words: str) -> list[Measure]:
    from bedside.store.opening import open_store

    store = open_store(folder, now=NOW, create=False)
    try:
        times = []
        for _ in range(1 + LEAST_RUNS):
            began = perf_counter()
            store.verify_for_paper(1)
            times.append((perf_counter() - began) * 1000)
    finally:
        store.close()
    return [
        Measure(PAPER.format(words, "the first of a run"), ours=times[0]),
        Measure(PAPER.format(words, "later ones"), ours=median(times[1:])),
    ]


def _save_and_wait(folder: Path, turn: int) -> None:
    """Open a ward, save some weights, say so, and wait to be killed."""
    from bedside.store.opening import open_store
    from bedside.store.records import Measurement

    store = open_store(folder, now=NOW, create=False)
    for number in range(SAVES):
        with store.change(WHO, "recorded a weight", NOW) as change:
            change.add(
                Measurement, infant_id=1, measured_at=NOW + timedelta(days=turn, minutes=number),
                weight_g=5000, length_mm=None, unusual_reason="",
            )  # fmt: skip
    print("saved", flush=True)
    sleep(60)


if __name__ == "__main__":
    _save_and_wait(Path(sys.argv[1]), int(sys.argv[2]))
