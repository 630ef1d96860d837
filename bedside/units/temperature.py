"""Reads a body temperature in °C or °F; kept in hundredths of a degree Celsius.

°C = (°F − 32) × 5 / 9, rounded half up to hundredths: no limit of a fever in use (38, 38.3, 36 …) is
moved to its other side by that for a reading in tenths of a degree.
"""

from decimal import Decimal

from msgspec import Struct

from bedside.units.reader import read_number
from bedside.units.refusal import Refused
from bedside.units.rounding import half_up
from bedside.units.typed_text import BLANKS, shown

CELSIUS, FAHRENHEIT = "°C", "°F"
UNITS = (CELSIUS, FAHRENHEIT)


class Temperature(Struct, frozen=True, order=True):
    """A temperature, kept in hundredths of a degree Celsius."""

    hundredths_c: int

    @property
    def celsius(self) -> Decimal:
        """The temperature in °C, to hundredths."""
        return Decimal(self.hundredths_c) / 100


class TypedDegrees(Struct, frozen=True):
    """A temperature as typed: the number and its unit."""

    number: Decimal
    unit: str

    @property
    def kept(self) -> Temperature:
        """The temperature as it is kept."""
        number = self.number
        if self.unit == FAHRENHEIT:
            number = (number - 32) * 5 / 9
        return Temperature(int(half_up(number * 100, 0)))


def read_degrees(text: str, mark: str = ".", *, unit: str = "") -> TypedDegrees:
    """Read a temperature as typed.

    Args:
        text: "38.6 °C", "101.5 °F", or the bare number in a field whose unit stands beside it.
        mark: the station's decimal mark.
        unit: the field's unit, "°C" or "°F"; "" where the text must carry one.

    Raises:
        Refused: no plain number, no unit or another one, or finer than a hundredth of a degree.
    """
    typed = text.strip(BLANKS)
    number, found = _parted(typed)
    if not (found or unit):
        raise Refused(
            f'"{shown(typed)}" has no unit: write it as in 38{mark}6 °C or 101{mark}5 °F.'
        )
    read = read_number(number, mark, unit=found or unit)
    if read != half_up(read, 2):
        raise Refused(
            "Temperatures are kept in hundredths of a degree: write at most two decimals."
        )
    return TypedDegrees(read, found or unit)


def _parted(typed: str) -> tuple[str, str]:
    for unit in UNITS:
        for spelling in (unit, unit[1], unit[1].lower()):
            if typed.endswith(" " + spelling):
                return typed[: -len(spelling)].strip(BLANKS), unit
    return typed, ""
