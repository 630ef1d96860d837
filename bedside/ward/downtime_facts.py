"""What stands on one infant's downtime sheet: who, where she is up to, what is planned, whom to ring."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from bedside.papers.downtime import DowntimeCount, DowntimeDose, DowntimeInfant, DowntimeLine, State
from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.model import Course
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import BloodCount
from bedside.units.dates import write_date_time, write_time
from bedside.units.quantities import Haemoglobin
from bedside.units.writer import write_number
from bedside.ward.continuous import continuous_runs
from bedside.ward.courses import opening_refusals
from bedside.ward.day_often import often_words
from bedside.ward.downtime_doses import (
    against_order,
    blocked_lines,
    commissioned,
    given_lines,
    on_record,
    order_lines,
)
from bedside.ward.downtime_hours import at_their_hours, has_hours, hour_note, off_their_days
from bedside.ward.downtime_turns import NOT_GIVEN, at_their_numbers
from bedside.ward.downtime_yesterday import not_recorded_lines, off_plan_to_sign, still_to_sign
from bedside.ward.due import dose_record, held_items, held_on, plan_of
from bedside.ward.due_given import given_items
from bedside.ward.facts import InfantFacts
from bedside.ward.fever_clock import clock_lines, fever_clock
from bedside.ward.gates import blocked_words
from bedside.ward.infants import banner_of
from bedside.ward.orders import order_rows
from bedside.ward.same_minute import shown_of
from bedside.ward.standing import Standing, standing_of
from bedside.ward.vial_clocks import running_clocks
from bedside.ward.vial_told import vial_told
from bedside.ward.views.marks import VialClockView
from bedside.ward.views.orders import OrderRow
from bedside.ward.views.where import RuleRow, WhereView
from bedside.ward.ward import Ward
from bedside.ward.weekly import weekly_by_mouth
from bedside.ward.where import where_are_we

HOURS = 72
UNKNOWN = "unknown"
_RESULTS: dict[str, State] = {"met": "go", "not met": "stop", "unknown": "unknown"}


def downtime_infant(ward: Ward, facts: InfantFacts) -> DowntimeInfant:
    """One infant's sheet from what is on record now."""
    infant = facts.infant
    seen, standing = where_are_we(ward, infant.id), standing_of(ward, facts)
    shown = banner_of(ward, facts)
    length = facts.length(ward.now())
    orders = order_rows(ward, facts)
    doses, intrathecal, hour_notes = _planned(ward, facts, standing, orders)
    return DowntimeInfant(
        family=infant.family,
        given=infant.given,
        sex=shown.sex,
        born=infant.born,
        age_words=shown.age_text,
        bed=infant.bed or UNKNOWN,
        hospital_number=infant.hospital_number,
        study_number=facts.enrolment.study_number or UNKNOWN,
        weight=shown.weight_text,
        weight_on="" if shown.weight_at is None else write_date_time(shown.weight_at),
        length=UNKNOWN
        if length is None or length.length_mm is None
        else f"{length.length_mm / 10:g} cm",
        allergies=shown.allergies,
        line=infant.line or UNKNOWN,
        gene=shown.risk_text,
        protocol=shown.protocol_text,
        where=_where(standing),
        standing=_standing(ward, facts, standing, seen, orders),
        dlt_open=shown.dlt.state == "open",
        doses=doses,
        intrathecal=intrathecal,
        plan_note=_plan_note(standing, seen),
        count=_count(ward, facts),
        toxicities=seen.toxicity_open,
        hour_notes=hour_notes,
        ctcae=facts.enrolment.ctcae,
        uncommissioned=tuple(course.title for course in _uncommissioned(ward, facts, standing)),
    )


def missing_infant(facts: InfantFacts) -> DowntimeInfant:
    """Who she is and nothing more, where an error keeps her sheet from being worked out."""
    infant = facts.infant
    return DowntimeInfant(
        family=infant.family,
        given=infant.given,
        sex=infant.sex,
        born=infant.born,
        bed=infant.bed or UNKNOWN,
        hospital_number=infant.hospital_number,
        study_number=facts.enrolment.study_number or UNKNOWN,
        age_words=UNKNOWN,
        weight=UNKNOWN,
        weight_on="",
        length=UNKNOWN,
        allergies=UNKNOWN,
        line=UNKNOWN,
        gene=UNKNOWN,
        protocol=UNKNOWN,
        where=UNKNOWN,
        standing=(),
        dlt_open=False,
        doses=(),
        intrathecal=(),
        plan_note="",
        count=None,
        toxicities=(),
        missing=True,
    )


def _uncommissioned(ward: Ward, facts: InfantFacts, standing: Standing) -> list[Course]:
    """Courses that run or have a dose in these days and are not commissioned here."""
    first, end = ward.today(), downtime_end(ward).date()
    near = {
        course.key
        for course in standing.projection.courses
        if any(first <= dose.on <= end for dose in course.doses)
    }
    if standing.running is not None:
        near.add(standing.running.key)
    return [
        course
        for course in facts.protocol.courses
        if course.key in near and not commissioned(ward, facts, course.key)
    ]


def _not_commissioned(ward: Ward, facts: InfantFacts, standing: Standing) -> Iterator[DowntimeLine]:
    """That nothing of these courses is given from Bedside, as long as two people have not confirmed it."""
    titles = " and ".join(course.title for course in _uncommissioned(ward, facts, standing))
    if titles:
        told = f"two people of this site have not confirmed the numbers of {titles}."
        yield DowntimeLine(
            "stop",
            "NOT COMMISSIONED:",
            f"{told} Nothing of it is given from Bedside: ask the physician.",
        )


def _where(standing: Standing) -> str:
    if standing.running is None:
        return "No course has started"
    return f"{standing.running.title}, day {standing.day}"


def _standing(
    ward: Ward,
    facts: InfantFacts,
    standing: Standing,
    seen: WhereView,
    orders: tuple[OrderRow, ...],
) -> tuple[DowntimeLine, ...]:
    """The one answer, what runs, void orders, what was given last, holds, and the next start rule."""
    marks: dict[str, State] = {"go": "go", "priming": "go", "hold": "stop", "stop": "stop"}
    mark = marks.get(seen.mark, "unknown")
    ended = [line for line in order_lines(orders) if line.state == "stop"]
    lines = [DowntimeLine("stop" if ended else mark, seen.answer, seen.answer_tail)]
    lines += not_recorded_lines(ward, facts, standing, f"{seen.answer} {seen.answer_tail}")
    lines += _not_commissioned(ward, facts, standing)
    lines += [_vial(ward, clock) for clock in running_clocks(ward, facts)]
    lines += [
        DowntimeLine("clock", "Continuous infusion:", run.words)
        for run in continuous_runs(ward, facts)
        if run.state != "ended"
    ]
    lines += [*order_lines(orders), *blocked_lines(ward, orders), *given_lines(ward, facts)]
    lines += [
        DowntimeLine("stop", f"{item.headline[:1].upper()}{item.headline[1:]}.", told)
        for item in given_items(ward, facts)
        for told in item.details[:-1]
    ]
    fever = fever_clock(ward, facts)
    if fever is not None:
        said = clock_lines(fever, ward.now())
        begun = write_date_time(fever.first_fever_at)
        lines.append(DowntimeLine("clock", "Fever:", f"first {begun}; {said.first}."))
    waits = standing.next.title if standing.waiting and standing.next is not None else None
    for item in held_items(ward, facts, standing):
        if item.headline in seen.answer_tail or (waits and item.headline.startswith(waits)):
            continue  # the answer says so already, its rule stands below
        state: State = "stop" if item.mark in ("hold", "stop") else "unknown"
        told = f"{item.headline}: {item.details[0]}" if item.mark == "stop" else item.headline
        lines.append(DowntimeLine(state, "", f"{told}."))
    return (*lines, *_before_the_next(ward, facts, standing, seen))


def _vial(ward: Ward, clock: VialClockView) -> DowntimeLine:
    """A running vial with every time that matters: the paper is read when they may have passed."""
    standing = clock.standing(ward.now())
    head, told = vial_told(clock, ward.now())
    if standing in ("running", "too late"):
        latest = max(clock.latest_start, clock.latest_start_shortest)
        told = f"{told}, all in by {write_time(clock.finish_by)}; not begun by {write_time(latest)}: discard it"
    state: State = "stop" if standing in ("discard", "over time") else "clock"
    return DowntimeLine(state, f"{head[:1].upper()}{head[1:]}:", f"{told}.")


def _before_the_next(
    ward: Ward, facts: InfantFacts, standing: Standing, seen: WhereView
) -> list[DowntimeLine]:
    """The rule of the next course line by line, and what else stands against its start today."""
    lines: list[DowntimeLine] = []
    if standing.next is not None and standing.gate is not None:
        lines += [_rule(standing.next.title, row) for row in seen.rules if row.main]
    if standing.next is not None and not standing.waiting and not seen.open_allowed:
        told_above = tuple(f"{row.measure}:" for row in seen.rules if row.main)
        left = opening_refusals(ward, facts, standing.next, ward.today())
        against = " ".join(why for why in left if not why.startswith(told_above))
        if against:
            lines.append(DowntimeLine("unknown", f"Against {standing.next.title} today:", against))
    return lines


def _rule(title: str, row: RuleRow) -> DowntimeLine:
    when = "" if row.at is None else f", {write_date_time(row.at)}"
    unit = f" {row.unit}" if row.unit else ""
    observed = row.seen.partition(":")[0]  # where to answer on the screen is of no use on paper
    words = f"needs {row.needed}; {observed}{unit}{when}: {row.result}."
    return DowntimeLine(_RESULTS[row.result], f"{title}, {row.measure}:", words)


def downtime_end(ward: Ward) -> datetime:
    """When a sheet that is drawn now ends, as the clock on the wall will show it then."""
    return ward.local(ward.now() + timedelta(hours=HOURS))


def _planned(
    ward: Ward, facts: InfantFacts, standing: Standing, orders: tuple[OrderRow, ...]
) -> tuple[tuple[DowntimeDose, ...], tuple[date, ...], tuple[str, ...]]:
    """What the plan has in these days; intrathecal drugs by their days only; rules of hours."""
    first, end = ward.today(), downtime_end(ward)
    found: list[DowntimeDose] = []
    intrathecal: set[date] = set()
    notes: dict[str, None] = {}
    for dose in (dose for course in standing.projection.courses for dose in course.doses):
        in_days = first <= dose.on <= end.date()
        if has_hours(facts, dose):
            line = _dose(ward, facts, standing, dose, orders)
            off = _dose(ward, facts, standing, dose, ())
            lines = [*still_to_sign(ward, facts, dose, line, orders)]
            lines += off_plan_to_sign(ward, facts, dose, off)
            lines += at_their_hours(ward, facts, dose, line, end) if in_days else ()
            lines += off_their_days(ward, facts, dose, off, first, end)
            found += lines
            notes |= dict.fromkeys([hour_note(ward, facts, dose)] if lines else [])
            continue
        if dose.on == first - timedelta(days=1) and dose.route != "IT":
            line = _dose(ward, facts, standing, dose, orders)
            found += still_to_sign(ward, facts, dose, line, orders)
        if not in_days:
            continue
        if dose.route == "IT":
            record = dose_record(facts, dose)
            intrathecal |= set() if record is not None and record.state == "given" else {dose.on}
        else:
            line = _dose(ward, facts, standing, dose, orders)
            found += at_their_numbers(ward, facts, dose, line)
    found.sort(
        key=lambda dose: (dose.on, "" if dose.at is None else dose.at.astimezone(UTC).isoformat())
    )
    return tuple(found), tuple(sorted(intrathecal)), tuple(notes)


def _dose(
    ward: Ward,
    facts: InfantFacts,
    standing: Standing,
    dose: ProjectedDose,
    orders: tuple[OrderRow, ...],
) -> DowntimeDose:
    course, plan = facts.protocol.course(dose.course_key), plan_of(facts, dose)
    often = weekly_by_mouth(plan, dose.route) or often_words(ward, facts, dose, plan)
    given = ", ".join(filter(None, (plan_route_words(plan, dose.route), often)))
    state, note = _against(ward, facts, standing, dose)
    if state == "go":
        state, note = against_order(ward, facts, orders, dose) or (state, note)
    return DowntimeDose(
        on=dose.on,
        drug=ward.drugs.display_name(dose.drug),
        route=f"{given}, {course.title} day {dose.course_day}",
        state=state,
        note=note,
        legend=_legend(ward, dose.drug),
        on_record=on_record(ward, facts, dose),
    )


def _legend(ward: Ward, drug: str) -> str:
    """What is said of a vinca alkaloid wherever it stands: in a bag, and fatal by another route."""
    known = ward.drugs.drugs[drug]
    if not known.apart_from_intrathecal:
        return ""
    bag = "" if known.minibag_ml is None else f" In a {known.minibag_ml} mL bag, never a syringe."
    return f"INTRAVENOUS ONLY. FATAL IF GIVEN BY OTHER ROUTES.{bag}"


def _against(
    ward: Ward, facts: InfantFacts, standing: Standing, dose: ProjectedDose
) -> tuple[State, str]:
    course = facts.protocol.course(dose.course_key)
    record = dose_record(facts, dose)
    if record is not None and record.state == "not given":
        return "stop", NOT_GIVEN
    if held_on(facts, dose):
        return "stop", "HELD: do not give"
    if facts.start_of(course.key) is not None:
        blocked = blocked_words(ward, facts, course)
        return ("stop", f"DO NOT GIVE: {blocked}") if blocked else ("go", "")
    gate = standing.gate
    is_next = standing.next is not None and standing.next.key == course.key
    if not is_next or course.start_rule is None or gate is None:
        return "unknown", "Course not opened: ask before it is given"
    if gate.open:
        return "unknown", "Start rule met; course not opened: ask"
    return (
        ("stop", f"DO NOT START: {gate.short}")
        if gate.open is False
        else (
            "unknown",
            f"DO NOT START: unknown, {gate.short}",
        )
    )


def _plan_note(standing: Standing, seen: WhereView) -> str:
    running = standing.running
    if running is not None and any(plan.may_be for plan in running.drugs):
        unnamed = f"Intrathecal therapy of {running.title}: drugs not public, none named here: ask."
    else:
        unnamed = ""
    if running is not None and running.last_dosing_day is None:
        days = "The days of this course are not public: follow your own protocol."
        return f"{days} {unnamed}".rstrip()
    if unnamed:
        return unnamed
    if standing.waiting and seen.open_title:
        return f"No dose of {seen.open_title} before it is opened."
    return ""


def _count(ward: Ward, facts: InfantFacts) -> DowntimeCount | None:
    rows = [row for row in facts.counts if row.taken_at <= ward.now()]
    if not rows:
        return None
    row = rows[-1]
    red = shown_of(rows, "haemoglobin")
    haemoglobin = red.haemoglobin_tenths_g_per_l
    return DowntimeCount(
        taken_at=ward.local(row.taken_at),
        white_cells=_cells(shown_of(rows, "wbc"), "wbc"),
        anc=_cells(shown_of(rows, "anc"), "anc"),
        platelets=_cells(shown_of(rows, "platelets"), "platelets"),
        haemoglobin=red.haemoglobin_state.removesuffix(" g/L")
        if haemoglobin is None
        else write_number(Haemoglobin(haemoglobin).g_per_l),
    )


def _cells(row: BloodCount, name: str) -> str:
    per_ul: int | None = getattr(row, f"{name}_per_ul")
    state: str = getattr(row, f"{name}_state")
    return state.removesuffix(" per µL") if per_ul is None else write_number(per_ul)
