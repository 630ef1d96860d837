"""A physician has seen a dose that was given far from what was meant, and signs what she decided."""

from typing import TYPE_CHECKING

from bedside.store.dose_records import GivenSeen
from bedside.store.queries import of_infant
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.far_given import FarGiven, far_given
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.signatures import check_signer, sign, strike_signed
from bedside.ward.views.signatures import Signer
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

TABLE = "given_seen"


def seen_forms(ward: Ward, infant_id: int) -> tuple[FarGiven, ...]:
    """The far doses of an infant that no physician has seen yet."""
    return far_given(ward, facts_of(ward, infant_id))


@one_act
def sign_seen(
    ward: Ward, infant_id: int, shown: FarGiven, decided: str, signer: Signer, *, who: str
) -> int:
    """Keep and sign that a physician has seen a far dose, and what she decided.

    Args:
        ward: the ward.
        infant_id: the infant.
        shown: the dose as it was shown, from `seen_forms`.
        decided: what she decided, in words.
        signer: from `confirmed_signer`.
        who: who records.

    Raises:
        Refused: nothing is said, her role does not prescribe, or what was shown does not hold any
            more: seen already, or struck out. Nothing is signed then.
    """
    who = named(who)
    if not decided.strip():
        raise Refused("What was decided? Say it in words, also where nothing is to be done.")
    check_signer(ward, signer, "prescribed")
    if shown not in seen_forms(ward, infant_id):
        raise Refused("This is not as it was shown any more: nothing was signed. Look again.")
    act = f"saw a far dose: {shown.title}, {shown.told}"
    with ward.store.change(who, act, ward.now()) as change:
        row_id = change.add(
            GivenSeen,
            infant_id=infant_id,
            dose_id=shown.dose_id,
            told=f"{shown.title}, {shown.told}",
            decided=decided.strip(),
        )
        sign(
            ward,
            change,
            infant_id=infant_id,
            table_name=TABLE,
            row_id=row_id,
            meaning="prescribed",
            signer=signer,
        )
        return row_id


def strike_seen(change: "Change", dose_id: int, infant_id: int, reason: str) -> None:
    """Strike out that a far dose was seen, when the record of the dose is struck out."""
    for row in of_infant(change.connection, GivenSeen, infant_id):
        if row.dose_id == dose_id:
            strike_signed(change, GivenSeen, row.id, reason)
