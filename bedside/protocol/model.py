"""A treatment protocol as Bedside holds it: courses, drugs, days, start rules, each fact with its source.

Decision: plain frozen values, read once from a TOML file (`bedside.protocol.reader`); no protocol
is a class of its own, so a pharmacist can compare file and screen line by line.
"""

from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from bedside.protocol.drug_plan import (
    AgeFactor,
    AgeRule,
    Days,
    Dose,
    DrugPlan,
    Reading,
    RelatedDays,
    RelatedDose,
    SafetyLimit,
    Taper,
)
from bedside.protocol.origin import NOT_PUBLIC, Evidence, Origin
from bedside.protocol.risk_model import NO_STRATA, Strata
from bedside.protocol.start_model import (
    ConfirmRule,
    GeneRule,
    MeasureRule,
    OlderThanRule,
    StartRule,
)
from bedside.protocol.therapy_end import TherapyEnd, end_words

__all__ = [
    "NOT_PUBLIC",
    "AgeFactor",
    "AgeRule",
    "ConfirmRule",
    "Conflict",
    "ContinueRule",
    "Course",
    "CourseKind",
    "CoursePart",
    "Days",
    "DltWindow",
    "Dose",
    "DrugPlan",
    "EntryRule",
    "Evidence",
    "GeneRule",
    "MeasureRule",
    "OlderThanRule",
    "Origin",
    "Protocol",
    "Reading",
    "RelatedDays",
    "RelatedDose",
    "SafetyLimit",
    "StartRule",
    "Taper",
    "WeightRange",
]

CourseKind = Literal["priming", "chemotherapy", "maintenance"]


class Conflict(Struct, frozen=True):
    """A question on which the sources disagree: every reading, and what Bedside does meanwhile."""

    number: int
    question: str
    readings: tuple[str, ...]
    ruling: str
    origin: Origin


class CoursePart(Struct, frozen=True):
    """A part into which a course falls, with what is known of it."""

    number: int
    title: str
    words: str
    origin: Origin


class WeightRange(Struct, frozen=True):
    """The bodies that a dose may be worked from: limits of this program, not of the protocol.

    Weights in grams, possible ones and ordinary ones for these infants; surfaces in m².
    """

    possible_g: tuple[int, int]
    ordinary_g: tuple[int, int]
    surface_m2: tuple[Decimal, Decimal]
    reason: str


class Course(Struct, frozen=True):
    """One course (protocol block).

    ``length_days`` is None where not public. ``follows_directly``: starts when the course before
    it ends, without a count check of its own. ``second_label_offset``: add to the course day for
    the paper's own numbering (AALL15P1: +5 after an azacitidine block), 0 where there is none.
    """

    key: str
    title: str
    also: tuple[str, ...]
    phase: str
    kind: CourseKind
    length_days: int | None
    length_origin: Origin
    follows_directly: bool
    second_label_offset: int
    start_rule: StartRule | None
    start_words: str
    tertiary_only: bool
    drugs: tuple[DrugPlan, ...]
    protocol: str = ""  # key of the protocol it belongs to
    note: str = ""
    arm: str = ""  # which arm or group takes it, "" for all
    cycle_days: int | None = None  # length of one cycle where the course runs in cycles
    cycle_from: int = 1  # the course day from which cycles are counted
    order_origin: Origin = NOT_PUBLIC
    start_origin: Origin = NOT_PUBLIC
    place_origin: Origin | None = None  # of ``tertiary_only``
    label_origin: Origin | None = None  # of ``second_label_offset``
    weight_range: WeightRange | None = None
    cycle_origin: Origin = NOT_PUBLIC
    parts: tuple[CoursePart, ...] = ()
    formerly: tuple[str, ...] = ()  # keys of earlier editions, under which records may stand

    def second_label(self, day: int) -> int | None:
        """The paper's own number of a course day; None where there is only one numbering."""
        return day + self.second_label_offset if self.second_label_offset else None

    def plan(self, drug: str, route: str) -> DrugPlan:
        """Return the plan of a drug by a route; raises KeyError when there is none."""
        for plan in self.drugs:
            if (plan.drug, plan.route) == (drug, route):
                return plan
        raise KeyError((drug, route))

    def cycle_of(self, day: int) -> tuple[int | None, int | None]:
        """Number of the cycle and day of the cycle; both None where the day is in no cycle."""
        if self.cycle_days is None or day < self.cycle_from:
            return None, None
        number, before = divmod(day - self.cycle_from, self.cycle_days)
        return number + 1, before + 1

    @property
    def all_days_public(self) -> bool:
        """Whether the days of every drug are known, so that the last of them is the last."""
        return all(plan.days.scheduled for plan in self.drugs)

    @property
    def last_dosing_day(self) -> int | None:
        """The last scheduled course day before any repetition; None when no day is public."""
        days = [max(plan.days.scheduled) for plan in self.drugs if plan.days.scheduled]
        return max(days) if days else None


class DltWindow(Struct, frozen=True):
    """When the DLT evaluation period opens and closes (course keys)."""

    opens_on_day_1_of: str
    closes_when_may_start: str
    origin: Origin


class EntryRule(Struct, frozen=True):
    """One item of eligibility; ``check`` names the test in `bedside.protocol.eligibility`.

    ``must``: an infant who does not meet it may not be entered. ``limit`` in the unit that the
    check names (days, percent). ``ask_days``: ages in days that the sources leave open.
    ``accepted``: values that meet it; ``accepted_with_share``: those that meet it with at least
    ``limit`` per cent. ``unknown_counts_as`` is "met" only where a source says so.
    """

    key: str
    check: str
    words: str
    origin: Origin
    limit: Decimal | None = None
    must: bool = True
    ask_days: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    accepted_with_share: tuple[str, ...] = ()
    unknown_counts_as: Literal["met", "unknown"] = "unknown"
    course: str = ""  # of ``age-at-course-start``


class ContinueRule(Struct, frozen=True):
    """Who goes on to a course: AALL15P1's germline infants leave after Induction."""

    before: str  # course key
    accepted: tuple[str, ...]  # KMT2A results
    words: str
    origin: Origin
    otherwise: str = ""  # what happens to those who do not go on


class CourseMatch(Struct, frozen=True):
    """A course of this protocol that stands where a course of another protocol stands.

    ``part`` is the part of the other's course, 0 for the whole of it. ``said`` is what a source
    says of the difference between the two, "" where none does.
    """

    course: str
    protocol: str  # key of the other protocol
    other: str  # key of its course
    part: int
    origin: Origin
    said: str = ""
    said_origin: Origin = NOT_PUBLIC


class Protocol(Struct, frozen=True):
    """One edition of one protocol."""

    key: str
    title: str
    full_title: str
    edition: str
    registry: str
    closed_to_entry: str  # "" while open
    arm_words: str
    risk_words: str
    sources: dict[str, str]
    courses: tuple[Course, ...]
    entry_rules: tuple[EntryRule, ...]
    dlt_window: DltWindow | None
    therapy: TherapyEnd | None
    therapy_origin: Origin
    digest: str  # sha-256 of the file, hex
    conflicts: tuple[Conflict, ...] = ()
    continue_rules: tuple[ContinueRule, ...] = ()
    matches: tuple[CourseMatch, ...] = ()
    numbering_words: str = ""
    source_names: dict[str, str] = field(default_factory=dict)  # short names by source key
    origins: dict[str, Origin] = field(
        default_factory=dict
    )  # arm, risk, numbering, closed-to-entry
    strata: Strata = NO_STRATA
    backbone: str = ""  # key of the protocol whose courses it takes over

    def course(self, key: str) -> Course:
        """Return the course with this key; raises KeyError when there is none."""
        for course in self.courses:
            if course.key == key:
                return course
        raise KeyError(key)

    @property
    def renamed(self) -> dict[str, str]:
        """Today's key of a course by each key that an earlier edition gave it."""
        return {former: course.key for course in self.courses for former in course.formerly}

    @property
    def therapy_words(self) -> str:
        """When therapy ends, in words: "2 years from the start of Induction", or "not public"."""
        return end_words(self.therapy, {course.key: course.title for course in self.courses})
