"""A ward moved from its file to a server, or from a server into a file: every field, or nothing.

What is moved is what is kept: texts and whole numbers, row by row with their numbers, the audit trail
with its seals as they stand, and who may not be forgotten with it. Everything is one transaction of
the place it goes to: the tables are made by the steps, filled, read back and compared field by field
with where they came from, the trail walked whole, and only then kept. Whatever stops it before that
(a full disk, a pulled cable, a killed program) leaves nothing there, and the ward where it was.

The one thing that differs afterwards is said in the trail: the ward's own row names how its tables
are made (each engine has words of its own), so a row of the trail says when it was moved and where.

While rows are laid in, the guards that forbid a row to be born struck out are off, for the owner's
role alone and inside the transaction; they are on again before anything is kept, and the digest of
the tables, which the opening checks, holds that they are.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bedside.store.audit import APPEND_SQL, COLUMNS, Act, Head, next_row, read_head
from bedside.store.audit_walk import verify
from bedside.store.canonical import Stored, row_writer
from bedside.store.catalogue import Driver, columns_of, on_server, tables_of
from bedside.store.shapes import insert_sql, listed
from bedside.store.troubles import NotSaved

BATCH = 2000
Row = tuple[Stored, ...]
_GUARDS_SQL = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"


def lay_over(
    source: Driver,
    target: Driver,
    *,
    digest: Callable[[], str],
    act: Act | None,
    seal_key: bytes | None = None,
    said: Callable[[str], None] = lambda _words: None,
) -> Head:
    """Fill the new, empty tables of a ward from another, inside the transaction that made them.

    Args:
        source: a ward nobody writes to meanwhile, of this program's step.
        target: tables just made, without the ward's own row.
        digest: works out the digest of the target's tables.
        act: what the trail says of it; None for a copy of a ward that lives on where it is: its trail
            ends where that one's does, and its own row still names how the tables are made there.
        seal_key: the ward's sealing key, if it has keys.
        said: told of each table that is done, for a person who waits.

    Returns:
        The end of the trail in its new place.

    Raises:
        NotSaved: what was read back is not the same.
        AuditBroken: the trail does not hold.
    """
    tables = in_order_of_references(tables_of(source))
    if sorted(tables) != sorted(tables_of(target)):
        raise NotSaved("The two have not the same tables: nothing was moved.")
    with_guards_off(target, tables, lambda: _fill(source, target, tables, said))
    head = read_head(source)
    for table in (*tables, "audit"):
        compare(source, target, table)
    if verify(target, head.seal if head.seq else None, seal_key) != head:
        raise NotSaved("The trail does not end where it did: nothing was moved.")
    if act is None:
        return head
    return _say_moved(target, digest(), act, head, seal_key)


def compare(one: Driver, other: Driver, table: str) -> int:
    """Compare a table of two wards, field by field; how many rows it has.

    Raises:
        NotSaved: they differ; where, but not what (a report names no infant).
    """
    names = columns_of(one, table)
    if names != columns_of(other, table):
        raise NotSaved(f"The table {table} has not the same columns in both places.")
    count = 0
    theirs = rows_of(other, table, names)
    for row in rows_of(one, table, names):
        count += 1
        found = next(theirs, None)
        if found != row:
            different = [
                name for name, a, b in zip(names, row, found or (), strict=False) if a != b
            ]
            where = ", ".join(different) or "the whole row"
            raise NotSaved(f"The table {table} is not the same in row {row[0]}: {where}.")
    if next(theirs, None) is not None:
        raise NotSaved(f"The table {table} has more rows in its new place.")
    return count


def rows_of(driver: Driver, table: str, names: Sequence[str]) -> Iterator[Row]:
    """Every row of a table in the order of its numbers, a batch at a time."""
    number = "seq" if table == "audit" else "id"
    sql = f'SELECT {listed(names)} FROM "{table}" WHERE "{number}" > ? ORDER BY "{number}" LIMIT ?'  # noqa: S608 (own names only)
    at, last = list(names).index(number), -(2**63)
    while batch := driver.execute(sql, (last, BATCH)).fetchall():
        yield from map(tuple, batch)
        last = batch[-1][at]


def in_order_of_references(tables: Sequence[str]) -> list[str]:
    """Tables so that each comes after those it refers to; unknown ones last, for the caller to refuse."""
    from bedside.store.tables import AUDIT

    known = [table.name for table in AUDIT.metadata.sorted_tables]
    return sorted(tables, key=lambda name: known.index(name) if name in known else len(known))


def with_guards_off(target: Driver, tables: Sequence[str], fill: Callable[[], None]) -> None:
    """Do something while the target's guards are off; they are as they were afterwards."""
    if on_server(target):
        for table in (*tables, "audit"):
            target.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        fill()
        for table in (*tables, "audit"):
            target.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        return
    guards = target.execute(_GUARDS_SQL).fetchall()
    for name, _ in guards:
        target.execute(f'DROP TRIGGER "{name}"')
    fill()
    for _, sql in guards:
        target.execute(sql)


def _fill(
    source: Driver, target: Driver, tables: Sequence[str], said: Callable[[str], None]
) -> None:
    for table in (*tables, "audit"):
        names = columns_of(source, table)
        lay: Callable[[Any, str, Sequence[str], Iterator[Row]], None]
        lay = _lay_on_server if on_server(target) else _lay_in_file
        lay(target, table, names, rows_of(source, table, names))
        said(table)


def _lay_on_server(target: Any, table: str, names: Sequence[str], rows: Iterator[Row]) -> None:
    target.lay_in(f'COPY "{table}" ({listed(names)}) FROM STDIN', rows)


def _lay_in_file(target: Any, table: str, names: Sequence[str], rows: Iterator[Row]) -> None:
    target.executemany(insert_sql(table, names), rows)


def _say_moved(target: Driver, digest: str, act: Act, head: Head, seal_key: bytes | None) -> Head:
    """The ward's own row names how its tables are made here; the trail says that it was moved."""
    target.execute("UPDATE ward SET schema_digest = ?", (digest,))
    names = columns_of(target, "ward")
    row = target.execute(f"SELECT {listed(names)} FROM ward").fetchone()  # noqa: S608 (own names)
    content = row_writer(names)(tuple(row))
    link, end = next_row(head, act, "ward", 1, "upgrade", content, seal_key)
    if len(link) != len(COLUMNS):
        raise TypeError("a row of the trail has all its columns")
    target.execute(APPEND_SQL, link)
    return end
