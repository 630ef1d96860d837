"""What of an infant waits for another person's check or signature, for the ward list.

Only what can be done by somebody else now is here: a released dose of today that nobody, or one person,
has counted; an order that a pharmacist verifies or releases. What is void or blocked stands under
"held or stopped", with its reason. No figure of a dose is in it (hazard H1).
"""

from bedside.units.registry import watched_amount
from bedside.ward.due import dose_record
from bedside.ward.facts import InfantFacts
from bedside.ward.order_facts import OrderFacts
from bedside.ward.orders import state_of
from bedside.ward.views.board import OpenCheck
from bedside.ward.views.orders import OrderKey, OrderState
from bedside.ward.ward import Ward


def open_checks(ward: Ward, facts: InfantFacts) -> tuple[OpenCheck, ...]:
    """The checks of an infant that wait, those of today first.

    Args:
        ward: the ward.
        facts: the infant's.
    """
    found = []
    with ward.store.reading() as connection:
        known = OrderFacts(ward, facts, connection, product=watched_amount)
        orders = known.newest_orders()
        doses = [(key, known.planned[key]) for key in orders if key in known.planned]
        for key, dose in sorted(doses, key=lambda pair: (pair[1].on, pair[0])):
            if dose.on >= ward.today() and dose_record(facts, dose) is None:
                state = state_of(known, connection, key, orders)
                found.append(_of_order(ward, facts, key, state, due=dose.on == ward.today()))
    return tuple(one for one in found if one is not None)


def _of_order(
    ward: Ward, facts: InfantFacts, key: OrderKey, state: OrderState, *, due: bool
) -> OpenCheck | None:
    """What one order waits for; None where nobody else has to do anything."""
    name = ward.drugs.display_name(key[2])
    if state.stage == "released" and due and not state.why:
        from bedside.ward.check_standing import check_state

        stage = check_state(ward, facts.infant.id, *key).stage
        if stage == "matched":
            return None
        if stage == "first counted":
            return OpenCheck("second count", name, key[1])
        return OpenCheck("first count", name, key[1])
    if state.stage == "prescribed":
        return OpenCheck("verify", name, key[1])
    return OpenCheck("release", name, key[1]) if state.stage == "verified" else None
