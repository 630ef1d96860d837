"""From a record to its row and back, worked out once for each table so that a save costs little.

Decision: the few statements are written out once from the records' own fields and types, and run as
they are; a test holds them equal to the tables. Asking `bedside.store.tables`, or letting SQLAlchemy
compile them, was rejected: loading both takes longer than the first screen may.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import NoneType
from typing import Any, Generic, TypeVar, get_args

from msgspec import Struct

from bedside.store.canonical import Stored, row_writer
from bedside.store.records import STANDING, VOID_COLUMNS, Record
from bedside.store.ways import WAYS, Way

R = TypeVar("R", bound=Record)
_VOID = ", ".join(f"{name} = ?" for name in VOID_COLUMNS)
FILLED_IN = frozenset({"id", "recorded_at", "recorded_by", *VOID_COLUMNS})


class Shape(Struct, Generic[R], frozen=True):
    """How one kind of record lies in its table."""

    record_type: type[R]
    table: str
    names: tuple[str, ...]  # every column, in the table's order, id first
    own: frozenset[str]  # the columns that a person fills in
    spare: frozenset[str]  # those that a record may be made without
    required: frozenset[str]  # those of them that must not be absent
    writers: Mapping[str, Callable[[Any], str | int]]
    readers: tuple[Callable[[Any], object] | None, ...]
    of_infant: bool  # whether its records are about an infant
    taken: bool  # at a time, in a column of that name
    select_all_sql: str  # every row, in no order: what every reading begins with

    @property
    def insert_sql(self) -> str:
        """Every column but id; written out for the first save."""
        sql = _INSERTS.get(self.table)
        if sql is None:
            sql = _INSERTS[self.table] = insert_sql(self.table, self.names[1:])
        return sql

    @property
    def void_sql(self) -> str:
        """By voided_at, voided_by, void_reason, id."""
        return f'UPDATE "{self.table}" SET {_VOID} WHERE id = ?'  # noqa: S608 (own names)

    @property
    def select_sql(self) -> str:
        """By nothing."""
        return f"{self.select_all_sql} ORDER BY id"

    @property
    def select_standing_sql(self) -> str:
        """By nothing, without what was struck out."""
        return f"{self.select_all_sql} WHERE {STANDING} ORDER BY id"

    @property
    def select_one_sql(self) -> str:
        """By id."""
        return f"{self.select_all_sql} WHERE id = ?"

    @property
    def select_infant_sql(self) -> str:
        """By infant_id; "" where the table has none."""
        return f"{self._about_infant} ORDER BY id" if self.of_infant else ""

    @property
    def select_infant_standing_sql(self) -> str:
        """By infant_id, without what was struck out; "" where the table has none."""
        return f"{self._about_infant} AND {STANDING} ORDER BY id" if self.of_infant else ""

    @property
    def select_infant_newest_sql(self) -> str:
        """By infant_id and how many; "" where nothing is taken at a time."""
        if not (self.of_infant and self.taken):
            return ""
        return f"{self._about_infant} AND {STANDING} ORDER BY taken_at DESC, id DESC LIMIT ?"

    @property
    def _about_infant(self) -> str:
        return f"{self.select_all_sql} WHERE infant_id = ?"

    @property
    def content(self) -> Callable[[Sequence[Stored]], str]:
        """How a row is written for the audit trail; reading alone never needs it."""
        write = _WRITERS.get(self.table)
        if write is None:
            write = _WRITERS[self.table] = row_writer(self.names)
        return write

    def records(self, rows: Sequence[Sequence[object]]) -> list[R]:
        """Make frozen records from rows as read, column by column; empty columns cost nothing."""
        names, columns, most = [], [], len(rows)
        for name, read, column in zip(
            self.names, self.readers, zip(*rows, strict=True), strict=False
        ):
            if name in self.spare and column.count(None) == most:
                continue
            names.append(name)
            columns.append(
                _shared(column)
                if read is None
                else [None if v is None else read(v) for v in column]
            )
        make = self.record_type
        return [make(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)]


def _shared(column: Sequence[object]) -> Iterable[object]:
    """A column with one object for equal texts, where the same few stand in it again and again.

    SQLite makes a new text for each row: who recorded, which course, which drug. Of a ward of a
    thousand infants that is a fourth of all that its list holds in memory.
    """
    first = column[:_LOOKED_AT]
    if not isinstance(first[0], str | None) or 2 * len(set(first)) > len(first):
        return column
    same: dict[object, object] = {}
    return map(same.setdefault, column, column)


_LOOKED_AT = 64  # rows of a column, to see whether texts come again
_WRITERS: dict[str, Callable[[Sequence[Stored]], str]] = {}
_INSERTS: dict[str, str] = {}
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


def table_name(record_type: type[Record]) -> str:
    """The name of a record's table: `BloodCount` lies in blood_count."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", record_type.__name__).lower()


def _work_out(record_type: type[R]) -> Shape[R]:
    if record_type is Record or not issubclass(record_type, Record):
        raise TypeError(f"{record_type.__name__} is not a record that the store keeps")
    table = table_name(record_type)
    kept = {name: _way(kind) for name, kind in typed_fields(record_type).items()}
    names = (*(name for name in kept if name not in VOID_COLUMNS), *VOID_COLUMNS)
    own = frozenset(names) - FILLED_IN
    return Shape(
        record_type=record_type,
        table=table,
        names=names,
        own=own,
        spare=_spare(record_type),
        required=frozenset(name for name in own if not kept[name][1]),
        writers={name: kept[name][0].write for name in names},
        readers=tuple(kept[name][0].read for name in names),
        of_infant="infant_id" in kept,
        taken="taken_at" in kept,
        select_all_sql=f'SELECT {listed(names)} FROM "{table}"',  # noqa: S608 (own names)
    )


def typed_fields(record_type: type[Record]) -> dict[str, object]:
    """The fields of a record with their types, in order.

    `msgspec.structs.fields` says the same (a test holds them equal), and looks through the words of
    every type for names to be filled in, which the records do not have.
    """
    types: dict[str, object] = {}
    for kind in reversed(record_type.__mro__):
        types |= kind.__dict__.get("__annotations__", {})  # noqa: RUF063 (inspect costs a start more)
    return {name: types[name] for name in record_type.__struct_fields__}


def _spare(record_type: type[Record]) -> frozenset[str]:
    """The fields that are absent where nothing is said; defaults stand for the last fields."""
    names, defaults = record_type.__struct_fields__, record_type.__struct_defaults__
    last = names[len(names) - len(defaults) :]
    return frozenset(name for name, default in zip(last, defaults, strict=True) if default is None)


def listed(names: Sequence[str]) -> str:
    """Column names as SQL lists them."""
    return ", ".join(f'"{name}"' for name in names)


def insert_sql(table: str, names: Sequence[str]) -> str:
    """The SQL that writes one row of these columns."""
    places = ", ".join("?" * len(names))
    return f'INSERT INTO "{table}" ({listed(names)}) VALUES ({places})'  # noqa: S608 (own names)


def _way(of_field: object) -> tuple[Way, bool]:
    """The way of a field's type, and whether the field may be absent."""
    among = [part for part in get_args(of_field) if part is not NoneType]
    return WAYS[among[0] if among else of_field], bool(among)
