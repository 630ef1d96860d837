"""At which hours of a day a drug is given that follows another one: leucovorin after methotrexate.

Decision: an hour is shown only where two people have entered the rule and somebody has recorded when
the other drug began to run. In every other case the line says what is missing: a dose of a rescue
without an hour must never look like one that may be given at any time.
"""

from datetime import date, datetime, timedelta

from bedside.protocol.drugs import INTRATHECAL, display_name
from bedside.protocol.hours import HourRule, hours_on
from bedside.protocol.model import DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.store.check_records import DoseGiving
from bedside.store.queries import of_infant
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.units.writer import write_number
from bedside.ward.facts import InfantFacts
from bedside.ward.standing import projection_of
from bedside.ward.ward import Ward


def hour_rule_words(ward: Ward, plan: DrugPlan) -> str:
    """The rule of a drug that follows another one, for a paper of the whole course; "" for any other."""
    rule = plan.hours
    if rule is None:
        return ""
    name, after = ward.drugs.display_name(plan.drug), display_name(rule.after)
    if rule.first is None:
        return f"{name}: {rule.words} (Commission, F7). Without it no time of {name} is known."
    return (
        f"{name}: {rule.words}. The times stand on the dosing sheet of each day once it is recorded "
        f"when {after} began."
    )


def hour_words(ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan) -> str:
    """The hours of a planned dose with their times, or what is missing; "" for any other drug.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        plan: its line of the protocol, with the site's own values.
    """
    rule = plan.hours
    if rule is None:
        return ""
    if rule.first is None:
        return rule.words
    name, planned = display_name(rule.after), _planned(ward, facts, dose, rule)
    began, counted = _infusion_began(ward, facts, dose, rule, planned), f"{name} began {{}}"
    if began is None:
        began = _began(ward, facts, dose, rule, planned)
        counted = f"{name} recorded as given {{}}; if it began then"
    if began is None:
        return f"{rule.words}: {_not_begun(facts, planned, name)}"
    counted = counted.format(write_date_time(began))
    times = hours_on(rule, began, dose.on)
    if not times:
        return f"{rule.words}: {counted}, no hour falls on this day: ask"
    told = ", ".join(f"{write_time(at)} (hour {hour})" for hour, at in times)
    end = "" if rule.until is None else f"; until {name} is below {write_number(rule.until)} µmol/L"
    return f"{counted}: {told}{end}"


def _planned(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, rule: HourRule
) -> ProjectedDose | None:
    """The newest planned dose of the other drug in this course by the day of this dose."""
    course = next(
        (one for one in projection_of(ward, facts).courses if one.key == dose.course_key), None
    )
    found = [
        one
        for one in (() if course is None else course.doses)
        if one.drug == rule.after and one.route != INTRATHECAL and one.on <= dose.on
    ]
    return max(found, key=lambda one: one.on, default=None)


def _not_begun(facts: InfantFacts, planned: ProjectedDose | None, name: str) -> str:
    """What is missing of the beginning, and for when it is planned; no time is ever made up."""
    if planned is None:
        return "when it began is not recorded"
    key = (planned.course_key, planned.course_day, planned.drug, planned.route, planned.on)
    record, when = facts.recorded.get(key), f"day {planned.course_day}, {write_date(planned.on)}"
    if record is not None and record.state == "not given":
        return f"{name} of {when} is recorded as not given: ask"
    return f"{name} is planned for {when}, and when it began is not recorded: no time is known yet"


def _infusion_began(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    rule: HourRule,
    planned: ProjectedDose | None,
) -> datetime | None:
    """When the newest infusion over 24 hours of the other drug began, by its own record of the start.

    One that began more than a day before the newest planned dose belongs to an earlier one.
    """
    first = date.min if planned is None else planned.on - timedelta(days=1)
    begun = [
        ward.local(row.at)
        for row in facts.infusions
        if (row.course_key, row.drug, row.event) == (dose.course_key, rule.after, "started")
    ]
    return max((at for at in begun if first <= at.date() <= dose.on), default=None)


def _began(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    rule: HourRule,
    planned: ProjectedDose | None,
) -> datetime | None:
    """When the newest dose of the other drug in this course was begun, by the day of this dose.

    A dose before the newest planned one never stands for it: the rescue of day 10 is not counted
    from the methotrexate of day 1.
    """
    rows = [
        row
        for row in facts.doses
        if (row.course_key, row.drug, row.state) == (dose.course_key, rule.after, "given")
        and row.route != INTRATHECAL
        and row.due_on <= dose.on
        and (planned is None or row.course_day >= planned.course_day)
    ]
    if not rows:
        return None
    with ward.store.reading() as connection:
        givings = of_infant(connection, DoseGiving, facts.infant.id)
    last, at = rows[-1], rows[-1].started_at
    for row in givings:
        if (row.course_key, row.course_day, row.drug, row.route) == (
            last.course_key,
            last.course_day,
            last.drug,
            last.route,
        ):
            at = row.given_at
    return None if at is None else ward.local(at)
