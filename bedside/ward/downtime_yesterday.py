"""Doses of yesterday that nobody recorded, on a downtime sheet that is drawn after midnight.

A rescue is not forgotten because midnight passed. Every hour, and every dose by its number, is named
as in the list of what is due. One keeps a line to sign for as long as its label holds
(`bedside.ward.label_hold`): until half of the plan's interval has gone by, and only where nothing
stands against it and no dose of today was given. All others are named alone: nobody catches them up.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from bedside.papers.downtime import DowntimeDose, DowntimeLine
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date, write_date_time
from bedside.ward.day_doses import DayDose, day_doses, hour_record, own_records, rows_of_day
from bedside.ward.downtime_hours import off_their_days
from bedside.ward.due import dose_record, held_on, plan_of
from bedside.ward.due_hours import dose_hours, named_hours, wall_time
from bedside.ward.due_orders import unrecorded_words
from bedside.ward.facts import InfantFacts
from bedside.ward.label_hold import doses_over, open_until
from bedside.ward.label_time import twice_words
from bedside.ward.order_facts import key_of
from bedside.ward.standing import Standing
from bedside.ward.views.given import OfDay
from bedside.ward.views.orders import OrderRow
from bedside.ward.ward import Ward

_DAY = timedelta(days=1)
_GIVABLE = ("released", "given")  # "given": one dose of the day is, and this one is not
_STILL = "NOT RECORDED: given? Ask. If not, it may be given until {0}; then ask the physician."
_NO_ORDER = "NOT RECORDED: ask whether it was given"
_ASK = (
    "given? Ask, and look on the papers of that day. Only what has a line in 2 may still be given."
)


def not_recorded_lines(
    ward: Ward, facts: InfantFacts, standing: Standing, said: str
) -> Iterator[DowntimeLine]:
    """What nobody recorded: how many planned doses, and of yesterday each one, a line a drug.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        standing: where she is up to.
        said: the answer of the sheet, which may tell the number already.
    """
    running = standing.running
    projected = None if running is None else standing.projected(running.key)
    planned = () if projected is None else projected.doses
    missing, kinds = unrecorded_words(facts, planned, standing.today)
    if missing and missing not in said:
        are = "is" if missing.endswith("dose") else "are"
        yield DowntimeLine("unknown", "", f"{missing} {are} not recorded: {kinds}.")
    found: dict[str, dict[str, None]] = {}
    for dose in (dose for course in standing.projection.courses for dose in course.doses):
        left = [*_left(ward, facts, dose), *_off_plan(ward, facts, dose)]
        if left:
            name = ward.drugs.display_name(dose.drug)
            found.setdefault(name, {}).update(dict.fromkeys(_named(ward, one) for one in left))
    on = write_date(ward.today() - _DAY)
    for name, doses in found.items():
        yield DowntimeLine("unknown", f"NOT RECORDED, {on}:", f"{name} {', '.join(doses)}: {_ASK}")


def _named(ward: Ward, one: DayDose) -> str:
    return one.words if one.at is None else f"{wall_time(ward, one.at)} ({one.words})"


def _left(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> tuple[DayDose, ...]:
    """The doses of a day of yesterday that nobody recorded; () for one that is held or recorded whole."""
    if dose.on != ward.today() - _DAY or held_on(facts, dose):
        return ()
    if dose_record(facts, dose) is not None:
        return ()
    return tuple(one for one in day_doses(ward, facts, dose) if one.record is None)


def _off_plan(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> list[DayDose]:
    """The hours of yesterday beside a planned dose of the running course that nobody recorded."""
    yesterday = ward.today() - _DAY
    if not facts.starts or facts.starts[-1].course_key != dose.course_key:
        return []
    hours = dose_hours(ward, facts, dose, plan_of(facts, dose))
    if hours is None or _held(facts, dose, yesterday):
        return []
    return [
        DayDose(OfDay(hour), 1, at)
        for hour, at in named_hours(hours)
        if at.date() == yesterday and hour_record(facts, dose, hour) is None
    ]


def _held(facts: InfantFacts, dose: ProjectedDose, on: date) -> bool:
    """Whether a hold is in force for a drug on another day than that of its planned dose."""
    of_day = ProjectedDose(on, dose.course_key, dose.course_day, None, dose.drug, dose.route)
    return held_on(facts, of_day)


def still_to_sign(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    line: DowntimeDose,
    orders: Sequence[OrderRow],
) -> Iterator[DowntimeDose]:
    """The line of a dose of yesterday that may still be given; none where anything stands against it.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose, of any day.
        line: its line as a drug that is given once a day has it.
        orders: the orders of the running course.
    """
    left = _left(ward, facts, dose)
    row = next((row for row in orders if row.key == key_of(dose)), None)
    ordered = row is not None and row.state.stage in _GIVABLE
    if not left or not ordered or line.state != "go" or _told_otherwise(ward, facts, dose):
        return
    until = open_until(ward, facts, dose)
    over = doses_over(ward, dose, plan_of(facts, dose), left)
    for number, one in enumerate(left, 1):
        if number in over or until is None:
            continue
        told = _STILL.format(write_date_time(ward.local(until)))
        timed = one.at is not None
        yield replace(
            line,
            at=one.at,
            hour=one.words if timed else "",
            turn="" if timed else one.words,
            half="" if one.at is None else twice_words(ward, one.at),
            legend=line.legend or told,
            on_record=told if line.legend else line.on_record,
        )


def off_plan_to_sign(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, line: DowntimeDose
) -> Iterator[DowntimeDose]:
    """The line of an hour of yesterday that no order covers and that is nearer than the next one.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose beside which the hour falls.
        line: its line, with what stands against the whole course.
    """
    rule, left = plan_of(facts, dose).hours, _off_plan(ward, facts, dose)
    if not left or rule is None or rule.every is None or _told_otherwise(ward, facts, dose):
        return
    late, yesterday = timedelta(hours=rule.every) / 2, ward.today() - _DAY
    for one in off_their_days(ward, facts, dose, line, yesterday, ward.local(ward.now())):
        if one.at is None or one.on != yesterday or one.state == "stop":
            continue
        if _still(ward, one.at, late):
            yield replace(one, on_record=_NO_ORDER)


def _still(ward: Ward, at: datetime, late: timedelta) -> bool:
    return ward.now() <= at.astimezone(UTC) + late


def _told_otherwise(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether a hold of today, a dose given since, or a record that no dose counts forbids another one."""
    doses = day_doses(ward, facts, dose)
    counted = own_records(doses)
    since = any(
        row.state == "given"
        and row.due_on >= ward.today()
        and (row.course_key, row.drug) == (dose.course_key, dose.drug)
        for row in facts.doses
    )
    rows = rows_of_day(facts, dose)
    stray = dose.on < ward.today() and any(row.id not in counted for row in rows)
    return since or stray or _held(facts, dose, ward.today())
