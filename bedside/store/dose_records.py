"""What the store keeps of reduced and shifted doses, of what a dose rested on, and of protocols."""

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


class GivenSeen(Record, frozen=True, kw_only=True):
    """A physician has seen a dose that was given far from what was meant; ``dose_id`` is its record."""

    infant_id: int
    dose_id: int
    told: str  # what stood there: "mercaptopurine day 8, given 170 mg, decided 17 mg"
    decided: str  # what was decided, in words


class DoseShift(Record, frozen=True, kw_only=True):
    """One drug's doses in a course, from a course day on, given so many days later than planned."""

    infant_id: int
    course_key: str
    drug: str
    route: str
    from_day: int  # course day of the first dose that moves
    by_days: int
    reason: str


class ProtocolEdition(Record, frozen=True, kw_only=True):
    """A protocol file as it lay in the program when its edition was first used on this ward."""

    protocol_key: str
    edition: str
    protocol_digest: str  # SHA-256 of the bytes of the file, and of the one below it
    content: str  # the file, letter by letter
    below: str | None  # the file of the protocol whose courses it takes over
