"""Will the neutrophils fall below the limit soon? A person answers; the program never guesses it.

An answer holds until a newer count was taken, until the hours that the definition names have passed
(24 h where it names none [judgement]), or until another definition asks another question. After that
it is not known again, and not known never passes as no.
"""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from bedside.clinical.fever_rules import FeverDefinition
from bedside.store.fever_records import FallExpected
from bedside.store.queries import of_infant
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.units.writer import write_number
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.fever_state import FALL_NOT_ASKED, FallAnswer, settings_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.views.fever import FallQuestion, Recorded
from bedside.ward.ward import Ward

FallWord = Literal["yes", "no", "not known"]
WORDS: tuple[FallWord, ...] = ("yes", "no", "not known")
_HOURS_WITHOUT_A_TIME = 24  # [judgement]


class _Standing(Struct, frozen=True):
    row: FallExpected | None
    outdated: str = ""  # why the row no longer answers


def fall_answer(
    ward: Ward, connection: Reader, facts: InfantFacts, definition: FeverDefinition, now: datetime
) -> FallAnswer:
    """What is answered now for a definition; without an answer that holds it is not known."""
    if not definition.expected:
        return FALL_NOT_ASKED
    found = _standing(ward, connection, facts, definition, now)
    if found.row is None:
        return FALL_NOT_ASKED
    said = f"{found.row.recorded_by}, {write_date_time(ward.local(found.row.recorded_at))}"
    if found.outdated:
        return FallAnswer(None, f"answered {found.row.answer} by {said}; {found.outdated}")
    return FallAnswer({"yes": True, "no": False}.get(found.row.answer), said)


def fall_question(
    ward: Ward, connection: Reader, facts: InfantFacts, definition: FeverDefinition, now: datetime
) -> FallQuestion | None:
    """The question as the page asks it; None where the definition does not ask."""
    if not definition.expected:
        return None
    found = _standing(ward, connection, facts, definition, now)
    answer = fall_answer(ward, connection, facts, definition, now)
    chosen = "" if found.row is None or found.outdated else found.row.answer
    return FallQuestion(_asked(definition), chosen, answer.words)


@one_act
def answer_fall(ward: Ward, infant_id: int, answer: FallWord, *, who: str) -> Recorded:
    """Record a person's answer; with a fever there, "yes" starts the antibiotic clock.

    Args:
        ward: the ward.
        infant_id: the infant.
        answer: yes, no or not known.
        who: who answers.

    Raises:
        Refused: no such answer, or the definition in force does not ask.
    """
    from bedside.ward.fever_acts import follow_signs

    who = named(who)
    if answer not in WORDS:
        raise Refused("Answer yes, no or not known.")
    facts = facts_of(ward, infant_id)
    with ward.store.change(
        who, "said whether neutrophils are expected to fall", ward.now()
    ) as change:
        definition = settings_of(change.connection).definition
        if not definition.expected:
            raise Refused(f"{definition.title} does not ask for an expected fall: nothing is kept.")
        for row in of_infant(change.connection, FallExpected, infant_id):
            change.void(FallExpected, row.id, "answered anew")
        change.add(
            FallExpected,
            infant_id=infant_id,
            answer=answer,
            below_per_ul=definition.neutrophils_below_per_ul,
            within_hours=definition.expected_within_hours,
        )
        return follow_signs(ward, change, facts)


def _asked(definition: FeverDefinition) -> str:
    limit = write_number(definition.neutrophils_below_per_ul)
    hours = definition.expected_within_hours
    soon = "soon" if hours is None else f"within {hours} h"
    return f"Neutrophils expected below {limit} {soon}?"


def _standing(
    ward: Ward, connection: Reader, facts: InfantFacts, definition: FeverDefinition, now: datetime
) -> _Standing:
    rows = of_infant(connection, FallExpected, facts.infant.id)
    if not rows:
        return _Standing(None)
    row = rows[-1]
    asked = (definition.neutrophils_below_per_ul, definition.expected_within_hours)
    if (row.below_per_ul, row.within_hours) != asked:
        return _Standing(row, "another definition asked then: answer again")
    if now - row.recorded_at > timedelta(hours=row.within_hours or _HOURS_WITHOUT_A_TIME):
        return _Standing(row, "that time has passed: answer again")
    newer = [
        count
        for count in facts.counts
        if count.anc_state != "not done" and row.recorded_at < count.taken_at <= now
    ]
    if newer:
        at = write_date_time(ward.local(newer[-1].taken_at))
        return _Standing(row, f"a newer count was taken {at}: answer again")
    return _Standing(row)
