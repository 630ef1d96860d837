"""What the protocol has for one course day: what is planned, what is disputed, what is left open.

A day outside the course is refused. Where the course's length is not public but all its dosing
days are, the last of them is the last one answered: beyond it "nothing is due" would be a guess.
Where dosing days are not public either, every day is answered, with those drugs as left open.
"""

from msgspec import Struct

from bedside.protocol.dose_in_force import days_of
from bedside.protocol.model import Course, Days, DrugPlan, Protocol
from bedside.protocol.site_values import NO_SITE_VALUES, SiteValues
from bedside.protocol.therapy_end import DAYS_A_YEAR
from bedside.units.refusal import Refused

LONGEST_DAYS = 2 * DAYS_A_YEAR  # [judgement] for a course whose days are not public


class DayPlan(Struct, frozen=True):
    """One course day: drugs planned or disputed on it, and those whose days the sources leave open."""

    plans: tuple[DrugPlan, ...]
    left_open: tuple[DrugPlan, ...]


def plan_of_day(course: Course, day: int, site: SiteValues = NO_SITE_VALUES) -> DayPlan:
    """Return the drugs of a course day, in the protocol's order, by the public days or the site's."""
    plans, left_open = [], []
    for plan in course.drugs:
        days = site_days(plan, course, site)
        if days.plans(day) or day in days.disputed:
            plans.append(plan)
        elif days_left_open(days, day):
            left_open.append(plan)
    return DayPlan(tuple(plans), tuple(left_open))


def site_days(plan: DrugPlan, course: Course, site: SiteValues) -> Days:
    """Return the days that hold for a drug: the protocol's, or what the site entered for open ones."""
    return days_of(plan, course, site)[0]


def days_left_open(days: Days, day: int) -> bool:
    """Tell whether a drug may be due on a day because no source names its days."""
    if not days.scheduled and not days.disputed and not days.repeat_days:
        return True
    in_cycles = days.repeat_from is not None and day >= days.repeat_from
    return in_cycles and not days.repeat_days


def open_words(plan: DrugPlan) -> str:
    """Say why it is not known whether a drug is due."""
    origin = plan.days.repeat_origin
    if plan.days.repeat_from is not None and origin is not None and origin.note:
        return origin.note
    return plan.days.words or plan.days.origin.note or "its days are not public"


def check_in_course(protocol: Protocol, course: Course, day: int, site: SiteValues) -> None:
    """Refuse a day that does not belong to the course, as far as its length is known.

    Raises:
        Refused: day 0, or a day after the last one known.
    """
    if day < 1:
        raise Refused(f"--day: a course begins with day 1; there is no day {day}.")
    last, why = last_day(protocol, course, site)
    if day > last:
        raise Refused(
            f"--day: day {day} is outside {course.title}: {why}. "
            f"Write a day from 1 to {last}, or name the course that runs then."
        )


def last_day(protocol: Protocol, course: Course, site: SiteValues) -> tuple[int, str]:
    """Return the last course day known and how it is known."""
    own = site.lengths_for(protocol.key).get(course.key)
    if course.length_days is not None:
        return course.length_days, f"it has {course.length_days} days"
    if own is not None:
        return own, f"by this site's values it has {own} days"
    end = protocol.therapy
    if end is not None and any(plan.days.repeat_from is not None for plan in course.drugs):
        return end.most_days, f"therapy ends {protocol.therapy_words}"
    last = course.last_dosing_day
    if last is None or not course.all_days_public:
        return LONGEST_DAYS, "no course here is counted beyond two years"
    return last, f"its length is not public, the last day that public sources name is {last}"
