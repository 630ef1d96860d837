"""Is a vital sign usual for the age? By the written bands; a mark for a person, never a decision.

The bands that are used and the other public ones stand in `resources/fever/vital_signs.toml`. Where a
value is usual by the one and not by the other, that is said. What has no sourced limit is not judged.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from msgspec import Struct

from bedside.clinical.age import age_on
from bedside.clinical.fever_rules import Evidence, Source, read_book
from bedside.places import place
from bedside.units.writer import write_number

Limited = Literal["heart-rate", "breaths", "systolic"]
LIMITED: tuple[Limited, ...] = ("heart-rate", "breaths", "systolic")


class Limits(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What is not usual: below or above; the limits themselves are usual."""

    below: Decimal | None = None
    above: Decimal | None = None


class OpenLimits(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What is usual: more than and less than; the limits themselves are not."""

    more_than: Decimal
    less_than: Decimal


class Band(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The bands of one age that are used."""

    words: str
    evidence: Evidence
    source: tuple[str, ...]
    heart_rate: Limits
    breaths: Limits
    systolic: Limits
    from_days: int | None = None
    from_months: int | None = None
    until_months: int | None = None
    note: str = ""

    def limits(self, kind: Limited) -> Limits:
        """The limits of one vital sign."""
        return {"heart-rate": self.heart_rate, "breaths": self.breaths, "systolic": self.systolic}[
            kind
        ]


class OtherBand(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The bands of one age by another public source."""

    words: str
    evidence: Evidence
    source: tuple[str, ...]
    heart_rate: OpenLimits
    breaths: OpenLimits
    systolic: OpenLimits
    from_months: int
    until_months: int | None = None

    def limits(self, kind: Limited) -> OpenLimits:
        """The limits of one vital sign."""
        return {"heart-rate": self.heart_rate, "breaths": self.breaths, "systolic": self.systolic}[
            kind
        ]


class VitalBook(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """All bands of one file."""

    edition: str
    sources: Mapping[str, Source]
    band: tuple[Band, ...]
    other: tuple[OtherBand, ...]

    def find(self, born: date, on: date) -> Band | None:
        """The band used at an age; None where the table has ended."""
        age = age_on(born, on)
        found = None
        for band in self.band:
            by_days = band.from_days is not None and age.days >= band.from_days
            by_months = band.from_months is not None and age.completed_months >= band.from_months
            if by_days or by_months:
                found = band
        return None if found is None or _ended(found.until_months, age.completed_months) else found

    def find_other(self, born: date, on: date) -> OtherBand | None:
        """The other source's band at an age; None where its table has ended."""
        months = age_on(born, on).completed_months
        found = [band for band in self.other if months >= band.from_months]
        return None if not found or _ended(found[-1].until_months, months) else found[-1]


class Usual(Struct, frozen=True):
    """Whether a value is usual for the age.

    Args:
        side: "low", "high", "usual", or "unknown" where no limit is at hand.
        words: "182 per min is above 180 (1 month to under 1 year, Goldstein …)".
        other: what another public source would say, where it says something else; "" otherwise.
    """

    side: Literal["low", "high", "usual", "unknown"]
    words: str
    other: str = ""


@cache
def shipped_vital_book() -> VitalBook:
    """The bands that come with the program."""
    text = place("resources", "fever", "vital_signs.toml").read_text("utf-8")
    return read_book(text, "vital_signs.toml", VitalBook)


def judge_usual(
    book: VitalBook, kind: Limited, value: Decimal, born: date, on: date, *, mark: str = "."
) -> Usual:
    """Set a vital sign beside the bands of the age.

    Args:
        book: the bands.
        kind: which vital sign.
        value: per minute, or mmHg.
        born: the day of birth.
        on: the day it was taken.
        mark: the station's decimal mark.
    """
    band = book.find(born, on)
    if band is None:
        return Usual("unknown", "no band for this age is at hand: a person judges")
    limits = band.limits(kind)
    source = book.sources[band.source[0]].short
    shown = write_number(value, mark)
    where = f"({band.words}, {source})"
    if limits.below is not None and value < limits.below:
        return Usual("low", f"{shown} is below {write_number(limits.below, mark)} {where}")
    if limits.above is not None and value > limits.above:
        return Usual("high", f"{shown} is above {write_number(limits.above, mark)} {where}")
    return Usual("usual", f"{shown} is usual {where}", _other(book, kind, value, born, on, mark))


def _other(book: VitalBook, kind: Limited, value: Decimal, born: date, on: date, mark: str) -> str:
    band = book.find_other(born, on)
    if band is None:
        return ""
    limits = band.limits(kind)
    if limits.more_than < value < limits.less_than:
        return ""
    least, most = write_number(limits.more_than, mark), write_number(limits.less_than, mark)
    source = book.sources[band.source[0]].short
    return f"{source} calls more than {least} and less than {most} usual ({band.words})"


def _ended(until: int | None, months: int) -> bool:
    return until is not None and months >= until
