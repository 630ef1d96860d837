"""The written definitions of fever and febrile neutropenia, read from a file and checked.

A site's own file has the same form as the shipped one (`resources/fever/definitions.toml`), so an
override is a file, never a change of the program. Every figure carries evidence and source.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar

import msgspec
import tomli
from msgspec import Struct

from bedside.places import place
from bedside.units.refusal import Refused

Site = Literal["axillary", "oral", "tympanic", "rectal"]
Evidence = Literal["stated", "conflict", "related", "site", "judgement"]
SITES: tuple[Site, ...] = ("axillary", "oral", "tympanic", "rectal")

# What a site's own file may say [judgement]: every public figure of the shipped file lies well within,
# and a slipped decimal point, degrees Fahrenheit or seconds written for minutes lie outside.
_WITHIN_MINUTES = (1, 240)  # the one public figure is 60
_FEVER_CELSIUS = (37, 40)  # the public limits run from 37.5 to 38.3 °C
_LOW_CELSIUS = (34, 37)  # the one public limit is 36.0 °C

Book = TypeVar("Book")


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a figure stands."""

    short: str
    full: str


class TemperatureRule(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """One way to have a fever: by one reading, by two, or by a temperature that lasts.

    Args:
        sites: sites of measurement it is stated for.
        celsius: the limit in °C.
        edge: whether the limit itself counts.
        minutes: how long it must last between two readings; None where one reading is enough.
        minutes_edge: whether exactly so many minutes are enough.
        readings: how many readings must reach it.
        within_hours: within how many hours, where more than one must.
    """

    sites: tuple[Site, ...]
    celsius: Decimal
    edge: Literal["at least", "above"]
    minutes: int | None = None
    minutes_edge: Literal["at least", "more than"] = "at least"
    readings: int = 1
    within_hours: int | None = None

    @property
    def kind(self) -> Literal["single", "lasting", "repeated"]:
        """Whether one reading is enough, it must last, or it must come again."""
        if self.minutes is not None:
            return "lasting"
        return "repeated" if self.readings > 1 else "single"

    def reached_by(self, celsius: Decimal) -> bool:
        """Whether a temperature reaches the limit."""
        return celsius >= self.celsius if self.edge == "at least" else celsius > self.celsius


class FeverDefinition(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Febrile neutropenia as one body defines it."""

    key: str
    title: str
    evidence: Evidence
    source: tuple[str, ...]
    neutrophils_below_per_ul: int
    temperature: tuple[TemperatureRule, ...]
    expected: bool = False  # neutrophils expected to fall below count, too
    expected_within_hours: int | None = None
    low_below_celsius: Decimal | None = None  # act on a low temperature as on a fever
    signs_alone: bool = False  # act on signs of sepsis at any temperature
    note: str = ""

    def rule_for(self, kind: str, site: Site) -> TemperatureRule | None:
        """The rule of a kind for a site of measurement, or None where none is stated."""
        for rule in self.temperature:
            if rule.kind == kind and site in rule.sites:
                return rule
        return None


class AntibioticTime(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """How soon the first antibiotic is due."""

    within_minutes: int
    evidence: Evidence
    source: tuple[str, ...]
    note: str = ""


class FeverBook(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """All definitions of one file."""

    edition: str
    default: str
    ctcae: str
    look_back_hours: int
    antibiotics: AntibioticTime
    sources: Mapping[str, Source]
    definition: tuple[FeverDefinition, ...]

    def find(self, key: str) -> FeverDefinition:
        """Return a definition by its key; "" is the default.

        Raises:
            Refused: there is none of this key.
        """
        wanted = key or self.default
        for one in self.definition:
            if one.key == wanted:
                return one
        known = ", ".join(self.choices())
        raise Refused(f"There is no definition of fever named {wanted}: choose one of {known}.")

    def choices(self) -> tuple[str, ...]:
        """The keys a site can choose; CTCAE's term is for reporting and is not among them."""
        return tuple(one.key for one in self.definition if one.key != self.ctcae)

    def cite(self, definition: FeverDefinition) -> str:
        """The sources of a definition in full."""
        return "; ".join(self.sources[key].full for key in definition.source)


def read_fever_book(text: str, file: str) -> FeverBook:
    """Read definitions from a file's text.

    Args:
        text: TOML.
        file: its name, for messages.

    Raises:
        Refused: it cannot be read, or says something that cannot be.
    """
    book = read_book(text, file, FeverBook)
    faults = book_faults(book)
    if faults:
        raise Refused(*(f"{file}: {fault}" for fault in faults))
    return book


def read_book(text: str, file: str, book_type: type[Book]) -> Book:
    """Read one of the written books of this room; decimals stay exact.

    Raises:
        Refused: not TOML, an unknown or missing entry, or a value of another kind.
    """
    try:
        values: dict[str, Any] = tomli.loads(text, parse_float=Decimal)
        return msgspec.convert(values, book_type)
    except (tomli.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise Refused(f"{file}: {fault}.") from fault


@cache
def shipped_fever_book() -> FeverBook:
    """The public definitions that come with the program."""
    name = "definitions.toml"
    return read_fever_book(place("resources", "fever", name).read_text("utf-8"), name)


def book_faults(book: FeverBook) -> list[str]:
    """What a book of definitions says that cannot be; empty where nothing is wrong."""
    keys = [one.key for one in book.definition]
    faults = [
        f"the definition {key} stands in it twice" for key in set(keys) if keys.count(key) > 1
    ]
    faults += [
        f"there is no definition {key}" for key in (book.default, book.ctcae) if key not in keys
    ]
    if book.default == book.ctcae:
        faults.append("CTCAE's term is for reporting and cannot be the site's own definition")
    if not _within(book.antibiotics.within_minutes, _WITHIN_MINUTES) or book.look_back_hours < 1:
        faults.append(
            "antibiotics are due within 1 to 240 minutes, and readings look back 1 h or more"
        )
    cited = [*book.antibiotics.source, *(key for one in book.definition for key in one.source)]
    faults += [f"the source {key} is not listed" for key in cited if key not in book.sources]
    faults += [words for one in book.definition for words in _definition_faults(one)]
    return faults


def _within(figure: Decimal | int, limits: tuple[int, int]) -> bool:
    least, most = limits
    return least <= figure <= most


def _definition_faults(one: FeverDefinition) -> list[str]:
    faults = []
    if not one.source:
        faults.append(f"{one.key}: a definition needs its source")
    if not one.temperature:
        faults.append(f"{one.key}: a definition needs a temperature")
    if one.neutrophils_below_per_ul < 1:
        faults.append(f"{one.key}: neutrophils are below 1 or more per µL")
    limits = [rule.celsius for rule in one.temperature]
    if any(not _within(limit, _FEVER_CELSIUS) for limit in limits):
        faults.append(f"{one.key}: the limit of a fever lies from 37 to 40 °C")
    if one.low_below_celsius is not None and not _within(one.low_below_celsius, _LOW_CELSIUS):
        faults.append(f"{one.key}: the limit of a low temperature lies from 34 to 37 °C")
    if any(rule.kind == "repeated" and rule.within_hours is None for rule in one.temperature):
        faults.append(f"{one.key}: repeated readings need the hours within which they count")
    if any(rule.minutes == 0 or rule.readings < 1 for rule in one.temperature):
        faults.append(f"{one.key}: minutes and readings are 1 or more")
    return faults
