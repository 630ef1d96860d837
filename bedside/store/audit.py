"""The audit trail: one sealed row for every record added or struck out, in the same save.

A row says who did what, when, to which record, and what the record then held. Each carries the seal
of the one before; the newest seal is the head, and printed papers carry it, so that a trail cut at
its end is found against the paper (a chain alone cannot show its own missing tail).

In a ward with keys every seal is keyed (`canonical.seal`): who has the file and can read it, but not
the key, cannot write a trail that verifies.

What comes later and where it fits: signatures (a record of their own that names the seal of the
audit row they sign).
"""

import sqlite3
from collections.abc import Iterator

from msgspec import Struct

from bedside.store.canonical import NO_HASH, Stored, check_kinds, row_writer, seal
from bedside.store.driver import reading_errors
from bedside.store.shapes import insert_sql, listed
from bedside.store.troubles import AuditBroken

COLUMNS = (
    "seq",
    "at",
    "who",
    "act",
    "table_name",
    "row_id",
    "operation",
    "content",
    "previous_hash",
    "hash",
)
APPEND_SQL = insert_sql("audit", COLUMNS)
_READ_SQL = f"SELECT {listed(COLUMNS)} FROM audit ORDER BY seq"  # noqa: S608 (own names only)
_HEAD_SQL = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
_LAST_SAVED_SQL = "SELECT at FROM audit WHERE table_name <> 'ward' ORDER BY seq DESC LIMIT 1"
_TABLES_SQL = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' "
    "AND name NOT IN ('alembic_version', 'audit') ORDER BY name"
)


class Head(Struct, frozen=True):
    """The end of the trail: how many rows it has, and the newest seal."""

    seq: int
    seal: str


EMPTY = Head(0, NO_HASH)


class Act(Struct, frozen=True):
    """Who does what, when (as the store writes it)."""

    who: str
    act: str
    at: str


def next_row(
    head: Head,
    act: Act,
    table: str,
    row_id: int,
    operation: str,
    content: str,
    key: bytes | None = None,
) -> tuple[tuple[Stored, ...], Head]:
    """The next row of the trail, ready to be written with `APPEND_SQL`, and the head after it."""
    seq = head.seq + 1
    link = (seq, act.at, act.who, act.act, table, row_id, operation, content, head.seal)
    check_kinds(link)
    sealed = seal(link, key)
    return (*link, sealed), Head(seq, sealed)


def read_head(driver: sqlite3.Connection) -> Head:
    """The head of the trail in a file."""
    row = driver.execute(_HEAD_SQL).fetchone()
    return EMPTY if row is None else Head(row[0], row[1])


def read_last_saved(driver: sqlite3.Connection) -> str | None:
    """When the last record was saved, as the store writes times; None on an empty ward."""
    row = driver.execute(_LAST_SAVED_SQL).fetchone()
    return None if row is None else str(row[0])


def verify(
    driver: sqlite3.Connection, expected_head: str | None = None, key: bytes | None = None
) -> Head:
    """Recompute the whole trail and compare every record with what the trail says it holds.

    Args:
        driver: an open ward file, of this or an older step.
        expected_head: a seal known from outside, e.g. from a printed paper; it must stand
            somewhere in the trail, or the trail has been cut or replaced since.
        key: the ward's sealing key, if it has keys: every row must have been sealed with it.

    Returns:
        The head of the verified trail.

    Raises:
        AuditBroken: something was changed, dropped, swapped, added or cut outside Bedside.
    """
    try:
        trail = _walk(driver, expected_head, key)
        for table, row_id, content in _rows(driver):
            audited = trail.held.pop((table, row_id), None)
            if audited is None:
                raise AuditBroken(f"a {_words(table)} (number {row_id}) was added outside Bedside.")
            if content != audited:
                raise AuditBroken(
                    f"the {_words(table)} number {row_id} was changed outside Bedside."
                )
    except reading_errors() as error:
        raise AuditBroken("the audit trail cannot be read.") from error
    for table, row_id in trail.held:
        raise AuditBroken(f"the {_words(table)} number {row_id} is missing.")
    if not trail.passed:
        raise AuditBroken(
            "saves that were made are missing from its end, or an older copy was put in its place. "
            "(A backup is put back into an empty folder, and opened there.)"
        )
    return trail.head


def seal_as_it_is(driver: sqlite3.Connection, act: Act, key: bytes | None = None) -> None:
    """Write an audit row for each row that the trail does not know as it is now.

    For the making of a ward and for steps that change what rows hold; only after `verify`, inside
    the transaction of the steps.
    """
    trail = _walk(driver, None, key)
    head = trail.head
    for table, row_id, content in list(_rows(driver)):
        audited = trail.held.get((table, row_id))
        if content != audited:
            operation = "add" if audited is None else "upgrade"
            row, head = next_row(head, act, table, row_id, operation, content, key)
            driver.execute(APPEND_SQL, row)


class _Trail(Struct, frozen=True):
    head: Head
    held: dict[tuple[str, int], str]  # what each row last held, by table and number
    passed: bool  # the expected seal stands in it


def _walk(driver: sqlite3.Connection, expected_head: str | None, key: bytes | None) -> _Trail:
    """Follow the chain from its beginning to its end (each opening waits for this loop)."""
    passed = expected_head is None or expected_head == NO_HASH
    from bedside.store.trail_key import keyed_from

    held: dict[tuple[str, int], str] = {}
    seq, last, keyed = 0, NO_HASH, keyed_from(driver, key)
    for seq, row in enumerate(driver.execute(_READ_SQL), start=1):
        number, _, _, _, table, row_id, operation, content, previous, sealed = row
        own_key = key if seq >= keyed else None
        if number != seq or previous != last or seal(row[:-1], own_key) != sealed:
            raise AuditBroken(f"row {seq} of the audit trail is not as it was written.")
        row_of = (table, row_id)
        if (operation == "add") is (row_of in held):
            raise AuditBroken(f"row {seq} of the audit trail does not follow from those before.")
        held[row_of] = content
        last = sealed
        if sealed == expected_head:
            passed = True
    return _Trail(Head(seq, last) if seq else EMPTY, held, passed)


def _rows(driver: sqlite3.Connection) -> Iterator[tuple[str, int, str]]:
    """Every row that the trail answers for: table, number, content."""
    for (table,) in driver.execute(_TABLES_SQL).fetchall():
        names = [str(row[1]) for row in driver.execute(f'PRAGMA table_info("{table}")')]
        sql = f'SELECT {listed(names)} FROM "{table}" ORDER BY id'  # noqa: S608 (own names only)
        write, number = row_writer(names), names.index("id")
        for row in driver.execute(sql):
            yield table, row[number], write(row)


def _words(table: str) -> str:
    return table.replace("_", " ")
