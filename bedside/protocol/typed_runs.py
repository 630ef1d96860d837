"""Lists of days and cycles as typed: no dash is read as a range, and runs are shown as such."""

import re

from bedside.protocol.day_words import LONGEST_LIST, list_words
from bedside.units.refusal import Refused
from bedside.units.typed_text import shown

_SPELT = 10  # so many numbers of a refused range are spelt out
_DASHED = "\u2010\u2011\u2012\u2013\u2014\u2212-"
_DASHES = frozenset(_DASHED)
_RUN = 4  # so many days in a row are shown as "a to b"


def refuse_dash(part: str) -> None:
    """A dash may be a range, a minus or a slip: it is said how a range is written, in the same numbers.

    Raises:
        Refused: there is a dash in it.
    """
    if not set(part) & _DASHES:
        return
    numbers = re.fullmatch(rf"([0-9]{{1,4}})\s*[{_DASHED}]\s*([0-9]{{1,4}})", part)
    how = 'each number with commas between, or "first to last"'
    if numbers is not None and int(numbers[1]) < int(numbers[2]):
        first, last = int(numbers[1]), int(numbers[2])
        how = f'"{first} to {last}"'
        if last - first < _SPELT:
            how = f'"{", ".join(str(one) for one in range(first, last + 1))}" or {how}'
    raise Refused(f'"{shown(part)}": a dash is not read as a range here. Write {how}.')


def runs(items: list[int]) -> list[str]:
    """A list in short: four or more in a row as "a to b"."""
    found: list[list[int]] = []
    for item in items:
        if found and item == found[-1][-1] + 1:
            found[-1].append(item)
        else:
            found.append([item])
    said: list[str] = []
    for run in found:
        said += [f"{run[0]} to {run[-1]}"] if len(run) >= _RUN else [str(one) for one in run]
    return said


def each_day(days: list[int]) -> str:
    """Days read back one by one (hazard H18): "day 1, day 2"; a long unbroken run by both its ends."""
    if len(days) > LONGEST_LIST and days[-1] - days[0] == len(days) - 1:
        return list_words(tuple(days))
    return ", ".join(f"day {day}" for day in days)
