"""The fences around an infant's dose: bodies that cannot be, roundings too coarse, doses too large.

A tenfold dose of a small infant still looks like an adult's, so an adult's cap never catches it:
the fences here are an infant's, and each is read from the protocol file or the site's values,
with its reason (hazards H1, H2, H4).
"""

from decimal import Decimal
from fractions import Fraction

from bedside.protocol.model import DrugPlan, WeightRange
from bedside.protocol.preparation import shown
from bedside.protocol.site_values import SiteValues
from bedside.units.quantities import BodySurface, BodyWeight, DoseRate, DrugAmount
from bedside.units.rounding import RoundingRule, to_step
from bedside.units.writer import write_amount, write_number, write_surface, write_weight


def body_faults(
    rate: DoseRate,
    weight: BodyWeight | None,
    surface: BodySurface | None,
    fences: WeightRange | None,
) -> list[str]:
    """Say what is wrong with the body that a dose would be worked from.

    Args:
        rate: the dose; per kg needs a weight, per m² a surface.
        weight: the weight, or None.
        surface: the surface in square metres, or None.
        fences: the protocol file's weight and surface range, or None.
    """
    faults = []
    if rate.per == "kg" and weight is None:
        faults.append("There is no weight: weigh the infant, this dose is per kg.")
    if rate.per == "m2" and surface is None:
        faults.append("There is no body surface: record weight and length, this dose is per m².")
    if fences is not None and weight is not None:
        faults.extend(_weight_faults(weight, fences))
    if fences is not None and surface is not None and rate.per == "m2":
        faults.extend(_surface_faults(surface, fences))
    return faults


def _weight_faults(weight: BodyWeight, fences: WeightRange) -> list[str]:
    lightest, heaviest = (BodyWeight(g) for g in fences.possible_g)
    if not lightest <= weight <= heaviest:
        return [
            f"A weight of {write_weight(weight)} is impossible here: it must lie between "
            f"{write_weight(lightest)} and {write_weight(heaviest)}. Weigh again, in kg."
        ]
    lightest, heaviest = (BodyWeight(g) for g in fences.ordinary_g)
    if not lightest <= weight <= heaviest:
        return [
            f"A weight of {write_weight(weight)} is outside what infants of this protocol weigh, "
            f"{write_weight(lightest)} to {write_weight(heaviest)}: weigh again before dosing."
        ]
    return []


def _surface_faults(surface: BodySurface, fences: WeightRange) -> list[str]:
    smallest, largest = (BodySurface(m2) for m2 in fences.surface_m2)
    if smallest <= surface <= largest:
        return []
    return [
        f"A body surface of {write_surface(surface)} is outside {write_surface(smallest)} to "
        f"{write_surface(largest)}: measure weight and length again before dosing."
    ]


def rounding_faults(
    name: str,
    before: DrugAmount,
    after: DrugAmount,
    rule: RoundingRule,
    exact: Fraction | None = None,
) -> list[str]:
    """Block a rounding to nothing, and one that changes the dose by more than the site allows.

    ``exact`` is the dose before rounding where it does not end as a decimal.
    """
    if after.value == 0:
        return [f"{shown(before)} of {name} rounds to nothing by the rule {rule.name}."]
    start = Fraction(before.value) if exact is None else exact
    percent = abs(Fraction(after.value) - start) / start * 100
    if rule.most_percent is None or percent <= Fraction(rule.most_percent):
        return []
    change = to_step(percent, Decimal("0.01"))
    return [
        f"Rounding {name} {rule.name} changes the dose by {write_number(change)} %, the site allows "
        f"{write_number(rule.most_percent)} %: ask the pharmacy for a finer step."
    ]


def safety_faults(
    name: str,
    plan: DrugPlan,
    dose: DrugAmount,
    weight: BodyWeight | None,
    site: SiteValues,
) -> tuple[list[str], list[str]]:
    """Hold a dose against its absolute stop and its stop per kg.

    Returns:
        What blocks it, and what it passed (in words, for the steps).
    """
    faults: list[str] = []
    passed: list[str] = []
    limit = plan.safety
    most = _absolute_stop(plan, site)
    if most is not None and most.unit == dose.unit:
        if dose.value > most.value:
            faults.append(
                f"{write_amount(dose)} of {name} is more than the stop of {write_amount(most)} for "
                "one dose of an infant: check the weight and its decimal point, weigh again. "
                "Where it is right, two people of the site enter a higher stop first."
            )
        else:
            passed.append(f"Stop: not above {write_amount(most)} for one dose of an infant.")
    if limit is not None and limit.most_per_kg is not None and weight is not None:
        per_kg = limit.most_per_kg
        if dose.value > per_kg.value * weight.kg:
            faults.append(
                f"{write_amount(dose)} of {name} for {write_weight(weight)} is more than the stop of "
                f"{write_amount(per_kg)} per kg: correct the rounding rule or the dose."
            )
    return faults, passed


def _absolute_stop(plan: DrugPlan, site: SiteValues) -> DrugAmount | None:
    """The stop in force: a site may lower the program's own, and raise it when two confirmed it."""
    general = None if plan.safety is None else plan.safety.most
    own = site.stops.get(plan.drug)
    if own is None or general is None:
        return general if own is None else own
    raised = own.value > general.value
    return general if raised and site.confirmed_by is None else own
