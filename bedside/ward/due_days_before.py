"""Days just gone by of which nobody recorded anything, of drugs that no other line names.

A dose by needle is counted with the past doses of the orders, an hour of a rescue by its own line,
a dose beside others of its day by its number (`due_turns`). What is left is a drug given several
times a day, and one by mouth.

Decision: they are named for as long as a day stands in the list of what is to record, all of them in
one line. Not in Maintenance, whose daily doses by mouth are given at home and decided for weeks.
"""

from collections.abc import Sequence
from datetime import date

from bedside.protocol.drugs import by_needle
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date
from bedside.ward.day_often import doses_a_day
from bedside.ward.due import FORGOTTEN, dose_record, held_on, plan_of
from bedside.ward.facts import InfantFacts
from bedside.ward.views.marks import DueItem
from bedside.ward.ward import Ward

_MOST = 3
_NOT_DAILY = ("maintenance", "priming")


def days_left_over(
    ward: Ward, facts: InfantFacts, planned: Sequence[ProjectedDose]
) -> tuple[DueItem, ...]:
    """One line for the days just gone by of which nothing is recorded; () where all is told.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        planned: the planned doses of those days.
    """
    of_drug: dict[str, dict[date, None]] = {}
    for dose in planned:
        if _is_left(ward, facts, dose):
            name = ward.drugs.display_name(dose.drug)
            of_drug.setdefault(name, {})[dose.on] = None
    if not of_drug:
        return ()
    by_days: dict[str, list[str]] = {}
    for name in list(of_drug)[:_MOST]:
        by_days.setdefault(_days_words(tuple(of_drug[name])), []).append(name)
    told = [f"{on}: {', '.join(names)}" for on, names in by_days.items()]
    if len(of_drug) > _MOST:
        told.append(f"and {len(of_drug) - _MOST} more: see Doses")
    return (DueItem("unknown", None, "", f"{FORGOTTEN}: {'; '.join(told)}"),)


def _days_words(days: tuple[date, ...]) -> str:
    """As "15-Sep-2026", "14 and 15-Sep-2026": short, as the row of the ward list is narrow."""
    first, last = min(days), max(days)
    if first == last:
        return write_date(last)
    same = (first.year, first.month) == (last.year, last.month)
    return f"{f'{first:%d}' if same else write_date(first)} and {write_date(last)}"


def _is_left(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether nothing is recorded of a day of a drug that no other line names."""
    if dose_record(facts, dose) is not None or held_on(facts, dose):
        return False
    if facts.protocol.course(dose.course_key).kind in _NOT_DAILY:
        return False
    plan = plan_of(facts, dose)
    key = (dose.course_key, dose.course_day, dose.drug, dose.route, dose.on)
    if plan.continuous or facts.of_day.get(key):
        return False
    if plan.hours is None:  # its doses have numbers, and no line of their own
        return doses_a_day(ward, facts, dose, plan) > 0 or not by_needle(dose.route)
    from bedside.ward.day_doses import day_doses  # few drugs have hours: not before the first paint

    doses = day_doses(ward, facts, dose, plan)
    return doses[0].at is None if doses else not by_needle(dose.route)
