"""The doses of one planned day of a drug that is given several times a day, each with its record.

By hours where two people have entered the rule and the other drug's beginning is recorded; else by
their number that day, where protocol or site say how many. A dose by mouth of Maintenance is decided
for the day, and a continuous infusion runs for it: both stay one record a day.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.model import DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date
from bedside.units.quantities import DrugAmount
from bedside.units.writer import write_amount
from bedside.ward.day_often import doses_a_day
from bedside.ward.due import plan_of
from bedside.ward.due_hours import dose_hours, off_plan_hours, wall_time
from bedside.ward.facts import DoseKey, InfantFacts
from bedside.ward.views.given import OfDay
from bedside.ward.ward import Ward
from bedside.ward.worked import amount_given

_NEAR = timedelta(
    days=3
)  # an hour whose day changed with the beginning put right; next week's is 7
_TOLD = ("given", "not given")


class DayDose(Struct, frozen=True):
    """One of the doses of a day; ``at`` is its time by the rule, None where it has only its number.

    ``off_plan``: its hour falls on a day on which the drug is not planned, beside a planned one.
    """

    of: OfDay
    many: int
    at: datetime | None = None
    record: DoseRecord | None = None
    off_plan: bool = False

    @property
    def words(self) -> str:
        """As "hour 48" or "dose 1 of 2"."""
        if self.of.hour is not None:
            return f"hour {self.of.hour}"
        if self.of.turn is None:
            return f"the whole day, {self.many} doses"
        return f"dose {self.of.turn} of {self.many}"


def day_doses(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan | None = None
) -> tuple[DayDose, ...]:
    """The doses of a planned day, in order; () for a drug that is given once a day.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        plan: its line of the protocol, with the site's own values; looked up where left out.
    """
    try:
        plan = plan_of(facts, dose) if plan is None else plan
    except KeyError:  # the protocol of today does not name this drug any more
        return ()
    if plan.hours is not None:
        hours = dose_hours(ward, facts, dose, plan)
        if hours is not None and hours.known:
            return tuple(_at(facts, dose, (hour, at), len(hours.times)) for hour, at in hours.times)
    many = doses_a_day(ward, facts, dose, plan)
    return _numbered(facts, dose, many) if many else ()


def off_plan_doses(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> tuple[DayDose, ...]:
    """The doses whose hours fall on days without a planned one, before and after a planned dose."""
    plan = plan_of(facts, dose)
    hours = None if plan.hours is None else dose_hours(ward, facts, dose, plan)
    found = () if hours is None else off_plan_hours(hours)
    return tuple(replace(_at(facts, dose, one, len(found)), off_plan=True) for one in found)


def _at(facts: InfantFacts, dose: ProjectedDose, hour: tuple[int, datetime], many: int) -> DayDose:
    return DayDose(OfDay(hour[0]), many, hour[1], hour_record(facts, dose, hour[0]))


def hour_record(facts: InfantFacts, dose: ProjectedDose, hour: int) -> DoseRecord | None:
    """What was recorded of an hour; also where its day has changed with the beginning since."""
    line = (dose.course_key, dose.drug, dose.route, hour)
    rows = [
        row
        for of_day in facts.of_day.values()
        for row in of_day
        if (row.course_key, row.drug, row.route, row.hour) == line
        and abs(row.due_on - dose.on) <= _NEAR
    ]
    return _counts(rows)


def _numbered(facts: InfantFacts, dose: ProjectedDose, many: int) -> tuple[DayDose, ...]:
    """By their number that day: what was recorded by its hour, before these were lost, takes a free one.

    A beginning that is struck out leaves no hour known, and the dose of hour 48 is given all the same:
    no further one may be offered in its place (hazard H1).
    """
    rows = rows_of_day(facts, dose)
    turns: dict[int, DoseRecord | None] = {
        turn: _counts([row for row in rows if row.turn == turn]) for turn in range(1, many + 1)
    }
    by_hour = [
        _counts([row for row in rows if row.hour == hour])
        for hour in sorted({row.hour for row in rows if row.hour is not None})
    ]
    free = iter([turn for turn, record in turns.items() if record is None])
    for record in by_hour:
        if record is not None:
            turns[next(free, len(turns) + 1)] = record
    return tuple(
        DayDose(OfDay(turn=turn), max(many, len(turns)), None, turns[turn])
        for turn in sorted(turns)
    )


def _counts(rows: Sequence[DoseRecord]) -> DoseRecord | None:
    """The record that counts: one given before one not given."""
    told = [row for row in rows if row.state in _TOLD]
    return max(told, key=lambda row: (row.state == "given", row.id), default=None)


def rows_of_day(facts: InfantFacts, dose: ProjectedDose) -> tuple[DoseRecord, ...]:
    """The records of single doses of a planned day, in their order."""
    key = (dose.course_key, dose.course_day, dose.drug, dose.route, dose.on)
    return facts.of_day.get(key, ())


def with_whole_days(ward: Ward, facts: InfantFacts) -> InfantFacts:
    """The same, where a day counts as recorded once all its doses are.

    A day whose number of doses nobody knows any more counts as recorded once it has gone by.
    """
    recorded = dict(facts.recorded)
    for key, rows in facts.of_day.items():
        if key not in recorded and _is_whole(ward, facts, key):
            recorded[key] = max(rows, key=lambda row: (row.state == "given", row.hour or row.turn))
    return replace(facts, recorded=recorded)


def _is_whole(ward: Ward, facts: InfantFacts, key: DoseKey) -> bool:
    course_key, course_day, drug, route, on = key
    doses = day_doses(ward, facts, ProjectedDose(on, course_key, course_day, None, drug, route))
    if not doses:
        return on < ward.today()
    return all(one.record is not None for one in doses)


def given_rows(facts: InfantFacts) -> list[DoseRecord]:
    """Every record of a dose given that counts, by its day: of a whole day, or of one of its doses."""
    whole = [row for key, row in facts.recorded.items() if key not in facts.of_day]
    of_day = [row for rows in facts.of_day.values() for row in rows]
    mixed = [  # a whole day is on record as well: it is that one which counts
        facts.recorded[key] for key in facts.of_day if key in facts.recorded
    ]
    whole += [row for row in mixed if row.hour is None and row.turn is None]
    days = {(row.course_key, row.course_day, row.drug, row.route, row.due_on) for row in whole}
    of_day = [
        row
        for row in of_day
        if (row.course_key, row.course_day, row.drug, row.route, row.due_on) not in days
    ]
    given = [row for row in (*whole, *of_day) if row.state == "given"]
    return sorted(given, key=lambda row: (row.due_on, row.hour or row.turn or 0, row.id))


def some_recorded(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether one of the doses of a planned day is recorded; an hour beyond the plan is none of them."""
    if not rows_of_day(facts, dose):
        return False
    doses = day_doses(ward, facts, dose)
    return not doses or any(one.record is not None for one in doses)


def times_open(ward: Ward, facts: InfantFacts, dose: ProjectedDose, times: int) -> int:
    """How many doses of a planned day are not recorded yet; as many as entered while none of it is.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        times: how often the dose is entered a day; the hours of the day, where they are known, may
            be more or fewer.
    """
    doses = day_doses(ward, facts, dose) if some_recorded(ward, facts, dose) else ()
    return sum(one.record is None for one in doses) if doses else times


def amount_of_day(facts: InfantFacts, rows: Sequence[DoseRecord]) -> DrugAmount | None:
    """What was given in all of a day's records; None where one amount is not known, or units differ."""
    amounts = [amount_given(facts, row) for row in rows if row.state == "given"]
    known = [one for one in amounts if one is not None]
    if not known or len(known) < len(amounts) or len({one.unit for one in known}) > 1:
        return None
    return DrugAmount(sum((one.value for one in known), Decimal(0)), known[0].unit)


def own_records(doses: Sequence[DayDose]) -> set[int]:
    """The records of doses that are still what they were recorded as: an hour by its hour, none by a free number."""
    return {
        one.record.id
        for one in doses
        if one.record is not None
        and (one.record.hour, one.record.turn) == (one.of.hour, one.of.turn)
    }


def day_words(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> str:
    """What was given of a day that has records of single doses: "2 of 4 given, 12.4 mg"; else ""."""
    rows = rows_of_day(facts, dose)
    if not rows:
        return ""
    amount = amount_of_day(facts, rows)
    much = "" if amount is None else f", {write_amount(amount)}"
    return f"{count_words(day_doses(ward, facts, dose), rows)}{much}"


def count_words(doses: Sequence[DayDose], rows: Sequence[DoseRecord]) -> str:
    """As "2 of 4 given", with those recorded as not given.

    Args:
        doses: the doses of the day; none where nobody knows them any more: then ``rows`` count.
        rows: what is recorded of the day.
    """
    records = [one.record for one in doses if one.record is not None] if doses else list(rows)
    given = sum(row.state == "given" for row in records)
    missed = sum(row.state == "not given" for row in records)
    many = f" of {len(doses)}" if doses else ""
    loose = sum(row.turn is not None and row.state == "given" for row in rows)
    if loose and doses and doses[0].at is not None:  # recorded before the hours were known
        many += f" by its hour and {loose} without one"
    return f"{given}{many} given" + (f", {missed} recorded as not given" if missed else "")


def choice_words(ward: Ward, one: DayDose) -> str:
    """One dose of a day for a choice: "hour 48, 08:00", with its date where that is another day."""
    if one.at is None:
        return one.words
    on = "" if one.at.date() == ward.today() else f"{write_date(one.at.date())} "
    return f"{one.words}, {on}{wall_time(ward, one.at)}"


def of_words(row: DoseRecord) -> str:
    """Which dose of its day a record is: "hour 48", "dose 2 of the day"; "" for the whole day."""
    if row.hour is not None:
        return f"hour {row.hour}"
    return "" if row.turn is None else f"dose {row.turn} of the day"
