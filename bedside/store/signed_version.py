"""Which version of a record a signature holds for: the row of the audit trail that wrote it, proved.

A record is bound by the seal of its audit row. The seal is worked out anew when a signature is
read, and the record as it lies in the file is written out again and compared with what was sealed,
so a record that was changed outside Bedside does not carry the signature any more.
"""

from typing import cast

from msgspec import Struct

from bedside.store.audit import COLUMNS
from bedside.store.canonical import Stored, row_writer, seal
from bedside.store.catalogue import columns_of
from bedside.store.shapes import listed
from bedside.store.ward_file import Reader

_AUDIT = f"SELECT {listed(COLUMNS)} FROM audit"  # noqa: S608 (own names only)
_OF_ROW_SQL = f"{_AUDIT} WHERE table_name = ? AND row_id = ? ORDER BY seq DESC LIMIT 1"
_BY_SEQ_SQL = f"{_AUDIT} WHERE seq = ?"


class Version(Struct, frozen=True):
    """One version of a record: the number and the seal of the audit row that wrote it."""

    seq: int
    seal: str


def version_of(connection: Reader, table: str, row_id: int) -> Version | None:
    """The version of a record as it stands; None where there is no such record.

    Found from the end of the trail, so a record of now is found at once.
    """
    row = connection.exec_driver_sql(_OF_ROW_SQL, (table, row_id)).fetchone()
    return None if row is None else Version(cast(int, row[0]), str(row[-1]))


def holds(connection: Reader, table: str, row_id: int, version: Version, key: bytes | None) -> bool:
    """Whether a record is still, letter by letter, the version that was sealed.

    Args:
        connection: from `Store.reading`, or a change's own.
        table: the record's table.
        row_id: its number.
        version: what was signed.
        key: the ward's sealing key, None for a plain ward.
    """
    row = connection.exec_driver_sql(_BY_SEQ_SQL, (version.seq,)).fetchone()
    if row is None or (row[4], row[5]) != (table, row_id):
        return False
    link = cast(tuple[Stored, ...], tuple(row[:-1]))
    if row[-1] != version.seal or seal(link, key) != version.seal:
        return False
    return _written(connection, table, row_id) == row[7]


def _written(connection: Reader, table: str, row_id: int) -> str | None:
    """A record as the audit trail writes it; None where it does not lie in the file."""
    names = columns_of(connection, table)
    if not names:
        return None
    sql = f'SELECT {listed(names)} FROM "{table}" WHERE id = ?'  # noqa: S608 (the file's own names)
    row = connection.exec_driver_sql(sql, (row_id,)).fetchone()
    return None if row is None else row_writer(names)(cast(tuple[Stored, ...], tuple(row)))
