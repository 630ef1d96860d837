"""A blood count typed with another unit of its list: "8.4 g/dL", "5.2 mmol/L", "41000 /mm³"."""

from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells
from bedside.units.reader import read_number
from bedside.units.refusal import Refused
from bedside.units.rounding import half_up
from bedside.units.typed_text import BLANKS
from bedside.ward.laboratory_catalogue import catalogue

Counted = WhiteCells | Anc | Platelets | Haemoglobin
_ANALYTES: dict[str, tuple[str, type[WhiteCells] | type[Anc] | type[Platelets]]] = {
    "white cells": ("white-cells", WhiteCells),
    "anc": ("neutrophils", Anc),
    "platelets": ("platelets", Platelets),
}


def counted_in(kind: str, text: str, mark: str) -> Counted | None:
    """Read a number with its unit; None where no unit is typed, or the kind has no list of units.

    Args:
        kind: "white cells", "anc", "platelets" or "haemoglobin".
        text: as typed.
        mark: the station's decimal mark.

    Raises:
        Refused: another unit, no plain number, or finer than whole cells per µL. A haemoglobin in
            mmol/L is rounded half up to a tenth of a gram per litre, finer than any is reported.
    """
    number, _, unit_text = text.strip(BLANKS).partition(" ")
    unit_text = unit_text.strip(BLANKS)
    if not unit_text or unit_text[0].isdecimal():
        return None
    if kind == "haemoglobin":
        unit = catalogue().analyte(kind).find(unit_text)
        grams = unit.kept(read_number(number, mark, unit=unit.shown))
        return Haemoglobin(int(half_up(grams * 10, 0)))
    if kind not in _ANALYTES:
        return None
    key, counted = _ANALYTES[kind]
    unit = catalogue().analyte(key).find(unit_text)
    cells = unit.kept(read_number(number, mark, unit=unit.shown)) * 1000
    if cells != cells.to_integral_value():
        raise Refused(
            f"{text.strip(BLANKS)} is finer than whole cells per µL: read the slip again."
        )
    return counted(int(cells))
