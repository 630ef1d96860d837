"""From one course to the next: where it begins, and on what that date rests."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bedside.protocol.course_dates import ActiveHold, Pause, dose_dates, start_after_holds
from bedside.protocol.model import Course
from bedside.protocol.projection import ScheduleFacts

NOT_RECORDED = "no start recorded, a later course has begun"


class Rests(NamedTuple):
    """On what a projected date rests, collected along the chain of courses."""

    site: bool = False
    not_public: tuple[str, ...] = ()
    held: str = ""

    def words(self, known: bool) -> str:
        """The certainty in words; ``known`` where there is a date, if only the earliest."""
        before = "not before" if known else "not known"
        if len(self.not_public) == 1:
            words = f"{before}: the length of {self.not_public[0]} is not public"
        elif self.not_public:
            joined = ", ".join(self.not_public[:-1]) + f" and {self.not_public[-1]}"
            words = f"{before}: the lengths of {joined} are not public"
        else:
            words = "site value" if self.site else "stated"
        return f"{words}; {self.held}" if self.held else words


class Slot(NamedTuple):
    """A start on the way through the chain; None where it cannot be said."""

    start: date | None
    rests: Rests


def begin(
    course: Course,
    slot: Slot,
    facts: ScheduleFacts,
    holds: Sequence[ActiveHold],
    left_on: date | None,
) -> Slot:
    """The start of a course: actual where it has begun, else projected past holds and today."""
    actual = facts.actual.get(course.key)
    if actual is not None:
        return Slot(actual, Rests())
    if left_on is not None:
        return Slot(None, Rests())
    if slot.start is None:
        return slot
    start, still_held = start_after_holds(slot.start, holds, facts.today)
    rests = slot.rests._replace(held=_held(course)) if still_held else slot.rests
    return Slot(start, rests)


def _held(course: Course) -> str:
    return f"{course.title} is held, no end entered"


def certainty_words(is_first: bool, has_begun: bool, slot: Slot, left_on: date | None) -> str:
    """On what the start rests, in words; "" for an actual one."""
    if has_begun:
        return ""
    if left_on is not None:
        return NOT_RECORDED
    if is_first:
        return "not entered" if slot.start is None else "expected"
    if slot.start is None and not slot.rests.not_public:
        return "not known: the start of Induction is not entered"
    return slot.rests.words(slot.start is not None)


def after(
    course: Course,
    slot: Slot,
    facts: ScheduleFacts,
    pauses: Sequence[Pause],
    holds: Sequence[ActiveHold],
) -> Slot:
    """Where the next course would begin."""
    if slot.start is None:
        return slot
    rests = slot.rests
    if any(hold.until is None for hold in holds):
        rests = rests._replace(held=_held(course))
    length = course.length_days
    if length is None and course.key in facts.lengths:
        length = facts.lengths[course.key]
        rests = rests._replace(site=True)
    if length is None:
        rests = rests._replace(not_public=(*rests.not_public, course.title))
        length = course.last_dosing_day if course.all_days_public else None
    if length is None:
        return Slot(None, rests)
    return Slot(dose_dates(slot.start, (length,), pauses)[0] + timedelta(days=1), rests)
