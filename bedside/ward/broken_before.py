"""What a broken-off infusion leaves to be said of a day on which another one was given in the end."""

from bedside.store.records import DoseRecord
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.facts import InfantFacts


def broken_before(facts: InfantFacts, row: DoseRecord) -> tuple[str, ...]:
    """Every other infusion of the same planned dose that was broken off, in words, the oldest first.

    Args:
        facts: what is recorded of the infant.
        row: the record that counts for the dose.
    """
    key, day = (row.course_key, row.drug, row.route), row.course_day
    found = [  # asked of every dose of a long treatment: the day sorts most out
        other
        for other in facts.doses
        if other.course_day == day
        and broken_off(other)
        and other.id != row.id
        and (other.course_key, other.drug, other.route) == key
    ]
    return tuple(broken_words(other) for other in sorted(found, key=lambda one: one.id))
