"""Which kinds of quantity the ward types, and the units each may be typed in.

A pharmacist can read the table at the end: kind, the units taken, and by how much each is
multiplied to get what is kept. Factors are exact. No other unit is ever converted: a
pound or an inch is refused, because a converted slip looks like a weight.
"""

from decimal import Decimal

from msgspec import Struct


class TypedUnit(Struct, frozen=True):
    """One unit of a kind.

    Args:
        name: as refusals write it.
        factor: a value in this unit times the factor is the value that is kept.
        also: other spellings of the very same unit.
    """

    name: str
    factor: Decimal
    also: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every accepted spelling."""
        return (self.name, *self.also)


class Measure(Struct, frozen=True):
    """A kind of quantity: what it is called, its units, how finely it is kept.

    Args:
        plural: begins a sentence, e.g. "Weights".
        units: the units taken, the usual one first.
        example: a number and unit as they should be written (with a point).
        kept_in: what one kept step is, e.g. "whole grams"; "" when kept as typed.
        above_zero: zero is no possible value (of a weight; a count of 0 is a value).
        most: the largest possible value as kept, or None.
        meant: no more than this, as kept, can be meant of an infant [judgement]: nothing above it is
            proposed as the right way to write what was typed. None where no bound is plain.
    """

    plural: str
    units: tuple[TypedUnit, ...]
    example: str
    kept_in: str = ""
    above_zero: bool = False
    most: Decimal | None = None
    meant: Decimal | None = None

    @property
    def taken(self) -> str:
        """Say which units are taken: "weights are taken in kg or g only"."""
        names = [unit.name for unit in self.units]
        listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        return f"{self.plural[0].lower()}{self.plural[1:]} are taken in {listed} only"

    def find(self, spelling: str) -> TypedUnit | None:
        """Return the unit of this spelling, or None."""
        for unit in self.units:
            if spelling in unit.spellings:
                return unit
        return None


_ONE, _TEN, _THOUSAND = Decimal(1), Decimal(10), Decimal(1000)

_PER_UL = TypedUnit("/µL", _ONE, ("/uL", "/\u03bcL", "per µL", "per uL", "/mm3", "/mm³"))
_E9_PER_L = TypedUnit(
    "10^9/L",
    _THOUSAND,
    (
        "10*9/L",
        "x10^9/L",
        "x10*9/L",
        "×10^9/L",
        "×10⁹/L",
        "× 10⁹/L",
        "10⁹/L",
        "G/L",
        "GPt/L",
        *(f"K/{micro}L" for micro in "uµ\u03bc"),
        *(f"10{power}3/{micro}L" for power in "^*" for micro in "uµ\u03bc"),
    ),
)
_COUNT_UNITS = (_PER_UL, _E9_PER_L)
_CELLS = "whole cells per µL"

MEASURES: dict[str, Measure] = {
    "weight": Measure(
        "Weights",
        (TypedUnit("kg", _THOUSAND), TypedUnit("g", _ONE)),
        "6.2 kg",
        kept_in="whole grams",
        above_zero=True,
        meant=Decimal(100_000),
    ),
    "length": Measure(
        "Lengths",
        (TypedUnit("cm", _TEN), TypedUnit("mm", _ONE)),
        "68 cm",
        kept_in="whole millimetres",
        above_zero=True,
        meant=Decimal(2000),
    ),
    "white cells": Measure("White-cell counts", _COUNT_UNITS, "2.4 10^9/L", kept_in=_CELLS),
    "anc": Measure("Neutrophil counts", _COUNT_UNITS, "480 /µL", kept_in=_CELLS),
    "blasts": Measure("Blast counts", _COUNT_UNITS, "1000 /µL", kept_in=_CELLS),
    "platelets": Measure("Platelet counts", _COUNT_UNITS, "50 10^9/L", kept_in=_CELLS),
    "haemoglobin": Measure(
        "Haemoglobins",
        (TypedUnit("g/L", _TEN), TypedUnit("g/dL", Decimal(100))),
        "84 g/L",
        kept_in="whole tenths of a gram per litre",
    ),
    "percent": Measure("Percentages", (TypedUnit("%", _ONE),), "35 %", most=Decimal(100)),
    "minutes": Measure("Minutes", (TypedUnit("min", _ONE),), "30 min", kept_in="whole minutes"),
}
