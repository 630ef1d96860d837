"""Compares what two people typed, and what public sources say: equal, or different in a named way.

Two texts are equal when they mean the same ("2.5 mg/kg", "2.50 mg/kg"; "500 /µL", "0.5 10^9/L").
A difference is named, because the name says where the slip was: ten times, the unit, a rounding.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.protocol.day_dose import Reference, slip_words
from bedside.protocol.typed_choices import NOT_STATED
from bedside.protocol.typed_kinds import USUAL_ROUNDING
from bedside.protocol.typed_number import Typed
from bedside.units.quantity_reader import read_dose_rate
from bedside.units.rounding import half_up
from bedside.units.writer import write_number

Agreement = Literal["equal", "different"]
PublicStanding = Literal["none", "equal", "different", "one reading", "no reading", "unusual"]

_POWERS = {
    Decimal(10): "ten times",
    Decimal(100): "a hundred times",
    Decimal(1000): "a thousand times",
}


class Compared(Struct, frozen=True):
    """Two readings beside each other: equal or not, and how they differ in words."""

    agreement: Agreement
    words: str


class PublicCompared(Struct, frozen=True):
    """What two people agree on, beside the public sources."""

    standing: PublicStanding
    words: str

    @property
    def needs_reason(self) -> bool:
        """Whether the site has to say why it holds something else than public sources or usage."""
        return self.standing in ("different", "no reading", "unusual")


def compare(first: Typed, second: Typed) -> Compared:
    """Compare two readings of the same kind.

    Returns:
        Equal, or different with the kind of difference in words.
    """
    if first.canonical == second.canonical:
        return Compared("equal", "")
    return Compared("different", _difference(first, second))


def compare_public(agreed: Typed, public: Sequence[Typed], *, disputed: bool) -> PublicCompared:
    """Compare what two people agree on with the public sources.

    Args:
        agreed: what both typed.
        public: the one stated value, or every reading where sources contradict; none where
            nothing is public.
        disputed: the sources contradict each other.
    """
    if not public:
        return PublicCompared("none", "not public")
    if any(one.canonical == agreed.canonical for one in public):
        if disputed:
            return PublicCompared("one reading", "one of the readings of sources that disagree")
        return PublicCompared("equal", "")
    if disputed:
        return PublicCompared("no reading", "none of the public readings")
    return PublicCompared("different", _difference(agreed, public[0]))


def asked_about(kind: str, agreed: Typed) -> PublicCompared | None:
    """What two people are asked about although no public source says anything of it; None for nothing.

    [judgement] A dose rounded by more than 10 % is another dose: both say why their copy has it so.

    Args:
        kind: a key of `bedside.protocol.typed_kinds.KINDS`.
        agreed: what both typed.
    """
    large = agreed.value is not None and agreed.value > USUAL_ROUNDING
    if kind != "rounding percent" or not large:
        return None
    return PublicCompared(
        "unusual",
        f"more than {write_number(USUAL_ROUNDING)} % of a dose by rounding is unusual: say why",
    )


def asked_of_day(
    known: Sequence[Reference], agreed: Typed, times: int | None
) -> PublicCompared | None:
    """What two people are asked about a dose beside the doses of a day in public sources.

    Args:
        known: what public sources have of this drug here in a day.
        agreed: one dose, as both typed it.
        times: how often a day it is given; None where nobody knows.
    """
    if not known or agreed.value is None:
        return None
    words = slip_words(read_dose_rate(agreed.canonical), times, known)
    return PublicCompared("unusual", words) if words else None


def _difference(first: Typed, second: Typed) -> str:
    if NOT_STATED in (first.canonical, second.canonical):
        return "one copy states a value, the other none"
    if first.value is not None and second.value is not None:
        return _of_numbers(first.value, first.unit, second.value, second.unit)
    if first.items and second.items and first.items != second.items:
        return _of_lists(first.items, second.items)
    return "they differ"


def _of_numbers(first: Decimal, unit: str, second: Decimal, other_unit: str) -> str:
    if unit != other_unit:
        same = "the same number, " if first == second else ""
        return f"{same}another unit: {unit} and {other_unit}"
    small, large = sorted((first, second))
    for power, words in _POWERS.items():
        if small * power == large:
            return f"{words} as much: a decimal mark or a zero"
    if half_up(first, _places(second)) == second or half_up(second, _places(first)) == first:
        return "a rounding: one has more decimals"
    return "another number"


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _of_lists(first: Sequence[int], second: Sequence[int]) -> str:
    only_first = [str(item) for item in first if item not in second]
    only_second = [str(item) for item in second if item not in first]
    parts = []
    if only_first:
        parts.append(f"only in the first: {', '.join(only_first)}")
    if only_second:
        parts.append(f"only in the second: {', '.join(only_second)}")
    return "; ".join(parts)
