"""The largest dose of a drug that any course, site value or related protocol comes to for one body.

No public source bounds what can be meant per kg, so nothing is invented: an amount that has nothing
else to be compared with is held against the doses that this program carries, each named as what it
is. The age factors are left out, so that the largest is never too small. It stops nobody by itself.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from bedside.protocol.day_dose import Reference, read_related
from bedside.protocol.dose_in_force import dose_in_force
from bedside.protocol.drugs import route_atoms
from bedside.protocol.model import DrugPlan, Protocol
from bedside.protocol.site_values import SiteValues
from bedside.units.quantities import BodySurface, BodyWeight, DoseRate, DrugAmount

_INTO_CSF = {"IT"}
_MICROGRAMS = {"mg": 1000, "micrograms": 1}


def references_of(
    protocol: Protocol, drug: str, route: str, site: SiteValues
) -> tuple[Reference, ...]:
    """Every dose of a drug that is in force in a course, or that a related protocol has there.

    Args:
        protocol: the infant's.
        drug: its key.
        route: as planned; a dose into the cerebrospinal fluid is compared with such doses only.
        site: the site's values.
    """
    found: list[Reference] = []
    into = _into_csf(route)
    for course in protocol.courses:
        for plan in course.drugs:
            if plan.drug != drug or _into_csf(plan.route) != into:
                continue
            held = dose_in_force(plan, course, site)
            times = held.doses_per_day or 1
            rates = () if held.rate is None else (held.rate,)
            by_age = tuple(
                DoseRate(band.amount.value, band.amount.unit, "dose") for band in held.by_age
            )
            words = f"{course.title}: {held.words}"
            found += [Reference(rate, times, words) for rate in (*rates, *by_age)]
            found += _related(plan, course.title)
    return tuple(found)


def largest_amount(
    references: Sequence[Reference],
    unit: str,
    weight: BodyWeight | None,
    surface: BodySurface | None,
) -> tuple[DrugAmount, Reference] | None:
    """The largest of them for a body, in mg where the amount is in mg or micrograms.

    Args:
        references: the doses that are known.
        unit: of the amount that is to be compared; mg and micrograms are one kind.
        weight: the weight, or None.
        surface: the surface in m², or None; what needs what is not known is left out.
    """
    found = [
        (amount, reference)
        for reference in references
        if (amount := _for_body(reference, unit, weight, surface)) is not None
    ]
    return max(found, key=lambda each: each[0].value, default=None)


def exceeds(amount: DrugAmount, most: DrugAmount) -> bool:
    """Whether an amount is more than another of the same kind of unit; False for another kind."""
    scales = (_MICROGRAMS.get(amount.unit), _MICROGRAMS.get(most.unit))
    if amount.unit == most.unit:
        return amount.value > most.value
    if scales[0] is None or scales[1] is None:
        return False
    return Fraction(amount.value) * scales[0] > Fraction(most.value) * scales[1]


def _into_csf(route: str) -> bool:
    return set(route_atoms(route)) <= _INTO_CSF


def _related(plan: DrugPlan, title: str) -> Iterator[Reference]:
    """The doses of related protocols whose words begin with a plain dose; others are left out."""
    for each in plan.related:
        found = read_related(each, plan.doses_per_day)
        if found is not None:
            words = f"{title}: {each.text} (a related protocol)"
            yield Reference(found.rate, found.times, words)


def _for_body(
    reference: Reference, unit: str, weight: BodyWeight | None, surface: BodySurface | None
) -> DrugAmount | None:
    rate = reference.rate
    body = {
        "kg": None if weight is None else weight.kg,
        "m2": None if surface is None else surface.m2,
        "dose": Decimal(1),
    }[rate.per]
    one_kind = rate.unit == unit or {rate.unit, unit} <= set(_MICROGRAMS)
    if body is None or not one_kind:
        return None
    whole = rate.value * body * reference.times
    if rate.unit == "micrograms":
        return DrugAmount(whole / 1000, "mg")
    return DrugAmount(whole, rate.unit)
