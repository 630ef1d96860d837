"""Wards of earlier steps, kept as the Bedside of then wrote them, with a row of each kind it knew.

`kept/0011.sql.gz` is the whole of a ward of step 0011, as SQL text, written by that very program.
Nothing in these files is ever changed; a new step adds a file of its own:

    python -m tests.faults.kept_wards keep 0017
"""

import gzip
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from bedside.store.copy_folders import copies_in
from bedside.store.opening import BACKUPS, FILE

KEPT = Path(__file__).with_name("kept")
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^'"
)
_OF_THE_STEP = ("alembic_version", "audit", "ward")  # a step writes in these itself
Rows = dict[str, list[dict[str, object]]]


def kept_steps() -> list[str]:
    """The steps of which a ward is kept."""
    return sorted(path.name.split(".")[0] for path in KEPT.glob("*.sql.gz"))


def lay_down(step: str, folder: Path) -> Path:
    """Put a kept ward into a new folder."""
    folder.mkdir(parents=True)
    text = gzip.decompress((KEPT / f"{step}.sql.gz").read_bytes()).decode()
    with closing(sqlite3.connect(folder / FILE)) as driver:
        driver.executescript(text)
        driver.execute("PRAGMA journal_mode=WAL").fetchall()  # as every ward's file is
    return folder


def rows_in(file: Path) -> Rows:
    """Every record of a ward's file, field by field, whatever its step."""
    with closing(sqlite3.connect(file)) as driver:
        driver.row_factory = sqlite3.Row
        names = [row["name"] for row in driver.execute(_TABLES)]
        return {
            name: [dict(row) for row in driver.execute(f'SELECT * FROM "{name}" ORDER BY id')]  # noqa: S608
            for name in names
            if name not in _OF_THE_STEP
        }


def trail_in(file: Path) -> list[tuple[object, ...]]:
    """The audit trail of a ward's file."""
    with closing(sqlite3.connect(file)) as driver:
        return driver.execute("SELECT * FROM audit ORDER BY seq").fetchall()


def copies_before(folder: Path) -> list[Path]:
    """The file of each named copy that was made before a step."""
    return [copy.folder / FILE for copy in copies_in(folder / BACKUPS)]


def differences(before: Rows, after: Rows) -> list[str]:
    """Each field that is not as it was; fields and tables that a step has added are no difference."""
    found = []
    for table, rows in before.items():
        now = {row["id"]: row for row in after.get(table, [])}
        for row in rows:
            here = now.get(row["id"], {})
            found += [
                f"{table} {row['id']}.{name}: {value!r} is {here.get(name, 'gone')!r}"
                for name, value in row.items()
                if name not in here or here[name] != value
            ]
        found += [f"{table}: {len(now) - len(rows)} rows more"] if len(now) != len(rows) else []
    return found


def keep(step: str) -> None:
    """Keep a ward of this very program's step."""
    from bedside.store.schema import SCHEMA
    from tests.store.samples import fill, new_store

    if step != SCHEMA or (KEPT / f"{step}.sql.gz").exists():
        raise SystemExit(f"this program's step is {SCHEMA}; a kept ward is never written again")
    with tempfile.TemporaryDirectory() as above:
        store = new_store(Path(above) / "ward")
        fill(store)
        store.close()
        with closing(sqlite3.connect(Path(above) / "ward" / FILE)) as driver:
            (application,) = driver.execute("PRAGMA application_id").fetchone()
            text = "\n".join((f"PRAGMA application_id={application};", *driver.iterdump(), ""))
    (KEPT / f"{step}.sql.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    keep(sys.argv[2])
