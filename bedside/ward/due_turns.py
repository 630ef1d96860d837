"""Doses of earlier days that have only their number and that nobody recorded, beside others that are.

Decision: they stay named as the hours of a rescue do, until somebody says what became of them; those
of a course that is over, for as long as a day stands in the list of what is to record.
"""

from datetime import timedelta

from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date
from bedside.ward.day_doses import count_words, day_doses, rows_of_day
from bedside.ward.due import FORGOTTEN, dose_record, held_on, plan_of
from bedside.ward.facts import InfantFacts
from bedside.ward.views.marks import DueItem
from bedside.ward.ward import Ward

_DAYS = timedelta(days=3)


def turns_left_over(ward: Ward, facts: InfantFacts) -> tuple[DueItem, ...]:
    """A line a drug for the days of which some doses by number are recorded and others are not.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
    """
    told: dict[tuple[str, str], list[str]] = {}
    for course_key, day, drug, route, on in sorted(facts.of_day, key=lambda key: key[-1]):
        dose = ProjectedDose(on, course_key, day, None, drug, route)
        missed = on < ward.today() and _not_settled(ward, facts, dose)
        if missed and (left := _left(ward, facts, dose)):
            told.setdefault(_name(ward, facts, dose), []).append(left)
    return tuple(
        DueItem("unknown", None, name, route, f"{FORGOTTEN}: {'; '.join(days)}")
        for (name, route), days in told.items()
    )


def _name(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> tuple[str, str]:
    """The drug and its route as a line of what is due has them."""
    return ward.drugs.display_name(dose.drug), plan_route_words(plan_of(facts, dose), dose.route)


def _not_settled(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether nobody has settled a day of the running course, or one of the last days."""
    runs = facts.starts and facts.starts[-1].course_key == dose.course_key
    near = dose.on >= ward.today() - _DAYS
    return bool(runs or near) and dose_record(facts, dose) is None and not held_on(facts, dose)


def _left(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> str:
    """As "15-Sep-2026: dose 3 of 3 (2 of 3 given)"; "" where nothing is left, or hours say it."""
    doses = day_doses(ward, facts, dose)
    left = [one for one in doses if one.record is None]
    if not left or len(left) == len(doses) or left[0].at is not None:
        return ""
    names = ", ".join(one.words for one in left)
    return f"{write_date(dose.on)}: {names} ({count_words(doses, rows_of_day(facts, dose))})"
