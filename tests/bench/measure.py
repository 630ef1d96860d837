"""One thing measured against its floor: both in the same run, by turns, each by its median."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

LEAST_RUNS = 7


@dataclass(frozen=True)
class Measure:
    """What was found.

    Args:
        name: what was measured.
        floor_name: what it is measured against; "" when it stands alone.
        unit: "ms" or "MiB".
        ours: the median of ours.
        floor: the median of the floor; None when it stands alone.
        limit: the most that ours may be, as a multiple of the floor; None without one.
        trouble: why it could not be measured; "" when it was.
    """

    name: str
    floor_name: str = ""
    unit: str = "ms"
    ours: float = 0.0
    floor: float | None = None
    limit: float | None = None
    trouble: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours as a multiple of the floor."""
        return None if self.trouble or not self.floor else self.ours / self.floor

    @property
    def verdict(self) -> str:
        """In one word or two: "within", "OVER", "–" without a limit, or "not measured"."""
        if self.trouble:
            return "NOT MEASURED"
        if self.ratio is None or self.limit is None:
            return "–"
        return "within" if self.ratio <= self.limit else "OVER"

    def as_json(self) -> dict[str, object]:
        """Return everything, for a script."""
        return {**self.__dict__, "ratio": self.ratio, "verdict": self.verdict}


def by_turns(
    ours: Callable[[int], object], floor: Callable[[int], object], runs: int, warm_up: int = 3
) -> tuple[float, float]:
    """Time two things by turns and return the median milliseconds of each.

    Args:
        ours: does ours once; gets the number of the turn.
        floor: does the floor once.
        runs: how many turns count, 7 at least.
        warm_up: how many turns before do not.
    """
    if runs < LEAST_RUNS:
        raise ValueError(f"at least {LEAST_RUNS} runs make a median")
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(warm_up + runs):
        for job, kept in zip((ours, floor), times, strict=True):
            began = perf_counter()
            job(turn)
            kept.append((perf_counter() - began) * 1000)
    return median(times[0][warm_up:]), median(times[1][warm_up:])
