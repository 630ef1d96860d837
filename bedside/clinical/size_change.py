"""Has an infant grown or lost so much since a dose was worked out that it must be worked out anew?

The edge is 5 % of the weight or the length that was used, exactly 5 % included, upwards and
downwards, on whole grams and millimetres. [ruling of this program: no public source of either
protocol states one; standard practice sheets ask at 5 to 10 %]
"""

from fractions import Fraction

from msgspec import Struct

from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.rounding import as_decimal, half_up
from bedside.units.writer import write_length, write_number, write_weight

EDGE_PERCENT = 5


class Size(Struct, frozen=True):
    """The size that a calculation used: weight in grams, length in millimetres where known."""

    weight_g: int
    length_mm: int | None = None


def size_change(before: Size, now: Size) -> tuple[str, ...]:
    """Say what changed by 5 % or more; empty when the calculation still fits.

    Args:
        before: the size that was used, above zero.
        now: the size now.
    """
    found = []
    percent = _percent(before.weight_g, now.weight_g)
    if abs(percent) >= EDGE_PERCENT:
        then, today = (
            write_weight(BodyWeight(before.weight_g)),
            write_weight(BodyWeight(now.weight_g)),
        )
        found.append(_words("Weight", then, today, percent))
    if before.length_mm is None or now.length_mm is None:
        return tuple(found)
    percent = _percent(before.length_mm, now.length_mm)
    if abs(percent) >= EDGE_PERCENT:
        then = write_length(BodyLength(before.length_mm))
        today = write_length(BodyLength(now.length_mm))
        found.append(_words("Length", then, today, percent))
    return tuple(found)


def _percent(before: int, now: int) -> Fraction:
    return Fraction(100 * (now - before), before)


def _words(what: str, then: str, today: str, percent: Fraction) -> str:
    sign = "+" if percent > 0 else ""
    shown = f"{sign}{write_number(half_up(as_decimal(percent), 1))} %"
    return (
        f"{what} changed from {then} to {today} ({shown}) since the last dose was worked out: "
        "this is a new calculation; a sheet printed before it no longer holds."
    )
