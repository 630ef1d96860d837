"""The doors of the page Doses to the second check: which dose is next, where its check stands."""

from datetime import date

from bedside.units.refusal import Refused
from bedside.ward.check_standing import check_state
from bedside.ward.day_choice import NOT_COUNTED
from bedside.ward.giving import DRUG, ROUTE
from bedside.ward.giving_gate import why_not_give
from bedside.ward.second_check import check_sheet
from bedside.ward.views.check_state import CheckState, Planned
from bedside.ward.views.pages import DosesView
from bedside.ward.ward import Ward


def next_dose(view: DosesView | None, today: date) -> Planned | None:
    """The azacitidine dose whose vial runs, or that is due today; None where there is none."""
    if view is None or not view.course_key:
        return None
    for state in ("vial running", "due", "vial lost"):
        for day in view.days:
            if day.state == state and (state != "vial lost" or day.on == today):
                return view.course_key, day.day, DRUG, ROUTE
    return None


def where_it_stands(
    ward: Ward, infant_id: int, planned: Planned | None
) -> tuple[CheckState | None, tuple[str, ...]]:
    """The state of a dose's check, and why the dose may not be given now."""
    if planned is None:
        return None, ()
    state = check_state(ward, infant_id, *planned)
    return state, why_not_give(ward, infant_id, planned)


def why_not_count(
    ward: Ward, infant_id: int, planned: Planned, hour: int | None = None
) -> tuple[str, ...]:
    """Why nobody may count a dose now; () when somebody may. ``hour``: of one beside the planned day."""
    if hour is not None:
        return (NOT_COUNTED,)
    try:
        check_sheet(ward, infant_id, planned)
    except Refused as refused:
        return refused.reasons
    return ()
