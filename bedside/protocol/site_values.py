"""The site's own values: what is not public and what only a pharmacy can decide, entered by two people.

One file belongs to one protocol: the Induction of one is not the Induction of another, so lengths
and doses are only handed out for the protocol that they were entered for.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeVar, cast

from msgspec import Struct, field

from bedside.protocol.drugs import DrugNames, drug_names
from bedside.protocol.fact_reader import read_rate
from bedside.protocol.toml_table import FileTable, read_toml
from bedside.units.quantities import DoseRate, DrugAmount
from bedside.units.refusal import Refused
from bedside.units.rounding import RoundingRule

if TYPE_CHECKING:
    from bedside.protocol.maintenance import MaintenanceRule

DoseKey = tuple[str, str, str]  # course key, drug key, route
Place = Literal["tertiary", "shared-care", "unknown"]
PLACES: tuple[Place, ...] = ("tertiary", "shared-care", "unknown")

_Value = TypeVar("_Value")


def _nothing() -> Mapping[str, _Value]:
    return MappingProxyType({})


def _no_doses() -> Mapping[DoseKey, DoseRate]:
    return MappingProxyType({})


class SiteValues(Struct, frozen=True):
    """The site's values for one protocol; everything empty means nothing has been commissioned.

    Lengths are days from a course's day 1 to day 1 of the next. ``stops`` replace the program's
    own absolute stop of a drug. ``weight_age_days`` and ``count_age_hours`` say how old a weight
    and a count may be; None where the site has entered nothing.
    """

    protocol: str = ""
    edition: str = ""
    demonstration: bool = False
    confirmed_by: tuple[str, str] | None = None
    confirmed_on: date | None = None
    lengths: Mapping[str, int] = field(default_factory=_nothing)
    doses: Mapping[DoseKey, DoseRate] = field(default_factory=_no_doses)
    rounding: Mapping[str, RoundingRule] = field(default_factory=_nothing)
    concentration_mg_per_ml: Mapping[str, Decimal] = field(default_factory=_nothing)
    vial_mg: Mapping[str, Decimal] = field(default_factory=_nothing)
    planned_minutes: Mapping[str, int] = field(default_factory=_nothing)
    stops: Mapping[str, DrugAmount] = field(default_factory=_nothing)
    weight_age_days: int | None = None
    count_age_hours: int | None = None
    site_name: str = ""
    ward_name: str = ""
    place: Place = "unknown"
    contacts: tuple[tuple[str, str, str], ...] = ()  # role, name, number
    maintenance: "MaintenanceRule | None" = None

    def lengths_for(self, protocol_key: str) -> Mapping[str, int]:
        """The course lengths, only for the protocol they were entered for."""
        return self.lengths if protocol_key == self.protocol else {}

    def dose_for(self, protocol_key: str, key: DoseKey) -> DoseRate | None:
        """The site's own dose, only for the protocol it was entered for."""
        return self.doses.get(key) if protocol_key == self.protocol else None

    def maintenance_for(self, protocol_key: str) -> "MaintenanceRule | None":
        """The site's titration rule for Maintenance, only for the protocol it was entered for."""
        return self.maintenance if protocol_key == self.protocol else None


NO_SITE_VALUES = SiteValues()


class SiteValuesError(Refused):
    """The site's values cannot be used; each reason names the file, the place and what is right."""


def read_site_values(path: Path, drugs: DrugNames | None = None) -> SiteValues:
    """Read a file of site values.

    Raises:
        SiteValuesError: with every fault found.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise SiteValuesError(
            f"{path.name}: byte {fault.start} is not UTF-8: save the file as UTF-8."
        ) from fault
    return read_site_values_text(text, path.name, drugs)


def read_site_values_text(text: str, name: str, drugs: DrugNames | None = None) -> SiteValues:
    """Read site values from their text; ``name`` is the file's name for messages."""
    top, faults = read_toml(text, name, SiteValuesError)
    known = drug_names() if drugs is None else drugs
    by, on = _confirmed(top)
    site = top.table("site") or FileTable({}, "site", faults)
    drug_values = _DrugValues(top, known)
    values = SiteValues(
        protocol=top.text("protocol"),
        edition=top.text("edition"),
        demonstration=top.flag("demonstration"),
        confirmed_by=by,
        confirmed_on=on,
        lengths=_lengths(top),
        doses=_doses(top, known),
        rounding=drug_values.rounding,
        concentration_mg_per_ml=drug_values.concentration,
        vial_mg=drug_values.vial,
        planned_minutes=drug_values.minutes,
        stops=drug_values.stops,
        weight_age_days=site.whole("weight-age-days"),
        count_age_hours=site.whole("count-age-hours"),
        site_name=site.text("name", ""),
        ward_name=site.text("ward", ""),
        place=cast(Place, site.choice("place", PLACES, "unknown")),
        contacts=tuple(_contact(table) for table in top.tables("contact")),
        maintenance=_maintenance(top, known, (by, on)),
    )
    site.done()
    top.done()
    if faults.found:
        raise SiteValuesError(*faults.found)
    return values


def _confirmed(top: FileTable) -> tuple[tuple[str, str] | None, date | None]:
    table = top.table("confirmed")
    if table is None:
        return None, None
    names = table.texts("by", needed=True)
    distinct = {name.strip().casefold() for name in names if name.strip()}
    if len(names) != 2 or len(distinct) != 2:
        table.fault("by", "two different people confirm the values: write both names.")
    table.has("on")
    on = table.values.get("on")
    if not isinstance(on, date) or isinstance(on, datetime):
        table.fault("on", "the day of confirming is needed, for example 2026-10-01.")
        on = None
    table.done()
    return ((names[0], names[1]) if len(names) == 2 else None), on


def _maintenance(
    top: FileTable, drugs: DrugNames, confirmed: tuple[tuple[str, str] | None, date | None]
) -> "MaintenanceRule | None":
    table = top.table("maintenance")
    if table is None:
        return None
    # read only where there is one: the first screen needs no rule
    from bedside.protocol.maintenance_reader import RuleReader

    return RuleReader(table, drugs).read(
        protocol=top.text("protocol"),
        edition=top.text("edition"),
        demonstration=top.flag("demonstration"),
        confirmed=confirmed,
    )


def _lengths(top: FileTable) -> Mapping[str, int]:
    table = top.table("lengths")
    if table is None:
        return {}
    lengths = {key: table.whole(key) for key in list(table.values)}
    return {key: days for key, days in lengths.items() if days is not None}


def _doses(top: FileTable, drugs: DrugNames) -> Mapping[DoseKey, DoseRate]:
    doses: dict[DoseKey, DoseRate] = {}
    for table in top.tables("dose"):
        drug = _known_drug(table, drugs)
        key = (table.text("course"), drug, table.text("route"))
        rate = read_rate(table)
        if rate is None and not table.has("value"):
            table.fault("value", "a dose needs its value and unit.")
        if key in doses:
            table.fault("", f"the dose of {' '.join(key)} stands there twice: keep one.")
        if rate is not None:
            doses[key] = rate
        table.done()
    return doses


def _known_drug(table: FileTable, drugs: DrugNames) -> str:
    drug = table.text("drug")
    table.place = f"{table.place} {drug}".rstrip()
    if drug and drug not in drugs.drugs:
        table.fault("drug", f"{drug!r} is not in the drug list: correct it.")
    return drug


def _contact(table: FileTable) -> tuple[str, str, str]:
    contact = (table.text("role"), table.text("name", ""), table.text("number"))
    table.done()
    return contact


class _DrugValues:
    """What the pharmacy decides for each drug, read from every [[drug]]."""

    def __init__(self, top: FileTable, drugs: DrugNames) -> None:
        self.rounding: dict[str, RoundingRule] = {}
        self.concentration: dict[str, Decimal] = {}
        self.vial: dict[str, Decimal] = {}
        self.minutes: dict[str, int] = {}
        self.stops: dict[str, DrugAmount] = {}
        seen: set[str] = set()
        for table in top.tables("drug"):
            drug = _known_drug(table, drugs)
            if drug in seen:
                table.fault("", f"the drug {drug} stands there twice: keep one.")
            seen.add(drug)
            self._read(table, drug)

    def _read(self, table: FileTable, drug: str) -> None:
        rule = _rounding(table)
        if rule is not None:
            self.rounding[drug] = rule
        _keep(self.concentration, drug, table.number("concentration-mg-per-ml"))
        _keep(self.vial, drug, table.number("vial-mg"))
        _keep(self.minutes, drug, table.whole("planned-minutes"))
        stop = table.number("stop-mg")
        _keep(self.stops, drug, None if stop is None else DrugAmount(stop, "mg"))
        table.done()


def _keep(values: dict[str, _Value], drug: str, value: _Value | None) -> None:
    if value is not None:
        values[drug] = value


def _rounding(table: FileTable) -> RoundingRule | None:
    rounding = table.table("rounding")
    if rounding is None:
        return None
    name = rounding.text("name")
    step = rounding.number("step", needed=True)
    most = rounding.number("most-percent", needed=True)
    rounding.done()
    return None if step is None else RoundingRule(name, step, most)
