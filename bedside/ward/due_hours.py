"""At which hours of today a drug is given that follows another one: leucovorin after methotrexate.

Decision: an hour is shown only where two people have entered the rule and somebody has recorded when
the other drug began to run. In every other case the line says what is missing: a dose of a rescue
without an hour must never look like one that may be given at any time.
"""

from datetime import datetime

from bedside.protocol.drugs import INTRATHECAL, display_name
from bedside.protocol.hours import HourRule, hours_on
from bedside.protocol.model import DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.store.check_records import DoseGiving
from bedside.store.queries import of_infant
from bedside.units.dates import write_date_time, write_time
from bedside.units.writer import write_number
from bedside.ward.facts import InfantFacts
from bedside.ward.ward import Ward


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
    began, name = _began(ward, facts, dose, rule), display_name(rule.after)
    if began is None:
        return f"{rule.words}: when it began is not recorded"
    times = hours_on(rule, began, dose.on)
    counted = f"{name} recorded as given {write_date_time(began)}; if it began then"
    if not times:
        return f"{rule.words}: {counted}, no hour falls on this day: ask"
    told = ", ".join(f"{write_time(at)} (hour {hour})" for hour, at in times)
    end = "" if rule.until is None else f"; until {name} is below {write_number(rule.until)} µmol/L"
    return f"{counted}: {told}{end}"


def _began(ward: Ward, facts: InfantFacts, dose: ProjectedDose, rule: HourRule) -> datetime | None:
    """When the newest dose of the other drug in this course was begun, by the day of this dose."""
    rows = [
        row
        for row in facts.doses
        if (row.course_key, row.drug, row.state) == (dose.course_key, rule.after, "given")
        and row.route != INTRATHECAL
        and row.due_on <= dose.on
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
