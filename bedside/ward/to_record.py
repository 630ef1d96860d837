"""The planned doses of the last days that nobody recorded, for the list of the page Doses."""

from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date
from bedside.ward.day_choice import is_off_plan
from bedside.ward.day_doses import (
    DayDose,
    choice_words,
    count_words,
    day_doses,
    off_plan_doses,
    rows_of_day,
)
from bedside.ward.due import dose_record, plan_of
from bedside.ward.facts import InfantFacts
from bedside.ward.held_given import hold_words
from bedside.ward.standing import Standing, hold_of
from bedside.ward.views.pages import ToRecord
from bedside.ward.ward import Ward
from bedside.ward.working import priming_plan

_DAYS = 3


def doses_to_record(ward: Ward, facts: InfantFacts, standing: Standing) -> tuple[ToRecord, ...]:
    """Planned doses up to today that are not recorded, and hours of theirs on days without a dose.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        standing: where she is up to.
    """
    running = standing.running
    projected = None if running is None else standing.projected(running.key)
    if running is None or projected is None or priming_plan(running) is not None:
        return ()
    today, found = ward.today(), []
    for dose in projected.doses:
        days = (today - dose.on).days
        if days >= -_DAYS:
            found += _off_plan(ward, facts, dose)
        if days in range(_DAYS) and dose_record(facts, dose) is None:
            said = f"day {dose.course_day}, {write_date(dose.on)}{_held(facts, dose)}"
            found.append(_line(ward, facts, dose, f"{said}{_of_the_day(ward, facts, dose)}"))
    return tuple(found)


def _line(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, said: str, hour: int | None = None
) -> ToRecord:
    name = ward.drugs.display_name(dose.drug)
    route = plan_route_words(plan_of(facts, dose), dose.route)
    key = (dose.course_key, dose.course_day, dose.drug, dose.route)
    return (*key, f"{name} {route}, {said}", hour)


def _off_plan(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> list[ToRecord]:
    """Hours that have come on days on which the drug is not planned: recorded from paper."""
    if plan_of(facts, dose).hours is None:
        return []
    return [
        _line(
            ward,
            facts,
            dose,
            f"{choice_words(ward, one)}: not planned on that day, no order covers it",
            one.of.hour,
        )
        for one in off_plan_doses(ward, facts, dose)
        if one.record is None
        and _lately(ward, dose, one)
        and is_off_plan(ward, facts, dose, one.of)
    ]


def _lately(ward: Ward, dose: ProjectedDose, one: DayDose) -> bool:
    """Whether an hour, or the planned day beside it, is of the last days: a rescue may go on for long."""
    newest = dose.on if one.at is None else max(dose.on, one.at.date())
    return (ward.today() - newest).days < _DAYS


def _of_the_day(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> str:
    """What is recorded of a dose given several times a day, and which is next; "" for every other."""
    doses = day_doses(ward, facts, dose)
    left = [one for one in doses if one.record is None]
    if not left:
        return ""
    told = count_words(doses, rows_of_day(facts, dose))
    return f"; {told}, next: {choice_words(ward, left[0])}"


def _held(facts: InfantFacts, dose: ProjectedDose) -> str:
    hold = hold_of(facts, dose)
    return "" if hold is None else f": {hold_words(hold)}"
