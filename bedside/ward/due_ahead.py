"""What a week ahead brings that is not a dose: holds that begin, and doses that were shifted."""

from datetime import timedelta

from bedside.protocol.drugs import route_words
from bedside.store.dose_records import DoseShift
from bedside.store.records import Hold
from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts
from bedside.ward.standing import planned_date
from bedside.ward.ward import Ward

_A_WEEK = timedelta(days=7)


def coming_holds(ward: Ward, facts: InfantFacts) -> tuple[tuple[Hold, str], ...]:
    """Holds that begin within a week, each in words: whoever looks today plans tomorrow by them."""
    today = ward.today()
    found = []
    for hold in facts.holds:
        if today < hold.from_on <= today + _A_WEEK:
            course = facts.protocol.course(hold.course_key).title
            what = ward.drugs.display_name(hold.drug) if hold.drug else course
            last = "" if hold.until_on is None else f" to {write_date(hold.until_on)}"
            words = f"{what} held from {write_date(hold.from_on)}{last}: {hold.reason}"
            found.append((hold, words))
    return tuple(found)


def shifts_in_sight(ward: Ward, facts: InfantFacts) -> tuple[tuple[DoseShift, str], ...]:
    """Shifts whose first dose stood within a week, until it stands again, each in words.

    Without them a dose that everybody expects today would only be missing.
    """
    today, found = ward.today(), []
    for shift in facts.shifts:
        line = (shift.drug, shift.route)
        moved = planned_date(ward, facts, shift.course_key, line, shift.from_day)
        if moved is None:
            continue
        before = moved - timedelta(days=shift.by_days)
        if before <= today + _A_WEEK and today <= moved:
            words = (
                f"{ward.drugs.display_name(shift.drug)} {route_words(shift.route)} of "
                f"{write_date(before)} is given on {write_date(moved)}, what follows "
                f"{_days_later(shift.by_days)}: {shift.reason}"
            )
            found.append((shift, words))
    return tuple(found)


def _days_later(days: int) -> str:
    return "1 day later" if days == 1 else f"{days} days later"
