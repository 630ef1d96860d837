"""Now for a countdown: it never runs backwards, whatever is done to the workstation's clock (H16)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic_ns

from bedside.ward.ward import fixed

_SET_BACK = timedelta(minutes=1)


class SteadyNow:
    """The later of the clock on the wall and the real time that has passed since it was first asked.

    A clock that is set back while a vial stands would give it minutes that it does not have. After
    the computer slept the wall clock is the later one, since sleep does not count as passed.

    Args:
        now: the ward's clock, aware.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._from, self._from_ns = now(), monotonic_ns()

    def __call__(self) -> datetime:
        """Aware; never before what it said last, but for parts of a second."""
        wall = self._now()
        return max(fixed(wall), self._passed()).astimezone(wall.tzinfo)

    def set_back(self) -> bool:
        """Whether the wall clock says a minute less, or more, than has really passed."""
        return self._passed() - fixed(self._now()) >= _SET_BACK

    def _passed(self) -> datetime:
        ran = timedelta(microseconds=(monotonic_ns() - self._from_ns) // 1000)
        return fixed(self._from) + ran
