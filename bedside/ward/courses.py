"""Opening a course: its day 1 is recorded only when the order, the date and the start rule allow it."""

from datetime import date, timedelta

from bedside.protocol.model import Course
from bedside.store.records import CourseStart
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.editions import keep_edition
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.gates import Gate, end_of_day, judge_gate
from bedside.ward.one_act import one_act
from bedside.ward.opened_on import keep_opening
from bedside.ward.people import named
from bedside.ward.standing import holds_on, standing_of
from bedside.ward.ward import Ward


def is_late_entry(ward: Ward, facts: InfantFacts, course: Course, day_1: date) -> bool:
    """Whether a start with this day 1 is history that is entered late, and asks why.

    It happened before yesterday, or yesterday, and what was known by the end of yesterday does not
    say whether the start rule was met.
    """
    yesterday = ward.today() - timedelta(days=1)
    if day_1 != yesterday:
        return day_1 < yesterday
    gate = _gate_on(ward, facts, course, day_1)
    return gate is not None and gate.open is None


def _gate_on(ward: Ward, facts: InfantFacts, course: Course, day_1: date) -> Gate | None:
    """The start rule on what was known on day 1, as every sheet of the course judges it later."""
    if course.start_rule is None or facts.start_of(course.key) is not None:
        return None
    return judge_gate(ward, facts, course, min(ward.now(), end_of_day(ward, day_1)))


def opening_refusals(
    ward: Ward, facts: InfantFacts, course: Course, day_1: date, note: str = ""
) -> tuple[str, ...]:
    """Every reason why a course may not be opened with this day 1; empty when it may.

    The rule is judged on what was known on day 1, as the sheets judge it: a count that was taken
    afterwards never opens a course. A start that is entered late needs a note saying why, and an
    unknown rule does not stop it from being recorded. It still stops every dosing sheet.
    """
    no_day = _date(ward, facts, day_1)
    if no_day and facts.start_of(course.key) is None:
        return tuple(no_day)  # what else stands against it is judged on a day that can be
    reasons = [
        *_order(ward, facts, course, day_1),
        *no_day,
        *_held(facts, course, day_1),
    ]
    if is_late_entry(ward, facts, course, day_1):
        if not note.strip():
            reasons.append(
                f"Day 1 on {write_date(day_1)} is entered late{_unknown_then(ward, facts, course, day_1)}"
                ": say why (for instance, treated before this program was used). "
                "A dosing sheet needs the start rule met on that day."
            )
        return tuple(reasons)
    gate = _gate_on(ward, facts, course, day_1)
    if gate is not None and gate.open is not True:
        reasons += gate.reasons
    return tuple(reasons)


def _unknown_then(ward: Ward, facts: InfantFacts, course: Course, day_1: date) -> str:
    gate = _gate_on(ward, facts, course, day_1)
    if gate is None or not gate.short:
        return ""
    return f", and by the end of that day: {gate.short}"


@one_act
def open_course(
    ward: Ward, infant_id: int, course_key: str, day_1: date, *, who: str, note: str = ""
) -> int:
    """Record day 1 of a course.

    Args:
        ward: the ward.
        infant_id: the infant.
        course_key: the next course in the protocol's order.
        day_1: its first day, today at the latest.
        who: who records it.
        note: kept beside the start; needed for one that is entered late.

    Raises:
        Refused: with every reason (order, date, start rule); nothing is recorded.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    course = facts.protocol.course(course_key)
    reasons = opening_refusals(ward, facts, course, day_1, note)
    if reasons:
        raise Refused(*reasons)
    gate = _gate_on(ward, facts, course, day_1)
    with ward.store.change(who, f"opened {course.title}", ward.now()) as change:
        keep_edition(change, ward, facts.protocol.key)
        start = change.add(
            CourseStart, infant_id=infant_id, course_key=course_key, day_1=day_1, note=note.strip()
        )
        if gate is not None:
            keep_opening(change, ward, facts, (start, gate))
        return start


def _order(ward: Ward, facts: InfantFacts, course: Course, day_1: date) -> list[str]:
    known = facts.start_of(course.key)
    if known is not None:
        return [f"{course.title} was opened already, with day 1 on {write_date(known.day_1)}."]
    standing = standing_of(ward, facts)
    if standing.next is None or standing.next.key != course.key:
        expected = (
            standing.next_words if standing.next is None else f"Next is {standing.next.title}."
        )
        return [f"{course.title} is not the next course. {expected}".strip()]
    running, start = standing.running, standing.start
    if running is None or start is None:
        return []
    earliest = start.day_1 + timedelta(days=(running.last_dosing_day or 1))
    if running.length_days is not None and running.kind == "priming":
        earliest = start.day_1 + timedelta(days=running.length_days)
    if day_1 < earliest:
        return [
            f"{course.title} cannot start before {write_date(earliest)}: "
            f"{running.title} has planned doses until the day before."
        ]
    return []


def _held(facts: InfantFacts, course: Course, day_1: date) -> list[str]:
    """A course does not begin on a held day: an open hold would stop its days from counting."""
    return [
        f"{course.title} is held ({hold.reason}): end the hold first, then open the course."
        for hold in facts.holds
        if hold.course_key == course.key and not hold.drug and holds_on(hold, day_1)
    ]


def _date(ward: Ward, facts: InfantFacts, day_1: date) -> list[str]:
    if day_1 > ward.today():
        return [
            f"Day 1 on {write_date(day_1)} lies ahead: a course is opened on its day 1, "
            "on the counts of that day."
        ]
    if day_1 < facts.enrolment.diagnosed_on:
        return [
            f"Day 1 on {write_date(day_1)} is before the diagnosis "
            f"({write_date(facts.enrolment.diagnosed_on)})."
        ]
    return []
