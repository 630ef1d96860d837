"""Puts the courses on the calendar: from what has happened, what is stated, and what the site entered.

An actual start always wins, and everything after it moves. Where the length of a course is not
public and the site has entered none, the next start is "not before" the day after the last dose
and says so; it is never a guess. Nothing is planned after the end of therapy.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec.structs import replace

from bedside.protocol.course_chain import Rests, Slot, after, begin, certainty_words
from bedside.protocol.course_dates import ActiveHold, Pause, dose_dates, pauses_of
from bedside.protocol.model import Course, Protocol
from bedside.protocol.path import PathFacts, on_path, path_of
from bedside.protocol.path_projection import undated_where_undecided
from bedside.protocol.projection import (
    ProjectedCourse,
    ProjectedDose,
    Projection,
    ScheduleFacts,
)
from bedside.protocol.schedule_checks import HoldFact, ShiftFact, check_facts
from bedside.protocol.shifts import moved_by, shifts_of
from bedside.protocol.therapy_end import DIAGNOSIS

__all__ = [
    "HoldFact",
    "ProjectedCourse",
    "ProjectedDose",
    "Projection",
    "ScheduleFacts",
    "end_of_therapy",
    "project",
]


def project(protocol: Protocol, facts: ScheduleFacts) -> Projection:
    """Project all courses of a protocol.

    Args:
        protocol: the protocol.
        facts: starts, lengths in days, holds.

    Raises:
        Refused: a course is not in the protocol, actual starts are in an impossible order, a
            length is shorter than the course's last dosing day, or a hold ends before it begins.
    """
    check_facts(protocol, facts.actual, facts.lengths, facts.holds, facts.shifts)
    path = path_of(protocol, path_facts(facts))
    projection = _chained(on_path(protocol, path), facts)
    if leaves_therapy(protocol, facts.kmt2a):
        projection = replace(projection, end_of_therapy=None)
    return undated_where_undecided(path, projection)


def leaves_therapy(protocol: Protocol, kmt2a: str) -> bool:
    """Whether an infant with this KMT2A result leaves protocol therapy, so that it has no end."""
    known = ("rearranged", "germline", "not-evaluable")
    if kmt2a not in known:
        return False
    return any(
        kmt2a not in rule.accepted and kmt2a != "not-evaluable" for rule in protocol.continue_rules
    )


def path_facts(facts: ScheduleFacts) -> PathFacts:
    """What decides on the courses, from the facts of a schedule."""
    return PathFacts(
        facts.arm, facts.group, facts.kmt2a, facts.transplanted, frozenset(facts.actual)
    )


def _chained(protocol: Protocol, facts: ScheduleFacts) -> Projection:
    """Put the courses of a path one after the other."""
    first = protocol.courses[0]
    day_1 = facts.actual.get(first.key, facts.induction_day_1)
    end = end_of_therapy(protocol, facts)
    plan = _first_plan(protocol, facts)
    courses: list[ProjectedCourse] = []
    slot = Slot(day_1, Rests())
    for number, course in enumerate(protocol.courses):
        holds = [ActiveHold(hold[1], hold[2]) for hold in facts.holds if hold[0] == course.key]
        left = left_on(protocol, number, facts)
        slot = begin(course, slot, facts, holds, left)
        end = _ends_from(protocol, course, slot.start) or end
        pauses = pauses_of(slot.start, holds, facts.today)
        limit = last_dose_day(left, end)
        doses = _doses(course, slot.start, pauses, limit, shifts_of(course.key, facts.shifts))
        courses.append(
            ProjectedCourse(
                key=course.key,
                title=course.title,
                phase=course.phase,
                planned_start=plan[course.key],
                start=slot.start,
                basis=_basis(course, slot.start, facts),
                certainty=certainty_words(course is first, course.key in facts.actual, slot, left),
                end=_last_day(course, slot.start, facts, pauses, limit, doses),
                doses=doses,
            )
        )
        slot = after(course, slot, facts, pauses, holds)
        slot = _not_before(slot, doses, shifted=course.key in {one[0] for one in facts.shifts})
    return Projection(tuple(courses), end, _unscheduled(protocol))


def _not_before(slot: Slot, doses: Sequence[ProjectedDose], *, shifted: bool) -> Slot:
    """A course is not left while a dose of it that was shifted is still to come."""
    if not shifted or slot.start is None or not doses:
        return slot
    return slot._replace(start=max(slot.start, doses[-1].on + timedelta(days=1)))


def end_of_therapy(protocol: Protocol, facts: ScheduleFacts) -> date | None:
    """The day on which therapy ends; None while the day that it counts from is not known.

    A later course that it counts from is known once that course has begun; `project` counts from
    its projected start before that.
    """
    if protocol.therapy is None:
        return None
    since = protocol.therapy.since
    if since == DIAGNOSIS:
        return protocol.therapy.ends(facts.diagnosed_on)
    first = facts.induction_day_1 if since == protocol.courses[0].key else None
    return protocol.therapy.ends(facts.actual.get(since, first))


def _ends_from(protocol: Protocol, course: Course, start: date | None) -> date | None:
    """The end of therapy where it counts from this course; None where it does not."""
    therapy = protocol.therapy
    return therapy.ends(start) if therapy is not None and therapy.since == course.key else None


def _first_plan(protocol: Protocol, facts: ScheduleFacts) -> dict[str, date | None]:
    """Where each course stood in the first plan: no actual starts, no holds."""
    first = protocol.courses[0]
    day_1 = facts.induction_day_1 or facts.actual.get(first.key)
    unmoved = ScheduleFacts(day_1, lengths=facts.lengths)
    slot = Slot(day_1, Rests())
    plan: dict[str, date | None] = {}
    for course in protocol.courses:
        plan[course.key] = slot.start
        slot = after(course, slot, unmoved, (), ())
    return plan


def _basis(
    course: Course, start: date | None, facts: ScheduleFacts
) -> Literal["actual", "projected", ""]:
    if course.key in facts.actual:
        return "actual"
    return "" if start is None else "projected"


def left_on(protocol: Protocol, number: int, facts: ScheduleFacts) -> date | None:
    """The day on which a course after this one (by its place) began: this one was left then."""
    later = [
        facts.actual[course.key]
        for course in protocol.courses[number + 1 :]
        if course.key in facts.actual
    ]
    return min(later) if later else None


def _doses(
    course: Course,
    start: date | None,
    pauses: Sequence[Pause],
    limit: date | None,
    shifts: Sequence[ShiftFact],
) -> tuple[ProjectedDose, ...]:
    """Every planned dose, in order of dates; none after the course was left or therapy ended."""
    if start is None:
        return ()
    days = _planned_days(course, None if limit is None else (limit - start).days + 1)
    ordered = sorted(days)
    doses: list[ProjectedDose] = []
    for day, on in zip(ordered, dose_dates(start, ordered, pauses), strict=True):
        if limit is not None and on > limit:
            break
        cycle, cycle_day = course.cycle_of(day)
        for drug, route in days[day]:
            doses.append(ProjectedDose(on, course.key, day, cycle, drug, route, cycle_day))
    return tuple(_shifted(doses, start, pauses, limit, shifts)) if shifts else tuple(doses)


def _shifted(
    doses: Sequence[ProjectedDose],
    start: date,
    pauses: Sequence[Pause],
    limit: date | None,
    shifts: Sequence[ShiftFact],
) -> list[ProjectedDose]:
    """The doses on their later dates, in order of dates; those past the limit fall away."""
    found = []
    for dose in doses:
        by_days = moved_by(shifts, dose.drug, dose.route, dose.course_day)
        on = dose_dates(start, (dose.course_day + by_days,), pauses)[0] if by_days else dose.on
        if limit is None or on <= limit:
            found.append(dose._replace(on=on))
    return sorted(found, key=lambda dose: dose.on)


def _planned_days(course: Course, last: int | None) -> dict[int, list[tuple[str, str]]]:
    """Drug and route by course day; repeated cycles up to course day ``last``, none without it."""
    days: dict[int, list[tuple[str, str]]] = {}
    for plan in course.drugs:
        key = (plan.drug, plan.route)
        for day in plan.days.scheduled:
            days.setdefault(day, []).append(key)
        if plan.days.repeat_from is None or plan.days.repeat_every is None or last is None:
            continue
        for first in range(plan.days.repeat_from, last + 1, plan.days.repeat_every):
            for day in plan.days.repeat_days:
                days.setdefault(first + day - 1, []).append(key)
    return days


def last_dose_day(left: date | None, end: date | None) -> date | None:
    """The last day on which a dose of a course may stand; None where nothing ends it.

    Args:
        left: the day on which a later course began, from `left_on`.
        end: the end of therapy.
    """
    if left is None:
        return end
    before = left - timedelta(days=1)
    return before if end is None else min(before, end)


def _last_day(
    course: Course,
    start: date | None,
    facts: ScheduleFacts,
    pauses: Sequence[Pause],
    limit: date | None,
    doses: Sequence[ProjectedDose],
) -> date | None:
    """The last day of a course's band: its length, its last dose, or the day before it was left."""
    if start is None:
        return None
    length = facts.lengths.get(course.key) if course.length_days is None else course.length_days
    if length is not None:
        last = dose_dates(start, (length,), pauses)[0]
        last = max(last, doses[-1].on) if doses else last  # a shifted dose may stand behind it
    elif course.cycle_days is not None and limit is not None:
        last = limit
    elif doses:
        last = doses[-1].on
    else:
        last = start
    return last if limit is None else max(start, min(last, limit))


def _unscheduled(protocol: Protocol) -> tuple[tuple[str, str, str, str], ...]:
    """What the sources leave open, with the reason."""
    found = []
    for course in protocol.courses:
        for plan in course.drugs:
            days = plan.days
            words = []
            if days.disputed or not days.scheduled:
                words.append(days.words or "days not public")
            if days.repeat_from is not None and not days.repeat_days:
                note = "" if days.repeat_origin is None else days.repeat_origin.note
                words.append(note or f"days from day {days.repeat_from} not public")
            if words:
                found.append((course.key, plan.drug, plan.route, "; ".join(words)))
    return tuple(found)
