"""What signing a decision on a dose by mouth brings into force: the jump, and the steps before it.

Decision: a pharmacist verifies a change of the dose that is signed, not of the decision before. Two
decisions of twice the dose each, a minute apart, are one of four times the dose; so the steps are
signed in their order, or struck out. A lower dose and a stop never wait for an earlier decision.
"""

from bedside.store.queries import one
from bedside.store.records import Titration
from bedside.units.dates import write_date
from bedside.ward.signatures import signature_state
from bedside.ward.titration import dose_so_far, signed_titrations
from bedside.ward.titration_change import dose_step
from bedside.ward.titration_page import from_words
from bedside.ward.titration_rows import titrations_of
from bedside.ward.titration_signing import TABLE, waiting_rows
from bedside.ward.views.maintenance import DoseStep, NewTitration
from bedside.ward.ward import Ward


def jump_words(ward: Ward, titration_id: int) -> str:
    """The dose that is signed, the change from it and each decision between that waits, in words.

    Args:
        ward: the ward.
        titration_id: a decision that waits for a signature.
    """
    with ward.store.reading() as connection:
        row = one(connection, Titration, titration_id)
    signed = signed_titrations(ward, row.infant_id, _before(ward, row))
    held = f"Signed and in force: {from_words(signed[-1])}." if signed else "No dose is signed yet."
    return " ".join((held, _step(ward, row).words, *_open_words(ward, row, "")))


def why_not_past(ward: Ward, row: Titration, meaning: str) -> list[str]:
    """Why a decision is not signed yet: a raise past one that waits, or far above what is signed.

    Args:
        ward: the ward.
        row: the decision.
        meaning: "verified" or "released".
    """
    step = _step(ward, row)
    head = f"{ward.drugs.display_name(row.drug)} from {write_date(row.from_on)}"
    if step.far and row.decision != "accepted":
        return [f"{head}: {step.far} Strike it out if it is wrong. Nothing was signed."]
    signed = signed_titrations(ward, row.infant_id, _before(ward, row))
    if dose_so_far(row).stopped or (signed and not step.raises):
        return []
    waiting = _open_words(ward, row, meaning)
    if not waiting:
        return []
    first = "Sign that first, or have it struck out. Nothing was signed."
    return [f"{head}: {step.words} {' '.join(waiting)} {first}"]


def _step(ward: Ward, row: Titration) -> DoseStep:
    dose = dose_so_far(row)
    amount = None if dose.amount is None else dose.amount.value
    form = NewTitration(row.drug, row.from_on, "recorded", dose.percent, amount)
    return dose_step(ward, row.infant_id, form, but=row.id)


def _before(ward: Ward, row: Titration) -> list[Titration]:
    return [
        other
        for other in titrations_of(ward, row.infant_id)
        if other.drug == row.drug and other.from_on < row.from_on
    ]


def _open_words(ward: Ward, row: Titration, meaning: str) -> list[str]:
    """The decisions before that wait, or that wait for one signature, in words."""
    return [
        f"Before it, {from_words(other)} is NOT {waiting.upper()} yet."
        for other, waiting in waiting_rows(ward, _before(ward, row))
        if not meaning or not signature_state(ward, TABLE, other.id).of(meaning)
    ]
