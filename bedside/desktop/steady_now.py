"""Now for a countdown: it never runs backwards, whatever is done to the workstation's clock (H16)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic_ns

from bedside.ward.ward import fixed

_SET_BACK = timedelta(minutes=1)  # less is a time server at work


class SteadyNow:
    """The clock on the wall; once that lags behind the real time between two looks, real time.

    A clock that is set back while a vial stands would give it minutes that it does not have. After
    the computer slept the wall clock is the later one, since sleep does not count as passed; a clock
    that stands still altogether (a demonstration's) was not set back.

    Args:
        now: the ward's clock, aware.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._seen, self._seen_ns = fixed(now()), monotonic_ns()
        self._real: datetime | None = None

    def __call__(self) -> datetime:
        """Aware; never before what it said last."""
        shown = self._now()
        wall, passed_ns = fixed(shown), monotonic_ns()
        ran = timedelta(microseconds=(passed_ns - self._seen_ns) // 1000)
        if self._real is not None:
            self._real += ran
        elif wall != self._seen and wall - self._seen < ran - _SET_BACK:
            self._real = self._seen + ran
        if self._real is not None and wall >= self._real:
            self._real = None
        self._seen, self._seen_ns = wall, passed_ns
        return (self._real or wall).astimezone(shown.tzinfo)

    def set_back(self) -> bool:
        """Whether the wall clock says less than has really passed, as it was last asked."""
        return self._real is not None
