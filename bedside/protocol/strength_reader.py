"""Reads what a drug comes in, from a [[drug]] of the site's values: each strength with its unit.

``concentration`` and ``vial`` stand beside the older ``concentration-mg-per-ml`` and ``vial-mg``,
which go on meaning milligrams; of the two spellings only one may stand there.
"""

from decimal import Decimal
from typing import cast

from bedside.protocol.drugs import ROUTE_WORDS, route_atoms
from bedside.protocol.site_values import Strength, Tablet
from bedside.protocol.toml_table import FileTable
from bedside.units.quantities import DrugAmount, DrugUnit
from bedside.units.rounding import RoundingRule

UNITS: tuple[DrugUnit, ...] = ("mg", "micrograms", "units")
_PARTS = (1, 2, 4)


def read_strength(table: FileTable) -> Strength | None:
    """The strengths of one [[drug]]; None where it has none of the keys with a unit."""
    concentration = _amount(table, "concentration", "concentration-mg-per-ml")
    vial = _amount(table, "vial", "vial-mg")
    tablet = _tablet(table)
    if tablet is not None and (concentration is not None or vial is not None):
        table.fault(
            "tablet", "a drug by one route is a tablet or is measured in mL: write two [[drug]]."
        )
    if concentration is None and vial is None and tablet is None:
        return None
    return Strength(concentration, vial, tablet)


def check_route(table: FileTable) -> None:
    """Note a route that is not known; planned minutes and a stop belong to the drug itself."""
    for atom in route_atoms(table.text("route", "")):
        if atom not in ROUTE_WORDS:
            table.fault("route", f"{atom!r} is not a known route: write {', '.join(ROUTE_WORDS)}.")
    for key in ("concentration-mg-per-ml", "vial-mg", "planned-minutes", "stop-mg"):
        if table.has(key):
            table.fault(key, "this belongs to the [[drug]] without a route.")


def read_rounding(table: FileTable) -> RoundingRule | None:
    """The rounding rule of one [[drug]]: name, step, largest change, and the step's unit."""
    rounding = table.table("rounding")
    if rounding is None:
        return None
    name = rounding.text("name")
    step = rounding.number("step", needed=True)
    exactly = rounding.flag("exactly")  # the copy states no largest change: none is allowed
    most = Decimal(0) if exactly else rounding.number("most-percent", needed=True)
    unit = cast(DrugUnit, rounding.choice("unit", UNITS)) if rounding.has("unit") else None
    rounding.done()
    return None if step is None else RoundingRule(name, step, most, unit)


def _amount(table: FileTable, key: str, older: str) -> DrugAmount | None:
    entered = table.table(key)
    if entered is None:
        return None
    if table.has(older):
        table.fault(key, f"{older} stands there too: keep one of them.")
    amount = _read_amount(entered)
    entered.done()
    return amount


def _tablet(table: FileTable) -> Tablet | None:
    entered = table.table("tablet")
    if entered is None:
        return None
    amount, parts = _read_amount(entered), entered.whole("parts", 1) or 1
    if parts not in _PARTS:
        entered.fault("parts", "a tablet is given whole, in halves or in quarters: 1, 2 or 4.")
    entered.done()
    return None if amount is None or parts not in _PARTS else Tablet(amount, parts)


def _read_amount(table: FileTable) -> DrugAmount | None:
    value = table.number("value", needed=True)
    unit = cast(DrugUnit, table.choice("unit", UNITS))
    return None if value is None else DrugAmount(value, unit)
