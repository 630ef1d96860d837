"""What each infant's orders ask for on the ward list, worked out once and kept while nothing changed.

As for the DLT states, the list's first paint does without; just after it the orders are judged
(`judge_board`), and from then on only of infants of whom something was recorded since, and of all
when the day, the site's settings or what it has commissioned change.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from bedside.protocol.site_values import SiteValues
from bedside.units.refusal import Refused
from bedside.ward.board_checks import open_checks
from bedside.ward.due_given import given_items
from bedside.ward.due_mouth import mouth_items
from bedside.ward.due_orders import OrdersTold, orders_told
from bedside.ward.due_undosed import with_undosed
from bedside.ward.due_unplanned import days_open, unplanned_items
from bedside.ward.facts import InfantFacts
from bedside.ward.far_given import far_items
from bedside.ward.held_given import spite_items
from bedside.ward.not_given_words import left_out_items
from bedside.ward.site import SiteSettings
from bedside.ward.standing import Standing, standing_of
from bedside.ward.views.marks import HeldItem
from bedside.ward.ward import Ward


class KeptOrders(Struct):
    """What was judged on one day under one set of site settings and values, by infant."""

    today: date | None = None
    site: SiteSettings | None = None
    values: dict[str, SiteValues] = field(default_factory=dict)  # by protocol
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
    forget_what_changed(ward, kept, {facts.protocol.key for facts in everyone})
    return {facts.infant.id: judged_told(ward, facts, kept) for facts in everyone}


def judged_told(ward: Ward, facts: InfantFacts, kept: KeptOrders) -> OrdersTold:
    """What one infant's orders ask for: what is kept, or worked out now and kept.

    Args:
        ward: the ward.
        facts: the infant's.
        kept: what was worked out under the settings of now (`forget_what_changed`).
    """
    known = kept.by_infant.get(facts.infant.id)
    if known is None or known[0] is not facts:
        told = told_of(ward, facts, standing_of(ward, facts))
        known = kept.by_infant[facts.infant.id] = (facts, told)
    return known[1]


def forget_what_changed(ward: Ward, kept: KeptOrders, protocols: Iterable[str]) -> None:
    """Judge everyone anew on another day, and where settings or commissioned values are others."""
    values = {key: ward.values_for(key) for key in protocols}
    same_values = values.keys() <= kept.values.keys() and all(
        kept.values[key] is found for key, found in values.items()
    )
    if not same_values or (kept.today, kept.site) != (ward.today(), ward.site):
        kept.today, kept.site, kept.values = ward.today(), ward.site, values
        kept.by_infant.clear()


def told_of(ward: Ward, facts: InfantFacts, standing: Standing) -> OrdersTold:
    """Orders, papers and what is not planned, of one infant; never fails the list."""
    days, not_planned = unplanned_items(ward, facts, standing)
    try:
        told = orders_told(ward, facts, standing)
    except Refused as refusal:
        words = HeldItem("unknown", "orders cannot be judged", refusal.reasons, "orders")
        told = OrdersTold({}, (words,))
    by_mouth = mouth_items(ward, facts, standing)
    since = (*given_items(ward, facts), *spite_items(ward, facts), *left_out_items(ward, facts))
    items = (*far_items(ward, facts), *told.items, *since, *by_mouth, *days)
    checks = open_checks(ward, facts)
    told = replace(
        told,
        items=items,
        not_planned=not_planned,
        days_open=days_open(ward, facts, standing),
        checks=checks,
    )
    return with_undosed(ward, facts, standing, told)
