"""Reads the steps of a taper as typed: each day once, one dose of it, and how often a day.

The times a day are part of every step: a day's dose typed as each dose is a slip of two or three
times, and a taper often changes both.
"""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from bedside.protocol.typed_runs import runs
from bedside.units.quantities import DoseRate
from bedside.units.quantity_reader import read_dose_rate
from bedside.units.reader import read_whole
from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS, shown

HOW = 'each step as in "days 1001 to 1003: 77 mg/m2 each dose, 8 times a day; day 1004: …"'
MOST_TIMES = 24
_STEP = re.compile(
    r"days? (.+?): ?(.+?)(?: each dose)?, ?([0-9]{1,2}) times?(?: a day)?", re.IGNORECASE
)


class Steps(Struct, frozen=True):
    """The steps as read: kept text, text for people, and every day of them."""

    canonical: str
    shown: str
    days: tuple[int, ...]


def read_steps(
    text: str,
    mark: str,
    read_days: Callable[[str, str], tuple[int, ...]],
    rate_text: Callable[[DoseRate], str],
) -> Steps:
    """Read the steps of a taper.

    Args:
        text: as typed, steps with semicolons between.
        mark: the station's decimal mark.
        read_days: reads a list of course days.
        rate_text: the canonical spelling of a dose.

    Raises:
        Refused: it cannot be read; says what would be right.
    """
    doses: dict[int, tuple[str, int]] = {}
    for part in text.split(";"):
        said = part.strip(BLANKS)
        found = _STEP.fullmatch(said)
        if found is None:
            raise Refused(f'"{shown(said)}" is no step of a taper: write {HOW}.')
        days = read_days(found[1], mark)
        if doses and days[0] <= max(doses):
            raise Refused(f"{shown(said)} does not rise: write the days in order, each once.")
        times = read_whole(found[3], mark, unit="times")
        if not 1 <= times <= MOST_TIMES:
            raise Refused(f"{times} times a day is not possible: write 1 to {MOST_TIMES} times.")
        dose = rate_text(read_dose_rate(found[2].strip(BLANKS), mark))
        doses |= dict.fromkeys(days, (dose, times))
    if len({dose.partition(" ")[2] for dose, _ in doses.values()}) > 1:
        raise Refused("The steps of a taper have different units: write all in one.")
    canonical = "; ".join(
        f"days {', '.join(runs(days))}: {dose}, {times} times a day"
        for days, dose, times in _steps(doses)
    )
    return Steps(canonical, _shown(doses), tuple(doses))


def _steps(doses: Mapping[int, tuple[str, int]]) -> list[tuple[list[int], str, int]]:
    """Days that follow each other with one dose as one step, however they were typed."""
    steps: list[tuple[list[int], str, int]] = []
    for day, (dose, times) in doses.items():
        if steps and steps[-1][1:] == (dose, times):
            steps[-1][0].append(day)
        else:
            steps.append(([day], dose, times))
    return steps


def _shown(doses: Mapping[int, tuple[str, int]]) -> str:
    """Every day by itself (hazard H18), and that the dose is one of so many on a day."""
    said = []
    for days, dose, times in _steps(doses):
        listed = f"{'day' if len(days) == 1 else 'days'} {', '.join(map(str, days))}"
        often = "once a day" if times == 1 else f"{times} times a day"
        said.append(f"{listed}: {dose} each dose, {often}")
    return "; ".join(said)
