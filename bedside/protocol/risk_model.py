"""What a protocol file says of risk groups, arms, transplant, genetics and published outcome.

All of it is read from the file (`bedside.protocol.risk_reader`); no threshold stands in code.
"""

from decimal import Decimal
from typing import Literal, overload

from msgspec import Struct

from bedside.protocol.origin import Origin
from bedside.units.bounds import Bound, at_least, below

Operator = Literal["<", ">="]
ThresholdKey = Literal["age", "wbc", "day8-blasts", "mrd"]


class Ruling(Struct, frozen=True):
    """A question that the sources leave open or answer twice, and how Bedside answers it, with why."""

    key: str
    question: str
    readings: tuple[str, ...]
    ruling: str
    why: str
    origin: Origin


class Threshold(Struct, frozen=True):
    """One limit with its operator.

    ``value`` is in ``unit``: completed calendar months at diagnosis (``age``), ×10⁹/L (``wbc``),
    blasts per µL of blood (``day8-blasts``), or a fraction of cells (``mrd``). ``ruling`` is the
    key of the ruling that settled it.
    """

    key: ThresholdKey
    operator: Operator
    value: Decimal
    unit: str
    words: str
    ruling: str
    origin: Origin

    @overload
    def holds(self, value: Decimal) -> bool: ...
    @overload
    def holds(self, value: Decimal | Bound[Decimal]) -> bool | None: ...
    def holds(self, value: Decimal | Bound[Decimal]) -> bool | None:
        """Whether a value, in this threshold's unit, lies on the side that the operator names.

        None where the value is a bound that does not tell.
        """
        return (below if self.operator == "<" else at_least)(value, self.value)


class RiskGroup(Struct, frozen=True):
    """One risk group: which KMT2A results may be in it, and which limits it needs.

    ``all_of`` and ``any_of`` name thresholds; both empty: whoever is in no group above it.
    """

    key: str
    title: str
    kmt2a: tuple[str, ...]
    all_of: tuple[ThresholdKey, ...]
    any_of: tuple[ThresholdKey, ...]
    words: str
    origin: Origin


class RiskRule(Struct, frozen=True):
    """The risk groups in the order in which they are tried, and the limits they need."""

    groups: tuple[RiskGroup, ...]
    thresholds: tuple[Threshold, ...]

    def threshold(self, key: str) -> Threshold:
        """Return the limit of this key; raises KeyError when there is none."""
        for threshold in self.thresholds:
            if threshold.key == key:
                return threshold
        raise KeyError(key)


class Arm(Struct, frozen=True):
    """One arm, as allocated elsewhere.

    ``allocated`` are the groups that were randomised to it, ``without_allocation`` those that
    take its courses without having been.
    """

    key: str
    title: str
    also: tuple[str, ...]
    allocated: tuple[str, ...]
    without_allocation: tuple[str, ...]
    words: str
    origin: Origin


class TransplantRule(Struct, frozen=True):
    """Who is to be transplanted: every infant of ``groups``; of ``mrd_groups`` those with ``mrd``.

    ``before`` is the course before which MRD decides; ``replaces`` are the courses that a
    transplanted infant does not take. ``mrd_point`` is the time point whose MRD decides.
    """

    groups: tuple[str, ...]
    mrd_groups: tuple[str, ...]
    mrd: Threshold
    before: str
    replaces: tuple[str, ...]
    replaces_origin: Origin
    words: str
    origin: Origin
    mrd_point: str = ""


class MrdPoint(Struct, frozen=True):
    """A time point at which the protocol measures residual disease.

    ``after`` are the courses whose end its title names, so that it can stand on the time axis.
    """

    key: str
    title: str
    origin: Origin
    after: tuple[str, ...] = ()


class Partner(Struct, frozen=True):
    """A KMT2A fusion partner, and what is published of its outcome."""

    key: str
    title: str
    outcome: str
    origin: Origin


class Outcome(Struct, frozen=True):
    """A published result, for reference only: of whom, which measure, the figure with its unit."""

    about: str
    measure: str
    figure: str
    origin: Origin


class Strata(Struct, frozen=True):
    """All of the above that one protocol file has; empty where it has none."""

    risk: RiskRule | None = None
    arms: tuple[Arm, ...] = ()
    transplant: TransplantRule | None = None
    mrd_points: tuple[MrdPoint, ...] = ()
    partners: tuple[Partner, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    rulings: tuple[Ruling, ...] = ()

    def arm(self, key: str) -> Arm:
        """Return the arm of this key; raises KeyError when there is none."""
        for arm in self.arms:
            if arm.key == key:
                return arm
        raise KeyError(key)


NO_STRATA = Strata()
