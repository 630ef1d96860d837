"""Do the hours of a rescue and the days on which it is planned agree? Said, never mended.

Hour 42 after an infusion of day 1 is on day 3, and on day 2 only where the infusion begins before
06:00. A site that has commissioned day 2 and hour 42 has two numbers that hardly meet: the two who
typed them are to look again, before the first infant's rescue is looked for on the wrong day.
"""

from collections.abc import Iterator

from bedside.protocol.day_words import list_words
from bedside.protocol.drugs import INTRATHECAL, display_name
from bedside.protocol.hours import HourRule
from bedside.protocol.model import Course, DrugPlan

_DAY = 24  # hours


def hours_against_days(course: Course) -> tuple[str, ...]:
    """How hours and days of a course's drugs contradict each other; empty where they agree.

    Args:
        course: the course, with the site's values filled in.
    """
    return tuple(
        f"{course.title}, {display_name(plan.drug)}: {words}"
        for plan in course.drugs
        for words in hours_of_plan(course, plan)
    )


def hours_of_plan(course: Course, plan: DrugPlan) -> Iterator[str]:
    """How hours and days of one drug contradict each other, without its name.

    Args:
        course: the course, with the site's values filled in.
        plan: one of its drugs.
    """
    rule, days = plan.hours, plan.days.scheduled
    if rule is None or rule.first is None or not days:
        return
    begins = sorted(
        day
        for other in course.drugs
        if other.drug == rule.after and other.route != INTRATHECAL
        for day in other.days.scheduled
    )
    for at, day in enumerate(begins):
        until = begins[at + 1] if at + 1 < len(begins) else None
        own = [one for one in days if one >= day and (until is None or one < until)]
        yield from _after(rule, rule.first, day, own)


def _after(rule: HourRule, first: int, day: int, own: list[int]) -> Iterator[str]:
    """What does not meet after one day of the other drug; it may begin at any time of that day."""
    early, late = day + first // _DAY, day + (first + _DAY - 1) // _DAY
    what = f"hour {first} after {display_name(rule.after)} of day {day}"
    before = tuple(one for one in own if one < early)
    if before:
        yield f"planned on {list_words(before)}, before {what}."
    missed = "" if late in own else ", on which it is not planned"
    if early < late and (early in own or missed):
        clock = f"{_DAY - first % _DAY:02}:00"
        yield f"{what} is on day {early} where that begins before {clock}, else on day {late}{missed}."
    elif missed:
        yield f"{what} is on day {late}{missed}."
    after = tuple(one for one in own if one > late)
    if after and rule.every is None:
        yield f"planned on {list_words(after)}, and {what} is the only hour."
