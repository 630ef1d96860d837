"""What a round asks for by name, whether or not it is in the log: present, absent, or not assessed.

"Absent" is an answer of a person who looked, with who and when. What nobody said anything of is
recorded as not assessed; nothing turns one into the other.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from bedside.store.queries import of_infant
from bedside.store.toxicity_records import RoundAsked, ToxicityRound, ToxicityRoundAnswer
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date_time, write_time
from bedside.ward.asked_terms import asked_in
from bedside.ward.facts import InfantFacts
from bedside.ward.views.round import AskedAnswer, AskedItem
from bedside.ward.views.toxicity import LoggedToxicity
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change


class Looked(Struct, frozen=True):
    """What the last round looked for: the terms absent and those not assessed, by name."""

    absent: tuple[str, ...] = ()
    not_assessed: tuple[str, ...] = ()


def asked_of(
    ward: Ward, facts: InfantFacts, opened: Sequence[LoggedToxicity]
) -> tuple[AskedItem, ...]:
    """The terms of the site's list that are not open in the log, each with what was said of it last."""
    there = {one.term_key for one in opened}
    before = _last_said(ward, facts.infant.id)
    return tuple(
        AskedItem(key, term, before.get(key, ""))
        for key, term in asked_in(ward, facts.enrolment.ctcae)
        if key not in there
    )


def why_not_asked(
    ward: Ward,
    facts: InfantFacts,
    opened: Mapping[int, LoggedToxicity],
    answers: Sequence[AskedAnswer],
) -> list[str]:
    """Why answers about terms asked for cannot be recorded."""
    names = dict(asked_in(ward, facts.enrolment.ctcae))
    there = {one.term_key for one in opened.values()}
    reasons = []
    for one in answers:
        name = names.get(one.term_key)
        if name is None:
            reasons.append("The list of terms to ask was changed meanwhile: look at it again.")
        elif one.answer == "present" and one.term_key not in there:
            reasons.append(f"{name}: present, but not in the log yet. Enter it with its grade.")
        elif one.answer == "absent" and one.term_key in there:
            reasons.append(f"{name}: absent, but open in the log. Say there that it is gone.")
    return reasons


def keep_asked(
    ward: Ward,
    change: "Change",
    round_id: int,
    facts: InfantFacts,
    opened: Mapping[int, LoggedToxicity],
    answers: Sequence[AskedAnswer],
) -> None:
    """Record what was answered of each term asked for; the rest as not assessed."""
    said = {one.term_key: one.answer for one in answers}
    there = {one.term_key for one in opened.values()}
    for key, term in asked_in(ward, facts.enrolment.ctcae):
        if key in there and said.get(key) != "present":
            continue  # it is answered among the open ones
        change.add(
            RoundAsked,
            infant_id=facts.infant.id,
            round_id=round_id,
            term_key=key,
            term=term,
            answer=said.get(key, "not assessed"),
        )


def looked_for(connection: Reader, row: ToxicityRound | None) -> Looked:
    """What one round looked for and found absent, and what it did not assess."""
    if row is None:
        return Looked()
    asked = [
        one for one in of_infant(connection, RoundAsked, row.infant_id) if one.round_id == row.id
    ]
    answered = of_infant(connection, ToxicityRoundAnswer, row.infant_id)
    left = [one.term for one in answered if one.round_id == row.id and one.answer == "not assessed"]
    return Looked(
        absent=tuple(one.term for one in asked if one.answer == "absent"),
        not_assessed=(*left, *(one.term for one in asked if one.answer == "not assessed")),
    )


def _last_said(ward: Ward, infant_id: int) -> dict[str, str]:
    """The last answer that a person gave to each term: "absent 03:40 by E. Berg, RN"."""
    with ward.store.reading() as connection:
        rows = of_infant(connection, RoundAsked, infant_id)
    newest: dict[str, RoundAsked] = {}
    for row in sorted(rows, key=lambda one: (one.recorded_at, one.id)):
        if row.answer != "not assessed":
            newest[row.term_key] = row
    return {
        key: f"{row.answer} {when(ward, row.recorded_at)} by {row.recorded_by}"
        for key, row in newest.items()
    }


def when(ward: Ward, moment: datetime) -> str:
    """The time of today, or date and time of another day."""
    local = ward.local(moment)
    return write_time(local) if local.date() == ward.today() else write_date_time(local)
