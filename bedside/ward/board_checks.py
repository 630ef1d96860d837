"""What of an infant waits for another person's check or signature, for the ward list.

Only what can be done by somebody else now is here: a released dose of today that nobody, or one person,
has counted; an order that a pharmacist verifies or releases. What is void or blocked stands under
"held or stopped", with its reason. No figure of a dose is in it (hazard H1).
"""

from bedside.ward.facts import InfantFacts
from bedside.ward.order_facts import OrderFacts
from bedside.ward.orders import orders_from
from bedside.ward.views.board import OpenCheck
from bedside.ward.views.orders import OrderRow
from bedside.ward.ward import Ward


def open_checks(ward: Ward, facts: InfantFacts) -> tuple[OpenCheck, ...]:
    """The checks of an infant that wait, those of today first.

    Args:
        ward: the ward.
        facts: the infant's.
    """
    with ward.store.reading() as connection:
        if not OrderFacts(ward, facts, connection).newest_orders():
            return ()
    rows = sorted(orders_from(ward, facts).rows, key=lambda row: (row.on, row.words))
    return tuple(found for row in rows if (found := _of_order(ward, row)) is not None)


def _of_order(ward: Ward, row: OrderRow) -> OpenCheck | None:
    """What one order waits for; None where nobody else has to do anything."""
    stage = row.state.stage
    name = ward.drugs.display_name(row.key[2])
    if row.given or row.on < ward.today():
        return None
    if stage == "released":
        if row.on > ward.today() or row.checked_by_two or row.state.why:
            return None
        if row.checked:
            return OpenCheck("second count", name, row.key[1])
        return OpenCheck("first count", name, row.key[1])
    if stage == "prescribed":
        return OpenCheck("verify", name, row.key[1])
    if stage == "verified":
        return OpenCheck("release", name, row.key[1])
    return None
