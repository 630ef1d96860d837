"""What comes next: the doses of the next days, shifts, courses, birthdays, each with its date."""

from collections import defaultdict
from datetime import date, timedelta

from bedside.clinical.age import age_on
from bedside.protocol.drugs import INTRATHECAL, route_words
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date
from bedside.ward.age_notes import age_note
from bedside.ward.day_often import often_words
from bedside.ward.due import dose_record, plan_of
from bedside.ward.due_orders import OrdersTold
from bedside.ward.facts import InfantFacts
from bedside.ward.last_course import no_further_course
from bedside.ward.shifting import shift_words
from bedside.ward.standing import Standing, continuation, hold_of
from bedside.ward.views.where import NextItem
from bedside.ward.ward import Ward

_NEXT_ROWS = 6
_DOSE_DAYS = 2
_A_DAY = timedelta(days=1)


def end_of_therapy(facts: InfantFacts, standing: Standing) -> str:
    """When therapy ends, or why that is not known."""
    end = standing.projection.end_of_therapy
    if end is not None:
        return f"therapy ends {write_date(end)}"
    for course in facts.protocol.courses:
        goes_on = continuation(facts, course)
        if goes_on is not None and goes_on.result == "not met":
            return goes_on.because
    if facts.protocol.therapy is None:
        return "end of therapy: not public, the site enters it"
    return f"end of therapy: {facts.protocol.therapy_words}, not known yet"


def next_items(
    ward: Ward, facts: InfantFacts, standing: Standing, told: OrdersTold
) -> tuple[NextItem, ...]:
    """What comes next, in the order of the days: doses, shifts, courses, birthdays.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        standing: where she is up to.
        told: what her orders ask for, from `bedside.ward.board_orders`.
    """
    said = told.not_planned is not None and told.not_planned.mark == "mend"
    items = [
        *_block_items(ward, facts, standing),
        *_dose_items(ward, facts, standing),
        *_shift_items(ward, facts, standing),
        *_course_items(ward, facts, standing),
        *no_further_course(ward, standing, end_of_therapy(facts, standing), said=said),
        *_birthdays(ward, facts),
    ]
    items.sort(key=lambda item: (item.on is None, item.on or date.max))
    boxes = any(item.days for item in items[:_NEXT_ROWS])  # a block's days take a row of their own
    return tuple(items[: _NEXT_ROWS - boxes])


def _block_items(ward: Ward, facts: InfantFacts, standing: Standing) -> list[NextItem]:
    """The dates of the running azacitidine block that are still to be given."""
    running = standing.running
    projected = None if running is None else standing.projected(running.key)
    if running is None or projected is None or running.kind != "priming":
        return []
    left = tuple(
        (dose.course_day, dose.on)
        for dose in projected.doses
        if dose.on >= ward.today() and not _is_told(facts, dose)
    )
    return [NextItem(left[0][1], f"{running.title}, to be given", days=left)] if left else []


def _is_told(facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether a day is recorded, as given or as not given: nothing of it is to be given."""
    record = dose_record(facts, dose)
    return record is not None and record.state in ("given", "not given")


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
            items.append(NextItem(on, text, age_note(ward, facts, months)))
    return items


def month_day(born: date, months: int) -> date:
    """The first date on which so many calendar months are completed."""
    on = born + timedelta(days=28 * months)
    while age_on(born, on).completed_months < months:
        on += timedelta(days=1)
    return on


def _dose_items(ward: Ward, facts: InfantFacts, standing: Standing) -> list[NextItem]:
    """The next two days of the running course on which a dose comes that does not just go on."""
    running = standing.running
    projected = None if running is None else standing.projected(running.key)
    if running is None or projected is None or running.kind == "priming":
        return []
    given_on = {(dose.drug, dose.route, dose.on) for dose in projected.doses}
    days: dict[date, list[ProjectedDose]] = defaultdict(list)
    for dose in projected.doses:
        before = {(dose.drug, dose.route, dose.on - _A_DAY * back) for back in (1, 2)}
        if dose.on > standing.today and not before <= given_on:  # the third day of a row goes on
            days[dose.on].append(dose)
    return [NextItem(on, _doses_words(ward, facts, days[on])) for on in sorted(days)[:_DOSE_DAYS]]


def _doses_words(ward: Ward, facts: InfantFacts, doses: list[ProjectedDose]) -> str:
    """A day, e.g. "day 15: vinCRIStine (HELD), cytarabine intrathecal"; a shifted dose keeps its own day."""
    by_day: dict[int, list[str]] = defaultdict(list)
    for dose in doses:
        name = ward.drugs.display_name(dose.drug)
        if dose.route == INTRATHECAL:
            name += f" {route_words(dose.route)}"
        elif often := often_words(ward, facts, dose, plan_of(facts, dose)):
            name += f" {often}"
        if hold_of(facts, dose) is not None:
            name += " (HELD)"
        by_day[dose.course_day].append(name)
    return "; ".join(f"day {day}: {', '.join(names)}" for day, names in by_day.items())


def _shift_items(ward: Ward, facts: InfantFacts, standing: Standing) -> list[NextItem]:
    """The shifts of the running course whose first dose is still to come, with their reason."""
    running = standing.running
    projected = None if running is None else standing.projected(running.key)
    if running is None or projected is None:
        return []
    found = []
    for row in facts.shifts:
        moved = [
            dose.on
            for dose in projected.doses
            if (running.key, dose.drug, dose.route) == (row.course_key, row.drug, row.route)
            and dose.course_day >= row.from_day
        ]
        if moved and min(moved) >= standing.today:
            found.append(NextItem(min(moved), shift_words(ward, facts, row)))
    return found
