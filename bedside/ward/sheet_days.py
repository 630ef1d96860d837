"""The days of a block that nobody may give from a new sheet: given, running, held, or past with no record."""

from collections.abc import Mapping
from datetime import date, timedelta

from bedside.papers.values import SettledDay
from bedside.protocol.model import Course, DrugPlan
from bedside.store.records import DoseRecord
from bedside.units.dates import write_time
from bedside.units.writer import write_amount
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.facts import InfantFacts
from bedside.ward.given_since import given_since
from bedside.ward.rest import rest_words
from bedside.ward.standing import hold_on, projection_of
from bedside.ward.taken_over import giver_words
from bedside.ward.ward import Ward
from bedside.ward.worked import amount_given

_NOTE_ROOM = 110  # letters: two lines beside who gave it and when


def planned_dates(
    ward: Ward, facts: InfantFacts, course: Course, plan: DrugPlan, day_1: date
) -> Mapping[int, date]:
    """The date of each day of a block, as the plan has it now: a hold of the whole course moves them.

    Args:
        ward: the ward.
        facts: what is on record.
        course: the block.
        plan: its drug.
        day_1: counted from, where the plan has no date yet.
    """
    planned = {
        dose.course_day: dose.on
        for dose in projection_of(ward, facts).course(course.key).doses
        if (dose.drug, dose.route) == (plan.drug, plan.route)
    }
    if facts.start_of(course.key) is None:
        planned = {}
    return {day: planned.get(day, day_1 + timedelta(days=day - 1)) for day in plan.days.scheduled}


def settled_days(
    ward: Ward, facts: InfantFacts, course: Course, plan: DrugPlan, day_1: date
) -> tuple[SettledDay, ...]:
    """What became of each day of a block that is not to be given any more, in order.

    A lost vial leaves today open: the dose is given from a new one; a broken-off infusion does not. A day before today with no
    record is closed too, because its dose cannot be given on its date any more, and so is a held one.
    """
    records = {
        row.course_day: row
        for row in sorted(facts.doses, key=lambda one: (one.state != "vial lost", one.id))
        if (row.course_key, row.drug, row.route) == (course.key, plan.drug, plan.route)
        and (row.state != "vial lost" or broken_off(row))
    }
    dates = planned_dates(ward, facts, course, plan, day_1)
    since, held = given_since(ward, facts), held_days(facts, course, plan, dates)
    settled = []
    for day in plan.days.scheduled:
        row = records.get(day)
        past = dates[day] < ward.today()
        if row is not None:
            marked = since.get(row.id)
            also = "" if marked is None else f"; {marked.short}"
            before = _broken_before(facts, row)
            settled.append(SettledDay(day, _words(ward, facts, row) + also + before))
        elif day in held:
            settled.append(SettledDay(day, held[day]))
        elif past:
            settled.append(SettledDay(day, "no dose is on record; this date is past"))
    return tuple(settled)


def held_days(
    facts: InfantFacts, course: Course, plan: DrugPlan, dates: Mapping[int, date]
) -> dict[int, str]:
    """The days of a block whose dates a hold of the course or of its drug covers, each with its words.

    A sheet printed before the hold lies at the bed with open lines for these dates (H30).
    """
    return {
        day: "HELD"
        + (f": {hold.reason}" if len(hold.reason) <= _NOTE_ROOM else ", reason on record")
        for day in plan.days.scheduled
        if (hold := hold_on(facts, course.key, plan.drug, dates[day])) is not None
    }


def _broken_before(facts: InfantFacts, row: DoseRecord) -> str:
    """The infusions of the same day that were broken off before what counts on it."""
    key = (row.course_key, row.course_day, row.drug, row.route)
    return "".join(
        f"; before it: {broken_words(one)}"
        for one in facts.doses
        if (one.course_key, one.course_day, one.drug, one.route) == key
        and one.id != row.id
        and broken_off(one)
    )


def _words(ward: Ward, facts: InfantFacts, row: DoseRecord) -> str:
    if broken_off(row):
        said = broken_words(row)
        return f"{said[:1].upper()}{said[1:]}, {giver_words(row)}: {rest_words(facts, row)}"
    if row.state == "not given":
        return f"NOT GIVEN, {row.recorded_by}{_noted(row.note)}"
    if row.state == "vial running":
        made = "" if row.reconstituted_at is None else write_time(ward.local(row.reconstituted_at))
        return f"vial clock runs, reconstituted {made}, {row.recorded_by}: no second vial"
    amount = amount_given(facts, row)
    said = "amount not recorded" if amount is None else write_amount(amount)
    times = [
        write_time(ward.local(moment))
        for moment in (row.started_at, row.finished_at)
        if moment is not None
    ]
    when = " to ".join(times) if times else "time not recorded"
    return f"GIVEN {said}, {when}, {giver_words(row)}{_noted(row.note)}"


def _noted(note: str) -> str:
    """What was odd about an infusion, with its reason where the line has room for it."""
    if not note:
        return ""
    if len(note) <= _NOTE_ROOM:
        return f"; {note}"
    odd, _, reason = note.partition(": ")
    return f"; {odd if reason else 'a note'}, reason on record"
