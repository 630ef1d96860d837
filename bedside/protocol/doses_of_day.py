"""The doses of one day, without planning all of treatment: what the ward list asks many times an hour.

The same answer as picking that day out of `bedside.protocol.schedule.project`; a property test holds
the two equal. Only courses that have begun count: a dose of a later one is a plan, nothing due.
"""

from collections.abc import Sequence
from datetime import date

from bedside.protocol.course_dates import ActiveHold, Pause, pauses_of
from bedside.protocol.model import Course, Days, Protocol
from bedside.protocol.path import on_path, path_of
from bedside.protocol.projection import ProjectedDose, ScheduleFacts
from bedside.protocol.schedule import last_dose_day, left_on, path_facts
from bedside.protocol.schedule_checks import ShiftFact, check_facts
from bedside.protocol.shifts import day_standing_on, shifts_of


def doses_of_day(protocol: Protocol, facts: ScheduleFacts, on: date) -> tuple[ProjectedDose, ...]:
    """Return the planned doses of the courses that have begun, on one day.

    Args:
        protocol: the protocol.
        facts: as for `project`.
        on: the day.

    Raises:
        Refused: as `project` does.
    """
    check_facts(protocol, facts.actual, facts.lengths, facts.holds, facts.shifts)
    taken = on_path(protocol, path_of(protocol, path_facts(facts)))
    doses: list[ProjectedDose] = []
    for number, course in enumerate(taken.courses):
        start = facts.actual.get(course.key)
        if start is None or start > on:
            continue
        limit = last_dose_day(taken, facts, left_on(taken, number, facts))
        if limit is not None and on > limit:
            continue
        holds = [ActiveHold(hold[1], hold[2]) for hold in facts.holds if hold[0] == course.key]
        day = course_day_of(start, on, pauses_of(start, holds, facts.today))
        if day is not None:
            shifts = shifts_of(course.key, facts.shifts)
            doses += _due(course, day, on, shifts, repeats=limit is not None)
    return tuple(doses)


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
        cycle, cycle_day = course.cycle_of(planned)
        found += [
            ProjectedDose(on, course.key, planned, cycle, plan.drug, plan.route, cycle_day)
            for _ in range(
                (planned in plan.days.scheduled) + (repeats and _repeated(plan.days, planned))
            )
        ]
    return sorted(found, key=lambda dose: dose.course_day) if shifts else found


def _repeated(days: Days, day: int) -> bool:
    if days.repeat_from is None or days.repeat_every is None or day < days.repeat_from:
        return False
    return (day - days.repeat_from) % days.repeat_every + 1 in days.repeat_days
