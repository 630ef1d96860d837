"""The rows of a roadmap: each course day with what was planned, given, counted and graded on it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from bedside.papers.values import RoadmapDay
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.schedule import ProjectedCourse, ProjectedDose
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date
from bedside.units.writer import write_amount
from bedside.ward.broken_before import broken_before
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.day_doses import day_words, of_words, rows_of_day
from bedside.ward.due import dose_record, held_on
from bedside.ward.facts import InfantFacts
from bedside.ward.given_since import GivenSince, given_since
from bedside.ward.held_given import spite_words
from bedside.ward.not_given_words import not_given_words
from bedside.ward.same_minute import counting
from bedside.ward.standing import standing_of
from bedside.ward.ward import Ward
from bedside.ward.worked import amount_given

_HELD = "HELD."
SINCE_MARK = "(!)"  # beside a dose given on what was struck out since; the words stand below


def roadmap_days(
    ward: Ward,
    facts: InfantFacts,
    course: Course,
    projected: ProjectedCourse,
    doses: list[ProjectedDose],
    plans: tuple[DrugPlan, ...],
    first_plan: date | None,
    letters: Mapping[int, str],
) -> tuple[RoadmapDay, ...]:
    """One row for each course day from day 1 to the last planned dose.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        course: the course.
        projected: its days.
        doses: its planned doses in sight.
        plans: the columns of the grid.
        first_plan: day 1 as it was first planned.
        letters: of each toxicity of the course, by its number.
    """
    since = given_since(ward, facts)
    if projected.start is None:
        raise ValueError("a roadmap needs its first day")
    by_day: dict[int, list[ProjectedDose]] = {}
    for dose in doses:
        by_day.setdefault(dose.course_day, []).append(dose)
    closed = not_opened(ward, facts, course)
    rows = []
    for day in range(1, max(by_day) + 1):
        due, planned = _date_of(projected, by_day, day), by_day.get(day, [])
        rows.append(
            RoadmapDay(
                day=day,
                second_label=_second_label(course, day),
                first_plan=(first_plan or projected.start) + timedelta(days=day - 1),
                due=due,
                given_on=_given_on(facts, planned),
                given=_given(ward, facts, planned, plans, since),
                anc_per_ul=_count(ward, facts, due, "anc_per_ul"),
                platelets_per_ul=_count(ward, facts, due, "platelets_per_ul"),
                worst_grade=_grade_on(facts, due, ward.today(), letters),
                initials=_initials(facts, planned),
                held=_stands_against(
                    closed if day == 1 else "", _told(ward, facts, course, due, planned)
                ),
                held_columns=_held_columns(facts, planned, plans, closed),
                not_given_columns=_not_given_columns(facts, planned, plans),
            )
        )
    return tuple(rows)


def _date_of(projected: ProjectedCourse, by_day: dict[int, list[ProjectedDose]], day: int) -> date:
    if day in by_day:
        return min(dose.on for dose in by_day[day])  # a shifted dose says its own date
    if projected.start is None:
        raise ValueError("a roadmap needs its first day")
    known = [other for other in by_day if other < day]
    anchor = max(known) if known else None
    if anchor is None:
        return projected.start + timedelta(days=day - 1)
    return min(dose.on for dose in by_day[anchor]) + timedelta(days=day - anchor)


def _recorded(facts: InfantFacts, doses: list[ProjectedDose]) -> list[tuple[int, DoseRecord]]:
    found = []
    for index, dose in enumerate(doses):
        row = dose_record(facts, dose) or _one_given(facts, dose)
        if row is not None and (row.state == "given" or broken_off(row)):
            found.append((index, row))
    return found


def _one_given(facts: InfantFacts, dose: ProjectedDose) -> DoseRecord | None:
    """One given dose of a day of which not all are recorded."""
    rows = rows_of_day(facts, dose)
    return next((row for row in rows if row.state == "given"), None)


def _given_on(facts: InfantFacts, doses: list[ProjectedDose]) -> date | None:
    """When a day was given; None while a drug of it has doses left: it is not ticked as if whole."""
    if any(rows_of_day(facts, dose) and dose_record(facts, dose) is None for dose in doses):
        return None
    rows = _recorded(facts, doses)
    return min((row.due_on for _, row in rows), default=None)


def _given(
    ward: Ward,
    facts: InfantFacts,
    doses: list[ProjectedDose],
    plans: tuple[DrugPlan, ...],
    since: Mapping[int, GivenSince],
) -> tuple[tuple[int, str], ...]:
    cells = []
    recorded = _recorded(facts, doses)
    ticked = min((row.due_on for _, row in recorded), default=None)
    for index, row in recorded:
        dose = doses[index]
        column = next(
            place
            for place, plan in enumerate(plans)
            if (plan.drug, plan.route) == (dose.drug, dose.route)
        )
        if broken_off(row):
            cells.append((column, broken_words(row)))
            continue
        amount = amount_given(facts, row)
        said = "given" if amount is None else write_amount(amount)
        said = day_words(ward, facts, dose) or said
        if row.due_on != ticked:  # shifted: the date given of the row is not its own
            said = f"{said} {write_date(row.due_on)[:6]}"
        of_day = (row, *rows_of_day(facts, dose))
        found = next((since[one.id] for one in of_day if one.id in since), None)
        cells.append((column, said if found is None else f"{said} {SINCE_MARK} {found.short}"))
    return tuple(cells)


def _initials(facts: InfantFacts, doses: list[ProjectedDose]) -> str:
    rows = [row for _, row in _recorded(facts, doses)]
    rows += [row for dose in doses for row in rows_of_day(facts, dose) if row.state == "given"]
    names = {row.recorded_by.split(",")[0] for row in rows}
    return " ".join(sorted("".join(part[0] for part in name.split() if part) for name in names))


def _count(
    ward: Ward, facts: InfantFacts, on: date, column: Literal["anc_per_ul", "platelets_per_ul"]
) -> int | None:
    rows = [
        row
        for row in facts.counts
        if ward.local(row.taken_at).date() == on and getattr(row, column) is not None
    ]
    return getattr(counting(rows, column.removesuffix("_per_ul")), column) if rows else None


def grade_on(facts: InfantFacts, toxicity_id: int, on: date) -> int:
    """The worst grade of a toxicity on a day: recorded on it, else the one it was left at before."""
    rows = [row for row in facts.grades_of(toxicity_id) if row.from_on <= on]
    of_day = [row.grade for row in rows if row.from_on == on]
    return max(of_day) if of_day else (rows[-1].grade if rows else 0)


def worst_between(facts: InfantFacts, toxicity_id: int, first: date, last: date) -> int:
    """The worst grade of a toxicity on any day from one date to another, both included."""
    days = range((last - first).days + 1)
    return max(
        (grade_on(facts, toxicity_id, first + timedelta(days=day)) for day in days), default=0
    )


def began_on(facts: InfantFacts, toxicity_id: int, grade: int, first: date, last: date) -> date:
    """From which day on a toxicity had this grade, as it had it first between two dates.

    Returns:
        A day before ``first`` where the grade held already and was not given anew on that day.
    """
    rows = facts.grades_of(toxicity_id)
    on = next(
        day
        for number in range((last - first).days + 1)
        if grade_on(facts, toxicity_id, day := first + timedelta(days=number)) == grade
    )
    return max(row.from_on for row in rows if row.grade == grade and row.from_on <= on)


def _grade_on(facts: InfantFacts, on: date, today: date, letters: Mapping[int, str]) -> str:
    """The worst grade of a day with the letters of the toxicities that have it: "4 a b"."""
    if on > today:
        return ""
    grades = {toxicity.id: grade_on(facts, toxicity.id, on) for toxicity in facts.toxicities}
    worst = max(grades.values(), default=0)
    if not worst:
        return ""
    key = sorted(letters[number] for number, grade in grades.items() if grade == worst)
    return " ".join((str(worst), *key))


def not_opened(ward: Ward, facts: InfantFacts, course: Course) -> str:
    """What stands against a course that nobody has opened: its start rule, or only its opening; "" for none."""
    if facts.start_of(course.key) is not None:
        return ""
    standing = standing_of(ward, facts)
    is_next = standing.next is not None and standing.next.key == course.key
    if not is_next or standing.gate is None or course.start_rule is None:
        return "" if not is_next else f"{course.title} is NOT OPENED: nothing is given before it is"
    if standing.gate.open is False:
        return f"{_HELD} {course.title} is not opened: {standing.gate.short}"
    known = "its start rule is met" if standing.gate.open else f"unknown, {standing.gate.short}"
    return f"{course.title} is NOT OPENED ({known}): nothing is given before it is"


def _second_label(course: Course, day: int) -> int | None:
    return day + course.second_label_offset if course.second_label_offset else None


def _stands_against(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


def _held_columns(
    facts: InfantFacts,
    doses: list[ProjectedDose],
    plans: tuple[DrugPlan, ...],
    closed: str,
) -> tuple[int, ...]:
    """The columns whose dose of a day is held and not recorded: nobody is to read "due" there."""
    all_held = closed.startswith(_HELD)
    held = {
        (dose.drug, dose.route)
        for dose in doses
        if (all_held or held_on(facts, dose))
        and dose_record(facts, dose) is None
        and not rows_of_day(facts, dose)
    }
    return tuple(at for at, plan in enumerate(plans) if (plan.drug, plan.route) in held)


def _not_given_columns(
    facts: InfantFacts, doses: list[ProjectedDose], plans: tuple[DrugPlan, ...]
) -> tuple[int, ...]:
    """The columns of which no dose of the day is open: each is recorded, and none as given."""
    left_out = {
        (dose.drug, dose.route)
        for dose in doses
        if (row := dose_record(facts, dose)) is not None and row.state == "not given"
    }
    return tuple(at for at, plan in enumerate(plans) if (plan.drug, plan.route) in left_out)


def _held(ward: Ward, facts: InfantFacts, course: Course, due: date) -> str:
    for hold in facts.holds:
        if hold.course_key != course.key:
            continue
        what = ward.drugs.display_name(hold.drug) if hold.drug else "course"
        until = "" if hold.until_on is None else f" until {write_date(hold.until_on)}"
        if hold.from_on == due:
            return f"HELD, {what}, from {write_date(hold.from_on)}{until}: {hold.reason}"
    return ""


def _told(
    ward: Ward, facts: InfantFacts, course: Course, due: date, doses: list[ProjectedDose]
) -> str:
    """What keeps the doses of a day from being given on it, in words."""
    parts = (
        _held(ward, facts, course, due),
        _shifted(ward, facts, course, doses),
        *_happened(ward, facts, doses),
    )
    return ". ".join(part for part in parts if part)


def _happened(ward: Ward, facts: InfantFacts, doses: list[ProjectedDose]) -> list[str]:
    """What a cell cannot say: not given and why; given in spite of a hold; broken off before."""
    said = []
    for dose in doses:
        row = dose_record(facts, dose)
        name = ward.drugs.display_name(dose.drug)
        rows = rows_of_day(facts, dose) or filter(None, (row,))
        told = dict.fromkeys(spite for one in rows if (spite := spite_words(one)))
        said += [f"{name} {spite}" for spite in told]
        said += _not_given(name, rows_of_day(facts, dose) or tuple(filter(None, (row,))))
        if row is not None and row.state == "given":
            said += [f"{name}: {words}" for words in broken_before(facts, row)]
    return said


def _not_given(name: str, rows: Sequence[DoseRecord]) -> list[str]:
    """What was left out of a day, dose by dose, each with its reason."""
    told = [(of_words(row), not_given_words(row)) for row in rows if not_given_words(row)]
    return [f"{name} {of} NOT GIVEN{words[9:]}".replace("  ", " ") for of, words in told]


def _shifted(ward: Ward, facts: InfantFacts, course: Course, doses: list[ProjectedDose]) -> str:
    """Doses of this day that are given later than it, each with its own date and the reason."""
    said = []
    for dose in doses:
        rows = [
            row
            for row in facts.shifts
            if (row.course_key, row.drug, row.route) == (course.key, dose.drug, dose.route)
            and dose.course_day >= row.from_day
        ]
        if rows:
            days = sum(row.by_days for row in rows)
            reasons = "; ".join(dict.fromkeys(row.reason for row in rows))
            name = ward.drugs.display_name(dose.drug)
            said.append(
                f"SHIFTED, {name} {dose.route}, by {days} d to {write_date(dose.on)}: {reasons}"
            )
    return ". ".join(said)
