"""Planned doses of earlier courses of which nobody recorded what became of them, grouped by course.

They stay visible after the next course was opened: cumulative doses count them neither as given nor
as planned, so somebody has to say what became of each. They stand on the infant's own pages, one line for all of
them; the ward list is for what is to be done tonight.
"""

from collections.abc import Iterator

from msgspec import Struct

from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date
from bedside.ward.due import plan_of, unrecorded
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.standing import Standing, standing_of
from bedside.ward.views.marks import HeldItem
from bedside.ward.views.orders import OrderKey
from bedside.ward.ward import Ward


class PastCourse(Struct, frozen=True):
    """An earlier course, and its doses that nobody recorded, in the order of their days."""

    key: str
    title: str
    doses: tuple[ProjectedDose, ...]


class PastLine(Struct, frozen=True):
    """A dose of an earlier course that nobody recorded, for the list; ``course`` is its title."""

    key: OrderKey
    course: str
    words: str  # "vinCRIStine intravenous, day 8, 08-Sep-2026"


def past_courses(facts: InfantFacts, standing: Standing) -> tuple[PastCourse, ...]:
    """The courses that were begun before the one that runs, with what is not recorded of each."""
    running = "" if standing.running is None else standing.running.key
    found = []
    for start in facts.starts:
        projected = standing.projected(start.course_key)
        if start.course_key == running or projected is None:
            continue
        doses = tuple(
            dose for dose in projected.doses if dose.on < standing.today and unrecorded(facts, dose)
        )
        if doses:
            title = facts.protocol.course(start.course_key).title
            found.append(PastCourse(start.course_key, title, doses))
    return tuple(found)


def past_items(facts: InfantFacts, standing: Standing) -> tuple[HeldItem, ...]:
    """One line for the first page, with how many of each course; nothing where all is recorded."""
    courses = past_courses(facts, standing)
    if not courses:
        return ()
    count = sum(len(one.doses) for one in courses)
    doses = "1 dose" if count == 1 else f"{count} doses"
    by_course = "; ".join(f"{one.title}: {len(one.doses)}" for one in courses)
    headline = f"{doses} of earlier courses not recorded"
    return (HeldItem("unknown", headline, (by_course,), "recorded"),)


def past_lines(ward: Ward, infant_id: int) -> tuple[PastLine, ...]:
    """Every dose of an earlier course that nobody recorded, course by course."""
    facts = facts_of(ward, infant_id)
    return tuple(_lines(ward, facts, standing_of(ward, facts)))


def _lines(ward: Ward, facts: InfantFacts, standing: Standing) -> Iterator[PastLine]:
    for course in past_courses(facts, standing):
        for dose in course.doses:
            name = ward.drugs.display_name(dose.drug)
            route = plan_route_words(plan_of(facts, dose), dose.route)
            yield PastLine(
                (dose.course_key, dose.course_day, dose.drug, dose.route),
                course.title,
                f"{name} {route}, day {dose.course_day}, {write_date(dose.on)}",
            )
