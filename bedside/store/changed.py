"""Whom a change concerned: read off the audit trail, so that nothing else has to be read again."""

from typing import cast

from msgspec.json import decode

from bedside.store.ward_file import Reader

_NEWEST = "SELECT coalesce(max(seq), 0) FROM audit"
# a sign-in, an unlocking or a mistyped secret says something of people, and is no record of the ward
_COUNTED = "SELECT count(*) FROM audit WHERE seq > ? AND table_name <> 'secret_try'"
_LAST = (
    "SELECT at FROM audit WHERE table_name NOT IN ('ward', 'secret_try') ORDER BY seq DESC LIMIT 1"
)
_SINCE = "SELECT table_name, row_id, content FROM audit WHERE seq > ?"


def newest_change(connection: Reader) -> int:
    """The number of the newest row of the audit trail; 0 for none."""
    return cast(int, connection.exec_driver_sql(_NEWEST).fetchall()[0][0])


def records_since(connection: Reader, after: int) -> int:
    """How many records were added or struck out since; sign-ins are none.

    Args:
        connection: from `Store.reading`.
        after: the number of an audit row, from `newest_change`.
    """
    return cast(int, connection.exec_driver_sql(_COUNTED, (after,)).fetchall()[0][0])


def last_recorded_at(connection: Reader) -> str | None:
    """When the last record was saved, as the store writes times; None where there is none.

    Args:
        connection: from `Store.reading`.
    """
    found = connection.exec_driver_sql(_LAST).fetchall()
    return cast(str, found[0][0]) if found else None


def infants_changed(connection: Reader, after: int) -> frozenset[int]:
    """The infants of whom anything was recorded or struck out since.

    Args:
        connection: from `Store.reading`.
        after: the number of an audit row, from `newest_change`.
    """
    changed = set()
    for table, row_id, content in connection.exec_driver_sql(_SINCE, (after,)).fetchall():
        kept = decode(cast(str, content), type=dict)
        infant = row_id if table == "infant" else kept.get("infant_id")
        if infant is not None:
            changed.add(cast(int, infant))
    return frozenset(changed)
