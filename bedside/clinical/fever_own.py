"""A site's own definition of fever: one definition with its document, set beside the shipped ones.

CTCAE's definition stays the shipped one, whatever a site enters: it is for reporting and is kept
apart. A definition is written as a small file, so that the window and the command line read the same.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec
import tomli
from msgspec import Struct
from msgspec.structs import replace

from bedside.clinical.fever_rules import (
    FeverBook,
    FeverDefinition,
    Source,
    TemperatureRule,
    book_faults,
    read_book,
    read_fever_book,
    shipped_fever_book,
)
from bedside.clinical.fever_temperature import SITE_WORDS, write_rule
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.units.writer import write_number

OWN_KEY, OWN_SOURCE = "site", "SITE"


class OwnDefinition(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """A site's own definition of febrile neutropenia.

    Args:
        title: its name, as the page says it.
        source: the site's document.
        edition: the document's edition.
        dated: the document's day.
        neutrophils_below_per_ul: neutrophils below this count as low, per µL.
        temperature: the ways to have a fever.
        within_minutes: within how many minutes of the first fever the first antibiotic is due.
        expected_within_hours: an expected fall below the limit within so many hours counts, too;
            None where the document does not say so.
        low_below_celsius: a temperature below this is acted on as on a fever; None: not stated.
        signs_alone: signs of sepsis are acted on at any temperature.
    """

    title: str
    source: str
    edition: str
    dated: date
    neutrophils_below_per_ul: int
    temperature: tuple[TemperatureRule, ...]
    within_minutes: int
    expected_within_hours: int | None = None
    low_below_celsius: Decimal | None = None
    signs_alone: bool = False

    @property
    def cited(self) -> str:
        """The document, its edition and its day."""
        return f"{self.source}, edition {self.edition}, of {write_date(self.dated)}"


def with_own(own: OwnDefinition) -> FeverBook:
    """The shipped definitions with the site's own among them and in force.

    Raises:
        Refused: the definition says something that cannot be.
    """
    shipped = shipped_fever_book()
    definition = FeverDefinition(
        key=OWN_KEY,
        title=own.title,
        evidence="site",
        source=(OWN_SOURCE,),
        neutrophils_below_per_ul=own.neutrophils_below_per_ul,
        temperature=own.temperature,
        expected=own.expected_within_hours is not None,
        expected_within_hours=own.expected_within_hours,
        low_below_celsius=own.low_below_celsius,
        signs_alone=own.signs_alone,
    )
    book = replace(
        shipped,
        edition=own.edition,
        default=OWN_KEY,
        antibiotics=replace(
            shipped.antibiotics,
            within_minutes=own.within_minutes,
            evidence="site",
            source=(OWN_SOURCE,),
            note="",
        ),
        sources={**shipped.sources, OWN_SOURCE: Source(own.title, own.cited)},
        definition=(definition, *shipped.definition),
    )
    faults = [*_missing(own), *book_faults(book)]
    if faults:
        raise Refused(*(f"{own.title or 'the definition'}: {fault}." for fault in faults))
    return book


def read_own(text: str, file: str) -> OwnDefinition:
    """Read a site's own definition from a file's text.

    Raises:
        Refused: it cannot be read, or says something that cannot be.
    """
    own = read_book(text, file, OwnDefinition)
    with_own(own)
    return own


def read_rules(text: str, file: str) -> FeverBook:
    """Read either a site's own definition or a whole book of definitions.

    Raises:
        Refused: it is neither.
    """
    try:
        whole = "definition" in tomli.loads(text)
    except tomli.TOMLDecodeError as fault:
        raise Refused(f"{file}: {fault}.") from fault
    return read_fever_book(text, file) if whole else with_own(read_own(text, file))


def write_own(own: OwnDefinition) -> str:
    """Write a definition as the text that `read_own` reads."""
    lines = [
        "# A site's own definition of fever. Read it with: bedside calc fever --rules THIS-FILE",
        *(f"{name} = {_quoted(text)}" for name, text in _written(own)),
        f"dated = {own.dated.isoformat()}",
        f"neutrophils-below-per-ul = {own.neutrophils_below_per_ul}",
        f"within-minutes = {own.within_minutes}",
        f"signs-alone = {'true' if own.signs_alone else 'false'}",
    ]
    if own.expected_within_hours is not None:
        lines.append(f"expected-within-hours = {own.expected_within_hours}")
    if own.low_below_celsius is not None:
        lines.append(f"low-below-celsius = {_decimal(own.low_below_celsius)}")
    for rule in own.temperature:
        lines += ["", "[[temperature]]", f"sites = {list(rule.sites)}".replace("'", '"')]
        lines += [f"celsius = {_decimal(rule.celsius)}", f'edge = "{rule.edge}"']
        if rule.minutes is not None:
            lines += [f"minutes = {rule.minutes}", f'minutes-edge = "{rule.minutes_edge}"']
        if rule.readings > 1:
            lines.append(f"readings = {rule.readings}")
        if rule.within_hours is not None:
            lines.append(f"within-hours = {rule.within_hours}")
    return "\n".join(lines) + "\n"


def digest_of(own: OwnDefinition) -> str:
    """What a definition says, as a SHA-256 of its text."""
    return hashlib.sha256(write_own(own).encode()).hexdigest()


def own_lines(own: OwnDefinition, mark: str = ".") -> tuple[str, ...]:
    """A definition in words, a line for each thing it says."""
    return tuple(f"{name}: {words}" for name, words in _said(own, mark))


def differences(
    first: OwnDefinition, second: OwnDefinition, names: tuple[str, str], mark: str = "."
) -> tuple[str, ...]:
    """Where two people's entries differ, in words; empty where they say the same.

    Args:
        first: what the first person typed.
        second: what the second person typed.
        names: who typed them.
        mark: the station's decimal mark.
    """
    one, two = dict(_said(first, mark)), dict(_said(second, mark))
    found = []
    for name in {**one, **two}:
        left, right = one.get(name, "not stated"), two.get(name, "not stated")
        if left != right:
            found.append(f"{name}: {names[0]} typed {left}; {names[1]} typed {right}.")
    return tuple(found)


def _said(own: OwnDefinition, mark: str) -> Iterator[tuple[str, str]]:
    yield "Name", own.title
    yield "Document", own.source
    yield "Edition", own.edition
    yield "Of", write_date(own.dated)
    yield "Neutrophils", f"below {write_number(own.neutrophils_below_per_ul, mark)} per µL"
    if own.expected_within_hours is not None:
        yield "Neutrophils expected to fall", f"within {own.expected_within_hours} h"
    for rule in own.temperature:
        for site in rule.sites:
            where = SITE_WORDS[site]
            kind = {"single": "one reading", "lasting": "lasting", "repeated": "repeated"}
            yield f"Temperature {where}, {kind[rule.kind]}", write_rule(rule, mark)
    if own.low_below_celsius is not None:
        yield "Low temperature", f"below {write_number(own.low_below_celsius, mark)} °C"
    yield "Signs of sepsis alone", "act on them" if own.signs_alone else "not stated"
    yield "First antibiotic", f"within {own.within_minutes} min"


def _missing(own: OwnDefinition) -> list[str]:
    return [f"its {name} is missing" for name, text in _written(own) if not text.strip()]


def _written(own: OwnDefinition) -> tuple[tuple[str, str], ...]:
    return (("title", own.title), ("source", own.source), ("edition", own.edition))


def _quoted(text: str) -> str:
    """A text as TOML takes it; JSON's string escapes are TOML's, too."""
    return msgspec.json.encode(text).decode()


def _decimal(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return text if "." in text else f"{text}.0"
