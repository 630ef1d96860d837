"""What a titration proposal rests on: checks of the counts, doses so far, age, body; and what it says.

Several counts of one day are one check with the lowest known value of each: the order in which
they were entered changes nothing, and the more careful reading holds. A value that is pending, not
done or unusable is unknown; unknown never passes a rule (hazards H14, H21, H22). A bound ("<100")
counts where it lies wholly on one side of a limit.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from bedside.protocol.maintenance import Every, MaintenanceDrug
from bedside.protocol.model import WeightRange
from bedside.units.bounds import Bound, per_ul
from bedside.units.quantities import (
    Anc,
    BodySurface,
    BodyWeight,
    DoseRate,
    DrugAmount,
    Platelets,
)
from bedside.units.rounding import RoundingRule

Action = Literal[
    "start",
    "do not start",
    "keep",
    "stop",
    "stay stopped",
    "reduce",
    "resume",
    "raise",
    "ask",
    "unknown",
]
Source = Literal["anc", "platelets"]
MOST_PERCENT = 500  # of the dose begun with: above it a decimal mark or a zero slipped (judgement)


class Count(Struct, frozen=True):
    """One blood count, or bounds of it, as far as a titration needs it; None is unknown.

    ``pending`` names the measures whose result is still awaited: another sample of the same day
    with a known value does not answer for it. ``at``: when it was taken, None where only the day is
    known. ``samples``: the counts of the day that a check has the lowest values of; empty for a count.
    """

    on: date
    anc: Anc | Bound[Anc] | None
    platelets: Platelets | Bound[Platelets] | None
    pending: frozenset[Source] = frozenset()
    at: time | None = None
    samples: "tuple[Count, ...]" = ()


class DoseSoFar(Struct, frozen=True):
    """A dose from a day on: in per cent of the dose begun with, or in the drug's amount; 0 stops."""

    drug: str
    from_on: date
    percent: Decimal | None
    amount: DrugAmount | None = None

    @property
    def stopped(self) -> bool:
        """Nothing is given from this day on."""
        return self.percent == 0 or (self.amount is not None and self.amount.value == 0)


class TitrationFacts(Struct, frozen=True):
    """Everything a proposal rests on, in any order.

    Args:
        birth: day of birth.
        cycle_1_day_1: day 1 of the first cycle of Maintenance; its age chooses the band.
        on: the day asked about; later counts and doses do not count yet.
        counts: blood counts.
        doses: doses so far.
        weight, surface: the body on that day, None while unknown.
        rounding: the formulary's rounding by drug.
        stops: the site's largest dose by drug.
        fences: the bodies that the protocol's doses may be worked from.
    """

    birth: date
    cycle_1_day_1: date
    on: date
    counts: tuple[Count, ...] = ()
    doses: tuple[DoseSoFar, ...] = ()
    weight: BodyWeight | None = None
    surface: BodySurface | None = None
    rounding: Mapping[str, RoundingRule] = field(default_factory=dict)
    stops: Mapping[str, DrugAmount] = field(default_factory=dict)
    fences: WeightRange | None = None


class WorkedDose(Struct, frozen=True):
    """A dose in the drug's amount: exact, as prepared, how it came about, what stands against it."""

    percent: Decimal
    rate: DoseRate  # of the band, 100 %
    unrounded: DrugAmount | None
    prepared: DrugAmount | None
    change_percent: Decimal | None
    steps: tuple[str, ...]
    faults: tuple[str, ...]


class DrugProposal(Struct, frozen=True):
    """What the rule proposes for one drug, why, and what is missing.

    ``percent`` is the proposed dose in per cent of the dose begun with, None where nothing can be
    proposed ("ask": the dose in force is not known; "unknown": a count is not). ``counts`` are the
    days of the checks that it rests on.
    """

    drug: str
    route: str
    every: Every
    action: Action
    before: Decimal | None
    percent: Decimal | None
    dose: WorkedDose | None
    because: tuple[str, ...]
    counts: tuple[date, ...]
    missing: tuple[str, ...]
    cautions: tuple[str, ...] = ()


class Proposal(Struct, frozen=True):
    """What the rule proposes on a day. ``hold``: every drug is or stays stopped."""

    rule_words: str
    on: date
    hold: bool
    hold_because: tuple[str, ...]
    drugs: tuple[DrugProposal, ...]
    missing: tuple[str, ...]


Known = tuple[date, int | Bound[int]]  # a day, and cells per µL


class Checks(Struct, frozen=True):
    """The checks up to a day, oldest first, one a day; and the last known value of each measure."""

    days: tuple[Count, ...]

    @property
    def newest(self) -> Count | None:
        """The newest check."""
        return self.days[-1] if self.days else None

    def known(self, measure: Source) -> tuple[Known, ...]:
        """Every known value or bound of a measure with its day, oldest first."""
        if measure == "anc":
            return tuple((day.on, per_ul(day.anc)) for day in self.days if day.anc is not None)
        return tuple(
            (day.on, per_ul(day.platelets)) for day in self.days if day.platelets is not None
        )

    def after(self, day: date) -> tuple[Count, ...]:
        """The checks after a day (those of the day itself were the reason for its dose)."""
        return tuple(check for check in self.days if check.on > day)


def checks_until(counts: Iterable[Count], on: date) -> Checks:
    """One check for each day with a count, up to a day: the lowest known value of each measure."""
    by_day: dict[date, list[Count]] = {}
    for count in counts:
        if count.on <= on:
            by_day.setdefault(count.on, []).append(count)
    return Checks(
        tuple(
            Count(
                day,
                min((one.anc for one in found if one.anc is not None), key=low_first, default=None),
                min(
                    (one.platelets for one in found if one.platelets is not None),
                    key=low_first,
                    default=None,
                ),
                frozenset[Source]().union(*(count.pending for count in found)),
                samples=tuple(found),
            )
            for day, found in sorted(by_day.items())
        )
    )


def low_first(seen: Anc | Platelets | Bound[Anc] | Bound[Platelets]) -> tuple[bool, int, bool]:
    """Orders values from the lowest: what only lies above a figure comes last."""
    if isinstance(seen, Bound):
        return seen.sign == ">", seen.figure.per_ul, False
    return False, seen.per_ul, True


class History(Struct, frozen=True):
    """The doses of one drug up to a day, oldest first, each in per cent (None: not known)."""

    drug: MaintenanceDrug
    entries: tuple[tuple[date, Decimal | None], ...]
    later: tuple[DoseSoFar, ...]  # decided already, from a day after the day asked about

    @property
    def begun(self) -> bool:
        """Whether any dose has been given or decided."""
        return bool(self.entries)

    @property
    def now(self) -> Decimal | None:
        """The dose in force in per cent; None when it is not known (ask ``begun`` first)."""
        return self.entries[-1][1]

    @property
    def since(self) -> date:
        """From which day on the dose in force has been the same."""
        return self._run(self.entries)[0]

    @property
    def full(self) -> Decimal | None:
        """The last dose of the first step or above, None where there was none."""
        return self._steps()[-1][1] if self._steps() else None

    @property
    def raised_on(self) -> date | None:
        """The day from which on the last full dose has stood, if it was a raise; else None.

        Stops and reductions in between do not end it: nothing was raised when they were over.
        """
        steps = self._steps()
        if not steps:
            return None
        first, percent = self._run(steps)
        before = [step for on, step in steps if on < first]
        risen = bool(before) and before[-1] is not None and percent is not None
        return first if risen and (percent or 0) > (before[-1] or 0) else None

    def _steps(self) -> tuple[tuple[date, Decimal | None], ...]:
        least = self.drug.steps[0]
        return tuple(entry for entry in self.entries if entry[1] is not None and entry[1] >= least)

    @staticmethod
    def _run(
        entries: tuple[tuple[date, Decimal | None], ...],
    ) -> tuple[date, Decimal | None]:
        first, percent = entries[-1]
        for on, before in reversed(entries[:-1]):
            if before != percent:
                break
            first = on
        return first, percent
