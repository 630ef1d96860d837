"""What must follow a dose: leucovorin after high-dose methotrexate, said where methotrexate is given.

Decision: the sheet of a drug names the drug that rescues from it, with the hours that this site entered,
or that it entered none. High-dose methotrexate whose rescue nobody thought of is the harm that such a
line prevents; it does not block, for when a rescue begins is no public fact of either protocol.
"""

from datetime import date

from msgspec import Struct

from bedside.protocol.drugs import INTRATHECAL
from bedside.protocol.hours import HourRule
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_weekday_date
from bedside.ward.due import plan_of
from bedside.ward.due_hours import planned_before
from bedside.ward.facts import InfantFacts
from bedside.ward.standing import projection_of
from bedside.ward.ward import Ward


class Follower(Struct, frozen=True):
    """A drug that must follow a dose.

    Args:
        name: as it is displayed.
        rule: at which hours; its ``first`` is None where this site entered none.
        days: the planned days that belong to this dose, in order; none where no days are known.
    """

    name: str
    rule: HourRule
    days: tuple[date, ...]


def followers(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> tuple[Follower, ...]:
    """The drugs of the course that are counted from the start of this dose; none for most doses."""
    if dose.route == INTRATHECAL:
        return ()
    course = facts.protocol.course(dose.course_key)
    return tuple(
        Follower(ward.drugs.display_name(plan.drug), rule, _days(ward, facts, dose, plan.drug))
        for plan in course.drugs
        if (rule := plan.hours) is not None and rule.after == dose.drug
    )


def follow_words(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> tuple[str, ...]:
    """What must follow, in full, for the sheet: a sentence for each drug."""
    said = (_in_full(ward, dose, one) for one in followers(ward, facts, dose))
    return tuple(f"{words[:1].upper()}{words[1:]}" for words in said)


def follow_short(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> str:
    """The same in a few words, for a line of what is due: "leucovorin follows at hour 42"."""
    return "; ".join(
        f"{one.name} must follow, its hours are not entered: ask"
        if one.rule.first is None
        else f"{one.name} follows at hour {one.rule.first}"
        for one in followers(ward, facts, dose)
    )


def _in_full(ward: Ward, dose: ProjectedDose, one: Follower) -> str:
    on = " and ".join(write_weekday_date(day) for day in one.days)
    planned = f"planned on {on}" if on else "its days are not known here"
    if one.rule.first is None:
        return (
            f"{one.name} must follow, {planned}. This site has entered no hours for it: ask, before "
            f"{ward.drugs.display_name(dose.drug)} begins, when its first dose is given."
        )
    return (
        f"{one.name} must follow: {one.rule.words}; {planned}. "
        f"Record the start: the sheets of {one.name} then name each time."
    )


def _days(ward: Ward, facts: InfantFacts, dose: ProjectedDose, drug: str) -> tuple[date, ...]:
    """The planned days of a drug that are counted from this dose and from no later one."""
    course = next(
        (one for one in projection_of(ward, facts).courses if one.key == dose.course_key), None
    )
    found = set()
    for other in () if course is None else course.doses:
        rule = plan_of(facts, other).hours if other.drug == drug else None
        before = None if rule is None else planned_before(ward, facts, other, rule)
        if before is not None and (before.on, before.route) == (dose.on, dose.route):
            found.add(other.on)
    return tuple(sorted(found))
