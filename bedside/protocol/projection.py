"""What a schedule is made from and what it becomes: facts in, courses and doses on dates out."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from msgspec import Struct, field

from bedside.protocol.schedule_checks import HoldFact, ShiftFact


class ScheduleFacts(Struct, frozen=True):
    """What is known of one infant's calendar.

    ``induction_day_1`` is the expected first day (the first plan counts from it); ``actual`` holds
    day 1 of every course that has begun; ``lengths`` the site's course lengths in days to the next
    day 1; ``holds`` whole-course holds with their first and last held day; ``shifts`` doses of one
    drug that are given later than the protocol's day; ``today``, where given,
    keeps what has not begun out of the past and ends an open hold tomorrow at the earliest.
    ``diagnosed_on``: the day of diagnosis, where the end of therapy counts from it.
    ``arm``, ``group``, ``kmt2a`` and ``transplanted`` decide on the courses (`path.PathFacts`).
    """

    induction_day_1: date | None
    actual: Mapping[str, date] = field(default_factory=dict)
    lengths: Mapping[str, int] = field(default_factory=dict)
    holds: tuple[HoldFact, ...] = ()
    today: date | None = None
    arm: str = ""
    group: str = ""
    kmt2a: str = "unknown"
    transplanted: bool | None = None
    shifts: tuple[ShiftFact, ...] = ()
    diagnosed_on: date | None = None


class ProjectedDose(NamedTuple):
    """One drug on one day; ``cycle`` and ``cycle_day`` only where the course runs in cycles."""

    on: date
    course_key: str
    course_day: int
    cycle: int | None
    drug: str
    route: str
    cycle_day: int | None = None


class ProjectedCourse(Struct, frozen=True):
    """One course on the calendar.

    ``planned_start`` is its place in the first plan, ``start`` its place now; ``certainty`` is ""
    for an actual start, else on what the start rests. ``end`` is its last day as far as known.
    """

    key: str
    title: str
    phase: str
    planned_start: date | None
    start: date | None
    basis: Literal["actual", "projected", ""]
    certainty: str
    end: date | None
    doses: tuple[ProjectedDose, ...]


class Projection(Struct, frozen=True):
    """The whole of treatment; ``unscheduled`` says what is left out: course, drug, route, why."""

    courses: tuple[ProjectedCourse, ...]
    end_of_therapy: date | None
    unscheduled: tuple[tuple[str, str, str, str], ...]

    def course(self, key: str) -> ProjectedCourse:
        """Return a course of the projection; raises KeyError when there is none."""
        for course in self.courses:
            if course.key == key:
                return course
        raise KeyError(key)
