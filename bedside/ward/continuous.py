"""Continuous infusions: started, bag changed, paused, resumed, ended; and how long each day it ran.

How often a bag is changed, and for how long it may stand, is not public: the program keeps what was
done and asks nothing of its own. Hours are counted from recorded UTC times, so that the nights in
which the clock is changed have 23 and 25 of them (hazard H16).
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from msgspec.structs import replace

from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.model import DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.store.infusion_records import InfusionEvent
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.units.refusal import Refused
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.standing import projection_of, standing_of
from bedside.ward.views.continuous import ContinuousRun, Event, RunDay, RunState
from bedside.ward.ward import Ward

Line = tuple[str, str, str]  # course key, drug, route
_STATES: dict[str, RunState] = {
    "started": "running",
    "bag changed": "running",
    "resumed": "running",
    "paused": "paused",
    "ended": "ended",
}
NOT_CHECKED = (
    "If it runs already, record its start all the same: say in the note who ordered it and which "
    "two people checked it on paper."
)


def continuous_runs(ward: Ward, facts: InfantFacts) -> tuple[ContinuousRun, ...]:
    """The continuous infusions of the running course, and every other that is not recorded as ended."""
    running = standing_of(ward, facts).running
    lines = dict.fromkeys((row.course_key, row.drug, row.route) for row in facts.infusions)
    if running is not None:
        lines |= dict.fromkeys(
            (running.key, plan.drug, plan.route) for plan in running.drugs if plan.continuous
        )
    runs = (_run(ward, facts, line) for line in lines)
    here = "" if running is None else running.key
    return tuple(
        run for run in runs if run.course_key == here or run.state in ("running", "paused")
    )


@one_act
def record_infusion(
    ward: Ward,
    infant_id: int,
    line: Line,
    event: Event,
    at: datetime,
    *,
    who: str,
    note: str = "",
) -> int:
    """Record what happened to a continuous infusion.

    Args:
        ward: the ward.
        infant_id: the infant.
        line: course key, drug and route.
        event: what happened.
        at: when (aware), not in the future and not before what was recorded last.
        who: who records it.
        note: why it was paused, or ended before its last day; how it was checked, where its order
            or its check of the day does not stand here.

    Raises:
        Refused: it is no continuous infusion of an opened course, the event does not follow, the
            time is wrong, or the reason is missing.
    """
    who, note = named(who), note.strip()
    facts = facts_of(ward, infant_id)
    plan = _plan(facts, line)
    run = _run(ward, facts, line)
    reasons = [*_order(run, event), *_time(ward, facts, line, at)]
    reasons = reasons or [*_reason(ward, run, event, at, note)]
    if not reasons and event == "started":
        reasons = [*_why_not_start(ward, infant_id, facts, line, at, note)]
    if reasons:
        raise Refused(*reasons)
    name = ward.drugs.display_name(plan.drug)
    with ward.store.change(who, f"recorded an infusion: {name} {event}", ward.now()) as change:
        return change.add(
            InfusionEvent,
            infant_id=infant_id,
            course_key=line[0],
            drug=line[1],
            route=line[2],
            event=event,
            at=at,
            note=note,
        )


def run_of_day(ward: Ward, facts: InfantFacts, line: Line, day: int) -> str:
    """How long an infusion ran on a course day, by its record; "" where nothing is recorded of it."""
    if not _events(facts, line):
        return ""
    return next((one.words for one in _run(ward, facts, line).days if one.day == day), "")


def running_words(ward: Ward, facts: InfantFacts, line: Line) -> str:
    """For the dose of a day: "runs since 10:00"; "" where it is not recorded as running or paused."""
    if not _events(facts, line):
        return ""
    run = _run(ward, facts, line)
    return "" if run.state in ("not recorded", "ended") else short_words(ward, run)


def told_on_list(ward: Ward, facts: InfantFacts) -> tuple[tuple[str, str, str], ...]:
    """What the ward list says of continuous infusions: drug, state, and the bag, in few words."""
    told = []
    for run in continuous_runs(ward, facts):
        if run.state == "ended":
            continue
        bag = "" if run.bag_at is None else f"bag of {write_date_time(run.bag_at)}"
        told.append((ward.drugs.display_name(run.drug), short_words(ward, run), bag))
    return tuple(told)


def short_words(ward: Ward, run: ContinuousRun) -> str:
    """For a narrow cell: "runs since 07-Oct-2026 10:00", "PAUSED since 10:20", "start not recorded"."""
    if run.since is None:
        return "start NOT recorded"
    same = run.since.date() == ward.today()
    when = write_time(run.since) if same else write_date_time(run.since)
    state = {"running": "runs since", "paused": "PAUSED since"}.get(run.state, "ended")
    return f"{state} {when}"


def _plan(facts: InfantFacts, line: Line) -> DrugPlan:
    course = facts.protocol.course(line[0])
    for plan in course.drugs:
        if (plan.drug, plan.route) == line[1:] and plan.continuous:
            if facts.start_of(course.key) is None:
                raise Refused(f"{course.title} is not opened: open it first, with its day 1.")
            return plan
    raise Refused("This is no continuous infusion of this course.")


def _events(facts: InfantFacts, line: Line) -> list[InfusionEvent]:
    return [row for row in facts.infusions if (row.course_key, row.drug, row.route) == line]


def _run(ward: Ward, facts: InfantFacts, line: Line) -> ContinuousRun:
    rows = _events(facts, line)
    plan = facts.protocol.course(line[0]).plan(line[1], line[2])
    state: RunState = _STATES[rows[-1].event] if rows else "not recorded"
    bags = [row.at for row in rows if row.event in ("started", "bag changed")]
    since = _since(rows)
    days = tuple(_days(ward, facts, line, rows))
    planned = _planned(ward, facts, line)
    run = ContinuousRun(
        course_key=line[0],
        drug=line[1],
        route=line[2],
        name=f"{ward.drugs.display_name(plan.drug)} {plan_route_words(plan, plan.route)}",
        state=state,
        since=None if since is None else ward.local(since),
        bag_at=ward.local(bags[-1]) if bags and state in ("running", "paused") else None,
        words="",
        events=tuple(_told(ward, row) for row in reversed(rows)),
        days=days,
        last_on=max((dose.on for dose in planned), default=None),
    )
    return _with_words(run)


def _since(rows: Sequence[InfusionEvent]) -> datetime | None:
    """When the state of now began: another bag is no new beginning."""
    began = [row for row in rows if row.event != "bag changed"]
    return began[-1].at if began else None


def _with_words(run: ContinuousRun) -> ContinuousRun:
    if run.since is None:
        words = f"{run.name}: nobody has recorded that it was started."
    elif run.state == "ended":
        words = f"{run.name}: ended {write_date_time(run.since)}."
    else:
        state = "runs" if run.state == "running" else "PAUSED"
        bag = "" if run.bag_at is None else f"; its bag was hung {write_date_time(run.bag_at)}"
        words = f"{run.name}: {state} since {write_date_time(run.since)}{bag}."
    return replace(run, words=words)


def _told(ward: Ward, row: InfusionEvent) -> str:
    note = f": {row.note}" if row.note else ""
    return f"{write_date_time(ward.local(row.at))} {row.event}, {row.recorded_by}{note}"


def _planned(ward: Ward, facts: InfantFacts, line: Line) -> list[ProjectedDose]:
    course = projection_of(ward, facts).course(line[0])
    return [dose for dose in course.doses if (dose.drug, dose.route) == line[1:]]


def _days(
    ward: Ward, facts: InfantFacts, line: Line, rows: Sequence[InfusionEvent]
) -> Iterator[RunDay]:
    spells = list(_spells(rows, ward.now()))
    for dose in _planned(ward, facts, line):
        if dose.on > ward.today():
            continue
        begin = datetime.combine(dose.on, time(), ward.zone).astimezone(UTC)
        end = datetime.combine(dose.on + timedelta(days=1), time(), ward.zone).astimezone(UTC)
        end = min(end, ward.now().astimezone(UTC))
        ran = sum((_overlap(spell, begin, end) for spell in spells), timedelta())
        pauses = [one for one in pairwise(spells) if begin <= one[0][1] < end]
        yield _day(dose.course_day, dose.on, ran, end - begin, bool(pauses))


def _day(day: int, on: date, ran: timedelta, whole: timedelta, paused: bool) -> RunDay:
    if not ran:
        return RunDay(day, on, "no run recorded", False)
    words = f"ran {_hours(ran)} of {_hours(whole)}"
    if paused:
        words += ", with a break"
    return RunDay(day, on, words, ran >= whole)


def _hours(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h" if not rest else f"{hours} h {rest} min"


def _spells(rows: Sequence[InfusionEvent], now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From when to when it ran, in UTC; what runs still, until now."""
    began: datetime | None = None
    for row in rows:
        running = _STATES[row.event] == "running"
        if running and began is None:
            began = row.at.astimezone(UTC)
        elif not running and began is not None:
            yield began, row.at.astimezone(UTC)
            began = None
    if began is not None:
        yield began, now.astimezone(UTC)


def _overlap(spell: tuple[datetime, datetime], begin: datetime, end: datetime) -> timedelta:
    return max(timedelta(), min(spell[1], end) - max(spell[0], begin))


def _order(run: ContinuousRun, event: Event) -> Iterator[str]:
    if event not in run.may():
        state = {"not recorded": "not recorded as started"}.get(run.state, run.state)
        yield f"The infusion is {state}: “{event}” cannot follow. Look at what is recorded."


def _time(ward: Ward, facts: InfantFacts, line: Line, at: datetime) -> Iterator[str]:
    if at > ward.now() + timedelta(minutes=1):
        yield f"{write_date_time(ward.local(at))} lies in the future: check the time."
    rows, start = _events(facts, line), facts.start_of(line[0])
    if rows and at <= rows[-1].at:
        last = f"{rows[-1].event} {write_date_time(ward.local(rows[-1].at))}"
        yield f"It was recorded last as {last}: what follows is later. Strike that out if it is wrong."
    if start is not None and ward.local(at).date() < start.day_1:
        yield f"Day 1 of its course is {write_date(start.day_1)}: check the date."


def _reason(ward: Ward, run: ContinuousRun, event: Event, at: datetime, note: str) -> Iterator[str]:
    if note:
        return
    if event == "paused":
        yield "Why was the infusion paused? Give the reason."
    early = run.last_on is not None and ward.local(at).date() < run.last_on
    if event == "ended" and early and run.last_on is not None:
        yield f"It is planned to run until {write_date(run.last_on)}: why was it ended before?"


def _why_not_start(
    ward: Ward, infant_id: int, facts: InfantFacts, line: Line, at: datetime, note: str
) -> Sequence[str]:
    """Why the dose of the day may not be given, where the note does not say how it was checked."""
    from bedside.ward.giving_gate import why_not_give

    if note:
        return ()
    on = ward.local(at).date()
    for dose in _planned(ward, facts, line):
        if dose.on == on:
            why = why_not_give(ward, infant_id, (line[0], dose.course_day, line[1], line[2]))
            return (*why, NOT_CHECKED) if why else ()
    return (f"It is not planned for {write_date(on)}.", NOT_CHECKED)
