"""Verifying what a paper stands on, in a ward whose whole trail was proved before.

It was proved by a walk in this run, or by the opening of it: the opening walks the trail, or finds
the file byte for byte as an earlier run left it that had proved it, save by save. The whole trail is
walked beside the window in every run all the same.

What it holds against each other, while nobody else can have the file open:

* every row of the trail since the last proof: seal, order, and the record that it tells of;
* that the trail still has the row it was proved up to, and no row more or less than it should, and
  each table exactly the records that the trail tells of;
* every record of this infant, and every record that is of no infant (site values, people,
  settings), against the newest row of the trail about it, whose seal is recomputed.

What it leaves to the next whole verification (`bedside.store.audit_walk`): an older row of the trail,
or another infant's record, changed in place since the last one. Nothing of either is on the paper.
"""

from collections.abc import Iterator

from bedside.store.audit import COLUMNS, Head, answered_for
from bedside.store.audit_walk import (
    CUT,
    UNREADABLE,
    AuditRow,
    Proof,
    TableRows,
    added_outside,
    changed_outside,
    check_link,
    not_as_written,
    words,
)
from bedside.store.canonical import row_writer
from bedside.store.catalogue import Driver
from bedside.store.driver import reading_errors
from bedside.store.shapes import listed
from bedside.store.trail_key import TrailKey, trail_key
from bedside.store.troubles import AuditBroken

_SINCE_SQL = f"SELECT {listed(COLUMNS)} FROM audit WHERE seq >= ? ORDER BY seq"  # noqa: S608 (own names only)
_BATCH_SQL = f"SELECT {listed(COLUMNS)} FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?"  # noqa: S608 (own names only)
_COUNT_SQL = (  # each asked for by itself: so SQLite counts by its shortest index
    "SELECT (SELECT count(*) FROM audit), (SELECT coalesce(min(seq), 0) FROM audit), "
    "(SELECT coalesce(max(seq), 0) FROM audit)"
)
_TOLD_SQL = (
    "SELECT table_name, count(DISTINCT row_id) FROM audit WHERE seq <= ? GROUP BY table_name"
)
_NEWEST = ", ".join(f'audit."{name}"' for name in COLUMNS)


def verify_recent(
    driver: Driver,
    proof: Proof,
    expected: Head,
    key: bytes | None,
    infant_id: int | None,
) -> Proof:
    """Verify what is new since a proof, and everything that is of one infant or of none.

    Args:
        driver: the open ward file, inside a reading.
        proof: the last whole proof of this run, or what this function returned since.
        expected: where the trail must end: the last save of this run.
        key: the ward's sealing key, if it has keys.
        infant_id: whose paper it is; None for a paper of no infant.

    Raises:
        AuditBroken: something was changed, dropped, added or cut outside Bedside.
    """
    try:
        seals = trail_key(driver, key)
        fresh, touched = _follow(driver, proof, expected, seals)
        _check_counts(driver, fresh)
        for table in answered_for(driver):
            _check_table(driver, table, infant_id, seals)
        for table, row_id in sorted(touched):
            _check_row(driver, table, row_id, seals)
    except reading_errors() as error:
        raise AuditBroken(UNREADABLE) from error
    return fresh


def opening_proof(driver: Driver, head: Head) -> Proof:
    """What an opening has proved: the trail up to its end of then, and what it tells of."""
    return Proof(head, dict(driver.execute(_TOLD_SQL, (head.seq,)).fetchall()))


def verify_some(driver: Driver, proof: Proof, key: bytes | None, most: int) -> Proof:
    """Verify the next rows of the trail after a proof, and each record that they tell of.

    Args:
        driver: the open ward file, inside a reading.
        proof: what is proved already.
        key: the ward's sealing key, if it has keys.
        most: how many rows at the most.

    Returns:
        What is proved now; the same again at the trail's end.

    Raises:
        AuditBroken: something was changed, dropped, added or cut outside Bedside.
    """
    try:
        seals = trail_key(driver, key)
        rows = driver.execute(_BATCH_SQL, (proof.head.seq, most + 1)).fetchall()
        fresh, touched = _followed(iter(rows), proof, seals)
        for table, row_id in sorted(touched):
            _check_row(driver, table, row_id, seals)
    except reading_errors() as error:
        raise AuditBroken(UNREADABLE) from error
    return fresh


def _follow(
    driver: Driver, proof: Proof, expected: Head, seals: TrailKey
) -> tuple[Proof, set[tuple[str, int]]]:
    """Walk the trail from the last proved row on, to where it must end."""
    rows = iter(driver.execute(_SINCE_SQL, (proof.head.seq,)).fetchall())
    fresh, touched = _followed(rows, proof, seals)
    if fresh.head != expected:
        raise AuditBroken(CUT)
    return fresh, touched


def _followed(
    rows: Iterator[AuditRow], proof: Proof, seals: TrailKey
) -> tuple[Proof, set[tuple[str, int]]]:
    """Follow rows of the trail, of which the first is the last that was proved."""
    first = next(rows, None)
    if first is None:
        raise AuditBroken(CUT)
    if Head(first[0], first[9]) != proof.head or seals.seal(first[:-1]) != first[9]:
        raise AuditBroken(not_as_written(proof.head.seq))
    head, counts, touched = proof.head, dict(proof.counts), set()
    for row in rows:
        check_link(row, head, seals)
        head = Head(row[0], row[9])
        if row[6] == "add":
            counts[row[4]] = counts.get(row[4], 0) + 1
        touched.add((row[4], row[5]))
    return Proof(head, counts), touched


def check_count(driver: Driver, proof: Proof, table: str) -> None:
    """No row of a table, or of the trail itself ("audit"), was dropped or added outside Bedside.

    Args:
        driver: the open ward file, inside a reading.
        proof: of the trail as it ends in that reading.
        table: the table.

    Raises:
        AuditBroken: there are more or fewer.
    """
    if table == "audit":
        if driver.execute(_COUNT_SQL).fetchone() != (proof.head.seq, 1, proof.head.seq):
            raise AuditBroken("rows of the audit trail are missing.")
        return
    told = proof.counts.get(table, 0)
    (there,) = driver.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 (own names only)
    if there != told:
        more = "more" if there > told else "fewer"
        raise AuditBroken(f"it holds {more} of {words(table)} than were recorded.")


def _check_counts(driver: Driver, proof: Proof) -> None:
    """No row dropped or added anywhere."""
    for table in ("audit", *answered_for(driver)):
        check_count(driver, proof, table)


def _check_table(driver: Driver, table: str, infant_id: int | None, seals: TrailKey) -> None:
    """Hold the rows of an infant, or of no infant, against the newest that the trail says of them."""
    rows = TableRows(driver, table)
    of_infant = "infant_id" in rows.names
    if of_infant and infant_id is None:
        return
    own = ", ".join(f'own."{name}"' for name in rows.names)
    where = " WHERE own.infant_id = ?" if of_infant else ""
    sql = (
        f'SELECT {own}, {_NEWEST} FROM "{table}" AS own LEFT JOIN audit ON audit.seq = '  # noqa: S608 (own names only)
        "(SELECT max(seq) FROM audit WHERE table_name = ? AND row_id = own.id)" + where
    )
    values = (table, infant_id) if of_infant else (table,)
    write, many, number = row_writer(rows.names), len(rows.names), rows.names.index("id")
    for both in driver.execute(sql, values):
        _compare(table, both[number], write(both[:many]), both[many:], seals)


def _check_row(driver: Driver, table: str, row_id: int, seals: TrailKey) -> None:
    written = TableRows(driver, table).written([row_id]).get(row_id)
    if written is None:
        raise AuditBroken(f"the {words(table)} number {row_id} is missing.")
    sql = (
        f"SELECT {listed(COLUMNS)} FROM audit WHERE table_name = ? AND row_id = ? "  # noqa: S608 (own names only)
        "ORDER BY seq DESC LIMIT 1"
    )
    _compare(table, row_id, written, driver.execute(sql, (table, row_id)).fetchone(), seals)


def _compare(table: str, row_id: int, written: str, told: AuditRow, seals: TrailKey) -> None:
    if told[0] is None:
        raise AuditBroken(added_outside(table, row_id))
    if seals.seal(told[:-1]) != told[9]:
        raise AuditBroken(not_as_written(told[0]))
    if written != told[7]:
        raise AuditBroken(changed_outside(table, row_id))
