"""The measures of a blood count and the laboratory's list: which analyte, which units, read how."""

from decimal import Decimal
from functools import cache

from bedside.clinical.count_typed import TypedCount, from_kept, read_count, read_limits
from bedside.clinical.laboratory import Analyte, LabUnit
from bedside.clinical.laboratory_typed import comparator_of
from bedside.units.refusal import Refused
from bedside.ward.laboratory_catalogue import catalogue

__all__ = [
    "MEASURES",
    "PROGRAMS_OWN",
    "TITLES",
    "TypedCount",
    "analyte_of",
    "comparator_of",
    "in_other_unit",
    "read_entered",
    "read_normal",
    "unit_of",
    "units_of",
]

MEASURES = ("wbc", "anc", "platelets", "haemoglobin")
TITLES = {
    "wbc": "white cells",
    "anc": "ANC",
    "platelets": "platelets",
    "haemoglobin": "haemoglobin",
}
_KEYS = {
    "wbc": "white-cells",
    "anc": "neutrophils",
    "platelets": "platelets",
    "haemoglobin": "haemoglobin",
}
PROGRAMS_OWN = {"wbc": "10*9/L", "anc": "10*9/L", "platelets": "10*9/L", "haemoglobin": "g/L"}


def analyte_of(measure: str) -> Analyte:
    """The laboratory's analyte of a measure: "anc" is its neutrophils."""
    return catalogue().analyte(_KEYS[measure])


@cache
def unit_of(measure: str, name: str | None) -> LabUnit:
    """A unit of a measure by its name; without a name the one it is shown in by default."""
    return analyte_of(measure).find(name or PROGRAMS_OWN[measure])


def units_of(measure: str) -> tuple[tuple[str, str], ...]:
    """Every unit a measure may come in: its name and how people read it."""
    return tuple((unit.name, unit.shown) for unit in analyte_of(measure).units)


def read_entered(measure: str, text: str, unit: str, mark: str) -> TypedCount:
    """Read one field of the blood count.

    Args:
        measure: one of ``MEASURES``.
        text: as typed, not blank.
        unit: the name of the unit beside the field.
        mark: the station's decimal mark.

    Raises:
        Refused: no plain number, another unit, or finer than whole cells per µL.
    """
    return read_count(analyte_of(measure), text, unit_of(measure, unit), mark)


def read_normal(
    measure: str, low: str, high: str, unit: str, mark: str
) -> tuple[Decimal | None, Decimal | None]:
    """Read the laboratory's limits of normal of one measure, in its unit.

    Raises:
        Refused: no number, the wrong way round, or so far off that another unit was meant.
    """
    try:
        return read_limits(analyte_of(measure), low, high, unit_of(measure, unit), mark)
    except Refused as refused:
        title = analyte_of(measure).title
        raise Refused(
            *(r if r.startswith(title) else f"{title}: {r}" for r in refused.reasons)
        ) from refused


def in_other_unit(measure: str, value: Decimal, unit: str, other: str) -> Decimal:
    """A value of one unit in another unit of the measure."""
    return from_kept(unit_of(measure, unit).kept(value), unit_of(measure, other))
