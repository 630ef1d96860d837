"""Verifying the audit trail: every seal recomputed, every record held against what the trail says.

The trail and the tables are read side by side, a batch at a time: records get their numbers in the
order in which they are added, so the next "added" of the trail must be the next row of its table.
Nothing is piled up, however large the ward, and between two batches others may save or read.

Decision: a row is written out as canonical JSON by SQLite itself (`json_object`), in C, at a third
of the cost; where that text is not the audited one, the row is read again and written by
`bedside.store.canonical`, whose word counts.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from bedside.store.audit import COLUMNS, EMPTY, Head, answered_for
from bedside.store.canonical import NO_HASH, row_writer
from bedside.store.catalogue import Driver, columns_of, on_server
from bedside.store.driver import driver_errors, reading_errors
from bedside.store.shapes import listed
from bedside.store.trail_key import TrailKey, trail_key
from bedside.store.troubles import AuditBroken

BATCH = 1000  # rows of the trail: some ten milliseconds
_FIRST = -(2**63)
_AT_ONCE = 400  # rows asked for together
_MOST_ARGUMENTS = 100  # SQLite takes 100 arguments of a function everywhere
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ROWS_SQL = f"SELECT {listed(COLUMNS)} FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?"  # noqa: S608 (own names only)
UNREADABLE = "the audit trail cannot be read."
CUT = (
    "saves that were made are missing from its end, or an older copy was put in its place. "
    "(A backup is put back into an empty folder, and opened there.)"
)

AuditRow = tuple[int, str, str, str, str, int, str, str, str, str]


class Proof(Struct, frozen=True):
    """A trail that was verified: its end, and how many records of each table it tells of."""

    head: Head
    counts: dict[str, int]


def verify(driver: Driver, expected_head: str | None = None, key: bytes | None = None) -> Head:
    """Recompute the whole trail and compare every record with what the trail says it holds.

    Args:
        driver: an open ward file, of this or an older step.
        expected_head: a seal known from outside, e.g. from a printed paper; it must stand
            somewhere in the trail, or the trail has been cut or replaced since.
        key: the ward's sealing key, if it has keys: every row since it has them must have been
            sealed with it.

    Returns:
        The head of the verified trail.

    Raises:
        AuditBroken: something was changed, dropped, swapped, added or cut outside Bedside.
    """
    walk = Walk(driver, expected_head, key)
    while walk.step():
        pass
    return walk.finish().head


class Walk:
    """One verification of the whole trail, a batch at a time.

    Between two steps others may save. The last `step` (which returns False) and `finish` belong
    into one reading: together they see one state of the file.

    Args:
        driver: an open ward file, of this or an older step.
        expected_head: a seal that must stand somewhere in the trail; None expects none.
        key: the ward's sealing key, if it has keys.
    """

    def __init__(self, driver: Driver, expected_head: str | None, key: bytes | None) -> None:
        self._driver, self._expected = driver, expected_head
        self._key, self._seals = key, TrailKey(1, key)
        self._passed = expected_head is None or expected_head == NO_HASH
        self._head = EMPTY
        self._tables: dict[str, TableRows] = {}
        self._counts: dict[str, int] = {}
        self._last_added: dict[str, int] = {}
        self._newest: dict[tuple[str, int], int] = {}  # audit rows to be compared in the end
        self._finding = ""

    def step(self, most: int = BATCH) -> bool:
        """Follow the next rows of the trail.

        Returns:
            False once its end is reached.

        Raises:
            AuditBroken: a row is not as it was written, or does not follow.
        """
        try:
            if not self._tables:
                self._seals = trail_key(self._driver, self._key)
                names = answered_for(self._driver)
                self._tables = {name: TableRows(self._driver, name) for name in names}
            first = self._head.seq + 1 if self._head.seq else _FIRST
            rows = self._driver.execute(_ROWS_SQL, (first, most)).fetchall()
            for row in rows:
                self._follow(row)
        except reading_errors() as error:
            raise AuditBroken(UNREADABLE) from error
        return len(rows) == most

    def finish(self) -> Proof:
        """Compare what is left, and say what was found first.

        Raises:
            AuditBroken: a record is not as the trail says, or the trail does not reach the seal.
        """
        try:
            waiting = list(self._newest.items())
            for first in range(0, len(waiting), _AT_ONCE):
                self._compare(waiting[first : first + _AT_ONCE])
            for table, rows in self._tables.items():
                if (left := rows.next()) is not None:
                    self._find(added_outside(table, left[0]))
        except reading_errors() as error:
            raise AuditBroken(UNREADABLE) from error
        if self._finding:
            raise AuditBroken(self._finding)
        if not self._passed:
            raise AuditBroken(CUT)
        return Proof(self._head, self._counts)

    def _follow(self, row: AuditRow) -> None:
        check_link(row, self._head, self._seals)
        seq, _, _, _, table, row_id, operation, content, _, sealed = row
        self._head = Head(seq, sealed)
        if sealed == self._expected:
            self._passed = True
        if (operation == "add") is (row_id <= self._last_added.get(table, _FIRST)):
            raise AuditBroken(f"row {seq} of the audit trail does not follow from those before.")
        if operation != "add":
            self._newest[table, row_id] = seq
            return
        self._last_added[table] = row_id
        self._counts[table] = self._counts.get(table, 0) + 1
        rows = self._tables.get(table)
        text = None if rows is None else rows.text_of(row_id, self._find)
        if text is None:
            self._find(f"the {words(table)} number {row_id} is missing.")
        elif text != content:
            self._newest[table, row_id] = seq

    def _compare(self, waiting: Sequence[tuple[tuple[str, int], int]]) -> None:
        """Hold rows against the newest that the trail says of each: asked for together, a table at a time."""
        told = self._told([seq for _, seq in waiting])
        ids: dict[str, list[int]] = {}
        for (table, row_id), _ in waiting:
            ids.setdefault(table, []).append(row_id)
        written = {
            table: self._tables[table].written(numbers)
            for table, numbers in ids.items()
            if table in self._tables
        }
        for (table, row_id), seq in waiting:
            row, found = told.get(seq), written.get(table, {}).get(row_id)
            if row is None or self._seals.seal(row[:-1]) != row[-1]:
                raise AuditBroken(not_as_written(seq))
            if found is None:
                self._find(f"the {words(table)} number {row_id} is missing.")
            elif found != row[7]:
                self._find(changed_outside(table, row_id))

    def _told(self, numbers: Sequence[int]) -> dict[int, AuditRow]:
        """Rows of the trail by their numbers."""
        sql = f"SELECT {listed(COLUMNS)} FROM audit WHERE seq IN ({_places(numbers)})"  # noqa: S608 (own names only)
        return {row[0]: row for row in self._driver.execute(sql, tuple(numbers)).fetchall()}

    def _find(self, finding: str) -> None:
        self._finding = self._finding or finding


class TableRows:
    """The rows of one table in the order of their numbers, as canonical text.

    Args:
        driver: an open ward file.
        table: the table's name.
    """

    def __init__(self, driver: Driver, table: str) -> None:
        self._driver, self._table = driver, table
        self.names = columns_of(driver, table)
        self._batch: Iterator[tuple[int, str]] = iter(())
        self._from = _FIRST
        self._waiting: tuple[int, str] | None = None
        self._written = ""

    def next(self) -> tuple[int, str] | None:
        """Number and text of the next row; None after the last."""
        if self._waiting is None:
            self._waiting = next(self._batch, None)
        if self._waiting is None:
            self._batch = iter(self._read())
            self._waiting = next(self._batch, None)
        found, self._waiting = self._waiting, None
        if found is not None:
            self._from = found[0] + 1
        return found

    def text_of(self, row_id: int, find: Callable[[str], None]) -> str | None:
        """The text of the row with a number; None where the rows go on beyond it.

        Args:
            row_id: the number, higher than all before.
            find: told of each row that comes before it, and so is unknown to the trail.
        """
        while (found := self.next()) is not None and found[0] < row_id:
            find(added_outside(self._table, found[0]))
        if found is None or found[0] == row_id:
            return None if found is None else found[1]
        self._waiting = found
        return None

    def written(self, numbers: Sequence[int]) -> dict[int, str]:
        """Rows by their numbers, written by `bedside.store.canonical`; those that are not there are left out."""
        sql = f'SELECT {listed(self.names)} FROM "{self._table}" WHERE id IN ({_places(numbers)})'  # noqa: S608 (own names only)
        write, number = row_writer(self.names), self.names.index("id")
        rows = self._driver.execute(sql, tuple(numbers)).fetchall()
        return {row[number]: write(row) for row in rows}

    def _read(self) -> list[tuple[int, str]]:
        if on_server(self._driver):
            return self._read_and_write()
        if not self._written:
            self._written = json_text(self._driver, self.names)
        sql = f'SELECT id, {self._written} FROM "{self._table}" WHERE id >= ? ORDER BY id LIMIT ?'  # noqa: S608 (own names only)
        return self._driver.execute(sql, (self._from, BATCH)).fetchall()

    def _read_and_write(self) -> list[tuple[int, str]]:
        """A batch from a server, in one answer; its own JSON is not ours, so we write the rows."""
        sql = f'SELECT {listed(self.names)} FROM "{self._table}" WHERE id >= ? ORDER BY id LIMIT ?'  # noqa: S608 (own names only)
        write, number = row_writer(self.names), self.names.index("id")
        rows = self._driver.execute(sql, (self._from, BATCH)).fetchall()
        return [(row[number], write(row)) for row in rows]


def _places(numbers: Sequence[int]) -> str:
    return ", ".join("?" * len(numbers))


def check_link(row: AuditRow, before: Head, seals: TrailKey) -> None:
    """Hold one row of the trail against its own seal and the one before.

    Raises:
        AuditBroken: it is not as it was written.
    """
    if row[0] != before.seq + 1 or row[8] != before.seal or seals.seal(row[:-1]) != row[9]:
        raise AuditBroken(not_as_written(before.seq + 1))


def json_text(driver: Driver, names: list[str]) -> str:
    """SQL that writes a row of these columns as canonical JSON; "''" where this SQLite cannot.

    An empty text is no row's, so every row is then read again and written by us.
    """
    if 2 * len(names) > _MOST_ARGUMENTS or not all(map(_PLAIN_NAME.fullmatch, names)):
        return "''"
    try:
        driver.execute("SELECT json_object('a', 1)").fetchone()
    except driver_errors():
        return "''"
    pairs = ", ".join(f"'{name}', {listed([name])}" for name in sorted(names))
    return f"json_object({pairs})"


def not_as_written(seq: int) -> str:
    """The finding on a row of the trail that was changed."""
    return f"row {seq} of the audit trail is not as it was written."


def added_outside(table: str, row_id: int) -> str:
    """The finding on a row that the trail does not know."""
    return f"a {words(table)} (number {row_id}) was added outside Bedside."


def changed_outside(table: str, row_id: int) -> str:
    """The finding on a row that is not what the trail says."""
    return f"the {words(table)} number {row_id} was changed outside Bedside."


def words(table: str) -> str:
    """A table's name as a person reads it."""
    return table.replace("_", " ")
