"""Until when the label of one of several doses of a day holds: a dose of the evening outlives its day.

Decision: a paper of a day ends with its day. A label of a dose at 23:00 would so be dead an hour later,
while its dose is late and still to be given: the form would refuse a right syringe, and no fresh label
could be had. So the label of a named dose holds until half of what the plan has between two doses has
gone by after its own hour, where that is later than midnight. That half is the measure of the house
(`bedside.ward.given_times`): nearer to its own hour than to the next one, a dose is still the one that
its label names. Its order, weight, hold and record are asked as before, the time is held against the
other doses, and the label stays that of its planned day: it is refused for a dose of the next one.

A drug by number has no hours: 24 hours are shared by its doses, and a dose is reckoned at the end of
its share, the latest that it can be of this day. So only the last one of a day outlives it. A drug
given once a day, and whatever is later still, is no routine: the refusal names the way, which is the
physician's word and the record from paper, with two people who checked it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bedside.protocol.model import DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import Print
from bedside.units.dates import write_date, write_date_time
from bedside.ward.day_doses import DayDose, day_doses
from bedside.ward.doses_on_papers import LabelPart, dose_at, dose_of_paper
from bedside.ward.due import plan_of
from bedside.ward.facts import InfantFacts
from bedside.ward.paper_keys import Administration
from bedside.ward.sheets import end_of
from bedside.ward.views.given import OfDay
from bedside.ward.ward import Ward

_DAY = timedelta(hours=24)
NO_FRESH = (
    "Its day, {0}, is over, and no fresh label is made for it. Ask the physician whether it is still "
    "given. If it is, two people check it on paper, and it is recorded with Given before today: from "
    "paper, with the time at which it was given."
)


def open_until(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan | None = None
) -> datetime | None:
    """Until when the labels of the doses of a day hold that are not on record; None with none of them.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        plan: its line of the protocol, with the site's own values; looked up where left out.
    """
    left = [one for one in day_doses(ward, facts, dose, plan) if one.record is None]
    plan = plan_of(facts, dose) if left and plan is None else plan
    return max((_until(ward, dose, plan, one) for one in left if plan is not None), default=None)


def labels_until(
    ward: Ward, facts: InfantFacts, course_key: str, of: Administration
) -> datetime | None:
    """As `open_until`, of the dose that labels are asked for; None of one that is not planned."""
    dose = dose_at(ward, facts, (course_key, of.day, of.drug), of.route)
    return None if dose is None else open_until(ward, facts, dose)


def holds_late(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether the day of a dose is over and a label of it still holds."""
    if dose.on >= ward.today():
        return False
    until = open_until(ward, facts, dose)
    return until is not None and ward.now() <= until


def held_until(ward: Ward, facts: InfantFacts, row: Print, part: LabelPart | None) -> datetime:
    """Until when a printed paper holds; the label of one of several doses until its own time.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        row: the paper.
        part: which dose of the day its label is of; None for any other paper.
    """
    printed = ward.local(row.valid_until)
    dose = None if part is None else dose_of_paper(ward, facts, row)
    if part is None or dose is None:
        return printed
    one = _of(day_doses(ward, facts, dose), part.of)
    return printed if one is None else min(printed, _until(ward, dose, plan_of(facts, dose), one))


def hold_over(ward: Ward, facts: InfantFacts, row: Print, part: LabelPart) -> str:
    """Why the label of one dose holds no more while others of its print do; "" while it holds."""
    until = held_until(ward, facts, row, part)
    if ward.now() <= until:
        return ""
    return f"its time is over: {part.words} held until {write_date_time(until)}"


def doses_over(
    ward: Ward, dose: ProjectedDose, plan: DrugPlan, doses: Sequence[DayDose]
) -> tuple[int, ...]:
    """Which doses of a day, by their place in it from 1, have no label any more because their time is over."""
    late = enumerate(doses, 1)
    return tuple(number for number, one in late if ward.now() > _until(ward, dose, plan, one))


def no_fresh_label(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, of: OfDay | None = None
) -> str:
    """The way out where a dose of an earlier day can have no label any more; "" where it still can.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        of: which dose of the day; None for a drug given once a day.
    """
    if dose.on >= ward.today():
        return ""
    one = None if of is None else _of(day_doses(ward, facts, dose), of)
    if one is None:
        late = holds_late(ward, facts, dose)
    else:
        late = ward.now() <= _until(ward, dose, plan_of(facts, dose), one)
    return "" if late else NO_FRESH.format(write_date(dose.on))


def _of(doses: Sequence[DayDose], of: OfDay) -> DayDose | None:
    return next((one for one in doses if one.of == of), None)


def _until(ward: Ward, dose: ProjectedDose, plan: DrugPlan, one: DayDose) -> datetime:
    """Until when the label of one dose holds; never before the last minute of its day."""
    ends = end_of(dose.on, ward)
    at, apart = one.at, None if plan.hours is None else plan.hours.every
    if at is not None and apart is not None:
        late = at.astimezone(UTC) + timedelta(hours=apart) / 2  # an hour is one that passed
    elif one.of.turn is not None:
        share = _DAY / one.many
        late = ends.astimezone(UTC) - (one.many - one.of.turn) * share + share / 2
    else:
        return ends
    return max(ends, ward.local(late))
