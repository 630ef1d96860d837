"""A dose of today at its hours: due, late and recorded for each of the doses of the day.

Each dose of the day has its own record. The line is due at the first hour that nobody has recorded,
late once that has passed, and recorded only when all of them are.
"""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.drugs import display_name
from bedside.protocol.model import DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date, write_time
from bedside.units.writer import write_number
from bedside.ward.day_doses import (
    DayDose,
    count_words,
    day_doses,
    day_words,
    hour_record,
    rows_of_day,
)
from bedside.ward.due import FORGOTTEN, dose_record, held_on, late_words
from bedside.ward.due_hours import (
    dose_hours,
    given_at_of,
    hour_words,
    named_hours,
    of_plan,
    off_plan_words,
    wall_time,
)
from bedside.ward.facts import InfantFacts
from bedside.ward.rescue_end import named_until
from bedside.ward.views.given import OfDay
from bedside.ward.views.marks import DueItem, Mark
from bedside.ward.ward import Ward

_DAYS = 3  # as long as a day stands in the list of what is to record
NO_ORDER = (
    "no order covers it: ask the physician now. If it is given by an order on paper, record it from "
    "paper: Doses, Record as given"
)
_ANEW = "to record each hour, strike that record out and record it at its hour"


def at_its_hours(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan, item: DueItem
) -> DueItem:
    """A dose of today at the first of its doses that is not recorded; late once its hour has passed.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the dose, of today.
        plan: its line of the protocol, with the site's own values.
        item: its line of what is due.
    """
    doses, whole = day_doses(ward, facts, dose, plan), dose_record(facts, dose)
    if whole is not None and whole.hour is None and whole.turn is None:
        return _after_the_record(ward, facts, doses, whole, item)
    if not doses:
        words = hour_words(ward, facts, dose, plan)
        return replace(item, note=_joined(words, item.note))
    left = [one for one in doses if one.record is None]
    told = _joined(_told(ward, facts, doses), _without_hour(ward, facts, dose, doses))
    if not left:
        return _all_told(doses, replace(item, note=f"recorded: {told}"))
    first = left[0].at
    if first is None:
        hours = hour_words(ward, facts, dose, plan)  # what keeps it from having any
        told = told if len(left) < len(doses) else ""
        return replace(item, note=_joined(hours, told, item.note))
    passed = [one for one in left if one.at is not None and one.at < ward.now()]
    if len(left) == len(doses) and len(passed) < 2 and not rows_of_day(facts, dose):
        told = hour_words(ward, facts, dose, plan)
    else:
        told += _until(plan)
    if not passed:
        return replace(item, mark="due", at=first, note=_joined(told, item.note))
    late = late_words(ward.now() - first)
    return replace(item, mark="late", at=first, note=_joined(late, told, item.note))


def _all_told(doses: tuple[DayDose, ...], item: DueItem) -> DueItem:
    """A day of which every dose is recorded; no tick where one of them was not given."""
    if all(one.record is not None and one.record.state == "given" for one in doses):
        return replace(item, mark="recorded", left_out=False)
    return replace(item, mark="hold", left_out=True)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _until(plan: DrugPlan) -> str:
    rule = plan.hours
    if rule is None or rule.until is None:
        return ""
    return f"; until {display_name(rule.after)} is below {write_number(rule.until)} µmol/L"


def _told(ward: Ward, facts: InfantFacts, doses: tuple[DayDose, ...]) -> str:
    """Every dose of the day with what became of it: "1 of 2 given: 08:00 (hour 48) given 08:40, …"."""
    said = ", ".join(_one_told(ward, facts, one) for one in doses)
    return f"{count_words(doses, ())}: {said}"


def recorded_told(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> str:
    """What is recorded of a day dose by dose, with its times: nobody records one dose twice; "" for none."""
    words = day_words(ward, facts, dose)
    doses = [one for one in day_doses(ward, facts, dose) if one.record is not None]
    told = ", ".join(_one_told(ward, facts, one) for one in doses)
    return f"{words}: {told}" if words and told else words


def _one_told(ward: Ward, facts: InfantFacts, one: DayDose) -> str:
    name = one.words if one.at is None else f"{wall_time(ward, one.at)} ({one.words})"
    if one.record is None:
        passed = one.at is not None and one.at < ward.now()
        return f"{name} NOT RECORDED" if passed else f"{name} to give"
    if one.record.state != "given":
        why = f": {one.record.note}" if one.record.note else ""
        return f"{name} recorded as not given{why}"
    at = given_at_of(ward, facts, one.record)
    return f"{name} given" + ("" if at is None else f" {write_time(at)}")


def _without_hour(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, doses: tuple[DayDose, ...]
) -> str:
    """Doses recorded by their number before the hours were known: none of the hours is called given."""
    rows = [row for row in rows_of_day(facts, dose) if row.turn is not None]
    if not rows or doses[0].at is None:
        return ""
    times = [at for row in rows if (at := given_at_of(ward, facts, row)) is not None]
    when = f", given {' and '.join(write_time(at) for at in times)}" if times else ""
    return f"{len(rows)} recorded without an hour{when}: {_ANEW}"


def _after_the_record(
    ward: Ward, facts: InfantFacts, doses: tuple[DayDose, ...], record: DoseRecord, item: DueItem
) -> DueItem:
    """A day recorded in one stays due while it has more hours: the record cannot tell of all of them.

    For which of the hours it stands, and whether the others were given, nobody here can know: none
    is called recorded, and the sheet has a line for each.
    """
    given = given_at_of(ward, facts, record)
    times = [(one, one.at) for one in doses if one.at is not None]
    if item.mark != "recorded" or given is None or len(times) < 2:
        return item
    told = ", ".join(f"{wall_time(ward, at)} ({one.words})" for one, at in times)
    words = (
        f"one given at {write_time(given)} is recorded, for the whole day; hours of today: {told}: "
        f"look on the sheet which were given; {_ANEW}"
    )
    coming = next((at for _, at in times if at >= ward.now()), times[-1][1])
    return replace(item, mark="due", at=coming, note=words)


def hours_left_over(ward: Ward, facts: InfantFacts) -> tuple[DueItem, ...]:
    """The hours of earlier days that nobody recorded: a rescue is not forgotten because midnight passed.

    Those of yesterday are late; those before stay named, a line a drug, until somebody says what
    became of them.
    """
    found, yesterday = [], ward.today() - timedelta(days=1)
    for course_key, plan in _ruled(facts):
        earlier = []
        for dose in of_plan(ward, facts, course_key, plan):
            left = _left_of(ward, facts, dose, plan) if dose.on <= yesterday else ()
            if not left or left[0].at is None:
                continue
            told = ", ".join(_one_told(ward, facts, one) for one in left)
            if dose.on < yesterday:
                earlier.append(f"{write_date(dose.on)}: {told}")
                continue
            late = late_words(ward.now() - left[0].at)
            note = f"{late}; of {write_date(yesterday)}: {told}{_until(plan)}"
            found.append(_past_item(ward, plan, "late", note, left[0].at))
        if earlier:
            found.append(_past_item(ward, plan, "unknown", f"{FORGOTTEN}: {'; '.join(earlier)}"))
    return tuple(found)


def _left_of(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan
) -> tuple[DayDose, ...]:
    """The doses of a day that nobody recorded; () for a day that is held or recorded whole."""
    if dose_record(facts, dose) is not None or held_on(facts, dose):
        return ()
    return tuple(one for one in day_doses(ward, facts, dose, plan) if one.record is None)


def _past_item(
    ward: Ward, plan: DrugPlan, mark: Mark, note: str, at: datetime | None = None
) -> DueItem:
    name = ward.drugs.display_name(plan.drug)
    return DueItem(mark, at, name, plan_route_words(plan, plan.route), note)


def off_plan_today(ward: Ward, facts: InfantFacts) -> tuple[DueItem, ...]:
    """The hours of today of a drug that is not planned today, but before or after it in its course.

    A rule's hour and the plan's days may contradict each other; the hour is then said on its own
    day, never left out in silence. They are the hours of the infusion that has begun: after the last
    planned day of a rescue it is that one, though the next planned dose belongs to the next infusion,
    and every hour of it until the level that ends it is on record.
    """
    return tuple(
        item
        for course_key, plan in _ruled(facts)
        for item in _off_plan_items(ward, facts, course_key, plan)
    )


def _off_plan_items(
    ward: Ward, facts: InfantFacts, course_key: str, plan: DrugPlan
) -> list[DueItem]:
    """Of one drug; until when its hours beyond the plan are named stands on the first open one."""
    hours = _off_plan(ward, facts, course_key, plan)
    found = _of_the_days_before(ward, facts, plan, hours)
    days = frozenset(dose.on for dose in of_plan(ward, facts, course_key, plan))
    drug = ward.drugs.display_name(plan.drug)
    for (hour, at), (dose, beyond) in hours.items():
        if at.date() != ward.today():
            continue
        text = off_plan_words(ward, dose, ((hour, at),), days)
        record, late = hour_record(facts, dose, hour), at < ward.now()
        if record is not None:
            told = _one_told(ward, facts, DayDose(OfDay(hour), 1, at, record))
            missed = record.state != "given"  # no tick: it is not to be read as given
            made = DueItem("hold" if missed else "recorded", at, drug, text, f"recorded: {told}")
            found.append(replace(made, left_out=missed))
            continue
        mark: Mark = "late" if late else "due"
        how_late = late_words(ward.now() - at) if late and beyond else ""
        found.append(DueItem(mark, at, drug, text, _joined(how_late, NO_ORDER)))
    first = next((at for at, one in enumerate(found) if one.mark != "recorded"), None)
    if first is None or plan.hours is None or not any(beyond for _, beyond in hours.values()):
        return found
    until = f"{found[first].note}. {_capital(named_until(plan.hours))}."
    found[first] = replace(found[first], note=until)
    return found


_OffPlan = dict[tuple[int, datetime], tuple[ProjectedDose, bool]]


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _of_the_days_before(
    ward: Ward, facts: InfantFacts, plan: DrugPlan, hours: _OffPlan
) -> list[DueItem]:
    """The hours beyond the plan of the last days that nobody recorded, in one line."""
    days: dict[date, list[DayDose]] = {}
    for (hour, at), (dose, beyond) in hours.items():
        gone_by = (ward.today() - at.date()).days
        if beyond and 0 < gone_by < _DAYS and hour_record(facts, dose, hour) is None:
            days.setdefault(at.date(), []).append(DayDose(OfDay(hour), 1, at))
    first = next((one.at for left in days.values() for one in left), None)
    if first is None:
        return []
    told = "; ".join(
        f"of {write_date(on)}: {', '.join(_one_told(ward, facts, one) for one in left)}"
        for on, left in days.items()
    )
    note = _joined(late_words(ward.now() - first), told, NO_ORDER)
    name = ward.drugs.display_name(plan.drug)
    return [DueItem("late", first, name, plan_route_words(plan, plan.route), note)]


def _ruled(facts: InfantFacts) -> list[tuple[str, DrugPlan]]:
    """The drugs of the running course that are given at hours that are known, with its key."""
    return [
        (start.course_key, plan)
        for start in facts.starts[-1:]
        for plan in facts.protocol.course(start.course_key).drugs
        if plan.hours is not None and plan.hours.first is not None
    ]


def _off_plan(ward: Ward, facts: InfantFacts, course_key: str, plan: DrugPlan) -> _OffPlan:
    """Hours on no planned day, each with a planned dose beside it; whether it is beyond the plan."""
    planned, today = of_plan(ward, facts, course_key, plan), ward.today()
    found: _OffPlan = {}
    for dose in sorted(planned, key=lambda one: one.on, reverse=True):
        hours = dose_hours(ward, facts, dose, plan) if dose.on < today else None
        if hours is None or not hours.known:
            continue
        beyond = [one for one in named_hours(hours) if one not in hours.before]
        found |= dict.fromkeys(beyond, (dose, True))
        break  # the newest infusion whose beginning is recorded
    following = min(
        (dose for dose in planned if dose.on > today), key=lambda one: one.on, default=None
    )
    hours = None if following is None else dose_hours(ward, facts, following, plan)
    if hours is not None and following is not None:
        found |= {one: (following, False) for one in hours.before if one not in found}
    return found
