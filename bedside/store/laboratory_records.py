"""What the store keeps of chemistry and drug levels: one row per analyte per specimen."""

from datetime import datetime
from decimal import Decimal

from bedside.store.records import Record


class LabResult(Record, frozen=True, kw_only=True):
    """One result of one specimen, as entered and as kept.

    ``state`` is "done", "not done", "pending" or "unusable"; ``state_reason`` says why there is
    no value ("haemolysed", "clotted" …). ``typed`` is the text as it was typed, ``value`` the exact
    number in ``unit``, ``kept`` the same in ``kept_unit``; 0 is a value. ``low`` and ``high`` are
    the limits of normal in ``unit``, as entered, and stand only where the laboratory gave them.
    ``replaces_id`` is the row that this one corrects or completes, struck out in the same change.
    """

    infant_id: int
    analyte: str  # a key of resources/laboratory/analytes.toml
    taken_at: datetime
    specimen: str
    laboratory: str
    state: str
    state_reason: str
    comparator: str  # "", "<" or ">"
    typed: str
    value: Decimal | None
    unit: str
    kept: Decimal | None
    kept_unit: str
    low: Decimal | None
    high: Decimal | None
    limits_from: str  # "laboratory" where low or high stands, else ""
    fasting: str  # "yes", "no" or "" (not asked, or not known)
    unusual_reason: str
    replaces_id: int | None
