"""The typed quantities of the ward: a weight is never a length, an ANC never a platelet count.

Decision: small frozen types on integers and decimals for keeping and comparing, pint only where
units are multiplied (`bedside.units.registry`). Plain pint quantities everywhere were rejected:
33 microseconds each with a string unit, and a float slips in unseen.
"""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

DrugUnit = Literal["mg", "micrograms", "units"]


class BodyWeight(Struct, frozen=True, order=True):
    """A body weight, kept in whole grams."""

    g: int

    @property
    def kg(self) -> Decimal:
        """The weight in kilograms, exact."""
        return Decimal(self.g) / 1000


class BodyLength(Struct, frozen=True, order=True):
    """A body length (lying), kept in whole millimetres."""

    mm: int

    @property
    def cm(self) -> Decimal:
        """The length in centimetres, exact."""
        return Decimal(self.mm) / 10


class BodySurface(Struct, frozen=True, order=True):
    """A body surface area in square metres, unrounded."""

    m2: Decimal


class Anc(Struct, frozen=True, order=True):
    """An absolute neutrophil count in whole cells per microlitre."""

    per_ul: int


class Platelets(Struct, frozen=True, order=True):
    """A platelet count in whole cells per microlitre."""

    per_ul: int


class WhiteCells(Struct, frozen=True, order=True):
    """A white-cell count in whole cells per microlitre."""

    per_ul: int


class Blasts(Struct, frozen=True, order=True):
    """Leukaemic blasts in blood, in whole cells per microlitre."""

    per_ul: int


class Haemoglobin(Struct, frozen=True, order=True):
    """A haemoglobin in tenths of a gram per litre (so that 8.45 g/dL stays exact)."""

    tenths_g_per_l: int

    @property
    def g_per_l(self) -> Decimal:
        """The haemoglobin in grams per litre, exact."""
        return Decimal(self.tenths_g_per_l) / 10


class DrugAmount(Struct, frozen=True):
    """An amount of drug, exact, in milligrams, micrograms or (asparaginase) units."""

    value: Decimal
    unit: DrugUnit = "mg"


class DoseRate(Struct, frozen=True):
    """A protocol's dose: an amount per kilogram, per square metre, or fixed."""

    value: Decimal
    unit: DrugUnit
    per: Literal["kg", "m2", "dose"]
