"""How much of each drug an infant has had: in milligrams (or units), per kg and per m², exactly.

Each dose counts with the body it was worked out for, never with today's. A dose whose amount, weight
or length was not recorded makes its total "not known": it is never counted as nothing.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from bedside.units.quantities import BodySurface, BodyWeight, DrugAmount

DrugByRoute = tuple[str, str]


class GivenDose(Struct, frozen=True):
    """One dose given, with the body it was worked out for; None where it was not recorded.

    ``broken`` is a part of an infusion that was broken off; ``own_day`` is False where the same
    day counts already by what was given after it.
    """

    drug: str
    route: str
    amount: DrugAmount | None
    weight: BodyWeight | None = None
    surface: BodySurface | None = None
    broken: bool = False
    own_day: bool = True


class Exposure(Struct, frozen=True):
    """All doses given of one drug by one route; a total is None as soon as one dose lacks its part.

    ``amount`` in mg or units, ``per_kg`` and ``per_m2`` in the same per kg and per m². ``doses``
    counts days; ``broken`` of the infusions that are in it were broken off.
    """

    doses: int = 0
    without_amount: int = 0
    amount: Fraction | None = Fraction(0)
    per_kg: Fraction | None = Fraction(0)
    per_m2: Fraction | None = Fraction(0)
    unit: str = "mg"
    broken: int = 0


class Equivalent(Struct, frozen=True):
    """Doxorubicin equivalents in mg per m²; None where a drug's total is not known, ``unknown`` which."""

    mg_per_m2: Fraction | None
    unknown: tuple[str, ...] = ()


def add_up(given: Iterable[GivenDose]) -> dict[DrugByRoute, Exposure]:
    """Add up the doses given, by drug and route.

    Raises:
        ValueError: one drug by one route in two units (a programming error).
    """
    totals: dict[DrugByRoute, Exposure] = {}
    for dose in given:
        key = (dose.drug, dose.route)
        totals[key] = _added(totals.get(key), dose)
    return totals


def _added(before: Exposure | None, dose: GivenDose) -> Exposure:
    total = before or Exposure(unit="mg" if dose.amount is None else dose.amount.unit)
    if dose.amount is None:
        return Exposure(
            total.doses + dose.own_day,
            total.without_amount + 1,
            None,
            None,
            None,
            total.unit,
            total.broken + dose.broken,
        )
    if total.amount is not None and dose.amount.unit != total.unit:
        raise ValueError(f"{dose.drug}: {total.unit} and {dose.amount.unit} cannot be added")
    amount = Fraction(dose.amount.value)
    kg = None if dose.weight is None else Fraction(dose.weight.kg)
    m2 = None if dose.surface is None else Fraction(dose.surface.m2)
    return Exposure(
        doses=total.doses + dose.own_day,
        without_amount=total.without_amount,
        amount=_sum(total.amount, amount),
        per_kg=_sum(total.per_kg, None if kg is None else amount / kg),
        per_m2=_sum(total.per_m2, None if m2 is None else amount / m2),
        unit=dose.amount.unit,
        broken=total.broken + dose.broken,
    )


def _sum(total: Fraction | None, more: Fraction | None) -> Fraction | None:
    return None if total is None or more is None else total + more


def doxorubicin_equivalent(
    mg_per_m2: Mapping[str, Fraction | None], factors: Mapping[str, Fraction]
) -> Equivalent:
    """Cumulative doses in doxorubicin equivalents.

    Args:
        mg_per_m2: cumulative dose of each anthracycline in mg per m², None where not known.
        factors: what one source multiplies each of them by; a drug it has no factor for makes the
            sum unknown, unless none of it was given.

    Returns:
        The sum in mg per m², or None with the drugs that stand in its way.
    """
    unknown = tuple(
        drug
        for drug, total in mg_per_m2.items()
        if total is None or (total > 0 and drug not in factors)
    )
    if unknown:
        return Equivalent(None, unknown)
    return Equivalent(
        sum(
            (total * factors[drug] for drug, total in mg_per_m2.items() if total),
            Fraction(0),
        )
    )
