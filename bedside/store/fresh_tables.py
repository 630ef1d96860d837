"""How the tables of a new ward's file are made, found out by making them: for copies from a server."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory


@cache
def fresh_digest() -> str:
    """The digest (`bedside.store.schema.schema_digest`) of a new, empty file; a second of work, once."""
    from bedside.store.engine import connect
    from bedside.store.folders import make_ward_file
    from bedside.store.schema import schema_digest
    from bedside.store.upgrade import upgrade
    from bedside.store.ward_file import WardFile

    with TemporaryDirectory(prefix="bedside-tables-") as folder:
        path = Path(folder) / "tables.sqlite3"
        make_ward_file(path)
        file = WardFile(connect(path))
        try:
            with file.engine.connect() as connection:
                upgrade(connection)
            return schema_digest(file.driver)
        finally:
            file.close()
