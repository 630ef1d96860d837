"""What the store keeps of reduced doses, and of what a dose given rested on."""

from decimal import Decimal

from bedside.store.records import Record


class DoseReduction(Record, frozen=True, kw_only=True):
    """A dose reduced by a physician's order, by course days; ended or taken back by striking it out.

    ``percent`` as ordered, ``of_what`` it was said; ``share`` is what that comes to, in per cent of
    the protocol's own dose, worked out when it was recorded.
    """

    infant_id: int
    course_key: str
    drug: str  # "" reduces every drug of the course
    from_day: int
    until_day: int | None  # None lasts to the end of the course
    percent: Decimal
    of_what: str  # "standard" or "last"
    share: Decimal
    reason: str
    ordered_by: str


class DoseBasis(Record, frozen=True, kw_only=True):
    """How much of a dose was given, and what it was worked out under.

    ``amount`` is exact, in ``unit``; None where nobody knows it. ``worked`` is what the protocol
    came to in the same unit, None where it could not be worked out.
    """

    infant_id: int
    dose_id: int
    amount: Decimal | None
    unit: str  # "mg", "micrograms", "units"; "" without an amount
    worked: Decimal | None
    share: Decimal  # per cent of the protocol dose that was in force
    protocol_edition: str
    protocol_digest: str
    values_digest: str  # of the site values it was worked out with
    reason: str  # why it was given otherwise than worked out, "" where it was not
