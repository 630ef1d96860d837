"""The reports of one infant, finished and frozen: toxicities, DLT period, Maintenance; and a form to write on."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from bedside.papers.values import PaperHead
from bedside.papers.whose import AsOf, Whose


class GradeSpan(Struct, frozen=True):
    """A grade and the days it held; ``until`` is the first day after it, None while it lasts."""

    grade: int
    words: str  # "grade 3", "at least grade 3"
    begins: date
    until: date | None
    origin: str  # "by hand, E. Berg, RN", "laboratory 480 per µL"
    corrected: bool = False


class ReportedToxicity(Struct, frozen=True):
    """One toxicity in full."""

    term: str
    ctcae: str
    onset: date
    course: str  # "Consolidation day 26"
    spans: tuple[GradeSpan, ...]
    worst: int
    gone_on: date | None
    attributions: tuple[tuple[str, str], ...]  # to what, how likely; empty: not assessed
    expected: str
    serious: str
    action: str
    comment: str
    recorded: str  # by whom and when


class ToxicityReport(Struct, frozen=True):
    """Every toxicity of one infant, each grade over time."""

    head: PaperHead
    whose: Whose
    as_of: AsOf
    ctcae: str
    first: date
    last: date
    courses: tuple[tuple[str, date, bool], ...]  # title, day 1, an azacitidine block
    rows: tuple[ReportedToxicity, ...]


class DltDecisionLine(Struct, frozen=True):
    """A physician's decision; ``void`` is the reason where it was taken back."""

    words: str
    by: str
    reason: str
    holds: bool
    void: str


class DltRow(Struct, frozen=True):
    """One toxicity, what the rule says of it, what was decided."""

    term: str
    worst: str
    onset: date
    gone_on: date | None
    course: str
    attribution: str
    place: str
    proposal: str
    rule_words: str
    decisions: tuple[DltDecisionLine, ...]
    due: bool
    ctcae: str = ""  # the version the grade is by: "5.0"


class DltReport(Struct, frozen=True):
    """The DLT period of one infant with every decision."""

    head: PaperHead
    whose: Whose
    as_of: AsOf
    state: str
    headline: str
    period: tuple[tuple[str, str], ...]
    rule_title: str
    rule_lines: tuple[str, ...]
    rows: tuple[DltRow, ...]
    counts: tuple[tuple[date, str, str], ...]  # those that may close the period: day, values, met
    not_evaluable: DltDecisionLine | None
    gone: tuple[tuple[str, DltDecisionLine], ...]  # decisions on toxicities struck out since


class ChartPoint(Struct, frozen=True):
    """One blood count of the chart; None where there is no number."""

    at: datetime
    anc_per_ul: int | None
    platelets_per_ul: int | None
    words: str  # why there is no number; "" where both are there


class ChartDose(Struct, frozen=True):
    """A dose in per cent from a day on; waiting: decided and not signed."""

    drug: str
    begins: date
    percent: Decimal
    waiting: bool


class ChartLimit(Struct, frozen=True):
    """A line of the rule across the chart."""

    per_ul: int
    words: str


class ChartDecision(Struct, frozen=True):
    """One decision as recorded."""

    drug: str
    begins: date
    dose: str
    decision: str
    reason: str
    by: str
    signed: str
    void: str


class MaintenanceChart(Struct, frozen=True):
    """Counts and doses by mouth of Maintenance on one axis of time, and every decision."""

    head: PaperHead
    whose: Whose
    as_of: AsOf
    course: str
    day_1: date
    rule: str
    counts: tuple[ChartPoint, ...]
    doses: tuple[ChartDose, ...]
    anc_limits: tuple[ChartLimit, ...]
    platelet_limits: tuple[ChartLimit, ...]
    decisions: tuple[ChartDecision, ...]
    in_force: tuple[tuple[str, str], ...]  # drug, dose in force


class CountsForm(Struct, frozen=True):
    """A blank form for counts in paper hours: nothing on it but whose it is and the last count."""

    head: PaperHead
    whose: Whose
    as_of: AsOf
    last: tuple[tuple[str, str], ...]  # the last count for comparison: what, value
    last_at: datetime | None
    mark: str  # the decimal mark of this site
