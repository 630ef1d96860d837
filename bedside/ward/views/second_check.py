"""What the blind second check shows: the sheet to count from, the result of two people, the state of a dose."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.protocol.blind_check import Counted, Measure
from bedside.units.quantities import BodyWeight, DrugUnit

__all__ = [
    "CheckResult",
    "CheckSheet",
    "CheckState",
    "Counted",
    "CountedBy",
    "GivenLine",
    "OrderFigures",
    "Planned",
    "ResultRow",
    "Stage",
]

Planned = tuple[str, int, str, str]  # course key, course day, drug, route
Stage = Literal["not checked", "first counted", "matched", "differs", "void"]


class GivenLine(Struct, frozen=True):
    """A line of what a person who counts is given; ``site`` marks a value of this site."""

    name: str
    strong: str
    plain: str = ""
    note: str = ""
    site: bool = False


class CountedBy(Struct, frozen=True):
    """Who counted, and when; never what."""

    name: str
    role: str
    at: datetime
    person_id: int | None = None

    @property
    def words(self) -> str:
        """Name and role: "E. Sørensen, nurse"."""
        return f"{self.name}, {self.role}"


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


class CheckState(Struct, frozen=True):
    """Where the second check of a planned dose stands; no figure is in it.

    ``blocks_giving`` says why the dose may not be given yet, () when the check is matched.
    """

    stage: Stage
    words: str
    blocks_giving: tuple[str, ...]
    tries: int = 0
    order_id: int | None = None
    check_id: int | None = None
    first: CountedBy | None = None
    second: CountedBy | None = None

    @property
    def short(self) -> str:
        """The same in a few words for a table; "" while nothing was counted."""
        if self.stage == "not checked" and not self.tries:
            return ""
        if self.stage == "first counted" and self.first is not None:
            return f"first {self.first.name} {self.first.at:%H:%M}, second waits"
        if self.first is None or self.second is None:
            return self.stage
        two = f"{self.first.name}, {self.second.name} {self.second.at:%H:%M}"
        return two if self.stage == "matched" else f"{self.stage}: {two}"
