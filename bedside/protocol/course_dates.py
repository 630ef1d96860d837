"""Turns course days into dates, past the days on which a course was held.

A hold pauses a course: the protocol's day numbers stay, the dates of all that is still to come
move on by the held days.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class ActiveHold(NamedTuple):
    """A hold of a whole course: first and last held day; None while no end is entered."""

    since: date
    until: date | None


class Pause(NamedTuple):
    """Days on which a running course stood still: the first and the last."""

    since: date
    until: date


def start_after_holds(
    start: date, holds: Sequence[ActiveHold], today: date | None
) -> tuple[date, bool]:
    """Move an expected start past its holds and out of the past.

    Args:
        start: the start without holds.
        holds: the holds of this course.
        today: the day today, or None where it is not known.

    Returns:
        The start, and whether a hold is still open on it (then it is the earliest day possible).
    """
    moved = start if today is None else max(start, today)
    still_held = False
    for hold in sorted(holds, key=lambda hold: hold.since):
        if hold.since > moved:
            continue
        if hold.until is None:
            still_held = True
            held_to = hold.since if today is None else max(today, hold.since)
            moved = max(moved, held_to + ONE_DAY)
        elif moved <= hold.until:
            moved = hold.until + ONE_DAY
    return moved, still_held


def pauses_of(
    start: date | None, holds: Sequence[ActiveHold], today: date | None
) -> tuple[Pause, ...]:
    """The holds that pause a running course, each with an end, in order, without overlap.

    The start itself happened (or is already moved), so held days up to it do not count. An open
    hold lasts through today; without today it lasts one day, the least that is certain.
    """
    if start is None:
        return ()
    pauses: list[Pause] = []
    free_from = start + ONE_DAY
    for hold in sorted(holds, key=lambda hold: hold.since):
        until = hold.until if hold.until is not None else max(today or hold.since, hold.since)
        since = max(hold.since, free_from)
        if since <= until:
            pauses.append(Pause(since, until))
            free_from = until + ONE_DAY
    return tuple(pauses)


def dose_dates(start: date, days: Sequence[int], pauses: Sequence[Pause]) -> list[date]:
    """The dates of course days (rising), moved past the pauses.

    Args:
        start: day 1 of the course.
        days: course days, the first is 1.
        pauses: from `pauses_of`.
    """
    first = start.toordinal() - 1
    dates = [first + day for day in days]
    for pause in pauses:
        held_from = pause.since.toordinal()
        moved_by = pause.until.toordinal() - held_from + 1
        dates = [day + moved_by if day >= held_from else day for day in dates]
    return [date.fromordinal(day) for day in dates]
