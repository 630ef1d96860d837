"""The results of one toxicity term as events of its log, and what the newest undecided one says."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec
from msgspec import Struct

from bedside.clinical.ctcae.values import Known, Lab, Proposal
from bedside.store.toxicity_records import AT_LEAST, ToxicityProposal
from bedside.ward.laboratory import Result
from bedside.ward.limits_offered import with_offer
from bedside.ward.toxicity_questions import barred_words, graded, known_of, questions_of, with_unit
from bedside.ward.toxicity_series import as_event
from bedside.ward.views.round import LabEvent, Question
from bedside.ward.views.toxicity import LABORATORY, LEAST, LoggedToxicity
from bedside.ward.ward import Ward


class Term(Struct, frozen=True):
    """All that is known of one term of one infant."""

    ward: Ward
    infant_id: int
    key: str
    version: str
    results: Sequence[Result]
    logged: Sequence[LoggedToxicity]
    decided: Mapping[str, ToxicityProposal]
    said: Mapping[str, str]
    moments: dict[datetime, datetime]  # when results were taken, as the ward's clock shows it
    milder: Sequence[Result]  # of the same minute as a worse one: they do not count

    def local(self, moment: datetime) -> datetime:
        """A moment on the ward's clock; a count's terms share one."""
        found = self.moments.get(moment)
        if found is None:
            found = self.moments[moment] = self.ward.local(moment)
        return found


class TermRead(Struct, frozen=True):
    """The results of one term as events, and what the newest undecided one says."""

    events: tuple[LabEvent, ...]
    newest: Result | None
    proposal: Proposal | None
    ungraded: int
    questions: tuple[Question, ...]
    barred: str


def undecided(results: Sequence[Result], decided: Mapping[str, ToxicityProposal]) -> list[Result]:
    """The results that nobody has accepted or refused yet, in their order."""
    return [one for one in results if one.source not in decided]


def read_term(term: Term) -> TermRead:
    """Judge the results of a term by its criteria; each that gives a grade is an event of the log.

    Args:
        term: what is known of it; what a person said counts for its newest undecided result only.
    """
    left = undecided(term.results, term.decided)
    newest = left[-1] if left else None
    baseline = _baseline(term, newest)
    events = [
        as_event(step)
        for one in term.logged
        for step in one.steps
        if step.origin not in (LABORATORY, LEAST)
    ]
    proposal: Proposal | None = None
    questions: tuple[Question, ...] = ()
    ungraded, barred = 0, ""
    for result in term.results:
        decision = term.decided.get(result.source)
        if decision is not None:
            if decision.answer == "accepted" and decision.grade is not None:
                origin = LEAST if AT_LEAST in decision.answered else LABORATORY
                kept = (decision.grade, decision.rule)
                events.append(_event(term, result, *kept, new=False, origin=origin))
            continue
        said = {**(term.said if result is newest else {}), "baseline": baseline}
        judged = graded(term.key, term.version, _value(result), _known(result, said))
        if result is newest:
            proposal = judged
            asked = questions_of(judged, _value(result), _known(result, said))
            barred = barred_words(judged, _known(result, said))
            questions = tuple(
                with_offer(term.ward, term.results, result, question) for question in asked
            )
        elif judged.grade is None:
            ungraded += 1
        event = _new_event(term, result, judged, newest=result is newest)
        if event is not None:
            events.append(event)
    return TermRead(tuple(events), newest, proposal, ungraded, questions, barred)


def _new_event(term: Term, result: Result, judged: Proposal, *, newest: bool) -> LabEvent | None:
    """A result without a decision as an event; the newest, of which nothing is certain, waits."""
    if judged.grade is not None:
        return _event(term, result, judged.grade, judged.rule, new=True)
    if judged.least is None or (newest and not judged.least):
        return None
    return _event(term, result, judged.least, judged.rule, new=True, origin=LEAST)


def by_itself(key: str, version: str, result: Result) -> Proposal:
    """A result graded without anything that a person says."""
    return graded(key, version, _value(result), _known(result, {}))


def _value(result: Result) -> Lab:
    return Lab(value=result.value or Decimal(0), unit=result.unit, comparator=result.comparator)


def _known(result: Result, said: Mapping[str, str]) -> Known:
    lln, uln = result.lln, result.uln
    known = Known(
        lln=None if lln is None else Lab(value=lln, unit=result.unit),
        uln=None if uln is None else Lab(value=uln, unit=result.unit),
        answers={"fasting": result.fasting == "yes"} if result.fasting else {},
    )
    return known_of(known, said, result.unit)


def _baseline(term: Term, newest: Result | None) -> str:
    """The baseline that a person said last for this term, with its unit; "" while nobody did.

    One that was kept without its unit is in that of the result it was said for; where that result
    is not there any more the unit is not known, and the baseline is asked again.
    """
    if "baseline" in term.said and newest is not None:
        return with_unit(term.said, newest.unit)["baseline"]
    units = {one.source: one.unit for one in term.results}
    for decision in sorted(term.decided.values(), key=lambda row: -row.id):
        kept = _said_of(decision).get("baseline", "")
        if " " in kept:
            return kept
        if kept and decision.result in units:
            return f"{kept} {units[decision.result]}"
    return ""


def _said_of(decision: ToxicityProposal) -> dict[str, str]:
    """What was asked and answered with a decision."""
    if not decision.answered:
        return {}
    return msgspec.json.decode(decision.answered, type=dict[str, str])


def _event(
    term: Term,
    result: Result,
    grade: int,
    rule: str,
    *,
    new: bool,
    origin: str = LABORATORY,
) -> LabEvent:
    at = term.local(result.taken_at)
    return LabEvent(
        on=at.date(),
        at=at,
        grade=grade,
        origin=origin,
        result=result.source,
        measured="",  # written out where it is shown or kept: most results ask nothing
        rule=rule,
        ctcae=term.version,
        new=new,
    )
