"""The timeline of one infant: every course and dose on its date, planned, given or held."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Literal

from bedside.protocol.drugs import route_words
from bedside.protocol.model import Course
from bedside.protocol.schedule import ProjectedCourse, ProjectedDose, Projection
from bedside.units.dates import write_date
from bedside.ward.apart import apart_on, conflicts_of
from bedside.ward.due import plan_of
from bedside.ward.due_hours import hour_words
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.fever_events import fever_events
from bedside.ward.followed_by import follow_short
from bedside.ward.infants import banner_of
from bedside.ward.shifting import shift_words
from bedside.ward.standing import Standing, first_plan_of, standing_of
from bedside.ward.timeline_milestones import milestones
from bedside.ward.timeline_open import (
    end_in_words,
    lane_of,
    not_recorded,
    open_lanes,
    opened,
    undated,
    undated_lanes,
)
from bedside.ward.timeline_state import dose_state
from bedside.ward.views.timeline import (
    DoseState,
    TimelineCourse,
    TimelineDose,
    TimelineEvent,
    TimelineLane,
    TimelineView,
    UndatedCourse,
)
from bedside.ward.ward import Ward
from bedside.ward.where_next import month_day

_BEFORE = timedelta(days=6)  # of the axis, so that marks of the first day are seen whole
_AHEAD = timedelta(days=28)  # of the axis after today
_AHEAD_OPEN = timedelta(days=7)  # before what follows without a date
_OPEN: tuple[DoseState, ...] = (
    "planned",
    "held",
    "missed",
    "in part",
)  # what is still to be given has hours
_BIRTHDAYS = ((6, "6 months"), (12, "12 months"), (18, "18 months"), (24, "2 years"))


def timeline(ward: Ward, infant_id: int, facts: InfantFacts | None = None) -> TimelineView:
    """All that the timeline of an infant draws.

    Args:
        ward: the ward.
        infant_id: the infant.
        facts: what is recorded of her, where it is read already.
    """
    facts = facts_of(ward, infant_id) if facts is None else facts
    standing = standing_of(ward, facts)
    first_plan = first_plan_of(ward, facts)
    bands = _courses(ward, facts, standing, first_plan)
    behind = undated(ward, facts, standing, bands)
    between = any(not course.goes_on for course in behind)  # courses without a date before the end
    end = None if between else standing.projection.end_of_therapy
    first, last = _span(ward, bands, end, _AHEAD_OPEN if behind else _AHEAD)
    courses = opened(ward, facts, standing, bands, last)
    lanes = _lanes(ward, facts, standing.projection, courses, behind)
    banner = banner_of(ward, facts)
    line = banner.dlt
    marks, open_rows = milestones(facts, standing, courses, ward.today())
    return TimelineView(
        banner=banner,
        today=ward.today(),
        first=first,
        last=last,
        courses=courses,
        lanes=lanes,
        events=(*_events(ward, facts, standing, first, last), *marks),
        dlt=line,
        dlt_projected_close=_projected_close(facts, standing) if line.closed is None else None,
        footnote=_footnote(ward, facts, behind),
        undated=behind,
        not_recorded=not_recorded(standing),
        no_end=end_in_words(facts, standing.projection) if behind and end is None else "",
        open_rows=open_rows,
        has_transplant=facts.protocol.strata.transplant is not None,
    )


def _span(
    ward: Ward, courses: tuple[TimelineCourse, ...], end: date | None, ahead: timedelta
) -> tuple[date, date]:
    """First and last day of the axis; ``end`` is the end of therapy, where it lies on it."""
    today = ward.today()
    first = min((course.start for course in courses), default=today)
    ends = [course.end for course in courses]
    if end is not None:
        ends.append(end)
    last = max(ends, default=today)
    return min(first, today) - _BEFORE, max(last, today + ahead)


def _courses(
    ward: Ward, facts: InfantFacts, standing: Standing, first_plan: Projection
) -> tuple[TimelineCourse, ...]:
    planned = {course.key: course for course in first_plan.courses}
    bands = []
    projected = [course for course in standing.projection.courses if course.start is not None]
    for index, course in enumerate(projected):
        following = projected[index + 1].start if index + 1 < len(projected) else None
        bands.append(
            _band(ward, facts.protocol.course(course.key), course, following, planned, standing)
        )
    return tuple(bands)


def _band(
    ward: Ward,
    course: Course,
    projected: ProjectedCourse,
    following: date | None,
    planned: dict[str, ProjectedCourse],
    standing: Standing,
) -> TimelineCourse:
    start = projected.start
    if start is None:
        raise ValueError("only courses with a start are drawn")
    today = ward.today()
    end = projected.end or max((dose.on for dose in projected.doses), default=start)
    running = standing.running is not None and standing.running.key == course.key
    if running and following is None:
        end = max(end, today)
    if following is not None:
        end = max(min(end, following - timedelta(days=1)), start)
    state: Literal["past", "now", "later"]
    if running and not standing.finished:
        state = "now"
    else:
        state = "past" if projected.basis == "actual" and start <= today else "later"
    first = planned.get(course.key)
    ghost = None if first is None else first.start
    if first is not None and first.certainty.startswith("not before"):
        ghost = None
    return TimelineCourse(
        key=course.key,
        title=course.title,
        start=start,
        end=end,
        state=state,
        priming=course.kind == "priming",
        basis="actual" if projected.basis == "actual" else "projected",
        certainty="" if projected.basis == "actual" else projected.certainty,
        first_plan=ghost,
    )


def _lanes(
    ward: Ward,
    facts: InfantFacts,
    projection: Projection,
    courses: tuple[TimelineCourse, ...],
    behind: tuple[UndatedCourse, ...],
) -> tuple[TimelineLane, ...]:
    grouped: dict[str, list[TimelineDose]] = defaultdict(list)
    apart = conflicts_of(ward, projection)
    for course in projection.courses:
        for dose in course.doses:
            lane = lane_of(ward, facts.protocol.course(course.key), plan_of(facts, dose))
            grouped[lane.key].append(_dose(ward, facts, dose, apart_on(apart, dose)))
    disputed = _disputed(ward, facts, projection)
    open_days = open_lanes(ward, facts, courses)
    no_date = undated_lanes(ward, facts, behind)
    return tuple(
        TimelineLane(
            title=lane.title,
            kind=lane.kind,
            doses=tuple(sorted(grouped[lane.key], key=lambda dose: dose.on)),
            unscheduled=tuple(sorted((*disputed.get(lane.key, ()), *open_days.get(lane.key, ())))),
            undated=no_date.get(lane.key, ()),
        )
        for lane in ward.drugs.lanes
        if lane.key in grouped | disputed | open_days | no_date
    )


def _dose(ward: Ward, facts: InfantFacts, dose: ProjectedDose, apart: str) -> TimelineDose:
    course = facts.protocol.course(dose.course_key)
    state, said = dose_state(ward, facts, dose)
    name = ward.drugs.display_name(dose.drug)
    label = f"{course.title} day {dose.course_day}"
    if course.second_label_offset:
        label += f" (day {dose.course_day + course.second_label_offset} in the paper's numbering)"
    if dose.cycle is not None:
        label += f", cycle {dose.cycle}"
    words = f"{name} {route_words(dose.route)}, {label}, {write_date(dose.on)}: {said}"
    words += f". {apart}" if apart else ""
    hours = hour_words(ward, facts, dose, plan_of(facts, dose)) if state in _OPEN else ""
    words += f". {hours[:1].upper()}{hours[1:]}" if hours else ""
    follows = follow_short(ward, facts, dose) if state in _OPEN else ""
    words += f". {follows[:1].upper()}{follows[1:]}" if follows else ""
    return TimelineDose(
        on=dose.on,
        course_key=dose.course_key,
        course_title=course.title,
        course_day=dose.course_day,
        drug=name,
        route=dose.route,
        state=state,
        words=words,
        way=route_words(dose.route),
    )


def _disputed(
    ward: Ward, facts: InfantFacts, projection: Projection
) -> dict[str, tuple[tuple[date, date, str], ...]]:
    starts = {course.key: course.start for course in projection.courses}
    found: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for course in facts.protocol.courses:
        start = starts.get(course.key)
        if start is None:
            continue
        for plan in course.drugs:
            if not plan.days.disputed:
                continue
            lane = ward.drugs.lane(plan).key
            first = start + timedelta(days=min(plan.days.disputed) - 1)
            last = start + timedelta(days=max(plan.days.disputed) - 1)
            found[lane].append((first, last, plan.days.words))
    return {lane: tuple(stretches) for lane, stretches in found.items()}


def _events(
    ward: Ward, facts: InfantFacts, standing: Standing, first: date, last: date
) -> tuple[TimelineEvent, ...]:
    events = []
    for hold in facts.holds:
        what = (
            ward.drugs.display_name(hold.drug)
            if hold.drug
            else (facts.protocol.course(hold.course_key).title)
        )
        words = f"{what} held from {write_date(hold.from_on)}: {hold.reason}"
        events.append(TimelineEvent("hold", hold.from_on, hold.until_on or ward.today(), words))
    events += _shift_events(ward, facts, standing)
    for toxicity in facts.toxicities:
        if "febrile" in toxicity.term.casefold() or toxicity.term.casefold() == "fever":
            grade = max(row.grade for row in facts.grades_of(toxicity.id))
            words = (
                f"{write_date(toxicity.onset)}: {toxicity.term} grade {grade} "
                f"(CTCAE {toxicity.ctcae})"
            )
            events.append(TimelineEvent("fever", toxicity.onset, None, words))
    events += fever_events(ward, facts)
    for months, words in _BIRTHDAYS:
        on = month_day(facts.infant.born, months)
        if first <= on <= last:
            events.append(TimelineEvent("birthday", on, None, f"{words}, {write_date(on)}"))
    end = standing.projection.end_of_therapy
    if end is not None:
        words = f"End of therapy {write_date(end)}: {facts.protocol.therapy_words}"
        events.append(TimelineEvent("end of therapy", end, None, words))
    return tuple(events)


def _shift_events(ward: Ward, facts: InfantFacts, standing: Standing) -> list[TimelineEvent]:
    """Each shift from where its first dose would have stood to where it stands now."""
    found = []
    for row in facts.shifts:
        line = (row.course_key, row.drug, row.route)
        moved = [
            dose.on
            for course in standing.projection.courses
            for dose in course.doses
            if (dose.course_key, dose.drug, dose.route) == line and dose.course_day >= row.from_day
        ]
        if moved:
            since = min(moved) - timedelta(days=row.by_days)
            words = shift_words(ward, facts, row)
            found.append(TimelineEvent("hold", since, min(moved), words))
    return found


def _projected_close(facts: InfantFacts, standing: Standing) -> date | None:
    window = facts.protocol.dlt_window
    if window is None or facts.enrolment.kmt2a == "germline":
        return None
    projected = standing.projected(window.closes_when_may_start)
    return None if projected is None else projected.start


def _footnote(ward: Ward, facts: InfantFacts, behind: tuple[UndatedCourse, ...]) -> str:
    values = ward.values_for(facts.protocol.key)
    if behind:
        return "What has no public length is dashed; after the break nothing is to scale"
    if values.protocol == facts.protocol.key and values.lengths:
        mark = ", demonstration" if values.demonstration else ""
        return f"Course lengths: site value{mark}"
    return "Course lengths are not public: later courses are drawn at their earliest"
