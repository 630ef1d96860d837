"""The toxicity log of one infant: what it shows, and the one question a person answers from it.

How toxicities are entered, graded and corrected stands in `toxicity_entry`, how the log is read in
`toxicity_log`; both are at hand here by name.
"""

from datetime import date
from typing import Literal

from bedside.store.records import StartAnswer
from bedside.store.toxicity_records import AnswerBasis
from bedside.units.refusal import Refused
from bedside.ward.answer_basis import answer_words, answers_so_far, check_reason, rest_words
from bedside.ward.counts_page import ruled_course
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.gate_facts import TOXICITY_QUESTION, standing_answer
from bedside.ward.infants import banner_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.proposals import proposals_of
from bedside.ward.references import toxicity_terms
from bedside.ward.standing import standing_of
from bedside.ward.toxicity_causes import attribution_words, cause_name, causes_of
from bedside.ward.toxicity_entry import (
    WORST_GRADE,
    correct_grade,
    judge_toxicity,
    record_toxicity,
    regrade,
    resolve,
    void_toxicity,
)
from bedside.ward.toxicity_log import course_on, course_words, log_of
from bedside.ward.toxicity_round import last_looked, last_round_words
from bedside.ward.views.pages import ToxicitiesView, ToxicityRow
from bedside.ward.views.toxicity import Cause, LoggedToxicity
from bedside.ward.ward import Ward

__all__ = [
    "WORST_GRADE",
    "answer_resolved",
    "causes_on",
    "correct_grade",
    "course_text",
    "courses_begun",
    "entering_on",
    "judge_toxicity",
    "judging_of",
    "log_of",
    "record_toxicity",
    "regrade",
    "resolve",
    "toxicities_page",
    "void_toxicity",
]


def toxicities_page(ward: Ward, infant_id: int) -> ToxicitiesView:
    """The toxicities page of one infant; struck-out ones are listed last."""
    facts = facts_of(ward, infant_id)
    course = ruled_course(standing_of(ward, facts))
    answer, stale = (None, "")
    if course is not None:
        answer, stale = standing_answer(facts, course.key, ward.now())
    holds = answer is not None and not stale
    logged = log_of(ward, infant_id, facts=facts, include_void=True)
    rows = [_row(facts, row, ward) for row in logged]
    rows.sort(key=_order)
    looked = last_looked(ward, infant_id)
    resolved: Literal["yes", "no", "not assessed"] = "not assessed"
    if holds and answer is not None:
        resolved = "yes" if answer.answer == "yes" else "no"
    return ToxicitiesView(
        banner=banner_of(ward, facts),
        ctcae=facts.enrolment.ctcae,
        rows=tuple(rows),
        resolved_answer=resolved,
        resolved_by=stale if answer is None or stale else answer.recorded_by,
        resolved_at=None if answer is None else ward.local(answer.answered_at),
        resolved_words=answer_words(facts, answer) if holds and answer is not None else "",
        resolved_over=rest_words(ward, facts, answer) if holds and answer is not None else "",
        resolved_said=() if course is None else answers_so_far(ward, facts, course.key),
        asked_for="" if course is None else course.title,
        terms=toxicity_terms(facts.enrolment.ctcae, ward),
        today=ward.today(),
        last_round=last_round_words(ward, infant_id),
        absent=looked.absent,
        not_assessed=looked.not_assessed,
        waiting=len(proposals_of(ward, infant_id, facts=facts)),
        causes=causes_of(ward, facts, ward.today()),
        courses=courses_begun(facts),
    )


@one_act
def answer_resolved(
    ward: Ward, infant_id: int, answer: Literal["yes", "no"], *, who: str, reason: str = ""
) -> int:
    """Answer "any toxicity resolved?" for the course whose start rule asks.

    What stands against the answer now is kept with it: open toxicities, proposals, what the last
    round did not assess.

    Raises:
        Refused: no course asks, the answer is neither yes nor no, or it is yes above open
            toxicities or proposals without a reason.
    """
    facts = facts_of(ward, infant_id)
    course = ruled_course(standing_of(ward, facts))
    if course is None:
        raise Refused("No course that asks about toxicities comes next for this infant.")
    if answer not in ("yes", "no"):
        raise Refused("Answer yes or no; leave it open while nobody has looked.")
    opened = facts.open_toxicities()
    waiting = len(proposals_of(ward, infant_id, facts=facts))
    check_reason(answer, len(opened), reason)
    act = f"answered whether toxicities are resolved for {course.title}"
    with ward.store.change(named(who), act, ward.now()) as change:
        answer_id = change.add(
            StartAnswer,
            infant_id=infant_id,
            course_key=course.key,
            question=TOXICITY_QUESTION,
            answer=answer,
            answered_at=ward.now(),
        )
        change.add(
            AnswerBasis,
            infant_id=infant_id,
            answer_id=answer_id,
            open_count=len(opened),
            worst_grade=max((grade for _, grade in opened), default=0),
            open_terms="; ".join(f"{one.term} grade {grade}" for one, grade in opened),
            waiting=waiting,
            not_assessed="; ".join(last_looked(ward, infant_id).not_assessed),
            reason=reason.strip(),
        )
    return answer_id


def judging_of(
    ward: Ward, logged: LoggedToxicity
) -> tuple[tuple[Cause, ...], tuple[tuple[str, str], ...]]:
    """What one toxicity may be put down to on the day it began, and the courses begun (key, title)."""
    facts = facts_of(ward, logged.infant_id)
    offered = {(cause.kind, cause.key): cause for cause in causes_of(ward, facts, logged.onset)}
    for one in logged.causes:
        if one.kind != "other":
            name = cause_name(ward, facts, one)
            offered.setdefault((one.kind, one.cause), Cause(one.kind, one.cause, name))
    return tuple(offered.values()), courses_begun(facts)


def entering_on(ward: Ward, infant_id: int, on: date) -> tuple[str, int | None]:
    """The course and its day that the plan gives for a day."""
    return course_on(facts_of(ward, infant_id), on)


def causes_on(ward: Ward, infant_id: int, on: date, course_key: str) -> tuple[Cause, ...]:
    """What a toxicity that began on a day may be put down to; by the course where a person chose one."""
    return causes_of(ward, facts_of(ward, infant_id), on, course_key)


def courses_begun(facts: InfantFacts) -> tuple[tuple[str, str], ...]:
    """Key and title of the courses begun."""
    return tuple(
        (row.course_key, facts.protocol.course(row.course_key).title) for row in facts.starts
    )


def _order(row: ToxicityRow) -> tuple[bool, bool, bool, date]:
    """Open ones first, those a person grades before those of the laboratory; struck out last."""
    laboratory = row.log is not None and row.log.laboratory
    return bool(row.voided), row.resolved_on is not None, laboratory, row.onset


def course_text(facts: InfantFacts, on: date) -> str:
    """The course and its day on a date, in words."""
    return course_words(facts, *course_on(facts, on))


def _row(facts: InfantFacts, logged: LoggedToxicity, ward: Ward) -> ToxicityRow:
    """One row of the page; who and when are those of the grade in force, not of the first one."""
    last = logged.steps[-1] if logged.steps else logged
    return ToxicityRow(
        toxicity_id=logged.toxicity_id,
        term=logged.term,
        grade=logged.grade,
        worst=logged.worst,
        onset=logged.onset,
        course_text=logged.course_text,
        attribution=attribution_words(ward, facts, logged.causes),
        comment=logged.comment,
        resolved_on=logged.resolved_on,
        recorded_by=last.recorded_by,
        recorded_at=last.recorded_at,
        voided=logged.voided,
        log=logged,
    )
