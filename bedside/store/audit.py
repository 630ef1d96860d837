"""The audit trail: one sealed row for every record added or struck out, in the same save.

A row says who did what, when, to which record, and what the record then held. Each carries the seal
of the one before; the newest seal is the head, and printed papers carry it, so that a trail cut at
its end is found against the paper (a chain alone cannot show its own missing tail).

`bedside.store.audit_walk` verifies it. In a ward with keys every seal is keyed (`canonical.seal`): who has the file and can read it, but not
the key, cannot write a trail that verifies.

What comes later and where it fits: signatures (a record of their own that names the seal of the
audit row they sign).
"""

from msgspec import Struct

from bedside.store.canonical import NO_HASH, Stored, check_kinds, seal
from bedside.store.catalogue import Driver, tables_of
from bedside.store.shapes import insert_sql

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
_HEAD_SQL = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
_LAST_SAVED_SQL = "SELECT at FROM audit WHERE table_name <> 'ward' ORDER BY seq DESC LIMIT 1"


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


def read_head(driver: Driver) -> Head:
    """The head of the trail in a file."""
    row = driver.execute(_HEAD_SQL).fetchone()
    return EMPTY if row is None else Head(row[0], row[1])


def read_last_saved(driver: Driver) -> str | None:
    """When the last record was saved, as the store writes times; None on an empty ward."""
    row = driver.execute(_LAST_SAVED_SQL).fetchone()
    return None if row is None else str(row[0])


def answered_for(driver: Driver) -> list[str]:
    """The tables whose rows the trail answers for."""
    return tables_of(driver)
