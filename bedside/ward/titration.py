"""Doses by mouth in Maintenance: the facts a proposal rests on, and what the site's rule proposes."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from bedside.protocol.maintenance import MaintenanceRule
from bedside.protocol.model import Course
from bedside.protocol.titration import propose
from bedside.protocol.titration_facts import (
    Count,
    DoseSoFar,
    Proposal,
    Source,
    TitrationFacts,
)
from bedside.store.records import BloodCount, Titration
from bedside.units.quantities import BodyWeight, DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.count_bounds import anc_of, platelets_of
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.gate_facts import weight_trouble
from bedside.ward.infants import surface_of
from bedside.ward.titration_rows import titrations_of
from bedside.ward.ward import Ward


def maintenance_course(facts: InfantFacts) -> Course | None:
    """The infant's Maintenance once it has begun; None before."""
    for course in facts.protocol.courses:
        if course.kind == "maintenance" and facts.start_of(course.key) is not None:
            return course
    return None


def in_maintenance(ward: Ward, infant_id: int) -> bool:
    """Whether an infant's Maintenance has begun."""
    return maintenance_course(facts_of(ward, infant_id)) is not None


def course_and_day_1(facts: InfantFacts) -> tuple[Course, date]:
    """The infant's Maintenance and day 1 of its cycle 1.

    Raises:
        Refused: it has not begun.
    """
    course = maintenance_course(facts)
    start = None if course is None else facts.start_of(course.key)
    if course is None or start is None:
        raise Refused("Maintenance has not begun for this infant: open the course first.")
    return course, start.day_1


def rule_of(ward: Ward, facts: InfantFacts) -> MaintenanceRule | None:
    """The site's own rule for the infant's protocol; a rule of another trial is never taken."""
    return ward.values_for(facts.protocol.key).maintenance_for(facts.protocol.key)


def signed_titrations(
    ward: Ward, infant_id: int, rows: Iterable[Titration] | None = None
) -> tuple[Titration, ...]:
    """The decisions that are or were in force: each with every signature that a dose by mouth needs.

    Args:
        ward: the ward.
        infant_id: the infant.
        rows: her standing decisions; read where left out.
    """
    from bedside.ward.titration_signing import waiting_for

    found = titrations_of(ward, infant_id) if rows is None else rows
    return tuple(row for row in found if not waiting_for(ward, row.id))


def titration_facts(
    ward: Ward, facts: InfantFacts, decisions: tuple[Titration, ...]
) -> TitrationFacts:
    """Gather what a proposal rests on today. A weight too old carries no dose in milligrams."""
    course, day_1 = course_and_day_1(facts)
    values = ward.values_for(facts.protocol.key)
    weight = None if weight_trouble(ward, facts, ward.now()) else facts.weight(ward.now())
    return TitrationFacts(
        birth=facts.infant.born,
        cycle_1_day_1=day_1,
        on=ward.today(),
        counts=tuple(count_of(ward, row) for row in facts.counts),
        doses=tuple(dose_so_far(row) for row in decisions),
        weight=None if weight is None else BodyWeight(weight.weight_g),
        surface=None if weight is None else surface_of(ward, facts, weight),
        rounding=values.rounding if facts.protocol.key == values.protocol else {},
        stops=values.stops if facts.protocol.key == values.protocol else {},
        fences=course.weight_range,
    )


def count_of(ward: Ward, row: BloodCount) -> Count:
    """A recorded count as the protocol room reads it; a pending result stays pending."""
    states: tuple[tuple[Source, str], ...] = (
        ("anc", row.anc_state),
        ("platelets", row.platelets_state),
    )
    return Count(
        ward.local(row.taken_at).date(),
        anc_of(row),
        platelets_of(row),
        frozenset(measure for measure, state in states if state == "pending"),
        at=ward.local(row.taken_at).time(),
    )


def dose_so_far(row: Titration) -> DoseSoFar:
    """A recorded decision as the protocol room reads it."""
    tenths, ug = row.percent_tenths, row.amount_ug
    return DoseSoFar(
        row.drug,
        row.from_on,
        None if tenths is None else Decimal(tenths) / 10,
        None if ug is None else DrugAmount(Decimal(ug) / 1000),
    )


def proposal_of(ward: Ward, facts: InfantFacts) -> Proposal | None:
    """Today's proposal from the doses in force; None where the site has no rule.

    A decision that nobody has verified and released yet is not in force: no proposal starts from it.

    Raises:
        Refused: Maintenance has not begun, or the recorded doses contradict each other.
    """
    rule = rule_of(ward, facts)
    if rule is None:
        return None
    known = tuple(
        row for row in signed_titrations(ward, facts.infant.id) if rule.drug(row.drug) is not None
    )
    return propose(rule, titration_facts(ward, facts, known))
