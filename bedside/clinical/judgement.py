"""What a judgement of a typed value is, and how it is set beside the infant's own last value.

A judgement stops nobody by itself: "unusual" is an inline note, "impossible" is refused by
whoever asked. It names the kind of slip where one fits. The likely value is offered only where the
typed one is refused: offered beside a note, it would be taken without measuring again.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from bedside.units.dates import write_date
from bedside.units.rounding import half_up
from bedside.units.writer import write_number

Level = Literal["usual", "unusual", "impossible"]
Value = TypeVar("Value")

_SECONDS_OF_A_DAY = 86400
# [judgement] words for the eye, never a limit: so near to 1, one decimal would say "now 1 times"
_ABOUT_THE_SAME = Decimal("0.05")


class Plausibility(Struct, frozen=True):
    """How a typed value looks.

    Args:
        level: "usual", "unusual" (an inline note) or "impossible" (refused).
        words: why, naming the slip where one fits; "" when usual.
        compared: what it was set beside, always filled.
        named: a slip that is named beside the field although nothing is asked; "" for none.
        by_two: refused to one person; true all the same, two people may record it, both by name.
    """

    level: Level
    words: str
    compared: str
    by_two: bool = False
    named: str = ""


class Slip(Struct, frozen=True):
    """A way to mistype: the typed value is ``factor`` times the true one.

    Args:
        factor: typed value divided by true value.
        words: "ten times", "a tenth of" …, to stand before "the weight of".
        how: how it comes about, "" when it goes without saying.
    """

    factor: Fraction
    words: str
    how: str = ""

    def named(self, typed: int, last: int) -> str:
        """Return the words, with "about" when the two values do not stand exactly so."""
        return self.words if Fraction(typed, last) == self.factor else f"about {self.words}"


class Earlier(Struct, Generic[Value], frozen=True):
    """The infant's own value nearest before a typed one (failing that, nearest after)."""

    value: Value
    taken_at: datetime  # as the clock on the wall showed it then
    days: Fraction  # between the two, never below zero

    @property
    def on(self) -> str:
        """The day it was taken, "19-Nov-2026"."""
        return write_date(self.taken_at.date())


def earlier(last: Sequence[tuple[datetime, Value]], at: datetime) -> Earlier[Value] | None:
    """Return the infant's own value to compare with, or None when there is none.

    Args:
        last: her other values, in any order; times aware, each as the ward's clock showed it: the
            day that is named is that of its own offset, in summer and in winter.
        at: when the typed value was taken, aware.
    """
    if not last:
        return None
    before = [entry for entry in last if entry[0] <= at]
    taken_at, value = max(before, key=_time_of) if before else min(last, key=_time_of)
    apart = abs(at - taken_at)
    days = Fraction(apart.days) + Fraction(apart.seconds, _SECONDS_OF_A_DAY)
    return Earlier(value, taken_at, days)


def later(last: Sequence[tuple[datetime, Value]], at: datetime) -> Earlier[Value] | None:
    """Return the infant's own value nearest after a back-dated one; None when `earlier` has it, or none is.

    Args:
        last: her other values, in any order; times aware.
        at: when the typed value was taken, aware; also the zone in which days are named.
    """
    after = [entry for entry in last if entry[0] > at]
    return earlier(after, at) if len(after) < len(last) else None


def _time_of(entry: tuple[datetime, Value]) -> datetime:
    return entry[0]


def change_words(typed: int, last: int, mark: str) -> str:
    """Say how far a value has moved: "now 2.4 % more", "now the same", after nought "now more"."""
    if typed == last:
        return "now the same"
    if last == 0:
        return "now more"
    change = half_up(100 * abs(Decimal(typed - last)) / Decimal(last), 1)
    return f"now {write_number(change, mark)} % {'more' if typed > last else 'less'}"


def times_words(typed: int, last: int, mark: str) -> str:
    """Say how many times the last value the typed one is: "now 1.1 times", "now about the same".

    What is within a twentieth of the last value is about the same; nought is said as "now 0".
    """
    if typed == last:
        return "now the same"
    if typed == 0:
        return "now 0"
    ratio = Decimal(typed) / Decimal(last)
    if 1 - _ABOUT_THE_SAME <= ratio < 1 + _ABOUT_THE_SAME:
        return "now about the same"
    places = 1 if ratio >= 1 else 2 if ratio >= Decimal("0.1") else 3
    rounded = half_up(ratio, places)
    return f"now {write_number(rounded, mark)} times"
