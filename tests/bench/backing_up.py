"""How long a copy of a large ward takes, and how long a save waits for it meanwhile.

With BEDSIDE_EXAMPLES=long the wards have 1,000 infants and a million results each: one as 200,000
blood counts of five results, one as a million laboratory rows (making them takes some minutes);
otherwise a fiftieth of that, which is small enough for a whole copy each time. A whole copy is held
against SQLite's own into a file, checked and flushed: what the disk alone takes for it.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, sleep

from tests.bench.measure import Measure

NAME = (
    "copy of {0} infants and {1} results as {2}, {3}, proved (1000 and a million: at most 2000 ms)"
)
WHOLE, CHANGED = "the first of a day: whole", "a later one: what changed"
WAIT = "longest save while {0} are copied (the window: at most 100 ms)"
INFANTS, LONG_INFANTS = 20, 1_000
COUNTS_EACH, RESULTS = 200, 5  # a count: white cells, neutrophils, ANC, platelets, haemoglobin
NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
WHO = "Bench"
COPIES = 3
PLAIN = "sqlite3's own backup in one go, checked and flushed"


def measure_backup(folder: Path) -> list[Measure]:
    """Make a large ward, copy it, and save without pause meanwhile.

    Args:
        folder: an empty folder.
    """
    from tests.bench.start_large import fill_laboratory

    infants = LONG_INFANTS if os.environ.get("BEDSIDE_EXAMPLES") == "long" else INFANTS
    return [
        *_measured(folder / "counts", infants, "counts of five", fill),
        *_measured(folder / "laboratory", infants, "laboratory rows", fill_laboratory),
    ]


def _measured(
    folder: Path, infants: int, words: str, filler: Callable[[object, int], None]
) -> list[Measure]:
    from bedside.store.copies import make_copy
    from bedside.store.opening import open_store

    store = open_store(folder, now=NOW, create=True)
    try:
        filler(store, infants)
        times: dict[bool, list[float]] = {True: [], False: []}
        plain = []
        for turn in range(2 * COPIES):
            at = NOW + timedelta(days=turn // 2, minutes=turn % 2)  # whole, changed, whole, changed
            began = perf_counter()
            copy = make_copy(store, at, "bench")
            took = (perf_counter() - began) * 1000
            times[copy.note.base is None].append(took)
            with store.change(WHO, "recorded a blood count", NOW) as change:
                _count(change, 1, COUNTS_EACH + turn)
            if turn % 2 == 0:
                plain.append(_timed(lambda: _plain_copy(store, folder / "plain.sqlite3")))
        waits = _saves_during(store, lambda: make_copy(store, at, "bench"))
    finally:
        store.close()
    results = infants * COUNTS_EACH * RESULTS
    found = [
        Measure(
            NAME.format(infants, results, words, which),
            ours=median(ours),
            floor=median(plain),
            floor_name=PLAIN,
            limit=2,
        )
        for which, ours in ((WHOLE, times[True]), (CHANGED, times[False]))
        if ours
    ]
    name = WAIT.format(words)
    return [
        *found,
        Measure(name, ours=max(waits), floor=100, floor_name="what it may take", limit=1),
    ]


def _plain_copy(store: object, target: Path) -> None:
    """SQLite's backup with nothing of ours around it."""
    target.unlink(missing_ok=True)
    with store.at_rest() as driver, closing(sqlite3.connect(target)) as copy:
        driver.backup(copy)
        copy.execute("PRAGMA integrity_check").fetchall()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def fill(store: object, infants: int, counts: int = COUNTS_EACH) -> None:
    """Record so many infants, each with so many counts of five results."""
    from bedside.store.records import Infant

    for number in range(1, infants + 1):
        with store.change(WHO, "recorded results", NOW) as change:
            one = change.add(
                Infant, family=f"TESTLING {number}", given="Ida", sex="f",
                born=NOW.date() - timedelta(days=90), gestation_days=273,
                hospital_number=f"T {number}", bed="1", allergies="none known", line="",
            )  # fmt: skip
            for count in range(counts):
                _count(change, one, count)


def _count(change: object, infant: int, number: int) -> None:
    from bedside.store.records import BloodCount

    change.add(
        BloodCount, infant_id=infant, taken_at=NOW + timedelta(minutes=number), specimen="line",
        wbc_state="done", wbc_per_ul=3000 + number, neutrophils_percent=Decimal("15.5"),
        anc_state="done", anc_per_ul=number, anc_source="analyser", platelets_state="done",
        platelets_per_ul=90_000, haemoglobin_state="done", haemoglobin_tenths_g_per_l=920, unusual_reason="",
    )  # fmt: skip


def _saves_during(store: object, act: Callable[[], object]) -> list[float]:
    """Save now and then until something done in a thread is over; how long each save took, in ms."""
    thread = Thread(target=act)
    waits: list[float] = []
    thread.start()
    while thread.is_alive() or not waits:
        began = perf_counter()
        with store.change(WHO, "recorded a blood count", NOW) as change:
            _count(change, 1, 2 * COUNTS_EACH + len(waits))
        waits.append((perf_counter() - began) * 1000)
        sleep(0.02)
    thread.join()
    return waits
