"""The days of a block that nobody may give from a new sheet: given, running, or past with no record."""

from datetime import date, timedelta

from bedside.papers.values import SettledDay
from bedside.protocol.model import Course, DrugPlan
from bedside.store.records import DoseRecord
from bedside.units.dates import write_time
from bedside.units.writer import write_amount
from bedside.ward.facts import InfantFacts
from bedside.ward.ward import Ward
from bedside.ward.worked import amount_given


def settled_days(
    ward: Ward, facts: InfantFacts, course: Course, plan: DrugPlan, day_1: date
) -> tuple[SettledDay, ...]:
    """What became of each day of a block that is not to be given any more, in order.

    A lost vial leaves today open: the dose is given from a new one. A day before today with no
    record is closed too, because its dose cannot be given on its date any more.
    """
    records = {
        row.course_day: row
        for row in facts.doses
        if (row.course_key, row.drug, row.route) == (course.key, plan.drug, plan.route)
        and row.state != "vial lost"
    }
    settled = []
    for day in plan.days.scheduled:
        row = records.get(day)
        past = day_1 + timedelta(days=day - 1) < ward.today()
        if row is not None:
            settled.append(SettledDay(day, _words(ward, facts, row)))
        elif past:
            settled.append(SettledDay(day, "no dose is on record; this date is past"))
    return tuple(settled)


def _words(ward: Ward, facts: InfantFacts, row: DoseRecord) -> str:
    if row.state == "not given":
        return f"NOT GIVEN, {row.recorded_by}"
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
    return f"GIVEN {said}, {when}, {row.recorded_by}"
