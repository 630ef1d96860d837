"""What the store keeps of infusions that did not run as planned, and of those that run for days."""

from datetime import datetime
from decimal import Decimal

from bedside.store.records import Record


class InfusionPart(Record, frozen=True, kw_only=True):
    """How much of an infusion that was broken off went in; ``dose_id`` is its record.

    ``amount`` is exact, in ``unit``; None for nothing and for not known. ``how`` is how the amount
    is known: "typed", or the volume that ran, as it was typed.
    """

    infant_id: int
    dose_id: int
    went_in: str  # "part", "nothing" or "not known"
    amount: Decimal | None
    unit: str  # "mg"; "" without an amount
    how: str


class RestDecision(Record, frozen=True, kw_only=True):
    """What a physician decided after an infusion was broken off; ``dose_id`` is its record.

    ``amount`` is what remains, exact, where the rest is to be given; None otherwise.
    """

    infant_id: int
    dose_id: int
    decision: str  # "rest", "whole" or "nothing"
    amount: Decimal | None
    unit: str  # "mg"; "" without an amount
    reason: str


class InfusionEvent(Record, frozen=True, kw_only=True):
    """What happened to a continuous infusion at a moment."""

    infant_id: int
    course_key: str
    drug: str
    route: str
    event: str  # "started", "bag changed", "paused", "resumed" or "ended"
    at: datetime
    note: str  # why it was paused or ended early; "" where nothing is to say
