"""Reads the counts and doses so far that `calc maintenance` is asked about, and the rule it is to use.

Strict, with every fault named: a count whose unit is missing, a drug that is not in the list, a
dose without an amount. What is not written is unknown; a value may also be written as the word
unknown, pending, not done or unusable.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from bedside.commands.blood_counts import or_bound, read_possible_anc, read_possible_platelets
from bedside.commands.options import either
from bedside.commands.plain import brief
from bedside.commands.protocols import LARGEST_FILE
from bedside.commands.sizes import read_infant_length, read_infant_weight
from bedside.places import place
from bedside.protocol.drugs import drug_names
from bedside.protocol.maintenance import MaintenanceRule
from bedside.protocol.maintenance_reader import read_rule_file
from bedside.protocol.titration_facts import MOST_PERCENT, Count, DoseSoFar, Source
from bedside.protocol.toml_table import FileTable, read_toml
from bedside.units.dates import FIRST_YEAR, LAST_YEAR
from bedside.units.quantities import BodyLength, BodyWeight, DrugAmount
from bedside.units.refusal import Refused

PENDING = "pending"
UNKNOWN = ("unknown", PENDING, "not done", "unusable")
MEASURES: tuple[Source, ...] = ("anc", "platelets")
Read = TypeVar("Read")


class SoFar(Struct, frozen=True):
    """What the file says: the day asked about, the body of that day, counts and doses so far."""

    on: date | None = None
    weight: BodyWeight | None = None
    length: BodyLength | None = None
    counts: tuple[Count, ...] = ()
    doses: tuple[DoseSoFar, ...] = ()

    @property
    def newest(self) -> date | None:
        """The newest day in the file."""
        days = [count.on for count in self.counts] + [dose.from_on for dose in self.doses]
        return max(days, default=None)


def read_so_far(name: str) -> SoFar:
    """Read the file of counts and doses so far.

    Raises:
        Refused: it is not there, is no small text file, or has a fault.
    """
    return so_far_of_text(text_of_file(name, "FILE", "the counts and doses so far"), name)


def so_far_of_text(text: str, name: str) -> SoFar:
    """Read counts and doses so far from their text; ``name`` is the file's name for messages."""
    top, faults = read_toml(text, Path(name).name, Refused)
    read = SoFar(
        on=_day(top, "on", needed=False),
        weight=_quantity(top, "weight", read_infant_weight),
        length=_quantity(top, "length", read_infant_length),
        counts=tuple(_count(table) for table in top.tables("count")),
        doses=tuple(_dose(table) for table in top.tables("dose")),
    )
    top.done()
    if faults.found:
        raise Refused(*faults.found)
    return read


def find_rule(name: str) -> MaintenanceRule:
    """Return a rule: the worked example by its name, or one in a file.

    Raises:
        Refused: there is no such file, or it has a fault.
    """
    own = {path.stem: path for path in place("resources", "maintenance").glob("*.toml")}
    if name in own:
        return read_rule_file(own[name])
    text_of_file(name, "--rule", f"a titration rule, or write {either(sorted(own))}")
    return read_rule_file(Path(name))


def text_of_file(name: str, option: str, right: str) -> str:
    """Return the text of a small file.

    Raises:
        Refused: it is not there, far too large, or cannot be read as UTF-8.
    """
    try:
        path = Path(name)
        if not path.is_file():
            raise Refused(
                f"{option}: there is no file “{brief(name)}”: name the file with {right}."
            )
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(
                f"{option}: “{brief(name)}” is far too large: name the file with {right}."
            )
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as fault:
        if isinstance(fault, Refused):
            raise
        raise Refused(f"{option}: “{brief(name)}” cannot be read as UTF-8 text.") from fault


def _count(table: FileTable) -> Count:
    on = _day(table, "on", needed=True)
    count = Count(
        on or date.min,
        _quantity(table, "anc", or_bound(read_possible_anc), unknown=True),
        _quantity(table, "platelets", or_bound(read_possible_platelets), unknown=True),
        frozenset(key for key in MEASURES if table.values.get(key) == PENDING),
        at=_time(table, "at"),
    )
    table.done()
    return count


def _dose(table: FileTable) -> DoseSoFar:
    drug = table.text("drug")
    if drug and drug not in drug_names().drugs:
        table.fault("drug", f"{drug!r} is not in the drug list: correct it.")
    percent, amount = _amount(table, "percent"), _amount(table, "mg")
    if (percent is None) == (amount is None):
        table.fault("percent", "a dose is written as percent or as mg: one of the two, 0 stops.")
    elif percent is not None and percent > MOST_PERCENT:
        most = f"more than {MOST_PERCENT} % of the dose begun with cannot be meant."
        table.fault("percent", f"{percent} % so far: {most}")
    dose = DoseSoFar(
        drug,
        _day(table, "from", needed=True) or date.min,
        percent,
        None if amount is None else DrugAmount(amount),
    )
    table.done()
    return dose


def _amount(table: FileTable, key: str) -> Decimal | None:
    """A number above 0, or 0."""
    if not table.has(key):
        return None
    value = table.values[key]
    if value == 0 and not isinstance(value, bool):
        return Decimal(0)
    return table.number(key)


def _day(table: FileTable, key: str, *, needed: bool) -> date | None:
    if not table.has(key):
        if needed:
            table.fault(key, "a day is missing: write it as 2026-11-20, without quotes.")
        return None
    value = table.values[key]
    if isinstance(value, date) and not isinstance(value, datetime):
        if FIRST_YEAR <= value.year <= LAST_YEAR:
            return value
        table.fault(key, f"the year {value.year} cannot be meant: write it in four figures.")
        return None
    table.fault(key, f"a day is needed, as 2026-11-20 without quotes, not {value!r}.")
    return None


def _time(table: FileTable, key: str) -> time | None:
    """The time of day at which a sample was taken; None where the file does not say."""
    if not table.has(key):
        return None
    value = table.values[key]
    if isinstance(value, time):
        return value
    table.fault(key, f"a time of day is needed, as 02:10:00 without quotes, not {value!r}.")
    return None


def _quantity(
    table: FileTable, key: str, read: Callable[[str], Read], *, unknown: bool = False
) -> Read | None:
    text = table.text(key, "")
    if not text or (unknown and text in UNKNOWN):
        return None
    try:
        return read(text)
    except Refused as refused:
        table.fault(key, " ".join(refused.reasons))
        return None
