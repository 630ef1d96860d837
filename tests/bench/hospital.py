"""What is due today on a ward of a large hospital, whose wards lie on one server, each in a database of its own.

With BEDSIDE_EXAMPLES=long, or by `python -m tests.bench.hospital [FOLDER]`, the hospital has a hundred wards
of 100 infants, with a thousand laboratory results each: 10,000 infants and 10 million results; otherwise two
wards a fiftieth as large. The first ward is recorded by the program itself, the others are copies of it; it
takes ten minutes and 12 GB of disk below FOLDER.
"""

import os
import shutil
import sys
import tempfile
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.large_ward import _grow
from tests.bench.measure import LEAST_RUNS, Measure
from tests.server.postgres import OWNER, Postgres, programs

NAME = "due today on one of {0} wards of {1} infants, {2} results in all ({3})"
MAY_TAKE, LIMIT_MS = "what it may take (300 ms)", 300.0
LONG, SHORT = (100, 100, 1000), (2, 20, 100)  # wards, infants of each, results of each infant
WHO = "Bench"


def measure_hospital(
    folder: Path, runs: int, size: tuple[int, int, int] | None = None
) -> list[Measure]:
    """Make the hospital, and ask one of its wards what is due.

    Args:
        folder: an empty folder.
        runs: how many times it is asked.
        size: wards, infants of each, results of each infant; None takes what the environment says.
    """
    if programs() is None:
        return [Measure("hospital", trouble="Debian's package postgresql is not installed here")]
    from bedside.app import assemble, system_clock
    from bedside.store.opening import open_store
    from bedside.ward.board import board
    from bedside.ward.board_dlt import judge_board

    long = os.environ.get("BEDSIDE_EXAMPLES") == "long"
    wards, infants, results = size or (LONG if long else SHORT)
    server = Postgres(on_disk=True)
    clock = system_clock()
    try:
        _make(server, folder, infants, results)
        for number in range(2, wards + 1):
            server.make_database(f"ward{number}", "ward1", "STRATEGY file_copy")
        address = server.url(f"ward{wards}")
        store = open_store(folder / "station", now=clock(), create=False, server=address)
        other = open_store(folder / "other", now=clock(), create=False, server=address)
        with closing(store), closing(other):
            ward = assemble(store, clock)
            judge_board(ward)
            board(ward)
            still, after = [], []
            for turn in range(max(runs, LEAST_RUNS)):
                still.append(_took(ward))
                _record(other, clock(), turn)
                after.append(_took(ward))
    finally:
        server.stop()
    told = (wards, infants, wards * infants * results)
    return [
        Measure(NAME.format(*told, when), MAY_TAKE, "ms", median(took), LIMIT_MS, 1.0)
        for when, took in (
            ("nothing new", still),
            ("after another station's save", after),
        )
    ]


def _took(ward: object) -> float:
    from bedside.ward.board import board

    began = perf_counter()
    board(ward)
    return (perf_counter() - began) * 1000


def _make(server: Postgres, folder: Path, infants: int, results: int) -> None:
    """The first ward: the demonstration's infants again and again, with their results."""
    from bedside.app import assemble, system_clock
    from bedside.demonstration import make_demonstration_ward
    from bedside.store.move_to_server import move_to_server
    from bedside.store.opening import open_store
    from bedside.store.server_address import read_address

    clock = system_clock()
    make_demonstration_ward(folder / "file", clock).store.close()
    server.make_database("ward1")
    move_to_server(folder / "file", read_address(server.url("ward1", OWNER)), who=WHO, now=clock())
    shutil.rmtree(folder / "file")
    address = server.url("ward1")
    with closing(open_store(folder / "maker", now=clock(), create=False, server=address)) as store:
        ward = assemble(store, clock)
        _grow(ward, infants)
        for infant in range(1, infants + 1):
            _results(store, infant, results)


def _results(store: object, infant: int, results: int) -> None:
    from bedside.app import system_clock
    from bedside.store.laboratory_records import LabResult

    now = system_clock()()
    with store.change(WHO, "recorded results", now) as change:
        for number in range(results):
            change.add(
                LabResult, infant_id=infant, analyte=("creatinine", "potassium", "alt")[number % 3],
                taken_at=now - timedelta(days=400, hours=number), specimen="venous",
                laboratory="Central", state="done", state_reason="", comparator="", typed="31",
                value=Decimal(31), unit="umol/L", kept=Decimal(31), kept_unit="umol/L",
                low=Decimal(10), high=Decimal(40), limits_from="laboratory", fasting="",
                unusual_reason="",
            )  # fmt: skip


def _record(store: object, now: object, turn: int) -> None:
    """Another station records a set of counts."""
    from bedside.store.records import BloodCount
    from tests.store.samples import row_of

    taken = now - timedelta(days=500, minutes=turn)
    with store.change(WHO, "recorded a blood count", now) as change:
        change.add(BloodCount, **row_of(BloodCount, infant_id=1 + turn, taken_at=taken))


def main() -> None:
    """Make the whole hospital, below a folder with room for it, and say how long it was asked."""
    from tests.bench.__main__ import table

    tempfile.tempdir = sys.argv[1] if len(sys.argv) > 1 else None  # the server's folder, too
    began = perf_counter()
    with tempfile.TemporaryDirectory(prefix="bedside-bench-") as room:
        found = measure_hospital(Path(room), 21, LONG)
    print(table(found))
    print(f"made and measured in {(perf_counter() - began) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
