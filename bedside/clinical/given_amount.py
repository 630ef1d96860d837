"""Is an amount given the one that was meant? Two bounds, and the slip of a far one by name.

The bounds are this program's own judgement, no figure of a protocol: another amount needs a reason,
one that is at least twice or at most half of what was meant is refused to one person (hazard H1).
"""

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from bedside.units.quantities import DrugAmount
from bedside.units.writer import write_amount

Difference = Literal["same", "other", "far"]

FAR = 2  # [judgement] times as much, or as little
_NEAR = Fraction(1, 5)  # [judgement] within a fifth of a power of ten it is named as that slip
_POWERS = (10, 100, 1000)
_MICROGRAMS = {"mg": 1000, "micrograms": 1}


class AmountCompared(Struct, frozen=True):
    """How an amount stands beside the one that was meant; ``words`` is "" when they are the same."""

    difference: Difference
    words: str


def compare_amounts(typed: DrugAmount, meant: DrugAmount) -> AmountCompared:
    """Set an amount as given beside the amount that was meant.

    Args:
        typed: as given, more than nothing; in mg, micrograms or units.
        meant: decided, worked out, or given last; nothing where the drug was stopped.

    Returns:
        "same", "other" (needs its reason) or "far" (refused to one person), with the words.
    """
    both = f"{write_amount(typed)} against {write_amount(meant)}"
    scales = (_MICROGRAMS.get(typed.unit), _MICROGRAMS.get(meant.unit))
    if typed.unit == meant.unit:
        scales = (1, 1)
    first, second = scales
    if first is None or second is None:
        return AmountCompared("far", f"{both}: another kind of unit")
    if meant.value == 0:
        return AmountCompared("far", f"{both}: the drug is stopped")
    times = Fraction(typed.value) * first / (Fraction(meant.value) * second)
    if times == 1:
        return AmountCompared("same", "")
    slip = _slip(times)
    if slip:
        return AmountCompared("far", f"{both}: {slip}, a decimal mark, a zero or the unit")
    if times >= FAR:
        return AmountCompared("far", f"{both}: twice as much or more")
    if times <= Fraction(1, FAR):
        return AmountCompared("far", f"{both}: half as much or less")
    return AmountCompared("other", both)


def _slip(times: Fraction) -> str:
    """The power of ten that a difference is, or is near to; "" where it is none."""
    for power in _POWERS:
        for factor, sign in ((Fraction(power), "×"), (Fraction(1, power), "÷")):
            if abs(times / factor - 1) <= _NEAR:
                about = "" if times == factor else "about "
                return f"{about}{sign} {power}"
    return ""
