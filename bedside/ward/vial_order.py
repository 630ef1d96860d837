"""Whether the order of a vial that runs still stands: without one it is not given (hazard H16)."""

from collections.abc import Iterable

from bedside.ward.giving import DRUG
from bedside.ward.views.orders import ENDED, OrderKey, OrderRow
from bedside.ward.views.pages import DosesView


def order_ended(orders: Iterable[OrderRow], key: OrderKey) -> bool:
    """Whether the order of a planned dose stood once and does not any more.

    Args:
        orders: the infant's orders.
        key: course key, course day, drug and route of the dose.
    """
    return any(row.key == key and row.state.stage in ENDED for row in orders)


def running_order_ended(view: DosesView) -> bool:
    """Whether the order of the azacitidine vial that runs does not stand any more."""
    running = {day.day for day in view.days if day.state == "vial running"}
    rows = () if view.orders is None else view.orders.rows
    meant = [row for row in rows if row.day in running]
    keys = {row.key for row in meant if row.key[:3] == (view.course_key, row.day, DRUG)}
    return any(order_ended(meant, key) for key in keys)
