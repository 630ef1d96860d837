"""Deciding a DLT: a named physician says whether a toxicity counts, with the reason.

Nothing is decided by this program and nothing is overwritten: a second decision stands beside the
first, the newest holds, and one taken back stays readable with its reason.
"""

from typing import Literal

from bedside.protocol.dlt_review import Reviewed
from bedside.store.dlt_records import DltDecision, DltNotEvaluable
from bedside.store.queries import one
from bedside.units.refusal import Refused
from bedside.ward.deciding_physician import (
    confirm_physician,
    why_no_physician,
    why_not_taken_back,
)
from bedside.ward.dlt import Evaluation, evaluation_of, key_of
from bedside.ward.facts import facts_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.ward import Ward

LONGEST_TEXT = 400
VERDICTS = ("counts", "does not count")


@one_act
def decide(
    ward: Ward,
    infant_id: int,
    toxicity_id: int,
    verdict: Literal["counts", "does not count"],
    *,
    physician: str,
    reason: str,
    facts: str,
    who: str,
    secret: str = "",
) -> int:
    """Record a physician's decision about one toxicity.

    Args:
        ward: the ward.
        infant_id: the infant.
        toxicity_id: the toxicity.
        verdict: "counts" or "does not count".
        physician: who decides, name and role; in a ward with people she is signed in.
        reason: why; needed always.
        facts: what the page showed (`DltToxicity.facts`): a decision on facts that changed while
            the page was open is not taken.
        who: who records.
        secret: in a ward with people the physician's own, as she signs.

    Raises:
        Refused: with every reason; nothing is recorded.
    """
    found = _evaluation(ward, infant_id)
    row = _row(found, toxicity_id)
    reasons = [*why_no_physician(ward, physician), *_texts(reason)]
    if verdict not in VERDICTS:
        reasons.append("Choose: counts, or does not count.")
    if row.facts != facts:
        reasons.append(
            "The toxicity, its attribution or the rule has changed since it was shown: read it "
            "again, then decide."
        )
    if row.place != "in the period":
        reasons.append(f"This toxicity is {row.place}: there is nothing to decide.")
    if reasons:
        raise Refused(*reasons)
    confirm_physician(ward, secret)
    act = f"decided that {row.toxicity.words} {verdict} as a DLT"
    with ward.store.change(named(who), act, ward.now()) as change:
        return change.add(
            DltDecision,
            infant_id=infant_id,
            toxicity_id=toxicity_id,
            verdict=verdict,
            physician=named(physician),
            reason=reason.strip(),
            facts=row.facts,
            proposal=row.words,
            rule=f"{found.rule.rule.title}, {found.rule.rule.edition}",
        )


@one_act
def take_back_decision(
    ward: Ward, decision_id: int, reason: str, *, who: str, secret: str = ""
) -> None:
    """Strike a decision out, with the reason; it stays readable and the one before it holds again.

    ``secret`` is asked for as in `decide`: to take back weighs as much as to decide.

    Raises:
        Refused: who records may not decide, there is no reason, or the secret is wrong.
    """
    reasons = why_not_taken_back(ward, who)
    if not reason.strip():
        reasons.append("Taking a decision back needs its reason: say what was wrong.")
    if reasons:
        raise Refused(*reasons)
    with ward.store.reading() as connection:
        row = one(connection, DltDecision, decision_id)
    confirm_physician(ward, secret)
    with ward.store.change(named(who), "took a DLT decision back", ward.now()) as change:
        change.void(DltDecision, row.id, reason.strip())


@one_act
def record_not_evaluable(
    ward: Ward, infant_id: int, *, physician: str, reason: str, who: str, secret: str = ""
) -> int:
    """Record that an infant cannot be evaluated, with the reason; ``secret`` as in `decide`.

    Raises:
        Refused: it is recorded already, no reason is given, or the protocol has no DLT period.
    """
    found = _evaluation(ward, infant_id)
    reasons = [*why_no_physician(ward, physician), *_texts(reason)]
    if found.review.not_evaluable is not None:
        reasons.append("It is recorded already that this infant is not evaluable.")
    if reasons:
        raise Refused(*reasons)
    confirm_physician(ward, secret)
    act = "recorded that the DLT evaluation is not possible"
    with ward.store.change(named(who), act, ward.now()) as change:
        return change.add(
            DltNotEvaluable,
            infant_id=infant_id,
            physician=named(physician),
            reason=reason.strip(),
        )


@one_act
def take_back_not_evaluable(
    ward: Ward, infant_id: int, reason: str, *, who: str, secret: str = ""
) -> None:
    """Say that the infant can be evaluated after all, with the reason; ``secret`` as in `decide`."""
    standing = [row for row in _evaluation(ward, infant_id).off if row.voided_at is None]
    if not standing:
        raise Refused("It is not recorded that this infant is not evaluable.")
    reasons = why_not_taken_back(ward, who)
    if not reason.strip():
        reasons.append("Taking it back needs its reason: say what changed.")
    if reasons:
        raise Refused(*reasons)
    confirm_physician(ward, secret)
    act = "took back that the DLT evaluation is not possible"
    with ward.store.change(named(who), act, ward.now()) as change:
        change.void(DltNotEvaluable, standing[0].id, reason.strip())


def _evaluation(ward: Ward, infant_id: int) -> Evaluation:
    facts = facts_of(ward, infant_id)
    found = evaluation_of(ward, facts)
    if found is None:
        raise Refused(f"{facts.protocol.title} has no DLT period: there is nothing to decide.")
    if found.review.opened is None:
        raise Refused("The DLT period has not begun: there is nothing to decide.")
    return found


def _row(found: Evaluation, toxicity_id: int) -> Reviewed:
    for row in found.review.reviewed:
        if row.toxicity.key == key_of(toxicity_id):
            return row
    raise Refused("This toxicity is not in the log any more: it was struck out.")


def _texts(reason: str) -> list[str]:
    reasons = []
    if not reason.strip():
        reasons.append("A decision needs its reason: say why.")
    if len(reason) > LONGEST_TEXT:
        reasons.append(f"The reason is too long: at most {LONGEST_TEXT} letters.")
    return reasons
