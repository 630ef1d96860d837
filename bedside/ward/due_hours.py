"""At which hours of a day a drug is given that follows another one: leucovorin after methotrexate.

Decision: an hour is shown only where two people have entered the rule and somebody has recorded when
the other drug began to run. In every other case the line says what is missing: a dose of a rescue
without an hour must never look like one that may be given at any time.
"""

from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.drugs import INTRATHECAL, display_name
from bedside.protocol.hours import HourRule, all_hours, hours_on
from bedside.protocol.model import DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.store.check_records import DoseGiving
from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.units.writer import write_number
from bedside.ward.due import plan_of
from bedside.ward.facts import InfantFacts
from bedside.ward.label_time import twice_words
from bedside.ward.rescue_end import RescueEnd, rescue_end
from bedside.ward.standing import projection_of
from bedside.ward.ward import Ward


class DoseHours(Struct, frozen=True):
    """The hours of one planned dose, each with its time; nothing where the beginning is not recorded."""

    counted: str  # "methotrexate began 20-Sep-2026 04:30"; or what is missing of that
    before: tuple[tuple[int, datetime], ...] = ()  # since the planned day before, on no planned day
    times: tuple[tuple[int, datetime], ...] = ()  # of its own day
    after: tuple[int, datetime] | None = None  # the next one, where that is on no planned day
    further: tuple[tuple[int, datetime], ...] = ()  # all beyond the plan that may have been given
    ended: datetime | None = None  # when blood was taken for the level that ends the rule
    known: bool = False


def dose_hours(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan
) -> DoseHours | None:
    """The hours of a planned dose, for a paper with a line for each; None for a drug without a rule.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        plan: its line of the protocol, with the site's own values.
    """
    rule = plan.hours
    if rule is None:
        return None
    return DoseHours("") if rule.first is None else _hours_of(ward, facts, dose, rule)


def _hours_of(ward: Ward, facts: InfantFacts, dose: ProjectedDose, rule: HourRule) -> DoseHours:
    planned = planned_before(ward, facts, dose, rule)
    began, counted = beginning_of(ward, facts, dose, rule, planned)
    if began is None:
        return DoseHours(_not_begun(facts, planned, display_name(rule.after)))
    end = rescue_end(ward, facts, rule, began)
    hours = _off_the_plan(ward, facts, dose, (rule, began), end)
    times = hours_of(ward, rule, began, dose.on)
    return replace(hours, counted=counted.format(write_date_time(began)), times=times)


def hour_rule_words(ward: Ward, plan: DrugPlan) -> str:
    """The rule of a drug that follows another one, for a paper of the whole course; "" for any other."""
    rule = plan.hours
    if rule is None:
        return ""
    name, after = ward.drugs.display_name(plan.drug), display_name(rule.after)
    if rule.first is None:
        return f"{name}: {rule.words} (Commission, F7). Without it no time of {name} is known."
    return (
        f"{name}: {rule.words}. The times stand on the dosing sheet of each day once it is recorded "
        f"when {after} began."
    )


def hour_words(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan, a_day: int | None = None
) -> str:
    """The hours of a planned dose with their times, or what is missing; "" for any other drug.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        plan: its line of the protocol, with the site's own values.
        a_day: how many times a day the dose is entered, where it is known.
    """
    rule = plan.hours
    if rule is None:
        return ""
    if rule.first is None:
        return rule.words
    hours, name = _hours_of(ward, facts, dose, rule), display_name(rule.after)
    if not hours.known:
        return f"{rule.words}: {hours.counted}"
    counted, times = hours.counted, hours.times
    lost = off_plan_words(ward, dose, hours.before)
    first = f"{lost}; " if lost else ""
    if not times:
        return f"{first}{rule.words}: {counted}, no hour falls on this day: ask"
    told = ", ".join(f"{wall_time(ward, at)} (hour {hour})" for hour, at in times)
    many = "" if a_day is None else _many_words(len(times), a_day)
    end = "" if rule.until is None else f"; until {name} is below {write_number(rule.until)} µmol/L"
    return f"{first}{counted}: {told}{many}{end}{_later_words(ward, dose, hours, rule)}"


def wall_time(ward: Ward, at: datetime) -> str:
    """A time, with which of the two it is in the hour that comes twice."""
    return f"{write_time(at)} {twice_words(ward, at)}".strip()


def off_plan_hours(hours: DoseHours) -> tuple[tuple[int, datetime], ...]:
    """The hours beside a planned dose that no plan covers and that may have been given."""
    return (*hours.before, *hours.further)


def named_hours(hours: DoseHours) -> tuple[tuple[int, datetime], ...]:
    """The same, without those after the blood was taken for the level that ends the rule."""
    end = hours.ended
    return (*hours.before, *(one for one in hours.further if end is None or one[1] <= end))


def off_plan_words(
    ward: Ward,
    dose: ProjectedDose,
    hours: tuple[tuple[int, datetime], ...],
    planned: frozenset[date] = frozenset(),
) -> str:
    """Hours that no planned dose covers, in words; "" for none.

    Args:
        ward: the ward.
        dose: a planned dose beside them, from which the day of the course is counted.
        hours: each hour with its time.
        planned: the planned days of the drug, where they may be those of the next infusion.
    """
    name = ward.drugs.display_name(dose.drug)
    days: dict[date, list[tuple[int, datetime]]] = {}
    for hour, at in hours:
        days.setdefault(at.date(), []).append((hour, at))
    said = [
        f"{_several('hour', [str(hour) for hour, _ in of])} {'is' if len(of) == 1 else 'are'} "
        f"{on:%a} {write_date(on)} {' and '.join(wall_time(ward, at) for _, at in of)}, "
        f"on day {dose.course_day - (dose.on - on).days}"
        for on, of in days.items()
    ]
    why = "planned for the next infusion alone" if planned & set(days) else "not planned"
    return f"{'; '.join(said)}, on which {name} is {why}: ask" if said else ""


def _several(word: str, names: list[str]) -> str:
    return f"{word if len(names) == 1 else f'{word}s'} {' and '.join(names)}"


def of_plan(ward: Ward, facts: InfantFacts, course_key: str, plan: DrugPlan) -> list[ProjectedDose]:
    """Every planned dose of one line of a course."""
    course = next(
        (one for one in projection_of(ward, facts).courses if one.key == course_key), None
    )
    doses = () if course is None else course.doses
    return [one for one in doses if (one.drug, one.route) == (plan.drug, plan.route)]


def hours_of(
    ward: Ward, rule: HourRule, began: datetime, on: date
) -> tuple[tuple[int, datetime], ...]:
    """The hours of a rule on a date, each with the offset that the ward's clock has at that time."""
    return tuple((hour, ward.local(at)) for hour, at in hours_on(rule, began, on, ward.zone))


def _off_the_plan(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    counted: tuple[HourRule, datetime],
    end: RescueEnd | None,
) -> DoseHours:
    """The hours between the planned day before this one and this one, and those beyond the plan."""
    planned = of_plan(ward, facts, dose.course_key, plan_of(facts, dose))
    days = {one.on for one in planned}
    last = max((on for on in days if on < dose.on), default=date.min)
    hours = tuple((hour, ward.local(at)) for hour, at in all_hours(*counted, ward.zone))
    after = next((one for one in hours if one[1].date() > dose.on), None)
    taken = None if end is None else end.taken_at
    if after is not None and (after[1].date() in days or (taken is not None and taken < after[1])):
        after = None
    further = _further(ward, facts, dose, counted, planned)
    return DoseHours(
        "",
        tuple(one for one in hours if last < one[1].date() < dose.on),
        (),
        after,
        tuple(one for one in further if end is None or one[1] <= end.recorded_at),
        taken,
        known=True,
    )


def _further(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    counted: tuple[HourRule, datetime],
    planned: list[ProjectedDose],
) -> tuple[tuple[int, datetime], ...]:
    """Every hour after the last planned day of this infusion, until the next infusion has begun."""
    rule, began = counted
    coming = min((one for one in planned if one.on > dose.on), key=lambda one: one.on, default=None)
    until = None
    if coming is not None:
        other = planned_before(ward, facts, coming, rule)
        until, _ = beginning_of(ward, facts, coming, rule, other)
    if until == began:  # the next planned day belongs to this infusion, and has the hours before it
        return ()
    return tuple(
        (hour, ward.local(at))
        for hour, at in all_hours(rule, began, ward.zone)
        if ward.local(at).date() > dose.on and (until is None or at < until)
    )


def _later_words(ward: Ward, dose: ProjectedDose, hours: DoseHours, rule: HourRule) -> str:
    """That the rule goes on after the last planned day; "" where the next hour is on a planned one."""
    if hours.after is None:
        return ""
    more = hours.ended is None and any(one > hours.after for one in hours.further)
    on = f", and so every {rule.every} hours from then on" if more else ""
    return f"; {off_plan_words(ward, dose, (hours.after,))}{on}"


def _many_words(falling: int, a_day: int) -> str:
    """That more or fewer hours fall on a day than the dose is entered for; "" where it is as many."""
    if falling == a_day:
        return ""
    fall = "1 hour falls" if falling == 1 else f"{falling} hours fall"
    return f"; {fall} on this day, and the dose is entered {a_day} a day: ask"


def beginning_of(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    rule: HourRule,
    planned: ProjectedDose | None,
) -> tuple[datetime | None, str]:
    """When the other drug began, and how that is said; None where nobody recorded it."""
    name = display_name(rule.after)
    began = _infusion_began(ward, facts, dose, rule, planned)
    if began is not None:
        return began, f"{name} began {{}}"
    given = f"{name} recorded as given {{}}; if it began then"
    return _began(ward, facts, dose, rule, planned), given


def planned_before(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, rule: HourRule
) -> ProjectedDose | None:
    """The newest planned dose of the other drug in this course by the day of this dose."""
    course = next(
        (one for one in projection_of(ward, facts).courses if one.key == dose.course_key), None
    )
    found = [
        one
        for one in (() if course is None else course.doses)
        if one.drug == rule.after and one.route != INTRATHECAL and one.on <= dose.on
    ]
    return max(found, key=lambda one: one.on, default=None)


def _not_begun(facts: InfantFacts, planned: ProjectedDose | None, name: str) -> str:
    """What is missing of the beginning, and for when it is planned; no time is ever made up."""
    if planned is None:
        return "when it began is not recorded"
    key = (planned.course_key, planned.course_day, planned.drug, planned.route, planned.on)
    record, when = facts.recorded.get(key), f"day {planned.course_day}, {write_date(planned.on)}"
    if record is not None and record.state == "not given":
        return f"{name} of {when} is recorded as not given: ask"
    return f"{name} is planned for {when}, and when it began is not recorded: no time is known yet"


def _infusion_began(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    rule: HourRule,
    planned: ProjectedDose | None,
) -> datetime | None:
    """When the newest infusion over 24 hours of the other drug began, by its own record of the start.

    One that began more than a day before the newest planned dose belongs to an earlier one.
    """
    first = date.min if planned is None else planned.on - timedelta(days=1)
    begun = [
        ward.local(row.at)
        for row in facts.infusions
        if (row.course_key, row.drug, row.event) == (dose.course_key, rule.after, "started")
    ]
    return max((at for at in begun if first <= at.date() <= dose.on), default=None)


def _began(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    rule: HourRule,
    planned: ProjectedDose | None,
) -> datetime | None:
    """When the newest dose of the other drug in this course was begun, by the day of this dose.

    A dose before the newest planned one never stands for it: the rescue of day 10 is not counted
    from the methotrexate of day 1.
    """
    rows = [
        row
        for row in facts.doses
        if (row.course_key, row.drug, row.state) == (dose.course_key, rule.after, "given")
        and row.route != INTRATHECAL
        and row.due_on <= dose.on
        and (planned is None or row.course_day >= planned.course_day)
    ]
    return given_at_of(ward, facts, rows[-1]) if rows else None


def given_at_of(ward: Ward, facts: InfantFacts, row: DoseRecord) -> datetime | None:
    """When a dose was given, as it was signed, or else as its infusion was recorded."""
    with ward.store.reading() as connection:
        givings = of_infant(connection, DoseGiving, facts.infant.id)
    at = row.started_at
    for giving in givings:
        if _of_giving(giving) == _of_giving(row):
            at = giving.given_at
    return None if at is None else ward.local(at)


def _of_giving(row: DoseGiving | DoseRecord) -> tuple[object, ...]:
    return row.course_key, row.course_day, row.drug, row.route, row.hour, row.turn
