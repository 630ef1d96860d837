"""Multiplies doses by bodies through pint, so that a dose per kg can never meet a square metre.

Decision: pint with our own definitions file (`definitions.txt`), decimals throughout, and no
default registry: the default one takes 100 ms to build and knows pounds. pint itself is imported
on first use, because the first screen needs no dose.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bedside.lean import without
from bedside.units.quantities import BodySurface, BodyWeight, DoseRate, DrugAmount
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from pint import UnitRegistry

BodySize = BodyWeight | BodySurface
DEFINITIONS = Path(__file__).with_name("definitions.txt")
_DIGITS = 60
_PER = {"kg": "kg", "m2": "m2", "dose": ""}
Product = Callable[[DoseRate, BodySize | None], DrugAmount]
_MISSING = {
    "kg": "This dose is per kg of body weight: record a weight first.",
    "m2": "This dose is per m² of body surface: record a weight and a length first.",
}


@cache
def registry() -> UnitRegistry[Any]:
    """Return the one pint registry, holding our own definitions and nothing else."""
    with without("numpy"):
        from pint import UnitRegistry

    made: UnitRegistry[Any] = UnitRegistry(None, non_int_type=Decimal, cache_folder=None)
    made.load_definitions(DEFINITIONS)
    return made


def watched_amount(rate: DoseRate, size: BodySize | None) -> DrugAmount:
    """Work out an amount only to compare it with one that `amount_for` worked out before.

    The ward list watches every standing order all night and must not load pint for it. The three
    products of a rate with its own kind of body are taken in plain decimals; all else goes to pint,
    which refuses it. Were a product wrong, it would differ and end the order, never let one stand.
    Never for a dose that is shown, signed or printed.

    Args:
        rate: as for `amount_for`.
        size: as for `amount_for`.

    Raises:
        Refused: as `amount_for`.
        pint.DimensionalityError: as `amount_for`.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        if rate.per == "kg" and isinstance(size, BodyWeight):
            return DrugAmount(rate.value * size.kg, rate.unit)
        if rate.per == "m2" and isinstance(size, BodySurface):
            return DrugAmount(rate.value * size.m2, rate.unit)
        if rate.per == "dose" and size is None:
            return DrugAmount(rate.value, rate.unit)
    return amount_for(rate, size)


def amount_for(rate: DoseRate, size: BodySize | None) -> DrugAmount:
    """Work out the amount of drug for one dose, unrounded.

    Args:
        rate: the protocol's dose, per kg, per m² or fixed.
        size: the body weight or body surface; None for a fixed dose.

    Returns:
        The exact amount, in the drug unit of the rate.

    Raises:
        Refused: the rate needs a body size and there is none.
        pint.DimensionalityError: the rate needs another kind of body size than was given.
    """
    if size is None and rate.per != "dose":
        raise Refused(_MISSING[rate.per])
    units = registry()
    with localcontext() as context:
        context.prec = _DIGITS
        dose = units.Quantity(rate.value, units.Unit(_rate_unit(rate)))
        amount = (dose * _body(size)).to(units.Unit(rate.unit))
    return DrugAmount(amount.magnitude, rate.unit)


def _rate_unit(rate: DoseRate) -> str:
    return f"{rate.unit}/{_PER[rate.per]}" if rate.per != "dose" else rate.unit


def _body(size: BodySize | None) -> Any:
    units = registry()
    if isinstance(size, BodyWeight):
        return units.Quantity(size.kg, units.Unit("kg"))
    if isinstance(size, BodySurface):
        return units.Quantity(size.m2, units.Unit("m2"))
    return units.Quantity(Decimal(1), units.dimensionless)
