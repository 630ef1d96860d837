"""Infusions that were broken off, in the cumulative doses: what went in counts, what nobody knows is said.

A part of a dose counts as exactly that part; a day counts once, whatever was given on it. Nothing is
counted as the whole dose, or as nothing, because somebody does not know.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction

from msgspec.structs import replace

from bedside.clinical.exposure import GivenDose
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import DoseRecord
from bedside.units.quantities import DrugAmount
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.facts import InfantFacts
from bedside.ward.rest import given_of_rest, key_of_record, open_rests, rest_state
from bedside.ward.ward import Ward


def broken_parts(
    facts: InfantFacts, given: list[DoseRecord], as_given: Callable[[DoseRecord], GivenDose]
) -> list[GivenDose]:
    """The parts of infusions that were broken off.

    Args:
        facts: what is recorded of the infant.
        given: the doses that are counted already.
        as_given: a record with the body it was worked out for.
    """
    counted, found = {key_of_record(row) for row in given}, []
    for row in facts.doses:
        part = facts.parts.get(row.id)
        if not broken_off(row) or (part is not None and part.went_in == "nothing"):
            continue
        dose = as_given(row)
        known = None if part is None or part.amount is None else DrugAmount(part.amount)
        own = key_of_record(row) not in counted
        counted.add(key_of_record(row))
        found.append(replace(dose, amount=known, broken=True, own_day=own))
    return found


def share_left(facts: InfantFacts, dose: ProjectedDose) -> Fraction:
    """The share of a planned dose that is still to be given: the rest of a broken-off infusion."""
    key = (dose.course_key, dose.course_day, dose.drug, dose.route)
    given, state = given_of_rest(facts, key), rest_state(facts, key)
    decided = None if state is None else state.decision
    if given is None or decided is None or decided.amount is None:
        return Fraction(1)
    return Fraction(decided.amount) / Fraction(decided.amount + given.value)


def broken_notes(ward: Ward, facts: InfantFacts) -> Iterator[str]:
    """Broken-off infusions whose part is not known, or on which nobody has decided yet."""
    for row in facts.doses:
        if not broken_off(row):
            continue
        title = facts.protocol.course(row.course_key).title
        what = f"{ward.drugs.display_name(row.drug)}, {title} day {row.course_day}"
        part = facts.parts.get(row.id)
        if part is None or part.went_in == "not known":
            yield (
                f"{what}: {broken_words(row)}. It is counted neither as nothing nor as the whole: "
                "what was given of this drug in all is not known."
            )
    for state in open_rests(facts):
        title = facts.protocol.course(state.row.course_key).title
        what = f"{ward.drugs.display_name(state.row.drug)}, {title} day {state.row.course_day}"
        yield f"{what}: {state.words}. Until then nothing more of that day counts as planned."
