"""The plan as it stood on a day, beside the plan now: what was on record then, and nothing later.

Facts of the infant, settings, commissioned values and the protocol's edition are read as they were:
what was recorded later does not count, what was struck out or withdrawn later does. An edition that
was not kept then (`bedside.ward.editions`) is read from today's file, and site values that came
with a file (the demonstration's) have no time; both is said.
"""

from datetime import date, datetime, time, timedelta

from bedside.protocol.projection import ProjectedCourse, Projection
from bedside.protocol.site_values import NO_SITE_VALUES
from bedside.store.dose_records import DoseShift
from bedside.store.records import CourseStart, Hold
from bedside.units.dates import write_date, write_date_time
from bedside.units.refusal import Refused
from bedside.ward.delay_view import plan_to_give
from bedside.ward.editions import edition_then
from bedside.ward.facts import InfantFacts, facts_as_of, facts_of
from bedside.ward.infants import banner_of
from bedside.ward.views.past_plan import PastPlan, PastRow
from bedside.ward.ward import Ward, fixed

_SAME, _OTHER = "=", "≠"
_Row = CourseStart | Hold | DoseShift
_Rows = tuple[_Row, ...]


def plan_as_it_stood(ward: Ward, infant_id: int, moment: datetime) -> Projection:
    """The plan from what was on record at a moment, the site's values of then included.

    Raises:
        Refused: the infant was not on record then.
    """
    then = ward.as_it_stood(moment)
    return plan_to_give(then, facts_as_of(then, infant_id, moment))


def past_plan(ward: Ward, infant_id: int, on: date) -> PastPlan:
    """The plan at the end of a day (of today: now) beside the plan now.

    Raises:
        Refused: the day lies ahead, or the infant was not on record on it.
    """
    if on > ward.today():
        raise Refused(f"{write_date(on)} lies ahead: type today or a day before it.")
    moment = _end_of(ward, on)
    facts, then = facts_of(ward, infant_id), ward.as_it_stood(moment)
    try:
        old = facts_as_of(then, infant_id, moment)
    except Refused:
        first = write_date(ward.local(facts.enrolment.recorded_at).date())
        raise Refused(
            f"On {write_date(on)} no plan was on record yet: the infant was enrolled here on "
            f"{first}. Type that day or a later one."
        ) from None
    rows = _rows(ward, (old, facts), (plan_to_give(then, old), plan_to_give(ward, facts)), moment)
    others = sum(row.mark == _OTHER for row in rows)
    return PastPlan(
        banner=banner_of(ward, facts),
        on=on,
        rows=rows,
        summary=_summary(on, others, len(rows)),
        notes=_notes(ward, then, (old, facts), moment),
    )


def _end_of(ward: Ward, on: date) -> datetime:
    """The end of a day by the ward's clock, but never later than now."""
    next_day = datetime.combine(on + timedelta(days=1), time(), tzinfo=ward.wall_clock().tzinfo)
    return min(fixed(next_day) - timedelta(microseconds=1), ward.now())


def _rows(
    ward: Ward,
    facts: tuple[InfantFacts, InfantFacts],
    plans: tuple[Projection, Projection],
    moment: datetime,
) -> tuple[PastRow, ...]:
    old, new = ({course.key: course for course in plan.courses} for plan in plans)
    protocols = (facts[1].protocol, facts[0].protocol)
    titles = {course.key: course.title for one in protocols for course in one.courses}
    rows = [
        PastRow(
            titles[key],
            _first_day(old.get(key)),
            _first_day(new.get(key)),
            *_compared(old.get(key), new.get(key)),
            _recorded(ward, facts, key, moment),
        )
        for key in titles
        if key in old or key in new
    ]
    ends = (plans[0].end_of_therapy, plans[1].end_of_therapy)
    then, now = (_on(end) for end in ends)
    return (*rows, PastRow("End of therapy", then, now, *_mark(_moved(*ends)), ""))


def _first_day(course: ProjectedCourse | None) -> str:
    if course is None:
        return "not in the plan"
    actual = ", begun" if course.basis == "actual" else ""
    return f"{_on(course.start)}{actual}"


def _on(day: date | None) -> str:
    return "no date" if day is None else write_date(day)


def _compared(old: ProjectedCourse | None, new: ProjectedCourse | None) -> tuple[str, str]:
    """The mark and the words for what differs in a course: its day 1, its doses, its being there."""
    if old is None:
        return _mark("not in the plan then")
    if new is None:
        return _mark("not in the plan now")
    before, after = _doses(old), _doses(new)
    begun = "begun since" if (old.basis, new.basis) == ("projected", "actual") else ""
    parts = (
        _moved(old.start, new.start),
        begun,
        _count(len(after - before), "dose", "more"),
        _count(len(before - after), "dose", "fewer"),
    )
    return _mark("; ".join(part for part in parts if part))


def _mark(difference: str) -> tuple[str, str]:
    return (_OTHER, difference) if difference else (_SAME, "same")


def _moved(old: date | None, new: date | None) -> str:
    if old == new:
        return ""
    if old is None:
        return "no date then"
    if new is None:
        return "no date now"
    days = (new - old).days
    return _count(abs(days), "day", "later" if days > 0 else "earlier")


def _count(number: int, of: str, how: str) -> str:
    return "" if number == 0 else f"{number} {of}{'' if number == 1 else 's'} {how}"


def _doses(course: ProjectedCourse) -> set[tuple[int, str, str]]:
    return {(dose.course_day, dose.drug, dose.route) for dose in course.doses}


def _recorded(
    ward: Ward, facts: tuple[InfantFacts, InfantFacts], key: str, moment: datetime
) -> str:
    """Starts and holds of a course, then and now, each with when and by whom it was recorded."""
    then, now = (_of_course(one, key) for one in facts)
    kept = {(type(row), row.id) for row in now}
    words = [
        f"{_what(ward, row)} (struck out since)" for row in then if (type(row), row.id) not in kept
    ]
    for row in now:
        since = "since then: " if row.recorded_at > moment else ""
        at = write_date_time(ward.local(row.recorded_at))
        words.append(f"{since}{_what(ward, row)} (recorded {at}, {row.recorded_by})")
    return "; ".join(words)


def _of_course(facts: InfantFacts, key: str) -> _Rows:
    rows: _Rows = (*facts.starts, *facts.holds, *facts.shifts)
    return tuple(row for row in rows if row.course_key == key)


def _what(ward: Ward, row: _Row) -> str:
    if isinstance(row, CourseStart):
        return f"day 1 on {write_date(row.day_1)}"
    if isinstance(row, DoseShift):
        name = f"{ward.drugs.display_name(row.drug)} {row.route}"
        return f"{name} shifted by {row.by_days} d from day {row.from_day} on: {row.reason}"
    drug = f"{ward.drugs.display_name(row.drug)} " if row.drug else ""
    until = "open" if row.until_on is None else f"to {write_date(row.until_on)}"
    return f"{drug}held from {write_date(row.from_on)}, {until}: {row.reason}"


def _summary(on: date, others: int, of: int) -> str:
    if not others:
        return f"The plan of {write_date(on)} is the plan of now."
    return f"{others} of {of} rows differ between {write_date(on)} and now: marked {_OTHER}."


def _notes(
    ward: Ward, then: Ward, facts: tuple[InfantFacts, InfantFacts], moment: datetime
) -> tuple[str, ...]:
    key = facts[1].protocol.key
    edition = _edition_words(ward, facts, moment)
    if ward.values is not NO_SITE_VALUES:
        return (
            edition,
            f"Site values come from a file, not from commissioning ({_values(ward, key)}): they "
            "have no time and are those of now.",
        )
    was, now = (_values(one, key) for one in (then, ward))
    return (edition, f"Site values then: {was}; now: {now}.")


def _edition_words(ward: Ward, facts: tuple[InfantFacts, InfantFacts], moment: datetime) -> str:
    """Which edition either plan is read with; an edition that was not kept is said to be missing."""
    was, now = facts[0].protocol, facts[1].protocol
    kept = edition_then(ward, now.key, moment)
    if kept is None:
        return (
            f"Both are read with the protocol {now.title}, edition {now.edition}, of this program: "
            "the edition of then was not kept on this ward."
        )
    if kept.protocol_digest == now.digest:
        return f"Both are read with the protocol {now.title}, edition {now.edition}."
    if was.digest != kept.protocol_digest:
        return (
            f"The edition of then, {kept.edition}, is kept and cannot be read by this program: both "
            f"plans are read with {now.title}, edition {now.edition}."
        )
    return (
        f"Then: {was.title}, edition {was.edition} (file {was.digest[:8]}); now: edition "
        f"{now.edition} (file {now.digest[:8]})."
    )


def _values(ward: Ward, key: str) -> str:
    return ward.values_for(key).edition or "none"
