"""Which reduction of a dose holds on a course day, and what share of the protocol dose it comes to.

Where several stand on one day the smallest share holds: a dose is never raised by recording another
reduction. To raise it again, a reduction is ended or taken back.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.protocol.modification import WHOLE, Modification
from bedside.units.writer import write_number

OfWhat = Literal["standard", "last"]


class Reduction(Struct, frozen=True):
    """A share of the protocol dose of one drug, or of every drug of a course, by course days.

    ``share`` in per cent of the protocol's own dose; ``drug`` "" is every drug; ``until_day`` None
    lasts to the end of the course.
    """

    course: str
    drug: str
    from_day: int
    until_day: int | None
    share: Decimal
    reason: str
    who: str

    @property
    def modification(self) -> Modification:
        """What the worked dose takes."""
        return Modification(self.share, self.reason, self.who)

    @property
    def days_words(self) -> str:
        """In words: "day 8", "days 8 to 14" or "from day 8 on"."""
        if self.until_day is None:
            return f"from day {self.from_day} on"
        if self.until_day == self.from_day:
            return f"day {self.from_day}"
        return f"days {self.from_day} to {self.until_day}"

    @property
    def words(self) -> str:
        """In words: "75 % of the protocol dose from day 8 on, after mucositis (Dr X)"."""
        return (
            f"{write_number(self.share)} % of the protocol dose {self.days_words}, "
            f"{self.reason.strip()} ({self.who.strip()})"
        )

    def holds(self, course: str, drug: str, day: int) -> bool:
        """Whether it is about this drug on this day of this course."""
        hers = self.course == course and self.drug in ("", drug)
        return hers and self.from_day <= day and (self.until_day is None or day <= self.until_day)


def reduction_on(
    reductions: Iterable[Reduction], course: str, drug: str, day: int
) -> Reduction | None:
    """The reduction that holds for a drug on a course day; None for the full protocol dose.

    Args:
        reductions: those that stand, in any order.
        course: the course's key.
        drug: the drug's key.
        day: the course day, counted from 1.
    """
    found = [one for one in reductions if one.holds(course, drug, day)]
    return min(found, key=lambda one: one.share, default=None)


def share_on(reductions: Iterable[Reduction], course: str, drug: str, day: int) -> Decimal:
    """The share of the protocol dose on a course day, in per cent; 100 where nothing is reduced."""
    found = reduction_on(reductions, course, drug, day)
    return WHOLE if found is None else found.share


def share_of_standard(percent: Decimal, of_what: OfWhat, before: Decimal) -> Decimal:
    """What was ordered, in per cent of the protocol's own dose, exactly.

    Args:
        percent: as ordered.
        of_what: whether it was said of the protocol's own dose or of the last one.
        before: the share in force before, in per cent of the protocol's own dose.
    """
    return percent if of_what == "standard" else percent * before / WHOLE
