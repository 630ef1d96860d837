"""What is shown of a continuous infusion: whether it runs, since when, and what ran on each day."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

RunState = Literal["not recorded", "running", "paused", "ended"]
Event = Literal["started", "bag changed", "paused", "resumed", "ended"]


class RunDay(Struct, frozen=True):
    """One planned day: how long the infusion ran on it, by its record."""

    day: int
    on: date
    words: str  # "ran 24 h", "ran 13 h 20 min, not 2 h", "not recorded"
    whole: bool  # without a break


class ContinuousRun(Struct, frozen=True):
    """A continuous infusion of a course.

    Args:
        course_key, drug, route: which.
        name: the drug as written, with its route.
        state: whether it runs now, by its record.
        since: since when it is in this state, in the ward's zone; None where nothing is recorded.
        bag_at: when the bag that runs was hung; None unless it runs or is paused.
        words: the state in a sentence.
        events: what was recorded, newest first, in words.
        days: every planned day up to today.
        last_on: the last planned day.
    """

    course_key: str
    drug: str
    route: str
    name: str
    state: RunState
    since: datetime | None
    bag_at: datetime | None
    words: str
    events: tuple[str, ...]
    days: tuple[RunDay, ...]
    last_on: date | None

    def may(self) -> tuple[Event, ...]:
        """What can be recorded next."""
        if self.state == "running":
            return "bag changed", "paused", "ended"
        if self.state == "paused":
            return "resumed", "ended"
        return ("started",)
