"""Where an infant's DLT evaluation stands: from the period, the toxicities, the rule and the decisions.

A pure function: facts and decisions may come in any order, late or corrected, and give the same
answer (hazard H27). The rule only proposes. A decision is a named physician's and belongs to the
facts on which it was made: when a grade, an attribution or the rule changes, the question is open
again, visibly, and the earlier decision stays readable. An infant who gets better afterwards changes
none of those facts: a milder grade or the end from the day of the decision on leaves it in force,
unless the rule's own verdict becomes another one by it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.dlt import DltPeriod
from bedside.protocol.dlt_rule import DltRule, Frame, Ruling, judge
from bedside.protocol.dlt_toxicity import ToxicityHistory, facts_digest, worst_grade
from bedside.units.dates import write_date

State = Literal["not started", "open", "closed without DLT", "DLT", "not evaluable"]
Place = Literal["in the period", "before the period", "after the period"]
Decided = Literal["counts", "does not count"]
_DAY = timedelta(days=1)


class Decision(Struct, frozen=True):
    """A physician's decision about one toxicity.

    Args:
        toxicity: its key.
        verdict: "counts" or "does not count".
        by: the physician, name and role.
        at: when, with its offset from UTC.
        reason: why.
        facts: what `facts_of_decision` gave when it was made; "" where that was not kept: then it
            holds while no grade begins on a later day. It holds on the same facts, and while what
            came after them was never worse.
    """

    toxicity: str
    verdict: Decided
    by: str
    at: datetime
    reason: str
    facts: str = ""


class NotEvaluable(Struct, frozen=True):
    """A physician's record that the infant cannot be evaluated, with the reason."""

    by: str
    at: datetime
    reason: str


class Reviewed(Struct, frozen=True):
    """One toxicity with what the rule says and what was decided, newest decision first."""

    toxicity: ToxicityHistory
    place: Place
    worst: int | None
    ruling: Ruling
    facts: str
    decisions: tuple[Decision, ...]
    decided: Decision | None  # the decision in force; None while there is none
    stale: bool  # there is a decision, but made on earlier facts
    due: bool
    shaken: bool = False  # a result that a grade rests on was corrected after the decision

    @property
    def words(self) -> str:
        """The rule's verdict with its reason: "does not count: below grade 3"."""
        return f"{self.ruling.verdict}: {self.ruling.words}"


class DltReview(Struct, frozen=True):
    """The whole evaluation; ``opened`` and ``closed`` are the period's own days."""

    state: State
    opened: date | None
    closed: date | None
    reviewed: tuple[Reviewed, ...]
    not_evaluable: NotEvaluable | None
    orphans: tuple[Decision, ...]  # decisions that stand on toxicities that are gone since
    words: str

    @property
    def due(self) -> tuple[Reviewed, ...]:
        """What waits for a decision, in the order in which it is shown."""
        return tuple(each for each in self.reviewed if each.due)

    @property
    def counted(self) -> tuple[Reviewed, ...]:
        """The toxicities that were decided to count."""
        return tuple(each for each in self.reviewed if _counts(each))


def review(
    period: DltPeriod,
    rule: DltRule,
    toxicities: Sequence[ToxicityHistory],
    decisions: Sequence[Decision],
    not_evaluable: NotEvaluable | None,
    today: date,
    corrected: Mapping[str, datetime] | None = None,
) -> DltReview:
    """Work out where the evaluation stands.

    Args:
        period: from `bedside.protocol.dlt.dlt_period`.
        rule: the rule in force.
        toxicities: the infant's, in any order, without those struck out.
        decisions: every decision that stands, in any order.
        not_evaluable: the record in force, if there is one.
        today: the day on which it is asked.
        corrected: by toxicity, when a result that one of its grades rests on was corrected last. A
            decision made before that stays in force and is due again at once: the grade may fall
            with the next round, and nobody must wait for it to hear of it.

    Returns:
        "DLT" once a decision counts; "not evaluable" as recorded; "open" while the period is,
        while a question is, or while a decision that counted stands on a toxicity that is gone;
        else "closed without DLT". Due ones stand first in ``reviewed``.
    """
    if period.opened is None:
        return DltReview("not started", None, None, (), not_evaluable, (), period.words)
    frame = Frame(period.opened, period.closed, max(today, period.opened))
    made: dict[str, list[Decision]] = {}
    for decision in decisions:
        made.setdefault(decision.toxicity, []).append(decision)
    late = corrected or {}
    reviewed = sorted(
        (
            _shaken(_reviewed(each, rule, frame, made.get(each.key, [])), late.get(each.key))
            for each in toxicities
        ),
        key=_rank,
    )
    keys = {each.key for each in toxicities}
    orphans = _newest_first(each for each in decisions if each.toxicity not in keys)
    lost = any(each.verdict == "counts" for each in orphans)
    state = _state(period, reviewed, not_evaluable, lost=lost)
    words = _words(state, period, reviewed, not_evaluable, rule)
    if lost:
        words = f"{words} {_LOST}"
    return DltReview(
        state,
        period.opened,
        period.closed,
        tuple(reviewed),
        not_evaluable,
        tuple(orphans),
        words,
    )


def facts_of_decision(toxicity: ToxicityHistory, rule: DltRule, ruling: Ruling) -> str:
    """What a decision is bound to: the toxicity's facts, the rule, and what the rule says of them."""
    parts = (facts_digest(toxicity), rule.digest, ruling.verdict)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def place_of(toxicity: ToxicityHistory, frame: Frame) -> Place:
    """Whether a toxicity lies in the period; its first and its last day belong to it."""
    worst = worst_grade(toxicity, frame.opened, frame.last)
    began = min([toxicity.onset, *(on for on, grade in toxicity.grades if grade > 0)])
    if began > frame.last:
        return "after the period"
    if worst == 0 and toxicity.onset < frame.opened:
        return "before the period"
    return "in the period"


def _reviewed(
    toxicity: ToxicityHistory, rule: DltRule, frame: Frame, decisions: list[Decision]
) -> Reviewed:
    place = place_of(toxicity, frame)
    inside = place == "in the period"
    ruling = judge(rule, toxicity, frame) if inside else _outside(place, frame)
    facts = facts_of_decision(toxicity, rule, ruling)
    newest = _newest_first(decisions)
    holds = bool(newest) and _still_holds(newest[0], facts, toxicity, (rule, ruling))
    stale = bool(newest) and not holds
    asked = inside and ruling.verdict != "does not count" and not newest
    return Reviewed(
        toxicity=toxicity,
        place=place,
        worst=worst_grade(toxicity, frame.opened, frame.last) if inside else None,
        ruling=ruling,
        facts=facts,
        decisions=tuple(newest),
        decided=newest[0] if holds else None,
        stale=stale,
        due=asked or stale,
    )


def _shaken(each: Reviewed, corrected: datetime | None) -> Reviewed:
    """The same, due again where a result under it was corrected after the decision in force."""
    if corrected is None or each.decided is None or each.decided.at > corrected:
        return each
    return replace(each, shaken=True, due=True)


def _outside(place: Place, frame: Frame) -> Ruling:
    opened = f"over before the period opened on {write_date(frame.opened)}"
    closed = "began after today"
    if frame.closed is not None:
        closed = f"began after the period closed on {write_date(frame.closed)}"
    return Ruling("does not count", "", opened if place == "before the period" else closed)


def _still_holds(
    decision: Decision, facts: str, toxicity: ToxicityHistory, judged: tuple[DltRule, Ruling]
) -> bool:
    made_on = decision.at.date()
    if not decision.facts:
        return all(on <= made_on for on, _ in toxicity.grades)
    if decision.facts == facts:
        return True
    # what stood on the evening before and on that evening: a grade of the very day may be later
    return any(
        facts_of_decision(before, *judged) == decision.facts
        for day in (made_on - _DAY, made_on)
        if (before := _until(toxicity, day)) is not None
    )


def _until(toxicity: ToxicityHistory, day: date) -> ToxicityHistory | None:
    """The toxicity as it stood on a day; None where it became worse after it."""
    before = tuple((on, grade) for on, grade in toxicity.grades if on <= day)
    worst = max((grade for _, grade in before), default=0)
    if any(grade > worst for on, grade in toxicity.grades if on > day):
        return None
    return replace(toxicity, grades=before)


def _newest_first(decisions: Iterable[Decision]) -> list[Decision]:
    """Newest first; of two at one instant the one that counts."""
    return sorted(
        decisions,
        key=lambda each: (each.at, each.verdict == "counts", each.by, each.reason, each.facts),
        reverse=True,
    )


def _rank(each: Reviewed) -> tuple[bool, bool, bool, date, str, str]:
    """Due ones first, then what was asked or decided, then the rest; outside the period last."""
    outside = each.place != "in the period"
    plain = each.ruling.verdict == "does not count" and not each.decisions
    toxicity = each.toxicity
    return (not each.due, outside, plain, toxicity.onset, toxicity.term, toxicity.key)


def _counts(each: Reviewed) -> bool:
    return each.decided is not None and each.decided.verdict == "counts"


def _state(
    period: DltPeriod,
    reviewed: Sequence[Reviewed],
    not_evaluable: NotEvaluable | None,
    *,
    lost: bool,
) -> State:
    if any(_counts(each) for each in reviewed):
        return "DLT"
    if not_evaluable is not None:
        return "not evaluable"
    if period.closed is None or lost or any(each.due for each in reviewed):
        return "open"
    return "closed without DLT"


_LOST = (
    "A decision that counted stands on a toxicity that is not in the log any more: a physician "
    "takes it back or decides anew."
)
_WORDS: Mapping[State, str] = {
    "not started": "The period has not begun.",
    "open": "The period is open.",
    "closed without DLT": "The period is closed; nothing in it was decided to count.",
    "DLT": "DLT",
    "not evaluable": "Not evaluable",
}


def _words(
    state: State,
    period: DltPeriod,
    reviewed: Sequence[Reviewed],
    not_evaluable: NotEvaluable | None,
    rule: DltRule,
) -> str:
    said = [_state_words(state, period, reviewed, not_evaluable)]
    due = sum(each.due for each in reviewed)
    if due:
        said.append("One decision is due." if due == 1 else f"{due} decisions are due.")
    if state == "DLT" and not_evaluable is not None:
        said.append("It is also recorded as not evaluable: settle which holds.")
    if rule.kind == "screening":
        said.append("By the screening rule only: the site has no DLT definition in force.")
    elif rule.kind == "commissioned":
        said.append(f"By the site's own DLT rule, typed by two people: {rule.own}.")
    return " ".join(said)


def _state_words(
    state: State,
    period: DltPeriod,
    reviewed: Sequence[Reviewed],
    not_evaluable: NotEvaluable | None,
) -> str:
    if state == "DLT":
        names = [each.toxicity.words for each in reviewed if _counts(each)]
        return f"{_WORDS[state]}: {', '.join(names)}."
    if state == "not evaluable" and not_evaluable is not None:
        return f"{_WORDS[state]}: {not_evaluable.reason.rstrip('.')}."
    if state == "open" and period.closed is not None:
        return f"The period closed on {write_date(period.closed)}; the evaluation is open."
    return _WORDS[state]
