"""Doses of one drug that are given later than the protocol's own day: how far each one moves.

A shift never changes a course day: the dose of day 8 stays the dose of day 8, and stands on a later
date. Shifts add up, so that it does not matter which of them was recorded first. A day on which the
whole course is held moves a shifted dose like every other.
"""

from collections.abc import Sequence

from bedside.protocol.schedule_checks import ShiftFact


def shifts_of(course_key: str, shifts: Sequence[ShiftFact]) -> tuple[ShiftFact, ...]:
    """The shifts of one course."""
    return tuple(shift for shift in shifts if shift[0] == course_key)


def moved_by(shifts: Sequence[ShiftFact], drug: str, route: str, course_day: int) -> int:
    """By how many days the dose of a course day is given later.

    Args:
        shifts: of this course, from `shifts_of`.
        drug: the drug.
        route: its route.
        course_day: the protocol's own day.
    """
    return sum(
        by_days
        for _, its_drug, its_route, from_day, by_days in shifts
        if (its_drug, its_route) == (drug, route) and course_day >= from_day
    )


def day_standing_on(shifts: Sequence[ShiftFact], drug: str, route: str, day: int) -> int | None:
    """The course day of a drug that stands on a day of the course; None where none does.

    The other way round than `moved_by`. There is one at most: a later dose moves at least as far as
    an earlier one, so two doses of a drug never come to stand on one day.
    """
    for moved in {0, *_sums(shifts, drug, route)}:
        planned = day - moved
        if planned >= 1 and moved_by(shifts, drug, route, planned) == moved:
            return planned
    return None


def _sums(shifts: Sequence[ShiftFact], drug: str, route: str) -> list[int]:
    """How far doses of a drug are moved, after each of its shifts."""
    own = [shift for shift in shifts if shift[1:3] == (drug, route)]
    return [moved_by(own, drug, route, from_day) for _, _, _, from_day, _ in own]
