"""The kinds of column as SQLAlchemy knows them; how a value is written stands in `ways`."""

# ruff: noqa: ARG002 (SQLAlchemy hands each method its dialect, wanted or not)
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bedside.store.ways import EXACT_NUMBER, ISO_DAY, UTC_TIME, WHOLE, WORDS, YES_NO, Way

V = TypeVar("V")


class Kind(TypeDecorator[V]):
    """A kind of value: how it is written into the file and how it is read back.

    SQLAlchemy uses it through the two `process_` methods; the store, which saves one row at a
    time, uses the way itself.
    """

    cache_ok = True
    way: ClassVar[Way]

    def process_bind_param(self, value: V | None, dialect: Dialect) -> str | int | None:
        """Write a value; nothing stays nothing."""
        return None if value is None else type(self).way.write(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        """Read a value back; nothing stays nothing."""
        read = type(self).way.read
        return value if value is None or read is None else read(value)


class UtcTime(Kind[datetime]):
    """A moment: an aware datetime here, UTC text in the file."""

    impl = Text
    cache_ok = True
    way = UTC_TIME


class IsoDay(Kind[date]):
    """A day of the calendar, e.g. a date of birth: a date here, ISO text in the file."""

    impl = Text
    cache_ok = True
    way = ISO_DAY


class ExactNumber(Kind[Decimal]):
    """An exact number that need not be whole: a Decimal here, canonical text in the file."""

    impl = Text
    cache_ok = True
    way = EXACT_NUMBER


class Words(Kind[str]):
    """Text as a person typed it."""

    impl = Text
    cache_ok = True
    way = WORDS


class Whole(Kind[int]):
    """A whole number of a unit that the column's name gives."""

    impl = Integer
    cache_ok = True
    way = WHOLE


class YesNo(Kind[bool]):
    """True or false, kept as 1 or 0."""

    impl = Integer
    cache_ok = True
    way = YES_NO
