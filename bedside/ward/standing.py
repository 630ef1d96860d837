"""Where one infant is up to: the running course and its day, what comes next, and the whole plan."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.doses_of_day import date_of_dose, doses_of_days
from bedside.protocol.eligibility import EntryItem, Kmt2a, judge_continuation
from bedside.protocol.model import Course, Protocol
from bedside.protocol.risk_model import NO_STRATA
from bedside.protocol.schedule import (
    ProjectedCourse,
    ProjectedDose,
    Projection,
    ScheduleFacts,
    project,
)
from bedside.store.records import CourseStart, Hold
from bedside.units.refusal import Refused
from bedside.ward.facts import InfantFacts
from bedside.ward.gates import Gate, judge_gate
from bedside.ward.risk_facts import arm_of, group_of, path_of_infant, transplanted
from bedside.ward.ward import Ward

Planned = TypeVar("Planned")


class Standing(Struct, frozen=True):
    """Where an infant stands today."""

    running: Course | None  # the last course started
    start: CourseStart | None
    day: int | None  # today's day of the running course
    finished: bool  # the running course's own days are over
    next: Course | None
    next_words: str  # why there is no next course, or what is not known of it
    gate: Gate | None  # of the next course, where it has a start rule
    plan: Callable[[], Projection]  # worked out when it is first asked for, then kept
    today: date
    holds: tuple[Hold, ...]  # in force today

    @property
    def projection(self) -> Projection:
        """The whole plan; the ward list never needs it."""
        return self.plan()

    @property
    def waiting(self) -> bool:
        """Whether the infant waits for the next course."""
        return self.finished and self.next is not None

    def projected(self, key: str) -> ProjectedCourse | None:
        """The projection of one course."""
        for course in self.projection.courses:
            if course.key == key:
                return course
        return None


def standing_of(ward: Ward, facts: InfantFacts) -> Standing:
    """Work out where an infant stands now."""
    today = ward.today()
    started = {row.course_key: row for row in facts.starts if row.day_1 <= today}
    running = None
    for course in facts.protocol.courses:
        if course.key in started:
            running = course
    start = started[running.key] if running is not None else None
    day = None if start is None else course_day(facts, start, today)
    following, words = _next_course(facts, running)
    gate = None
    if following is not None and following.start_rule is not None:
        gate = judge_gate(ward, facts, following, ward.now())
    return Standing(
        running=running,
        start=start,
        day=day,
        finished=_finished(ward, facts, running, day),
        next=following,
        next_words=words,
        gate=gate,
        plan=cache(lambda: projection_of(ward, facts)),
        today=today,
        holds=tuple(hold for hold in facts.holds if holds_on(hold, today)),
    )


def projection_of(ward: Ward, facts: InfantFacts) -> Projection:
    """The whole plan from what happened and what this site knows of course lengths.

    The last plan is kept: one page of an infant asks for it a dozen times.
    """
    today, values, kept = ward.today(), ward.values_for(facts.protocol.key), ward.kept_plan
    if kept is not None and kept[0] is facts and kept[1] == today and kept[2] is values:
        return kept[3]
    found = _on_her_path(project, facts.protocol, schedule_facts(ward, facts))
    ward.kept_plan = (facts, today, values, found)
    return found


def doses_today(ward: Ward, facts: InfantFacts) -> tuple[ProjectedDose, ...]:
    """Today's planned doses of the courses that have begun."""
    return doses_on(ward, facts, (ward.today(),))


def doses_on(ward: Ward, facts: InfantFacts, days: Sequence[date]) -> tuple[ProjectedDose, ...]:
    """The planned doses of some days, in their order, of the courses that have begun."""

    def of_days(protocol: Protocol, known: ScheduleFacts) -> tuple[ProjectedDose, ...]:
        return doses_of_days(protocol, known, days)

    return _on_her_path(of_days, facts.protocol, schedule_facts(ward, facts))


def planned_date(
    ward: Ward, facts: InfantFacts, course_key: str, line: tuple[str, str], day: int
) -> date | None:
    """The date on which one planned dose, by drug and route and its course day, stands now.

    A course that has begun is asked by itself, which costs a hundredth of the whole plan.
    """
    if facts.start_of(course_key) is None:
        asked = (course_key, *line, day)
        for course in projection_of(ward, facts).courses:
            for dose in course.doses:
                if (course.key, dose.drug, dose.route, dose.course_day) == asked:
                    return dose.on
        return None

    def of_the_dose(protocol: Protocol, known: ScheduleFacts) -> date | None:
        return date_of_dose(protocol, known, course_key, line, day)

    return _on_her_path(of_the_dose, facts.protocol, schedule_facts(ward, facts))


def schedule_facts(ward: Ward, facts: InfantFacts) -> ScheduleFacts:
    """What is known of the infant's calendar."""
    return ScheduleFacts(
        induction_day_1=_induction(facts),
        actual={row.course_key: row.day_1 for row in facts.starts},
        lengths=lengths_of(ward, facts),
        holds=tuple(
            (hold.course_key, hold.from_on, hold.until_on) for hold in facts.holds if not hold.drug
        ),
        today=ward.today(),
        arm=arm_of(facts),
        group=group_of(facts),
        kmt2a=facts.enrolment.kmt2a,
        transplanted=transplanted(facts),
        diagnosed_on=facts.enrolment.diagnosed_on,
        shifts=tuple(
            (row.course_key, row.drug, row.route, row.from_day, row.by_days) for row in facts.shifts
        ),
    )


def first_plan_of(ward: Ward, facts: InfantFacts) -> Projection:
    """The plan as it stood on day 1 of Induction: no later start, no hold."""
    return _on_her_path(
        project,
        facts.protocol,
        ScheduleFacts(
            induction_day_1=_induction(facts),
            actual={},
            lengths=lengths_of(ward, facts),
            holds=(),
            arm=arm_of(facts),
            group=group_of(facts),
            kmt2a=facts.enrolment.kmt2a,
            transplanted=transplanted(facts),
            diagnosed_on=facts.enrolment.diagnosed_on,
        ),
    )


def _on_her_path(
    work_out: Callable[[Protocol, ScheduleFacts], Planned], protocol: Protocol, known: ScheduleFacts
) -> Planned:
    """Plan her path; where arm, group and begun courses contradict, all courses in a chain.

    The contradiction is said where it can be mended, in "Risk and arm"; the page still opens.
    """
    try:
        return work_out(protocol, known)
    except Refused:
        plain = replace(protocol, strata=NO_STRATA, continue_rules=())
        return work_out(plain, replace(known, arm="", group="", transplanted=None))


def lengths_of(ward: Ward, facts: InfantFacts) -> dict[str, int]:
    """The course lengths this site has entered for the infant's protocol; none against its source."""
    key = facts.protocol.key
    against = {clash.course for clash in ward.clashes(key) if clash.what == "length"}
    lengths = ward.values_for(key).lengths_for(key)
    return {course: days for course, days in lengths.items() if course not in against}


def course_day(facts: InfantFacts, start: CourseStart, on: date) -> int:
    """The course day of a date; days on which the whole course was held are not counted."""
    holds = [hold for hold in facts.holds if not hold.drug and hold.course_key == start.course_key]
    days = range((on - start.day_1).days) if holds else ()
    held = sum(
        any(holds_on(hold, start.day_1 + timedelta(days=offset)) for hold in holds)
        for offset in days
    )
    return (on - start.day_1).days + 1 - held


def drug_holds(facts: InfantFacts) -> tuple[tuple[str, str, date, date | None], ...]:
    """The holds of a single drug: course, drug, first and last held day."""
    return tuple(
        (hold.course_key, hold.drug, hold.from_on, hold.until_on)
        for hold in facts.holds
        if hold.drug
    )


def holds_on(hold: Hold, on: date) -> bool:
    """Whether a hold is in force on a date."""
    return hold.from_on <= on and (hold.until_on is None or on <= hold.until_on)


def holds_of(facts: InfantFacts, course_key: str, drug: str, on: date) -> tuple[Hold, ...]:
    """The holds in force on a date that a drug is not given under: its own, and those of its course.

    Args:
        facts: what is recorded of the infant.
        course_key: the course.
        drug: the drug's key.
        on: the date of the dose.

    Returns:
        By their first day; () where the drug may be given. Which of them is named says `hold_on`.
    """
    return tuple(
        hold
        for hold in facts.holds
        if hold.course_key == course_key and hold.drug in ("", drug) and holds_on(hold, on)
    )


def hold_on(facts: InfantFacts, course_key: str, drug: str, on: date) -> Hold | None:
    """The hold that is named where a drug is held on a date; None where it may be given.

    Rule: where several are in force the one recorded last is named, by every form, order and paper. It
    is the latest decision, made by someone who could read the others. Ended or taken back, it leaves
    the dose held by the one before it, which is named then.

    Args:
        facts: what is recorded of the infant.
        course_key: the course.
        drug: the drug's key.
        on: the date of the dose.
    """
    found = holds_of(facts, course_key, drug, on)
    return max(found, key=lambda hold: (hold.recorded_at, hold.id), default=None)


def hold_of(facts: InfantFacts, dose: ProjectedDose) -> Hold | None:
    """The hold that is named for a planned dose, as `hold_on`."""
    return hold_on(facts, dose.course_key, dose.drug, dose.on)


def continuation(facts: InfantFacts, course: Course) -> EntryItem | None:
    """Whether the infant's genetics let her go on to a course; None where nothing is asked."""
    kmt2a = facts.enrolment.kmt2a
    known = kmt2a if kmt2a in ("rearranged", "germline", "not-evaluable") else "unknown"
    return judge_continuation(facts.protocol, course.key, cast(Kmt2a, known))


def _induction(facts: InfantFacts) -> date | None:
    first = facts.protocol.courses[0]
    start = facts.start_of(first.key)
    return None if start is None else start.day_1


def _next_course(facts: InfantFacts, running: Course | None) -> tuple[Course | None, str]:
    courses = facts.protocol.courses
    if running is None:
        return courses[0], ""
    position = [course.key for course in courses].index(running.key) + 1
    if position == len(courses):
        return None, "Maintenance is the last course."
    following = courses[position]
    goes_on = continuation(facts, following)
    if goes_on is not None and goes_on.result == "not met":
        return None, f"{goes_on.because}."
    path = path_of_infant(facts)
    if path is None:
        return None, "Arm, risk group and courses contradict each other: correct Risk and arm."
    if following.arm and not path.arm:
        return None, f"The arm decides what follows {running.title}: it is not recorded."
    taken = [course for course in courses[position:] if course.key in path.courses]
    if not taken:
        return None, f"{running.title} is the last course of this path."
    why = path.rests_on_transplant.get(taken[0].key, "")
    return (None, f"{taken[0].title}: {why}.") if why else (taken[0], "")


def _finished(ward: Ward, facts: InfantFacts, running: Course | None, day: int | None) -> bool:
    if running is None or day is None:
        return running is None
    length = lengths_of(ward, facts).get(running.key, running.length_days)
    if running.kind == "maintenance":
        return False
    last = running.last_dosing_day if length is None else length
    return last is not None and day > last
