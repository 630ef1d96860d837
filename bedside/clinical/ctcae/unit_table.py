"""The units a laboratory value may be graded in, and the way from one to the other, exact.

Read from `resources/ctcae/units.toml`. Decision: a table of its own instead of pint: a value is
turned in one multiplication of decimals, and no unit is taken that the table does not name.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from bedside.units.refusal import Refused

_ONE = Decimal(1)
_ZERO = Decimal(0)


class Way(Struct, frozen=True):
    """How a number in one unit becomes a number in the table's first unit.

    Args:
        unit: the unit's own name, as columns of rules name it.
        times: multiplied by, after taking off ``less``.
        over: then divided by.
        less: taken off first (degrees Fahrenheit).
    """

    unit: str
    times: Decimal = _ONE
    over: Decimal = _ONE
    less: Decimal = _ZERO

    def forward(self, number: Decimal) -> Decimal:
        """Return the number in the table's first unit."""
        return (number - self.less) * self.times / self.over

    def back(self, number: Decimal) -> Decimal:
        """Return a number of the table's first unit in this unit."""
        return number * self.over / self.times + self.less


class UnitTable(Struct, frozen=True):
    """The units of one kind of quantity.

    Args:
        unit: the first unit, into which the others are turned.
        ways: every accepted spelling with its way.
    """

    unit: str
    ways: Mapping[str, Way]

    def find(self, spelling: str, what: str) -> Way:
        """Return the way of a unit.

        Args:
            spelling: as the laboratory wrote it.
            what: what was measured, for the sentence of a refusal.

        Raises:
            Refused: another unit; names those that are taken.
        """
        found = self.ways.get(spelling.strip())
        if found is None:
            raise Refused(self.refusal(spelling, what))
        return found

    def refusal(self, spelling: str, what: str) -> str:
        """Say that a unit is not taken, and which are."""
        names = list(dict.fromkeys(way.unit for way in self.ways.values()))
        taken = " or ".join("no unit" if name == "1" else name for name in names)
        given = f"“{spelling[:40]}”" if spelling.strip() else "A number without a unit"
        return f"{given} is not taken for {what}: write it in {taken}."

    def turned(self, number: Decimal, unit: Way, column: str) -> Decimal:
        """Return a number of one unit in the unit of a column; unchanged where they are one."""
        if unit.unit == column:
            return number
        first = unit.forward(number)
        return first if column == self.unit else self.ways[column].back(first)


def read_units(tables: Mapping[str, Mapping[str, Any]]) -> Mapping[str, UnitTable]:
    """Read the unit tables.

    Args:
        tables: the parsed `units.toml`.

    Returns:
        The tables by the name of the quantity.
    """
    return {name: _read_table(table) for name, table in tables.items()}


def _read_table(table: Mapping[str, Any]) -> UnitTable:
    ways: dict[str, Way] = {}
    for row in (table, *table.get("also", ())):
        way = Way(
            row["unit"],
            Decimal(row.get("times", "1")),
            Decimal(row.get("over", "1")),
            Decimal(row.get("less", "0")),
        )
        for spelling in (row["unit"], *row.get("spelled", ())):
            ways[spelling] = way
    return UnitTable(table["unit"], ways)
