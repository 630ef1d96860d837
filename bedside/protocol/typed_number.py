"""One thing that a controlled copy states, as read: the text that is kept, and the parts that a comparison needs."""

from decimal import Decimal

from msgspec import Struct


class Typed(Struct, frozen=True):
    """One thing as read: kept text, text for people, and the parts that a comparison needs.

    ``value`` with ``unit`` where it is one number; ``items`` where it is a list.
    """

    canonical: str
    shown: str
    value: Decimal | None = None
    unit: str = ""
    items: tuple[int, ...] = ()


def plain(value: Decimal) -> str:
    """A number as the strict reader takes it back: no grouping, no trailing zero, a point."""
    return f"{value.normalize():f}"
