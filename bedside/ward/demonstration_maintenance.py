"""The demonstration's doses by mouth in Maintenance: decided on their days, as the page shows them."""

from decimal import Decimal

from bedside.ward.demonstration_today import Maker
from bedside.ward.signatures import confirmed_signer
from bedside.ward.titration_decisions import record_decision
from bedside.ward.titration_page import maintenance_page
from bedside.ward.views.maintenance import DrugLine, NewTitration

_BY_RULE = "demonstration: as the rule proposes"
_OTHERWISE = "demonstration: decided otherwise"


def doses_by_mouth(maker: Maker) -> None:
    """Decide the doses of an infant's story; each on its day, with the proposal of that day."""
    for days_ago, percent in maker.story.get("titration", []):
        on = maker.day(int(days_ago))
        maker.at(maker.moment(on, 10))
        for line in maintenance_page(maker.ward, maker.infant_id).drugs:
            form = _form(maker, line, int(days_ago), Decimal(percent))
            _record(maker, form)
    for days_ago, drug, milligrams in maker.story.get("titration-mg", []):
        on = maker.day(int(days_ago))
        maker.at(maker.moment(on, 10))
        form = NewTitration(drug, on, "recorded", amount_mg=Decimal(milligrams))
        _record(maker, form)


def _record(maker: Maker, form: NewTitration) -> None:
    who = f"{maker.physician}, physician"
    signer = confirmed_signer(maker.ward, who, "", maker.ward.now())
    record_decision(maker.ward, maker.infant_id, form, signer, who=maker.physician)


def _form(maker: Maker, line: DrugLine, days_ago: int, percent: Decimal) -> NewTitration:
    on = maker.day(days_ago)
    if line.percent == percent:
        return NewTitration(line.drug, on, "accepted", shown=line.shown, reason=_BY_RULE)
    return NewTitration(line.drug, on, "overridden", percent, reason=_OTHERWISE)
