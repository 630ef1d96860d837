"""The azacitidine dose of one block: worked from the protocol and the infant's own weight, with every blocker."""

from datetime import date

from msgspec import Struct

from bedside.clinical.size_change import Size, size_change
from bedside.protocol.doses import DoseWorking, work_dose
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.modification import Modification
from bedside.store.records import CourseStart, Measurement
from bedside.units.quantities import BodyWeight
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import weight_trouble
from bedside.ward.gates import Gate, judge_gate, moment_of_opening
from bedside.ward.infants import surface_of
from bedside.ward.rest import given_of_rest
from bedside.ward.restored_blocks import restored_against
from bedside.ward.standing import course_day, hold_on
from bedside.ward.ward import Ward
from bedside.ward.worked import modification_on


class BlockWorking(Struct, frozen=True):
    """The dose of an EPI block as of now, and every reason against giving or printing it."""

    course: Course
    plan: DrugPlan
    working: DoseWorking
    weight: Measurement | None
    gate: Gate | None
    refused: tuple[str, ...]
    modification: Modification | None = None  # the reduction of this day
    changed: tuple[str, ...] = ()  # weight or length since the last calculation, in words


def priming_plan(course: Course) -> DrugPlan | None:
    """The azacitidine line of a course, None where it has none."""
    for plan in course.drugs:
        if plan.finish_within_minutes is not None:
            return plan
    return None


def current_dose(
    ward: Ward, facts: InfantFacts, course: Course, *, rest: bool = True
) -> BlockWorking:
    """Work out the dose of an EPI block now.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        course: the block.
        rest: after a broken-off infusion of today, what a physician decided is left of it; False
            for the whole dose of the block, as a sheet for several days prints it.

    Raises:
        KeyError: the course has no azacitidine.
    """
    plan = priming_plan(course)
    if plan is None:
        raise KeyError(course.key)
    now = ward.now()
    weight = facts.weight(now)
    start = facts.start_of(course.key)
    day_1 = ward.today() if start is None else start.day_1
    today = None if start is None else course_day(facts, start, ward.today())
    modification = modification_on(facts, course.key, plan.drug, today or 1)
    key = (course.key, today or 0, plan.drug, plan.route)
    working = work_dose(
        plan,
        course,
        birth=facts.infant.born,
        course_day_1=day_1,
        on=max(day_1, ward.today()),
        weight=None if weight is None else BodyWeight(weight.weight_g),
        surface=surface_of(ward, facts, weight),
        site=ward.values_for(facts.protocol.key, course.key),
        course_day=today,
        diagnosed_on=facts.enrolment.diagnosed_on,
        modification=modification,
        given=given_of_rest(facts, key) if rest else None,
    )
    gate = None
    if course.start_rule is not None:
        gate = judge_gate(ward, facts, course, moment_of_opening(ward, facts, course))
    return BlockWorking(
        course,
        plan,
        working,
        weight,
        gate,
        _refusals(ward, facts, course, working, gate),
        modification,
        size_changes(ward, facts, course),
    )


def size_changes(ward: Ward, facts: InfantFacts, course: Course) -> tuple[str, ...]:
    """Weight or length changed by 5 % or more since the last dose of the course was worked out."""
    used = [
        row.measurement_id
        for row in facts.doses
        if row.course_key == course.key and row.measurement_id is not None
    ]
    before = [row for row in facts.measurements if used and row.id == used[-1]]
    now, length = facts.weight(ward.now()), facts.length(ward.now())
    if not before or now is None:
        return ()
    then = facts.length(before[0].measured_at)
    return size_change(
        Size(before[0].weight_g, None if then is None else then.length_mm),
        Size(now.weight_g, None if length is None else length.length_mm),
    )


def _refusals(
    ward: Ward, facts: InfantFacts, course: Course, working: DoseWorking, gate: Gate | None
) -> tuple[str, ...]:
    reasons = []
    trouble = weight_trouble(ward, facts, ward.now())
    if trouble:
        reasons.append(trouble)
    if gate is not None and gate.open is not True:
        reasons += gate.reasons
    if working.status == "blocked":
        reasons += [
            reason for reason in working.blocked_by if not (trouble and "weight" in reason.lower())
        ]
    reasons += [item.words for item in working.missing if not trouble]
    start = facts.start_of(course.key)
    if start is None:
        # the sheet says GIVE with dates: only a person who opened the block may make it say so
        reasons.insert(0, f"{course.title} is not opened: open it first, with its day 1.")
    elif course_day(facts, start, ward.today()) > _last_day(course):
        reasons.append(f"{course.title} is over: its last day has passed.")
    reasons += _held(facts, course, ward.today())
    return (*_restored(ward, facts, course, start), *reasons)


def _last_day(course: Course) -> int:
    """The last day of a course: its own length, else the last day on which its dose is planned."""
    plan = priming_plan(course)
    planned = () if plan is None else plan.days.scheduled
    return course.length_days or max(planned, default=0)


def _held(facts: InfantFacts, course: Course, today: date) -> list[str]:
    """Why today's dose waits: a hold that is in force today; one that begins later says its own day."""
    plan = priming_plan(course)
    drug = "" if plan is None else plan.drug
    hold = hold_on(facts, course.key, drug, today)
    return [] if hold is None else [f"{course.title} is held: {hold.reason}."]


def _restored(
    ward: Ward, facts: InfantFacts, course: Course, start: CourseStart | None
) -> tuple[str, ...]:
    """What a restore lost and nobody settled stands against today's dose."""
    plan = priming_plan(course)
    if start is None or plan is None:
        return ()
    day = course_day(facts, start, ward.today())
    return restored_against(ward, facts, (course.key, day, plan.drug, plan.route))
