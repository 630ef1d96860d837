"""Days of AALL15P1 stand in the Interfant-06 file as related: equal to the register, never planned."""

from datetime import date

import pytest

from bedside.protocol.model import Protocol
from bedside.protocol.schedule import ScheduleFacts, project

MATCHING = {
    ("induction", 0): "induction",
    ("ib", 0): "consolidation",
    ("marma", 0): "interim-maintenance",
    ("octadad-1", 0): "di-part-1",
    ("octadad-2", 0): "di-part-2",
    ("maintenance", 0): "maintenance",
}


def related(protocol: Protocol) -> list[tuple[str, int, str, str, tuple[int, ...]]]:
    """Every related list of days that comes from AALL15P1's register."""
    return [
        (course.key, days.part, days.drug or plan.drug, days.route, days.days)
        for course in protocol.courses
        for plan in course.drugs
        for days in plan.related_days
        if days.source == "COG"
    ]


def test_they_are_the_days_of_the_matching_course(
    interfant06: Protocol, aall15p1: Protocol
) -> None:
    """The two files are compared list by list: neither can be corrected alone."""
    rows = related(interfant06)
    assert len(rows) == 42 - 4  # the register's lines of these courses, azacitidine left out
    for course_key, part, drug, route, days in rows:
        plan = aall15p1.course(MATCHING[course_key, part]).plan(drug, route)
        assert plan.days.scheduled == days, (course_key, drug, route)


def test_no_line_of_the_register_is_left_out(interfant06: Protocol, aall15p1: Protocol) -> None:
    ours = {
        (MATCHING[course, part], drug, route)
        for course, part, drug, route, _ in related(interfant06)
    }
    theirs = {
        (course.key, plan.drug, plan.route)
        for course in aall15p1.courses
        if course.kind != "priming"
        for plan in course.drugs
    }
    assert ours == theirs


@pytest.mark.parametrize("key", ["interfant06", "interfant06-blinatumomab"])
def test_they_are_never_scheduled(key: str, shelf: dict[str, Protocol]) -> None:
    starts = {course.key: date(2026, 1, 1) for course in shelf[key].courses[:1]}
    seen = project(shelf[key], ScheduleFacts(date(2026, 1, 1), starts))
    planned = {(dose.course_key, dose.drug) for course in seen.courses for dose in course.doses}
    public = {("induction", "asparaginase-e-coli"), ("blinatumomab", "blinatumomab")}
    assert planned <= public
    assert ("induction", "asparaginase-e-coli") in planned


def test_octadad_has_its_parts(interfant06: Protocol) -> None:
    parts = [course for course in interfant06.courses if course.phase == "OCTADAD"]
    assert [part.title for part in parts] == ["OCTADAD part 1", "OCTADAD part 2"]
    assert {part.order_origin.evidence for part in parts} == {"related"}
    assert interfant06.renamed == {"octadad": "octadad-1"}
