"""Counts, toxicities, doses and papers: what the working pages show."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from bedside.ward.views.marks import Banner, VialClockView
from bedside.ward.views.toxicity import Cause, LoggedToxicity
from bedside.ward.views.where import RuleRow

if TYPE_CHECKING:
    from bedside.ward.views.orders import OrderBoard


ToRecord = tuple[str, int, str, str, str, int | None]
"""Course key, day, drug, route, words; and the hour, of one beside the planned day."""


class CountRow(Struct, frozen=True):
    """One recorded blood count; None is "not done"."""

    count_id: int
    taken_at: datetime
    wbc_per_ul: int | None
    neutrophils_percent: Decimal | None
    bands_percent: Decimal | None
    anc_per_ul: int | None
    anc_source: str  # "worked out: 2 000 × (28 % + 3 %)", "from the analyser", "not done"
    platelets_per_ul: int | None
    haemoglobin_g_per_l: Decimal | None
    specimen: str
    recorded_at: datetime
    recorded_by: str
    voided: str  # reason when struck through, else ""
    # why there is no number: "not done", "pending" or "unusable"; "done" where there is one
    anc_state: str = "done"
    wbc_state: str = "done"
    platelets_state: str = "done"
    haemoglobin_state: str = "done"
    # as it was entered and not as it is kept: "2.0 ×10⁹/L"; "" where that is not known
    wbc_entered: str = ""
    anc_entered: str = ""
    platelets_entered: str = ""
    haemoglobin_entered: str = ""
    entered: str = ""  # all of them in one line
    limits: str = ""  # the laboratory's own limits of normal in one line, and whose
    laboratory: str = ""
    # a value with a comparator: where the bound lies; the state says it with its sign
    anc_bound_per_ul: int | None = None
    platelets_bound_per_ul: int | None = None
    lymphocytes_percent: Decimal | None = None
    monocytes_percent: Decimal | None = None
    other_percent: Decimal | None = None
    blasts_percent: Decimal | None = None


class CountsView(Struct, frozen=True):
    """The counts page: history (oldest first), the running start rule, and course bands."""

    banner: Banner
    rows: tuple[CountRow, ...]
    rule_course: str  # "EPI #2", "" when no start rule is waiting
    anc_at_least: int | None
    platelets_at_least: int | None
    bands: tuple[tuple[str, date, date, bool], ...]  # title, first day, last day, priming
    now: datetime
    anc_limits: tuple[int, ...] = ()  # of every start rule of the protocol, per µL


class ToxicityRow(Struct, frozen=True):
    """One toxicity of the log."""

    toxicity_id: int
    term: str
    grade: int  # now
    worst: int
    onset: date
    course_text: str  # "Consolidation day 27"
    attribution: str
    comment: str
    resolved_on: date | None
    recorded_by: str
    recorded_at: datetime
    voided: str
    log: LoggedToxicity | None = None  # the same in full


class ToxicitiesView(Struct, frozen=True):
    """The toxicities page."""

    banner: Banner
    ctcae: str  # "5.0"
    rows: tuple[ToxicityRow, ...]  # open ones first, then by onset
    resolved_answer: Literal["yes", "no", "not assessed"]
    resolved_by: str
    resolved_at: datetime | None
    asked_for: str  # the course whose start rule asks, "" when none does
    terms: tuple[str, ...]  # terms to choose from; free text is allowed
    today: date
    last_round: str = ""  # "last round 03:40 by …; 2 not assessed", "" when there was none
    absent: tuple[str, ...] = ()  # terms that the last round looked for and did not find
    not_assessed: tuple[str, ...] = ()  # what the last round did not assess, by name
    waiting: int = 0  # laboratory proposals without an answer
    causes: tuple[Cause, ...] = ()  # what a toxicity of today may be put down to
    courses: tuple[tuple[str, str], ...] = ()  # key and title of the courses begun
    resolved_words: str = ""  # the answer that holds: "yes, over 9 open, worst grade 4"
    resolved_over: str = ""  # what else it was given over, and why
    resolved_said: tuple[str, ...] = ()  # every answer with who and when, newest first


class DoseDay(Struct, frozen=True):
    """One day of the azacitidine block in hand."""

    day: int
    on: date
    state: Literal["given", "not given", "due", "later", "missed", "vial running", "vial lost"]
    words: str
    may_start_vial: bool
    dose_id: int | None
    marked: bool = False  # given on something that was struck out since; ``words`` say what


class PaperChoice(Struct, frozen=True):
    """A paper that can be made now, or the reasons why not."""

    key: str  # "dosing-sheet:epi-1", "roadmap:consolidation"
    title: str
    refused: tuple[str, ...]


DATES_OVER = "its dates are over"
ALL_RECORDED = "all that stands on it is recorded"  # on the very day, too


class PrintedPaper(Struct, frozen=True):
    """A paper printed earlier."""

    print_id: int
    title: str
    sheet_number: str
    copy: int
    code: str
    printed_at: datetime
    printed_by: str
    out_of_date: str  # "" while it still holds, else what changed
    path: str  # "" for one that went to the printer only
    pdf: bytes = b""  # that one itself
    order: bool = False  # a dosing sheet: out of date, it is taken away
    record: bool = False  # as it stood when it was printed: what comes after does not make it wrong
    void: bool = False  # declared void by a person, who took it away
    reprinted: str = ""  # why a further copy was printed
    replaced: str = ""  # which later copy took its place, for ever
    also: str = ""  # what has changed besides, where ``out_of_date`` names a weightier reason
    diary: bool = False  # it differs only in what was given, counted or graded since

    @property
    def is_over(self) -> bool:
        """Whether it has done its work: nothing on it is wrong, and nobody has to take it away."""
        return self.out_of_date in (DATES_OVER, ALL_RECORDED)

    @property
    def standing(self) -> str:
        """Whether it is on record, in words: not where the ward can only be read."""
        return "On record" if self.print_id else "READ-ONLY, not on record"


class DosesView(Struct, frozen=True):
    """The page Doses and papers."""

    banner: Banner
    course_title: str  # the azacitidine block in hand, "" when none is near
    dose_text: str  # "15.5 mg", "" when blocked
    steps: tuple[str, ...]  # the arithmetic, a line each
    blocked_by: tuple[str, ...]
    rules: tuple[RuleRow, ...]
    days: tuple[DoseDay, ...]
    clock: VialClockView | None
    infusion_range: tuple[int, int] | None
    planned_minutes: int | None
    papers: tuple[PaperChoice, ...]
    printed: tuple[PrintedPaper, ...]
    other_drugs: tuple[tuple[str, str, str, str], ...]  # drug, route, days, dose in words
    course_key: str = ""  # of the azacitidine block in hand
    commissioned: bool = True  # two people of this site have confirmed what is dosed from
    # planned doses of the last three days that nobody recorded: course key, day, drug, route, words
    to_record: tuple[ToRecord, ...] = ()
    maintenance: bool = False  # Maintenance has begun: its doses by mouth have a page
    orders: "OrderBoard | None" = None  # of the running course
    azacitidine: bool = True  # the protocol has azacitidine blocks
    past_unrecorded: int = 0  # doses of earlier courses of which nothing is recorded
    continuous: tuple[str, ...] = ()  # continuous infusions, each with its state in a sentence
    running_key: str = ""  # of the course that runs, "" before the first


class Judged(Struct, frozen=True):
    """A typed value judged against the infant's own last ones (two bounds)."""

    level: Literal["usual", "unusual", "impossible"]
    words: str  # "4.2 → 42 kg: ten times yesterday"
    compared: str  # "last 4.2 kg on 19‑Nov‑2026, now 1.02 times"
    last: str = ""  # the last value with its source, where that is said: "620 worked out"
    by_two: bool = False  # refused to one person alone; a second one may be named with it
    named: str = ""  # a slip named beside the field, nothing is asked
