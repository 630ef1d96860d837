"""Recording what a person decides about a dose by mouth in Maintenance.

The program decides nothing: a proposal is accepted, decided against with a reason, or what was
decided elsewhere is recorded without argument. Nothing is erased; a wrong row is struck out.
"""

from datetime import date, timedelta
from decimal import Decimal

from bedside.store.queries import one
from bedside.store.records import Titration
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.people import named
from bedside.ward.titration_page import maintenance_page
from bedside.ward.views.maintenance import DrugLine, NewTitration
from bedside.ward.ward import Ward

MOST_DAYS_AHEAD = 7  # [judgement] a dose is decided at a visit, for now or for the coming week
LONGEST_TEXT = 400
DECISIONS = ("accepted", "overridden", "recorded")


def record_decision(ward: Ward, infant_id: int, form: NewTitration, *, who: str) -> int:
    """Record what was decided about one drug.

    Args:
        ward: the ward.
        infant_id: the infant.
        form: the decision as typed; an accepted proposal must still be the one that was seen.
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
    if reasons:
        raise Refused(*reasons)
    percent, amount = form.percent, form.amount_mg
    if form.decision == "accepted":
        percent, amount = line.percent, line.amount_mg
    with ward.store.change(who, f"decided the dose of {line.name}", ward.now()) as change:
        return change.add(
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


def strike_out_decision(ward: Ward, titration_id: int, reason: str, *, who: str) -> None:
    """Strike a decision out, with the reason; it stays readable."""
    if not reason.strip():
        raise Refused("A correction needs its reason: say what was wrong.")
    with ward.store.reading() as connection:
        row = one(connection, Titration, titration_id)
    name = ward.drugs.display_name(row.drug)
    with ward.store.change(named(who), f"struck out a decision on {name}", ward.now()) as change:
        change.void(Titration, titration_id, reason.strip())


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
    if form.percent is not None and form.percent > 500:
        reasons.append("More than 500 % of the dose begun with cannot be meant.")
    if form.percent is not None and form.percent * 10 % 1:
        reasons.append("Write the per cent with at most one decimal.")
    if form.decision == "overridden" and not form.reason.strip():
        reasons.append("Deciding against the proposal needs its reason: say why.")
    return reasons


def _accepting(form: NewTitration, line: DrugLine) -> list[str]:
    if line.percent is None:
        return ["Nothing is proposed for this drug: record what was decided instead."]
    if form.shown != line.shown:
        return ["The proposal has changed since it was shown: read it again, then decide."]
    if form.percent is not None or form.amount_mg is not None:
        return ["A dose was typed beside the proposal: decide otherwise, or clear the dose."]
    return []
