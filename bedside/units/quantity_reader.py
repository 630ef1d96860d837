"""Reads a number with its unit: "6.2 kg", or "6.2" in a field whose unit stands beside it.

Every function here takes text exactly as typed and gives a typed quantity, or refuses with what
would be right. The units that are taken stand in `bedside.units.measures`.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal, overload

from bedside.units.measures import MEASURES, Measure, TypedUnit
from bedside.units.quantities import (
    Anc,
    Blasts,
    BodyLength,
    BodyWeight,
    DoseRate,
    DrugUnit,
    Haemoglobin,
    Platelets,
    WhiteCells,
)
from bedside.units.reader import read_number
from bedside.units.reading_refusals import hidden_reason, without_groups
from bedside.units.refusal import Refused
from bedside.units.typed_text import BLANKS, shown

Quantity = (
    BodyWeight | BodyLength | WhiteCells | Anc | Blasts | Platelets | Haemoglobin | Decimal | int
)
Kind = Literal[
    "weight",
    "length",
    "white cells",
    "anc",
    "blasts",
    "platelets",
    "haemoglobin",
    "percent",
    "minutes",
    "number",
]

MOST_MINUTES = 2880  # [judgement] two days: no infusion of either protocol is longer than 24 hours
_GLUED = re.compile(r"([0-9][0-9.,]*)(?![eE][0-9+-])([^0-9.,\s].*)")
_DOSE_UNITS: dict[str, tuple[DrugUnit, Literal["kg", "m2", "dose"]]] = {
    "mg/kg": ("mg", "kg"),
    "mg/m2": ("mg", "m2"),
    "mg/m²": ("mg", "m2"),
    "mg": ("mg", "dose"),
    "mg/dose": ("mg", "dose"),
    "micrograms/kg": ("micrograms", "kg"),
    "micrograms/m2": ("micrograms", "m2"),
    "micrograms/m²": ("micrograms", "m2"),
    "units/kg": ("units", "kg"),
    "units/m2": ("units", "m2"),
    "units/m²": ("units", "m2"),
    "units": ("units", "dose"),
    "units/dose": ("units", "dose"),
}
_PLACES = {
    1: "without decimals",
    10: "with at most one decimal",
    100: "with at most two decimals",
    1000: "with at most three decimals",
}
_DOSES = Measure(
    "Doses",
    tuple(
        TypedUnit(name, Decimal(1), (name.replace("/", " per "),) if "/" in name else ())
        for name in _DOSE_UNITS
    ),
    "2.5 mg/kg",
    above_zero=True,
)


def read_weight(text: str, mark: str = ".") -> BodyWeight:
    """Read a body weight in kg or g, e.g. "6.2 kg"; kept in whole grams."""
    return BodyWeight(int(_read("weight", text, mark)))


def read_length(text: str, mark: str = ".") -> BodyLength:
    """Read a body length in cm or mm, e.g. "68 cm"; kept in whole millimetres."""
    return BodyLength(int(_read("length", text, mark)))


def read_white_cells(text: str, mark: str = ".") -> WhiteCells:
    """Read a white-cell count, e.g. "2.4 10^9/L" or "2400 /uL"; kept in whole cells per µL."""
    return WhiteCells(int(_read("white cells", text, mark)))


def read_anc(text: str, mark: str = ".") -> Anc:
    """Read a neutrophil count, e.g. "0.48 10^9/L" or "480 /uL"; 0 is a value."""
    return Anc(int(_read("anc", text, mark)))


def read_blasts(text: str, mark: str = ".") -> Blasts:
    """Read blasts in blood, e.g. "1000 /uL" or "1 10^9/L"; 0 is a value."""
    return Blasts(int(_read("blasts", text, mark)))


def read_platelets(text: str, mark: str = ".") -> Platelets:
    """Read a platelet count, e.g. "50 10^9/L" or "50000 /uL"; kept in whole cells per µL."""
    return Platelets(int(_read("platelets", text, mark)))


def read_haemoglobin(text: str, mark: str = ".") -> Haemoglobin:
    """Read a haemoglobin in g/L or g/dL; kept in tenths of a gram per litre."""
    return Haemoglobin(int(_read("haemoglobin", text, mark)))


def read_percent(text: str, mark: str = ".") -> Decimal:
    """Read a percentage from 0 to 100, e.g. "35 %"."""
    return _read("percent", text, mark)


def read_minutes(text: str, mark: str = ".") -> int:
    """Read whole minutes, bare ("30") or with the unit ("30 min"), at most two days."""
    return _minutes(text, mark)


def read_dose_rate(text: str, mark: str = ".") -> DoseRate:
    """Read a protocol's dose, e.g. "2.5 mg/kg", "1000 units/m2"; "20 mg" is a fixed dose."""
    number, unit = _number_and_unit(_DOSES, text, mark)
    drug_unit, per = _DOSE_UNITS[unit.name]
    return DoseRate(_kept(_DOSES, number, unit, text, mark), drug_unit, per)


def _number(text: str, mark: str = ".") -> Decimal:
    return read_number(text, mark)


def _minutes(text: str, mark: str = ".") -> int:
    minutes = int(in_unit("minutes", text, "min", mark))
    if minutes > MOST_MINUTES:
        raise Refused(f"{minutes} minutes is longer than two days: write whole minutes.")
    return minutes


READERS: Mapping[str, Callable[[str, str], Quantity]] = {
    "weight": read_weight,
    "length": read_length,
    "white cells": read_white_cells,
    "anc": read_anc,
    "blasts": read_blasts,
    "platelets": read_platelets,
    "haemoglobin": read_haemoglobin,
    "percent": read_percent,
    "minutes": _minutes,
    "number": _number,
}
_TYPES: Mapping[str, Callable[[int], Quantity]] = {
    "weight": BodyWeight,
    "length": BodyLength,
    "white cells": WhiteCells,
    "anc": Anc,
    "blasts": Blasts,
    "platelets": Platelets,
    "haemoglobin": Haemoglobin,
}


@overload
def in_field(kind: Literal["weight"], text: str, unit: str, mark: str = ".") -> BodyWeight: ...
@overload
def in_field(kind: Literal["length"], text: str, unit: str, mark: str = ".") -> BodyLength: ...
@overload
def in_field(kind: Literal["white cells"], text: str, unit: str, mark: str = ".") -> WhiteCells: ...
@overload
def in_field(kind: Literal["anc"], text: str, unit: str, mark: str = ".") -> Anc: ...
@overload
def in_field(kind: Literal["blasts"], text: str, unit: str, mark: str = ".") -> Blasts: ...
@overload
def in_field(kind: Literal["platelets"], text: str, unit: str, mark: str = ".") -> Platelets: ...
@overload
def in_field(
    kind: Literal["haemoglobin"], text: str, unit: str, mark: str = "."
) -> Haemoglobin: ...
@overload
def in_field(
    kind: Literal["percent", "number"], text: str, unit: str, mark: str = "."
) -> Decimal: ...
@overload
def in_field(kind: Literal["minutes"], text: str, unit: str, mark: str = ".") -> int: ...
@overload
def in_field(kind: str, text: str, unit: str, mark: str = ".") -> Quantity: ...
def in_field(kind: str, text: str, unit: str, mark: str = ".") -> Quantity:
    """Read what was typed into a field whose unit stands beside it.

    Args:
        kind: a key of ``READERS``.
        text: a bare number, or a number with that very unit.
        unit: the field's unit, in any accepted spelling; "" for kind "number".
        mark: the station's decimal mark.

    Raises:
        Refused: no plain number, or another unit than the field's.
        ValueError: the field's own unit does not belong to the kind (a programming error).
    """
    if kind == "number":
        return read_number(text, mark)
    if kind == "minutes":
        return _minutes(text, mark)
    value = in_unit(kind, text, unit, mark)
    return value if kind == "percent" else _TYPES[kind](int(value))


def in_unit(kind: str, text: str, unit: str, mark: str = ".") -> Decimal:
    """Read a bare number, or one with this very unit; return the value as it is kept."""
    measure = MEASURES[kind]
    beside = measure.find(unit)
    if beside is None:
        raise ValueError(f"{unit!r} is not a unit of {kind}")
    number_text, typed_unit = _split(measure, text)
    if not number_text and typed_unit and measure.find(typed_unit) is None:
        raise Refused(
            f'"{shown(typed_unit)}" is not a number: write the number in {unit}, in digits.'
        )
    if typed_unit and measure.find(typed_unit) is not beside:
        raise Refused(
            f'This field is in {unit}: write the number in {unit}, not in "{shown(typed_unit)}".'
        )
    whole = without_groups(number_text, mark)
    if whole and measure.meant is not None:
        meant = read_number(whole, mark) * beside.factor
        if meant > measure.meant:
            raise Refused(
                f'There is a gap in "{shown(number_text)}", and {whole} {unit} cannot be meant: '
                f"write one number in {unit}, without any gap."
            )
    number = read_number(number_text, mark, unit=typed_unit)
    return _kept(measure, number, beside, text, mark)


def _read(kind: str, text: str, mark: str) -> Decimal:
    measure = MEASURES[kind]
    number, unit = _number_and_unit(measure, text, mark)
    return _kept(measure, number, unit, text, mark)


def _number_and_unit(measure: Measure, text: str, mark: str) -> tuple[Decimal, TypedUnit]:
    """Read "number, blank, unit"; both must be there."""
    number_text, unit_text = _split(measure, text)
    example = measure.example.replace(".", mark)
    if not unit_text:
        read_number(number_text, mark)
        raise Refused(
            f'"{shown(number_text)}" has no unit: {measure.taken}. Write it as in {example}.'
        )
    if not number_text:
        raise Refused(
            f'There is no number in "{shown(unit_text)}": write number and unit, as in {example}.'
        )
    unit = measure.find(unit_text)
    if unit is None:
        raise Refused(_unknown_unit(measure, unit_text))
    return read_number(number_text, mark, unit=unit_text), unit


def _unknown_unit(measure: Measure, unit_text: str) -> str:
    for unit in measure.units:
        for spelling in unit.spellings:
            if spelling.casefold() == unit_text.casefold():
                return f'"{shown(unit_text)}" is not a unit: write {spelling}.'
    return f'"{shown(unit_text)}" is not taken: {measure.taken}.'


def _split(measure: Measure, text: str) -> tuple[str, str]:
    """Part the text into number and unit, either of them "" when it is not there."""
    typed = text.strip(BLANKS)
    hidden = hidden_reason(typed)
    if hidden is not None:
        raise Refused(hidden)
    for unit in measure.units:
        for spelling in unit.spellings:
            if typed.endswith(" " + spelling):
                return typed[: -len(spelling)].strip(BLANKS), spelling
    head, _, tail = typed.rpartition(" ")
    if head and _looks_like_unit(tail):
        return head.strip(BLANKS), tail
    glued = _GLUED.fullmatch(typed)
    if glued is not None and _looks_like_unit(glued[2]):
        return _unglued(measure, glued[1], glued[2])
    if typed and not head and _looks_like_unit(typed):
        return "", typed
    return typed, ""


def _looks_like_unit(text: str) -> bool:
    if text[0].isnumeric():
        return "/" in text
    return any(c.isalpha() or c in "%/\"'°" for c in text) and text[0] not in ".,+-_'"


def _unglued(measure: Measure, number: str, unit: str) -> tuple[str, str]:
    """Refuse "6.2kg" with "write 6.2 kg"; a unit that is not taken is refused as such."""
    if measure.find(unit) is None:
        return number, unit
    raise Refused(f"A blank stands before the unit: write {number} {unit}, not {number}{unit}.")


def _kept(measure: Measure, number: Decimal, unit: TypedUnit, text: str, mark: str) -> Decimal:
    """Return the value as it is kept, refusing what is finer, zero or above the possible."""
    value = number * unit.factor
    typed = shown(text.strip(BLANKS))
    if measure.kept_in and value != value.to_integral_value():
        raise Refused(
            f"{measure.plural} are kept in {measure.kept_in}: {typed} is finer than that, "
            f"write it {_PLACES[int(unit.factor)]}."
        )
    if measure.above_zero and value == 0:
        example = measure.example.replace(".", mark)
        raise Refused(f"{measure.plural} are above zero: write it as in {example}, not {typed}.")
    if measure.most is not None and value > measure.most:
        raise Refused(f"{measure.plural} go from 0 to {measure.most}: {typed} is more than that.")
    return value
