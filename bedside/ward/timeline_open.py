"""What the timeline knows to be there without knowing its days: courses without a public length.

Decision: nothing here gets a date. A course that has begun is drawn on to the day before the next
one began (or to the end of the axis), dashed; a course whose start is not known stands behind the
axis, in its order, not to scale. So an empty stretch of the timeline is really empty.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, Lane, route_words
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.schedule import ProjectedCourse, Projection, leaves_therapy
from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts
from bedside.ward.risk_facts import path_of_infant
from bedside.ward.standing import Standing, lengths_of
from bedside.ward.views.timeline import TimelineCourse, UndatedCourse
from bedside.ward.ward import Ward

ENTERED_BY_SITE = "length not public: the site enters it"
DAYS_NOT_PUBLIC = "days not public: the site enters them"


def opened(
    ward: Ward,
    facts: InfantFacts,
    standing: Standing,
    bands: tuple[TimelineCourse, ...],
    last: date,
) -> tuple[TimelineCourse, ...]:
    """The bands, each drawn on as far as its course lasted without a public length.

    Args:
        ward: the ward.
        facts: the infant's facts.
        standing: where she stands.
        bands: the courses with a start, in the order of time.
        last: the end of the axis.
    """
    known = lengths_of(ward, facts)
    found = []
    for number, band in enumerate(bands):
        until = band.end
        if not length_known(facts, standing.projection, band.key, known):
            following = bands[number + 1].start if number + 1 < len(bands) else None
            until = last if following is None else following - timedelta(days=1)
        words = ENTERED_BY_SITE if until > band.end else ""
        found.append(replace(band, open_until=until if words else None, open_words=words))
    return tuple(found)


def undated(
    ward: Ward, facts: InfantFacts, standing: Standing, bands: tuple[TimelineCourse, ...]
) -> tuple[UndatedCourse, ...]:
    """What follows behind the last date, in order: the running course's rest, then the others."""
    known = lengths_of(ward, facts)
    arms = _arms_open(facts)
    found = []
    if bands and not length_known(facts, standing.projection, bands[-1].key, known):
        band = bands[-1]
        found.append(
            UndatedCourse(band.key, f"{band.title} goes on", ENTERED_BY_SITE, goes_on=True)
        )
    for course in _behind(standing):
        words = [course.certainty]
        if not length_known(facts, standing.projection, course.key, known):
            words.insert(0, ENTERED_BY_SITE)
        if arm := arms.get(facts.protocol.course(course.key).arm, ""):
            words.insert(0, f"only in arm {arm}: the arm is not recorded")
        found.append(UndatedCourse(course.key, course.title, "; ".join(words)))
    return tuple(found)


def not_recorded(standing: Standing) -> tuple[UndatedCourse, ...]:
    """Courses without a start before one that has begun: said in the table, drawn nowhere."""
    behind = {course.key for course in _behind(standing)}
    return tuple(
        UndatedCourse(course.key, course.title, course.certainty)
        for course in standing.projection.courses
        if course.start is None and course.key not in behind
    )


def open_lanes(
    ward: Ward, facts: InfantFacts, bands: tuple[TimelineCourse, ...]
) -> dict[str, tuple[tuple[date, date, str], ...]]:
    """By lane: the stretches in which a drug is named without its days."""
    found: dict[str, dict[tuple[date, date], list[str]]] = defaultdict(lambda: defaultdict(list))
    for band in bands:
        for plan in _without_days(facts.protocol.course(band.key)):
            lane = lane_of(ward, facts.protocol.course(band.key), plan).key
            until = band.end if band.open_until is None else band.open_until
            found[lane][band.start, until].append(_drug(ward, plan))
    return {
        lane: tuple((first, last, _said(names)) for (first, last), names in stretches.items())
        for lane, stretches in found.items()
    }


def undated_lanes(
    ward: Ward, facts: InfantFacts, courses: tuple[UndatedCourse, ...]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """By lane: the undated courses that name a drug of it, each with words; course key first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for undated_course in courses:
        course = facts.protocol.course(undated_course.key)
        plans = _without_days(course) if undated_course.goes_on else course.drugs
        named: dict[str, list[DrugPlan]] = defaultdict(list)
        for plan in plans:
            named[lane_of(ward, course, plan).key].append(plan)
        for lane, its in named.items():
            names = [_drug(ward, plan) for plan in its]
            known = all(plan.days.scheduled for plan in its)
            words = f"{', '.join(dict.fromkeys(names))}: no date" if known else _said(names)
            found[lane].append((course.key, words))
    return {lane: tuple(cells) for lane, cells in found.items()}


def lane_of(ward: Ward, course: Course, plan: DrugPlan) -> Lane:
    """The lane of a drug; one of maintenance whose route is not public lies with those by mouth."""
    if plan.route == ROUTE_NOT_PUBLIC and course.kind == "maintenance":
        return ward.drugs.lane(replace(plan, route="PO"))
    return ward.drugs.lane(plan)


def why_no_end(facts: InfantFacts) -> str:
    """Why an infant has no end of therapy, where there is none."""
    if facts.protocol.therapy is None:
        return f"When therapy of {facts.protocol.title} ends is not public: the site enters it."
    if leaves_therapy(facts.protocol, facts.enrolment.kmt2a):
        return "The infant leaves protocol therapy after Induction: it is not planned here."
    return f"Therapy ends {facts.protocol.therapy_words}: that day is not known yet."


def end_in_words(facts: InfantFacts, projection: Projection) -> str:
    """When therapy ends, where that day lies behind courses without a date; or why it is not known."""
    if projection.end_of_therapy is None:
        return why_no_end(facts)
    return f"Therapy ends {write_date(projection.end_of_therapy)}: {facts.protocol.therapy_words}."


def _arms_open(facts: InfantFacts) -> dict[str, str]:
    """The arms by key, with their titles, while it is not known which one is hers; else nothing."""
    path = path_of_infant(facts)
    if path is None or path.arm:
        return {}
    return {arm.key: arm.title for arm in facts.protocol.strata.arms}


def _behind(standing: Standing) -> tuple[ProjectedCourse, ...]:
    """The courses without a date that follow the last one with a date."""
    courses = standing.projection.courses
    dated = [number for number, course in enumerate(courses) if course.start is not None]
    return courses[dated[-1] + 1 if dated else 0 :]


def _without_days(course: Course) -> Iterator[DrugPlan]:
    return (plan for plan in course.drugs if not plan.days.scheduled and not plan.days.disputed)


def _drug(ward: Ward, plan: DrugPlan) -> str:
    name = ward.drugs.display_name(plan.drug)
    return name if plan.route == ROUTE_NOT_PUBLIC else f"{name} {route_words(plan.route)}"


def _said(names: list[str]) -> str:
    return f"{DAYS_NOT_PUBLIC}: {', '.join(dict.fromkeys(names))}"


def length_known(
    facts: InfantFacts, projection: Projection, key: str, lengths: Mapping[str, int]
) -> bool:
    """Whether it is known when the course ends: stated, entered, or with the end of therapy."""
    course = facts.protocol.course(key)
    cycles_end = course.cycle_days is not None and projection.end_of_therapy is not None
    return course.length_days is not None or key in lengths or cycles_end
