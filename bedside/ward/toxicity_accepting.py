"""Accepting or refusing laboratory proposals: the log is made to tell what the results say, in the open."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from bedside.store.queries import of_infant
from bedside.store.records import Toxicity, ToxicityGrade
from bedside.store.toxicity_records import (
    ToxicityAttribution,
    ToxicityDetail,
    ToxicityProposal,
)
from bedside.units.refusal import Refused
from bedside.ward.facts import InfantFacts
from bedside.ward.toxicity_grades import NewGrade, write_grade
from bedside.ward.toxicity_log import course_on
from bedside.ward.toxicity_series import Rewriting, episodes_of, rewritings
from bedside.ward.views.round import LabEvent, LaboratoryProposal
from bedside.ward.views.toxicity import LEAST, LoggedToxicity

if TYPE_CHECKING:
    from bedside.store.change import Change

REWRITTEN = "a result came late or was corrected: written again as the results say"
NO_RESULT = "the result it came from was corrected"


def accept(
    change: "Change",
    facts: InfantFacts,
    logged: Sequence[LoggedToxicity],
    proposal: LaboratoryProposal,
    *,
    at_least: bool = False,
) -> None:
    """Write what a proposal says; the toxicities of the log concerned are those of its term.

    Args:
        change: the open change.
        facts: what is on record of the infant.
        logged: her log.
        proposal: what is accepted.
        at_least: a grade that cannot be said is taken with its least certain grade, marked so.

    Raises:
        Refused: the grade cannot be said yet: what is missing has to be answered first.
    """
    if proposal.grade is None and not (at_least and proposal.takes_least):
        raise Refused(
            f"{proposal.term} cannot be graded yet: {'; '.join(proposal.needs)}. Answer that first, "
            "or leave it as not assessed."
        )
    own = [one for one in logged if one.term_key == proposal.term_key]
    planned, left = rewritings(episodes_of(proposal.events), own)
    for one in planned:
        if one.changes:
            _rewrite(change, facts, proposal, one, left)
    for gone in left:
        change.void(Toxicity, gone.toxicity_id, NO_RESULT)
    _decide(change, facts, proposal, "accepted", "")


def refuse(change: "Change", facts: InfantFacts, proposal: LaboratoryProposal, reason: str) -> None:
    """Keep that a proposal was refused, and why; the log stays as it is.

    Raises:
        Refused: no reason.
    """
    if not reason.strip():
        raise Refused(f"Refusing {proposal.term} needs its reason: say why it is not taken over.")
    if not proposal.newest:
        raise Refused(
            f"{proposal.term} rests on a result that was corrected: accept what the results say "
            "now, or correct the grade by hand."
        )
    _decide(change, facts, proposal, "refused", reason.strip())


def _decide(
    change: "Change", facts: InfantFacts, proposal: LaboratoryProposal, answer: str, reason: str
) -> None:
    """Keep the decision with each result it is about, so that none is proposed twice."""
    said = dict(proposal.answered)
    common = {
        "infant_id": facts.infant.id,
        "term_key": proposal.term_key,
        "answer": answer,
        "reason": reason,
    }
    done = set()
    for event in proposal.events:
        if event.new and event.at is not None:
            done.add(event.result)
            change.add(
                ToxicityProposal,
                result=event.result,
                taken_at=event.at,
                grade=event.grade,
                measured=event.measured,
                rule=event.rule,
                answered=_answered(said, least=event.origin == LEAST and answer == "accepted"),
                **common,
            )
    if proposal.newest and proposal.newest not in done:
        change.add(
            ToxicityProposal,
            result=proposal.newest,
            taken_at=proposal.taken_at,
            grade=None,
            measured=proposal.measured,
            rule=proposal.rule,
            answered=_answered(said),
            **common,
        )


def _answered(said: Mapping[str, str], *, least: bool = False) -> str:
    """What was asked and said with a decision, and that its grade is certain only at least."""
    kept = {**said, "grade": "at least"} if least else said
    return msgspec.json.encode(kept).decode() if kept else ""


def take_back(
    change: "Change",
    infant_id: int,
    term_key: str,
    results: Callable[[ToxicityProposal], bool],
    reason: str,
) -> None:
    """After a laboratory grade was corrected by hand: its results are refused, with that reason."""
    for row in of_infant(change.connection, ToxicityProposal, infant_id):
        if row.term_key == term_key and row.answer == "accepted" and results(row):
            change.void(ToxicityProposal, row.id, reason)
            change.add(
                ToxicityProposal,
                infant_id=infant_id,
                term_key=term_key,
                result=row.result,
                taken_at=row.taken_at,
                answer="refused",
                grade=row.grade,
                measured=row.measured,
                rule=row.rule,
                reason=reason,
                answered=row.answered,
            )


def _rewrite(
    change: "Change",
    facts: InfantFacts,
    proposal: LaboratoryProposal,
    one: Rewriting,
    left: Sequence[LoggedToxicity],
) -> None:
    infant_id = facts.infant.id
    if one.logged is None:
        row = _begin(change, facts, proposal, one.episode, left)
    else:
        row = one.logged.toxicity_id
        for step in one.logged.steps[one.kept :]:
            change.void(ToxicityGrade, step.grade_id, REWRITTEN)
    for event in one.episode[one.kept :]:
        write_grade(change, row, infant_id, _new(event))


def _begin(
    change: "Change",
    facts: InfantFacts,
    proposal: LaboratoryProposal,
    episode: Sequence[LabEvent],
    left: Sequence[LoggedToxicity],
) -> int:
    """A new toxicity; what was judged of one that it takes the place of goes with it."""
    first = episode[0]
    before = next((old for old in left if _meets(old, episode)), None)
    row = change.add(
        Toxicity,
        infant_id=facts.infant.id,
        term=proposal.term,
        ctcae=proposal.ctcae,
        onset=first.on,
        attribution="",
        comment="",
    )
    _judge(change, facts, proposal.term_key, row, first.on, before)
    for cause in before.causes if before else ():
        change.add(
            ToxicityAttribution,
            infant_id=facts.infant.id,
            toxicity_id=row,
            kind=cause.kind,
            cause=cause.cause,
            step=cause.step,
        )
    return row


def _judge(
    change: "Change",
    facts: InfantFacts,
    key: str,
    row: int,
    onset: date,
    before: LoggedToxicity | None,
) -> None:
    course_key, day = course_on(facts, onset)
    change.add(
        ToxicityDetail,
        infant_id=facts.infant.id,
        toxicity_id=row,
        term_key=key,
        expected=before.expected if before else "not assessed",
        serious=before.serious if before else "not assessed",
        serious_why=before.serious_why if before else "",
        action=before.action if before else "",
        course_key=course_key,
        course_day=day,
        comment=before.comment if before else "",
    )


def _meets(old: LoggedToxicity, episode: Sequence[LabEvent]) -> bool:
    ends = episode[-1].on if episode[-1].grade == 0 else None
    gone = old.resolved_on
    return (ends is None or old.onset <= ends) and (gone is None or episode[0].on <= gone)


def _new(event: LabEvent) -> NewGrade:
    return NewGrade(
        event.grade,
        event.on,
        event.ctcae,
        event.origin,
        event.at,
        event.result,
        event.measured,
        event.rule,
    )
