"""Whether a physician's DLT decision stands on a toxicity: told before anybody corrects what it rests on."""

from datetime import datetime

from msgspec import Struct

from bedside.store.dlt_records import DltDecision
from bedside.store.queries import of_infant, one
from bedside.store.records import Toxicity
from bedside.units.refusal import Refused
from bedside.ward.ward import Ward


class StandingDecision(Struct, frozen=True):
    """The newest decision that nobody has taken back."""

    term: str
    verdict: str  # "counts", "does not count"
    physician: str
    at: datetime
    reason: str


def standing_decision(ward: Ward, toxicity_id: int) -> StandingDecision | None:
    """What a physician decided about a toxicity and nobody took back; None where nothing stands."""
    with ward.store.reading() as connection:
        toxicity = one(connection, Toxicity, toxicity_id)
        decisions = of_infant(connection, DltDecision, toxicity.infant_id)
    standing = [row for row in decisions if row.toxicity_id == toxicity_id]
    if not standing:
        return None
    row = standing[-1]
    at = ward.local(row.recorded_at)
    return StandingDecision(toxicity.term, row.verdict, row.physician, at, row.reason)


def why_not_struck_out(ward: Ward, toxicity_id: int) -> str:
    """Why a toxicity that was decided on is not struck out, and the way; "" where it may be.

    Whoever records toxicities would undo by the way what a physician has signed, and the cohort's
    rate with it. The decision is taken back first, by whom that is for; then the toxicity goes.
    """
    found = standing_decision(ward, toxicity_id)
    if found is None:
        return ""
    return (
        f"{found.physician} decided that {found.term} {found.verdict} as a DLT. Nothing was struck "
        "out: a physician takes that decision back first, on the page DLT; then this toxicity can "
        "be struck out."
    )


def refuse_decided(ward: Ward, toxicity_id: int) -> None:
    """Refuse to strike out a toxicity that was decided on.

    Raises:
        Refused: a decision stands; says whose, and the way.
    """
    why = why_not_struck_out(ward, toxicity_id)
    if why:
        raise Refused(why)
