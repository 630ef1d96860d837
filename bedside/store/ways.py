"""How each kind of value is written into the ward's file and read back: times, days, amounts, answers.

A time is kept as UTC text with its offset, always 32 characters, so that the order of the texts is
the order of the times (hazard H45). An exact number that is no integer is kept as text, because
SQLite's own numbers with a fraction are binary floats. Whatever is not exactly the right Python
type is a mistake of the program, and is refused before it reaches the file.

Decision: SQLAlchemy's own `DateTime` and `Numeric` were rejected: on SQLite the first drops the
offset without a word, and the second keeps a float.

SQLAlchemy is not needed for any of it, so the first screen does not wait for it; its own types of
columns, which use these ways, are in `bedside.store.kinds`.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from bedside.units.refusal import Refused

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


def day_text(day: date) -> str:
    """Return a day as the file keeps it, e.g. 2026-11-20."""
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"a day is a date, not {type(day).__name__}")
    return day.isoformat()


def whole_number(value: int) -> int:
    """Return a whole number as it is; a truth value is none."""
    if type(value) is int:
        return value
    raise TypeError(f"a whole number is an int, not {type(value).__name__}")


def one_or_zero(value: bool) -> int:
    """Return a truth value as 1 or 0."""
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


class Way(Struct, frozen=True):
    """How one kind of value is written into the file, and read back (None: as it lies there)."""

    write: Callable[[Any], str | int]
    read: Callable[[Any], object] | None = None


UTC_TIME = Way(utc_text, datetime.fromisoformat)
ISO_DAY = Way(day_text, date.fromisoformat)
EXACT_NUMBER = Way(decimal_text, Decimal)
WORDS = Way(words_text)
WHOLE = Way(whole_number)
YES_NO = Way(one_or_zero, bool)

WAYS: dict[object, Way] = {
    datetime: UTC_TIME,
    date: ISO_DAY,
    Decimal: EXACT_NUMBER,
    str: WORDS,
    int: WHOLE,
    bool: YES_NO,
}
