"""Units as people type them: "6 h" for 6 hours, "umol/L" where no key writes µ."""

from collections.abc import Mapping

from bedside.units.writer import write_number

LEVELS = ("µmol/L",)
_TYPED_AS = {"umol/L": "µmol/L", "\u03bcmol/L": "µmol/L"}  # the Greek letter looks like the sign
_SHORT: Mapping[str, tuple[str, ...]] = {"hours": ("h",), "minutes": ("min",)}


def parted(text: str) -> tuple[str, str]:
    """Part a quantity at its last blank into number and unit, the unit as the program writes it.

    Args:
        text: as typed, "0.25 umol/L".
    """
    head, _, unit = text.rpartition(" ")
    return head, _TYPED_AS.get(unit, unit)


_BEFORE = ("grade", "day")  # a name and no amount: kept as "4 grade", said and typed "grade 4"


def counted(number: int, unit: str) -> str:
    """A whole number with its unit as people say it: "6 hours", "1 hour", "grade 4"."""
    if unit in _BEFORE:
        return f"{unit} {write_number(number)}"
    return f"{write_number(number)} {unit.removesuffix('s') if number == 1 else unit}"


def without_unit(text: str, unit: str) -> str:
    """Take a whole number's unit off it, written out, in the singular or short.

    Args:
        text: as typed, "6 hours", "1 hour", "6 h" or "6".
        unit: in the plural, "hours".
    """
    before, _, after = text.partition(" ")
    if unit in _BEFORE and before.casefold() == unit:
        return after
    head, _, typed = text.rpartition(" ")
    return head if typed in (unit, unit.removesuffix("s"), *_SHORT.get(unit, ())) else text
