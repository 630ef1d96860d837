"""How old an infant is on a day: in days, in completed calendar months, and as the banner says it.

The ruling on months: a month is complete on the day of the month on which the infant was born,
and not before. An infant born on the 31st completes a month that has no 31st on the first day of
the month after (born 31-Jan: one month old on 01-Mar, not on 28-Feb); one born on 29-Feb
completes a year on 01-Mar of a common year. Rejected: days divided by 30.44, which moves
hundreds of birthdays across a dose band. Ages are chronological; prematurity never counts here.
"""

from datetime import date, timedelta

from msgspec import Struct

from bedside.units.dates import write_date
from bedside.units.refusal import Refused

_DAYS_IN_HOURS = 2  # the banner's edges, after the public NHS user-interface guides
_DAYS_IN_DAYS = 28


class Age(Struct, frozen=True):
    """An age: days lived, completed calendar months and years, and the banner's text."""

    days: int
    completed_months: int
    completed_years: int
    text: str


def age_on(birth: date, on: date) -> Age:
    """Return the age on a day.

    Args:
        birth: the day of birth.
        on: the day asked about, not before birth.

    Raises:
        Refused: the day lies before birth.
    """
    if on < birth:
        raise Refused(
            f"{write_date(on)} is before the day of birth, {write_date(birth)}: "
            "look at both dates again."
        )
    days = (on - birth).days
    months = completed_months(birth, on)
    return Age(days, months, months // 12, _banner_text(birth, on, days, months))


def completed_months(birth: date, on: date) -> int:
    """The completed calendar months on a day, which is not before birth."""
    months = 12 * (on.year - birth.year) + on.month - birth.month
    return months - 1 if on.day < birth.day else months


def month_completed_on(birth: date, months: int) -> date:
    """Return the day on which so many months are complete (the ruling above)."""
    year, month = divmod(12 * birth.year + birth.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    same_day = first + timedelta(days=birth.day - 1)
    return same_day if same_day.month == first.month else same_day.replace(day=1)


def _banner_text(birth: date, on: date, days: int, months: int) -> str:
    if days < _DAYS_IN_HOURS:
        return f"{24 * days}h"
    if days < _DAYS_IN_DAYS:
        return f"{days}d"
    if months < 12:
        return f"{days // 7}w {days % 7}d"
    if months < 24:
        return f"{months}m {(on - month_completed_on(birth, months)).days}d"
    return f"{months // 12}y {months % 12}m"
