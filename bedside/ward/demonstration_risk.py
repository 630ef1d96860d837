"""The demonstration's Interfant-06 infants: invented counts, partner, arm and MRD results."""

from datetime import date, timedelta
from typing import Any

from bedside.units.quantities import Blasts, WhiteCells
from bedside.ward.risk_recording import NewMrd, NewRisk, record_risk
from bedside.ward.ward import Ward


def tell_risk(ward: Ward, infant_id: int, story: dict[str, Any], today: date, *, who: str) -> None:
    """Record what a story says of risk, arm and MRD; nothing where it says nothing."""
    risk = story.get("risk")
    if risk is None:
        return
    induction = today - timedelta(days=int(story["starts"][0][1]))
    record_risk(
        ward,
        infant_id,
        NewRisk(
            white_cells=WhiteCells(int(risk["white-cells"])),
            day8_blasts=Blasts(int(risk["day8-blasts"])),
            blasts_on=induction + timedelta(days=7),
            partner=risk.get("partner", ""),
        ),
        who=who,
    )
    if "arm" in risk:
        on = today - timedelta(days=int(risk["allocated"]))
        form = NewRisk(arm=risk["arm"], allocated_on=on, allocated_by=risk["by"])
        record_risk(ward, infant_id, form, who=who)
    for point, days_ago, result, method, sees in story.get("mrd", []):
        taken_on = today - timedelta(days=int(days_ago))
        form = NewRisk(mrd=NewMrd(point, taken_on, result, method, sees))
        record_risk(ward, infant_id, form, who=who)
