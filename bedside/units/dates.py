"""Reads and writes days and times: 20-Nov-2026 and 10:42, the month always in letters.

Days made of figures only, such as 03/04/2026, are refused, because one reader in two takes
them for another day. Times are written in the zone they carry; times without one are refused.
Month names are English for now; translation comes with the languages.
"""

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS, shown

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Half = Literal["", "summer", "winter"]
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FIRST_YEAR, LAST_YEAR = 1900, 2199  # a year outside is a slip of the keyboard

# Patterns stay text until a person types a day: the first screen only writes days.
_ISO = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_NAMED = r"([0-9]{2})-([A-Za-z]{3})-([0-9]{4})"
_TIME = r"([0-9]{2}):([0-9]{2})"
_TIMESTAMP = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}"
    r"(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


def write_date(day: date) -> str:
    """Write a day: "20-Nov-2026"."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year:04d}"


def write_weekday_date(day: date) -> str:
    """Write a day with its weekday: "Fri 20-Nov-2026"."""
    return f"{WEEKDAYS[day.weekday()]} {write_date(day)}"


def write_time(moment: datetime) -> str:
    """Write a time of day on the 24-hour clock, in the zone it carries: "10:42".

    Raises:
        ValueError: the time carries no zone (a programming error).
    """
    if moment.tzinfo is None:
        raise ValueError("a clinical time must carry its zone")
    return f"{moment.hour:02d}:{moment.minute:02d}"


def write_times(*moments: datetime) -> tuple[str, ...]:
    """Write times that stand together: "01:35", or each with its half where a clock change lies between.

    Args:
        moments: aware times of one zone; the larger offset from UTC is that of summer time.

    Raises:
        ValueError: a time carries no zone (a programming error).
    """
    written = tuple(write_time(moment) for moment in moments)
    offsets = [moment.utcoffset() for moment in moments]
    halves = [half_words(_half(offset, offsets)) for offset in offsets]
    return tuple(f"{at} {half}".strip() for at, half in zip(written, halves, strict=True))


def half_of(moment: datetime, zone: tzinfo | None) -> Half:
    """In which half of the hour that comes twice a moment lies; "" on every other time.

    Args:
        moment: aware time, of any zone or offset.
        zone: where the wall clock hangs, with its rules for summer time.

    Raises:
        ValueError: the time carries no zone (a programming error).
    """
    if moment.tzinfo is None:
        raise ValueError("a clinical time must carry its zone")
    wall = moment.astimezone(zone)
    offset, first, second = (
        each.utcoffset() or timedelta()
        for each in (wall, wall.replace(fold=0), wall.replace(fold=1))
    )
    return "" if first < second else _half(offset, (first, second))  # the hour jumped over is none


def half_words(half: Half) -> str:
    """The half of the hour that comes twice as it is said beside a time: "summer time", or ""."""
    return f"{half} time" if half else ""


def _half(offset: timedelta | None, offsets: Collection[timedelta | None]) -> Half:
    """Summer time is the one whose clock is further ahead of UTC."""
    known = {each or timedelta() for each in offsets}
    if len(known) < 2:
        return ""
    return "summer" if (offset or timedelta()) == max(known) else "winter"


def write_date_time(moment: datetime) -> str:
    """Write a day and a time, in the zone it carries: "20-Nov-2026 10:42"."""
    return f"{write_date(moment.date())} {write_time(moment)}"


def read_date(text: str) -> date:
    """Read a day written 20-Nov-2026 or 2026-11-20.

    Raises:
        Refused: any other way of writing it, or a day that does not exist.
    """
    typed = text.strip(BLANKS)
    iso, named = re.fullmatch(_ISO, typed), re.fullmatch(_NAMED, typed)
    if iso is not None:
        return _day(typed, int(iso[1]), int(iso[2]), int(iso[3]))
    if named is not None and named[2].title() in MONTHS:
        return _day(typed, int(named[3]), MONTHS.index(named[2].title()) + 1, int(named[1]))
    raise Refused(_why_no_day(typed))


def _day(typed: str, year: int, month: int, day: int) -> date:
    try:
        read = date(year, month, day)
    except ValueError:
        raise Refused(f"There is no such day as {typed}: look at the calendar again.") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"The year {year} cannot be meant: write it in four figures, such as 2026.")
    return read


def _why_no_day(typed: str) -> str:
    right = "write it as 20-Nov-2026, with the month in letters, or as 2026-11-20"
    if not typed:
        return f"There is no date here: {right}."
    if re.fullmatch(r"[0-9]{1,4}[/. -][0-9]{1,2}[/. -][0-9]{1,4}", typed):
        if _has_one_reading(typed):
            return (
                f'"{typed}" has its month in figures, which elsewhere stand for the day: {right}.'
            )
        return f'"{typed}" can be read as more than one day: {right}.'
    return f'"{shown(typed)}" is not a date: {right}.'


def _has_one_reading(typed: str) -> bool:
    """Whether figures with a year of four of them can be only one day: 14.05.2026, never 05.04.2026."""
    found = re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -][0-9]{4}", typed)
    return found is not None and max(int(found[1]), int(found[2])) > 12


def read_time(text: str) -> time:
    """Read a time of day on the 24-hour clock, "02:40".

    Raises:
        Refused: any other way of writing it, or a time that does not exist.
    """
    typed = text.strip(BLANKS)
    match = re.fullmatch(_TIME, typed)
    if match is None:
        raise Refused(_why_no_time(typed))
    if int(match[1]) > 23 or int(match[2]) > 59:
        raise Refused(f"There is no such time as {typed}: write one from 00:00 to 23:59.")
    return time(int(match[1]), int(match[2]))


def _why_no_time(typed: str) -> str:
    figures = re.fullmatch(r"([0-9]{1,2})[:.,;hH ]?([0-9]{2})", typed)
    if figures is not None and int(figures[1]) <= 23 and int(figures[2]) <= 59:
        return f'"{typed}" is not a time: write {int(figures[1]):02d}:{figures[2]}.'
    return f'"{shown(typed)}" is not a time: write it as 02:40, on the 24-hour clock.'


def read_timestamp(text: str) -> datetime:
    """Read a moment in ISO form with its offset, "2026-10-25T02:40+02:00" (or "Z" for UTC).

    Raises:
        Refused: another form, no offset, or a moment that does not exist.
    """
    typed = text.strip(BLANKS)
    match = re.fullmatch(_TIMESTAMP, typed)
    if match is None:
        raise Refused(
            f'"{shown(typed)}" is not a time with its day: write it as 2026-10-25T02:40+02:00.'
        )
    if match[1] is None:
        raise Refused(
            f"{typed} does not say in which offset from UTC: "
            f"write it with one, such as {typed}+02:00 or {typed}Z."
        )
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        raise Refused(f"There is no such moment as {typed}: look at day and time again.") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Refused(f"The year {moment.year} cannot be meant: write it in four figures.")
    return moment


def age_words(age: timedelta) -> str:
    """How old a copy is, in words: "under a minute", "12 minutes", "3 hours", "4 days"."""
    minutes = max(age, timedelta(0)) // timedelta(minutes=1)
    if minutes < 1:
        return "under a minute"
    if minutes < 120:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // 1440} days"
