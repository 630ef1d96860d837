"""When a trial's toxicity rule says stop: Pocock's boundary (Ivanova 2005) or a Bayesian one (Geller 2003).

The boundary is, for each number of evaluable infants, the least number with a DLT at which to stop.
Every chance is found by enumeration: whole numbers for the binomial, 40 decimal digits for the Beta.
Whether AALL15P1 had such a rule is not public: the parameters are a site's own, nothing is shipped.

Sources: Ivanova A, Qaqish BF, Schell MJ, Biometrics 2005;61:540-545 (for each number k, stop where so
many or more would be seen with a chance of at most alpha; alpha as large as the chance of stopping
allows); Geller NL, Follmann D, Leifer ES, Carter SL, in: Advances in Clinical Trial Biostatistics,
2003 (stop where the posterior chance of more than the acceptable share is large enough).
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import comb
from typing import Literal

from msgspec import Struct

Method = Literal["pocock", "bayes"]
MOST_INFANTS = 120  # enumeration stays below a second; no infant trial asks more
_DIGITS = 40
_SMALL = Decimal("1e-38")

Step = tuple[int, int]  # so many evaluable infants, and the least number with a DLT that stops
Level = Fraction | Decimal


class StoppingRule(Struct, frozen=True):
    """The site's parameters of its stopping rule.

    Args:
        method: "pocock" or "bayes".
        infants: how many evaluable infants it looks at, one after the other.
        acceptable: the share with a DLT that is held acceptable, above 0 and below 1.
        chance: the chance of ever stopping at that share, at most.
        prior: the two parameters of the Beta prior; for "bayes" only.
    """

    method: Method
    infants: int
    acceptable: Fraction
    chance: Fraction
    prior: tuple[Fraction, Fraction] | None = None


class Boundary(Struct, frozen=True):
    """The boundary and the chance of ever stopping at the acceptable share (``achieved``, exact)."""

    steps: tuple[Step, ...]
    achieved: Fraction

    def least_to_stop(self, evaluable: int) -> int | None:
        """The least number with a DLT that stops at so many evaluable; None where nothing does."""
        return dict(self.steps).get(evaluable)


@cache
def boundary(rule: StoppingRule) -> Boundary:
    """Work out the boundary: as many stops as the chance of stopping allows.

    Returns:
        The steps for each number of evaluable infants at which stopping is possible.
    """
    levels = _tails(rule) if rule.method == "pocock" else _doubts(rule)
    chances = sorted({level for of_size in levels for level in of_size})
    low, high = 0, len(chances)  # so many of the smallest levels may stop
    while low < high:
        middle = (low + high + 1) // 2
        stops = _steps(levels, chances[middle - 1])
        if stop_chance(stops, rule.infants, rule.acceptable) <= rule.chance:
            low = middle
        else:
            high = middle - 1
    steps = _steps(levels, chances[low - 1]) if low else ()
    return Boundary(steps, stop_chance(steps, rule.infants, rule.acceptable))


def stop_chance(steps: Sequence[Step], infants: int, share: Fraction) -> Fraction:
    """The exact chance of reaching a boundary with so many infants at a true share, by enumeration.

    Args:
        steps: the boundary.
        infants: how many evaluable infants are looked at.
        share: the true share with a DLT, from 0 to 1.
    """
    stops = dict(steps)
    yes, no = share.numerator, share.denominator - share.numerator
    going, stopped = [1], 0  # ways weighted by whole numbers; the k-th row is out of denominator**k
    for size in range(1, infants + 1):
        after = [0] * (size + 1)
        for count, ways in enumerate(going):
            after[count] += ways * no
            after[count + 1] += ways * yes
        least = stops.get(size, size + 1)
        stopped = stopped * share.denominator + sum(after[least:])
        going = after[:least]
    return Fraction(stopped, share.denominator**infants)


def _steps(levels: Sequence[Sequence[Level]], most: Level) -> tuple[Step, ...]:
    """For each size the least count whose level is small enough, where there is one."""
    found = []
    for size, of_size in enumerate(levels, start=1):
        least = next((count for count, level in enumerate(of_size) if level <= most), None)
        if least is not None:
            found.append((size, least))
    return tuple(found)


def _tails(rule: StoppingRule) -> list[list[Fraction]]:
    """For each size and count: the chance of so many or more at the acceptable share."""
    share, whole = rule.acceptable, rule.acceptable.denominator
    yes, no = share.numerator, whole - share.numerator
    rows = []
    for size in range(1, rule.infants + 1):
        ways = [comb(size, count) * yes**count * no ** (size - count) for count in range(size + 1)]
        tails = list(accumulate(reversed(ways)))[::-1]
        rows.append([Fraction(tail, whole**size) for tail in tails])
    return rows


def _doubts(rule: StoppingRule) -> list[list[Decimal]]:
    """For each size and count: the posterior chance that the true share is the acceptable one or less."""
    first, second = rule.prior or (Fraction(1), Fraction(1))
    return [
        [
            beta_at_most(rule.acceptable, first + count, second + size - count)
            for count in range(size + 1)
        ]
        for size in range(1, rule.infants + 1)
    ]


def beta_at_most(share: Fraction, first: Fraction, second: Fraction) -> Decimal:
    """The chance that a Beta(first, second) quantity is at most ``share``, to more than 30 digits.

    Formula: with F(c, x) = sum over n of (a+b)_n / (c+1)_n x**n, the incomplete Beta below the share
    and the one above it have a common factor, so that the chance is (F(a, x)/a) over
    (F(a, x)/a + F(b, 1-x)/b) (Abramowitz and Stegun 26.5.4 and 6.6.3). 0 < share < 1.
    """
    with localcontext() as context:
        context.prec = _DIGITS + 10
        below = _series(first, first + second, share)
        above = _series(second, first + second, 1 - share)
        return +(below / (below + above))


def _series(own: Fraction, both: Fraction, share: Fraction) -> Decimal:
    """F(own, share) / own."""
    x, a, total = _decimal(share), _decimal(own), _decimal(both)
    term = found = 1 / a
    rank = 0
    while term > _SMALL * found:
        rank += 1
        term *= x * (total + rank - 1) / (a + rank)
        found += term
    return found


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


PARAMETER_WORDS: Mapping[Method, Callable[[StoppingRule], str]] = {
    "pocock": lambda rule: (
        f"Pocock boundary (Ivanova 2005): {_acceptable(rule)}, {rule.infants} infants, "
        f"chance to stop at most {percent_words(rule.chance)}"
    ),
    "bayes": lambda rule: (
        f"Bayesian boundary (Geller 2003): {_acceptable(rule)}, {rule.infants} infants, prior "
        f"Beta({', '.join(plain(each) for each in rule.prior or ())}), chance to stop at most "
        f"{percent_words(rule.chance)}"
    ),
}


def rule_words(rule: StoppingRule) -> str:
    """The parameters in words."""
    return PARAMETER_WORDS[rule.method](rule)


def _acceptable(rule: StoppingRule) -> str:
    return f"acceptable share {percent_words(rule.acceptable)}"


def percent_words(value: Fraction) -> str:
    """A share in per cent: "20 %"."""
    return f"{plain(value * 100)} %"


def plain(value: Fraction) -> str:
    """A number without trailing zeros: "0.6"."""
    return f"{_decimal(value).normalize():f}"
