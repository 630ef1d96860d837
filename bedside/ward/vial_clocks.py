"""The clocks of an infant's azacitidine vials: which run, and what their times are."""

from datetime import timedelta

from bedside.protocol.infusion import vial_clock
from bedside.protocol.model import Course, DrugPlan
from bedside.store.records import DoseRecord
from bedside.ward.facts import InfantFacts
from bedside.ward.vial_told import vial_note
from bedside.ward.views.marks import VialClockView
from bedside.ward.ward import Ward


def running_clocks(ward: Ward, facts: InfantFacts) -> tuple[VialClockView, ...]:
    """The azacitidine vial clocks that run now."""
    return tuple(
        clock
        for row in facts.doses
        if row.state == "vial running" and (clock := clock_view(ward, facts, row)) is not None
    )


def vial_runs(ward: Ward, facts: InfantFacts, row: DoseRecord) -> str:
    """A few words for the line of a dose whose vial runs."""
    clock = clock_view(ward, facts, row)
    if clock is None:
        return "vial clock runs" if row.started_at is None else "infusion runs"
    return vial_note(clock, ward.now())


def clock_view(ward: Ward, facts: InfantFacts, row: DoseRecord) -> VialClockView | None:
    """One dose's vial clock; None where no reconstitution is recorded."""
    if row.reconstituted_at is None or row.infusion_minutes is None:
        return None
    plan = clock_plan(facts.protocol.course(row.course_key), row.drug, row.route)
    allowed, within = plan.infusion_minutes, plan.finish_within_minutes
    if allowed is None or within is None:
        return None
    start, whole = ward.local(row.reconstituted_at), timedelta(minutes=row.infusion_minutes)
    clock = vial_clock(start, row.infusion_minutes, allowed=allowed, within=within)
    shortest = vial_clock(start, allowed[0], allowed=allowed, within=within)
    return VialClockView(
        dose_id=row.id,
        reconstituted_at=start,
        infusion_minutes=row.infusion_minutes,
        latest_start=ward.local(clock.latest_start),
        finish_by=ward.local(clock.finish_by),
        latest_start_shortest=ward.local(shortest.latest_start),
        shortest_minutes=allowed[0],
        within_minutes=within,
        started_at=None if row.started_at is None else ward.local(row.started_at),
        planned_end=None if row.started_at is None else ward.local(row.started_at + whole),
        known_at=ward.last_saved,
    )


def clock_plan(course: Course, drug: str, route: str) -> DrugPlan:
    """The drug's line in a course."""
    for plan in course.drugs:
        if (plan.drug, plan.route) == (drug, route):
            return plan
    raise KeyError((course.key, drug, route))
