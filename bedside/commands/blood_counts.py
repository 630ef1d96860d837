"""Reads blood counts, and refuses what no blood holds: a unit slip must not open a start rule.

The bounds are those of the screen (`bedside.clinical.count_plausibility`, hazard H14). The screen asks
for a second typing of a count that is possible but very unusual; a command cannot ask, so it
answers and says so first. Without the infant's own last counts no command line can catch every slip.
A count may be given as a bound ("<0.1 10^9/L"), as on the slip and on the screen.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TypeVar

from bedside.clinical.judgement import Plausibility
from bedside.clinical.laboratory_typed import comparator_of
from bedside.clinical.plausibility import (
    Entered,
    judge_anc,
    judge_haemoglobin,
    judge_platelets,
    judge_white_cells,
)
from bedside.units.bounds import Bound, bounded
from bedside.units.measures import MEASURES
from bedside.units.quantities import Anc, Blasts, Haemoglobin, Platelets, WhiteCells
from bedside.units.quantity_reader import read_anc, read_blasts, read_platelets, read_white_cells
from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS

Counted = Anc | Platelets | WhiteCells | Haemoglobin
Given = tuple[str, Counted | Bound[Anc] | Bound[Platelets] | Bound[WhiteCells] | None, str | None]
Count = TypeVar("Count", Anc, Platelets, WhiteCells)
Read = TypeVar("Read")
_AT = datetime(2000, 1, 1, tzinfo=UTC)  # any time: nothing earlier is compared


def or_bound(read: Callable[[str], Read]) -> Callable[[str], Read | Bound[Read]]:
    """Return a reader that also takes "<" or ">" before what the given reader takes.

    Args:
        read: a strict reader of a quantity that is not below 0.
    """

    def read_it(text: str) -> Read | Bound[Read]:
        typed = text.strip(BLANKS)
        sign = comparator_of(typed)
        rest = typed[1:].strip(BLANKS) if sign else text
        value = read(rest)
        if sign == "<" and not rest.partition(" ")[0].strip("0."):
            raise Refused("Nothing is less than 0: write the bound as it stands on the slip, or 0.")
        return bounded(sign, value)

    return read_it


def read_possible_anc(text: str) -> Anc:
    """Read a neutrophil count that blood can hold.

    Raises:
        Refused: no neutrophil count, or one above what is possible; the unit slip is named.
    """
    return _possible(read_anc(text), text)


def read_possible_platelets(text: str) -> Platelets:
    """Read a platelet count that blood can hold; refuses as `read_possible_anc` does."""
    return _possible(read_platelets(text), text)


def read_possible_white_cells(text: str) -> WhiteCells:
    """Read a white-cell count that blood can hold; refuses as `read_possible_anc` does."""
    return _possible(read_white_cells(text), text)


def read_possible_blasts(text: str) -> Blasts:
    """Read blasts in blood; they are white cells, so there cannot be more of them."""
    blasts = read_blasts(text)
    _possible(WhiteCells(blasts.per_ul), text)
    return blasts


def check_possible(count: Counted, text: str = "") -> None:
    """Refuse a count that blood cannot hold; ``text`` as it was typed names its unit.

    Raises:
        Refused: the count is outside what is possible.
    """
    judged = _judged(count, text)
    if judged.level == "impossible":
        raise Refused(judged.words)


def doubts_of(counts: Iterable[Given]) -> tuple[tuple[str, str], ...]:
    """Which counts are possible but hard to believe: the option of each, and why.

    Of a bound only what is impossible is said.

    Args:
        counts: option, count and the text as typed of each; None where it was not given.
    """
    judged = [
        (option, _judged(count, text or ""))
        for option, count, text in counts
        if count is not None and not isinstance(count, Bound)
    ]
    return tuple((option, found.words) for option, found in judged if found.level == "unusual")


def notes_for_counts(counts: Iterable[Given]) -> tuple[str, ...]:
    """Say which counts are possible but hard to believe. Arguments as `doubts_of`."""
    return tuple(
        f"{option}: {words}. On the screen it is typed a second time."
        for option, words in doubts_of(counts)
    )


def _possible(count: Count, text: str) -> Count:
    check_possible(count, text)
    return count


def _judged(count: Counted, text: str) -> Plausibility:
    how = Entered(_unit_of(text))
    if isinstance(count, Anc):
        return judge_anc(count, (), _AT, how)
    if isinstance(count, Platelets):
        return judge_platelets(count, (), _AT, how)
    if isinstance(count, WhiteCells):
        return judge_white_cells(count, (), _AT, how)
    return judge_haemoglobin(count, (), _AT, how)


def _unit_of(text: str) -> str:
    """The unit's name as the screen knows it; "" where the text has none."""
    spelled = text.strip(BLANKS).partition(" ")[2].strip(BLANKS)
    unit = MEASURES["anc"].find(spelled)
    if unit is None:
        return ""
    if unit.factor == 1:
        return "/uL"
    return "10*3/uL" if "3/" in spelled else "10*9/L"
