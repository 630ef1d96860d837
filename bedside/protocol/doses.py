"""Works out one dose, every step in words, and says why it cannot be given where it cannot.

Order of the steps: protocol dose × body × age factor × modification, then cap, rounding and its
change in per cent (`dose_amount`); the stops, what went in already (of a broken-off infusion), volume
and vials (`dose_working`). A blocked dose never carries a prepared amount: there is no number to copy
by mistake (hazards H1, H2, H4, H5, H7, H8, H40).
"""

from datetime import date

from bedside.protocol.dose_working import DoseWorking, Work
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.modification import Modification
from bedside.protocol.site_values import SiteValues
from bedside.units.quantities import BodySurface, BodyWeight, DrugAmount
from bedside.units.registry import Product, amount_for

__all__ = ["DoseWorking", "Modification", "work_dose"]


def work_dose(
    plan: DrugPlan,
    course: Course,
    *,
    birth: date,
    course_day_1: date,
    on: date,
    weight: BodyWeight | None,
    surface: BodySurface | None,
    site: SiteValues,
    course_day: int | None = None,
    diagnosed_on: date | None = None,
    modification: Modification | None = None,
    product: Product = amount_for,
    given: DrugAmount | None = None,
) -> DoseWorking:
    """Work out a dose.

    Args:
        plan: the drug by its route, one of ``course.drugs``.
        course: the course it belongs to.
        birth: day of birth.
        course_day_1: day 1 of the course; the age is taken on it unless the site has another day.
        on: the day of the dose.
        weight: the weight to dose from; its age is the ward's to check.
        surface: the body surface in square metres, for doses per m².
        site: the site's values.
        course_day: the protocol's day where a hold has moved it; else counted from day 1.
        diagnosed_on: the day of diagnosis, needed where the site takes the age on it.
        modification: a physician's reduction with reason and name, None for the full dose.
        product: multiplies rate and body; `watched_amount` only to watch an order that stands.
        given: what of it went in before, where the rest is given; None for the whole dose.

    Returns:
        A working that is "ready", or "blocked" with every reason.

    Source: the protocol file for dose, factor and stops; the site's values for the rest.
    """
    if plan not in course.drugs:
        raise ValueError(f"{plan.drug} {plan.route} is not a drug of {course.key}")
    day = (on - course_day_1).days + 1 if course_day is None else course_day
    work = Work(
        plan, course, site, birth=birth, day_1=course_day_1, on=on, course_day=day,
        diagnosed_on=diagnosed_on,
    )  # fmt: skip
    work.check_day()
    work.say_rate()
    work.multiply(weight, surface, product)
    work.take_age_factor()
    work.modify(modification)
    work.cap()
    work.round()
    work.check_stops(weight)
    work.take_rest(given)
    work.draw_up()
    work.say_doses_a_day()
    work.say_who_confirmed()
    return work.finished()
