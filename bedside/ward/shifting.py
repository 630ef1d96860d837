"""One drug's doses given later: shown before anything is recorded, kept with its reason, taken back.

A shift is a delay of one drug by one route in one course: its doses from a chosen one on are given
so many days later, every other drug stays. No row of a dose is changed; the plan takes the shift as
one more fact (`bedside.protocol.shifts`).
"""

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from bedside.protocol.drugs import route_words
from bedside.protocol.model import Course
from bedside.protocol.projection import ProjectedCourse, ProjectedDose
from bedside.store.dose_records import DoseShift
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.delay_view import delay_view
from bedside.ward.editions import keep_edition
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.one_act import one_act
from bedside.ward.order_ending import changing_doses
from bedside.ward.people import named
from bedside.ward.standing import projection_of
from bedside.ward.views.delay import DelayView, NewHold, NewShift, ShiftRow
from bedside.ward.ward import Ward

MOST_DAYS = 365
_TRIES = 8  # a hold in the way is stepped over once; holds one behind the other a few times


def shift_lines(
    ward: Ward, facts: InfantFacts, courses: Sequence[ProjectedCourse]
) -> tuple[tuple[str, str, str, str], ...]:
    """The drugs whose doses can be shifted, by course: course key, drug, route and their name."""
    return tuple(
        (course.key, plan.drug, plan.route, _name(ward, plan.drug, plan.route))
        for course in courses
        for plan in facts.protocol.course(course.key).drugs
    )


def shift_rows(ward: Ward, facts: InfantFacts) -> tuple[ShiftRow, ...]:
    """The shifts that stand, in words."""
    rows = []
    for row in facts.shifts:
        doses = _doses(ward, facts, row.course_key, row.drug, row.route)
        moved = [dose for dose in doses if dose.course_day >= row.from_day]
        first = min((dose.on for dose in moved), default=None)
        why_not = " ".join(_recorded(ward, facts, row))
        rows.append(ShiftRow(row.id, shift_words(ward, facts, row), first, why_not))
    return tuple(rows)


def shift_words(ward: Ward, facts: InfantFacts, row: DoseShift) -> str:
    """A shift in words, for lists, timeline and paper."""
    title = facts.protocol.course(row.course_key).title
    days = "1 day" if row.by_days == 1 else f"{row.by_days} days"
    name = _name(ward, row.drug, row.route)
    return f"{name} in {title} shifted by {days} from day {row.from_day} on: {row.reason}"


def preview_shift(ward: Ward, infant_id: int, form: NewShift) -> DelayView:
    """Everything that would move if this shift were recorded; nothing is recorded.

    Raises:
        Refused: the drug is not in the course, no dose of it is planned on or after the day, or
            the new day is not a later one on which the course runs.
    """
    facts = facts_of(ward, infant_id)
    block = as_block_hold(ward, facts, form)
    if block is not None:
        from bedside.ward.holding import preview

        view = preview(ward, infant_id, block)
        return replace(view, summary=f"{_block_words(facts, block)} {view.summary}")
    row = _as_row(ward, facts, form)
    after = replace(facts, shifts=(*facts.shifts, row))
    view = delay_view(ward, facts, after, line=(row.course_key, row.drug, row.route))
    days = "1 day" if row.by_days == 1 else f"{row.by_days} days"
    name = _name(ward, row.drug, row.route)
    summary = f"{name} from day {row.from_day} on by {days}. {view.summary}"
    return replace(view, summary=summary, against=_against(ward, facts, row))


@one_act
def save_shift(ward: Ward, infant_id: int, form: NewShift, *, who: str) -> int:
    """Record a shift with its reason.

    Raises:
        Refused: no reason, or a dose that would move is recorded; nothing is recorded then.
    """
    who = named(who)
    reasons = list(preview_shift(ward, infant_id, form).against)
    if not form.reason.strip():
        reasons.insert(0, "A shift needs its reason: say why the doses are given later.")
    if reasons:
        raise Refused(*reasons)
    facts = facts_of(ward, infant_id)
    block = as_block_hold(ward, facts, form)
    if block is not None:
        from bedside.ward.holding import save_hold

        return save_hold(ward, infant_id, block, who=who)
    row = _as_row(ward, facts, form)
    act = f"shifted {_name(ward, row.drug, row.route)}"
    with changing_doses(ward, infant_id, who, act) as change:
        keep_edition(change, ward, facts.protocol.key)
        return change.add(
            DoseShift,
            infant_id=infant_id,
            course_key=row.course_key,
            drug=row.drug,
            route=row.route,
            from_day=row.from_day,
            by_days=row.by_days,
            reason=form.reason.strip(),
        )


@one_act
def take_back_shift(ward: Ward, infant_id: int, shift_id: int, why: str, *, who: str) -> None:
    """Strike a shift out: its doses stand again where they stood without it.

    Raises:
        Refused: it does not stand, no reason, or a dose that would move is recorded.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    found = [row for row in facts.shifts if row.id == shift_id]
    if not found:
        raise Refused("This shift does not stand any more: nothing was changed.")
    if not why.strip():
        raise Refused("Taking a shift back needs its reason: say why.")
    reasons = _recorded(ward, facts, found[0])
    if reasons:
        raise Refused(*reasons)
    with changing_doses(ward, infant_id, who, f"took a shift back: {why.strip()}") as change:
        change.void(DoseShift, shift_id, f"taken back: {why.strip()}")


def as_block_hold(ward: Ward, facts: InfantFacts, form: NewShift) -> NewHold | None:
    """A shift inside an azacitidine block as what it is: a hold of the block up to the new day.

    Such a block has one drug on days in a row and one sheet for all of them: no dose of it moves
    alone. None for every other drug.

    Raises:
        Refused: as for every shift.
    """
    course = _line_course(facts, form)
    if course.kind != "priming":
        return None
    first = _first_to_move(ward, facts, course, form)
    start = facts.start_of(course.key)
    if start is not None and first.on <= start.day_1:
        raise Refused(
            f"Day 1 of {course.title} is recorded on {write_date(start.day_1)}: correct that "
            "record where the block did not begin. Nothing was shifted."
        )
    return NewHold(course.key, "", first.on, form.to_on - timedelta(days=1), form.reason)


def _block_words(facts: InfantFacts, block: NewHold) -> str:
    title = facts.protocol.course(block.course_key).title
    last = block.until_on or block.from_on
    return (
        f"{title} is held from {write_date(block.from_on)} to {write_date(last)}; all its days to "
        "come move, and the dosing sheet with them."
    )


def _as_row(ward: Ward, facts: InfantFacts, form: NewShift) -> DoseShift:
    """The shift that a form means: from which course day, and by how many days."""
    course = _line_course(facts, form)
    first = _first_to_move(ward, facts, course, form)
    return _landing(ward, facts, first, form)


def _first_to_move(ward: Ward, facts: InfantFacts, course: Course, form: NewShift) -> ProjectedDose:
    """The first dose that is given later."""
    doses = _doses(ward, facts, form.course_key, form.drug, form.route)
    ahead = [dose for dose in doses if dose.on >= form.from_on]
    name = _name(ward, form.drug, form.route)
    plans = [one for one in course.drugs if (one.drug, one.route) == (form.drug, form.route)]
    if not any(plan.days.scheduled for plan in plans):
        raise Refused(
            f"The days of {name} in {course.title} are not public, so there is no planned dose to "
            "shift: the site enters them first (Commission). Nothing was recorded."
        )
    if not ahead:
        raise Refused(
            f"No dose of {name} is planned in {course.title} on {write_date(form.from_on)} or after "
            "it: there is nothing to shift."
        )
    first = ahead[0]
    if form.to_on <= first.on:
        raise Refused(
            f"The dose of day {first.course_day} stands on {write_date(first.on)}: type a later day "
            "for it. A dose is never moved to an earlier one."
        )
    return first


def _landing(ward: Ward, facts: InfantFacts, first: ProjectedDose, form: NewShift) -> DoseShift:
    """By how many days, so that the first dose stands on the typed day, past all held days."""
    by_days = (form.to_on - first.on).days
    for _ in range(_TRIES):
        if not 1 <= by_days <= MOST_DAYS:
            break
        row = _row(ward, facts, form, first.course_day, by_days)
        there = _standing(ward, replace(facts, shifts=(*facts.shifts, row)), first)
        if there is None or there.on == form.to_on:
            return row
        by_days -= (there.on - form.to_on).days
    if (form.to_on - first.on).days > MOST_DAYS:
        raise Refused(f"Doses are shifted by {MOST_DAYS} days at most: correct the new day.")
    raise Refused(
        f"The course is held on {write_date(form.to_on)}: choose a day on which it runs, or end "
        "the hold first."
    )


def _standing(ward: Ward, facts: InfantFacts, first: ProjectedDose) -> ProjectedDose | None:
    doses = _doses(ward, facts, first.course_key, first.drug, first.route)
    return next((dose for dose in doses if dose.course_day == first.course_day), None)


def _row(ward: Ward, facts: InfantFacts, form: NewShift, from_day: int, by_days: int) -> DoseShift:
    return DoseShift(
        id=0,
        recorded_at=ward.now(),
        recorded_by="",
        infant_id=facts.infant.id,
        course_key=form.course_key,
        drug=form.drug,
        route=form.route,
        from_day=from_day,
        by_days=by_days,
        reason=form.reason.strip(),
    )


def _line_course(facts: InfantFacts, form: NewShift) -> Course:
    course = next((one for one in facts.protocol.courses if one.key == form.course_key), None)
    if course is None:
        raise Refused("Choose the course whose doses are shifted.")
    plan = next(
        (one for one in course.drugs if (one.drug, one.route) == (form.drug, form.route)), None
    )
    if plan is None:
        raise Refused(f"{course.title} has no such drug by this route: choose one of its own.")
    return course


def _against(ward: Ward, facts: InfantFacts, row: DoseShift) -> tuple[str, ...]:
    reasons = _recorded(ward, facts, row)
    reasons += [
        f"{shift_words(ward, facts, one)} is recorded already: take it back first, then shift the "
        "doses by all the days together."
        for one in facts.shifts
        if (one.course_key, one.drug, one.route, one.from_day)
        == (row.course_key, row.drug, row.route, row.from_day)
    ]
    return tuple(reasons)


def _recorded(ward: Ward, facts: InfantFacts, row: DoseShift) -> list[str]:
    """Recorded doses that would stand on another date (hazard H29)."""
    return [
        f"{_name(ward, dose.drug, dose.route)} of {write_date(dose.due_on)} is recorded: "
        f"{dose.state}. What is recorded stays there."
        for dose in facts.doses
        if (dose.course_key, dose.drug, dose.route) == (row.course_key, row.drug, row.route)
        and dose.course_day >= row.from_day
        and dose.state != "vial lost"
    ]


def _doses(
    ward: Ward, facts: InfantFacts, course_key: str, drug: str, route: str
) -> list[ProjectedDose]:
    courses = [one for one in projection_of(ward, facts).courses if one.key == course_key]
    return [
        dose
        for course in courses
        for dose in course.doses
        if (dose.drug, dose.route) == (drug, route)
    ]


def _name(ward: Ward, drug: str, route: str) -> str:
    return f"{ward.drugs.display_name(drug)} {route_words(route)}"


def meant_shift(ward: Ward, facts: InfantFacts, form: NewShift) -> DoseShift:
    """The shift that a form means, as a row that is not kept.

    Raises:
        Refused: as for `preview_shift`.
    """
    return _as_row(ward, facts, form)
