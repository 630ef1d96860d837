"""The age factor of a drug: which band the infant is in on day 1 of the course, as an exact fraction.

Age is in completed calendar months, chronological, on day 1 of the course, never on the day of
printing. A band edge close to day 1 is said aloud, because one wrong day changes the dose
(hazard H8).
"""

from datetime import date, timedelta
from fractions import Fraction

from msgspec import Struct

from bedside.clinical.age import age_on
from bedside.protocol.model import AgeRule
from bedside.units.dates import write_date
from bedside.units.quantities import DrugAmount

EDGE_DAYS = 3


class FactorFound(Struct, frozen=True):
    """The factor on a day, in words, with what should be checked about it."""

    factor: Fraction
    words: str
    cautions: tuple[str, ...]


def age_factor(rule: AgeRule, birth: date, day_1: date) -> FactorFound:
    """Find the factor.

    Args:
        rule: the bands of the protocol file, in completed calendar months.
        birth: day of birth, not after ``day_1``.
        day_1: day 1 of the course.

    Raises:
        Refused: day 1 lies before birth.
    """
    months = age_on(birth, day_1).completed_months
    band = [band for band in rule.bands if band.from_month <= months][-1]
    words = f"{band.factor}: {months} completed months on {rule.anchor_words}, {write_date(day_1)}"
    return FactorFound(band.factor, words, _near_edges(rule, birth, day_1))


def times(amount: DrugAmount, factor: Fraction) -> DrugAmount:
    """Multiply an amount by an exact factor; multiplied before it is divided."""
    return DrugAmount(amount.value * factor.numerator / factor.denominator, amount.unit)


def _near_edges(rule: AgeRule, birth: date, day_1: date) -> tuple[str, ...]:
    edges = {band.from_month for band in rule.bands if band.from_month > 0}
    found = []
    for shift in range(-EDGE_DAYS, EDGE_DAYS + 1):
        near = day_1 + timedelta(days=shift)
        if near <= birth:
            continue
        months = age_on(birth, near).completed_months
        if months in edges and age_on(birth, near - timedelta(days=1)).completed_months < months:
            found.append(
                f"The age factor changes at {months} months, on {write_date(near)}, close to day 1: "
                "have the date of birth and day 1 checked."
            )
    return tuple(found)
