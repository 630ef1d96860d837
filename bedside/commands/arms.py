"""Which courses an infant takes where a protocol has arms, and what stays undated while that is open.

Decision: an unknown arm is not chosen for anybody. All courses are listed then, but a date that
would rest on the course of one arm is left out and says why.
"""

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from bedside.commands.options import either, read_choice
from bedside.protocol.model import Protocol
from bedside.protocol.schedule import ProjectedCourse, Projection, ScheduleFacts, project
from bedside.units.refusal import Refused


def arms_of(protocol: Protocol) -> tuple[str, ...]:
    """Return the protocol's arms in the order of their courses; none where all take the same."""
    return tuple(dict.fromkeys(course.arm for course in protocol.courses if course.arm))


def read_arm(protocol: Protocol, typed: str | None, actual: Mapping[str, date]) -> str | None:
    """Return the arm: as typed, else as the courses that have begun show it, else None.

    Raises:
        Refused: the protocol has no such arm, or courses of another arm have begun.
    """
    arms = arms_of(protocol)
    if typed is not None and not arms:
        raise Refused(
            f"--arm: {protocol.title} has one arm, every infant has the same courses: "
            "leave out --arm."
        )
    if typed is not None:
        read_choice("--arm", typed, arms)
    begun = {course.arm for course in protocol.courses if course.arm and course.key in actual}
    if len(begun | ({typed} if typed else set())) > 1:
        raise Refused(
            f"--arm: courses of more than one arm of {protocol.title} are named "
            f"({protocol.arm_words}): keep those of {either(arms)}."
        )
    return typed or next(iter(begun), None)


def project_arm(protocol: Protocol, arm: str | None, facts: ScheduleFacts) -> Projection:
    """Project the courses of one arm; of all arms, undated where it matters, while it is open.

    Raises:
        Refused: as `bedside.protocol.schedule.project`.
    """
    if arm is None:
        projection = project(protocol, facts)
        return undated_where_open(protocol, projection) if arms_of(protocol) else projection
    others = {course.key for course in protocol.courses if course.arm not in ("", arm)}
    courses = tuple(course for course in protocol.courses if course.key not in others)
    lengths = {key: days for key, days in facts.lengths.items() if key not in others}
    return project(replace(protocol, courses=courses), replace(facts, lengths=lengths))


def undated_where_open(protocol: Protocol, projection: Projection) -> Projection:
    """Take out the dates that rest on one arm's course while the arm is open.

    Args:
        protocol: the whole protocol, its arm not known.
        projection: all its courses in one chain.
    """
    arm_of_course = {course.key: course.arm for course in protocol.courses}
    why = f"not known: depends on the arm, {either(arms_of(protocol))}"
    courses: list[ProjectedCourse] = []
    reached, known_again = False, False
    for course in projection.courses:
        reached = reached or bool(arm_of_course[course.key])
        known_again = known_again or (reached and course.basis == "actual")
        shown = replace(course, planned_start=None) if reached else course
        if reached and not known_again and course.basis == "projected":
            shown = replace(shown, start=None, basis="", certainty=why, end=None, doses=())
        courses.append(shown)
    return replace(projection, courses=tuple(courses))
