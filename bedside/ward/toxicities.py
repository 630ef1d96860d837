"""The toxicity log of one infant: what it shows, and the one question a person answers from it.

How toxicities are entered, graded and corrected stands in `toxicity_entry`, how the log is read in
`toxicity_log`; both are at hand here by name.
"""

from datetime import date
from typing import Literal

from bedside.store.records import StartAnswer
from bedside.units.refusal import Refused
from bedside.ward.counts_page import ruled_course
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.gate_facts import TOXICITY_QUESTION, standing_answer
from bedside.ward.infants import banner_of
from bedside.ward.people import named
from bedside.ward.references import toxicity_terms
from bedside.ward.standing import standing_of
from bedside.ward.toxicity_causes import attribution_words
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
from bedside.ward.views.pages import ToxicitiesView, ToxicityRow
from bedside.ward.views.toxicity import LoggedToxicity
from bedside.ward.ward import Ward

__all__ = [
    "WORST_GRADE",
    "answer_resolved",
    "correct_grade",
    "course_text",
    "judge_toxicity",
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
    rows.sort(key=lambda row: (bool(row.voided), row.resolved_on is not None, row.onset))
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
        asked_for="" if course is None else course.title,
        terms=toxicity_terms(facts.enrolment.ctcae),
        today=ward.today(),
    )


def answer_resolved(ward: Ward, infant_id: int, answer: Literal["yes", "no"], *, who: str) -> int:
    """Answer "any toxicity resolved?" for the course whose start rule asks.

    Raises:
        Refused: no course asks, or the answer is neither yes nor no.
    """
    facts = facts_of(ward, infant_id)
    course = ruled_course(standing_of(ward, facts))
    if course is None:
        raise Refused("No course that asks about toxicities comes next for this infant.")
    if answer not in ("yes", "no"):
        raise Refused("Answer yes or no; leave it open while nobody has looked.")
    act = f"answered whether toxicities are resolved for {course.title}"
    with ward.store.change(named(who), act, ward.now()) as change:
        return change.add(
            StartAnswer,
            infant_id=infant_id,
            course_key=course.key,
            question=TOXICITY_QUESTION,
            answer=answer,
            answered_at=ward.now(),
        )


def course_text(facts: InfantFacts, on: date) -> str:
    """The course and its day on a date, in words."""
    return course_words(facts, *course_on(facts, on))


def _row(facts: InfantFacts, logged: LoggedToxicity, ward: Ward) -> ToxicityRow:
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
        recorded_by=logged.recorded_by,
        recorded_at=logged.recorded_at,
        voided=logged.voided,
        log=logged,
    )
