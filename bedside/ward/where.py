"""Where are we: one answer, the rule behind it, what comes next, what is due, whom to ring."""

from datetime import date

from bedside.protocol.drugs import route_words
from bedside.protocol.model import Course
from bedside.protocol.schedule import ProjectedCourse
from bedside.units.dates import write_date
from bedside.ward.apart import apart_today
from bedside.ward.board_orders import told_of
from bedside.ward.courses import opening_refusals
from bedside.ward.due import due_today, or_not_known
from bedside.ward.due_orders import OrdersTold
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.infants import banner_of
from bedside.ward.past_doses import past_items
from bedside.ward.risk_facts import path_of_infant
from bedside.ward.standing import Standing, standing_of
from bedside.ward.toxicity_log import open_words
from bedside.ward.views.where import Contact, CourseBox, WhereView
from bedside.ward.ward import Ward
from bedside.ward.where_answer import answer_of, why_of
from bedside.ward.where_next import end_of_therapy, next_items
from bedside.ward.where_rules import rules_of


def where_are_we(ward: Ward, infant_id: int) -> WhereView:
    """The first page of an infant."""
    facts = facts_of(ward, infant_id)
    standing = standing_of(ward, facts)
    told = told_of(ward, facts, standing)
    mark, answer, tail = answer_of(ward, facts, standing, told)
    title, note, rules = rules_of(ward, facts, standing)
    following = standing.next
    due = (*apart_today(ward, standing), *due_today(ward, facts, told.notes))
    refusals = () if following is None else opening_refusals(ward, facts, following, ward.today())
    return WhereView(
        banner=banner_of(ward, facts),
        mark=mark,
        answer=answer,
        answer_tail=tail,
        why=why_of(ward, facts, standing, told.not_planned),
        strip=strip_of(facts, standing),
        gate_before=_gate_before(standing),
        maintenance=standing.running is not None and standing.running.kind == "maintenance",
        end_of_therapy=end_of_therapy(facts, standing),
        rule_title=title,
        rule_note=note,
        rules=rules,
        next_items=next_items(ward, facts, standing, told),
        due=or_not_known(due, told.days_open),
        contacts=tuple(Contact(*line) for line in ward.site.contacts),
        contacts_are_demonstration=ward.demonstration,
        open_key="" if following is None else following.key,
        open_title="" if following is None else following.title,
        open_allowed=following is not None and not refusals,
        open_because=" ".join(refusals) if following is not None else standing.next_words,
        toxicity_open=open_words(ward, facts),
        settle=_to_settle(ward, facts, standing),
        protocol_notes=_notes(ward, facts, standing, told),
        mend=(*told.items, *told.waiting, *past_items(facts, standing)),
    )


def _gate_before(standing: Standing) -> str:
    gate = standing.gate
    if standing.waiting and standing.next is not None and gate is not None:
        return "" if gate.open else standing.next.key
    return ""


def strip_of(facts: InfantFacts, standing: Standing) -> tuple[CourseBox, ...]:
    """The courses of an infant's path in their order, and which runs now."""
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
