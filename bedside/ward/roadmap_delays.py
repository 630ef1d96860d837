"""The delays on a roadmap, each with its reason: written down, held, by the rule, or from before.

A reason is never made up. Where nobody wrote one, it is read from what is on record: a hold of the
course, the start rule as it stood on the planned days (judged on the counts of then), or the delay
of the course before. Where nothing of that explains the days, "reason not recorded" is printed.
"""

from datetime import date, timedelta

from bedside.papers.values import RoadmapDelay
from bedside.protocol.model import Course
from bedside.protocol.schedule import ProjectedCourse
from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts
from bedside.ward.gates import end_of_day, judge_gate
from bedside.ward.standing import first_plan_of, projection_of
from bedside.ward.ward import Ward

NOT_RECORDED = "reason not recorded"
_MOST_DAYS = 60  # of the start rule that are looked at


def first_plan_start(ward: Ward, facts: InfantFacts, course: Course) -> date | None:
    """Day 1 of a course in the first plan; None where it was no plan."""
    for found in first_plan_of(ward, facts).courses:
        if found.key == course.key:
            # without a length of the course before, the first plan is no plan
            return None if found.certainty.startswith("not before") else found.start
    return None


def roadmap_delays(
    ward: Ward, facts: InfantFacts, course: Course, projected: ProjectedCourse
) -> tuple[RoadmapDelay, ...]:
    """Every delay of a course: of its day 1, and by each hold of the whole course.

    Args:
        ward: the ward.
        facts: what is on record.
        course: the course.
        projected: its place in the plan now.
    """
    planned = first_plan_start(ward, facts, course)
    delays = []
    if planned is not None and projected.start is not None and projected.start != planned:
        actual = projected.start if projected.basis == "actual" else None
        late = (projected.start - planned).days
        reason = _why_late(ward, facts, course, planned, projected.start)
        delays.append(RoadmapDelay(1, planned, actual, late, reason))
    for hold in facts.holds:
        if hold.course_key == course.key and not hold.drug and hold.until_on is not None:
            days = (hold.until_on - hold.from_on).days + 1
            first = projected.start or hold.from_on
            delays.append(
                RoadmapDelay(
                    (hold.from_on - first).days + 1,
                    hold.from_on,
                    hold.until_on + timedelta(days=1),
                    days,
                    hold.reason or NOT_RECORDED,
                )
            )
    return tuple(delays)


def _why_late(ward: Ward, facts: InfantFacts, course: Course, planned: date, actual: date) -> str:
    start = facts.start_of(course.key)
    if start is not None and start.note:
        return start.note
    if actual < planned:
        return f"earlier than planned; {NOT_RECORDED}"
    before_words, before_days = _from_before(ward, facts, course)
    own_from = planned + timedelta(days=max(before_days, 0))
    own = _held(facts, course, own_from, actual) or _rule(ward, facts, course, own_from, actual)
    if not own and own_from < actual:
        own = NOT_RECORDED
    return "; ".join(part for part in (before_words, own) if part)


def _from_before(ward: Ward, facts: InfantFacts, course: Course) -> tuple[str, int]:
    """By how many days the course before was late already, in words and as a number."""
    courses = facts.protocol.courses
    place = courses.index(course)
    if place == 0:
        return "", 0
    before = courses[place - 1]
    planned = first_plan_start(ward, facts, before)
    now = next((one for one in projection_of(ward, facts).courses if one.key == before.key), None)
    if planned is None or now is None or now.start is None or now.start <= planned:
        return "", 0
    days = (now.start - planned).days
    return f"{before.title} {_days(days)} late", days


def _held(facts: InfantFacts, course: Course, planned: date, actual: date) -> str:
    """The reasons of the holds before day 1."""
    found = [
        hold.reason
        for hold in facts.holds
        if (hold.course_key, hold.drug) == (course.key, "")
        and hold.from_on < actual
        and (hold.until_on is None or hold.until_on >= planned)
    ]
    return "; ".join(dict.fromkeys(found))


def _rule(ward: Ward, facts: InfantFacts, course: Course, planned: date, actual: date) -> str:
    """What kept the start rule closed on the days between, first and last."""
    if course.start_rule is None:
        return ""
    until = min(actual, ward.today() + timedelta(days=1))
    closed: list[tuple[str, date]] = []
    for number in range(min((until - planned).days, _MOST_DAYS)):
        on = planned + timedelta(days=number)
        gate = judge_gate(ward, facts, course, min(end_of_day(ward, on), ward.now()))
        if gate.open is False:
            closed.append((gate.short, on))
    if not closed:
        return ""
    first, last = closed[0], closed[-1]
    said = [f"{write_date(first[1])} {first[0]}"]
    if last[0] != first[0]:
        said.append(f"{write_date(last[1])} {last[0]}")
    return f"start rule not met: {'; '.join(said)}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
