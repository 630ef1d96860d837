"""A physician decides what is given after an infusion was broken off, signs it, and says why."""

from typing import TYPE_CHECKING

from bedside.protocol.schedule import ProjectedDose
from bedside.store.infusion_records import InfusionPart, RestDecision
from bedside.store.records import DoseRecord
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount
from bedside.ward.broken_off import broken_words
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.rest import SAID, Decision, RestState, key_of_record, rest_state
from bedside.ward.signatures import check_signer, sign, strike_signed
from bedside.ward.views.orders import OrderKey
from bedside.ward.views.rest import RestForm
from bedside.ward.views.signatures import Signer
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

TABLE = "rest_decision"


def rest_forms(ward: Ward, infant_id: int) -> tuple[RestForm, ...]:
    """Every broken-off infusion on which a physician has still to decide, with the arithmetic."""
    from bedside.ward.rest import open_rests

    facts = facts_of(ward, infant_id)
    return tuple(_form(ward, facts, state) for state in open_rests(facts))


@one_act
def decide_rest(
    ward: Ward,
    infant_id: int,
    form: RestForm,
    decision: Decision,
    reason: str,
    signer: Signer,
    *,
    who: str,
) -> int:
    """Keep and sign what a physician decided; what is given is then prescribed as every dose is.

    Args:
        ward: the ward.
        infant_id: the infant.
        form: the broken-off infusion as it was shown.
        decision: the rest, the whole dose again, or nothing more.
        reason: why.
        signer: from `confirmed_signer`.
        who: who records.

    Raises:
        Refused: no reason, a role that does not prescribe, it was decided already, what is shown
            does not hold any more, or the rest is not known.
    """
    who = named(who)
    _check_signing(ward, signer, reason)
    facts = facts_of(ward, infant_id)
    state = rest_state(facts, form.key)
    if state is None or not state.is_open or _form(ward, facts, state) != form:
        raise Refused("This is not as it was shown any more: nothing was signed. Look again.")
    _check_chosen(form, decision)
    amount = form.remains if decision == "rest" else None
    with ward.store.change(who, f"decided: {SAID[decision]}", ward.now()) as change:
        row_id = change.add(
            RestDecision,
            infant_id=infant_id,
            dose_id=state.row.id,
            decision=decision,
            amount=None if amount is None else amount.value,
            unit="" if amount is None else amount.unit,
            reason=reason.strip(),
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


def _check_chosen(form: RestForm, decision: Decision) -> None:
    """Refuse a rest that nobody can work out, and a whole dose again that passes a stop."""
    if decision == "rest" and form.remains is None:
        raise Refused(f"The rest cannot be worked out: {form.why_not} Nothing was signed.")
    if decision == "whole" and form.over:
        raise Refused(*form.over, "Nothing was signed. Decide on the rest, or on nothing more.")


def _check_signing(ward: Ward, signer: Signer, reason: str) -> None:
    """Refuse a decision without a reason, or of a role that does not prescribe."""
    if not reason.strip():
        raise Refused("Why is it decided so? Give the reason.")
    check_signer(ward, signer, "prescribed")


def strike_parts(change: "Change", dose_id: int, infant_id: int, reason: str) -> None:
    """Strike out what hangs on the record of a broken-off infusion, when the record is struck out."""
    from bedside.store.queries import of_infant

    for part in of_infant(change.connection, InfusionPart, infant_id):
        if part.dose_id == dose_id:
            change.void(InfusionPart, part.id, reason)
    for row in of_infant(change.connection, RestDecision, infant_id):
        if row.dose_id == dose_id:
            strike_signed(change, RestDecision, row.id, reason)


def _form(ward: Ward, facts: InfantFacts, state: RestState) -> RestForm:
    key = key_of_record(state.row)
    whole = _whole(ward, facts, state.row)
    given, why_not = state.given, ""
    remains: DrugAmount | None = None
    if given is None:
        why_not = "how much went in is not known."
    elif whole is None:
        why_not = "the whole dose cannot be worked out now: the Orders say why."
    elif given.unit != whole.unit or given.value >= whole.value:
        why_not = f"{write_amount(given)} went in, the whole dose is {write_amount(whole)}."
    elif given.value == 0:
        why_not = "nothing went in: the rest is the whole dose."
    else:
        remains = DrugAmount(whole.value - given.value, whole.unit)
    in_all = None
    if given is not None and whole is not None and given.unit == whole.unit:
        in_all = DrugAmount(whole.value + given.value, whole.unit)
    return RestForm(
        dose_id=state.row.id,
        key=key,
        title=_title(ward, facts, key),
        told=broken_words(state.row),
        whole=whole,
        given=given,
        remains=remains,
        why_not=why_not,
        in_all=in_all,
        over=() if in_all is None else _over(ward, facts, state.row, in_all),
    )


def _over(ward: Ward, facts: InfantFacts, row: DoseRecord, in_all: DrugAmount) -> tuple[str, ...]:
    """Whether the day would pass the stop for one dose, with the whole dose again (hazard H2).

    The stop per kg is not asked: it looks for slips of the weight, and the sum is said to whoever
    decides.
    """
    from bedside.protocol.dose_bounds import safety_faults
    from bedside.ward.due import plan_of

    name = ward.drugs.display_name(row.drug)
    site = ward.values_for(facts.protocol.key, row.course_key)
    faults, _ = safety_faults(name, plan_of(facts, _planned(row)), in_all, None, site)
    day = "The whole dose again, together with what went in"
    return tuple(f"{day}: {fault}" for fault in faults)


def _whole(ward: Ward, facts: InfantFacts, row: DoseRecord) -> DrugAmount | None:
    """The whole dose as it is worked out now."""
    from bedside.ward.worked import worked_dose

    return worked_dose(ward, facts, _planned(row)).prepared


def _planned(row: DoseRecord) -> ProjectedDose:
    return ProjectedDose(row.due_on, row.course_key, row.course_day, None, row.drug, row.route)


def _title(ward: Ward, facts: InfantFacts, key: OrderKey) -> str:
    course = facts.protocol.course(key[0]).title
    return f"{ward.drugs.display_name(key[2])}, {course} day {key[1]}"
