"""Grade 5 is death: what is on record of a later day stands against it.

Only a later day counts: on the day itself a count may be taken, and its result come in, after the
infant has died.
"""

from datetime import date, datetime

from bedside.store.fever_records import VitalSign
from bedside.store.queries import of_infant
from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts
from bedside.ward.laboratory import results_of
from bedside.ward.ward import Ward

DEATH = 5


def why_not_death(ward: Ward, facts: InfantFacts, grade: int, on: date) -> list[str]:
    """Why a grade cannot be death on a day, in words; empty for every other grade.

    Args:
        ward: the ward.
        facts: what is on record of the infant.
        grade: the grade that is to be recorded.
        on: the day from which it holds.
    """
    if grade != DEATH:
        return []
    later = [
        (words, ward.local(at).date())
        for words, at in _alive(ward, facts)
        if ward.local(at).date() > on
    ]
    if not later:
        return []
    words, day = max(later, key=lambda one: one[1])
    return [
        f"Grade 5 is death, and after {write_date(on)} there is {words} of {write_date(day)} on "
        "record. A living infant has grade 4 at most; if she has died, one of the dates is wrong."
    ]


def _alive(ward: Ward, facts: InfantFacts) -> list[tuple[str, datetime]]:
    """What is done with a living infant: measured, taken or given, and when."""
    found = [("a weight or length", row.measured_at) for row in facts.measurements]
    found += [("a blood count", row.taken_at) for row in facts.counts]
    found += [
        ("a laboratory result", row.taken_at)
        for row in results_of(ward, facts.infant.id)
        if row.state == "done"
    ]
    with ward.store.reading() as connection:
        signs = of_infant(connection, VitalSign, facts.infant.id)
    found += [("a vital sign", row.taken_at) for row in signs if row.state == "done"]
    for dose in facts.doses:
        given = dose.finished_at or dose.started_at
        if dose.state == "given" and given is not None:
            found.append(("a dose given", given))
    return found
