"""How often a drug is given on one of its planned days, where each of these doses has a record of its own.

The number is the protocol's where it states one, else this site's. It is said wherever the dose of a
day is listed: one line without it reads as one dose (hazard H1).
"""

from bedside.protocol.dose_in_force import dose_in_force, route_in_force
from bedside.protocol.drugs import INTRATHECAL
from bedside.protocol.model import DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.ward.facts import InfantFacts
from bedside.ward.ward import Ward
from bedside.ward.weekly import weekly_by_mouth


def doses_a_day(ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan) -> int:
    """How many doses of a planned day have a record each; 0 for one record a day.

    The number that the protocol states holds also where nobody knows how much each of them is. A
    dose by mouth of Maintenance is decided for the day, and a continuous infusion runs for it.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        plan: its line of the protocol, with the site's own values.
    """
    course = facts.protocol.course(dose.course_key)
    if plan.continuous or dose.route == INTRATHECAL or course.kind in ("maintenance", "priming"):
        return 0
    values = ward.values_for(facts.protocol.key, course.key)
    key = (course.key, plan.drug, route_in_force(plan, course, values))
    many = None
    if values.dose_for(course.protocol, key) is not None:  # the site has one: it may say how often
        many = dose_in_force(plan, course, values, dose.course_day).doses_per_day
    many = many or plan.doses_per_day or 1
    return many if many > 1 else 0


def often_words(ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan) -> str:
    """How often on this day: "every 12 hours", "three times daily", "3 times a day", "ONCE A WEEK".

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        plan: its line of the protocol, with the site's own values.

    Returns:
        The protocol's own words where they hold for this day, else the number; "" for one dose a
        day, and for a drug whose rule of hours says when. Of a drug by mouth that is given weekly,
        that it is: a line of a day alone reads as one of every day's.
    """
    weekly = weekly_by_mouth(plan, dose.route)
    if weekly:
        return weekly
    if plan.hours is not None:
        return ""
    many = doses_a_day(ward, facts, dose, plan)
    if not many:
        return ""
    stated = plan.frequency if plan.doses_per_day == many else ""
    return stated or f"{many} times a day"
