"""A share of infants with its exact 95 % interval: 2 of 31 is 6.5 %, 0.8 to 21.4 %.

Exact in the sense of Clopper and Pearson: whole-number sums of binomial terms, no approximation and
no binary fraction. Formula: the lower limit is the share at which as many or more would be seen
with a chance of 2.5 %, the upper one that at which as many or fewer would be (Clopper CJ, Pearson
ES, Biometrika 1934;26:404-413). Holds for 0 to all of 1 or more infants.
"""

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from math import comb

from msgspec import Struct

from bedside.units.refusal import Refused

_PARTS = (
    10**9
)  # a limit is found to a thousand-millionth, far below the printed tenth of a per cent
_TENTH = Decimal("0.1")


class Proportion(Struct, frozen=True):
    """A share and its exact 95 % interval, in per cent to one decimal, halves away from zero."""

    events: int
    of: int
    percent: Decimal
    low_percent: Decimal
    high_percent: Decimal


def proportion(events: int, of: int) -> Proportion:
    """The share of infants with an event, with its exact 95 % interval.

    Args:
        events: how many had it.
        of: how many could have had it.

    Raises:
        Refused: nobody could have had it, or more had it than there are.
    """
    if of < 1 or not 0 <= events <= of:
        raise Refused(f"{events} of {of} is no share: count again.")
    return Proportion(events, of, _percent(events * _PARTS, of * _PARTS), *(_limits(events, of)))


def _limits(events: int, of: int) -> tuple[Decimal, Decimal]:
    low = 0 if events == 0 else _first(lambda part: not _rare(range(events, of + 1), of, part))
    high = _PARTS if events == of else _first(lambda part: _rare(range(events + 1), of, part))
    return _percent(low, _PARTS), _percent(high, _PARTS)


def _rare(seen: Iterable[int], of: int, part: int) -> bool:
    """Whether one of these numbers is seen with a chance of at most 2.5 % where the share is ``part``."""
    rest = _PARTS - part
    ways: int = sum(comb(of, count) * part**count * rest ** (of - count) for count in seen)
    everything: int = _PARTS**of
    return 40 * ways <= everything


def _first(true: Callable[[int], bool]) -> int:
    """The first part of the whole from which a condition is true."""
    low, high = 0, _PARTS
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if true(middle) else (middle + 1, high)
    return low


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP)
