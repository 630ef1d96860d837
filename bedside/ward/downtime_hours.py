"""Doses at an hour on a downtime sheet: leucovorin after methotrexate, a line for each dose with its time.

The sheet is for a night without Bedside: whoever holds it has no other place where the hours stand.
An hour on a day on which the plan has no dose is a line like the others, and says that one must ask.
"""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec.structs import replace

from bedside.papers.downtime import DowntimeDose
from bedside.protocol.drugs import display_name
from bedside.protocol.schedule import ProjectedDose
from bedside.ward.day_doses import hour_record, rows_of_day
from bedside.ward.downtime_turns import left_out
from bedside.ward.due import dose_record, plan_of
from bedside.ward.due_hours import dose_hours, named_hours, of_plan
from bedside.ward.facts import InfantFacts
from bedside.ward.label_time import twice_words
from bedside.ward.ward import Ward

_DAY = 24  # hours
NOT_PLANNED = "{0} is not planned on this day, and no order covers it: ask before it is given."
NEXT_ONE = (
    "On this day {0} is planned for the next infusion alone, and no order covers this hour: ask "
    "before it is given."
)
GIVEN = "This day is recorded as given: ask whether this dose is meant"


def has_hours(facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether a planned dose is given at an hour that is counted from another drug."""
    return plan_of(facts, dose).hours is not None


def at_their_hours(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, line: DowntimeDose, until: datetime
) -> Iterator[DowntimeDose]:
    """The lines of a planned dose that has hours: one for each hour of its day up to the end of the sheet.

    An hour that was given has no line; one that is recorded as not given says so. Of a day that is
    recorded as given in one, only the hours to come are told, each with that question.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        line: its line as a drug without hours has it.
        until: when the sheet ends.
    """
    plan, record = plan_of(facts, dose), dose_record(facts, dose)
    hours = dose_hours(ward, facts, dose, plan)
    one_record = record is not None and record.hour is None and record.turn is None
    given = one_record and record is not None and record.state == "given"
    if hours is not None and hours.known:
        for hour, at in hours.times:
            recorded = hour_record(facts, dose, hour)
            if at > until or (given and at <= ward.now()):
                continue
            one = replace(line, at=at, hour=f"hour {hour}", half=twice_words(ward, at))
            if recorded is not None:
                yield from () if recorded.state == "given" else (left_out(one, recorded),)
                continue
            yield replace(one, state="unknown", note=GIVEN) if given else one
        if not hours.times and not given:
            yield replace(line, hour="no hour: ask")
    elif plan.hours is not None and (record is None or (one_record and not given)):
        every = None if plan.hours.first is None else plan.hours.every
        rows = rows_of_day(facts, dose)
        # as many as may fall on a day and are not on record; each hour is written by hand, none made up
        for _ in range(max(1, (1 if every is None else -(-_DAY // every)) - len(rows))):
            yield replace(line, hour="hour not known")


def off_their_days(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    line: DowntimeDose,
    first: date,
    until: datetime,
) -> Iterator[DowntimeDose]:
    """Lines for the hours before and after a planned dose that fall on a day without a planned one.

    One that is recorded as not given says so; one that was given has no line.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        line: its line, with what stands against the whole course.
        first: the first date of the sheet.
        until: when the sheet ends.
    """
    hours = dose_hours(ward, facts, dose, plan_of(facts, dose))
    name = ward.drugs.display_name(dose.drug)
    days = {one.on for one in of_plan(ward, facts, dose.course_key, plan_of(facts, dose))}
    for hour, at in () if hours is None else named_hours(hours):
        recorded = hour_record(facts, dose, hour)
        given = recorded is not None and recorded.state == "given"
        if not first <= at.date() or at > until or given:
            continue
        day = dose.course_day + (at.date() - dose.on).days
        legend = NEXT_ONE if at.date() in days else NOT_PLANNED
        one = replace(
            line,
            on=at.date(),
            at=at,
            hour=f"hour {hour}",
            half=twice_words(ward, at),
            route=f"{line.route.rpartition(' day ')[0]} day {day}",
            legend=" ".join(filter(None, (line.legend, legend.format(name)))),
            on_record="",
        )
        yield one if recorded is None else left_out(one, recorded)


def hour_note(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> str:
    """The rule of a dose that has hours and from when they count, for the head of the list.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: a planned dose of these days.
    """
    plan = plan_of(facts, dose)
    rule, hours = plan.hours, dose_hours(ward, facts, dose, plan)
    if rule is None or hours is None:
        return ""
    told = f"{ward.drugs.display_name(dose.drug)}: {rule.words}."
    if rule.first is None:
        return f"{told} No hour is known: ask before the first dose."
    if rule.until is None:
        told += f" Until which level of {display_name(rule.after)} is not entered here: ask."
        told += " Its hours stand here until it begins again or the next course begins."
    return f"{told} {hours.counted[:1].upper()}{hours.counted[1:]}."
