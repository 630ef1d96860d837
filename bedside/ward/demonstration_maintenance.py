"""The demonstration's doses by mouth in Maintenance: decided on their days, as the page shows them."""

from decimal import Decimal

from bedside.ward.demonstration_today import Maker
from bedside.ward.signatures import confirmed_signer
from bedside.ward.titration_decisions import record_decision
from bedside.ward.titration_page import maintenance_page
from bedside.ward.titration_signing import sign_decision
from bedside.ward.views.maintenance import DrugLine, NewTitration

_PHARMACIST = "M. Castellano, pharmacist"
_BY_RULE = "demonstration: as the rule proposes"
_OTHERWISE = "demonstration: decided otherwise"


def doses_by_mouth(maker: Maker) -> None:
    """Decide the doses of an infant's story; each on its day, with the proposal of that day.

    All but the last are verified and released: one waits for the pharmacist, as in every ward.
    """
    decided: list[int] = []
    signed = 0
    for days_ago, percent in maker.story.get("titration", []):
        on = maker.day(int(days_ago))
        maker.at(maker.moment(on, 10))
        for row_id in decided[signed:]:
            _verify_and_release(maker, row_id)
        signed = len(decided)
        for line in maintenance_page(maker.ward, maker.infant_id).drugs:
            form = _form(maker, line, int(days_ago), Decimal(percent))
            decided.append(_record(maker, form))
    for days_ago, drug, milligrams in maker.story.get("titration-mg", []):
        on = maker.day(int(days_ago))
        maker.at(maker.moment(on, 10))
        form = NewTitration(drug, on, "recorded", amount_mg=Decimal(milligrams))
        decided.append(_record(maker, form))
    for row_id in decided[signed:-1]:
        _verify_and_release(maker, row_id)


def _verify_and_release(maker: Maker, row_id: int) -> None:
    signer = confirmed_signer(maker.ward, _PHARMACIST, "", maker.ward.now())
    for meaning in ("verified", "released"):
        sign_decision(maker.ward, row_id, meaning, signer, who=_PHARMACIST, alone=True)


def _record(maker: Maker, form: NewTitration) -> int:
    who = f"{maker.physician}, physician"
    signer = confirmed_signer(maker.ward, who, "", maker.ward.now())
    return record_decision(maker.ward, maker.infant_id, form, signer, who=maker.physician)


def _form(maker: Maker, line: DrugLine, days_ago: int, percent: Decimal) -> NewTitration:
    on = maker.day(days_ago)
    if line.percent == percent:
        return NewTitration(line.drug, on, "accepted", shown=line.shown, reason=_BY_RULE)
    return NewTitration(line.drug, on, "overridden", percent, reason=_OTHERWISE)
