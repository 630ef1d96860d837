"""Reads what is typed for one value of a blood count: "84", "8.4 g/dL", "<0.1", "41000 /mm³".

A bare number is in the unit that stands beside the field; another unit of the analyte may be typed
along. Cells are kept as whole cells per µL, haemoglobin in tenths of a gram per litre; the number as
typed, its unit and its comparator are kept beside. A value with a comparator is a bound, not a count.
"""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.clinical.laboratory import Analyte, LabUnit
from bedside.clinical.laboratory_typed import comparator_of
from bedside.units.measures import MEASURES
from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells
from bedside.units.quantity_reader import in_unit
from bedside.units.reader import read_number
from bedside.units.refusal import Refused
from bedside.units.rounding import half_up
from bedside.units.typed_text import BLANKS

Counted = WhiteCells | Anc | Platelets | Haemoglobin
Comparator = Literal["", "<", ">"]
PER_UL = "/uL"
# Limits of normal that a laboratory can print, in the analyte's kept unit [judgement]: what lies
# outside was typed in another unit. Of neutrophils and white cells the lower limit may be low.
_LIMITS: dict[str, tuple[Decimal, Decimal]] = {
    "white-cells": (Decimal("0.5"), Decimal(100)),
    "neutrophils": (Decimal("0.1"), Decimal(60)),
    "platelets": (Decimal(20), Decimal(2000)),
    "haemoglobin": (Decimal(40), Decimal(300)),
}
_KINDS: dict[str, tuple[str, type[WhiteCells] | type[Anc] | type[Platelets]]] = {
    "white-cells": ("white cells", WhiteCells),
    "neutrophils": ("anc", Anc),
    "platelets": ("platelets", Platelets),
}


class TypedCount(Struct, frozen=True):
    """One value of a blood count as read.

    Args:
        value: as kept.
        typed: the number as it was typed, without comparator and unit.
        unit: the name of its unit ("10*9/L", "g/dL").
        comparator: "<" or ">" where the value is a bound.
    """

    value: Counted
    typed: str
    unit: str
    comparator: Comparator = ""


def read_count(analyte: Analyte, text: str, unit: LabUnit, mark: str = ".") -> TypedCount:
    """Read one field of the blood count.

    Args:
        analyte: "white-cells", "neutrophils", "platelets" or "haemoglobin" of the list.
        text: exactly as typed, not blank.
        unit: the unit that stands beside the field.
        mark: the station's decimal mark.

    Raises:
        Refused: no plain number, a unit that is none of the analyte's, finer than whole cells.
    """
    typed = text.strip(BLANKS)
    comparator = comparator_of(typed)
    rest = typed[1:].strip(BLANKS) if comparator else typed
    number, _, tail = rest.partition(" ")
    along = tail.strip(BLANKS)
    if along and ("/" in along or not along[0].isdecimal()):
        unit = analyte.find(along)
        value = _kept(analyte, read_number(number, mark, unit=unit.shown), unit, number)
    else:
        number, value = rest, _beside(analyte, rest, unit, mark)
    if comparator == "<" and value in (WhiteCells(0), Anc(0), Platelets(0), Haemoglobin(0)):
        raise Refused("Nothing is less than 0: write the bound as it stands on the slip, or 0.")
    return TypedCount(value, number, unit.name, comparator)


def read_limits(
    analyte: Analyte, low: str, high: str, unit: LabUnit, mark: str = "."
) -> tuple[Decimal | None, Decimal | None]:
    """Read the laboratory's limits of normal, either of which may be left out.

    Raises:
        Refused: no number, the wrong way round, or so far off that another unit was meant.
    """
    found = (_limit(analyte, low, unit, mark), _limit(analyte, high, unit, mark))
    if None not in found and not (found[0] or 0) < (found[1] or 0):
        raise Refused(
            f"{analyte.title}: the lower limit of normal is not below the upper one: "
            "read the slip again."
        )
    return found


def from_kept(kept: Decimal, unit: LabUnit) -> Decimal:
    """Return a value of the analyte's kept unit in another of its units, to six decimals."""
    if unit.times == unit.over:
        return kept
    text = f"{half_up(kept * unit.over / unit.times, 6):f}"
    return Decimal(text.rstrip("0").rstrip("."))


def _beside(analyte: Analyte, text: str, unit: LabUnit, mark: str) -> Counted:
    """Read a bare number of the field's own unit; the readers of quantities know what is wrong."""
    if unit.name == PER_UL and mark in text:
        return _kept(analyte, read_number(text, mark, unit=unit.shown), unit, text)
    kind = _KINDS[analyte.key][0] if analyte.key in _KINDS else analyte.key
    if MEASURES[kind].find(unit.name) is not None:
        value = in_unit(kind, text, unit.name, mark)
        return _made(analyte, value)
    return _kept(analyte, read_number(text, mark, unit=unit.shown), unit, text)


def _kept(analyte: Analyte, number: Decimal, unit: LabUnit, text: str) -> Counted:
    kept = unit.kept(number)
    if analyte.key == "haemoglobin":
        return _made(analyte, half_up(kept * 10, 0))
    cells = kept * 1000
    if cells != cells.to_integral_value():
        raise _in_parts(text, unit)
    return _made(analyte, cells)


def _made(analyte: Analyte, kept: Decimal) -> Counted:
    if analyte.key == "haemoglobin":
        return Haemoglobin(int(kept))
    return _KINDS[analyte.key][1](int(kept))


def _in_parts(text: str, unit: LabUnit) -> Refused:
    """Parts of a cell: a slip of the unit where the field is per µL."""
    hint = ", as when ×10⁹/L are typed as per µL" if unit.name == PER_UL else ""
    return Refused(
        f"{text.strip(BLANKS)} {unit.shown} is finer than whole cells per µL{hint}: "
        "read the slip again."
    )


def _limit(analyte: Analyte, text: str, unit: LabUnit, mark: str) -> Decimal | None:
    if not text.strip(BLANKS):
        return None
    limit = read_number(text, mark, unit=unit.shown)
    least, most = _LIMITS[analyte.key]
    kept = unit.kept(limit)
    if least <= kept <= most or kept == 0:
        return limit
    others = [
        other.shown
        for other in analyte.units
        if other.factor != unit.factor and least <= other.kept(limit) <= most
    ]
    hint = f", as when {' or '.join(dict.fromkeys(others))} is typed as {unit.shown}"
    raise Refused(
        f"{analyte.title}: {text.strip(BLANKS)} {unit.shown} is no limit of normal"
        f"{hint if others else ''}: read the slip again."
    )
