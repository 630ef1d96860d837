"""Judges the ward list for the first time, infant by infant, while the window goes on answering.

The DLT states and orders of a ward of a thousand infants take some seconds; worked out in one go just
after the first paint, the window would stand still. Until the last infant is judged the list says
what it said at its first paint: the period, and what is due and held by the schedule.
"""

from collections.abc import Iterator

from bedside.ward.board_dlt import KeptLine, judged_line, rules_of
from bedside.ward.board_orders import KeptOrders, forget_what_changed, judged_told
from bedside.ward.facts import facts_of_all
from bedside.ward.ward import Ward


def judging(ward: Ward) -> Iterator[None]:
    """Judge one infant at each step; after the last, the list says what was found.

    What is recorded between two steps is not missed: the list judges an infant anew whose facts are
    not those that were judged.

    Args:
        ward: the ward.
    """
    lines: dict[int, KeptLine] = {}
    orders = KeptOrders()
    with ward.one_moment():
        everyone = facts_of_all(ward)
        rules = rules_of(ward, everyone)
        forget_what_changed(ward, orders, {facts.protocol.key for facts in everyone})
    for facts in everyone:
        yield
        with ward.one_moment():
            rule = rules.get(facts.protocol.key)
            if rule is not None:
                judged_line(ward, facts, rule, lines)
            judged_told(ward, facts, orders)
    ward.kept_dlt, ward.kept_orders = lines, orders
