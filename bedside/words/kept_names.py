"""Names that stand letter by letter in every language, and within a text are taken for no words of it (H25)."""

import re
from collections.abc import Iterable

_FIRST, _LAST = 0xE200, 0xF8FF  # for private use: no letters, and nothing that the program writes


class KeptNames:
    """Names of infants, people and places; in a text each of several words is hidden behind one sign."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._signs: dict[str, str] = {}
        self._called: dict[str, str] = {}
        self._any: re.Pattern[str] | None = None

    def keep(self, names: Iterable[str]) -> bool:
        """Keep names; returns whether one of them is new."""
        new = {name for name in names if name} - self.names
        self.names |= new
        for name in sorted(new):
            sign = _FIRST + len(self._signs)
            if " " in name and sign <= _LAST:
                self._signs[name] = chr(sign)
                self._called[chr(sign)] = name
        if new and self._signs:
            whole = sorted(self._signs, key=len, reverse=True)
            listed = "|".join(map(re.escape, whole))
            self._any = re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
        return bool(new)

    def hidden(self, text: str) -> str:
        """Return a text with a sign for each name in it."""
        if self._any is None:
            return text
        return self._any.sub(lambda name: self._signs[name[0]], text)

    def back(self, text: str) -> str:
        """Return a text with its names again."""
        return "".join(self._called.get(letter, letter) for letter in text)
