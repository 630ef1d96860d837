"""Recording what a person decides about a dose by mouth in Maintenance.

The program decides nothing: a proposal is accepted, decided against with a reason, or what was
decided elsewhere is recorded without argument. Nothing is erased; a wrong row is struck out.

Every decision is signed as a prescription is: by whom the ward's file of roles lets prescribe, by a
typed role where there are no accounts. A dose that is raised needs its reason, the rule's own too;
what was decided elsewhere is asked for none: only what looks like a slip of the pen is asked about.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from bedside.protocol.titration_facts import MOST_PERCENT
from bedside.store.queries import one
from bedside.store.records import Titration
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.units.writer import write_number
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.signatures import Signer, check_signer, sign, strike_signed, why_not_sign
from bedside.ward.titration_change import dose_step
from bedside.ward.titration_page import from_words, maintenance_page
from bedside.ward.titration_rows import titrations_of
from bedside.ward.titration_signing import signed_words
from bedside.ward.views.maintenance import DrugLine, NewTitration
from bedside.ward.ward import Ward

MOST_DAYS_AHEAD = 7  # [judgement] a dose is decided at a visit, for now or for the coming week
LONGEST_TEXT = 400
TABLE = "titration"
SIGNED = "prescribed"  # a dose by mouth is decided by whoever may prescribe
DECISIONS = ("accepted", "overridden", "recorded")
_ASKS_WHY = ("never by default.", "reason: say why.")


def asks_why(reasons: Iterable[str]) -> bool:
    """Whether a decision was refused because it says no reason, so that its field is shown."""
    return any(one.endswith(_ASKS_WHY) for one in reasons)


@one_act
def record_decision(
    ward: Ward, infant_id: int, form: NewTitration, signer: Signer, *, who: str
) -> int:
    """Record what was decided about one drug, signed by the physician who decided.

    Args:
        ward: the ward.
        infant_id: the infant.
        form: the decision as typed; an accepted proposal must still be the one that was seen.
        signer: the physician, from `confirmed_signer`.
        who: who records.

    Raises:
        Refused: with every reason; nothing is recorded.
    """
    who = named(who)
    page = maintenance_page(ward, infant_id)
    line = next((drug for drug in page.drugs if drug.drug == form.drug), None)
    if line is None:
        raise Refused(f"{form.drug} is no drug by mouth of {page.course_title}.")
    reasons = [*_day(ward, form.from_on, page.day_1), *_decision(form, line)]
    if not reasons:
        reasons = _beside_others(ward, infant_id, form, line.name)
    why = why_not_sign(ward, signer, SIGNED)
    if reasons or why:
        raise Refused(*reasons, *((why,) if why else ()))
    percent, amount = form.percent, form.amount_mg
    if form.decision == "accepted":
        percent, amount = line.percent, line.amount_mg
    with ward.store.change(who, f"decided the dose of {line.name}", ward.now()) as change:
        row_id = change.add(
            Titration,
            infant_id=infant_id,
            drug=form.drug,
            from_on=form.from_on,
            percent_tenths=_whole(percent, 10),
            amount_ug=_whole(amount, 1000),
            decision=form.decision,
            reason=form.reason.strip(),
            proposal=line.shown,
            rule=page.rule,
        )
        sign(
            ward,
            change,
            infant_id=infant_id,
            table_name=TABLE,
            row_id=row_id,
            meaning=SIGNED,
            signer=signer,
        )
        return row_id


@one_act
def strike_out_decision(
    ward: Ward, titration_id: int, reason: str, signer: Signer, *, who: str
) -> None:
    """Strike a decision out with its signature and the reason; it stays readable.

    Raises:
        Refused: no reason, or somebody who may not decide: another dose is in force afterwards.
    """
    if not reason.strip():
        raise Refused("A correction needs its reason: say what was wrong.")
    check_signer(ward, signer, SIGNED)
    with ward.store.reading() as connection:
        row = one(connection, Titration, titration_id)
    name = ward.drugs.display_name(row.drug)
    with ward.store.change(named(who), f"struck out a decision on {name}", ward.now()) as change:
        strike_signed(change, Titration, titration_id, reason.strip())


def _raising(ward: Ward, infant_id: int, form: NewTitration, name: str) -> list[str]:
    """What a raised dose still needs; a reason does not carry one that is too far up."""
    step = dose_step(ward, infant_id, form)
    if step.far and form.decision != "accepted":
        return [f"{name}: {step.far}"]
    if step.low and form.decision != "accepted":
        return _lowering(form, name, step.low)
    if form.reason.strip() or not step.raises or form.decision == "recorded":
        return []
    return [f"{name} is raised, {step.words} Type the reason: a higher dose is never by default."]


def _lowering(form: NewTitration, name: str, low: str) -> list[str]:
    """What a dose that looks ten times too low still needs: its reason, and to be typed once more."""
    reasons = []
    typed = form.percent if form.amount_mg is None else form.amount_mg
    unit = "%" if form.amount_mg is None else "mg"
    if form.again is not None and form.again != typed:
        reasons.append(
            f"{name}: typed {write_number(form.again)} {unit} the second time: read the decision "
            "again."
        )
    elif form.again is None:
        reasons.append(f"{name}: {low} If it is meant, type the {unit} again.")
    if not form.reason.strip():
        reasons.append(f"{name}: a dose lowered so far needs its reason: say why.")
    return reasons


def _whole(value: Decimal | None, parts: int) -> int | None:
    """A number in whole parts, halves away from zero (a worked dose may have more digits)."""
    return None if value is None else int(value * parts + Decimal("0.5"))


def _day(ward: Ward, on: date, day_1: date) -> list[str]:
    if on < day_1:
        return [f"{write_date(on)} is before day 1 of Maintenance, {write_date(day_1)}."]
    if on > ward.today() + timedelta(days=MOST_DAYS_AHEAD):
        return [
            f"{write_date(on)} is more than {MOST_DAYS_AHEAD} days ahead: decide nearer to the day."
        ]
    return []


def _decision(form: NewTitration, line: DrugLine) -> list[str]:
    if form.decision not in DECISIONS:
        return ["Choose: accept the proposal, decide otherwise, or record what was decided."]
    if len(form.reason) > LONGEST_TEXT:
        return [f"The reason is too long: at most {LONGEST_TEXT} letters."]
    if form.decision == "accepted":
        return _accepting(form, line)
    reasons = []
    if form.percent is None and form.amount_mg is None:
        reasons.append("Type the dose that was decided, in per cent or in milligrams; 0 stops.")
    if form.percent is not None and form.percent > MOST_PERCENT:
        reasons.append(f"More than {MOST_PERCENT} % of the dose begun with cannot be meant.")
    if form.percent is not None and form.percent * 10 % 1:
        reasons.append("Write the per cent with at most one decimal.")
    if form.decision == "overridden" and not form.reason.strip():
        reasons.append("Deciding against the proposal needs its reason: say why.")
    return reasons


def _beside_others(ward: Ward, infant_id: int, form: NewTitration, name: str) -> list[str]:
    """What speaks against a decision beside those that were made before."""
    before = _raising(ward, infant_id, form, name)
    return [*before, *_standing(ward, infant_id, form, name)]


def _standing(ward: Ward, infant_id: int, form: NewTitration, name: str) -> list[str]:
    """The decision that stands for the same day: one drug has one dose on one day."""
    return [
        f"{name}: {from_words(row)} stands already for that day ({signed_words(ward, row.id)}). "
        "Strike it out first (Decisions), or decide from another day."
        for row in titrations_of(ward, infant_id)
        if row.drug == form.drug and row.from_on == form.from_on
    ]


def _accepting(form: NewTitration, line: DrugLine) -> list[str]:
    if line.percent is None:
        return ["Nothing is proposed for this drug: record what was decided instead."]
    if form.shown != line.shown:
        return ["The proposal has changed since it was shown: read it again, then decide."]
    if form.percent is not None or form.amount_mg is not None:
        return ["A dose was typed beside the proposal: decide otherwise, or clear the dose."]
    return []
