"""The whole treatment on one page, filled from the timeline, the start rules and the cumulative doses."""

import re
from collections import Counter
from datetime import date, timedelta
from typing import Literal

from bedside.papers.values import PaperHead
from bedside.papers.whole_treatment import (
    Cumulative,
    RoadCourse,
    RoadEvent,
    SpinalDay,
    SpinalState,
    StartLine,
    WholeTreatment,
)
from bedside.protocol.drugs import INTRATHECAL, route_words
from bedside.protocol.model import Course
from bedside.units.dates import write_date
from bedside.units.writer import write_number
from bedside.ward.day_doses import given_rows
from bedside.ward.exposure import cumulative_doses
from bedside.ward.facts import InfantFacts
from bedside.ward.gates import judge_gate, moment_of_opening
from bedside.ward.standing import projection_of, standing_of
from bedside.ward.timeline import timeline
from bedside.ward.views.exposure import ExposureView
from bedside.ward.views.timeline import TimelineCourse, TimelineEvent, TimelineView
from bedside.ward.ward import Ward
from bedside.ward.where_next import end_of_therapy
from bedside.ward.whose import age_in_words, as_of_today, whose_of

_DAYS = re.compile(r"^[0-9\u202f ]+ days?, | on [0-9\u202f ]+ days?$")
_STATES: dict[str, SpinalState] = {
    "given": "given",
    "planned": "planned",
    "held": "held",
    "missed": "not given",
    "not given": "not given",
    "broken off": "not given",
    "in part": "not given",
}


def check_whole_treatment(ward: Ward, facts: InfantFacts) -> tuple[str, ...]:
    """Every reason why the page cannot be made now; empty when it can."""
    if not any(course.start for course in projection_of(ward, facts).courses):
        return ("No course has a date yet: record day 1 of the first course.",)
    return ()


def fill_whole_treatment(ward: Ward, facts: InfantFacts, head: PaperHead) -> WholeTreatment:
    """Fill the whole treatment of an infant."""
    view = timeline(ward, facts.infant.id, facts)
    last = {course.key for course in facts.protocol.courses if course.kind == "maintenance"}
    road = tuple(_on_the_road(band) for band in view.courses if band.key not in last)
    exposure = cumulative_doses(ward, facts.infant.id)
    ends = max((course.ends for course in road), default=ward.today())
    first = facts.start_of(facts.protocol.courses[0].key)
    return WholeTreatment(
        head=head,
        whose=whose_of(facts),
        as_of=as_of_today(ward, facts),
        day_1=None if first is None else first.day_1,
        road=road,
        undated=tuple((course.title, course.words) for course in view.undated),
        cycles=_cycles(facts, view, last),
        maintenance_words=_maintenance_words(facts, view, last),
        ends_on=projection_of(ward, facts).end_of_therapy,
        end_words=_end_words(ward, facts),
        events=_events(facts, view, ends, ward.today()),
        spinal=_spinal(view),
        dlt_words=_dlt_words(view),
        dlt=_dlt(view),
        dlt_open=view.dlt.state == "open" and view.dlt.closed is None,
        starts=tuple(
            line for course in facts.protocol.courses if (line := _start(ward, facts, course))
        ),
        cumulative=_cumulative(ward, facts, exposure, view),
        notes=exposure.notes,
        lengths_words=view.footnote,
    )


def _on_the_road(band: TimelineCourse) -> RoadCourse:
    begins = write_date(band.start)
    ended = band.state == "past" and band.end > band.start
    word = "not before " if band.certainty.startswith("not before") else ""
    return RoadCourse(
        title=band.title,
        begins=band.start,
        ends=max(band.end, band.open_until or band.end),
        begun=band.basis == "actual",
        priming=band.priming,
        caption=f"{begins} to {write_date(band.end)}" if ended else f"{word}{begins}",
    )


def _cycles(facts: InfantFacts, view: TimelineView, last: set[str]) -> tuple[tuple[str, date], ...]:
    """Each cycle of Maintenance with its first day; one line where it does not run in cycles."""
    found: list[tuple[str, date]] = []
    for band in view.courses:
        if band.key not in last:
            continue
        course = facts.protocol.course(band.key)
        days, first = course.cycle_days, band.start + timedelta(days=course.cycle_from - 1)
        if not days or first > band.start:
            found.append((band.title, band.start))
        number = 1
        while days and first <= band.end:
            found.append((f"{band.title} {number}", first))
            number, first = number + 1, first + timedelta(days=days)
    return tuple(found)


def _maintenance_words(facts: InfantFacts, view: TimelineView, last: set[str]) -> str:
    for band in view.courses:
        if band.key in last:
            age = age_in_words(facts, band.start)
            return f"{band.title} from {write_date(band.start)}, at the age of {age}"
    for course in view.undated:
        if course.key in last:
            return f"{course.title} has no date yet: {course.words}"
    return ""


def _end_words(ward: Ward, facts: InfantFacts) -> str:
    return end_of_therapy(facts, standing_of(ward, facts))


def _events(
    facts: InfantFacts, view: TimelineView, ends: date, today: date
) -> tuple[RoadEvent, ...]:
    """What happened on the road and what is expected on it, by date."""
    found = [
        RoadEvent(event.start, *_event_words(event, today))
        for event in view.events
        if event.kind != "end of therapy" and event.start <= ends
    ]
    window = facts.protocol.dlt_window
    if view.dlt.closed is not None:
        found.append(RoadEvent(view.dlt.closed, "DLT period closed", happened=True))
    elif view.dlt_projected_close is not None and window is not None:
        title = facts.protocol.course(window.closes_when_may_start).title
        words = f"DLT period closes when the rule for {title} is met"
        found.append(RoadEvent(view.dlt_projected_close, words, happened=False))
    return tuple(sorted(found, key=lambda event: event.on))


def _event_words(event: TimelineEvent, today: date) -> tuple[str, bool, str]:
    """An event without its own date, which stands on the road; whether it happened; it in brief."""
    happened = event.start <= today
    if event.kind == "birthday":
        return f"{event.words.partition(',')[0]} old", happened, ""
    words = event.words.removeprefix(f"{write_date(event.start)}: ")
    if event.kind == "hold" and event.end is not None:
        days = (event.end - event.start).days + 1
        span = "1 day" if days == 1 else f"{days} days"
        return f"{words} ({span})", happened, f"{words.partition(' from ')[0]}, {span}"
    if event.kind == "MRD" and event.state != "done":
        # its place is the end of a course: without saying so it would be read as its day
        return words.replace(". Its day is not public; ", "; "), happened, words.partition(":")[0]
    return words.partition(";")[0], happened, words.partition(":")[0].partition(";")[0]


def _spinal(view: TimelineView) -> tuple[SpinalDay, ...]:
    """Each day with intrathecal drugs, once: given when one of them was."""
    days: dict[date, set[SpinalState]] = {}
    for lane in view.lanes:
        if lane.kind == "intrathecal":
            for dose in lane.doses:
                days.setdefault(dose.on, set()).add(_STATES[dose.state])
    order: tuple[SpinalState, ...] = ("given", "held", "planned", "not given")
    return tuple(
        SpinalDay(on, next(state for state in order if state in states))
        for on, states in sorted(days.items())
    )


def _dlt_words(view: TimelineView) -> str:
    line = view.dlt
    if line.state == "not in this protocol":
        return ""
    if line.opened is None:
        return "DLT period not started: it opens on day 1 of the first azacitidine block"
    if line.closed is None:
        return f"DLT period OPEN since {write_date(line.opened)}: seen at the tertiary centre"
    return f"DLT period {write_date(line.opened)} to {write_date(line.closed)}: {line.headline}"


def _dlt(view: TimelineView) -> tuple[date, date | None] | None:
    if view.dlt.opened is None:
        return None
    return view.dlt.opened, view.dlt.closed or view.dlt_projected_close


def _start(ward: Ward, facts: InfantFacts, course: Course) -> StartLine | None:
    """What is known of a course's start rule; None for the first course and one without any."""
    if course.start_rule is None:
        if course.follows_directly:
            return StartLine(course.title, "follows", "follows directly, without a count check")
        return None
    gate = judge_gate(ward, facts, course, moment_of_opening(ward, facts, course))
    rows = [row for row in gate.rows if row.main]
    if facts.start_of(course.key) is not None and gate.open:
        seen = ", ".join(f"{_short(row.measure)} {row.seen.partition(',')[0]}" for row in rows)
        started = facts.start_of(course.key)
        on = "" if started is None else f" for {write_date(started.day_1)}"
        return StartLine(course.title, "met", f"met{on}: {seen}")
    standing = standing_of(ward, facts)
    is_next = standing.next is not None and standing.next.key == course.key
    needs = ", ".join(f"{_short(row.measure)} {row.needed}" for row in rows)
    needs = needs.replace(" per µL", "")
    if facts.start_of(course.key) is not None or is_next:
        result: Literal["met", "not met", "unknown"] = (
            "not met" if gate.open is False else "met" if gate.open else "unknown"
        )
        when = "not known today:" if gate.open is None else "today"
        said = f"; {when} {_lower(gate.short)}" if gate.short else ""
        return StartLine(course.title, result, f"needs {needs}{said}")
    return StartLine(course.title, "unknown", f"needs {needs}: not yet known")


def _short(measure: str) -> str:
    """A part of a start rule in a word or two."""
    return {"Neutrophils, ANC": "ANC", "Platelets": "platelets"}.get(
        measure, measure[:1].lower() + measure[1:]
    )


def _lower(words: str) -> str:
    """A sentence that goes on after others: "No transplant" begins small, "ANC" does not."""
    parts = words.split("; ")  # of a gate: each of them begins as a sentence does
    return "; ".join(one if one[1:2].isupper() else one[:1].lower() + one[1:] for one in parts)


def _cumulative(
    ward: Ward, facts: InfantFacts, exposure: ExposureView, view: TimelineView
) -> tuple[Cumulative, ...]:
    """Every drug by its route; intrathecal ones as days only, as their drugs stand on their own sheet."""
    done, planned = _days_given(ward, facts)
    found = []
    for row in exposure.rows:
        if row.route == route_words(INTRATHECAL):
            continue
        key = (row.drug, row.route)
        days = f"{write_number(done[key])} of {write_number(max(planned[key], done[key]))}"
        found.append(Cumulative(row.drug, row.route, days, _amount(row.given), _amount(row.total)))
    spinal = _spinal(view)
    if spinal:
        given = sum(day.state == "given" for day in spinal)
        days = f"{write_number(given)} of {write_number(len(spinal))}"
        found.append(Cumulative("intrathecal", "each on its own sheet", days, "", ""))
    return tuple(found)


def _days_given(
    ward: Ward, facts: InfantFacts
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """On how many days each drug was given by each route, and on how many it is planned in all."""
    done: Counter[tuple[str, str]] = Counter()
    planned: Counter[tuple[str, str]] = Counter()
    days = {(row.drug, row.route, row.course_key, row.due_on): row for row in given_rows(facts)}
    for row in days.values():
        done[ward.drugs.display_name(row.drug), route_words(row.route)] += 1
    for course in projection_of(ward, facts).courses:
        for dose in course.doses:
            planned[ward.drugs.display_name(dose.drug), route_words(dose.route)] += 1
    return done, planned


def _amount(words: str) -> str:
    """An amount without the days it was given on, which stand in a column of their own."""
    return _DAYS.sub("", words)
