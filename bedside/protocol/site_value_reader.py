"""Reads the site's own values from their file, with every fault found in one go.

The file is written by commissioning or by hand; each entry is checked here and, where the protocol
is at hand, against it (`bedside.protocol.site_value_checks`).
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from msgspec.structs import replace

from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, ROUTE_WORDS, DrugNames, drug_names, route_atoms
from bedside.protocol.hours import HourRule
from bedside.protocol.model import ConfirmRule, MeasureRule, Origin, Protocol, StartRule
from bedside.protocol.result_reader import read_result_rule
from bedside.protocol.site_dose_reader import read_site_dose
from bedside.protocol.site_value_checks import check_against
from bedside.protocol.site_values import (
    AGE_ANCHORS,
    BSA_FORMULAS,
    DENIED,
    OF_COURSE,
    PLACES,
    AgeAnchor,
    BsaFormula,
    Denial,
    DoseKey,
    LaterCycles,
    LaterRule,
    Place,
    SiteDose,
    SiteValues,
    SiteValuesError,
    Strength,
)
from bedside.protocol.strength_reader import check_route, read_rounding, read_strength
from bedside.protocol.therapy_end import THERAPY_UNITS, TherapyEnd, TherapyUnit
from bedside.protocol.toml_table import FileTable, read_toml
from bedside.units.quantities import DrugAmount
from bedside.units.rounding import RoundingRule

if TYPE_CHECKING:
    from bedside.protocol.maintenance import MaintenanceRule

_Value = TypeVar("_Value")
_Confirmed = tuple[tuple[str, str] | None, date | None, tuple[str, ...] | None]


def read_site_values(
    path: Path,
    drugs: DrugNames | None = None,
    protocol: Protocol | None = None,
    *,
    rule_later: bool = False,
) -> SiteValues:
    """Read a file of site values.

    Args:
        path: the file.
        drugs: the drug list; the program's own when left out.
        protocol: the protocol to check courses, drugs, routes and days against, where known.
        rule_later: leave the titration rule to be read when it is asked for; for the program's own
            file only, whose faults the tests find: the first screen needs no such rule.

    Raises:
        SiteValuesError: with every fault found.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise SiteValuesError(
            f"{path.name}: byte {fault.start} is not UTF-8: save the file as UTF-8."
        ) from fault
    later = LaterRule(path) if rule_later else None
    return read_site_values_text(text, path.name, drugs, protocol, later)


def read_site_values_text(
    text: str,
    name: str,
    drugs: DrugNames | None = None,
    protocol: Protocol | None = None,
    later: LaterRule | None = None,
) -> SiteValues:
    """Read site values from their text; ``name`` is the file's name for messages."""
    top, faults = read_toml(text, name, SiteValuesError)
    values = _values(top, drug_names() if drugs is None else drugs, later)
    top.done()
    if protocol is not None and not faults.found:
        check_against(values, protocol, faults)
    if faults.found:
        raise SiteValuesError(*faults.found)
    return values


def _values(top: FileTable, known: DrugNames, later: Any) -> SiteValues:
    by, on, courses = _confirmed(top)
    site = top.table("site") or FileTable({}, "site", top.faults)
    drug_values = _DrugValues(top, known)
    edition, protocol = top.text("edition"), top.text("protocol")
    values = SiteValues(
        protocol=protocol,
        edition=edition,
        demonstration=top.flag("demonstration"),
        confirmed_by=by,
        confirmed_on=on,
        lengths=_lengths(top),
        doses=_doses(top, known),
        days=_days(top, known, "days"),
        cycle_days=_days(top, known, "cycle"),
        later_cycles=_later_cycles(top),
        hours=_hours(top, known),
        starts=_starts(top, edition),
        denied=_denied(top, known),
        rounding=drug_values.rounding,
        concentration_mg_per_ml=drug_values.concentration,
        vial_mg=drug_values.vial,
        strengths=drug_values.strengths,
        planned_minutes=drug_values.minutes,
        syringe_step_ml=drug_values.syringe_step,
        stops=drug_values.stops,
        weight_age_days=site.whole("weight-age-days"),
        count_age_hours=site.whole("count-age-hours"),
        site_name=site.text("name", ""),
        ward_name=site.text("ward", ""),
        place=cast(Place, site.choice("place", PLACES, "unknown")),
        contacts=tuple(_contact(table) for table in top.tables("contact")),
        bsa_formula=cast(BsaFormula, site.choice("bsa-formula", BSA_FORMULAS, "mosteller")),
        age_anchor=cast(AgeAnchor, site.choice("age-anchor", AGE_ANCHORS, "course-day-1")),
    )
    site.done()
    if later is None or not top.has("maintenance"):
        later = _maintenance(top, known, protocol, (by, on))
    return replace(values, maintenance=later, confirmed_courses=courses, therapy=_therapy(top))


def _maintenance(
    top: FileTable,
    drugs: DrugNames,
    protocol: str,
    confirmed: tuple[tuple[str, str] | None, date | None],
) -> "MaintenanceRule | None":
    table = top.table("maintenance")
    if table is None:
        return None
    from bedside.protocol.maintenance_reader import RuleReader  # only where there is a rule

    edition, demonstration = top.text("edition", ""), top.flag("demonstration")
    return RuleReader(table, drugs).read(
        protocol=protocol, edition=edition, demonstration=demonstration, confirmed=confirmed
    )


def _confirmed(top: FileTable) -> _Confirmed:
    table = top.table("confirmed")
    if table is None:
        return None, None, None
    names = table.texts("by", needed=True)
    distinct = {name.strip().casefold() for name in names if name.strip()}
    if len(names) != 2 or len(distinct) != 2:
        table.fault("by", "two different people confirm the values: write both names.")
    table.has("on")
    on = table.values.get("on")
    if not isinstance(on, date) or isinstance(on, datetime):
        table.fault("on", "the day of confirming is needed, for example 2026-10-01.")
        on = None
    courses = table.texts("courses") if table.has("courses") else None
    table.done()
    return ((names[0], names[1]) if len(names) == 2 else None), on, courses


def _lengths(top: FileTable) -> Mapping[str, int]:
    table = top.table("lengths")
    if table is None:
        return {}
    lengths = {key: table.whole(key) for key in list(table.values)}
    return {key: days for key, days in lengths.items() if days is not None}


def _doses(top: FileTable, drugs: DrugNames) -> Mapping[DoseKey, SiteDose]:
    doses: dict[DoseKey, SiteDose] = {}
    for table in top.tables("dose"):
        key = _dose_key(table, drugs)
        dose = read_site_dose(table)
        if key in doses:
            table.fault("", f"the dose of {' '.join(key)} stands there twice: keep one.")
        if dose is not None:
            doses[key] = dose
        table.done()
    return doses


def _days(top: FileTable, drugs: DrugNames, tables: str) -> Mapping[DoseKey, tuple[int, ...]]:
    """Course days from every [[days]], or days of each later cycle from every [[cycle]]."""
    days: dict[DoseKey, tuple[int, ...]] = {}
    for table in top.tables(tables):
        key = _dose_key(table, drugs)
        none = tables == "cycle" and table.flag("none")
        on = () if none else table.wholes("days", needed=True)
        if not on and table.values.get("days") == []:
            table.fault("days", "no day is listed: write the course days, for example [1, 29].")
        if key in days:
            table.fault("", f"the days of {' '.join(key)} stand there twice: keep one.")
        days[key] = on
        table.done()
    return days


def _later_cycles(top: FileTable) -> Mapping[str, LaterCycles]:
    """The later cycles of a course, from every [[later-cycles]]."""
    found: dict[str, LaterCycles] = {}
    for table in top.tables("later-cycles"):
        course = table.text("course")
        since = table.whole("from-day", needed=True)
        every = table.whole("every-days", needed=True)
        if course in found:
            table.fault("", f"the cycles of {course} stand there twice: keep one.")
        if since is not None and every is not None:
            found[course] = LaterCycles(since, every)
        table.done()
    return found


def _hours(top: FileTable, drugs: DrugNames) -> Mapping[DoseKey, HourRule]:
    """At which hours a drug follows another one, from every [[hours]]."""
    found: dict[DoseKey, HourRule] = {}
    for table in top.tables("hours"):
        key = _dose_key(table, drugs)
        first, every = table.whole("first-hour", needed=True), table.whole("every-hours")
        if key in found:
            table.fault("", f"the hours of {' '.join(key)} stand there twice: keep one.")
        found[key] = HourRule("", first, every, table.number("until-umol-per-l"))
        table.done()
    return found


def _therapy(top: FileTable) -> TherapyEnd | None:
    """When therapy ends, from [therapy]."""
    table = top.table("therapy")
    if table is None:
        return None
    length = table.whole("length", needed=True)
    unit = cast(TherapyUnit, table.choice("unit", THERAPY_UNITS))
    since = table.text("from")
    table.done()
    return None if length is None else TherapyEnd(length, unit, since)


def _denied(top: FileTable, drugs: DrugNames) -> tuple[Denial, ...]:
    """What the copy does not state though a public source does, from every [[not-stated]]."""
    found: set[Denial] = set()
    for table in top.tables("not-stated"):
        what = table.choice("what", DENIED)
        if what in OF_COURSE:
            found.add((table.text("course"), what, "", ""))
        else:
            course, drug, route = _dose_key(table, drugs)
            found.add((course, what, drug, route))
        table.done()
    return tuple(sorted(found))


def _starts(top: FileTable, edition: str) -> Mapping[str, StartRule]:
    starts: dict[str, StartRule] = {}
    origin = Origin("site", (), named=f"site values, {edition}")
    for table in top.tables("start"):
        course = table.text("course")
        table.place = f"{table.place} {course}".rstrip()
        rule = _start_rule(table, origin)
        if course in starts:
            table.fault("", f"the start rule of {course} stands there twice: keep one.")
        if not rule.origins and not table.values.get("results"):
            table.fault("", "a start rule asks for a count or a confirmation: write at least one.")
        starts[course] = rule
        table.done()
    return starts


def _start_rule(table: FileTable, origin: Origin) -> StartRule:
    anc = table.whole("anc-at-least-per-ul")
    platelets = table.whole("platelets-at-least-per-ul")
    measures = []
    if anc is not None:
        measures.append(MeasureRule("anc", anc, origin))
    if platelets is not None:
        measures.append(MeasureRule("platelets", platelets, origin))
    questions: dict[str, ConfirmRule] = {}
    for question in table.tables("confirm"):
        key = question.text("key")
        if key in questions:
            question.fault("key", f"{key!r} stands there twice: keep one.")
        questions[key] = ConfirmRule(key, question.text("words"), origin)
        question.done()
    results = (read_result_rule(one, origin) for one in table.tables("results"))
    asked = tuple(questions.values())
    return StartRule(tuple(measures), asked, results=tuple(filter(None, results)))


def _dose_key(table: FileTable, drugs: DrugNames) -> DoseKey:
    """Course, drug and route of an entry, which then bears their names."""
    drug = _known_drug(table, drugs)
    course, route = table.text("course"), table.text("route")
    atoms = [] if route in ("", ROUTE_NOT_PUBLIC) else route_atoms(route)
    for atom in atoms:
        if atom not in ROUTE_WORDS:
            table.fault(
                "route",
                f"{atom!r} is not a known route: write {', '.join(ROUTE_WORDS)}, "
                f'several joined as "IV or SC", as the protocol has it.',
            )
    table.place = f"{table.place} {route} in {course}"
    return course, drug, route


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
    """What the pharmacy decides for each drug, or each drug by a route, from every [[drug]]."""

    def __init__(self, top: FileTable, drugs: DrugNames) -> None:
        self.rounding: dict[str, RoundingRule] = {}
        self.concentration: dict[str, Decimal] = {}
        self.vial: dict[str, Decimal] = {}
        self.strengths: dict[str, Strength] = {}
        self.minutes: dict[str, int] = {}
        self.syringe_step: dict[str, Decimal] = {}
        self.stops: dict[str, DrugAmount] = {}
        seen: set[str] = set()
        for table in top.tables("drug"):
            drug = _known_drug(table, drugs)
            route = table.text("route", "")
            key = f"{drug} {route}" if route else drug
            if key in seen:
                table.fault("", f"the drug {key} stands there twice: keep one.")
            seen.add(key)
            self._read(table, key, by_route=bool(route))

    def _read(self, table: FileTable, drug: str, *, by_route: bool) -> None:
        _keep(self.rounding, drug, read_rounding(table))
        _keep(self.strengths, drug, read_strength(table))
        _keep(self.syringe_step, drug, table.number("syringe-step-ml"))
        if by_route:
            check_route(table)
            table.done()
            return
        _keep(self.concentration, drug, table.number("concentration-mg-per-ml"))
        _keep(self.vial, drug, table.number("vial-mg"))
        _keep(self.minutes, drug, table.whole("planned-minutes"))
        stop = table.number("stop-mg")
        _keep(self.stops, drug, None if stop is None else DrugAmount(stop, "mg"))
        table.done()


def _keep(values: dict[str, _Value], drug: str, value: _Value | None) -> None:
    if value is not None:
        values[drug] = value
