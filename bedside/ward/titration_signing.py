"""Doses by mouth, signed as every order is: prescribed, verified by a pharmacist, released.

A decision on a dose by mouth is the prescription of that drug until the next one, so it is what is
verified and released; there is no dose of a day to sign. The ward's file of roles says which of the
steps a dose by mouth needs. The blind check by two belongs to a dose that is given here: these are
given at home.
"""

from collections.abc import Iterable

from bedside.store.queries import one
from bedside.store.records import Titration
from bedside.units.dates import write_date, write_date_time
from bedside.units.refusal import Refused
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.roles import role_book
from bedside.ward.signatures import check_signer, same_person, sign, signature_state, state_from
from bedside.ward.views.signatures import SignatureState, Signer
from bedside.ward.ward import Ward

TABLE = "titration"
_CHECKED = "checked"


def steps_by_mouth() -> tuple[str, ...]:
    """The signatures that a decision needs, in their order."""
    return tuple(step for step in role_book().order["mouth"].steps if step != _CHECKED)


def next_step(state: SignatureState) -> str:
    """What is to be signed next on a decision: "verified", "released"; "" where nothing is."""
    return next((step for step in steps_by_mouth() if not state.of(step)), "")


def waiting_for(ward: Ward, titration_id: int) -> str:
    """What a decision waits for: "verified", "released"; "" where every step is signed."""
    return next_step(signature_state(ward, TABLE, titration_id))


def signed_words(ward: Ward, titration_id: int) -> str:
    """Who signed a decision and what is still open, in words."""
    state = signature_state(ward, TABLE, titration_id)
    said = [f"{one.meaning} {write_date_time(one.at)}, {one.name}" for one in state.signed]
    waiting = next_step(state)
    return "; ".join((*said, f"NOT {waiting.upper()} yet") if waiting else said)


def unsigned_words(ward: Ward, rows: Iterable[Titration]) -> tuple[str, ...]:
    """Every decision that counts from its day on or is coming, and waits for a signature.

    Args:
        ward: the ward.
        rows: the decisions of one infant that stand, the oldest first.
    """
    return tuple(
        f"{name}: NOT {waiting.upper()} yet (Decisions)"
        for name, waiting in waiting_decisions(ward, rows)
    )


def waiting_decisions(ward: Ward, rows: Iterable[Titration]) -> tuple[tuple[str, str], ...]:
    """The same as pairs: "mercaptopurine from 21-Nov-2026", and what it is to be: "verified"."""
    return tuple(
        (f"{ward.drugs.display_name(row.drug)} from {write_date(row.from_on)}", waiting)
        for row, waiting in waiting_rows(ward, rows)
    )


def waiting_rows(ward: Ward, rows: Iterable[Titration]) -> list[tuple[Titration, str]]:
    """Each drug's decisions that wait, the oldest first, with what they are to be: "verified".

    One that a later decision has overtaken, signed in full and begun, comes into force no more.
    """
    of_drug: dict[str, list[Titration]] = {}
    for row in rows:
        of_drug.setdefault(row.drug, []).append(row)
    return [found for own in of_drug.values() for found in _still_waiting(ward, own)]


def _still_waiting(ward: Ward, own: list[Titration]) -> list[tuple[Titration, str]]:
    today, found = ward.today(), []
    for row in reversed(own):
        waiting = waiting_for(ward, row.id)
        if waiting:
            found.append((row, waiting))
        elif row.from_on <= today:
            break
    return found[::-1]


@one_act
def sign_decision(
    ward: Ward, titration_id: int, meaning: str, signer: Signer, *, who: str, alone: bool = False
) -> None:
    """Verify or release a decision.

    Args:
        ward: the ward.
        titration_id: the decision.
        meaning: "verified" or "released".
        signer: from `confirmed_signer`.
        who: who records.
        alone: she signed the step before, too, and says that nobody else can now.

    Raises:
        Refused: it is struck out, another step comes first, her role may not, she prescribed it, she
            verified it and has not said that nobody else can release it, or it raises the dose past
            an earlier decision that waits, or far above the dose that is signed.
    """
    from bedside.ward.titration_jump import why_not_past

    check_signer(ward, signer, meaning)
    with ward.store.reading() as connection:
        row = one(connection, Titration, titration_id)
    name = f"{ward.drugs.display_name(row.drug)} from {write_date(row.from_on)}"
    barred = why_not_past(ward, row, meaning)
    if barred:
        raise Refused(*barred)
    act = f"{meaning} the dose of {name}"
    with ward.store.change(named(who), act, ward.now()) as change:
        state = state_from(ward, change.connection, TABLE, titration_id)
        waiting = next_step(state)
        if waiting != meaning:
            what = f"it is to be {waiting} next" if waiting else "every step is signed"
            raise Refused(f"{name}: {what}. Nothing was signed.")
        from bedside.ward.order_acts import why_another  # not to see what waits

        reasons = why_another(state, signer, (name, meaning))
        if reasons:
            raise Refused(*reasons)
        if _also(state, signer, meaning) and not alone:
            raise Refused(
                f"{name}: verified by {signer.name}, too. Another person releases it, or say that "
                "nobody else can now. Nothing was signed."
            )
        sign(
            ward,
            change,
            infant_id=row.infant_id,
            table_name=TABLE,
            row_id=titration_id,
            meaning=meaning,
            signer=signer,
        )


def _also(state: SignatureState, signer: Signer, meaning: str) -> bool:
    """Whether she signed before what she is asked about."""
    asked = {
        before
        for act in role_book().acts.values()
        if meaning in act.signs
        for before in act.asked_after
    }
    return any(same_person(signer, one) for before in asked for one in state.of(before))
