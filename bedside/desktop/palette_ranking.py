"""Which lines of the palette a typed text means, the likeliest first; accents and capitals do not matter."""

from collections.abc import Sequence
from typing import TypeVar

from bedside.units.folded import folded

Line = TypeVar("Line")
_PART = 3  # a shorter piece of a number must be the whole of it: bed 6 is not number 0061
_WHOLE, _STARTS, _INSIDE, _BESIDE, _NONE = range(5)


def ranked(typed: str, lines: Sequence[tuple[str, str, bool, Line]]) -> list[Line]:
    """Return the lines that are meant: first those that begin with it, then words that do, then inside.

    Args:
        typed: what was typed; several words must all be found, in any order.
        lines: for each line its words, what else finds it (a key, a place, a number), whether it
            is closed now (of one rank, what is open comes first), and the line.
    """
    wanted = folded(typed).split()
    found = []
    for words, beside, closed, line in lines:
        rank = _rank(wanted, folded(words), folded(beside))
        if rank < _NONE:
            found.append((rank, closed, line))
    found.sort(key=lambda one: one[:2])  # a stable sort: of one rank the present place comes first
    return [line for _, _, line in found]


def _rank(wanted: list[str], words: str, beside: str) -> int:
    if words.startswith(" ".join(wanted)):
        return _WHOLE
    starts = _starts(words)
    ranks = [_rank_of(word, words, starts, beside) for word in wanted]
    return max(ranks)


def _rank_of(word: str, words: str, starts: list[str], beside: str) -> int:
    if any(start.startswith(word) for start in starts):
        return _STARTS
    if word in words:
        return _INSIDE
    part = len(word) >= _PART and word in beside
    return _BESIDE if part or word in beside.split() else _NONE


def _starts(words: str) -> list[str]:
    """The words of a line without marks: "Hold or delay…" begins three times."""
    plain = "".join(letter if letter.isalnum() else " " for letter in words)
    return plain.split()
