"""Reads one dose that a site entered: per kg, per m², fixed, or fixed by age; cap, factors, doses a day."""

from collections.abc import Mapping

from bedside.protocol.age_bands import check_rising, read_bands, read_month
from bedside.protocol.fact_reader import read_rate
from bedside.protocol.site_values import UNSETTLED, AgeDose, SiteDose, TaperStep
from bedside.protocol.toml_table import FileTable
from bedside.units.quantities import DoseRate, DrugAmount, DrugUnit

AMOUNT_UNITS: Mapping[str, DrugUnit] = {
    "mg": "mg",
    "micrograms": "micrograms",
    "units": "units",
}


def read_site_dose(table: FileTable) -> SiteDose | None:
    """Read a [[dose]]; None where it holds no dose (faults are noted in the table)."""
    by_age = _by_age(table)
    rate = read_rate(table)
    limits = table.flag("limits-only")
    if limits and (table.has("value") or table.has("by-age")):
        table.fault("limits-only", "a dose stands there, too: keep one of them.")
    if rate is None and not (by_age or limits or table.has("value") or table.has("by-age")):
        table.fault("value", "a dose needs its value and unit, or by-age.")
    if by_age and (table.has("value") or table.has("unit")):
        table.fault("by-age", "a dose is fixed by age or has one value: keep one of them.")
    factors = read_bands(table, "age-factors", needed=table.has("age-factors"))
    if by_age and factors:
        table.fault("age-factors", "a dose fixed by age takes no age factor: keep one of them.")
    dose = SiteDose(
        rate=rate,
        most=_most(table, rate, by_age),
        age_factors=factors,
        by_age=by_age,
        doses_per_day=table.whole("doses-per-day"),
        unsettled=_unsettled(table),
        taper=_taper(table, rate, by_age),
        no_taper=_no_taper(table),
        above_public=table.flag("above-public-dose"),
    )
    return dose if dose.has_dose or limits else None


def _unsettled(table: FileTable) -> tuple[str, ...]:
    parts = table.texts("unsettled")
    for part in parts:
        if part not in UNSETTLED:
            table.fault("unsettled", f"{part!r} is none of {', '.join(UNSETTLED)}.")
    return parts


def _no_taper(table: FileTable) -> bool:
    none = table.flag("no-taper")
    if none and table.has("taper"):
        table.fault("no-taper", "a taper stands there, too: keep one of them.")
    return none


def _taper(
    table: FileTable, rate: DoseRate | None, by_age: tuple[AgeDose, ...]
) -> tuple[TaperStep, ...]:
    """The steps of a taper: each day once, in order, in the unit in which the dose is."""
    steps: list[TaperStep] = []
    units = {band.amount.unit for band in by_age} | ({rate.unit} if rate is not None else set())
    last = 0
    for item in table.tables("taper"):
        days, step = item.wholes("days", needed=True), read_rate(item)
        times = item.whole("times", needed=True)
        if step is None and not item.has("value"):
            item.fault("value", "a step needs its value and unit: one dose of it.")
        if days and days[0] <= last:
            item.fault("days", "the days of a taper rise, each once.")
        if step is not None and times is not None and days:
            units.add(step.unit)
            last = days[-1]
            steps.append(TaperStep(days, step, times))
        item.done()
    if len(units) > 1:
        table.fault("taper", "dose and steps have different units: write all in one.")
    return tuple(steps)


def _most(
    table: FileTable, rate: DoseRate | None, by_age: tuple[AgeDose, ...]
) -> DrugAmount | None:
    most = table.table("most")
    if most is None:
        return None
    cap = _amount(most)
    most.done()
    unit = rate.unit if rate is not None else by_age[0].amount.unit if by_age else None
    if cap is not None and unit is not None and cap.unit != unit:
        most.fault("unit", f"the dose is in {unit}: write its cap in {unit} too, not {cap.unit}.")
    return cap


def _by_age(table: FileTable) -> tuple[AgeDose, ...]:
    bands = []
    for band in table.tables("by-age", needed=table.has("by-age")):
        month = read_month(band)
        amount = _amount(band)
        band.done()
        if amount is not None:
            bands.append(AgeDose(month, amount))
    check_rising(table, "by-age", [band.from_month for band in bands])
    if len({band.amount.unit for band in bands}) > 1:
        table.fault("by-age", "the bands have different units: write all in one.")
    return tuple(bands)


def _amount(table: FileTable) -> DrugAmount | None:
    value = table.number("value", needed=True)
    unit = AMOUNT_UNITS[table.choice("unit", tuple(AMOUNT_UNITS))]
    return None if value is None else DrugAmount(value, unit)
