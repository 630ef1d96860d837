"""A ward on a server: what a save costs, also to the server, and what many stations make of it.

The server is Debian's PostgreSQL, started for this, on this machine's disk: a save is durable. What is
missing of it is said in the table. `python -m tests.bench.on_server PICTURE` draws the picture of the
README: one to forty stations.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, NamedTuple

from bedside.store.catalogue import columns_of
from bedside.store.opening import open_store
from bedside.store.records import BloodCount, Infant
from bedside.store.server_address import read_address
from bedside.store.server_driver import ServerDriver, connect_server
from bedside.store.server_opening import make_on_server
from bedside.store.ways import utc_text
from tests.bench.measure import Measure, by_turns
from tests.server.postgres import OWNER, Postgres, programs
from tests.store.samples import NOW, add, row_of

if TYPE_CHECKING:
    from psycopg import Connection

NAME, FLOOR = "keep a set of counts on a server", "one raw psycopg commit of the same rows"
RULED = "the same rows committed raw into the ward's own tables, with their rules"
LIMIT, CPU_LIMIT = 2.0, 1.3
KINDS = ("blood_count", "audit")
CPU_NAME = "the server's processor time for a save, {0} stations"
EACH_PROCESS = 5
SIZES = (1, 5, 10, 20, 40)


class Load(NamedTuple):
    """What so many stations made of it.

    Args:
        stations: how many.
        saves: how many they made.
        usual_ms: the median of a save.
        slow_ms: nineteen of twenty are quicker.
        cpu_ms: the server's processor time for a save.
    """

    stations: int
    saves: int
    usual_ms: float
    slow_ms: float
    cpu_ms: float


def measure_on_server(folder: Path, runs: int) -> list[Measure]:
    """Save by turns with raw psycopg; then 1 and 20 stations at once."""
    if programs() is None:
        return [Measure(NAME, trouble="Debian's package postgresql is not installed here")]
    with served() as server:
        found = list(_saving(server, folder, runs))
        one, many = (load_of(server, folder, size, 20.0) for size in (1, 20))
    name = CPU_NAME.format(20)
    found.append(Measure(name, "with 1 station", "ms", many.cpu_ms, one.cpu_ms, CPU_LIMIT))
    return found


@contextmanager
def served() -> Iterator[Postgres]:
    """A server with a ward of one infant in the database "ward"."""
    server = Postgres(on_disk=True)
    try:
        server.make_database("ward")
        with _owner(server, "ward") as driver:
            make_on_server(driver, now=NOW)
        yield server
    finally:
        server.stop()


def count_row() -> dict[str, object]:
    """A set of counts of that infant."""
    return row_of(BloodCount)


def load_of(server: Postgres, folder: Path, stations: int, seconds: float) -> Load:
    """Let so many stations save for some seconds.

    Args:
        server: with the ward.
        folder: for the stations' own.
        stations: how many.
        seconds: how long it counts, after a little to warm up.
    """
    ward = f"load{stations}"
    server.make_database(ward, "ward")
    with closing(open_store(folder / ward, now=NOW, create=False, server=server.url(ward))) as one:
        add(one, Infant)
    processes = []
    for first in range(0, stations, EACH_PROCESS):
        size = min(EACH_PROCESS, stations - first)
        words = (str(folder / ward), server.url(ward), str(first + 1), str(size))
        processes.append(subprocess.Popen(
            [sys.executable, "-m", "tests.bench.station_load", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        ))  # fmt: skip
    for process in processes:
        process.stdout.readline()
    _told(processes, 2.0)
    before = _server_ms(server, ward)
    took = _told(processes, seconds)
    spent = _server_ms(server, ward) - before
    for process in processes:
        process.stdin.close()
        process.wait()
        process.stdout.close()
    return Load(stations, len(took), median(took), quantiles(took, n=20)[-1], spent / len(took))


def _told(processes: "list[subprocess.Popen[str]]", seconds: float) -> list[float]:
    for process in processes:
        process.stdin.write(f"{seconds}\n")
        process.stdin.flush()
    return [each for process in processes for each in json.loads(process.stdout.readline())]


def _server_ms(server: Postgres, database: str) -> float:
    """Processor time that the stations' processes of the server have had, in milliseconds."""
    asked = (
        "SELECT pid FROM pg_stat_activity "  # noqa: S608 (our own name)
        f"WHERE datname = '{database}' AND backend_type = 'client backend'"
    )
    pids = server.superuser(asked)
    spent = (Path(f"/proc/{pid}/schedstat").read_text().split()[0] for pid in pids)
    return sum(map(int, spent)) / 1e6


def _saving(server: Postgres, folder: Path, runs: int) -> Iterator[Measure]:
    """Against plain tables without a rule, and against the ward's own: the rest is what its rules cost."""
    server.make_database("ruled", "ward")
    with closing(
        open_store(folder / "first", now=NOW, create=False, server=server.url("ruled"))
    ) as store:
        add(store, Infant)
        add(store, BloodCount)
        with store.reading() as reader:
            rows = [_newest(reader, table) for table in KINDS]
    server.make_database("saving", "ruled")
    server.make_database("raw")
    address, numbers = server.url("saving"), count(1)
    with (
        _owner(server, "raw") as raw,
        _owner(server, "ruled") as ruled,
        closing(open_store(folder / "station", now=NOW, create=False, server=address)) as store,
    ):

        def ours(_turn: int) -> None:
            taken = NOW + timedelta(microseconds=next(numbers))
            with store.change("Bench", "recorded a blood count", NOW) as change:
                change.add(BloodCount, **{**count_row(), "taken_at": taken})

        for name, floor in ((FLOOR, Raw(raw, rows)), (RULED, Ruled(ruled, rows))):
            took = by_turns(ours, floor.save, runs, warm_up=20)
            yield Measure(NAME, name, "ms", *took, LIMIT)


def _newest(reader: object, table: str) -> tuple[object, ...]:
    key = "seq" if table == "audit" else "id"
    sql = f"SELECT * FROM {table} ORDER BY {key} DESC LIMIT 1"  # noqa: S608 (our own names)
    return tuple(reader.exec_driver_sql(sql).fetchone())


def _as_psycopg_is(driver: ServerDriver) -> "Connection[Any]":
    """The floor prepares what it repeats, as psycopg does by itself; a station's own connections do not."""
    driver.connection.prepare_threshold = 5
    return driver.connection


class Raw:
    """The floor: plain tables of the same columns, the two rows of a save, one commit; nothing else."""

    def __init__(self, driver: ServerDriver, rows: list[tuple[object, ...]]) -> None:
        self._connection, self._rows = _as_psycopg_is(driver), rows
        for number, row in enumerate(rows):
            kinds = ("BIGINT" if isinstance(value, int) else "TEXT" for value in row)
            columns = ", ".join(f"c{at} {kind}" for at, kind in enumerate(kinds))
            self._connection.execute(f"CREATE TABLE t{number} (n BIGINT PRIMARY KEY, {columns})")
        self._sql = [
            f"INSERT INTO t{number} VALUES (%s{', %s' * len(row)})"  # noqa: S608 (numbers only)
            for number, row in enumerate(rows)
        ]

    def save(self, turn: int) -> None:
        """Save the rows durably."""
        with self._connection.transaction():
            for sql, row in zip(self._sql, self._rows, strict=True):
                self._connection.execute(sql, (turn, *row))


class Ruled:
    """The same two rows into the ward's own tables, with every rule and guard, by two plain statements."""

    def __init__(self, driver: ServerDriver, rows: list[tuple[object, ...]]) -> None:
        self._connection = _as_psycopg_is(driver)
        self._rows = [
            dict(zip(columns_of(driver, table), row, strict=True))
            for table, row in zip(KINDS, rows, strict=True)
        ]
        self._sql = [
            f"INSERT INTO {table} VALUES (%s{', %s' * (len(row) - 1)})"  # noqa: S608 (our own names)
            for table, row in zip(KINDS, rows, strict=True)
        ]

    def save(self, _turn: int) -> None:
        """Save the rows durably."""
        counts, trail = self._rows
        counts["id"] += 1
        counts["taken_at"] = utc_text(NOW + timedelta(microseconds=counts["id"]))
        trail["seq"], trail["previous_hash"] = trail["seq"] + 1, trail["hash"]
        with self._connection.transaction():
            for sql, row in zip(self._sql, self._rows, strict=True):
                self._connection.execute(sql, tuple(row.values()))


@contextmanager
def _owner(server: Postgres, database: str) -> Iterator[ServerDriver]:
    with closing(connect_server(read_address(server.url(database, OWNER)))) as driver:
        yield driver


def main() -> None:
    """Measure one to forty stations, and draw them."""
    from tests.bench.stations_picture import draw

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="bedside-bench-") as room, served() as server:
        saving = list(_saving(server, Path(room), 100))
        loads = [load_of(server, Path(room), size, 30.0) for size in SIZES]
    for load in loads:
        print(load)
    print(*saving, sep="\n")
    Path(sys.argv[1]).write_text(draw(loads), encoding="utf-8")


if __name__ == "__main__":
    main()
