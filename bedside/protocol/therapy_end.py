"""When therapy ends: so long after the diagnosis, or after day 1 of a course.

Decision: the day on which it counts is part of the rule. Two years from the start of Induction and
104 weeks from diagnosis are two different days, and no source may be read for the other.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

TherapyUnit = Literal["days", "weeks", "months", "years"]
THERAPY_UNITS: tuple[TherapyUnit, ...] = ("days", "weeks", "months", "years")
DIAGNOSIS = "diagnosis"  # the anchor that is no course
DAYS_A_YEAR = 366
_DAYS = {"days": 1, "weeks": 7, "months": 31, "years": DAYS_A_YEAR}


class TherapyEnd(Struct, frozen=True):
    """A length of therapy and the day from which it counts.

    ``since`` is "diagnosis" or the key of the course whose day 1 it is.
    """

    length: int
    unit: TherapyUnit
    since: str

    @property
    def most_days(self) -> int:
        """So many days at most, with leap years and long months."""
        return self.length * _DAYS[self.unit]

    def ends(self, anchor: date | None) -> date | None:
        """The last day of therapy, None while its anchor is not known.

        Args:
            anchor: the day of diagnosis, or day 1 of the course that it counts from.

        Returns:
            The same day so many months or years later (a day that this month does not have becomes
            the first of the next, as birthdays do in `bedside.clinical.age`), or the day so many
            days later.
        """
        if anchor is None:
            return None
        if self.unit in ("days", "weeks"):
            return anchor + timedelta(days=self.length * _DAYS[self.unit])
        months = anchor.month - 1 + self.length * (12 if self.unit == "years" else 1)
        year, month = anchor.year + months // 12, months % 12 + 1
        try:
            return date(year, month, anchor.day)
        except ValueError:
            return date(year, month + 1, 1)  # a month that ends early is never December


def since_words(since: str, titles: Mapping[str, str]) -> str:
    """From which day it counts: "diagnosis", or "the start of Induction".

    Args:
        since: the anchor.
        titles: of the courses, by key.
    """
    return DIAGNOSIS if since == DIAGNOSIS else f"the start of {titles.get(since, since)}"


def end_words(end: TherapyEnd | None, titles: Mapping[str, str]) -> str:
    """When therapy ends: "2 years from the start of Induction", "not public" where nobody says."""
    if end is None:
        return "not public"
    unit = end.unit.removesuffix("s") if end.length == 1 else end.unit
    return f"{end.length} {unit} from {since_words(end.since, titles)}"
