"""How much an amount given is per kg of this infant, and what it can be held against where nothing else is.

Decision: no public source says how much of a drug per kg cannot be meant, so no number is invented.
The largest dose of the drug that this program or this site carries is named as what it is; an amount
above it is asked, with a reason and a second person, where nothing nearer is there to compare with.
"""

from decimal import Decimal

from bedside.protocol.day_dose import Reference
from bedside.protocol.largest_dose import exceeds, largest_amount, references_of
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date
from bedside.units.quantities import BodyWeight, DrugAmount
from bedside.units.rounding import half_up
from bedside.units.writer import write_amount, write_number, write_weight
from bedside.ward.facts import InfantFacts
from bedside.ward.infants import surface_of
from bedside.ward.views.given import AmountBound, LargestKnown
from bedside.ward.ward import Ward

_FIGURES = 3  # significant figures of an amount per kg
_OF_THE_LARGEST = 2  # figures: a prepared dose is rounded, so 9.5 mg is not more than 9.487


def bound_of(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> AmountBound:
    """What an amount of a planned dose can be held against, of this infant's body today."""
    row = facts.weight(ward.now())
    weight = None if row is None else BodyWeight(row.weight_g)
    site = ward.values_for(facts.protocol.key, dose.course_key)
    known = references_of(facts.protocol, dose.drug, dose.route, site)
    surface = surface_of(ward, facts)
    found = [largest_amount(known, unit, weight, surface) for unit in ("mg", "units")]
    return AmountBound(
        None if row is None else row.weight_g,
        "" if row is None else write_date(ward.local(row.measured_at).date()),
        tuple(_largest(*each) for each in found if each is not None),
    )


def per_kg_words(bound: AmountBound, amount: DrugAmount, mark: str = ".") -> str:
    """The amount per kg, with the weight it is by: "51.1 mg per kg (6.85 kg of 21-Nov-2026)"."""
    if bound.weight_g is None:
        return "Per kg cannot be said: no weight is recorded."
    weight = BodyWeight(bound.weight_g)
    each = _shown(amount.value / weight.kg)
    by = f"{write_weight(weight, mark)} of {bound.weighed_on}"
    return f"That is {write_number(each, mark)} {amount.unit} per kg ({by})."


def above_words(bound: AmountBound | None, amount: DrugAmount, mark: str = ".") -> str:
    """Why an amount is asked: more than the largest dose that is known; "" where it is not."""
    known = () if bound is None else bound.largest
    for each in known:
        if exceeds(amount, each.amount):
            return (
                f"{write_amount(amount, mark)} is more than the largest dose of this drug that "
                f"is known here, {write_amount(each.amount, mark)} for this infant ({each.words})"
            )
    return ""


def _largest(amount: DrugAmount, reference: Reference) -> LargestKnown:
    return LargestKnown(
        DrugAmount(_shown(amount.value, _OF_THE_LARGEST), amount.unit), reference.words
    )


def _shown(value: Decimal, figures: int = _FIGURES) -> Decimal:
    """So many significant figures, without zeros behind the point; whole numbers stay whole."""
    places = max(0, figures - 1 - value.adjusted()) if value else 0
    text = f"{half_up(value, places):f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
