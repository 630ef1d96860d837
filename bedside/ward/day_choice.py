"""Which dose of a day is recorded: what is offered, the earliest first, and what is refused, with why.

An hour on a day on which the drug is not planned has no order here. It is recorded from paper alone,
with the two people who checked it, beside the planned day of its course.
"""

from collections.abc import Sequence

from bedside.protocol.schedule import ProjectedDose
from bedside.units.refusal import Refused
from bedside.ward.day_doses import (
    DayDose,
    choice_words,
    day_doses,
    off_plan_doses,
    rows_of_day,
)
from bedside.ward.facts import InfantFacts
from bedside.ward.views.given import WHOLE_DAY, GivenBy, OfDay
from bedside.ward.ward import Ward

NOT_COUNTED = "No order covers this hour, so nobody counts it here: ask the physician."
OFF_PLAN = (
    "{0} falls on a day on which the drug is not planned, and no order covers it: ask the physician "
    "before it is given. If it was given by an order on paper, record it here from paper, with the "
    "two people of the paper check."
)


def choices_of(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, of: OfDay | None
) -> tuple[DayDose, ...]:
    """The doses of a day that may be recorded now, the earliest first; () for one record a day.

    An earlier day of a drug that has no hours may be recorded whole, where nothing of it is yet.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        of: the hour beside the planned day that is asked for, if one is.
    """
    if of is not None and is_off_plan(ward, facts, dose, of):
        return tuple(one for one in off_plan_doses(ward, facts, dose) if one.of == of)
    doses = day_doses(ward, facts, dose)
    left = tuple(one for one in doses if one.record is None)
    whole = left and left[0].at is None and dose.on < ward.today()
    if whole and not rows_of_day(facts, dose):
        return (*left, DayDose(WHOLE_DAY, len(doses)))
    return left


def is_off_plan(ward: Ward, facts: InfantFacts, dose: ProjectedDose, of: OfDay) -> bool:
    """Whether an hour falls beside the planned days, and has come."""
    if of.hour is None:
        return False
    now = ward.now()
    return any(
        one.of == of and one.at is not None and one.at.date() <= ward.local(now).date()
        for one in off_plan_doses(ward, facts, dose)
    )


def off_plan_why(ward: Ward, choices: Sequence[DayDose]) -> tuple[str, ...]:
    """Why a dose can be recorded from paper alone: no order covers its hour; () for every other."""
    if not choices or not choices[0].off_plan:
        return ()
    words = choice_words(ward, choices[0])
    return (OFF_PLAN.format(f"{words[:1].upper()}{words[1:]},"),)


def chosen_of(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, of: OfDay | None, by: GivenBy
) -> DayDose | None:
    """The dose of the day that is recorded; None for a drug with one record a day.

    Raises:
        Refused: nobody said which, it is recorded already, it is none of the day, or no order covers
            it and it is not recorded from paper.
    """
    choices = choices_of(ward, facts, dose, of)
    if not choices:
        if of is not None and of != WHOLE_DAY:
            raise Refused(_not_of_the_day(ward, facts, dose, of))
        return None
    if of is None:
        told = ", ".join(choice_words(ward, one) for one in choices)
        raise Refused(f"Which dose of the day was given? Not recorded yet: {told}.")
    found = [one for one in choices if one.of == of]
    if not found:
        raise Refused(_not_of_the_day(ward, facts, dose, of))
    if found[0].record is not None:
        raise Refused(f"{_name(of)} is recorded already. Nothing was recorded twice.")
    if found[0].off_plan and by.paper is None:
        raise Refused(*off_plan_why(ward, found))
    return found[0]


def _name(of: OfDay) -> str:
    if of.hour is not None:
        return f"Hour {of.hour}"
    return "The whole day" if of.turn is None else f"Dose {of.turn} of the day"


def _not_of_the_day(ward: Ward, facts: InfantFacts, dose: ProjectedDose, of: OfDay) -> str:
    """Why a dose is none that can be recorded: recorded meanwhile, or none of this day any more."""
    if any(one.of == of and one.record is not None for one in day_doses(ward, facts, dose)):
        return f"{_name(of)} is recorded already. Nothing was recorded twice."
    return f"{_name(of)} is no dose of this day any more: close the form and open it again."
