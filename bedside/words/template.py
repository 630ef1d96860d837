"""One text of the catalogue with its holes: whether an English text was made from it, and its translation.

A hole is written {name}. A text is taken apart only as it was put together: where the same text can be
taken apart in two ways, and the translation changes the order of the parts, it is left in English.
"""

import re
from collections.abc import Iterator
from functools import cached_property

_HOLE = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[^\W\d_]+")
_BRACES = (("{{", "\ue000"), ("}}", "\ue001"))  # written twice where a text has holes

Parts = dict[str, str]


class Template:
    """A text of the catalogue with at least one hole.

    Args:
        source: in English.
        translation: in the other language, with the same holes.
    """

    def __init__(self, source: str, translation: str) -> None:
        self._source, self._translation = _joined(_plain(source), _plain(translation))
        self.words = tuple(_WORD.findall(_HOLE.sub("\n", self._source)))
        self.word_set = frozenset(self.words)
        self.letters = sum(len(word) for word in self.words)
        self.fixed = len(_HOLE.sub("", self._source))  # signs and spaces, too

    @cached_property
    def _steady(self) -> bool:
        """Whether the translation keeps the parts in their order, each once."""
        return _HOLE.findall(self._source) == _HOLE.findall(self._translation)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(_HOLE.findall(self._source))

    @cached_property
    def _between(self) -> tuple[str, ...]:
        """What stands before, between and after the holes."""
        return tuple(_single(each) for each in _HOLE.split(self._source)[::2])

    def readings(self, text: str) -> Iterator[tuple[Parts, bool]]:
        """Take a text apart: at most two ways, the first with short parts, the second with long ones.

        Returns:
            The parts by the names of their holes, and whether the text may be put together in the
            other language from them: where there are two ways, only if its order is the same.
        """
        head, *middle, tail = self._between
        first, last = len(head), len(text) - len(tail)
        if first > last or not (text.startswith(head) and text.endswith(tail)):
            return
        short = _from_left(text, middle, first, last)
        if short is None:
            return
        long = _from_right(text, middle, first, last)
        sure = short == long or self._steady
        for places in (short,) if short == long else (short, long):
            parts = self._parts(text, [first, *places, last], middle)
            if parts is not None:
                yield parts, sure

    def _parts(self, text: str, places: list[int], middle: list[str]) -> Parts | None:
        """The parts between places; None where one hole that stands twice would be two texts."""
        parts: Parts = {}
        at = places[0]
        for number, name in enumerate(self._names):
            end = places[number + 1]
            if parts.setdefault(name, text[at:end]) != text[at:end]:
                return None
            at = end + (len(middle[number]) if number < len(middle) else 0)
        return parts

    def fill(self, parts: Parts) -> str:
        """Put the translation together from its parts."""
        return _single(_HOLE.sub(lambda hole: parts[hole[1]], self._translation))


def _from_left(text: str, middle: list[str], at: int, end: int) -> list[int] | None:
    """Where each piece between two holes stands, each as far left as it can; None where one does not."""
    places = []
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return None
        places.append(found)
        at = found + len(piece)
    return places


def _from_right(text: str, middle: list[str], at: int, end: int) -> list[int]:
    """The same, each as far right as it can; there is a way, for there is one from the left."""
    places = []
    for piece in reversed(middle):
        end = text.rfind(piece, at, end)
        places.append(end)
    return places[::-1]


def has_holes(source: str) -> bool:
    """Tell whether a text of the catalogue has holes."""
    return _HOLE.search(source) is not None


def _joined(source: str, translation: str) -> tuple[str, str]:
    """Holes that touch each other in both languages are one hole: nobody can say where one ends."""
    for run in re.findall(r"(?:\{\w+\}){2,}", source):
        if run in translation:
            names = _HOLE.findall(run)
            one = "{" + "_and_".join(names) + "}"
            source, translation = source.replace(run, one), translation.replace(run, one)
    return source, translation


def _plain(text: str) -> str:
    for twice, mark in _BRACES:
        text = text.replace(twice, mark)
    return text


def _single(text: str) -> str:
    for twice, mark in _BRACES:
        text = text.replace(mark, twice[0])
    return text
