"""The antibiotic clock: minutes of real time from the first fever, whatever the workstation's clock does.

The time is counted from recorded UTC moments. Where the workstation's clock was put back, the later
of two times holds (what the clock shows, and what was already recorded or has run since): a clock
that jumps never gives time back (hazards H16, H45).
"""

from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct

JUMP_SECONDS = 90  # [judgement] two clocks of one machine differ by less
ClockState = Literal["running", "soon", "passed", "given", "given late"]
SOON_MINUTES = 15  # [judgement] a quarter of the hour: time to fetch and check


class SteadyTime(Struct, frozen=True):
    """The time that holds, and what must be said about the workstation's clock.

    Args:
        now: the time to count with, aware.
        jump_seconds: how far the clock jumped (below zero: back); 0 when it did not.
    """

    now: datetime
    jump_seconds: int = 0

    @property
    def words(self) -> str:
        """What a person must know; "" when the clock is steady."""
        if not self.jump_seconds:
            return ""
        minutes = max(abs(self.jump_seconds) // 60, 1)
        if self.jump_seconds < 0:
            return (
                f"The workstation's clock was put back by {minutes} min: the time is counted on "
                "from what is recorded. Compare with another clock."
            )
        return (
            f"The workstation's clock went forward by {minutes} min, or the workstation slept: "
            "compare with another clock."
        )


def steady_time(
    wall: datetime, *, last_known: datetime | None, ran_seconds: int | None = None
) -> SteadyTime:
    """Return the time that holds.

    Args:
        wall: what the workstation's clock shows, aware.
        last_known: an aware time that has certainly passed: of the last record, or the last look.
        ran_seconds: seconds that really ran since then, by a clock that cannot be set; None when
            nobody counted (after a restart).
    """
    if last_known is None:
        return SteadyTime(wall)
    ran = timedelta(seconds=ran_seconds or 0)
    least = last_known.astimezone(UTC) + ran
    ahead = wall.astimezone(UTC) - least
    seconds = ahead // timedelta(seconds=1)
    if seconds < -JUMP_SECONDS:
        return SteadyTime(least.astimezone(wall.tzinfo), seconds)
    if ran_seconds is not None and seconds > JUMP_SECONDS:
        return SteadyTime(wall, seconds)
    return SteadyTime(max(wall, least.astimezone(wall.tzinfo), key=lambda one: one.astimezone(UTC)))


class AntibioticClock(Struct, frozen=True):
    """How the antibiotic clock stands.

    Args:
        state: running, soon (the last quarter of an hour), passed, given, or given late.
        due_at: when the time is over, in the zone of the first fever.
        seconds_left: real seconds left, rounded down; below zero: so many over.
        minutes_taken: whole minutes from the first fever to the first antibiotic, once given.
    """

    state: ClockState
    due_at: datetime
    seconds_left: int
    minutes_taken: int | None = None


def antibiotic_clock(
    first_fever_at: datetime, minutes: int, now: datetime, given_at: datetime | None = None
) -> AntibioticClock:
    """Say how the clock stands.

    Args:
        first_fever_at: aware time.
        minutes: within how many minutes the first antibiotic is due.
        now: aware time that holds (`steady_time`).
        given_at: when the first antibiotic was started, aware; None while it was not. A dose from
            before the first fever, to the minute, does not stop the clock.
    """
    allowed = timedelta(minutes=minutes)
    start = first_fever_at.astimezone(UTC)
    due = (start + allowed).astimezone(first_fever_at.tzinfo)
    whole_minute = start.replace(second=0, microsecond=0)
    if given_at is not None and given_at.astimezone(UTC) >= whole_minute:
        taken = given_at.astimezone(UTC) - start
        late = taken > allowed
        left = (allowed - taken) // timedelta(seconds=1)
        whole = max(taken // timedelta(minutes=1), 0)
        return AntibioticClock("given late" if late else "given", due, left, whole)
    left = (start + allowed - now.astimezone(UTC)) // timedelta(seconds=1)
    if left < 0:
        return AntibioticClock("passed", due, left)
    return AntibioticClock("soon" if left <= SOON_MINUTES * 60 else "running", due, left)
