"""The laboratory results that a course was opened on: found again by analyte and specimen time.

A line of an opening names what was seen and when its specimen was taken; the row that carried it
stood on record when the course was opened, whatever became of it since (hazards H14, H29).
"""

from bedside.store.laboratory_records import LabResult
from bedside.store.opening_records import OpenedOn
from bedside.store.queries import of_infant, stood
from bedside.store.records import BloodCount, CourseStart
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date, write_date_time
from bedside.ward.laboratory import Result, results_of
from bedside.ward.laboratory_catalogue import catalogue
from bedside.ward.ward import Ward

Carrier = LabResult | BloodCount


def carrier_of(connection: Reader, row: OpenedOn) -> Carrier | None:
    """The record that carried a line of an opening, struck out or not; None where it was no result.

    Args:
        connection: from a reading.
        row: a line that names no record of its own.
    """
    key = _analyte(row.measure)
    if not key or row.of_table or row.seen_at is None:
        return None
    found: list[Carrier] = [
        one
        for one in of_infant(connection, LabResult, row.infant_id, include_void=True)
        if one.analyte == key
    ]
    found = found or [*of_infant(connection, BloodCount, row.infant_id, include_void=True)]
    seen = [one for one in found if one.taken_at == row.seen_at and stood(one, row.recorded_at)]
    return seen[-1] if seen else None


def newer_result(ward: Ward, row: OpenedOn, carried: Carrier) -> str:
    """What the newest result of the analyte says, where it is another one than that of the opening."""
    key = _analyte(row.measure)
    source = _source(carried)
    results = [
        one
        for one in results_of(ward, row.infant_id)
        if one.analyte == key and one.state != "not done" and one.taken_at <= ward.now()
    ]
    if not results or results[-1].source == source:
        return ""
    return f"{_written(results[-1])}, {write_date_time(ward.local(results[-1].taken_at))}"


def opened_on_result(connection: Reader, title_of: dict[str, str], result: LabResult) -> list[str]:
    """The courses whose opening rests on a result, a sentence each.

    Args:
        connection: from a reading.
        title_of: titles of courses by their keys.
        result: the result that is about to be corrected or struck out.
    """
    starts = {
        row.start_id
        for row in of_infant(connection, OpenedOn, result.infant_id)
        if (carried := carrier_of(connection, row)) is not None
        and _source(carried) == f"lab_result:{result.id}"
    }
    return [
        f"{title_of.get(start.course_key, start.course_key)} opened on it, day 1 on "
        f"{write_date(start.day_1)}, by {start.recorded_by}"
        for start in of_infant(connection, CourseStart, result.infant_id)
        if start.id in starts
    ]


def _analyte(title: str) -> str:
    return next((key for key, one in catalogue().analytes.items() if one.title == title), "")


def _source(carried: Carrier) -> str:
    table = "lab_result" if isinstance(carried, LabResult) else "blood_count"
    return f"{table}:{carried.id}"


def _written(result: Result) -> str:
    if result.kept is None:
        return result.state
    return catalogue().analyte(result.analyte).write_kept(result.kept, comparator=result.comparator)
