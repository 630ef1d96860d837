"""A rule for the doses by mouth in Maintenance: where they begin, when they stop, halve, resume and rise.

The numbers of AALL15P1 and Interfant-06 are not public: a site enters its own rule. The format was
worked out on a fully written rule of another trial (`resources/maintenance/`), which is never used
unless somebody asks for it by name. Read by `bedside.protocol.maintenance_reader`, judged by
`bedside.protocol.titration`.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.protocol.model import Origin
from bedside.units.quantities import DoseRate

Every = Literal["day", "week"]
ShareOf = Literal["start", "before"]
FULL = Decimal(100)


class StopRule(Struct, frozen=True):
    """Counts per microlitre at or under which every drug is stopped; either suffices."""

    anc_at_most: int
    platelets_at_most: int
    origin: Origin


class ReduceRule(Struct, frozen=True):
    """Counts per microlitre at or under which (and above the stop) the dose is a share of another."""

    anc_at_most: int
    platelets_at_most: int
    percent: int
    of: ShareOf
    origin: Origin


class ResumeRule(Struct, frozen=True):
    """Counts per microlitre that must both be reached before a stopped drug is given again."""

    anc_at_least: int
    platelets_at_least: int
    percent: int
    of: ShareOf
    origin: Origin


class RaiseRule(Struct, frozen=True):
    """When a dose rises by one step: so many of the newest checks on this dose reach an ANC.

    Counts nearer together than ``least_days_apart`` are one check; None where the rule's own
    interval of checks tells it.
    """

    anc_at_least: int
    times: int
    checks: int
    within_days: int  # from the first to the last of those checks
    same_dose_days: int | None  # how long the dose must have been the same, where the rule says
    origin: Origin
    least_days_apart: int | None = None


class StartBand(Struct, frozen=True):
    """The dose to begin with from a completed month of age on."""

    from_month: int
    rate: DoseRate
    origin: Origin


class FollowRule(Struct, frozen=True):
    """A drug that rises so many days after another one has risen; several days are all allowed."""

    drug: str
    after_days: tuple[int, ...]
    origin: Origin


class MaintenanceDrug(Struct, frozen=True):
    """One drug of the rule; its steps in per cent of the dose begun with, lowest first."""

    drug: str
    route: str
    every: Every
    start: tuple[StartBand, ...]
    steps: tuple[Decimal, ...]
    steps_origin: Origin
    follows: FollowRule | None


class MaintenanceRule(Struct, frozen=True):
    """The whole rule. ``protocol`` is "" for a rule that belongs to none of this program's.

    ``check_every_days``: how old the newest count may be for resuming or rising; None where the
    rule does not say. ``confirmed_by``: two people of the site, None for a rule of another trial.
    """

    title: str
    origin: Origin
    protocol: str
    edition: str
    demonstration: bool
    confirmed_by: tuple[str, str] | None
    confirmed_on: date | None
    check_every_days: int | None
    stop: StopRule
    reduce: ReduceRule | None
    resume: ResumeRule
    raising: RaiseRule | None
    drugs: tuple[MaintenanceDrug, ...]
    sources: tuple[str, ...] = ()  # in full, for the foot of an answer

    def drug(self, key: str) -> MaintenanceDrug | None:
        """The part of the rule about one drug; None where the rule does not know it."""
        for drug in self.drugs:
            if drug.drug == key:
                return drug
        return None

    @property
    def apart_days(self) -> int | None:
        """How many days lie between two checks that count towards a raise; None: not said."""
        stated = None if self.raising is None else self.raising.least_days_apart
        return self.check_every_days if stated is None else stated

    @property
    def words(self) -> str:
        """Which rule this is, for every answer that rests on it."""
        if self.origin.evidence == "related":
            return f"{self.title}: a rule of another trial, not of any protocol here; not for treatment"
        marked = "DEMONSTRATION, invented: " if self.demonstration else ""
        if self.confirmed_by is None:
            return f"{marked}{self.title} (site value, {self.edition}), not confirmed by two people"
        return (
            f"{marked}{self.title} (site value, {self.edition}), confirmed by "
            f"{self.confirmed_by[0]} and {self.confirmed_by[1]}"
        )
