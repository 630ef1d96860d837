"""From a record to its row and back, worked out once for each table so that a save costs little.

Decision: the few statements are written out once from the tables' own names, with the tables' own
types to write and read the values, and run as they are. Letting SQLAlchemy compile them was
rejected: it takes a sixth of the time in which the first screen has to be there.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from sqlalchemy.types import TypeEngine

from bedside.store.canonical import Stored, row_writer
from bedside.store.columns import STANDING, VOID_COLUMNS
from bedside.store.kinds import Kind
from bedside.store.records import Record
from bedside.store.tables import TABLES

R = TypeVar("R", bound=Record)
_VOID = ", ".join(f"{name} = ?" for name in VOID_COLUMNS)
FILLED_IN = frozenset({"id", "recorded_at", "recorded_by", *VOID_COLUMNS})


@dataclass(frozen=True, slots=True)
class Shape(Generic[R]):
    """How one kind of record lies in its table."""

    record_type: type[R]
    table: str
    names: tuple[str, ...]  # every column, in the table's order, id first
    own: frozenset[str]  # the columns that a person fills in
    required: frozenset[str]  # those of them that must not be absent
    writers: Mapping[str, Callable[[Any], str | int]]
    readers: tuple[Callable[[Any], object] | None, ...]
    slots: tuple[Callable[[R, object], None], ...]
    content: Callable[[Sequence[Stored]], str]  # a row as the audit trail keeps it
    insert_sql: str  # every column but id
    void_sql: str  # voided_at, voided_by, void_reason, id
    select_sql: str  # by nothing
    select_standing_sql: str
    select_one_sql: str  # by id
    select_infant_sql: str  # by infant_id; "" where the table has none
    select_infant_standing_sql: str

    def records(self, rows: Sequence[Sequence[object]]) -> list[R]:
        """Make frozen records from rows as read.

        Field by field over all rows, through the fields' own slots: five times as fast as calling
        the record's class for each row.
        """
        made = [self.record_type.__new__(self.record_type) for _ in rows]
        for slot, read, column in zip(
            self.slots, self.readers, zip(*rows, strict=True), strict=False
        ):
            values = column if read is None else [None if v is None else read(v) for v in column]
            deque(map(slot, made, values), maxlen=0)
        return made


_SHAPES: dict[type[Record], Shape[Any]] = {}


def shape_of(record_type: type[R]) -> Shape[R]:
    """The shape of a kind of record, worked out once.

    Raises:
        TypeError: this is no kind of record that the store keeps.
    """
    shape = _SHAPES.get(record_type)
    if shape is None:
        shape = _SHAPES[record_type] = _work_out(record_type)
    return shape


def _work_out(record_type: type[R]) -> Shape[R]:
    table = TABLES.get(record_type)
    if table is None:
        raise TypeError(f"{record_type.__name__} is not a record that the store keeps")
    names = tuple(str(column.name) for column in table.c)
    if set(names) != {field.name for field in fields(record_type)}:
        raise TypeError(f"the columns of {table.name} and {record_type.__name__} differ")
    own = frozenset(names) - FILLED_IN
    kinds = {column.name: _kind(column.type) for column in table.c}
    select = f'SELECT {listed(names)} FROM "{table.name}"'  # noqa: S608 (the table's own names)
    of_infant = f"{select} WHERE infant_id = ?" if "infant_id" in table.c else ""
    return Shape(
        record_type=record_type,
        table=str(table.name),
        names=names,
        own=own,
        required=frozenset(name for name in own if not table.c[name].nullable),
        writers={name: kind.write for name, kind in kinds.items()},
        readers=tuple(kind.read for kind in kinds.values()),
        slots=tuple(getattr(record_type, name).__set__ for name in names),
        content=row_writer(names),
        insert_sql=insert_sql(table.name, names[1:]),
        void_sql=f'UPDATE "{table.name}" SET {_VOID} WHERE id = ?',  # noqa: S608
        select_sql=f"{select} ORDER BY id",
        select_standing_sql=f"{select} WHERE {STANDING} ORDER BY id",
        select_one_sql=f"{select} WHERE id = ?",
        select_infant_sql=of_infant and f"{of_infant} ORDER BY id",
        select_infant_standing_sql=of_infant and f"{of_infant} AND {STANDING} ORDER BY id",
    )


def listed(names: Sequence[str]) -> str:
    """Column names as SQL lists them."""
    return ", ".join(f'"{name}"' for name in names)


def insert_sql(table: str, names: Sequence[str]) -> str:
    """The SQL that writes one row of these columns."""
    places = ", ".join("?" * len(names))
    return f'INSERT INTO "{table}" ({listed(names)}) VALUES ({places})'  # noqa: S608 (own names)


def _kind(of_column: TypeEngine[Any]) -> type[Kind[Any]]:
    if not isinstance(of_column, Kind):
        raise TypeError(f"a column of the store is of one of our kinds, not {of_column}")
    return type(of_column)
