"""The DLT page of one infant: the period, each toxicity with verdict and decisions, and the rule."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from bedside.ward.views.marks import Banner, DltState

Verdict = Literal["counts", "does not count", "ask"]


class DecisionLine(Struct, frozen=True):
    """One decision as it was recorded; ``struck_out`` is the reason where it was taken back.

    ``gone`` names the toxicity it was made on where that is not in the log any more.
    """

    decision_id: int
    verdict: Verdict
    physician: str
    recorded_by: str
    at: datetime
    reason: str
    proposal: str
    rule: str
    holds: bool
    struck_out: str = ""
    gone: str = ""


class DltToxicity(Struct, frozen=True):
    """One toxicity with what the rule says of it and what was decided, newest decision first.

    ``spans`` are its grades as drawn: first day, first day after, grade; no end while it lasts.
    """

    toxicity_id: int
    term: str
    worst: int | None
    onset: date
    resolved_on: date | None
    course_text: str
    attribution: str
    in_period: bool
    place: str
    verdict: Verdict
    rule_words: str
    decisions: tuple[DecisionLine, ...]
    decided: Verdict | None
    stale: bool
    due: bool
    facts: str
    spans: tuple[tuple[date, date | None, int], ...]
    ctcae: str = ""  # the version the grades are by: "5.0"
    shaken: bool = False  # decided before a result under it was corrected: it holds, and is due


class DltCount(Struct, frozen=True):
    """A blood count that may close the period: when, both values in words, met or not."""

    on: date
    words: str
    met: bool | None


class DltCourse(Struct, frozen=True):
    """A course on the bar: its title, first day, first day after, azacitidine's or not, begun or projected."""

    title: str
    first: date
    after: date
    priming: bool
    begun: bool


class EvaluableAgain(Struct, frozen=True):
    """That "not evaluable" was taken back last: by whom, when and why, and what it had said."""

    who: str
    at: datetime
    reason: str
    was: str


class DltView(Struct, frozen=True):
    """The whole page."""

    banner: Banner
    state: DltState
    headline: str
    due_words: str
    words: str
    period_words: str
    opened: date | None
    closed: date | None
    projected_close: date | None
    today: date
    courses: tuple[DltCourse, ...]
    counts: tuple[DltCount, ...]
    rows: tuple[DltToxicity, ...]
    not_evaluable: DecisionLine | None
    gone: tuple[DecisionLine, ...]  # decisions on toxicities that were struck out since
    rule_title: str
    rule_lines: tuple[str, ...]
    screening: bool
    troubles: tuple[str, ...]
    contact_due: bool  # a centre that is not tertiary, and a toxicity in the period
    evaluable_again: EvaluableAgain | None = None
    answers: tuple[str, ...] = ()  # what is asked beside the counts before the period can close
    filled_from: int = 3  # from this grade on a day is drawn filled: the rule's own lowest grade
