"""How long a copy of a large ward takes, and how long a save waits for it meanwhile.

With BEDSIDE_EXAMPLES=long the wards have 1,000 infants and a million results each: one as 200,000
blood counts of five results, one as a million laboratory rows, plain and encrypted (making them takes
some minutes each), and a copy of one may take two seconds; otherwise a fiftieth of that, which is
small enough for a whole copy each time, and is held against SQLite's own into a file, checked and
flushed: what the disk alone takes for it.
"""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, process_time, sleep

from tests.bench.measure import Measure
from tests.faults.scene import KEYS

NAME = (
    "copy of {0} infants and {1} results as {2}, {3}, proved (1000 and a million: at most 2000 ms)"
)
CHECKED = "the first, and once a week: whole, all pages checked by SQLite"
WHOLE, CHANGED = "the first of a day: whole", "a later one: what changed"
PROCESSOR = "{0}: processor"
MAY_TAKE, MAY_TAKE_MS = "what it may take", 2000.0
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
    laboratory = "laboratory rows"
    return [
        *_measured(folder / "counts", infants, "counts of five", fill),
        *_measured(folder / "laboratory", infants, laboratory, fill_laboratory),
        *_measured(folder / "sealed", infants, f"{laboratory}, encrypted", fill_laboratory, KEYS),
    ]


def _measured(
    folder: Path,
    infants: int,
    words: str,
    filler: Callable[[object, int], None],
    keys: object = None,
) -> list[Measure]:
    from bedside.store.copies import make_copy
    from bedside.store.opening import open_store

    store = open_store(folder, now=NOW, create=True, keys=keys)
    try:
        filler(store, infants)
        times: dict[str, list[tuple[float, float]]] = {CHECKED: [], WHOLE: [], CHANGED: []}
        plain = [MAY_TAKE_MS] if infants == LONG_INFANTS else []
        for turn in range(2 * COPIES):
            at = NOW + timedelta(days=turn // 2, minutes=turn % 2)  # whole, changed, whole, changed
            began, worked = perf_counter(), process_time()
            copy = make_copy(store, at, "bench")
            took = ((perf_counter() - began) * 1000, (process_time() - worked) * 1000)
            times[_kind_of(copy.note, at)].append(took)
            with store.change(WHO, "recorded a blood count", NOW) as change:
                _count(change, 1, COUNTS_EACH + turn)
            if turn % 2 == 0 and infants != LONG_INFANTS:
                plain.append(_timed(lambda: _plain_copy(store, folder / "plain.sqlite3")))
        waits = _saves_during(store, lambda: make_copy(store, at, "bench"))
    finally:
        store.close()
    results = infants * COUNTS_EACH * RESULTS
    found = [
        each
        for which, took in times.items()
        if took
        for each in _found(NAME.format(infants, results, words, which), took, plain, infants)
    ]
    name = WAIT.format(words)
    return [
        *found,
        Measure(name, ours=max(waits), floor=100, floor_name="what it may take", limit=1),
    ]


def _kind_of(note: object, at: datetime) -> str:
    if note.base is not None:
        return CHANGED
    return CHECKED if note.checked_at == at else WHOLE


def _found(
    name: str, took: list[tuple[float, float]], floor: list[float], infants: int
) -> list[Measure]:
    long = infants == LONG_INFANTS
    wall, worked = (median(each) for each in zip(*took, strict=True))
    return [
        Measure(
            name,
            ours=wall,
            floor=median(floor),
            floor_name=MAY_TAKE if long else PLAIN,
            limit=1 if long else 2,
        ),
        Measure(PROCESSOR.format(name), ours=worked),
    ]


def _plain_copy(store: object, target: Path) -> None:
    """SQLite's backup with nothing of ours around it."""
    from bedside.store.engine import connect_copy

    target.unlink(missing_ok=True)
    target.touch()
    with store.at_rest() as driver, closing(connect_copy(target, store.key)) as copy:
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
