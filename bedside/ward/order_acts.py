"""Prescribing, verifying and releasing orders; each is signed and all of it is one save."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bedside.protocol.schedule import ProjectedDose
from bedside.store.signature_records import DoseOrder
from bedside.units.refusal import Refused
from bedside.ward.editions import keep_edition
from bedside.ward.one_act import one_act
from bedside.ward.order_facts import OrderFacts, key_of
from bedside.ward.orders import TABLE, known_of, standing_order, why_not_prescribe
from bedside.ward.people import named
from bedside.ward.roles import role_book
from bedside.ward.signatures import (
    check_signer,
    same_person,
    sign,
    state_from,
    strike_signed,
    why_same,
)
from bedside.ward.two_identifiers import TwoIdentifiers, check_identifiers
from bedside.ward.values_digest import values_digest
from bedside.ward.views.orders import USUAL, OrderKey, OrderRow, ReleasedAs
from bedside.ward.views.signatures import SignatureState, Signer
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

_CHANGED = "The dose of {0} is not what was shown any more: nothing was signed. Go back and open this anew."


@one_act
def prescribe(
    ward: Ward,
    infant_id: int,
    rows: Sequence[OrderRow],
    identifiers: TwoIdentifiers,
    signer: Signer,
    *,
    who: str,
) -> tuple[int, ...]:
    """Order doses and sign each as prescribed.

    Args:
        ward: the ward.
        infant_id: the infant.
        rows: the doses as they were shown, from `order_board`.
        identifiers: as retyped from the band.
        signer: the physician, confirmed.
        who: who records.

    Returns:
        The numbers of the orders.

    Raises:
        Refused: with every reason; nothing of it is kept.
    """
    who = named(who)
    if not rows:
        raise Refused("Tick at least one dose: nothing was prescribed.")
    check_identifiers(ward, infant_id, identifiers)
    check_signer(ward, signer, "prescribed")
    act = f"prescribed {counted(len(rows))}"
    with ward.store.change(who, act, ward.now()) as change:
        known = known_of(ward, change.connection, infant_id)
        keep_edition(change, ward, known.facts.protocol.key)
        return tuple(_prescribe(change, known, row, signer) for row in rows)


@one_act
def verify(
    ward: Ward, infant_id: int, rows: Sequence[OrderRow], signer: Signer, *, who: str
) -> None:
    """Sign orders as verified.

    Raises:
        Refused: an order does not stand as it was shown, is verified already, or was prescribed by
            the same person; nothing of it is kept.
    """
    _sign_all(ward, infant_id, rows, signer, "verified", after="prescribed", who=who)


@one_act
def release(
    ward: Ward,
    infant_id: int,
    rows: Sequence[OrderRow],
    signer: Signer,
    *,
    who: str,
    said: ReleasedAs = USUAL,
) -> None:
    """Sign orders as released: what was prepared may be checked and given.

    Args:
        ward: the ward.
        infant_id: the infant.
        rows: the orders as they were shown.
        signer: from `confirmed_signer`.
        who: who records.
        said: what she says expressly; it stands on the record.

    Raises:
        Refused: an order is not verified or does not stand, she prescribed it herself, or it is of
            another day or verified by her and she has not said that this is meant.
    """
    other = [row for row in rows if row.on != ward.today()]
    if other and not said.keeps:
        raise Refused(
            f"{', '.join(row.words for row in other)}: not of today. Say that what is prepared now "
            "keeps until its own day, or release it on that day. Nothing was released."
        )
    own = also_signed(rows, signer, "release")
    if own and not said.alone:
        raise Refused(
            f"{', '.join(row.words for row in own)}: verified by {signer.name}, too. Another person "
            "releases it, or say that nobody else can now. Nothing was released."
        )
    words = ["of another day, it keeps until then"] if other else []
    words += ["verified by the same person, nobody else could"] if own else []
    _sign_all(ward, infant_id, rows, signer, "released", after="verified", who=who, words=words)


def also_signed(rows: Sequence[OrderRow], signer: Signer, act: str) -> list[OrderRow]:
    """The orders on which a person signed what she is asked about before she does an act."""
    asked = role_book().acts[act].asked_after
    return [
        row
        for row in rows
        if any((one := row.state.of(meaning)) and same_person(signer, one) for meaning in asked)
    ]


def _prescribe(change: "Change", known: OrderFacts, row: OrderRow, signer: Signer) -> int:
    dose = known.planned.get(row.key)
    if dose is None or dose.on != row.on:
        raise Refused(_CHANGED.format(row.words))
    reasons = why_not_prescribe(known, dose)
    if reasons:
        raise Refused(*(f"{row.words}: {reason}" for reason in reasons))
    if known.signed_steps(dose) != row.steps:
        raise Refused(_CHANGED.format(row.words))
    _replace_void(change, known, row)
    order_id = change.add(DoseOrder, **_columns(known, dose))
    sign(
        known.ward,
        change,
        infant_id=known.facts.infant.id,
        table_name=TABLE,
        row_id=order_id,
        meaning="prescribed",
        signer=signer,
    )
    return order_id


def _columns(known: OrderFacts, dose: ProjectedDose) -> dict[str, object]:
    """An order of a dose as it is worked out now, column by column."""
    amount, working, infant = known.amount(dose), known.working(dose), known.facts.infant
    if amount is None:
        raise Refused("The dose is not worked out: nothing was signed.")
    weight = known.facts.weight(known.ward.now()) if known.needs_weight(dose) else None
    protocol = known.facts.protocol
    return {
        "infant_id": infant.id,
        "course_key": dose.course_key,
        "course_day": dose.course_day,
        "drug": dose.drug,
        "route": dose.route,
        "due_on": dose.on,
        "amount": amount.value,
        "unit": amount.unit,
        "doses_per_day": working.doses_per_day or 1,
        "measurement_id": None if weight is None else weight.id,
        "rule": known.rule(dose),
        "share": known.share(dose),
        "steps": "\n".join(known.signed_steps(dose)),
        "protocol_edition": protocol.edition,
        "protocol_digest": protocol.digest,
        "values_digest": values_digest(known.ward.values_for(protocol.key, dose.course_key)),
        "family": infant.family,
        "given": infant.given,
        "born": infant.born,
        "hospital_number": infant.hospital_number,
    }


def _replace_void(change: "Change", known: OrderFacts, row: OrderRow) -> None:
    """A void order makes room for the new one; one that stands is not written over."""
    before: dict[OrderKey, DoseOrder] = {
        (one.course_key, one.course_day, one.drug, one.route): one
        for one in known.standing_orders()
    }
    order = before.get(row.key)
    if order is None:
        return
    ended = known.why_ended(order)
    if not ended:
        raise Refused(f"{row.words} is ordered already: nothing was signed.")
    strike_signed(change, DoseOrder, order.id, "; ".join(ended))


def _sign_all(
    ward: Ward,
    infant_id: int,
    rows: Sequence[OrderRow],
    signer: Signer,
    meaning: str,
    *,
    after: str,
    who: str,
    words: Sequence[str] = (),
) -> None:
    who = named(who)
    if not rows:
        raise Refused("Tick at least one order: nothing was signed.")
    act = "; ".join((f"{meaning} {counted(len(rows))}", *words))
    with ward.store.change(who, act, ward.now()) as change:
        known = known_of(ward, change.connection, infant_id)
        for row in rows:
            order = shown_order(known, row)
            done = meanings_of(ward, change, order.id)
            if meaning in done:
                raise Refused(f"{row.words} is {meaning} already: nothing was signed. Go back.")
            if after not in done:
                raise Refused(f"{row.words} is not {after} yet: nothing was signed. Go back.")
            _another(ward, change, order.id, signer, (row, meaning))
            sign(
                ward,
                change,
                infant_id=infant_id,
                table_name=TABLE,
                row_id=order.id,
                meaning=meaning,
                signer=signer,
            )


def shown_order(known: OrderFacts, row: OrderRow) -> DoseOrder:
    """The order that was shown, where it still stands as it was shown.

    Raises:
        Refused: it does not stand any more, or says another dose than was shown.
    """
    order = standing_order(known, row.state.order_id or 0)
    planned = known.planned.get(row.key)
    if planned is None or key_of(planned) != row.key or order.amount != row.state.amount:
        raise Refused(_CHANGED.format(row.words))
    return order


def meanings_of(ward: Ward, change: "Change", order_id: int) -> set[str]:
    """What is signed on an order.

    Raises:
        Refused: a signature on it does not stand any more.
    """
    state = state_from(ward, change.connection, TABLE, order_id)
    if state.why:
        raise Refused(f"A signature on this order does not stand: {state.why}. Nothing was signed.")
    return {one.meaning for one in state.signed}


def _another(
    ward: Ward, change: "Change", order_id: int, signer: Signer, what: tuple[OrderRow, str]
) -> None:
    row, meaning = what
    state = state_from(ward, change.connection, TABLE, order_id)
    reasons = why_another(state, signer, (row.words, meaning))
    if reasons:
        raise Refused(*reasons)


def why_another(state: SignatureState, signer: Signer, what: tuple[str, str]) -> tuple[str, ...]:
    """Why somebody who signed a record may not sign it in a further meaning; empty where she may.

    Args:
        state: what is signed on it.
        signer: who would sign.
        what: the record in words, and the meaning.
    """
    words, meaning = what
    acts = [act for act in role_book().acts.values() if meaning in act.signs]
    for barred in (before for act in acts for before in act.never_after):
        for one in state.of(barred):
            if same_person(signer, one):
                said = (
                    f"{words} was {barred} by {one.name}: another person verifies and releases it."
                )
                return (said, *why_same(one, signer))
    return ()


def counted(doses: int) -> str:
    """As "1 dose" or "3 doses", for the ward's record."""
    return "1 dose" if doses == 1 else f"{doses} doses"
