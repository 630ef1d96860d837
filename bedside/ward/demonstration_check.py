"""The demonstration's second check: today's released dose, counted by two people before its vial was made."""

from datetime import timedelta

from bedside.ward.check_reading import rows_of
from bedside.ward.check_sheet import order_figures
from bedside.ward.demonstration_today import Maker
from bedside.ward.facts import facts_of
from bedside.ward.orders import order_board
from bedside.ward.second_check import record_first, record_second
from bedside.ward.signatures import confirmed_signer


def check_today(maker: Maker) -> None:
    """Two invented nurses count the released dose, each as the order has it."""
    if "check" not in maker.story:
        return
    ward, infant_id, now = maker.ward, maker.infant_id, maker.now
    first, second = maker.story["check"]
    row = order_board(ward, infant_id).at("released")[0]
    order = rows_of(ward, infant_id, row.key).order
    if order is None:
        raise ValueError("the demonstration's dose is ordered before it is checked")
    right = order_figures(ward, facts_of(ward, infant_id), order).counted
    begun = maker.moment(now.date(), 0, 3)
    maker.at(max(now - timedelta(minutes=22), begun))
    signer = confirmed_signer(ward, first, "", ward.now())
    record_first(ward, infant_id, row.key, right, signer, who=first)
    maker.at(max(now - timedelta(minutes=15), begun))
    signer = confirmed_signer(ward, second, "", ward.now())
    record_second(ward, infant_id, row.key, right, signer, who=second)
    maker.at(now)
