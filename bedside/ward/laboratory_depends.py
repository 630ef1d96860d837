"""What was made of a result before it was corrected: answers, papers, grades, each in words.

Nothing of it is changed by the correction: an answer or a paper that rests on a wrong value is for a
person to look at again, so it is named before the correction and again after it.
"""

from datetime import datetime

from bedside.store.dlt_records import DltDecision
from bedside.store.laboratory_records import LabResult
from bedside.store.queries import of_infant, one
from bedside.store.records import (
    BloodCount,
    CourseStart,
    Enrolment,
    Print,
    StartAnswer,
    Titration,
    Toxicity,
    ToxicityGrade,
)
from bedside.store.toxicity_records import ToxicityGradeSource
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date, write_date_time
from bedside.ward.facts import facts_of
from bedside.ward.gate_facts import TOXICITY_QUESTION
from bedside.ward.infants import dlt_of
from bedside.ward.opened_results import opened_on_result
from bedside.ward.ward import Ward

_PAPERS = {"day-sheet": "dosing sheet"}  # as it is called on the paper; others as their kind


def resting_on(ward: Ward, source: str) -> tuple[str, ...]:
    """What was decided or printed after a result was recorded, a sentence each, newest last.

    Args:
        ward: the open ward.
        source: the result's row, "lab_result:7" or "blood_count:12".

    Raises:
        Refused: there is no such row.
    """
    table, _, number = source.partition(":")
    with ward.store.reading() as connection:
        row: LabResult | BloodCount
        if table == "lab_result":
            row = one(connection, LabResult, int(number))
        else:
            row = one(connection, BloodCount, int(number))
        opened = (
            _opened(ward, connection, row)
            if isinstance(row, BloodCount)
            else opened_on_result(connection, _titles(ward, connection, row.infant_id), row)
        )
        found = (
            *opened,
            *_grades(ward, connection, row.infant_id, source),
            *_decisions(ward, connection, row.infant_id, source),
            *_answers(ward, connection, row.infant_id, row.recorded_at),
            *_papers(ward, connection, row.infant_id, row.recorded_at),
        )
    closed = _closed(ward, row) if isinstance(row, BloodCount) else []
    return (*closed, *found)


def _opened(ward: Ward, connection: Reader, count: BloodCount) -> list[str]:
    """Courses opened and doses by mouth decided since: start rules and titration look at counts."""
    since, enrolments = count.recorded_at, of_infant(connection, Enrolment, count.infant_id)
    protocol = ward.protocol(enrolments[-1].protocol_key) if enrolments else None
    found = []
    for start in of_infant(connection, CourseStart, count.infant_id):
        if start.recorded_at >= since:
            key = start.course_key
            course = key if protocol is None else protocol.course(key).title
            found.append(
                f"{course} opened, day 1 on {write_date(start.day_1)}, by {start.recorded_by}"
            )
    found.extend(
        f"The decision on {dose.drug} from {write_date(dose.from_on)}, {dose.recorded_by}"
        for dose in of_infant(connection, Titration, count.infant_id)
        if dose.recorded_at >= since
    )
    return found


def _titles(ward: Ward, connection: Reader, infant_id: int) -> dict[str, str]:
    """The titles of the courses of an infant's protocol."""
    enrolments = of_infant(connection, Enrolment, infant_id)
    protocol = ward.protocol(enrolments[-1].protocol_key) if enrolments else None
    return {} if protocol is None else {one.key: one.title for one in protocol.courses}


def _grades(ward: Ward, connection: Reader, infant_id: int, source: str) -> list[str]:
    toxicities = {row.id: row for row in of_infant(connection, Toxicity, infant_id)}
    grades = {row.id: row for row in of_infant(connection, ToxicityGrade, infant_id)}
    found = []
    for origin in of_infant(connection, ToxicityGradeSource, infant_id):
        toxicity, grade = toxicities.get(origin.toxicity_id), grades.get(origin.grade_id)
        if origin.result != source or toxicity is None or grade is None:
            continue
        when = write_date_time(ward.local(origin.recorded_at))
        found.append(
            f"{toxicity.term} grade {grade.grade} (CTCAE v{origin.ctcae}), accepted from it "
            f"{when} by {origin.recorded_by}"
        )
    return found


def _decisions(ward: Ward, connection: Reader, infant_id: int, source: str) -> list[str]:
    """A physician's decisions on toxicities that have a grade from this result."""
    graded = {
        origin.toxicity_id
        for origin in of_infant(connection, ToxicityGradeSource, infant_id)
        if origin.result == source
    }
    terms = {row.id: row.term for row in of_infant(connection, Toxicity, infant_id)}
    return [
        f"The DLT decision on {terms[row.toxicity_id]}, {row.verdict}, "
        f"{write_date_time(ward.local(row.recorded_at))}, {row.physician}"
        for row in of_infant(connection, DltDecision, infant_id)
        if row.toxicity_id in graded and row.toxicity_id in terms
    ]


def _closed(ward: Ward, count: BloodCount) -> list[str]:
    """The end of the DLT period, where the counts of this one's day closed it."""
    period = dlt_of(ward, facts_of(ward, count.infant_id))
    on = ward.local(count.taken_at).date()
    if period is None or period.closed != on:
        return []
    return [f"The DLT period closed on {write_date(on)}, by the counts of that day"]


def _answers(ward: Ward, connection: Reader, infant_id: int, since: datetime) -> list[str]:
    enrolments = of_infant(connection, Enrolment, infant_id)
    protocol = ward.protocol(enrolments[-1].protocol_key) if enrolments else None
    found = []
    for row in of_infant(connection, StartAnswer, infant_id):
        if row.recorded_at >= since and row.question == TOXICITY_QUESTION:
            course = row.course_key if protocol is None else protocol.course(row.course_key).title
            when = write_date_time(ward.local(row.answered_at))
            found.append(
                f'The answer "{row.answer}" to any toxicity resolved, for {course}, '
                f"{when}, {row.recorded_by}"
            )
    return found


def _papers(ward: Ward, connection: Reader, infant_id: int, since: datetime) -> list[str]:
    return [
        f"The {_PAPERS.get(row.kind, row.kind.replace('-', ' '))} {row.sheet_number}, copy {row.copy}, printed "
        f"{write_date_time(ward.local(row.recorded_at))} by {row.recorded_by}"
        for row in of_infant(connection, Print, infant_id)
        if row.recorded_at >= since
    ]
