"""The doses of one day and the day of one dose, without planning all of treatment.

The ward list asks this many times an hour. The same answer as picking it out of `bedside.protocol.schedule.project`; property tests hold
the two equal. Only courses that have begun count: a dose of a later one is a plan, nothing due.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bedside.protocol.course_dates import ActiveHold, Pause, dose_dates, pauses_of
from bedside.protocol.model import Course, Days, Protocol
from bedside.protocol.path import taken_by
from bedside.protocol.projection import ProjectedDose, ScheduleFacts
from bedside.protocol.schedule import end_of_therapy, last_dose_day, path_facts
from bedside.protocol.schedule_checks import ShiftFact, check_facts
from bedside.protocol.shifts import day_standing_on, moved_by, shifts_of


def doses_of_day(protocol: Protocol, facts: ScheduleFacts, on: date) -> tuple[ProjectedDose, ...]:
    """Return the planned doses of the courses that have begun, on one day.

    Args:
        protocol: the protocol.
        facts: as for `project`.
        on: the day.

    Raises:
        Refused: as `project` does.
    """
    return doses_of_days(protocol, facts, (on,))


def doses_of_days(
    protocol: Protocol, facts: ScheduleFacts, days: Sequence[date]
) -> tuple[ProjectedDose, ...]:
    """Return the same of some days, one day after the other.

    Args:
        protocol: the protocol.
        facts: as for `project`.
        days: the days, in the order in which their doses are wanted.

    Raises:
        Refused: as `project` does.
    """
    courses = [
        (begun, _pauses(begun, facts), shifts_of(begun.course.key, facts.shifts))
        for begun in _begun_courses(protocol, facts)
        if any(_may_stand(begun, on) for on in days)
    ]
    doses: list[ProjectedDose] = []
    for on in days:
        for begun, pauses, shifts in courses:
            day = course_day_of(begun.start, on, pauses) if _may_stand(begun, on) else None
            if day is not None:
                doses += _due(begun.course, day, on, shifts, repeats=begun.limit is not None)
    return tuple(doses)


def date_of_dose(
    protocol: Protocol, facts: ScheduleFacts, course_key: str, line: tuple[str, str], day: int
) -> date | None:
    """Return the date on which one planned dose of a course that has begun stands now.

    Args:
        protocol: the protocol.
        facts: as for `project`.
        course_key: the course.
        line: drug and route.
        day: the protocol's own course day of the dose, which a shift does not change.

    Returns:
        None where the course has not begun, is not on her path, or has no such dose.

    Raises:
        Refused: as `project` does.
    """
    for begun in _begun_courses(protocol, facts):
        if begun.course.key != course_key or not _is_planned(begun, line, day):
            continue
        later = moved_by(shifts_of(course_key, facts.shifts), *line, day)
        (on,) = dose_dates(begun.start, (day + later,), _pauses(begun, facts))
        return on if begun.limit is None or on <= begun.limit else None
    return None


class _Begun(NamedTuple):
    """A course that has begun."""

    course: Course
    start: date
    limit: date | None  # the last day on which a dose of it may stand


def _begun_courses(protocol: Protocol, facts: ScheduleFacts) -> list[_Begun]:
    check_facts(protocol, facts.actual, facts.lengths, facts.holds, facts.shifts)
    _, taken = taken_by(protocol, path_facts(facts))
    end = end_of_therapy(taken, facts)
    found: list[_Begun] = []
    left = None  # the day on which a later course began
    for course in reversed(taken.courses):
        start = facts.actual.get(course.key)
        if start is not None:
            found.append(_Begun(course, start, last_dose_day(left, end)))
            left = start if left is None else min(left, start)
    found.reverse()
    return found


def _may_stand(begun: _Begun, on: date) -> bool:
    return begun.start <= on and (begun.limit is None or on <= begun.limit)


def _pauses(begun: _Begun, facts: ScheduleFacts) -> Sequence[Pause]:
    """The days on which a course stood still; asked only of one that matters."""
    key = begun.course.key
    holds = [ActiveHold(hold[1], hold[2]) for hold in facts.holds if hold[0] == key]
    return pauses_of(begun.start, holds, facts.today)


def _is_planned(begun: _Begun, line: tuple[str, str], day: int) -> bool:
    repeats = begun.limit is not None
    return any(
        day in plan.days.scheduled or (repeats and _repeated(plan.days, day))
        for plan in begun.course.drugs
        if (plan.drug, plan.route) == line
    )


def course_day_of(start: date, on: date, pauses: Sequence[Pause]) -> int | None:
    """The course day that falls on a date; None on a day on which the course stood still.

    Args:
        start: day 1 of the course.
        on: the date, not before ``start``.
        pauses: from `pauses_of`.
    """
    day = on.toordinal()
    for pause in reversed(pauses):
        held_from, held_to = pause.since.toordinal(), pause.until.toordinal()
        if held_from <= day <= held_to:
            return None
        if day > held_to:
            day -= held_to - held_from + 1
    return day - start.toordinal() + 1


def _due(
    course: Course, day: int, on: date, shifts: Sequence[ShiftFact], *, repeats: bool
) -> list[ProjectedDose]:
    found = []
    for plan in course.drugs:
        planned = day
        if shifts:
            before = day_standing_on(shifts, plan.drug, plan.route, day)
            if before is None:
                continue
            planned = before
        times = (planned in plan.days.scheduled) + (repeats and _repeated(plan.days, planned))
        if not times:
            continue
        cycle, cycle_day = course.cycle_of(planned)
        found += [
            ProjectedDose(on, course.key, planned, cycle, plan.drug, plan.route, cycle_day)
        ] * times
    return sorted(found, key=lambda dose: dose.course_day) if shifts else found


def _repeated(days: Days, day: int) -> bool:
    if days.repeat_from is None or days.repeat_every is None or day < days.repeat_from:
        return False
    return (day - days.repeat_from) % days.repeat_every + 1 in days.repeat_days
