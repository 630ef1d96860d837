"""Which signed orders fall, and of which infants, when a commissioned value is taken back: told beforehand.

A signature holds for the concentration, syringe step, vial or tablet that it was given on, so a value of
the formulary that is withdrawn to be typed anew ends orders of many infants at once (hazards H1, H40).

Decision: the change is tried on the record itself and rolled back, never kept: what is told is then what
the same judgement will find, for every kind of value, and not a second reckoning of it.
"""

from contextlib import suppress

from msgspec.structs import replace

from bedside.store.commission_records import CommissionValue
from bedside.store.queries import all_of
from bedside.store.signature_records import DoseOrder
from bedside.ward.commission_facts import group_facts, inventory_of
from bedside.ward.facts import facts_of
from bedside.ward.one_act import one_act
from bedside.ward.order_ending import told_orders
from bedside.ward.order_facts import OrderFacts
from bedside.ward.ward import Ward


class _LookedAt(Exception):
    """Rolls the tried change back."""


@one_act
def ends_by_withdrawing(ward: Ward, scope: str, number_id: str) -> tuple[str, ...]:
    """The signed orders that fall when a recorded value is taken back, each line with its infant.

    Args:
        ward: the ward; nothing of it is changed.
        scope: the protocol, or the site.
        number_id: the number.
    """
    facts = group_facts(ward, scope, inventory_of(ward, scope).group_of(number_id).key)
    value = facts.values.get(number_id)
    standing = _standing(ward)
    if value is None or not standing or ward.read_only:
        return ()
    lines: list[str] = []
    with suppress(_LookedAt), ward.store.change("Bedside", "looked", ward.now()) as change:
        change.void(CommissionValue, value.id, "only looked at")
        lines = _fallen(_as_it_would_be(ward), standing)
        raise _LookedAt
    return tuple(lines)


def _standing(ward: Ward) -> dict[int, list[DoseOrder]]:
    """The orders that stand now, by infant."""
    found = {}
    with ward.store.reading() as connection:
        for infant in sorted({order.infant_id for order in all_of(connection, DoseOrder)}):
            known = OrderFacts(ward, facts_of(ward, infant), connection)
            rows = [order for order in known.standing_orders() if not known.why_ended(order)]
            if rows:
                found[infant] = rows
    return found


def _fallen(then: Ward, standing: dict[int, list[DoseOrder]]) -> list[str]:
    lines = []
    with then.store.reading() as connection:
        for infant_id, orders in standing.items():
            facts = facts_of(then, infant_id)
            known = OrderFacts(then, facts, connection)
            ended = [(order, known.why_ended(order)) for order in orders]
            name = f"{facts.infant.family}, {facts.infant.given}"
            told = told_orders(then, [pair for pair in ended if pair[1]])
            lines += [f"{name}: {line}" for line in told]
    return lines


def _as_it_would_be(ward: Ward) -> Ward:
    """The ward without anything that was worked out before the change that is tried."""
    return replace(
        ward, kept_facts={}, kept_until=0, kept_plan=None, kept_orders=None, _filled={},
        _recorded=("", (), {}),
    )  # fmt: skip
