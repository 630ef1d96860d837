"""How a dose stands on the timeline: planned, given, in part, not given, held, missed, or broken off; in words."""

from bedside.protocol.drugs import INTRATHECAL
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import DoseRecord
from bedside.ward.broken_before import broken_before
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.day_doses import day_words, rows_of_day
from bedside.ward.day_often import often_words
from bedside.ward.due import dose_record, held_on, plan_of
from bedside.ward.facts import InfantFacts
from bedside.ward.held_given import spite_words
from bedside.ward.not_given_words import not_given_words
from bedside.ward.rest import rest_words
from bedside.ward.views.timeline import DoseState
from bedside.ward.ward import Ward

_WORDS: dict[DoseState, str] = {
    "given": "given",
    "planned": "planned",
    "held": "held",
    "missed": "planned, not recorded as given",
    "broken off": "broken off",
    "in part": "given in part",
    "not given": "not given",
}


def dose_state(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> tuple[DoseState, str]:
    """The state of a planned dose, and the same in words with what happened to its infusion.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
    """
    record = dose_record(facts, dose)
    if said := day_words(ward, facts, dose):
        rows = rows_of_day(facts, dose)
        given = any(row.state == "given" for row in rows)
        whole = record is not None and all(row.state == "given" for row in rows)
        spite = dict.fromkeys(words for row in rows if (words := spite_words(row)))
        said = "; ".join((said, *spite))
        if whole:
            return "given", said
        if given:
            return "in part", f"{_WORDS['in part']}, {said}"
    if record is not None and record.state == "given":
        return "given", _given_words(facts, record)
    if record is not None and broken_off(record):
        return "broken off", f"{broken_words(record)}; {rest_words(facts, record)}"
    if record is not None and record.state == "not given":
        return "not given", _not_given(said, record)
    also = f"; {said}" if said else ""
    state: DoseState = "planned"
    if held_on(facts, dose):
        state = "held"
    elif facts.start_of(dose.course_key) is not None and dose.on < ward.today():
        state = "missed"
    often = (
        "" if dose.route == INTRATHECAL else often_words(ward, facts, dose, plan_of(facts, dose))
    )
    return state, f"{_WORDS[state]}{', ' if often else ''}{often}{also}"


def _not_given(said: str, record: DoseRecord) -> str:
    """Why a dose, or every dose of its day, was not given."""
    return f"{_WORDS['not given']}, {said}" if said else not_given_words(record)


def _given_words(facts: InfantFacts, record: DoseRecord) -> str:
    """As "infusion broken off at 10:05, 7 mg of 15.5 mg given; then given"."""
    given = spite_words(record) or _WORDS["given"]
    return "; then ".join((*broken_before(facts, record), given))
