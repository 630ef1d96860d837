"""Dose and volume of a vial that two people counted alike: what whoever starts the infusion holds in her hand.

Nothing is told before the blind check has matched, nor while another dose of the same drug and course
waits to be counted (hazards H1, H42).
"""

from decimal import Decimal
from typing import cast

from bedside.units.quantities import DrugAmount, DrugUnit
from bedside.units.writer import write_amount, write_number
from bedside.ward.check_reading import rows_of
from bedside.ward.check_standing import check_state
from bedside.ward.check_waiting import waiting_checks
from bedside.ward.orders import order_board
from bedside.ward.views.check_state import Planned
from bedside.ward.ward import Ward


def checked_amount(ward: Ward, infant_id: int, planned: Planned) -> tuple[str, str] | None:
    """What both counted, written with the ward's decimal mark: "15.5 mg" and "1.55 mL".

    Args:
        ward: the ward.
        infant_id: the infant.
        planned: course key, course day, drug and route.

    Returns:
        Dose and volume; None where no check is matched, or where they would give another count away.
    """
    state = check_state(ward, infant_id, *planned)
    last = rows_of(ward, infant_id, planned).last
    if state.check_id is None or last is None or last.id != state.check_id:
        return None
    others = waiting_checks(ward, infant_id, order_board(ward, infant_id))
    if any((course, drug) == (planned[0], planned[2]) for course, _, drug, _ in others):
        return None
    mark = ward.decimal_mark
    dose = write_amount(DrugAmount(last.dose, cast("DrugUnit", last.unit)), mark)
    return dose, f"{write_number(Decimal(last.volume_ul) / 1000, mark)} mL"
