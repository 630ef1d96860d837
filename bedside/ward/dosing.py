"""The page Doses and papers: the azacitidine block in hand, its days and clock, and every paper."""

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from bedside.protocol.continuous_words import plan_route_words, unbroken_words
from bedside.protocol.dose_in_force import (
    DoseInForce,
    days_of,
    dose_in_force,
    route_in_force,
)
from bedside.protocol.drugs import INTRATHECAL, route_atoms
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.reductions import Reduction
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date, write_time
from bedside.units.writer import write_amount
from bedside.ward.broken_off import DECIDE_FIRST, broken_off, broken_words
from bedside.ward.continuous import continuous_runs
from bedside.ward.due import dose_record
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.given_since import GivenSince, given_since
from bedside.ward.infants import banner_of
from bedside.ward.not_given_words import not_given_words
from bedside.ward.orders import orders_from
from bedside.ward.past_doses import past_courses
from bedside.ward.printing import paper_choices, printed_papers
from bedside.ward.rest import open_rests, rest_state, rest_words
from bedside.ward.standing import Standing, standing_of
from bedside.ward.taken_over import giver_words
from bedside.ward.to_record import doses_to_record
from bedside.ward.vial_clocks import clock_view, vial_runs
from bedside.ward.views.marks import VialClockView
from bedside.ward.views.orders import OrderBoard
from bedside.ward.views.pages import DoseDay, DosesView
from bedside.ward.ward import Ward
from bedside.ward.worked import reductions_of
from bedside.ward.working import BlockWorking, current_dose, priming_plan

NOT_PUBLIC = "dose not in public sources: enter it from your protocol"


def doses_page(ward: Ward, infant_id: int) -> DosesView:
    """The doses and papers of one infant."""
    facts = facts_of(ward, infant_id)
    standing = standing_of(ward, facts)
    course = block_in_hand(standing)
    block = None if course is None else current_dose(ward, facts, course)
    orders = orders_from(ward, facts)
    days = () if block is None else _days(ward, facts, standing, block)
    days = () if block is None else tuple(_with_order(facts, block, day, orders) for day in days)
    undecided = _undecided(facts, block, ward.today())
    prepared = None if block is None or block.refused or undecided else block.working.prepared
    return DosesView(
        banner=banner_of(ward, facts),
        course_title="" if course is None else course.title,
        course_key="" if course is None else course.key,
        commissioned=block is None or block.working.confirmed,
        dose_text="" if prepared is None else write_amount(prepared),
        steps=()
        if block is None
        else (*block.changed, *block.working.steps, *block.working.cautions),
        blocked_by=() if block is None else (*undecided, *block.refused),
        rules=() if block is None or block.gate is None else block.gate.rows,
        days=days,
        clock=_clock(ward, facts),
        infusion_range=None if block is None else block.plan.infusion_minutes,
        planned_minutes=None
        if block is None
        else ward.values_for(facts.protocol.key).planned_minutes.get(block.plan.drug),
        papers=paper_choices(ward, facts),
        printed=printed_papers(ward, facts),
        other_drugs=_other_drugs(ward, facts, standing),
        to_record=doses_to_record(ward, facts, standing),
        maintenance=standing.running is not None and standing.running.kind == "maintenance",
        orders=orders,
        past_unrecorded=sum(len(one.doses) for one in past_courses(facts, standing)),
        continuous=tuple(run.words for run in continuous_runs(ward, facts)),
        azacitidine=any(priming_plan(course) is not None for course in facts.protocol.courses),
        running_key="" if standing.running is None else standing.running.key,
    )


def block_in_hand(standing: Standing) -> Course | None:
    """The EPI block that runs, or the one that comes next."""
    running, following = standing.running, standing.next
    if running is not None and priming_plan(running) is not None and not standing.finished:
        return running
    if following is not None and priming_plan(following) is not None:
        return following
    return None


def _undecided(facts: InfantFacts, block: BlockWorking | None, today: date) -> tuple[str, ...]:
    """Why no dose is offered: an infusion of today was broken off, and nobody has decided yet."""
    return tuple(
        f"Day {state.row.course_day}: {state.words}. First decide: {DECIDE_FIRST}."
        for state in open_rests(facts)
        if block is not None
        and state.row.course_key == block.course.key
        and state.row.due_on == today
    )


def _clock(ward: Ward, facts: InfantFacts) -> VialClockView | None:
    for row in facts.doses:
        if row.state == "vial running":
            return clock_view(ward, facts, row)
    return None


def _days(
    ward: Ward, facts: InfantFacts, standing: Standing, block: BlockWorking
) -> tuple[DoseDay, ...]:
    projected = standing.projected(block.course.key)
    opened = facts.start_of(block.course.key) is not None
    if projected is None:
        return ()
    marked = given_since(ward, facts)
    days = (
        _day(ward, facts, dose, opened, not block.refused)
        for dose in projected.doses
        if dose.drug == block.plan.drug
    )
    return tuple(_after_broken(facts, block, _marked(day, marked)) for day in days)


def _after_broken(facts: InfantFacts, block: BlockWorking, day: DoseDay) -> DoseDay:
    """A day with the infusion that was broken off before what counts on it now."""
    key = (block.course.key, block.plan.drug, day.day)
    before = [
        broken_words(row)
        for row in facts.doses
        if (row.course_key, row.drug, row.course_day) == key
        and broken_off(row)
        and row.id != day.dose_id
    ]
    if not before:
        return day
    return replace(day, words=f"{day.words}; before it: {'; '.join(before)}", marked=True)


def _with_order(
    facts: InfantFacts, block: BlockWorking, day: DoseDay, board: OrderBoard
) -> DoseDay:
    """A day whose infusion was broken off, with what its new order is, or that it needs one."""
    key = (block.course.key, day.day, block.plan.drug, block.plan.route)
    state = rest_state(facts, key)
    if day.state != "vial lost" or state is None:
        return day
    decided = None if state.decision is None else state.decision.decision
    stages = [row.state.stage for row in board.rows if row.key == key]
    if stages and stages[0] in ("prescribed", "verified", "released"):
        return replace(day, words=f"{day.words}; new order {stages[0]}")
    return day if decided == "nothing" else replace(day, words=f"{day.words}: a new order first")


def _marked(day: DoseDay, marked: Mapping[int, GivenSince]) -> DoseDay:
    """A given day with the mark that what it was given on was struck out since."""
    since = None if day.dose_id is None else marked.get(day.dose_id)
    if since is None:
        return day
    return replace(day, words=f"{day.words}; {since.words}", marked=True)


def _day(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, opened: bool, allowed: bool
) -> DoseDay:
    record = dose_record(facts, dose)
    today = ward.today()
    dose_id = None if record is None else record.id
    if record is not None and record.state == "given":
        at = record.finished_at
        when = "" if at is None else f" {write_time(ward.local(at))}"
        note = f"; {record.note}" if record.note else ""
        words = f"given{when}, {giver_words(record)}{note}"
        return DoseDay(dose.course_day, dose.on, "given", words, False, dose_id)
    if record is not None and record.state == "not given":
        words = f"{not_given_words(record)} ({giver_words(record)})"
        return DoseDay(dose.course_day, dose.on, "not given", words, False, dose_id)
    if record is not None and record.state == "vial running":
        words = vial_runs(ward, facts, record)
        return DoseDay(dose.course_day, dose.on, "vial running", words, False, dose_id)
    may = opened and allowed and dose.on == today
    if record is not None and broken_off(record):
        words = f"{record.note or broken_words(record)}; {rest_words(facts, record)}"
        return DoseDay(dose.course_day, dose.on, "vial lost", words, may, dose_id, marked=True)
    if record is not None and record.state == "vial lost" and dose.on == today:
        words = f"vial discarded: {record.note}"
        return DoseDay(dose.course_day, dose.on, "vial lost", words, may, dose_id)
    if dose.on < today and opened:
        return DoseDay(dose.course_day, dose.on, "missed", "not recorded as given", False, dose_id)
    if dose.on == today and opened:
        return DoseDay(dose.course_day, dose.on, "due", "due today", may, dose_id)
    words = _later_words(dose.on, today, opened)
    return DoseDay(dose.course_day, dose.on, "later", words, False, dose_id)


def _later_words(on: date, today: date, opened: bool) -> str:
    if not opened:
        return "planned, not opened yet"
    return "tomorrow" if (on - today).days == 1 else f"on {write_date(on)}"


def _decided(ward: Ward, facts: InfantFacts, course: Course) -> dict[str, str]:
    """The doses by mouth in force in Maintenance, by drug; decided on their own page."""
    if course.kind != "maintenance":
        return {}
    from bedside.ward.titration_page import by_mouth, in_force
    from bedside.ward.titration_rows import titrations_of

    rows = titrations_of(ward, facts.infant.id)
    known = {row.drug for row in rows}
    return {drug: in_force(ward, drug, rows) for drug in by_mouth(course) if drug in known}


def _other_drugs(
    ward: Ward, facts: InfantFacts, standing: Standing
) -> tuple[tuple[str, str, str, str], ...]:
    running = standing.running
    if running is None:
        return ()
    values = ward.values_for(running.protocol)
    decided = _decided(ward, facts, running)
    lines = []
    for plan in running.drugs:
        if priming_plan(running) is plan:
            continue
        found = dose_in_force(plan, running, values)
        route = route_in_force(plan, running, values)
        in_force, against = days_of(plan, running, values)
        days = ", ".join(str(day) for day in in_force.scheduled[:40])
        if len(in_force.scheduled) > 40:
            days += " and later days"
        if plan.continuous:
            days = unbroken_words(in_force.scheduled) or days
        if against:
            days = against
        elif in_force.words:
            days = f"{days}; {in_force.words}" if days else in_force.words
        dose = _dose_words(plan, found)
        if plan.drug in decided and INTRATHECAL not in route_atoms(route):
            dose = f"in force: {decided[plan.drug]}"
        reduced = [one for one in reductions_of(facts) if _is_about(one, running, plan)]
        dose += "".join(f"; REDUCED: {one.words}" for one in reduced)
        name = ward.drugs.display_name(plan.drug)
        lines.append((name, plan_route_words(plan, route), days or "not public", dose))
    return tuple(lines)


def _is_about(reduction: Reduction, course: Course, plan: DrugPlan) -> bool:
    return reduction.course == course.key and reduction.drug in ("", plan.drug)


def _dose_words(plan: DrugPlan, found: DoseInForce) -> str:
    """The dose that holds, what must be settled first, or that none is public."""
    taper = f"; {found.taper}" if found.taper else ""
    if not found.words:
        unnamed = plan.may_be and found.blocked
        often = f"; {plan.frequency}" if (plan.doses_per_day or 1) > 1 and plan.frequency else ""
        return (found.blocked[0] if unnamed else NOT_PUBLIC) + often + taper
    if found.blocked:
        return found.blocked[0] + taper
    limits = []
    if found.age_rule is not None and not found.by_age:
        bands = found.age_rule.bands
        limits.append(
            "times " + ", ".join(f"{band.factor} from {band.from_month} months" for band in bands)
        )
    if found.most is not None:
        limits.append(f"at most {write_amount(found.most)} for one dose")
    if found.doses_per_day not in (None, 1):
        limits.append(f"{found.doses_per_day} times a day")
    return "; ".join((found.words, *limits)) + taper
