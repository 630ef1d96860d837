"""How each kind of value is written into the ward's file and read back: times, days, amounts, answers.

A time is kept as UTC text with its offset, always 32 characters, so that the order of the texts is
the order of the times (hazard H45). An exact number that is no integer is kept as text, because
SQLite's own numbers with a fraction are binary floats. Whatever is not exactly the right Python
type is a mistake of the program, and is refused before it reaches the file.

Decision: SQLAlchemy's own `DateTime` and `Numeric` were rejected: on SQLite the first drops the
offset without a word, and the second keeps a float.
"""

# ruff: noqa: ARG002 (SQLAlchemy hands each method its dialect, wanted or not)
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bedside.units.refusal import Refused

V = TypeVar("V")
MOST_DECIMAL_TEXT = 12
_CANONICAL_DECIMAL = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")


def utc_text(moment: datetime) -> str:
    """Return an aware time as the text that the store keeps, e.g. 2026-11-20T10:42:00.000000+00:00.

    Raises:
        TypeError: this is no time.
        ValueError: the time is naive: nobody can say which moment it means.
    """
    if not isinstance(moment, datetime):
        raise TypeError(f"a time is an aware datetime, not {type(moment).__name__}")
    if moment.utcoffset() is None:
        raise ValueError("a time without its offset is not kept: say which zone it is in")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def decimal_text(value: Decimal) -> str:
    """Return an exact number as its one canonical text: no exponent, no trailing zeros.

    Raises:
        TypeError: this is a float or anything else that is not a `Decimal`.
        ValueError: the number is NaN, infinite or below zero.
        Refused: the number has more digits than any measured value has.
    """
    if not isinstance(value, Decimal):
        raise TypeError(f"an exact number is a Decimal, not {type(value).__name__}")
    if not value.is_finite() or value < 0:
        raise ValueError(f"{value} is not a number that can be kept")
    text = format(value.copy_abs(), "f")  # so that -0 is 0
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if len(text) > MOST_DECIMAL_TEXT or not _CANONICAL_DECIMAL.fullmatch(text):
        raise Refused(f"{value} has more digits than can be measured: write it shorter.")
    return text


def _day_text(day: date) -> str:
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"a day is a date, not {type(day).__name__}")
    return day.isoformat()


def _whole(value: int) -> int:
    if type(value) is int:
        return value
    raise TypeError(f"a whole number is an int, not {type(value).__name__}")


def _one_or_zero(value: bool) -> int:
    if isinstance(value, bool):
        return int(value)
    raise TypeError(f"a truth value is a bool, not {type(value).__name__}")


def words_text(text: str) -> str:
    """Return a text as it is kept: as it was typed.

    Raises:
        TypeError: this is no text.
        Refused: it holds something that no file can hold; it is never cut.
    """
    if not isinstance(text, str):
        raise TypeError(f"a text is a str, not {type(text).__name__}")
    if not text.isprintable() and ("\x00" in text or not _is_writable(text)):
        raise Refused("This text holds a character that cannot be kept: type it again.")
    return str(text)


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Kind(TypeDecorator[V]):
    """A kind of value: how it is written into the file and how it is read back.

    SQLAlchemy uses it through the two `process_` methods; the store, which saves one row at a
    time, calls `write` and `read` themselves.
    """

    cache_ok = True
    write: "ClassVar[staticmethod[[Any], str | int]]"
    read: "ClassVar[staticmethod[[Any], object] | None]" = None  # None: as it lies in the file

    def process_bind_param(self, value: V | None, dialect: Dialect) -> str | int | None:
        """Write a value; nothing stays nothing."""
        return None if value is None else type(self).write(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        """Read a value back; nothing stays nothing."""
        read = type(self).read
        return value if value is None or read is None else read(value)


class UtcTime(Kind[datetime]):
    """A moment: an aware datetime here, UTC text in the file."""

    impl = Text
    cache_ok = True
    write = staticmethod(utc_text)
    read = staticmethod(datetime.fromisoformat)


class IsoDay(Kind[date]):
    """A day of the calendar, e.g. a date of birth: a date here, ISO text in the file."""

    impl = Text
    cache_ok = True
    write = staticmethod(_day_text)
    read = staticmethod(date.fromisoformat)


class ExactNumber(Kind[Decimal]):
    """An exact number that need not be whole: a Decimal here, canonical text in the file."""

    impl = Text
    cache_ok = True
    write = staticmethod(decimal_text)
    read = staticmethod(Decimal)


class Words(Kind[str]):
    """Text as a person typed it."""

    impl = Text
    cache_ok = True
    write = staticmethod(words_text)


class Whole(Kind[int]):
    """A whole number of a unit that the column's name gives."""

    impl = Integer
    cache_ok = True
    write = staticmethod(_whole)


class YesNo(Kind[bool]):
    """True or false, kept as 1 or 0."""

    impl = Integer
    cache_ok = True
    write = staticmethod(_one_or_zero)
    read = staticmethod(bool)
