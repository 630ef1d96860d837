"""Whether a physician's DLT decision stands on a toxicity, which then is not struck out under it."""

from bedside.store.dlt_records import DltDecision
from bedside.store.queries import of_infant, one
from bedside.store.records import Toxicity
from bedside.units.refusal import Refused
from bedside.ward.ward import Ward


def refuse_decided(ward: Ward, toxicity_id: int) -> None:
    """Refuse to strike out a toxicity that was decided on.

    Whoever records toxicities would undo by the way what a physician has signed, and the cohort's
    rate with it. The decision is taken back first, by whom that is for; then the toxicity goes.

    Raises:
        Refused: a decision stands; says whose, and the way.
    """
    with ward.store.reading() as connection:
        toxicity = one(connection, Toxicity, toxicity_id)
        decisions = of_infant(connection, DltDecision, toxicity.infant_id)
    standing = [row for row in decisions if row.toxicity_id == toxicity_id]
    if standing:
        raise Refused(
            f"{standing[-1].physician} decided that {toxicity.term} {standing[-1].verdict} as a "
            "DLT. Nothing was struck out: a physician takes that decision back first, on the page "
            "DLT; then this toxicity can be struck out."
        )
