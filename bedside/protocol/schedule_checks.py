"""Refuses facts that no calendar can hold: unknown courses, an impossible order, holds that end early."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from bedside.protocol.model import Protocol
from bedside.units.dates import write_date
from bedside.units.refusal import Refused

HoldFact = tuple[str, date, date | None]  # course key, first held day, last held day or None
ShiftFact = tuple[str, str, str, int, int]  # course key, drug, route, from course day, by days


def check_facts(
    protocol: Protocol,
    actual: Mapping[str, date],
    lengths: Mapping[str, int],
    holds: Sequence[HoldFact],
    shifts: Sequence[ShiftFact] = (),
) -> None:
    """Refuse impossible facts, with every reason at once.

    Args:
        protocol: the protocol.
        actual: day 1 of the courses that have begun.
        lengths: the site's course lengths in days.
        holds: holds of whole courses.
        shifts: doses of one drug that are given later.

    Raises:
        Refused: at least one fact is impossible.
    """
    faults = _unknown_courses(
        protocol, [*actual, *lengths, *(hold[0] for hold in holds), *(shift[0] for shift in shifts)]
    )
    if not faults:
        faults = [
            *_wrong_order(protocol, actual),
            *_wrong_lengths(protocol, lengths),
            *_wrong_holds(protocol, holds),
            *_wrong_shifts(protocol, shifts),
        ]
    if faults:
        raise Refused(*faults)


def _unknown_courses(protocol: Protocol, named: Sequence[str]) -> list[str]:
    known = [course.key for course in protocol.courses]
    return [
        f"{key!r} is not a course of {protocol.title}: its courses are {', '.join(known)}."
        for key in dict.fromkeys(named)
        if key not in known
    ]


def _wrong_order(protocol: Protocol, actual: Mapping[str, date]) -> list[str]:
    begun = [course for course in protocol.courses if course.key in actual]
    faults = []
    for before, after in pairwise(begun):
        first, second = actual[before.key], actual[after.key]
        if second <= first:
            faults.append(
                f"{after.title} cannot have begun on {write_date(second)}: it comes after "
                f"{before.title}, which began on {write_date(first)}. Correct one of them."
            )
    return faults


def overlaps(
    protocol: Protocol, actual: Mapping[str, date], lengths: Mapping[str, int]
) -> tuple[str, ...]:
    """Courses that began before the one before them was over, each in words; it may be so, or a slip.

    Args:
        protocol: the protocol.
        actual: day 1 of each course that has begun.
        lengths: the site's own lengths, in days to day 1 of the next course.
    """
    begun = [course for course in protocol.courses if course.key in actual]
    found = []
    for before, after in pairwise(begun):
        day = (actual[after.key] - actual[before.key]).days + 1
        length = before.length_days or lengths.get(before.key)
        last = length or before.last_dosing_day or 0
        if day <= last:
            over = f"which has {length} days" if length else f"whose last dose is on day {last}"
            found.append(
                f"{after.title} began on {write_date(actual[after.key])}, day {day} of "
                f"{before.title}, {over}: they overlap. Check both dates."
            )
    return tuple(found)


def _wrong_lengths(protocol: Protocol, lengths: Mapping[str, int]) -> list[str]:
    faults: list[str] = []
    for course in protocol.courses if lengths else ():
        length = lengths.get(course.key)
        if length is None:
            continue
        if course.length_days is not None and length != course.length_days:
            faults.append(
                f"{course.title} has {course.length_days} days by its public source: a site length "
                f"of {length} days is refused."
            )
        elif length < 1:
            faults.append(f"{course.title} cannot have {length} days: a course has at least one.")
        elif (last := course.last_dosing_day) is not None and length < last:
            faults.append(
                f"{course.title} cannot have {length} days: its last dose is on day {last}."
            )
    return faults


def _wrong_holds(protocol: Protocol, holds: Sequence[HoldFact]) -> list[str]:
    return [
        f"A hold of {protocol.course(key).title} cannot end on {write_date(until)}, before it "
        f"begins on {write_date(since)}."
        for key, since, until in holds
        if until is not None and until < since
    ]


def _wrong_shifts(protocol: Protocol, shifts: Sequence[ShiftFact]) -> list[str]:
    faults = []
    for key, drug, route, from_day, by_days in shifts:
        course = protocol.course(key)
        if not any((plan.drug, plan.route) == (drug, route) for plan in course.drugs):
            faults.append(f"{course.title} has no {drug} {route} whose doses could be shifted.")
        elif from_day < 1 or by_days < 1:
            faults.append(
                f"{course.title}: {drug} is shifted by at least 1 day, from course day 1 or later."
            )
    return faults
