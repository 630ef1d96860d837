"""Settling what a restore lost: a dose taken over as it was, an act entered again, or not so and why."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from bedside.store.queries import one
from bedside.store.records import DoseRecord
from bedside.store.restored_records import RestoredAct, RestoredSettling
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.restored_again import of_day_then, record_as_it_was, was_begun
from bedside.ward.restored_blocks import OF_A_DOSE, planned_of, was_broken
from bedside.ward.restored_like import is_compared, was_entered
from bedside.ward.restored_open import open_acts
from bedside.ward.roles import role_book
from bedside.ward.signatures import NO_ROLE
from bedside.ward.views.signatures import Signer
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

_MOST_LETTERS = 120  # of an act, in a refusal; the list tells it whole


@one_act
def take_over(ward: Ward, act_id: int, signer: Signer, *, who: str) -> None:
    """Record a dose that was given again as it stood in the ward that was replaced, and settle it.

    Args:
        ward: the ward.
        act_id: an act about a dose.
        signer: who says that it was given.
        who: who records.

    Raises:
        Refused: it is settled, was recorded meanwhile, or nothing of it is at hand.
    """
    _check_role(ward, signer)
    facts = _facts(ward, act_id)
    act, who = "took over a dose that a restore lost", named(who)
    with _changing(ward, facts, who, act) as change:
        row = _open_act(change, act_id)
        if facts is None or row.kind != "dose" or not row.content:
            raise Refused("Only a dose whose record is at hand can be taken over.")
        _refuse_later(change, row)
        record_as_it_was(change, ward, facts, row, who)
        _settle(change, row, "entered again", "taken over as it was", signer)


def _changing(
    ward: Ward, facts: InfantFacts | None, who: str, act: str
) -> AbstractContextManager["Change"]:
    """An infusion that was broken off ends its order, here as it did there."""
    if facts is None:
        return ward.store.change(who, act, ward.now())
    from bedside.ward.order_ending import changing_doses

    return changing_doses(ward, facts.infant.id, who, act)


def _refuse_later(change: "Change", row: RestoredAct) -> None:
    """Infusions of one dose are taken over in the order in which they ran: the last one counts on."""
    for other in open_acts(change.connection, row.infant_id):
        same = other.kind == "dose" and planned_of(other) == planned_of(row)
        if same and (other.done_at, other.id) < (row.done_at, row.id):
            raise Refused(
                f"An earlier infusion of this dose is not settled yet: {other.words.rstrip('.')}. "
                "Settle that line first. Nothing was taken over."
            )


@one_act
def entered_again(ward: Ward, act_ids: Sequence[int], signer: Signer, *, who: str) -> None:
    """Settle acts as entered again.

    Raises:
        Refused: one is settled, or the like of one is not recorded in this ward.
    """
    _check_role(ward, signer)
    _check_some(act_ids)
    missing = [words for act_id in act_ids if (words := _not_entered(ward, act_id))]
    if missing:
        raise Refused(*missing)
    act = "settled what a restore lost: entered again"
    with ward.store.change(named(who), act, ward.now()) as change:
        _settle_each(change, act_ids, "entered again", "", signer)


@one_act
def not_so(ward: Ward, act_ids: Sequence[int], reason: str, signer: Signer, *, who: str) -> None:
    """Settle acts as not so, with the reason: a dose was not given after all, a count was another's.

    Raises:
        Refused: one is settled, or the reason is missing; a dose is settled on its own.
    """
    _check_role(ward, signer)
    _check_some(act_ids)
    if not reason.strip():
        raise Refused("Not so: say why. Nothing was settled.")
    act = "settled what a restore lost: not so"
    with ward.store.change(named(who), act, ward.now()) as change:
        rows = [_open_act(change, act_id) for act_id in act_ids]
        if len(rows) > 1 and any(row.kind in OF_A_DOSE for row in rows):
            raise Refused(
                "A dose that was not given is settled on its own, with its own reason: choose one."
            )
        _settle_each(change, act_ids, "not so", reason.strip(), signer)


def _settle_each(
    change: "Change", act_ids: Sequence[int], outcome: str, reason: str, signer: Signer
) -> None:
    for act_id in dict.fromkeys(act_ids):
        _settle(change, _open_act(change, act_id), outcome, reason, signer)


def _settle(change: "Change", row: RestoredAct, outcome: str, reason: str, signer: Signer) -> None:
    """Settle one line, and no other."""
    change.add(
        RestoredSettling,
        act_id=row.id,
        infant_id=row.infant_id,
        outcome=outcome,
        reason=reason,
        name=signer.name,
        role=signer.role,
    )


def _open_act(change: "Change", act_id: int) -> RestoredAct:
    for row in open_acts(change.connection):
        if row.id == act_id:
            return row
    raise Refused("This is settled already: nothing was changed. Look again.")


def _facts(ward: Ward, act_id: int) -> InfantFacts | None:
    with ward.store.reading() as connection:
        infant_id = one(connection, RestoredAct, act_id).infant_id
    return None if infant_id is None else facts_of(ward, infant_id)


def _not_entered(ward: Ward, act_id: int) -> str:
    """Why an act cannot be called entered again; "" where it can, or where nobody can know."""
    with ward.store.reading() as connection:
        row = one(connection, RestoredAct, act_id)
        if is_compared(row):
            return "" if was_entered(connection, row) else _nothing_like(row)
    planned, facts = planned_of(row), _facts(ward, act_id)
    if row.kind not in OF_A_DOSE or planned is None or facts is None:
        return ""
    if any(_is_as_far(dose, row) for dose in facts.doses):
        return ""
    name = ward.drugs.display_name(planned[2])
    on = "" if row.due_on is None else f" ({write_date(row.due_on)})"
    return (
        f"{name} of day {planned[1]}{on} is not recorded as far in this ward: take it over as it "
        "was, or record it first. Nothing was settled."
    )


def _nothing_like(row: RestoredAct) -> str:
    words = row.words if len(row.words) <= _MOST_LETTERS else f"{row.words[:_MOST_LETTERS]} …"
    return (
        f"{words.rstrip('.')}: nothing like it has been recorded since the restore. Enter it first, "
        "or settle it as not so, with the reason: not done, or kept on paper. Nothing was settled."
    )


def _is_as_far(dose: DoseRecord, row: RestoredAct) -> bool:
    """Whether a dose is recorded here, and as far as it was: a vial not started is no dose begun."""
    if (dose.course_key, dose.course_day, dose.drug, dose.route) != planned_of(row):
        return False
    if (of := of_day_then(row)) is not None and (dose.hour, dose.turn) not in (of, (None, None)):
        return False  # another dose of the same day
    if was_broken(row):
        return broken_off(dose) and broken_words(dose) in row.words
    begun = dose.state == "vial running" and dose.started_at is not None
    if dose.state == "given" or not row.content:
        return dose.state == "given" or begun
    return dose.state == "vial running" and (begun or not was_begun(row))


def _check_some(act_ids: Sequence[int]) -> None:
    if not act_ids:
        raise Refused("Choose at least one act: nothing was settled.")


def _check_role(ward: Ward, signer: Signer) -> None:
    """Refuse somebody whose role does not settle; a typed name without a role counts as none."""
    book = role_book()
    if signer.person_id is not None and ward.signed_in is not None:
        roles = ward.signed_in.roles
    else:
        said = book.role_said(signer.role)
        roles = (said,) if said else ()
        if signer.role in ("", NO_ROLE):
            raise Refused("Type name and role of who settles it, as “N. Berg, nurse”.")
    why = book.why_not(roles, "settle-restored")
    if why:
        raise Refused(why)
