"""The signatures of an order as the dosing sheet prints them, in the place of the boxes for a pen.

One sheet is for several dates. It prints the signatures only where every date that is left has an
order of this very dose, prescribed and verified by the same two people at the same times; in all
other cases the boxes stay empty and are signed by hand.
"""

from collections.abc import Sequence

from bedside.units.dates import write_date_time
from bedside.units.quantities import DrugAmount
from bedside.ward.facts import InfantFacts
from bedside.ward.order_facts import OrderFacts
from bedside.ward.orders import state_of
from bedside.ward.views.orders import OrderState
from bedside.ward.views.signatures import SignedAs
from bedside.ward.ward import Ward

_MEANINGS = (("prescribed", "I order this"), ("verified", "my own figures agree"))


def order_signed(
    ward: Ward,
    facts: InfantFacts,
    line: tuple[str, str, str],
    days: Sequence[int],
    amount: DrugAmount,
) -> tuple[str, ...]:
    """Who prescribed and who verified what a sheet orders, a line each; empty for boxes.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        line: course key, drug and route.
        days: the course days that are left on the sheet.
        amount: the dose that the sheet prints.
    """
    course, drug, route = line
    with ward.store.reading() as connection:
        known = OrderFacts(ward, facts, connection)
        orders = known.newest_orders()
        keys = [(course, day, drug, route) for day in days]
        if not keys or any(key not in orders for key in keys):
            return ()
        states = [state_of(known, connection, key, orders) for key in keys]
    if any(_other(state, amount) for state in states):
        return ()
    found: list[str] = []
    for meaning, says in _MEANINGS:
        signed = {_words(ward, one, says) for state in states for one in _of(state, meaning)}
        if len(signed) != 1:
            return ()
        found += signed
    return tuple(found)


def _other(state: OrderState, amount: DrugAmount) -> bool:
    stands = state.stage in ("verified", "released")
    return not stands or (state.amount, state.unit) != (amount.value, amount.unit)


def _of(state: OrderState, meaning: str) -> list[SignedAs]:
    signature = state.of(meaning)
    return [] if signature is None else [signature]


def _words(ward: Ward, signature: SignedAs, says: str) -> str:
    when = write_date_time(ward.local(signature.at))
    return f"“{says}”: {signature.name}, {signature.role}, {when}, signed in Bedside"
