"""Works out one dose, every step in words, and says why it cannot be given where it cannot.

Order of the steps: protocol dose × body × age factor × modification, then cap, rounding and its
change in per cent, the stops, volume and vials. A blocked dose never carries a prepared amount:
there is no number to copy by mistake (hazards H1, H2, H4, H5, H7, H8, H40).
"""

from datetime import date

from bedside.protocol.dose_working import DoseWorking, Work
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.site_values import SiteValues
from bedside.units.quantities import BodySurface, BodyWeight

__all__ = ["DoseWorking", "work_dose"]


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
) -> DoseWorking:
    """Work out a dose.

    Args:
        plan: the drug by its route, one of ``course.drugs``.
        course: the course it belongs to.
        birth: day of birth.
        course_day_1: day 1 of the course; the age factor is taken on it.
        on: the day of the dose.
        weight: the weight to dose from; its age is the ward's to check.
        surface: the body surface in square metres, for doses per m².
        site: the site's values.
        course_day: the protocol's day where a hold has moved it; else counted from day 1.

    Returns:
        A working that is "ready", or "blocked" with every reason.

    Source: the protocol file for dose, factor and stops; the site's values for the rest.
    """
    if plan not in course.drugs:
        raise ValueError(f"{plan.drug} {plan.route} is not a drug of {course.key}")
    day = (on - course_day_1).days + 1 if course_day is None else course_day
    work = Work(plan, course, site, day)
    work.check_day(birth, course_day_1, on)
    work.find_rate()
    work.multiply(weight, surface)
    work.take_age_factor(birth, course_day_1)
    work.leave_unmodified()
    work.round()
    work.check_stops(weight)
    work.draw_up()
    work.say_who_confirmed()
    return work.finished()
