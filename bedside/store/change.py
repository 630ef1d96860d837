"""One change of the record: what is added or struck out together, and its audit rows, or nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from bedside.store.audit import APPEND_SQL, Act, Head, next_row
from bedside.store.canonical import Stored
from bedside.store.driver import driver_errors
from bedside.store.records import VOID_COLUMNS, Record
from bedside.store.refusals import refusal_of
from bedside.store.server_fault import ServerFault
from bedside.store.shapes import Shape, shape_of
from bedside.store.troubles import NotSaved, Twice, driver_error, not_saved
from bedside.store.typed_words import as_kept, check_typed, check_void_reason
from bedside.store.ward_file import Writer
from bedside.units.refusal import Refused

R = TypeVar("R", bound=Record)
Guard = Callable[[str, type[Record], bool], None]  # who, which kind, whether it is struck out


class Change:
    """What one person does at one moment; made by `Store.change`, used inside its `with`.

    Args:
        connection: the open transaction; reading through it sees what this change has done so far.
        act: who does what, when.
        end: gives the end of the audit trail as this change begins; asked with its first row.
        key: the ward's sealing key, if it has keys.
        guard: asked before each row with the person, the kind of record and whether it is struck
            out; refuses where that person may not. None lets everything pass.
        folder: of the ward: a full disk is named with it.
    """

    def __init__(
        self,
        connection: Writer,
        act: Act,
        end: Callable[[], Head],
        key: bytes | None = None,
        guard: Guard | None = None,
        folder: Path | None = None,
    ) -> None:
        self.connection = connection
        self._end, self._head = end, None  # type: Callable[[], Head], Head | None
        self.failed: NotSaved | None = None
        self.rows: list[tuple[str, int, str, str]] = []  # table, number, operation, content
        self._act, self._key, self._guard, self._folder = act, key, guard, folder

    @property
    def head(self) -> Head:
        """The end of the trail with what this change has added."""
        if self._head is None:
            self._head = self._end()
        return self._head

    def add(self, record_type: type[R], **columns: object) -> int:
        """Keep a new record; who and when are filled in.

        Args:
            record_type: the kind of record.
            columns: every column of it; one that may be absent can be left out.

        Returns:
            The new record's id.

        Raises:
            Refused: it is recorded already, a value is outside every bound, or no paper could show
                a text that was typed.
            NotSaved: the disk did not take it.
            TypeError: a column is missing, unknown or of the wrong type (a mistake of the program).
        """
        self._ask(record_type)
        shape = shape_of(record_type)
        _check_columns(shape, columns)
        stored = as_kept(shape.table, self._stored(shape, columns))
        check_typed(shape.table, stored, self._act.who, self._on_record)
        values = tuple(stored[name] for name in shape.names[1:])
        try:
            row_id = self._run(shape.insert_sql, values)
        except Twice as twice:
            twice.mine = (shape.table, 0, "add", shape.content((0, *values)))
            raise
        self._audit(shape.table, row_id, "add", shape.content((row_id, *values)))
        return row_id

    def void(self, record_type: type[R], id: int, reason: str) -> None:  # noqa: A002 (its column)
        """Strike a record out; its values stay, with who, when and why beside them.

        Raises:
            Refused: there is no such record, it is struck out already, or the reason is missing.
            NotSaved: the disk did not take it.
        """
        self._ask(record_type, voiding=True)
        shape = shape_of(record_type)
        row = self._row(shape, id)
        stored = dict(zip(shape.names, row, strict=True))
        if stored["voided_at"] is not None:
            raise Twice("This is struck out already: nothing was changed.")
        if not reason.strip():
            raise Refused("A correction needs its reason: say what was wrong.")
        check_void_reason(reason, self._act.who)
        void = (self._act.at, self._act.who, shape.writers["void_reason"](reason))
        self._run(shape.void_sql, (*void, id))
        stored.update(zip(VOID_COLUMNS, void, strict=True))
        self._audit(shape.table, id, "void", shape.content(tuple(stored.values())))

    def _ask(self, record_type: type[Record], *, voiding: bool = False) -> None:
        if self._guard is not None:
            self._guard(self._act.who, record_type, voiding)

    def _stored(self, shape: Shape[R], columns: dict[str, object]) -> dict[str, Stored]:
        stored: dict[str, Stored] = dict.fromkeys(shape.own)
        for name, value in columns.items():
            if value is not None:
                stored[name] = shape.writers[name](value)
        stored["recorded_at"], stored["recorded_by"] = self._act.at, self._act.who
        for name in VOID_COLUMNS:
            stored[name] = None
        return stored

    def _row(self, shape: Shape[R], row_id: int) -> tuple[Stored, ...]:
        self._stop_after_failure()
        row = self.connection.exec_driver_sql(shape.select_one_sql, (row_id,)).fetchone()
        if row is None:
            raise Refused(f"There is no {shape.table.replace('_', ' ')} with number {row_id}.")
        return cast(tuple[Stored, ...], tuple(row))

    def _audit(self, table: str, row_id: int, operation: str, content: str) -> None:
        row, head = next_row(self.head, self._act, table, row_id, operation, content, self._key)
        self._run(APPEND_SQL, row)
        self._head = head
        self.rows.append((table, row_id, operation, content))

    def _on_record(self, table: str, column: str, text: str) -> bool:
        sql = f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1"  # noqa: S608 (our own names)
        return self.connection.exec_driver_sql(sql, (text,)).fetchone() is not None

    def _run(self, sql: str, values: tuple[Stored, ...]) -> int:
        """Run one statement; after a failure that is not a refusal nothing of this change is kept."""
        self._stop_after_failure()
        faults: tuple[type[Exception], ...] = (*driver_errors(), ServerFault)
        try:
            return self.connection.exec_driver_sql(sql, values).lastrowid or 0
        except faults as error:
            cause = driver_error(error)
            if cause is None:
                raise
            refusal = refusal_of(cause)
            if refusal is not None:
                raise refusal from error
            self.failed = not_saved(cause, self._folder)
            raise self.failed from error

    def _stop_after_failure(self) -> None:
        if self.failed is not None:
            raise self.failed


def _check_columns(shape: Shape[R], columns: dict[str, object]) -> None:
    unknown = columns.keys() - shape.own
    if unknown:
        raise TypeError(f"{shape.table} has no column {', '.join(sorted(unknown))} to fill in")
    missing = {name for name in shape.required if columns.get(name) is None}
    if missing:
        raise TypeError(f"{shape.table} needs {', '.join(sorted(missing))}")
