"""Orders struck out before they are given: sent back by who verifies, withdrawn by who prescribes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bedside.store.signature_records import DoseOrder
from bedside.units.refusal import Refused
from bedside.ward.due import dose_record
from bedside.ward.one_act import one_act
from bedside.ward.order_acts import counted, meanings_of, shown_order
from bedside.ward.orders import SENT_BACK, TABLE, known_of
from bedside.ward.people import named, person_key
from bedside.ward.signatures import check_signer, state_from, strike_signed
from bedside.ward.views.orders import OrderRow
from bedside.ward.views.signatures import Signer
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

WITHDRAWN = "withdrawn"


@one_act
def send_back(
    ward: Ward,
    infant_id: int,
    rows: Sequence[OrderRow],
    reason: str,
    signer: Signer,
    *,
    who: str,
) -> None:
    """Refuse to verify orders: each is struck out with the reason, and the prescriber sees both.

    Raises:
        Refused: no reason, a role that does not verify, or an order is no longer to be verified.
    """
    who = named(who)
    if not rows:
        raise Refused("Tick at least one order: nothing was sent back.")
    if not reason.strip():
        raise Refused("Why is it not verified? The prescriber needs the reason.")
    check_signer(ward, signer, "verified")
    with ward.store.change(who, f"sent back {counted(len(rows))}", ward.now()) as change:
        known = known_of(ward, change.connection, infant_id)
        for row in rows:
            order = shown_order(known, row)
            if "verified" in meanings_of(ward, change, order.id):
                raise Refused(f"{row.words} is verified already: nothing was changed.")
            strike_signed(change, DoseOrder, order.id, f"{SENT_BACK}{reason.strip()}")


@one_act
def withdraw(
    ward: Ward,
    infant_id: int,
    rows: Sequence[OrderRow],
    reason: str,
    signer: Signer,
    *,
    who: str,
) -> None:
    """Take prescribed doses back before they are given: each order is struck out with the reason.

    Whoever prescribed takes her own back, and another who may prescribe does so in her own name:
    a wrong order must not wait for its author. Verified and released orders are taken back, too.

    Args:
        ward: the ward.
        infant_id: the infant.
        rows: the orders as they were shown.
        reason: why; it stays with the order and with every signature on it.
        signer: who takes them back, confirmed.
        who: who records.

    Raises:
        Refused: no reason, a role that does not prescribe, an order that does not stand as it was
            shown, or a vial of it that runs; nothing of it is kept.
    """
    who = named(who)
    if not rows:
        raise Refused("Tick at least one order: nothing was withdrawn.")
    if not reason.strip():
        raise Refused("Why is it withdrawn? Pharmacy and bedside need the reason.")
    check_signer(ward, signer, "prescribed")
    with ward.store.change(who, f"withdrew {counted(len(rows))}", ward.now()) as change:
        known = known_of(ward, change.connection, infant_id)
        for row in rows:
            order = shown_order(known, row)
            dose = known.planned[row.key]
            record = dose_record(known.facts, dose)
            if record is not None and record.state == "vial running":
                raise Refused(
                    f"The vial of {row.words} runs: discard it first, with the reason. "
                    "Nothing was withdrawn."
                )
            strike_signed(
                change,
                DoseOrder,
                order.id,
                f"{_withdrawn(ward, change, order.id, signer)}: {reason.strip()}",
            )


def _withdrawn(ward: Ward, change: "Change", order_id: int, signer: Signer) -> str:
    """Who took it back, beside whose order it was."""
    prescribed = state_from(ward, change.connection, TABLE, order_id).of("prescribed")
    author = prescribed[-1] if prescribed else None
    if author is None or person_key(signer.name) == person_key(author.name):
        return f"{WITHDRAWN} by {signer.name}, who prescribed it"
    return f"{WITHDRAWN} by {signer.name}, prescribed by {author.name}"
