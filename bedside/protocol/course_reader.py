"""Reads one course from a protocol file: name, length, start rule, place, and its drugs."""

from typing import cast

from bedside.protocol.drug_reader import read_drug
from bedside.protocol.fact_reader import Book, read_origin
from bedside.protocol.model import (
    NOT_PUBLIC,
    Course,
    CourseKind,
    CoursePart,
    DrugPlan,
    Origin,
    WeightRange,
)
from bedside.protocol.start_reader import CourseStartRead
from bedside.protocol.toml_table import FileTable

KINDS: tuple[CourseKind, ...] = ("priming", "chemotherapy", "maintenance")


def read_course(
    table: FileTable, book: Book, protocol_key: str, weights: WeightRange | None
) -> Course:
    """Read one [[course]]; every fault is noted in the table.

    Args:
        table: the course.
        book: what the whole file shares.
        protocol_key: key of the protocol, kept in the course.
        weights: the bodies that a dose may be worked from, kept in the course.
    """
    key = table.text("key")
    table.place = f"course {key}" if key else table.place
    length, length_origin = _length(table, book)
    start = CourseStartRead.read(table, book)
    tertiary, place_origin = _place(table, book)
    offset, label_origin = _second_label(table, book)
    cycle = _cycle(table, book)
    course = Course(
        key=key,
        title=table.text("title"),
        also=table.texts("also"),
        phase=table.text("phase"),
        kind=cast(CourseKind, table.choice("kind", KINDS)),
        length_days=length,
        length_origin=length_origin,
        follows_directly=start.directly,
        second_label_offset=offset,
        start_rule=start.rule,
        start_words=start.words,
        tertiary_only=tertiary,
        drugs=_drugs(table, book),
        protocol=protocol_key,
        note=table.text("note", ""),
        arm=table.text("arm", ""),
        cycle_days=cycle[0],
        cycle_origin=cycle[1],
        order_origin=_closed_origin(table.table("origin", needed=True), book),
        start_origin=start.origin,
        place_origin=place_origin,
        label_origin=label_origin,
        weight_range=weights,
        parts=_parts(table, book),
        formerly=table.texts("formerly"),
    )
    return _checked(table, course)


def _checked(table: FileTable, course: Course) -> Course:
    _check_days(table, course)
    _check_parts(table, course)
    table.done()
    return course


def _closed_origin(table: FileTable | None, book: Book) -> Origin:
    if table is None:
        return NOT_PUBLIC
    origin = read_origin(table, book)
    table.done()
    return origin


def _length(table: FileTable, book: Book) -> tuple[int | None, Origin]:
    length = table.table("length", needed=True)
    if length is None:
        return None, NOT_PUBLIC
    days = length.whole("days")
    origin = _closed_origin(length, book)
    if origin.evidence in ("stated", "site") and days is None and "days" not in length.values:
        length.fault("days", f"a length with evidence {origin.evidence!r} needs its days.")
    if origin.evidence not in ("stated", "site") and days is not None:
        length.fault("days", f"a length with evidence {origin.evidence!r} may not carry days.")
    return days, origin


def _place(table: FileTable, book: Book) -> tuple[bool, Origin | None]:
    place = table.table("place")
    if place is None:
        return False, None
    return place.flag("tertiary-only"), _closed_origin(place, book)


def _second_label(table: FileTable, book: Book) -> tuple[int, Origin | None]:
    label = table.table("second-label")
    if label is None:
        return 0, None
    return label.whole("add", needed=True) or 0, _closed_origin(label, book)


def _cycle(table: FileTable, book: Book) -> tuple[int | None, Origin]:
    cycle = table.table("cycle")
    if cycle is None:
        return None, NOT_PUBLIC
    return cycle.whole("days", needed=True), _closed_origin(cycle, book)


def _parts(table: FileTable, book: Book) -> tuple[CoursePart, ...]:
    parts: list[CoursePart] = []
    for item in table.tables("part"):
        part = CoursePart(
            number=item.whole("number", needed=True) or 1,
            title=item.text("title"),
            words=item.text("words"),
            origin=read_origin(item, book),
        )
        if part.number != len(parts) + 1:
            item.fault("number", "parts are numbered 1, 2, 3 in their order.")
        item.done()
        parts.append(part)
    return tuple(parts)


def _drugs(table: FileTable, book: Book) -> tuple[DrugPlan, ...]:
    plans: list[DrugPlan] = []
    for item in table.tables("drug", needed=True):
        plan = read_drug(item, book, table.place)
        if any((plan.drug, plan.route) == (known.drug, known.route) for known in plans):
            item.fault("", f"{plan.drug} {plan.route} stands twice in this course: join the two.")
        plans.append(plan)
    return tuple(plans)


def _check_days(table: FileTable, course: Course) -> None:
    """No day after the course's end; the last day must be the one that the file says."""
    for number, plan in enumerate(course.drugs, start=1):
        for day in (*plan.days.scheduled, *plan.days.disputed):
            if course.length_days is not None and day > course.length_days:
                table.fault(
                    f"drug {number} {plan.drug} {plan.route} > days",
                    f"day {day} lies after the course's end: it has {course.length_days} days.",
                )
    last = table.whole("last-dosing-day")
    if course.last_dosing_day is not None and last is None:
        table.fault("last-dosing-day", "this is missing: write the last planned day, as a check.")
    elif last is not None and last != course.last_dosing_day:
        table.fault(
            "last-dosing-day",
            f"day {last} is written, but the lists of days end on day {course.last_dosing_day}: "
            "correct one of them.",
        )


def _check_parts(table: FileTable, course: Course) -> None:
    known = {0, *(part.number for part in course.parts)}
    given = {plan.drug for plan in course.drugs}
    for plan in course.drugs:
        if plan.hours is not None and plan.hours.after not in given:
            table.fault(
                f"drug {plan.drug} {plan.route} > hours",
                f"{plan.hours.after!r} is not given in this course: hours cannot count from it.",
            )
        for related in plan.related_days:
            if related.part not in known:
                table.fault(
                    f"drug {plan.drug} {plan.route} > related-days",
                    f"there is no part {related.part} in this course.",
                )
