"""Reads the written files (protocols, drugs, site values) and collects every fault in one go.

A pharmacist who mistyped three things is told of all three, each with the file, the place in it
and what would be right. Decision: own small reader over `tomli`; a schema library was rejected
because its messages speak of types and indexes, not of drugs and days.
"""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

import tomli

from bedside.units.refusal import Refused


class Faults:
    """The faults found in one file so far, in the order of reading."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[str] = []

    def add(self, place: str, words: str) -> None:
        """Note a fault: the place in the file, and what is wrong and would be right."""
        self.found.append(f"{self.file}: {place or 'top of the file'}: {words}")


def read_toml(text: str, file: str, refusal: type[Refused]) -> tuple["FileTable", Faults]:
    """Read TOML; decimals stay exact.

    Args:
        text: the file's text.
        file: its name, for messages.
        refusal: the kind of refusal to raise.

    Raises:
        Refused: the text is not TOML, or a key stands in it twice (with line and column).
    """
    faults = Faults(file)
    try:
        values = tomli.loads(text, parse_float=_exact)
    except (tomli.TOMLDecodeError, _InexactNumber, RecursionError) as fault:
        raise refusal(f"{file}: {_explained(str(fault))}") from fault
    return FileTable(values, "", faults), faults


class _InexactNumber(ValueError):
    """A number written in a way that invites a slip."""


def _exact(text: str) -> Decimal:
    if not all(character in "0123456789.+-" for character in text):
        raise _InexactNumber(
            f"the number {text} is not plain: write it out, for example 2.5, without exponent, "
            "underscore, nan or inf"
        )
    return Decimal(text)


def _explained(words: str) -> str:
    if "Cannot overwrite a value" in words or "Cannot declare" in words:
        return f"a key stands there twice: keep one of them. {words}"
    return f"this cannot be read: {words}"


class FileTable:
    """One table of the file; what was not asked for by the time of `done` is an unknown key."""

    def __init__(self, values: dict[str, Any], place: str, faults: Faults) -> None:
        self.values = values
        self.place = place
        self.faults = faults
        self._known: set[str] = set()

    def where(self, key: str) -> str:
        """The place of a key in words: ``course induction > drug cytarabine IV > days``."""
        return f"{self.place} > {key}" if self.place else key

    def fault(self, key: str, words: str) -> None:
        """Note a fault at a key of this table."""
        self.faults.add(self.where(key) if key else self.place, words)

    def has(self, key: str) -> bool:
        """Whether the key is there (asking makes it a known key)."""
        self._known.add(key)
        return key in self.values

    def text(self, key: str, default: str | None = None) -> str:
        """A text; one without a default must be there and not be empty."""
        value = self._value(key, default is None, "a text in quotes")
        if value is None:
            return default or ""
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.fault(key, f"a text in quotes is needed, not {value!r}.")
            return default or ""
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false, written out."""
        value = self._value(key, False, "")
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.fault(key, f"true or false is needed, not {value!r}.")
        return default

    def whole(self, key: str, default: int | None = None, *, needed: bool = False) -> int | None:
        """A whole number of at least 1."""
        value = self._value(key, needed, "a whole number")
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self.fault(key, f"a whole number from 1 is needed, not {_shown(value)}.")
            return default
        return value

    def number(self, key: str, *, needed: bool = False) -> Decimal | None:
        """A number above 0, exact."""
        value = self._value(key, needed, "a number")
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or value <= 0:
            self.fault(key, f"a number above 0 is needed, without quotes, not {_shown(value)}.")
            return None
        return Decimal(value)

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        """One of the given words."""
        value = self._value(key, default is None, f"one of {', '.join(choices)}")
        if value is None:
            return choices[0] if default is None else default
        if value not in choices:
            self.fault(key, f"{_shown(value)} is not known: write one of {', '.join(choices)}.")
            return choices[0] if default is None else default
        return str(value)

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        value = self._value(key, needed, "a list of texts")
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(key, f'a list of texts is needed, for example ["S1"], not {_shown(value)}.')
            return ()
        return tuple(value)

    def wholes(self, key: str, *, needed: bool = False) -> tuple[int, ...]:
        """A list of whole numbers of at least 1, each once, in rising order (as days are)."""
        value = self._value(key, needed, "a list of whole numbers")
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(key, f"a list is needed, for example [1, 8], not {_shown(value)}.")
            return ()
        return tuple(self._kept_whole(key, value))

    def table(self, key: str, *, needed: bool = False) -> "FileTable | None":
        """A table below this one."""
        value = self._value(key, needed, "a table")
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(key, f"a table is needed, not {_shown(value)}.")
            return None
        return FileTable(value, self.where(key), self.faults)

    def tables(self, key: str, *, needed: bool = False) -> list["FileTable"]:
        """A list of tables; each is named by its number until the caller knows a better name."""
        value = self._value(key, needed, f"at least one [[{key}]]")
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(key, f"a list of tables ([[{key}]]) is needed.")
            return []
        if needed and not value:
            self.fault(key, f"this is empty: write at least one [[{key}]].")
        return [
            FileTable(item, self.where(f"{key} {number}"), self.faults)
            for number, item in enumerate(value, start=1)
        ]

    def done(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.values:
            if key not in self._known:
                self.fault(key, f"this key is not known{_nearest(key, self._known)}.")

    def _value(self, key: str, needed: bool, kind: str) -> Any:
        self._known.add(key)
        value = self.values.get(key)
        if value is None and needed:
            self.fault(key, f"this is missing: write {kind}.")
        return value

    def _kept_whole(self, key: str, items: list[Any]) -> list[int]:
        kept: list[int] = []
        for item in items:
            if isinstance(item, bool) or not isinstance(item, int):
                self.fault(key, f"{_shown(item)} is not a whole number: write days as 1, 8, 15.")
            elif item < 1:
                self.fault(key, f"day {item} is impossible: the first day is day 1.")
            elif item in kept:
                self.fault(key, f"day {item} stands there twice: keep one.")
            elif kept and item < kept[-1]:
                self.fault(key, f"day {item} stands after day {kept[-1]}: write days in order.")
            else:
                kept.append(item)
        return kept


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, Decimal) else repr(value)


def _nearest(key: str, known: Collection[str]) -> str:
    import difflib  # only a file with a slip in it needs it

    near = difflib.get_close_matches(key, sorted(known), n=1)
    if near:
        return f": is {near[0]} meant?"
    return f"; known here: {', '.join(sorted(known))}"
