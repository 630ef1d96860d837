"""Reads a site's own definition of fever as it was typed; every fault is named at once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar, cast

from msgspec import Struct

from bedside.clinical.fever_own import OwnDefinition
from bedside.clinical.fever_rules import Site, TemperatureRule
from bedside.units.reader import read_number, read_whole
from bedside.units.refusal import Refused

Value = TypeVar("Value")
SITES: tuple[tuple[Site, str], ...] = (
    ("axillary", "Arm"),
    ("oral", "Mouth"),
    ("tympanic", "Ear"),
    ("rectal", "Rectal"),
)


class NewLimits(Struct, frozen=True):
    """The limits of one site of measurement as typed; "" is not stated."""

    single: str = ""
    lasting: str = ""
    minutes: str = ""


class NewFeverRule(Struct, frozen=True):
    """A definition as typed.

    Args:
        title: its name.
        source: the document.
        edition: the document's edition.
        dated: the document's day; None where it cannot be read.
        limits: of arm, mouth, ear and rectal, in this order.
        edge: whether a temperature at the very limit counts; "" not answered.
        neutrophils: the limit per µL.
        expected: the hours of an expected fall; "" is not part of it.
        low: a low temperature in °C; "" is not stated.
        signs: whether signs of sepsis alone are acted on; "" not answered.
        minutes: within which the first antibiotic is due.
    """

    title: str
    source: str
    edition: str
    dated: date | None
    limits: tuple[NewLimits, NewLimits, NewLimits, NewLimits]
    edge: Literal["", "at least", "above"]
    neutrophils: str
    expected: str
    low: str
    signs: Literal["", "yes", "no"]
    minutes: str


def read_typed_rule(typed: NewFeverRule, mark: str) -> OwnDefinition:
    """Read a definition as typed.

    Raises:
        Refused: something is missing or cannot be read; every reason at once.
    """
    faults = _missing(typed)
    rules: list[TemperatureRule] = []
    for (site, name), limits in zip(SITES, typed.limits, strict=True):
        rules += _rules(site, name, limits, typed.edge, mark, faults)
    if not rules and not faults:
        faults.append("Type the limit of a temperature for one site of measurement at least.")

    def whole(name: str, text: str) -> int | None:
        return _try(lambda: read_whole(text, mark), name, faults) if text.strip() else None

    neutrophils = whole("Neutrophils", typed.neutrophils)
    minutes = whole("First antibiotic", typed.minutes)
    expected = whole("Expected fall", typed.expected)
    low = _degrees("Low temperature", typed.low, mark, faults)
    if faults or typed.dated is None or neutrophils is None or minutes is None:
        raise Refused(*faults)
    return OwnDefinition(
        title=typed.title.strip(),
        source=typed.source.strip(),
        edition=typed.edition.strip(),
        dated=typed.dated,
        neutrophils_below_per_ul=neutrophils,
        temperature=tuple(rules),
        within_minutes=minutes,
        expected_within_hours=expected,
        low_below_celsius=low,
        signs_alone=typed.signs == "yes",
    )


def _missing(typed: NewFeverRule) -> list[str]:
    needed = (
        ("name of the definition", typed.title),
        ("document", typed.source),
        ("edition", typed.edition),
        ("limit of the neutrophils", typed.neutrophils),
        ("time to the first antibiotic", typed.minutes),
    )
    faults = [f"The {name} is missing." for name, text in needed if not text.strip()]
    if typed.dated is None:
        faults.append("The date of the document is missing or cannot be read: as 01-Mar-2026.")
    if not typed.edge:
        faults.append("Say whether a temperature at the very limit counts.")
    if not typed.signs:
        faults.append("Say whether signs of sepsis alone are acted on.")
    return faults


def _rules(
    site: Site, name: str, limits: NewLimits, edge: str, mark: str, faults: list[str]
) -> list[TemperatureRule]:
    at = cast(Literal["at least", "above"], edge or "at least")
    found = []
    single = _degrees(name, limits.single, mark, faults)
    if single is not None:
        found.append(TemperatureRule((site,), single, at))
    if bool(limits.lasting.strip()) != bool(limits.minutes.strip()):
        faults.append(f"{name}: a lasting temperature needs its degrees and its minutes.")
        return found
    lasting = _degrees(name, limits.lasting, mark, faults)
    if lasting is not None:
        minutes = _try(lambda: read_whole(limits.minutes, mark), name, faults)
        found.append(TemperatureRule((site,), lasting, at, minutes))
    return found


def _degrees(name: str, text: str, mark: str, faults: list[str]) -> Decimal | None:
    if not text.strip():
        return None
    return _try(lambda: read_number(text, mark, unit="°C"), name, faults)


def _try(read: Callable[[], Value], name: str, faults: list[str]) -> Value | None:
    try:
        return read()
    except Refused as refused:
        faults += [f"{name}: {reason}" for reason in refused.reasons]
        return None
