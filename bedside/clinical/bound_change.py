"""How far a value has moved where it, or the infant's last one, is a bound: only what the bounds prove.

After "<5 000" a count of 20 000 is at least four times as much; a count of 3 000 may be more or less,
and nothing is said of it. A "<" is often the laboratory's own lowest figure.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from bedside.units.bounds import Bound
from bedside.units.rounding import as_decimal
from bedside.units.writer import write_number

Seen = int | Decimal | Bound[int] | Bound[Decimal]
_ALIKE = (Fraction(9, 10), Fraction(11, 10))


def least_times(typed: Seen, last: Seen) -> Fraction | None:
    """How many times the last value the typed one is at least; None where the bounds do not tell.

    Args:
        typed: the value or bound of now.
        last: the value or bound before it, in the same unit.
    """
    low, high = _lowest(typed), _highest(last)
    return None if low is None or not high else Fraction(low) / Fraction(high)


def most_times(typed: Seen, last: Seen) -> Fraction | None:
    """How many times the last value the typed one is at most; arguments as `least_times`."""
    high, low = _highest(typed), _lowest(last)
    return None if high is None or not low else Fraction(high) / Fraction(low)


def bound_words(typed: Seen, last: Seen, mark: str) -> str:
    """Say what the bounds prove: "now at least 4 times", "now at most 0.2 times"; "" for nothing.

    Args:
        typed: the value or bound of now.
        last: the value or bound before it, in the same unit; one of the two is a bound.
        mark: the station's decimal mark.
    """
    least, most = least_times(typed, last), most_times(typed, last)
    if least is not None and least >= 1:
        rounded = as_decimal(least).quantize(Decimal("0.1"), ROUND_FLOOR)
        return "now more" if least < _ALIKE[1] else f"now at least {_times(rounded, mark)}"
    if most is not None and most <= 1:
        places = Decimal("0.01") if most >= Fraction(1, 10) else Decimal("0.001")
        rounded = as_decimal(most).quantize(places, ROUND_CEILING)
        return "now less" if most > _ALIKE[0] else f"now at most {_times(rounded, mark)}"
    return ""


def _times(ratio: Decimal, mark: str) -> str:
    return f"{write_number(ratio, mark)} times"


def _lowest(seen: Seen) -> int | Decimal | None:
    if not isinstance(seen, Bound):
        return seen
    return seen.figure if seen.sign == ">" else None


def _highest(seen: Seen) -> int | Decimal | None:
    if not isinstance(seen, Bound):
        return seen
    return seen.figure if seen.sign == "<" else None
