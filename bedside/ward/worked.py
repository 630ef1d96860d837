"""One planned dose worked out for its own day, with the reduction that stands on it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from bedside.protocol.dose_in_force import dose_in_force
from bedside.protocol.doses import DoseWorking, work_dose
from bedside.protocol.modification import Modification
from bedside.protocol.reductions import Reduction, reduction_on
from bedside.protocol.schedule import ProjectedDose
from bedside.store.dose_records import DoseReduction
from bedside.store.records import DoseRecord
from bedside.units.quantities import BodyWeight, DrugAmount, DrugUnit
from bedside.units.registry import Product, amount_for
from bedside.ward.due import plan_of
from bedside.ward.facts import InfantFacts
from bedside.ward.infants import surface_of
from bedside.ward.rest import given_of_rest
from bedside.ward.ward import Ward


def as_reduction(row: DoseReduction) -> Reduction:
    """A recorded reduction as the rules take it."""
    return Reduction(
        row.course_key,
        row.drug,
        row.from_day,
        row.until_day,
        row.share,
        row.reason,
        row.ordered_by,
    )


def reductions_of(facts: InfantFacts) -> tuple[Reduction, ...]:
    """The reductions of an infant that stand."""
    return tuple(as_reduction(row) for row in facts.reductions)


def amount_given(facts: InfantFacts, row: DoseRecord) -> DrugAmount | None:
    """How much of a recorded dose was given, exactly; None where it was not recorded."""
    basis = facts.bases.get(row.id)
    if basis is not None and basis.amount is not None:
        return DrugAmount(basis.amount, cast(DrugUnit, basis.unit))
    return None if row.amount_ug is None else DrugAmount(Decimal(row.amount_ug) / 1000)


def modification_on(
    facts: InfantFacts, course_key: str, drug: str, day: int
) -> Modification | None:
    """The reduction of a drug on a course day as the worked dose takes it; None for the full dose."""
    found = reduction_on(reductions_of(facts), course_key, drug, day)
    return None if found is None else found.modification


def worked_dose(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    reductions: Iterable[Reduction] | None = None,
    product: Product = amount_for,
) -> DoseWorking:
    """Work out a planned dose of any drug, from the last weight and length.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        reductions: those that stand; the recorded ones where left out.
        product: multiplies rate and body; `watched_amount` only to watch an order that stands.
    """
    course = facts.protocol.course(dose.course_key)
    plan = plan_of(facts, dose)
    start = facts.start_of(course.key)
    weight = facts.weight(ward.now())
    standing = reductions_of(facts) if reductions is None else reductions
    found = reduction_on(standing, dose.course_key, dose.drug, dose.course_day)
    return work_dose(
        plan,
        course,
        birth=facts.infant.born,
        course_day_1=dose.on if start is None else start.day_1,
        on=dose.on,
        weight=None if weight is None else BodyWeight(weight.weight_g),
        surface=surface_of(ward, facts, weight),
        site=ward.values_for(facts.protocol.key, course.key),
        course_day=dose.course_day,
        diagnosed_on=facts.enrolment.diagnosed_on,
        modification=None if found is None else found.modification,
        product=product,
        given=given_of_rest(facts, (dose.course_key, dose.course_day, dose.drug, dose.route)),
    )


def is_public(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether the protocol or this site says how much a planned dose is."""
    course = facts.protocol.course(dose.course_key)
    values = ward.values_for(facts.protocol.key)
    return bool(dose_in_force(plan_of(facts, dose), course, values, dose.course_day).words)
