"""The courses whose papers are offered: those that run, come next or have just been."""

from bedside.protocol.model import Course
from bedside.ward.facts import InfantFacts
from bedside.ward.risk_facts import path_of_infant


def near_courses(facts: InfantFacts) -> tuple[Course, ...]:
    """The courses around the one that runs, on the infant's own path: no paper of the other arm."""
    path = path_of_infant(facts)
    left_out = () if path is None else path.left_out
    courses = tuple(
        course
        for course in facts.protocol.courses
        if not (course.arm and course.key in left_out) or facts.start_of(course.key) is not None
    )
    started = [index for index, course in enumerate(courses) if facts.start_of(course.key)]
    last = started[-1] if started else 0
    return courses[max(0, last - 1) : last + 3]
