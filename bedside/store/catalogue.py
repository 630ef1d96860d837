"""Which tables and columns a ward has, asked of whatever it lies on: a file, or a database's server.

The trail, signatures and copies ask the ward itself what there is, not the program, so that a table
that was added or dropped outside Bedside is seen. SQLite and PostgreSQL each tell it in words of
their own; these few questions are the only place where reading a ward hangs on the engine.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from bedside.store.canonical import Stored


class Found(Protocol):
    """What a query found."""

    def fetchone(self) -> Any:
        """The next row; None after the last."""

    def fetchall(self) -> list[Any]:
        """Every row that is left."""

    def __iter__(self) -> Iterator[Any]:
        """Row by row."""


class Driver(Protocol):
    """A ward's connection as the trail is walked through it: SQLite's, SQLCipher's or a server's."""

    def execute(self, sql: str, values: Sequence[Stored] = ..., /) -> Found:
        """Run one statement."""


_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' "
    "AND name NOT IN ('alembic_version', 'audit') ORDER BY name"
)
_COLUMNS = "SELECT name FROM pragma_table_info(?) ORDER BY cid"
_SERVER_TABLES = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p') AND n.nspname = current_schema() "
    "AND c.relname NOT IN ('alembic_version', 'audit') ORDER BY c.relname COLLATE \"C\""
)
_SERVER_COLUMNS = (
    "SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = ? "
    "AND n.nspname = current_schema() AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
)


def on_server(reader: object) -> bool:
    """Whether a connection, or a reading, is one of a server."""
    return bool(getattr(reader, "on_server", False))


def tables_of(reader: Any) -> list[str]:
    """The tables of records, in the order of their names; the trail itself is none of them.

    Args:
        reader: a connection (`Driver`) or a reading (`bedside.store.ward_file.Reader`).
    """
    rows = _ask(reader, _SERVER_TABLES if on_server(reader) else _TABLES)
    return [str(name) for (name,) in rows]


def columns_of(reader: Any, table: str) -> list[str]:
    """The columns of a table in their order; none where there is no such table.

    Args:
        reader: as above.
        table: its name.
    """
    known: dict[str, list[str]] | None = getattr(reader, "known_columns", None)
    if known is not None and table in known:
        return known[table]
    rows = _ask(reader, _SERVER_COLUMNS if on_server(reader) else _COLUMNS, table)
    names = [str(name) for (name,) in rows]
    if known is not None:
        known[table] = names
    return names


def _ask(reader: Any, sql: str, *values: str) -> list[Any]:
    ask = reader.exec_driver_sql if hasattr(reader, "exec_driver_sql") else reader.execute
    return list(ask(sql, values).fetchall())
