"""What the blind second check shows: the sheet to count from, and the result of two people."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from bedside.protocol.blind_check import Counted, Measure
from bedside.units.quantities import BodyWeight, DrugUnit
from bedside.ward.views.check_state import CountedBy

__all__ = [
    "CheckResult",
    "CheckSheet",
    "Counted",
    "GivenLine",
    "OrderFigures",
    "ResultRow",
]


class GivenLine(Struct, frozen=True):
    """A line of what a person who counts is given; ``site`` marks a value of this site."""

    name: str
    strong: str
    plain: str = ""
    note: str = ""
    site: bool = False


class CheckSheet(Struct, frozen=True):
    """All that a person who counts may see: the rule and the site's values, no figure of the dose.

    ``cannot`` says why this dose cannot be checked here; ``earlier`` is the infant's last weight of
    another day than the order's.
    """

    title: str
    order_id: int
    unit: DrugUnit
    lines: tuple[GivenLine, ...]
    first: CountedBy | None  # who counted before and waits for the second
    try_number: int
    earlier: tuple[BodyWeight, date] | None
    pharmacy: str  # whom to ring, "" where the site has entered nobody
    demonstration: bool
    cannot: tuple[str, ...] = ()
    holds: str = ""  # for how long a matched check counts, in words


class OrderFigures(Struct, frozen=True):
    """The order's own three figures, and one mark of the syringe; never shown while anybody counts."""

    counted: Counted
    step_ml: Decimal


class ResultRow(Struct, frozen=True):
    """One measure of two people: their figures, and the result in words.

    ``right`` when both are the order's figure; ``looks`` says what a difference looks like.
    """

    measure: Measure
    unit: str
    first: Decimal
    second: Decimal
    right: bool
    strong: str
    small: str
    looks: str


class CheckResult(Struct, frozen=True):
    """What two people counted for one order, and how it compares."""

    title: str
    headline: str
    matched: bool
    rows: tuple[ResultRow, ...]
    first: CountedBy
    second: CountedBy
    try_number: int
    pharmacy: str
