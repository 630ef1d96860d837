"""One drug by one route in one course, as the sources have it: days, dose, taper, age factors and stop."""

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from bedside.protocol.hours import HourRule
from bedside.protocol.origin import NOT_PUBLIC, Origin
from bedside.units.quantities import DoseRate, DrugAmount

WHOLE_DAY = 24 * 60  # minutes


class Dose(Struct, frozen=True):
    """A drug's dose in the protocol file; ``rate`` is None where it is not public."""

    rate: DoseRate | None
    origin: Origin


class RelatedDose(Struct, frozen=True):
    """A dose of a related protocol: shown beside the site's own entry, never used."""

    text: str
    source: str
    drug: str = ""  # what was given there, where it is another drug than here


class RelatedDays(Struct, frozen=True):
    """Days of a drug in a related protocol: shown and proposed in commissioning, never scheduled.

    ``part`` is the part of the course they are counted in, from its own day 1; 0 is the course.
    ``drug`` is the drug of the related protocol where it is another one, else "".
    """

    days: tuple[int, ...]
    words: str
    source: str
    route: str = ""
    frequency: str = ""
    drug: str = ""
    part: int = 0


class Reading(Struct, frozen=True):
    """One way to read a disputed list of days."""

    days: tuple[int, ...]
    words: str


class Days(Struct, frozen=True):
    """The course days on which a drug is given.

    ``scheduled`` are the days to plan; ``disputed`` are days the sources contradict (never
    planned; all readings together); ``words`` says what is disputed or not public.
    ``repeat_every`` in days repeats ``repeat_days`` (days of the cycle, from 1 to
    ``repeat_every``) from course day ``repeat_from`` until the end of therapy; where the sources
    leave the days of the repeated cycle open, ``repeat_days`` is empty and nothing is planned.
    ``conflict`` is the number of the protocol's conflict that explains ``readings``.
    """

    scheduled: tuple[int, ...]
    origin: Origin
    disputed: tuple[int, ...] = ()
    words: str = ""
    repeat_from: int | None = None
    repeat_every: int | None = None
    repeat_days: tuple[int, ...] = ()
    repeat_origin: Origin | None = None
    readings: tuple[Reading, ...] = ()
    conflict: int | None = None

    def plans(self, day: int) -> bool:
        """Whether the drug is planned on a course day, the repeated cycles included."""
        if day in self.scheduled:
            return True
        if self.repeat_from is None or self.repeat_every is None or day < self.repeat_from:
            return False
        return (day - self.repeat_from) % self.repeat_every + 1 in self.repeat_days


class Taper(Struct, frozen=True):
    """That a drug is given in falling doses on some days, each day with a dose of its own.

    ``days`` are course days, among the planned ones; empty where it is not public whether and when
    the protocol tapers. No dose stands here: each day's is the site's (`bedside.protocol.taper`).
    """

    days: tuple[int, ...]
    origin: Origin
    words: str = ""


class AgeFactor(Struct, frozen=True):
    """A band of the age factor: completed calendar months from ``from_month`` on."""

    from_month: int
    factor: Fraction


class AgeRule(Struct, frozen=True):
    """The age factors of one drug, youngest band first; ``anchor_words`` says age on which day."""

    bands: tuple[AgeFactor, ...]
    anchor_words: str
    origin: Origin


class SafetyLimit(Struct, frozen=True):
    """A stop of this program, never of the protocol: what no dose of an infant can be (hazard H2).

    ``evidence`` says whether it was worked out from sourced figures or is a judgement.
    """

    most: DrugAmount | None
    most_vials: int | None
    evidence: Literal["worked out", "judgement"]
    sources: tuple[str, ...]
    reason: str
    most_per_kg: DrugAmount | None = None


class DrugPlan(Struct, frozen=True):
    """One drug by one route in one course."""

    drug: str  # key, e.g. "azacitidine"; never the tall-man spelling
    route: str  # "IV", "PO", "IT", "IV or SC" … as the source has it
    days: Days
    dose: Dose
    doses_per_day: int | None = None
    frequency: str = ""
    infusion_minutes: tuple[int, int] | None = None
    finish_within_minutes: int | None = None  # of vial reconstitution
    note: str = ""
    related: tuple[RelatedDose, ...] = ()
    related_days: tuple[RelatedDays, ...] = ()
    given_origin: Origin = NOT_PUBLIC  # of route and frequency
    infusion_origin: Origin | None = None
    infusion_words: str = ""  # e.g. "when given intravenously"
    infusion_conflict: int | None = None
    age_rule: AgeRule | None = None
    safety: SafetyLimit | None = None
    taper: Taper | None = None  # None: one dose for all its days
    hours: HourRule | None = None  # None: no hour counts from another drug
    other_routes: tuple[str, ...] = ()  # of other sources: the site enters which holds
    may_be: tuple[str, ...] = ()  # not empty: no drug is named; the site names which of these
    one_of: str = ""  # the unnamed entry that it may stand for, "" where the file names the drug

    @property
    def continuous(self) -> bool:
        """Whether the dose of each day runs over the whole of that day, without a break."""
        return self.infusion_minutes is not None and self.infusion_minutes[0] >= WHOLE_DAY
