"""Age bands of a dose: which band an infant is in on the anchor day, and which birthdays come close.

Age is in completed calendar months, chronological, on the day that the site commissioned: day 1 of
the course (the ruling), the day of the dose, or the day of diagnosis; never the day of printing.
A band edge near the anchor day, and one that is passed during the course, are said aloud with
their date, because one wrong day changes the dose (hazard H8).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Protocol as Shape
from typing import TypeVar

from msgspec import Struct

from bedside.clinical.age import age_on, month_completed_on
from bedside.protocol.model import AgeRule
from bedside.protocol.site_values import AgeAnchor
from bedside.units.counted import so_many
from bedside.units.dates import write_date

EDGE_DAYS = 3
ANCHOR_WORDS: dict[AgeAnchor, str] = {
    "course-day-1": "day 1 of the course",
    "dose-day": "the day of the dose",
    "diagnosis": "the day of diagnosis",
}


class Banded(Shape):
    """Anything that holds from a completed calendar month on."""

    @property
    def from_month(self) -> int:
        """The first completed month of the band."""
        ...


_Band = TypeVar("_Band", bound=Banded)


class Anchor(Struct, frozen=True):
    """The day on which the age is taken, and how that day is called."""

    day: date
    words: str


class FactorFound(Struct, frozen=True):
    """The factor on a day, in words, with what should be checked about it."""

    factor: Fraction
    words: str
    cautions: tuple[str, ...]


def age_factor(rule: AgeRule, birth: date, day_1: date, words: str = "") -> FactorFound:
    """Find the factor.

    Args:
        rule: the bands, in completed calendar months.
        birth: day of birth, not after ``day_1``.
        day_1: the anchor day, day 1 of the course where the site commissioned no other.
        words: how the anchor day is called; the rule's own words when left out.

    Raises:
        Refused: the anchor day lies before birth.
    """
    anchor = Anchor(day_1, words or rule.anchor_words)
    band = band_on(rule.bands, birth, day_1)
    said = f"{band.factor}: {months_words(birth, anchor)}"
    edges = [band.from_month for band in rule.bands]
    return FactorFound(band.factor, said, near_edges(edges, birth, anchor))


def band_on(bands: Sequence[_Band], birth: date, day: date) -> _Band:
    """The band of a day; bands begin at month 0 and rise.

    Raises:
        Refused: the day lies before birth.
    """
    months = age_on(birth, day).completed_months
    return [band for band in bands if band.from_month <= months][-1]


def months_words(birth: date, anchor: Anchor) -> str:
    """The age that was used: "4 completed months on day 1 of the course, 01-Nov-2026"."""
    months = age_on(birth, anchor.day).completed_months
    name = "month" if months == 1 else "months"
    return f"{months} completed {name} on {anchor.words}, {write_date(anchor.day)}"


def near_edges(edges: Sequence[int], birth: date, anchor: Anchor) -> tuple[str, ...]:
    """Band edges within three days of the anchor day, each with its date."""
    found = []
    for months in edges:
        reached = month_completed_on(birth, months)
        if months > 0 and abs((reached - anchor.day).days) <= EDGE_DAYS:
            found.append(
                f"The age band changes at {so_many(months, 'month')}, on {write_date(reached)}, close to "
                f"{anchor.words}: have the date of birth and that day checked."
            )
    return tuple(found)


class Spell(Struct, frozen=True):
    """The stretch over which a drug is given: day 1 of its course, today's dose, its last day."""

    day_1: date
    on: date
    course_day: int
    last: date

    @classmethod
    def of(cls, day_1: date, on: date, course_day: int, last_day: int) -> "Spell":
        """Make a spell whose last day is at least the day of the dose (``last_day`` from 1)."""
        return cls(day_1, on, course_day, max(on, day_1 + timedelta(days=last_day - 1)))


def edges_in_course(
    bands: Sequence[tuple[int, str]], birth: date, anchor: AgeAnchor, spell: Spell
) -> tuple[str, ...]:
    """Birthdays of a band that fall within the course, and whether they change the dose.

    Args:
        bands: each band's first month and what holds in it ("factor 3/4", "8 mg").
        birth: day of birth.
        anchor: the day on which the age is taken.
        spell: the stretch over which the drug is given.
    """
    found = []
    for (_, before), (months, words) in pairwise(bands):
        reached = month_completed_on(birth, months)
        if not spell.day_1 < reached <= spell.last:
            continue
        when = _when(months, reached, spell)
        if anchor == "dose-day":
            found.append(f"{when}: from that day on {words}, before it {before}.")
        else:
            found.append(
                f"{when}: this does not change the dose in this course, {before} stays, because "
                f"the age is taken on {ANCHOR_WORDS[anchor]}."
            )
    return tuple(found)


def _when(months: int, reached: date, spell: Spell) -> str:
    if reached <= spell.on:
        return f"Turned {so_many(months, 'month')} on {write_date(reached)}"
    day = spell.course_day + (reached - spell.on).days
    return f"Turns {so_many(months, 'month')} on day {day}, {write_date(reached)}"
