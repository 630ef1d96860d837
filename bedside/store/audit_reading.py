"""Reading the audit trail for people: one infant's, the ward's own, one record's, one seal.

Only verified rows are worth reading: whoever shows them has had the trail verified in this run.
The trail of one infant is found by her records and the trail's index, so a million rows of others
cost nothing.
"""

from typing import cast

from msgspec import Struct

from bedside.store.catalogue import columns_of, tables_of
from bedside.store.ward_file import Reader

_COLUMNS = "a.seq, a.at, a.who, a.act, a.table_name, a.row_id, a.operation, a.content, a.hash"


class TrailRow(Struct, frozen=True):
    """One row of the trail; times and content as the store writes them."""

    seq: int
    at: str
    who: str
    act: str
    table: str
    row_id: int
    operation: str  # "add", "void" or "upgrade"
    content: str
    seal: str


def trail_of_infant(reader: Reader, infant_id: int) -> list[TrailRow]:
    """Everything that was done to the records of one infant, in the order in which it was done.

    Args:
        reader: from `Store.reading`.
        infant_id: the infant.
    """
    found = _rows(
        reader,
        f"SELECT {_COLUMNS} FROM audit AS a WHERE a.table_name = 'infant' AND a.row_id = ?",  # noqa: S608 (own names only)
        infant_id,
    )
    for table, of_infant in _tables(reader):
        if of_infant:
            found += _rows(
                reader,
                f'SELECT {_COLUMNS} FROM "{table}" AS own JOIN audit AS a '  # noqa: S608 (own names only)
                f"ON a.table_name = '{table}' AND a.row_id = own.id WHERE own.infant_id = ?",
                infant_id,
            )
    return sorted(found, key=lambda row: row.seq)


def trail_of_ward(reader: Reader, most: int) -> list[TrailRow]:
    """What was done that is of no infant, and every paper printed: the newest acts, in their order.

    Args:
        reader: from `Store.reading`.
        most: how many acts at most.
    """
    own = [table for table, of_infant in _tables(reader) if not of_infant and table != "infant"]
    names = ("print", *own)
    places = ", ".join("?" * len(names))
    sql = (
        f"SELECT {_COLUMNS} FROM audit AS a WHERE a.table_name IN ({places}) "  # noqa: S608 (own names only)
        "ORDER BY a.seq DESC LIMIT ?"
    )
    rows = reader.exec_driver_sql(sql, (*names, most)).fetchall()
    return [TrailRow(*row) for row in reversed(cast(list[tuple[object, ...]], rows))]  # type: ignore[arg-type]  # the columns of a row, in order


def columns_in_order(reader: Reader) -> dict[str, tuple[str, ...]]:
    """The columns of every table of records, as they stand in it."""
    return {table: tuple(columns_of(reader, table)) for table in ("audit", *tables_of(reader))}


def find_seal(reader: Reader, start: str) -> TrailRow | None:
    """The row of the trail whose seal begins with these letters; None where there is none.

    Args:
        reader: from `Store.reading`.
        start: 8 to 64 small hexadecimal letters.
    """
    sql = f"SELECT {_COLUMNS} FROM audit AS a WHERE substr(a.hash, 1, ?) = ? ORDER BY seq LIMIT 1"  # noqa: S608 (own names only)
    rows = reader.exec_driver_sql(sql, (len(start), start)).fetchall()
    return TrailRow(*rows[0]) if rows else None  # type: ignore[arg-type]  # the columns of a row, in order


def _tables(reader: Reader) -> list[tuple[str, bool]]:
    return [(table, "infant_id" in columns_of(reader, table)) for table in tables_of(reader)]


def _rows(reader: Reader, sql: str, value: int) -> list[TrailRow]:
    return [TrailRow(*row) for row in reader.exec_driver_sql(sql, (value,)).fetchall()]  # type: ignore[arg-type]  # the columns of a row, in order


def newest_of_person(reader: Reader, who: str, most: int) -> list[TrailRow]:
    """What one person did last, the newest first.

    Args:
        reader: from `Store.reading`.
        who: as the trail names her.
        most: how many rows at most.
    """
    sql = f"SELECT {_COLUMNS} FROM audit AS a WHERE a.who = ? ORDER BY a.seq DESC LIMIT ?"  # noqa: S608 (own names only)
    rows = reader.exec_driver_sql(sql, (who, most)).fetchall()
    return [TrailRow(*row) for row in rows]  # type: ignore[arg-type]  # the columns of a row, in order
