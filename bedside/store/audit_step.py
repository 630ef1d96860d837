"""Sealing what a step changed: an audit row for each row that the trail does not know as it is now.

Trail and tables are read side by side, so that of a ward of a million records only what a step
changed is ever held in memory.
"""

from collections.abc import Iterator

from bedside.store.audit import APPEND_SQL, Act, answered_for, next_row, read_head
from bedside.store.audit_walk import TableRows
from bedside.store.catalogue import Driver

_HELD_SQL = "SELECT row_id, content FROM audit WHERE table_name = ? ORDER BY row_id, seq"
Found = tuple[str, int, str, str]  # table, number, what is done to it, what it holds now


def seal_as_it_is(driver: Driver, act: Act, key: bytes | None = None) -> None:
    """Write an audit row for each row that the trail does not know as it is now.

    For the making of a ward and for steps that change what rows hold; only after `verify`, inside
    the transaction of the steps.

    Args:
        driver: the file, its tables those of the newest step.
        act: who does what, when.
        key: the ward's sealing key, if it has keys.
    """
    head = read_head(driver)
    found = [row for table in answered_for(driver) for row in _other_than_told(driver, table)]
    for table, row_id, operation, content in found:
        row, head = next_row(head, act, table, row_id, operation, content, key)
        driver.execute(APPEND_SQL, row)


def _other_than_told(driver: Driver, table: str) -> Iterator[Found]:
    """The rows of a table that are new, or hold something else than the trail says."""
    rows, told = TableRows(driver, table), _told(driver, table)
    known = next(told, None)
    while (row := rows.next()) is not None:
        row_id, text = row
        while known is not None and known[0] < row_id:
            known = next(told, None)
        audited = known[1] if known is not None and known[0] == row_id else None
        if text == audited:
            continue
        content = rows.written([row_id]).get(
            row_id
        )  # SQLite writes some texts in another way than we do
        if content is not None and content != audited:
            yield table, row_id, "add" if audited is None else "upgrade", content


def _told(driver: Driver, table: str) -> Iterator[tuple[int, str]]:
    """What each row of a table last held by the trail, by its number."""
    last: tuple[int, str] | None = None
    for row_id, content in driver.execute(_HELD_SQL, (table,)):
        if last is not None and last[0] != row_id:
            yield last
        last = row_id, content
    if last is not None:
        yield last
