"""The toxicity log: entered by hand, graded over time, never erased; a person says whether all is resolved."""

from datetime import date
from typing import Literal

from bedside.store.queries import of_infant, one
from bedside.store.records import StartAnswer, Toxicity, ToxicityGrade
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.counts_page import ruled_course
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.forms import NewToxicity
from bedside.ward.gate_facts import TOXICITY_QUESTION, standing_answer
from bedside.ward.infants import banner_of
from bedside.ward.people import named
from bedside.ward.references import toxicity_terms
from bedside.ward.standing import standing_of
from bedside.ward.views.pages import ToxicitiesView, ToxicityRow
from bedside.ward.ward import Ward

WORST_GRADE = 5
LONGEST_TEXT = 400


def toxicities_page(ward: Ward, infant_id: int) -> ToxicitiesView:
    """The toxicities page of one infant; struck-out ones are listed last."""
    facts = facts_of(ward, infant_id)
    course = ruled_course(standing_of(ward, facts))
    answer, stale = (None, "")
    if course is not None:
        answer, stale = standing_answer(facts, course.key, ward.now())
    holds = answer is not None and not stale
    with ward.store.reading() as connection:
        every = of_infant(connection, Toxicity, infant_id, include_void=True)
        grades = of_infant(connection, ToxicityGrade, infant_id)
    rows = [_row(ward, facts, row, grades) for row in every]
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
        terms=toxicity_terms(facts.enrolment.ctcae, ward),
        today=ward.today(),
    )


def record_toxicity(ward: Ward, infant_id: int, toxicity: NewToxicity, *, who: str) -> int:
    """Enter a toxicity with its first grade.

    Raises:
        Refused: no term, a grade outside 1 to 5, an onset in the future or before birth, or the
            same term is open already.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    reasons = [*_term(facts, toxicity), *_grade(toxicity.grade), *_day(ward, facts, toxicity.onset)]
    if reasons:
        raise Refused(*reasons)
    with ward.store.change(who, "recorded a toxicity", ward.now()) as change:
        row = change.add(
            Toxicity,
            infant_id=infant_id,
            term=toxicity.term.strip(),
            ctcae=facts.enrolment.ctcae,
            onset=toxicity.onset,
            attribution=toxicity.attribution.strip(),
            comment=toxicity.comment.strip(),
        )
        change.add(
            ToxicityGrade,
            toxicity_id=row,
            infant_id=infant_id,
            grade=toxicity.grade,
            from_on=toxicity.onset,
        )
    return row


def regrade(ward: Ward, toxicity_id: int, grade: int, on: date, *, who: str) -> None:
    """Give an open toxicity a new grade from a day on; the earlier grades stay."""
    toxicity, facts = _open(ward, toxicity_id)
    reasons = [*_grade(grade), *_later(ward, facts, toxicity, on)]
    if reasons:
        raise Refused(*reasons)
    _add_grade(ward, toxicity, grade, on, named(who), f"graded {toxicity.term} anew")


def resolve(ward: Ward, toxicity_id: int, on: date, *, who: str) -> None:
    """Say that a toxicity is gone since a day."""
    toxicity, facts = _open(ward, toxicity_id)
    reasons = _later(ward, facts, toxicity, on)
    if reasons:
        raise Refused(*reasons)
    _add_grade(ward, toxicity, 0, on, named(who), f"resolved {toxicity.term}")


def void_toxicity(ward: Ward, toxicity_id: int, reason: str, *, who: str) -> None:
    """Strike a toxicity out, with the reason; it stays readable."""
    if not reason.strip():
        raise Refused("A correction needs its reason: say why this toxicity was wrong.")
    with ward.store.change(named(who), "struck out a toxicity", ward.now()) as change:
        change.void(Toxicity, toxicity_id, reason.strip())


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
    """The course and its day on a date, in words; "" before the first course."""
    started = [row for row in facts.starts if row.day_1 <= on]
    if not started:
        return "before the first course"
    last = started[-1]
    return f"{facts.protocol.course(last.course_key).title} day {(on - last.day_1).days + 1}"


def _row(ward: Ward, facts: InfantFacts, row: Toxicity, every: list[ToxicityGrade]) -> ToxicityRow:
    grades = sorted(
        (grade for grade in every if grade.toxicity_id == row.id),
        key=lambda grade: (grade.from_on, grade.id),
    )
    last = grades[-1]
    return ToxicityRow(
        toxicity_id=row.id,
        term=row.term,
        grade=last.grade,
        worst=max(grade.grade for grade in grades),
        onset=row.onset,
        course_text=course_text(facts, row.onset),
        attribution=row.attribution,
        comment=row.comment,
        resolved_on=last.from_on if last.grade == 0 else None,
        recorded_by=row.recorded_by,
        recorded_at=ward.local(row.recorded_at),
        voided=row.void_reason or "",
    )


def _open(ward: Ward, toxicity_id: int) -> tuple[Toxicity, InfantFacts]:
    with ward.store.reading() as connection:
        toxicity = one(connection, Toxicity, toxicity_id)
    facts = facts_of(ward, toxicity.infant_id)
    if toxicity.id not in {row.id for row, _ in facts.open_toxicities()}:
        raise Refused(f"{toxicity.term} is not open any more: enter it anew if it came back.")
    return toxicity, facts


def _add_grade(ward: Ward, toxicity: Toxicity, grade: int, on: date, who: str, act: str) -> None:
    with ward.store.change(who, act, ward.now()) as change:
        change.add(
            ToxicityGrade,
            toxicity_id=toxicity.id,
            infant_id=toxicity.infant_id,
            grade=grade,
            from_on=on,
        )


def _term(facts: InfantFacts, toxicity: NewToxicity) -> list[str]:
    term = toxicity.term.strip()
    if not term:
        return ["Which toxicity? Choose a term or type one."]
    if len(term) > LONGEST_TEXT or len(toxicity.comment) > LONGEST_TEXT:
        return [f"The text is too long: at most {LONGEST_TEXT} letters."]
    if term.casefold() in {row.term.casefold() for row, _ in facts.open_toxicities()}:
        return [f"{term} is open already: give that one a new grade instead."]
    return []


def _grade(grade: int) -> list[str]:
    if 1 <= grade <= WORST_GRADE:
        return []
    return [f"A grade is 1, 2, 3, 4 or 5; {grade} was given. Say resolved when it is gone."]


def _day(ward: Ward, facts: InfantFacts, on: date) -> list[str]:
    if on > ward.today():
        return [f"{write_date(on)} lies in the future: give the day it was first seen."]
    if on < facts.infant.born:
        return [f"{write_date(on)} is before the infant was born."]
    return []


def _later(ward: Ward, facts: InfantFacts, toxicity: Toxicity, on: date) -> list[str]:
    last = facts.grades_of(toxicity.id)[-1]
    if on < last.from_on:
        return [
            f"{toxicity.term} was graded {last.grade} from {write_date(last.from_on)} on: "
            "a new grade cannot begin before that."
        ]
    return _day(ward, facts, on)
