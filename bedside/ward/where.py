"""Where are we: one answer, the rule behind it, what comes next, what is due, whom to ring."""

from datetime import date, timedelta

from bedside.clinical.age import age_on
from bedside.protocol.drugs import route_words
from bedside.protocol.model import Course
from bedside.protocol.schedule import ProjectedCourse, ProjectedDose
from bedside.store.records import BloodCount
from bedside.units.dates import write_date, write_time
from bedside.units.writer import write_number
from bedside.ward.apart import apart_today
from bedside.ward.courses import opening_refusals
from bedside.ward.due import dose_record, due_today, running_clocks, unrecorded_before
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.gates import Gate, judge_gate, moment_of_opening
from bedside.ward.infants import banner_of
from bedside.ward.last_course import no_further_course
from bedside.ward.risk_facts import path_of_infant
from bedside.ward.standing import Standing, continuation, standing_of
from bedside.ward.toxicity_log import open_words
from bedside.ward.views.marks import Mark
from bedside.ward.views.where import Contact, CourseBox, NextItem, RuleRow, WhereView
from bedside.ward.ward import Ward

_NEXT_ITEMS = 6


def where_are_we(ward: Ward, infant_id: int) -> WhereView:
    """The first page of an infant."""
    facts = facts_of(ward, infant_id)
    standing = standing_of(ward, facts)
    mark, answer, tail = _answer(ward, facts, standing)
    title, note, rules = _rules(ward, facts, standing)
    following = standing.next
    refusals = () if following is None else opening_refusals(ward, facts, following, ward.today())
    return WhereView(
        banner=banner_of(ward, facts),
        mark=mark,
        answer=answer,
        answer_tail=tail,
        why=_why(ward, facts, standing),
        strip=_strip(facts, standing),
        gate_before=_gate_before(standing),
        maintenance=standing.running is not None and standing.running.kind == "maintenance",
        end_of_therapy=_end_of_therapy(facts, standing),
        rule_title=title,
        rule_note=note,
        rules=rules,
        next_items=_next_items(ward, facts, standing),
        due=(*apart_today(ward, standing), *due_today(ward, facts)),
        contacts=tuple(Contact(*line) for line in ward.site.contacts),
        contacts_are_demonstration=ward.demonstration,
        open_key="" if following is None else following.key,
        open_title="" if following is None else following.title,
        open_allowed=following is not None and not refusals,
        open_because=" ".join(refusals) if following is not None else standing.next_words,
        toxicity_open=open_words(ward, facts),
        settle=_to_settle(ward, facts, standing),
        protocol_notes=_notes(ward, facts, standing),
    )


def _gate_before(standing: Standing) -> str:
    gate = standing.gate
    if standing.waiting and standing.next is not None and gate is not None:
        return "" if gate.open else standing.next.key
    return ""


def _answer(ward: Ward, facts: InfantFacts, standing: Standing) -> tuple[Mark, str, str]:
    running, following, gate = standing.running, standing.next, standing.gate
    if standing.waiting and following is not None:
        return _waiting_answer(following, gate)
    if running is None or standing.day is None:
        return "unknown", "No course has started.", "Record day 1 of the first course."
    here = f"{running.title}, day {standing.day}."
    if standing.holds:
        hold = standing.holds[-1]
        what = ward.drugs.display_name(hold.drug) if hold.drug else "The course is"
        return "hold", here, f"{what} held: {hold.reason}."
    clocks = running_clocks(ward, facts)
    if clocks:
        return "priming", here, _clock_words(ward, facts)
    if running.kind == "priming":
        length = running.length_days or standing.day
        return "priming", f"{running.title}, day {standing.day} of {length}.", ""
    return _going_on(facts, standing, running, here)


def _going_on(
    facts: InfantFacts, standing: Standing, running: Course, here: str
) -> tuple[Mark, str, str]:
    """Nothing is held: but "as planned" is said only where there is a plan and it was recorded."""
    if running.last_dosing_day is None:
        return "unknown", here, "Its days are not public: follow your own protocol."
    projected = standing.projected(running.key)
    missing = 0 if projected is None else unrecorded_before(facts, projected.doses, standing.today)
    if missing:
        doses = "dose is" if missing == 1 else "doses are"
        return "unknown", here, f"{missing} planned {doses} not recorded."
    return "go", here, "Going on as planned."


def _waiting_answer(following: Course, gate: Gate | None) -> tuple[Mark, str, str]:
    if gate is None:
        return "go", f"{following.title} follows.", "No count check of its own is public."
    if gate.open is None:
        return "unknown", f"Waiting for {following.title}.", f"Unknown: {gate.short}."
    if not gate.open:
        return "hold", f"Waiting for {following.title}.", f"Held: {gate.short}."
    over = next((row.seen for row in gate.rows if row.seen.startswith("yes, over")), "")
    tail = f" Any toxicity resolved: {over}." if over else ""
    return "go", f"{following.title} may start.", f"Every part of its start rule is met.{tail}"


def _clock_words(ward: Ward, facts: InfantFacts) -> str:
    clock = running_clocks(ward, facts)[0]
    if clock.started_at is not None:
        return f"Infusion runs: all in by {write_time(clock.finish_by)}."
    if ward.now() > clock.finish_by:
        return "The vial is too old: discard it."
    return f"Vial clock runs: start by {write_time(clock.latest_start)}."


def _why(ward: Ward, facts: InfantFacts, standing: Standing) -> str:
    parts = []
    if standing.waiting and standing.running is not None and standing.day is not None:
        parts.append(f"{standing.running.title} day {standing.day}.")
    opened = facts.open_toxicities()
    latest = 2 if opened else 3  # one line holds no more
    told = [(row, _anc_told(row)) for row in facts.counts]
    series = [(row, anc) for row, anc in told if anc][-latest:]
    if series:
        values = ", ".join(
            f"{anc} on {write_date(ward.local(row.taken_at).date())}"
            for row, anc in reversed(series)
        )
        parts.append(f"ANC per µL: {values}.")
    if opened:
        parts.append(f"{len(opened)} open " + ("toxicity." if len(opened) == 1 else "toxicities."))
    if standing.next is None and standing.next_words:
        parts.append(standing.next_words)
    return " ".join(parts)


def _anc_told(row: BloodCount) -> str:
    """The ANC of a count, or its bound ("<100"); "" where there is neither."""
    if row.anc_per_ul is not None:
        return write_number(row.anc_per_ul)
    return row.anc_state.removesuffix(" per µL") if row.anc_state[:1] in ("<", ">") else ""


def _rules(
    ward: Ward, facts: InfantFacts, standing: Standing
) -> tuple[str, str, tuple[RuleRow, ...]]:
    running, following = standing.running, standing.next
    if following is not None and standing.gate is not None:
        return f"May {following.title} start?", _rule_note(facts, following), standing.gate.rows
    if running is not None and running.start_rule is not None:
        as_of = moment_of_opening(ward, facts, running)
        gate = judge_gate(ward, facts, running, as_of)
        return (
            f"{running.title} was opened on these values; weight as of now",
            _rule_note(facts, running),
            gate.rows,
        )
    if following is not None:
        words = following.start_words or "not public: ask the leukaemia team"
        return f"May {following.title} start?", words, ()
    return "", standing.next_words, ()


def _rule_note(facts: InfantFacts, course: Course) -> str:
    if course.start_rule is None or not course.start_rule.measures:
        return course.start_words
    origin = course.start_rule.measures[0].origin
    sources = "; ".join(facts.protocol.sources[key].split(",")[0] for key in origin.sources)
    return f"Start rule of {facts.protocol.title}, {origin.evidence} in: {sources}"


def _strip(facts: InfantFacts, standing: Standing) -> tuple[CourseBox, ...]:
    started = {row.course_key: row.day_1 for row in facts.starts}
    window = facts.protocol.dlt_window
    inside = False
    boxes = []
    path = path_of_infant(facts)
    for course in facts.protocol.courses:
        if path is not None and course.arm and course.key in path.left_out:
            continue
        inside = inside or (window is not None and course.key == window.opens_on_day_1_of)
        if window is not None and course.key == window.closes_when_may_start:
            inside = False
        boxes.append(_box(standing, course, started, inside))
    return tuple(boxes)


def _box(standing: Standing, course: Course, started: dict[str, date], inside: bool) -> CourseBox:
    running = standing.running is not None and standing.running.key == course.key
    is_next = standing.next is not None and standing.next.key == course.key
    caption = ""
    if course.key in started:
        caption = f"from {write_date(started[course.key])}"
    elif is_next:
        caption = _projected_words(standing.projected(course.key))
    return CourseBox(
        key=course.key,
        title=course.title,
        state=(
            "now"
            if running
            else "past"
            if course.key in started
            else "next"
            if is_next
            else "later"
        ),
        priming=course.kind == "priming",
        day=standing.day if running else None,
        caption=caption,
        in_dlt=inside,
    )


def _projected_words(course: ProjectedCourse | None) -> str:
    if course is None or course.start is None:
        return ""
    word = "not before" if course.certainty.startswith("not before") else "planned"
    return f"{word} {write_date(course.start)}"


def _end_of_therapy(facts: InfantFacts, standing: Standing) -> str:
    end = standing.projection.end_of_therapy
    if end is not None:
        return f"therapy ends {write_date(end)}"
    for course in facts.protocol.courses:
        goes_on = continuation(facts, course)
        if goes_on is not None and goes_on.result == "not met":
            return goes_on.because
    if facts.protocol.therapy_years_from_induction is None:
        return "end of therapy: not public"
    return "end of therapy: counts from Induction day 1"


def _next_items(ward: Ward, facts: InfantFacts, standing: Standing) -> tuple[NextItem, ...]:
    items = [
        *_block_items(ward, facts, standing),
        *_course_items(ward, facts, standing),
        *no_further_course(ward, standing, _end_of_therapy(facts, standing)),
        *_birthdays(ward, facts),
    ]
    items.sort(key=lambda item: (item.on is None, item.on or date.max))
    return tuple(items[:_NEXT_ITEMS])


def _block_items(ward: Ward, facts: InfantFacts, standing: Standing) -> list[NextItem]:
    """The dates of the running azacitidine block that are still to be given."""
    running = standing.running
    projected = None if running is None else standing.projected(running.key)
    if running is None or projected is None or running.kind != "priming":
        return []
    left = tuple(
        (dose.course_day, dose.on)
        for dose in projected.doses
        if dose.on >= ward.today() and not _is_given(facts, dose)
    )
    return [NextItem(left[0][1], f"{running.title}, to be given", days=left)] if left else []


def _is_given(facts: InfantFacts, dose: ProjectedDose) -> bool:
    record = dose_record(facts, dose)
    return record is not None and record.state == "given"


def _course_items(ward: Ward, facts: InfantFacts, standing: Standing) -> list[NextItem]:
    items = []
    today = ward.today()
    for course in standing.projection.courses:
        key = course.key
        if course.start is None or (course.start < today and not _is_next(standing, key)):
            continue
        if facts.start_of(key) is not None:
            continue
        plan = facts.protocol.course(key)
        start = max(course.start, today) if _is_next(standing, key) else course.start
        note = course.certainty if course.basis != "actual" else ""
        if note == "stated" and plan.follows_directly:
            note = "follows directly, without a count check of its own"
        boxes: tuple[tuple[int, date], ...] = ()
        if plan.kind == "priming" and _is_next(standing, key):
            boxes = tuple((day, start + timedelta(days=day - 1)) for day in range(1, 6))
        condition = " if the start rule allows" if plan.start_rule is not None else ""
        items.append(
            NextItem(
                start,
                f"{plan.title} day 1{condition}",
                note,
                site_value=note == "site value",
                days=boxes,
            )
        )
    return items[:4]


def _is_next(standing: Standing, key: str) -> bool:
    return standing.next is not None and standing.next.key == key


def _birthdays(ward: Ward, facts: InfantFacts) -> list[NextItem]:
    items = []
    for months, text in ((6, "Turns 6 months"), (12, "Turns 1 year")):
        on = month_day(facts.infant.born, months)
        if on > ward.today():
            items.append(NextItem(on, text, _age_note(facts, months)))
    return items


def _age_note(facts: InfantFacts, months: int) -> str:
    """What this protocol ties to an age, from its own file; "" where it ties nothing."""
    for course in facts.protocol.courses:
        if facts.start_of(course.key) is not None:
            continue
        if months == 12 and course.kind == "maintenance" and " age on day 1 " in course.note:
            return "the age on day 1 of Maintenance cycle 1 sets its first oral doses"
        for plan in course.drugs:
            if plan.age_rule is not None and months in {
                band.from_month for band in plan.age_rule.bands
            }:
                return "the age factor changes for courses that start from then on"
    return ""


def month_day(born: date, months: int) -> date:
    """The first date on which so many calendar months are completed."""
    on = born + timedelta(days=28 * months)
    while age_on(born, on).completed_months < months:
        on += timedelta(days=1)
    return on


def _to_settle(ward: Ward, facts: InfantFacts, standing: Standing) -> tuple[str, ...]:
    """The site's values against a public source, of the courses that are not over yet."""
    keys = [course.key for course in facts.protocol.courses]
    here = 0 if standing.running is None else keys.index(standing.running.key)
    return tuple(
        clash.words for clash in ward.clashes(facts.protocol.key) if clash.course in keys[here:]
    )


def _notes(ward: Ward, facts: InfantFacts, standing: Standing) -> tuple[str, ...]:
    notes = [facts.protocol.closed_to_entry] if facts.protocol.closed_to_entry else []
    running = standing.running
    if running is not None and running.last_dosing_day is None:
        title = running.title
        notes.append(f"The days of {title} are not in public sources: follow your own protocol.")
        return tuple(notes)
    for key, drug, route, words in standing.projection.unscheduled:
        if running is not None and key == running.key:
            notes.append(f"{ward.drugs.display_name(drug)} {route_words(route)}: {words}")
    return tuple(notes)
