"""What each infant's orders ask for on the ward list, worked out once and kept while nothing changed.

As for the DLT states, the list's first paint does without; just after it the orders are judged
(`judge_board`), and from then on only of infants of whom something was recorded since, and of all
when the day or the site's settings change.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from bedside.units.refusal import Refused
from bedside.ward.due_orders import OrdersTold, orders_told
from bedside.ward.due_unplanned import unplanned_items
from bedside.ward.facts import InfantFacts
from bedside.ward.site import SiteSettings
from bedside.ward.standing import Standing, standing_of
from bedside.ward.views.marks import HeldItem
from bedside.ward.ward import Ward


class KeptOrders(Struct):
    """What was judged on one day under one set of site settings, by infant."""

    today: date | None = None
    site: SiteSettings | None = None
    by_infant: dict[int, tuple[InfantFacts, OrdersTold]] = field(default_factory=dict)


def judged_orders(ward: Ward, everyone: Sequence[InfantFacts]) -> dict[int, OrdersTold]:
    """What the orders of every infant ask for, by infant; empty before the first judging.

    Args:
        ward: the ward.
        everyone: the facts of the infants on the list.
    """
    kept = ward.kept_orders
    if kept is None:
        return {}
    if (kept.today, kept.site) != (ward.today(), ward.site):
        kept.today, kept.site = ward.today(), ward.site
        kept.by_infant.clear()
    found = {}
    for facts in everyone:
        known = kept.by_infant.get(facts.infant.id)
        if known is None or known[0] is not facts:
            told = told_of(ward, facts, standing_of(ward, facts))
            known = kept.by_infant[facts.infant.id] = (facts, told)
        found[facts.infant.id] = known[1]
    return found


def told_of(ward: Ward, facts: InfantFacts, standing: Standing) -> OrdersTold:
    """Orders, papers and what is not planned, of one infant; never fails the list."""
    days, not_planned = unplanned_items(ward, facts, standing)
    try:
        told = orders_told(ward, facts, standing)
    except Refused as refusal:
        words = HeldItem("unknown", "orders cannot be judged", refusal.reasons, "orders")
        told = OrdersTold({}, (words,))
    return replace(told, items=(*told.items, *days), not_planned=not_planned)
