"""A set of counts saved durably, with its audit row, against one raw commit of SQLite.

Twice: as the ward does it (read, judged, kept), and as the store alone keeps it.
"""

import sqlite3
from datetime import timedelta
from pathlib import Path

from msgspec.structs import fields

from bedside.app import assemble
from bedside.store.keys import Keys
from bedside.store.opening import open_store
from tests.bench.measure import Measure, by_turns
from tests.ward.wards import Bench

NAME = "record a set of counts (ward: judged, kept, audited)"
STORE_NAME = "keep a set of counts (store: row and audit)"
FLOOR = "one raw sqlite3 commit, same modes"
LIMIT = 2.5
# The settings of bedside/store/engine.py that decide what a commit costs.
SETTINGS = ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")


def measure_saving(folder: Path, runs: int, keys: Keys | None = None) -> list[Measure]:
    """Save by turns: a ward's counts, and the like of one row by hand.

    Args:
        folder: an empty folder, or one with the key file of a new ward in it.
        runs: how many turns count.
        keys: the keys of an encrypted ward; the floor stays plain.
    """
    from bedside.store.records import BloodCount
    from bedside.units.quantities import Haemoglobin, WhiteCells

    bench = Bench(folder / "ward", keys)
    kind = "" if keys is None else "encrypted: "
    bench.enrol()
    bench.at(2026, 9, 2, 6, 0)
    open_again(bench, keys)
    raw = Raw(folder / "raw.sqlite3")

    def ours(turn: int) -> None:
        bench.clock.now += timedelta(minutes=7)
        bench.count(
            480 + turn,
            86_000 + turn,
            wbc=WhiteCells(3_200),
            wbc_state="done",
            haemoglobin=Haemoglobin(980),
            haemoglobin_state="done",
        )

    def kept(turn: int) -> None:
        with bench.ward.store.change("Bench", "recorded a blood count", bench.clock.now) as change:
            change.add(
                BloodCount, **{**row, "taken_at": bench.clock.now + timedelta(seconds=turn + 1)}
            )

    try:
        ward = by_turns(ours, raw.save, runs, warm_up=10)
        row = newest_count(bench)
        store = by_turns(kept, raw.save, runs, warm_up=10)
        return [
            Measure(f"{kind}{NAME}", FLOOR, "ms", *ward, LIMIT),
            Measure(f"{kind}{STORE_NAME}", FLOOR, "ms", *store, LIMIT),
        ]
    finally:
        bench.ward.store.close()
        raw.close()


def open_again(bench: Bench, keys: Keys | None) -> None:
    """Close the ward and open it, as every day.

    The connection that has just made every table compiles each statement anew at every save.
    """
    bench.ward.store.close()
    store = open_store(bench.folder, now=bench.clock(), create=False, keys=keys)
    bench.ward = assemble(store, bench.clock)


def newest_count(bench: Bench) -> dict[str, object]:
    """Return the columns of the newest count, to keep more like it."""
    from bedside.store.queries import all_of
    from bedside.store.records import BloodCount, Record

    with bench.ward.store.reading() as connection:
        newest = all_of(connection, BloodCount)[-1]
    own = {field.name for field in fields(Record)}
    return {
        field.name: getattr(newest, field.name) for field in fields(newest) if field.name not in own
    }


class Raw:
    """The floor: a table like that of the counts, one row a commit, nothing else."""

    def __init__(self, file: Path) -> None:
        self._file = sqlite3.connect(file, isolation_level=None)
        for setting in SETTINGS:
            self._file.execute(f"PRAGMA {setting}").fetchall()
        self._file.execute(
            "CREATE TABLE counts (id INTEGER PRIMARY KEY, infant INTEGER NOT NULL, taken TEXT NOT "
            "NULL, specimen TEXT NOT NULL, wbc INTEGER, anc INTEGER, platelets INTEGER, "
            "haemoglobin INTEGER, recorded TEXT NOT NULL, recorded_by TEXT NOT NULL) STRICT"
        )

    def save(self, turn: int) -> None:
        """Save one row durably."""
        taken = f"2026-09-02T06:00:{turn % 60:02d}.000000+00:00"
        self._file.execute("BEGIN IMMEDIATE")
        self._file.execute(
            "INSERT INTO counts VALUES (NULL, 1, ?, 'central line', 3200, ?, ?, 980, ?, ?)",
            (taken, 480 + turn, 86_000 + turn, taken, "Test Nurse, RN"),
        )
        self._file.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._file.close()
