"""The roadmap of one course, filled from the plan and from what was recorded."""

from datetime import date, timedelta
from typing import Literal

from bedside.papers.values import PaperHead, Roadmap, RoadmapWorst
from bedside.protocol.drugs import route_words
from bedside.protocol.model import Course
from bedside.protocol.schedule import ProjectedCourse, ProjectedDose
from bedside.store.records import Measurement
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.answer_basis import over_words
from bedside.ward.apart import conflicts_of
from bedside.ward.due_hours import hour_rule_words
from bedside.ward.facts import InfantFacts
from bedside.ward.gates import blocked_words, moment_of_opening
from bedside.ward.given_since import given_since
from bedside.ward.infants import dlt_line
from bedside.ward.reductions import reduction_words
from bedside.ward.roadmap_days import SINCE_MARK, began_on, roadmap_days, worst_between
from bedside.ward.roadmap_delays import first_plan_start, roadmap_delays
from bedside.ward.roadmap_drugs import Column, missing_lines, over_the_columns, roadmap_columns
from bedside.ward.sheets import day_1_age, paper_infant
from bedside.ward.standing import projection_of
from bedside.ward.toxicity_log import log_of
from bedside.ward.ward import Ward

LONGEST_ROADMAP_DAYS = 84
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def check_roadmap(ward: Ward, facts: InfantFacts, course: Course) -> tuple[str, ...]:
    """Every reason why the roadmap of a course cannot be made now; empty when it can."""
    reasons = []
    if facts.weight(ward.now()) is None:
        reasons.append("No weight is recorded: weigh the infant and record it.")
    projected = _projected(ward, facts, course)
    if projected is None or projected.start is None:
        reasons.append(f"The first day of {course.title} is not known yet.")
    if course.last_dosing_day is None:
        reasons.append(
            f"The days of {course.title} are not in public sources: "
            "they are entered from the site's protocol."
        )
    return tuple(reasons)


def fill_roadmap(ward: Ward, facts: InfantFacts, course: Course, head: PaperHead) -> Roadmap:
    """Fill the roadmap of a course.

    Raises:
        Refused: no weight, no first day, or no public days.
    """
    weight, projected, start = _known(ward, facts, course)
    doses = [dose for dose in projected.doses if _in_sight(start, dose.on)]
    columns = roadmap_columns(ward, facts, course, doses)
    worst, letters = _worst(ward, facts, start, _last_day(projected, doses))
    return Roadmap(
        head=head,
        infant=paper_infant(ward, facts, weight, day_1_age(facts, start)),
        protocol=facts.protocol.title,
        course=course.title,
        course_also=", ".join(course.also),
        day_1=start,
        day_1_is="actual" if projected.basis == "actual" else "projected",
        dose_words=_over_the_grid(ward, facts, course, columns),
        dlt_words=_dlt_words(ward, facts),
        drugs=tuple(column.drug for column in columns),
        days=roadmap_days(
            ward,
            facts,
            course,
            projected,
            doses,
            tuple(column.plan for column in columns),
            first_plan_start(ward, facts, course),
            letters,
        ),
        today=ward.today(),
        delays=roadmap_delays(ward, facts, course, projected),
        worst=worst,
        ctcae=facts.enrolment.ctcae,
        next_words=_next_words(ward, facts, course),
        unscheduled=_unscheduled(ward, facts, course),
        undosed=missing_lines(columns),
        hours=tuple(words for one in columns if (words := hour_rule_words(ward, one.plan))),
        apart=_apart(ward, facts, course),
        since=_since(ward, facts, course),
        dlt_state=_dlt_state(ward, facts),
        second_label_words=_second_label(facts, course),
    )


def _known(
    ward: Ward, facts: InfantFacts, course: Course
) -> tuple[Measurement, ProjectedCourse, date]:
    """The weight, the course in the plan and its first day, without which there is no roadmap."""
    reasons = check_roadmap(ward, facts, course)
    weight = facts.weight(ward.now())
    projected = _projected(ward, facts, course)
    if reasons or weight is None or projected is None or projected.start is None:
        raise Refused(*reasons)
    return weight, projected, projected.start


def _projected(ward: Ward, facts: InfantFacts, course: Course) -> ProjectedCourse | None:
    for found in projection_of(ward, facts).courses:
        if found.key == course.key:
            return found
    return None


def _in_sight(start: date, on: date) -> bool:
    return (on - start).days < LONGEST_ROADMAP_DAYS


def _last_day(projected: ProjectedCourse, doses: list[ProjectedDose]) -> date:
    last = max(dose.on for dose in doses)
    if projected.end is not None and projected.start is not None:
        most = projected.start + timedelta(days=LONGEST_ROADMAP_DAYS - 1)
        return max(last, min(projected.end, most))
    return last


def _over_the_grid(
    ward: Ward, facts: InfantFacts, course: Course, columns: tuple[Column, ...]
) -> str:
    parts = (
        _reduced(ward, facts, course),
        _apart_in_short(ward, facts, course),
        _answered_over(ward, facts, course),
        _blocked(ward, facts, course),
    )
    return over_the_columns(ward, facts, course, columns) + "".join(parts)


def _dlt_words(ward: Ward, facts: InfantFacts) -> str:
    line = dlt_line(ward, facts)
    if line.state == "not in this protocol":
        return ""
    if line.opened is None:
        return "DLT period not started: it opens on EPI #1 day 1"
    if line.closed is None:
        opened = write_date(line.opened)
        return f"DLT period OPEN since {opened} (EPI #1 day 1), until counts allow EPI #4"
    return f"DLT period closed on {write_date(line.closed)}"


def _dlt_state(ward: Ward, facts: InfantFacts) -> Literal["", "not started", "open", "closed"]:
    line = dlt_line(ward, facts)
    if line.state == "not in this protocol":
        return ""
    if line.opened is None:
        return "not started"
    return "open" if line.closed is None else "closed"


def _second_label(facts: InfantFacts, course: Course) -> str:
    """What the second day number counts: the azacitidine block before this course."""
    if not course.second_label_offset:
        return ""
    before = facts.protocol.courses[facts.protocol.courses.index(course) - 1]
    return f"+{course.second_label_offset} with {before.title}"


def _worst(
    ward: Ward, facts: InfantFacts, first: date, last: date
) -> tuple[tuple[RoadmapWorst, ...], dict[int, str]]:
    """The worst grade of each toxicity in the course, from what the day columns show; their letters."""
    until = min(last, ward.today())
    shaken = {
        one.toxicity_id for one in log_of(ward, facts.infant.id, facts=facts) if one.corrected
    }
    found = [
        (toxicity, worst)
        for toxicity in facts.toxicities
        if (worst := worst_between(facts, toxicity.id, first, until)) > 0
    ]
    found.sort(key=lambda item: -item[1])
    letters = {toxicity.id: _letter(number) for number, (toxicity, _) in enumerate(found)}
    return tuple(
        RoadmapWorst(
            letter=letters[toxicity.id],
            term=toxicity.term,
            grade=worst,
            began=(began := began_on(facts, toxicity.id, worst, first, until)),
            from_before=began < first,
            corrected=toxicity.id in shaken,
        )
        for toxicity, worst in found
    ), letters


def _letter(number: int) -> str:
    """A letter for each line: a to z, then aa, ab: none is left out for want of letters."""
    more, at = divmod(number, len(_LETTERS))
    return (_letter(more - 1) if more else "") + _LETTERS[at]


def _next_words(ward: Ward, facts: InfantFacts, course: Course) -> str:
    courses = projection_of(ward, facts).courses
    keys = [found.key for found in courses]
    place = keys.index(course.key) + 1
    if place == len(courses):
        return ""
    following = courses[place]
    title = facts.protocol.course(following.key).title
    if following.start is None:
        return f"{title}: date not known"
    word = "not before" if following.certainty.startswith("not before") else "expected"
    if following.basis == "actual":
        word = "started"
    return f"{title}, {word} {write_date(following.start)}"


def _reduced(ward: Ward, facts: InfantFacts, course: Course) -> str:
    """The reductions that stand in this course, over the grid."""
    lines = reduction_words(ward, facts, course.key)
    return f" REDUCED: {'; '.join(lines)}." if lines else ""


def _answered_over(ward: Ward, facts: InfantFacts, course: Course) -> str:
    """What "any toxicity resolved: yes" was given over when the course was opened, and why."""
    if course.start_rule is None:
        return ""
    words = over_words(ward, facts, course.key, moment_of_opening(ward, facts, course))
    return f" Any toxicity resolved: {words}." if words else ""


def _blocked(ward: Ward, facts: InfantFacts, course: Course) -> str:
    """Why nothing of a block that was opened may be given: what it was opened on was struck out."""
    if facts.start_of(course.key) is None:
        return ""
    words = blocked_words(ward, facts, course)
    return f" NOTHING OF THIS BLOCK MAY BE GIVEN: {words}." if words else ""


def _apart_in_short(ward: Ward, facts: InfantFacts, course: Course) -> str:
    """The same in one line over the grid; the whole words stand below it."""
    found = [
        one
        for one in conflicts_of(ward, projection_of(ward, facts)).values()
        if one.course_key == course.key
    ]
    if not found:
        return ""
    days = " and ".join(f"day {one.course_day}" for one in found)
    names = " and ".join(ward.drugs.display_name(drug) for drug in found[0].vinca)
    return f" On {days} {names} and intrathecal drugs: SEPARATE THEM in time and place."


def _apart(ward: Ward, facts: InfantFacts, course: Course) -> tuple[str, ...]:
    """The days on which a vinca alkaloid and intrathecal drugs stand together, in words."""
    found = conflicts_of(ward, projection_of(ward, facts)).values()
    return tuple(
        f"Day {one.course_day}, {write_date(one.on)}: {one.words}"
        for one in found
        if one.course_key == course.key
    )


def _since(ward: Ward, facts: InfantFacts, course: Course) -> tuple[str, ...]:
    """What was given in this course on something that was struck out since, in words."""
    found = sorted(given_since(ward, facts).values(), key=lambda one: one.course_day)
    return tuple(
        f"{SINCE_MARK} Day {one.course_day}, {ward.drugs.display_name(one.drug)}: {one.words}"
        for one in found
        if one.course_key == course.key
    )


def _unscheduled(ward: Ward, facts: InfantFacts, course: Course) -> tuple[str, ...]:
    return tuple(
        f"{ward.drugs.display_name(drug)}, {route_words(route)}: {words}"
        for key, drug, route, words in projection_of(ward, facts).unscheduled
        if key == course.key
    )
