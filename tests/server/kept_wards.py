"""Wards on a server as the Bedside of an earlier step wrote them, with a row of each kind it knew.

`kept/0030.sql.gz` is the whole of a ward's database of step 0030, as PostgreSQL's own `pg_dump` writes it, rights
of the stations included. Nothing in these files is ever changed; a new step adds a file of its own:

    python -m tests.server.kept_wards
"""

import gzip
import os
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from bedside.store.catalogue import tables_of
from bedside.store.opening import open_store
from bedside.store.schema import SCHEMA
from bedside.store.server_address import read_address
from bedside.store.server_driver import ServerDriver, connect_server
from bedside.store.server_opening import make_on_server
from tests.server.postgres import OWNER, Postgres
from tests.store.samples import NOW, fill

KEPT = Path(__file__).with_name("kept")
_OF_THE_STEP = ("audit", "ward")  # a step writes in these itself
Rows = dict[str, list[dict[str, object]]]


def kept_steps() -> list[str]:
    """The steps of which a ward is kept."""
    return sorted(path.name.split(".")[0] for path in KEPT.glob("*.sql.gz"))


def lay_down(step: str, server: Postgres, database: str) -> None:
    """Put a kept ward into an empty database, as its owner."""
    text = gzip.decompress((KEPT / f"{step}.sql.gz").read_bytes())
    _run(server, "psql", "-Xq", "-v", "ON_ERROR_STOP=1", database=database, text=text)


def rows_in(driver: ServerDriver) -> Rows:
    """Every record of a ward, field by field, whatever its step."""
    found: Rows = {}
    for table in tables_of(driver):
        if table not in _OF_THE_STEP:
            answer = driver.plain(f'SELECT * FROM "{table}" ORDER BY id')  # noqa: S608 (own names)
            names = [column.name for column in answer.description or ()]
            found[table] = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return found


def keep() -> Path:
    """Write a ward of this program's step down."""
    server = Postgres()
    try:
        server.make_database("kept")
        with closing(connect_server(read_address(server.url("kept", OWNER)))) as driver:
            make_on_server(driver, now=NOW)
        with (
            tempfile.TemporaryDirectory() as room,
            closing(
                open_store(Path(room, "s"), now=NOW, create=False, server=server.url("kept"))
            ) as store,
        ):
            fill(store)
        said = _run(server, "pg_dump", "--no-owner", "--inserts", database="kept")
    finally:
        server.stop()
    lines = [line for line in said.splitlines() if line and not line.startswith((b"--", b"\\"))]
    path = KEPT / f"{SCHEMA}.sql.gz"
    path.write_bytes(gzip.compress(b"\n".join(lines) + b"\n", mtime=0))
    return path


def _run(server: Postgres, program: str, *words: str, database: str, text: bytes = b"") -> bytes:
    done = subprocess.run(
        [server.programs / program, *words, "-h", "127.0.0.1", "-p", str(server.port), "-U", OWNER,
         "-d", database],
        env={**os.environ, "PGPASSFILE": str(server.passfile)}, input=text, capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


if __name__ == "__main__":
    print(keep())  # noqa: T201
