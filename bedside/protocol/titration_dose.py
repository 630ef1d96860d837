"""From per cent to milligrams: the starting dose by age, the body of today, the formulary's rounding.

The band is chosen by the age in completed calendar months on day 1 of cycle 1 and stays for the
whole of Maintenance. Order: dose of the band × body × per cent, then rounding and its change in
per cent, then the site's stop.
"""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from bedside.clinical.age import age_on
from bedside.protocol.age_factor import EDGE_DAYS
from bedside.protocol.dose_bounds import body_faults, rounding_faults
from bedside.protocol.drugs import display_name
from bedside.protocol.maintenance import FULL, MaintenanceDrug, StartBand
from bedside.protocol.preparation import shown, surface_shown
from bedside.protocol.titration_facts import DoseSoFar, TitrationFacts, WorkedDose
from bedside.units.dates import write_date
from bedside.units.quantities import BodySurface, BodyWeight, DrugAmount
from bedside.units.registry import amount_for
from bedside.units.rounding import change_percent, half_up
from bedside.units.writer import (
    write_amount,
    write_number,
    write_rate,
    write_weight,
)


def start_band(drug: MaintenanceDrug, facts: TitrationFacts) -> StartBand | None:
    """The band of the age on day 1 of cycle 1; None below the youngest band.

    Raises:
        Refused: day 1 lies before birth.
    """
    months = age_on(facts.birth, facts.cycle_1_day_1).completed_months
    found = [band for band in drug.start if band.from_month <= months]
    return found[-1] if found else None


def near_edge(drug: MaintenanceDrug, facts: TitrationFacts) -> tuple[str, ...]:
    """A caution where the starting dose changes within a few days of day 1 (hazard H8)."""
    day_1, found = facts.cycle_1_day_1, []
    edges = {band.from_month for band in drug.start if band.from_month > 0}
    for shift in range(-EDGE_DAYS, EDGE_DAYS + 1):
        near, before = day_1 + timedelta(days=shift), day_1 + timedelta(days=shift - 1)
        if before < facts.birth:
            continue
        months = age_on(facts.birth, near).completed_months
        if months in edges and age_on(facts.birth, before).completed_months < months:
            found.append(
                f"The starting dose changes at {months} months, on {write_date(near)}, close to "
                "day 1 of cycle 1: have the date of birth and day 1 checked."
            )
    return tuple(found)


def no_band_words(drug: MaintenanceDrug, facts: TitrationFacts) -> str:
    """Why there is no starting dose for this age."""
    months = age_on(facts.birth, facts.cycle_1_day_1).completed_months
    return (
        f"The rule begins {display_name(drug.drug)} at {drug.start[0].from_month} completed months; "
        f"on day 1 of cycle 1, {write_date(facts.cycle_1_day_1)}, the infant had {months}: "
        "the dose for this age is in the controlled copy of the protocol."
    )


def work_percent(
    drug: MaintenanceDrug, band: StartBand, percent: Decimal, facts: TitrationFacts
) -> WorkedDose:
    """Work out so many per cent of the band's dose for the body of the day.

    Args:
        drug: the drug of the rule.
        band: its band.
        percent: 0 or more.
        facts: body, rounding and stops.
    """
    rate = band.rate
    months = age_on(facts.birth, facts.cycle_1_day_1).completed_months
    steps = [
        f"{write_rate(rate)} each {drug.every} from {band.from_month} completed months on "
        f"({months} on day 1 of cycle 1): {band.origin.named}."
    ]
    size = {"kg": facts.weight, "m2": facts.surface, "dose": None}[rate.per]
    if percent == 0:
        nothing = DrugAmount(Decimal(0), rate.unit)
        return WorkedDose(percent, rate, nothing, nothing, None, (*steps, "Stopped: 0 %."), ())
    faults = body_faults(rate, facts.weight, facts.surface, facts.fences)
    if rate.per != "dose" and size is None:
        return WorkedDose(percent, rate, None, None, None, tuple(steps), tuple(faults))
    whole = amount_for(rate, size)
    unrounded = DrugAmount(whole.value * percent / FULL, whole.unit)
    steps.append(
        f"{write_rate(rate)}{_body(size)} × {write_number(percent)} % = {shown(unrounded)}."
    )
    return _rounded(drug.drug, percent, band, unrounded, steps, faults, facts)


def _rounded(
    key: str,
    percent: Decimal,
    band: StartBand,
    unrounded: DrugAmount,
    steps: list[str],
    faults: list[str],
    facts: TitrationFacts,
) -> WorkedDose:
    rule, name = facts.rounding.get(f"{key} PO", facts.rounding.get(key)), display_name(key)
    if rule is not None and rule.unit not in (None, unrounded.unit):
        faults.append(
            f"The rounding step of {name} is entered in {rule.unit}, its dose is in "
            f"{unrounded.unit}: correct the site's values."
        )
        rule = None
    if rule is None:
        steps.append("Rounding: none is commissioned for this drug.")
        prepared, change = unrounded, None
    else:
        prepared = DrugAmount(rule.rounded(unrounded.value), unrounded.unit)
        change = half_up(change_percent(unrounded.value, prepared.value), 2)
        faults += rounding_faults(name, unrounded, prepared, rule)
        steps.append(
            f"Rounding {rule.name}, half up: {shown(unrounded)} becomes {write_amount(prepared)}, "
            f"change {write_number(change)} %."
        )
    stop = facts.stops.get(key)
    if stop is not None and stop.unit == prepared.unit and prepared.value > stop.value:
        faults.append(
            f"{shown(prepared)} of {name} is more than the site's stop of {write_amount(stop)}: "
            "check weight, length and the dose in force."
        )
    worked = None if faults else prepared
    return WorkedDose(percent, band.rate, unrounded, worked, change, tuple(steps), tuple(faults))


def percent_of(
    drug: MaintenanceDrug, shares: tuple[Decimal, ...], dose: DoseSoFar, facts: TitrationFacts
) -> tuple[Decimal | None, str]:
    """A dose so far in per cent of the dose begun with, and a caution about it ("" for none).

    A dose kept as an amount is compared with what the rule can come to for the body of today, each
    rounded as the formulary rounds; the nearest is taken, the lower of two as near. An amount
    further off than half of the smallest step is none of them: None, and a person says its share.

    Args:
        drug: the drug of the rule.
        shares: the per cents that the rule can come to, its steps among them.
        dose: the dose as it was kept.
        facts: age, body and rounding.
    """
    amount, name = dose.amount, display_name(drug.drug)
    if dose.percent is not None or amount is None:
        return dose.percent, ""
    if dose.stopped:
        return Decimal(0), ""
    band = start_band(drug, facts)
    if band is None or amount.unit != band.rate.unit:
        return None, f"The dose of {name} is not known in per cent: enter its step."
    worked = {share: work_percent(drug, band, share, facts).prepared for share in shares}
    known = {share: found.value for share, found in worked.items() if found is not None}
    full = known.get(FULL)
    if full is None:
        return None, (
            f"{name}: {write_amount(amount)} cannot be compared with the rule's steps: "
            "enter the dose in per cent, or weight and length."
        )
    nearest = min(known, key=lambda share: (abs(known[share] - amount.value), share))
    ordered = sorted(known)
    gap = min((high - low for low, high in pairwise(ordered)), default=FULL)
    if abs(known[nearest] - amount.value) / full * FULL > gap / 2:
        return None, (
            f"{name}: {write_amount(amount)} is none of the rule's steps for the body of today: "
            "enter the dose in per cent."
        )
    return nearest, (
        f"{name}: {write_amount(amount)} is read as {write_number(nearest)} % "
        f"({shown(DrugAmount(known[nearest], amount.unit))} for the body of today)."
    )


def _body(size: BodyWeight | BodySurface | None) -> str:
    if isinstance(size, BodyWeight):
        return f" × {write_weight(size)}"
    return "" if size is None else f" × {surface_shown(size)}"
