"""What goes on paper, finished and frozen: the ward fills these, `bedside.documents` only draws them.

Decision: the values live in a room of their own below both `ward` and `documents`, so that neither
has to know the other, and a paper can be drawn again, byte for byte, from what was kept.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

Result = Literal["met", "not met", "unknown"]


class PaperHead(Struct, frozen=True):
    """What stands on every page of every paper."""

    site: str
    sheet_number: str
    copy: int
    replaces: str  # "" for a first copy
    edition: str
    audit_head: str  # 16 hex digits
    facts_digest: str  # sha-256 hex of the facts on the paper
    code: str  # verification code in words, e.g. "412K 7Q2M 9TXR"; also in the QR
    printed_at: datetime
    printed_by: str
    valid_until: datetime
    program: str  # "Bedside 0.1.0"
    demonstration: bool
    commissioned: bool  # False: NOT COMMISSIONED stands across the page
    read_only: bool = False  # printed where nothing can be recorded: the paper is not on record
    emergency: str = ""  # which copy this was printed from, where the ward could not be opened
    reprinted: str = ""  # why a further copy was printed; "" for a first one
    lapses: str = ""  # what else puts it out of date: "or a change of weight, …"


class PaperInfant(Struct, frozen=True):
    """The patient box."""

    family: str
    given: str
    sex: Literal["female", "male"]
    born: date
    age_words: str  # on the day of the paper: "21w 6d, 153 days, 5 months"
    hospital_number: str
    study_number: str
    allergies: str
    diagnosis: str  # "KMT2A rearranged"
    line: str
    weight_kg: Decimal
    weight_at: datetime
    weight_by: str
    weight_change_percent: Decimal | None  # against the last weight before it, with days between
    weight_change_days: int | None
    length_cm: Decimal | None
    bsa_m2: Decimal | None
    bsa_formula: str
    length_on: date | None = None  # where it was measured on another day than the weight
    risk: str = ""  # risk group, "" where the protocol has none


class RuleLine(Struct, frozen=True):
    """One line of the start rule."""

    test: str
    value: str
    taken_at: datetime | None
    source: str
    limit: str
    result: Result
    note: str = ""  # what a yes was given over, and why; below the line


class SettledDay(Struct, frozen=True):
    """A day of the block that is not to be given any more, and what became of it."""

    day: int
    words: str  # "GIVEN 13 mg, 10:05 to 10:35, T. Brandt", "no dose is on record; …"


class DosingSheet(Struct, frozen=True):
    """The azacitidine dosing sheet: one block, the same dose on each of its dates."""

    head: PaperHead
    infant: PaperInfant
    protocol: str  # "AALL15P1"
    course: str  # "EPI #1"
    course_also: str  # "Azacitidine Block I"
    drug: str  # as printed, tall-man: "azaCITIDine"
    route: str  # in words: "intravenous"
    dates: tuple[tuple[int, date], ...]  # (course day, date)
    rules: tuple[RuleLine, ...]
    decision: str  # "GIVE from Wed 14‑Oct‑2026"
    decided_by: str
    rate_words: str  # "2.5 mg per kg"
    weight_words: str  # "6.2 kg"
    calculated: str  # "15.5 mg"
    final: str  # "15.5 mg"
    source_words: str
    age_factor_words: str
    cap_words: str
    rounding_words: str
    modified_words: str
    volume_words: str  # "Draw 1.55 mL of 10 mg per mL" or what is not commissioned
    formula: str  # the worked formula on one line
    infusion_minutes: int | None  # None: the site has entered none, the prescriber writes it
    infusion_range: tuple[int, int]
    finish_within_minutes: int
    planned_time: str  # "" when no time is planned
    warnings: tuple[str, ...]
    place_words: str = "Study drug: tertiary centre only."
    rules_note: str = "all must be met for day 1"
    order_signed: tuple[str, ...] = ()  # electronic signatures on the order; none: boxes for a pen
    order_steps: tuple[str, ...] = ()  # orders on screen that are not all signed alike: how far
    second_figure: str = ""  # the second person's own result, blind; "": a box for a pen
    overrun_words: str = "What to do then is not public: ask the prescriber at once."
    age_factor: str = ""  # "2/3" where the dose has one; it stands in the sum
    settled: tuple[SettledDay, ...] = ()  # of the dates: those that nobody may give any more

    @property
    def left(self) -> tuple[tuple[int, date], ...]:
        """The dates that the dose is ordered for and that are signed."""
        closed = {each.day for each in self.settled}
        return tuple(each for each in self.dates if each[0] not in closed)


class RoadmapDrug(Struct, frozen=True):
    """One column of the roadmap."""

    drug: str  # as printed
    route: str
    dose_words: str  # "13 mg", or "dose not public"
    rule_words: str
    intrathecal: bool
    days: tuple[int, ...]
    by_day: tuple[tuple[int, str], ...] = ()  # what stands on each day, where the dose differs
    often: tuple[tuple[int, str], ...] = ()  # "every 12 hours" on each day with several doses
    rhythm: str = ""  # "ONCE A WEEK" of a drug by mouth that is given weekly


class RoadmapDay(Struct, frozen=True):
    """One row of the roadmap: a course day."""

    day: int
    second_label: int | None
    first_plan: date
    due: date
    given_on: date | None
    given: tuple[tuple[int, str], ...]  # (column index, what was given)
    anc_per_ul: int | None
    platelets_per_ul: int | None
    worst_grade: str  # with the letters of the toxicities that have it: "4 a b"
    initials: str
    held: str  # a hold that begins before this day, in words, else ""
    held_columns: tuple[int, ...] = ()  # columns whose dose is held on this day and not recorded
    not_given_columns: tuple[int, ...] = ()  # columns whose dose is recorded as not given


class RoadmapDelay(Struct, frozen=True):
    """One line of the delay table."""

    day: int
    first_plan: date
    actual: date | None
    days_late: int
    reason: str


class RoadmapWorst(Struct, frozen=True):
    """The worst grade of one toxicity in the course.

    ``began`` is the day from which that grade held; ``from_before``: it held already before the
    course. ``corrected``: a laboratory result under the toxicity was struck out since.
    """

    letter: str
    term: str
    grade: int
    began: date
    from_before: bool = False
    corrected: bool = False


class Roadmap(Struct, frozen=True):
    """The landscape roadmap of one course: a record and a plan, never an order."""

    head: PaperHead
    infant: PaperInfant
    protocol: str
    course: str
    course_also: str
    day_1: date
    day_1_is: Literal["actual", "projected"]
    dose_words: str  # one line over the grid
    dlt_words: str  # "" where the course is outside any DLT period
    drugs: tuple[RoadmapDrug, ...]
    days: tuple[RoadmapDay, ...]
    today: date
    delays: tuple[RoadmapDelay, ...]
    worst: tuple[RoadmapWorst, ...]
    ctcae: str
    next_words: str  # "EPI #2, expected not before 07‑Dec‑2026"
    unscheduled: tuple[str, ...]  # what the sources leave open in this course
    dlt_state: Literal["", "not started", "open", "closed"] = ""  # an open period is hatched
    second_label_words: str = ""  # what the second day number counts: "+5 with EPI #1"
    apart: tuple[str, ...] = ()  # days with a vinca alkaloid and intrathecal drugs: separate them
    since: tuple[str, ...] = ()  # doses given on what was struck out since, marked in their cell
    undosed: tuple[str, ...] = ()  # drugs without a dose on this paper, and what is missing of each
    hours: tuple[str, ...] = ()  # drugs that follow another one by hours: the rule of each
