"""Where are we: one answer, the rule behind it, what comes next, what is due, whom to ring."""

from datetime import date, timedelta

from bedside.clinical.age import age_on
from bedside.protocol.drugs import route_words
from bedside.protocol.model import Course
from bedside.protocol.schedule import ProjectedCourse, ProjectedDose
from bedside.units.dates import write_date
from bedside.ward.apart import apart_today
from bedside.ward.board_orders import told_of
from bedside.ward.courses import opening_refusals
from bedside.ward.due import dose_record, due_today
from bedside.ward.due_orders import OrdersTold
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.infants import banner_of
from bedside.ward.last_course import no_further_course
from bedside.ward.risk_facts import path_of_infant
from bedside.ward.standing import Standing, continuation, standing_of
from bedside.ward.toxicity_log import open_words
from bedside.ward.views.where import Contact, CourseBox, NextItem, WhereView
from bedside.ward.ward import Ward
from bedside.ward.where_answer import answer_of, why_of
from bedside.ward.where_rules import rules_of

_NEXT_ITEMS = 6


def where_are_we(ward: Ward, infant_id: int) -> WhereView:
    """The first page of an infant."""
    facts = facts_of(ward, infant_id)
    standing = standing_of(ward, facts)
    told = told_of(ward, facts, standing)
    mark, answer, tail = answer_of(ward, facts, standing, told)
    title, note, rules = rules_of(ward, facts, standing)
    following = standing.next
    refusals = () if following is None else opening_refusals(ward, facts, following, ward.today())
    return WhereView(
        banner=banner_of(ward, facts),
        mark=mark,
        answer=answer,
        answer_tail=tail,
        why=why_of(ward, facts, standing, told.not_planned),
        strip=_strip(facts, standing),
        gate_before=_gate_before(standing),
        maintenance=standing.running is not None and standing.running.kind == "maintenance",
        end_of_therapy=_end_of_therapy(facts, standing),
        rule_title=title,
        rule_note=note,
        rules=rules,
        next_items=_next_items(ward, facts, standing, told),
        due=(*apart_today(ward, standing), *due_today(ward, facts, told.notes)),
        contacts=tuple(Contact(*line) for line in ward.site.contacts),
        contacts_are_demonstration=ward.demonstration,
        open_key="" if following is None else following.key,
        open_title="" if following is None else following.title,
        open_allowed=following is not None and not refusals,
        open_because=" ".join(refusals) if following is not None else standing.next_words,
        toxicity_open=open_words(ward, facts),
        settle=_to_settle(ward, facts, standing),
        protocol_notes=_notes(ward, facts, standing, told),
        mend=(*told.items, *told.waiting),
    )


def _gate_before(standing: Standing) -> str:
    gate = standing.gate
    if standing.waiting and standing.next is not None and gate is not None:
        return "" if gate.open else standing.next.key
    return ""


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


def _next_items(
    ward: Ward, facts: InfantFacts, standing: Standing, told: OrdersTold
) -> tuple[NextItem, ...]:
    said = told.not_planned is not None and told.not_planned.mark == "mend"
    items = [
        *_block_items(ward, facts, standing),
        *_course_items(ward, facts, standing),
        *no_further_course(ward, standing, _end_of_therapy(facts, standing), said=said),
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


def _notes(ward: Ward, facts: InfantFacts, standing: Standing, told: OrdersTold) -> tuple[str, ...]:
    """What the sources leave open in the running course, but for what is to be put right now."""
    notes = [facts.protocol.closed_to_entry] if facts.protocol.closed_to_entry else []
    running = standing.running
    if running is None or running.last_dosing_day is None:
        return tuple(notes)
    said = " ".join(words for item in told.items for words in item.details)
    for key, drug, route, words in standing.projection.unscheduled:
        note = f"{ward.drugs.display_name(drug)} {route_words(route)}: {words}"
        if key == running.key and f"{note.partition(':')[0]}: last planned" not in said:
            notes.append(note)
    return tuple(notes)
