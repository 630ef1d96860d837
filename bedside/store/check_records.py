"""What the store keeps of the blind second check, and of a dose given: who counted what, and when it was given.

Every try is kept for ever. Who counted signs her own row (`Signature`, "checked"); the figures are
the two people's own, as they were read.
"""

from datetime import date, datetime
from decimal import Decimal

from bedside.store.records import Record


class FirstCount(Record, frozen=True, kw_only=True):
    """What the first person of a check counted for one order, before anybody compared it."""

    infant_id: int
    order_id: int
    try_number: int  # 1 for the first comparison of this order
    weight_g: int
    dose: Decimal  # in ``unit``, the order's own
    unit: str  # "mg", "micrograms" or "units"
    volume_ul: int
    name: str
    role: str
    person_id: int | None  # None in a ward without accounts
    counted_at: datetime


class SecondCheck(Record, frozen=True, kw_only=True):
    """What the second person counted for the same order, and how the two compared with each other and it."""

    infant_id: int
    order_id: int
    first_id: int
    try_number: int
    weight_g: int
    dose: Decimal
    unit: str
    volume_ul: int
    name: str
    role: str
    person_id: int | None
    counted_at: datetime
    outcome: str  # "matched", "differs" or "not as ordered"


class DoseGiving(Record, frozen=True, kw_only=True):
    """A dose given: planned for a day, given at a moment, recorded at another; checked here or on paper.

    ``check_id`` and ``order_id`` are of the matched check; both None for a dose of paper hours,
    which names the two people of the paper check and never counts as a blind one. ``hour`` and
    ``turn`` as in `DoseRecord`; a matched check is of one giving.
    """

    infant_id: int
    course_key: str
    course_day: int
    drug: str
    route: str
    planned_on: date
    given_at: datetime
    order_id: int | None
    check_id: int | None
    paper_first: str  # "" unless it was checked on paper
    paper_second: str
    paper_reason: str
    hour: int | None = None
    turn: int | None = None


class FiguresShown(Record, frozen=True, kw_only=True):
    """Somebody looked at the figures of a dose while its blind second check waited."""

    infant_id: int
    course_key: str
    course_day: int
    drug: str
    route: str
