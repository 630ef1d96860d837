"""A value that a laboratory gave with "<" or ">": known only to lie below or above its figure.

Decision: a bound is never read as a number. It answers a limit where it lies wholly on one side of
it, and else nothing: "<100" is not at least 500, "<1000" may be either. Each question has the three
answers yes, no and not known (None).
"""

from decimal import Decimal
from typing import Generic, Literal, TypeVar, cast

from msgspec import Struct

from bedside.units.quantities import Anc, Blasts, Platelets, WhiteCells
from bedside.units.writer import write_count

Sign = Literal["<", ">"]
Figure = TypeVar("Figure")
Cells = TypeVar("Cells", Anc, Platelets, WhiteCells, Blasts)
Number = int | Decimal
SIDES: dict[Sign, str] = {"<": "below", ">": "above"}
ASK_FOR_NUMBER = "repeat it or ask the laboratory for the number"


class Bound(Struct, Generic[Figure], frozen=True):
    """A bound.

    Args:
        sign: "<": the value lies below the figure; ">": above it.
        figure: the figure in its own type (an ANC is never a platelet count).
    """

    sign: Sign
    figure: Figure


def bounded(sign: str, figure: Figure) -> Figure | Bound[Figure]:
    """Return the figure itself where there is no sign, else the bound.

    Args:
        sign: "", "<" or ">".
        figure: what was counted or measured.
    """
    return Bound(cast(Sign, sign), figure) if sign else figure


def per_ul(count: Cells | Bound[Cells]) -> int | Bound[int]:
    """Return a count, or its bound, in whole cells per microlitre."""
    if isinstance(count, Bound):
        return Bound(count.sign, count.figure.per_ul)
    return count.per_ul


def write_seen(seen: int | Bound[int]) -> str:
    """Write a count, or its bound with its sign: "480 per µL", "<100 per µL"."""
    if isinstance(seen, Bound):
        return f"{seen.sign}{write_count(seen.figure)}"
    return write_count(seen)


def at_least(seen: Number | Bound[int] | Bound[Decimal], limit: Number) -> bool | None:
    """Whether a value is at least a limit; None where a bound does not tell.

    Args:
        seen: a number, or a bound of one.
        limit: in the same unit.
    """
    if not isinstance(seen, Bound):
        return seen >= limit
    if seen.sign == "<":
        return False if seen.figure <= limit else None
    return True if seen.figure >= limit else None


def above(seen: Number | Bound[int] | Bound[Decimal], limit: Number) -> bool | None:
    """Whether a value is above a limit; None where a bound does not tell. Arguments as `at_least`."""
    if not isinstance(seen, Bound):
        return seen > limit
    return at_least(seen, limit)  # below the limit is not above it; above it is


def below(seen: Number | Bound[int] | Bound[Decimal], limit: Number) -> bool | None:
    """Whether a value is below a limit; None where a bound does not tell. Arguments as `at_least`."""
    found = at_least(seen, limit)
    return None if found is None else not found


def at_most(seen: Number | Bound[int] | Bound[Decimal], limit: Number) -> bool | None:
    """Whether a value is at most a limit; None where a bound does not tell. Arguments as `at_least`."""
    found = above(seen, limit)
    return None if found is None else not found
