"""Reads an infant's weight and length, and refuses what no infant weighs or measures.

The bounds are those of the screen (`bedside.clinical.size_kinds`): 0.5 to 30 kg, 20 to 120 cm.
They catch a thousandfold slip (hazard H4) and most tenfold ones; without the infant's own last
values no command line can catch them all.
"""

from bedside.clinical.size_kinds import LENGTH, WEIGHT, SizeKind
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.quantity_reader import read_length, read_weight
from bedside.units.refusal import Refused

POINT = "."


def read_infant_weight(text: str) -> BodyWeight:
    """Read a weight that an infant can have.

    Raises:
        Refused: no weight, or one outside what is possible.
    """
    weight = read_weight(text)
    check_possible(WEIGHT, weight.g)
    return weight


def read_infant_length(text: str) -> BodyLength:
    """Read a lying length that an infant can have.

    Raises:
        Refused: no length, or one outside what is possible.
    """
    length = read_length(text)
    check_possible(LENGTH, length.mm)
    return length


def notes_for_no_infant(weight: BodyWeight, length: BodyLength) -> tuple[str, ...]:
    """Say which size no infant has, where a figure is answered all the same (published adults)."""
    found = (("--weight", WEIGHT, weight.g), ("--length", LENGTH, length.mm))
    return tuple(
        f"{option}: {_no_infant(kind, value)}. The figure below is of no infant."
        for option, kind, value in found
        if not kind.least <= value <= kind.most
    )


def check_possible(kind: SizeKind, value: int) -> None:
    """Refuse a size (whole g or mm) outside the bounds of its kind."""
    if not kind.least <= value <= kind.most:
        raise Refused(f"{_no_infant(kind, value)}.")


def _no_infant(kind: SizeKind, value: int) -> str:
    least, most = kind.write(kind.least, POINT), kind.write(kind.most, POINT)
    return (
        f"{kind.write(value, POINT)} is no {kind.noun} of an infant ({least} to {most}): "
        "look at the number and its unit again"
    )
