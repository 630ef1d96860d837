"""The few words and shapes that every page shares."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from bedside.ward.views.fever import FeverClockView

Mark = Literal[
    "go",
    "hold",
    "stop",
    "late",
    "unknown",
    "due",
    "recorded",
    "clock",
    "priming",
    "mend",  # something is to be put right before a dose can go on
    "check",  # a check by another person is open
    "none",
]
DltState = Literal[
    "not in this protocol",
    "not started",
    "open",
    "closed without DLT",
    "DLT",
    "not evaluable",
    "closed",
]


class DltLine(Struct, frozen=True):
    """The DLT evaluation period in three short lines, e.g. open, day 52 / since … / no DLT recorded."""

    state: DltState
    headline: str
    details: tuple[str, ...]
    opened: date | None = None
    closed: date | None = None
    contact: bool = False  # a toxicity in the period, and this is no tertiary centre
    decisions_due: int = 0  # on the ward list: how many toxicities ask for a physician's decision
    newest: int = (
        0  # with ``contact``: the newest of the open ones, and how many are grade 3 or more
    )
    severe: int = 0
    rule: str = ""  # the site's own rule in force, by whom and when; "" for the screening rule


class DueItem(Struct, frozen=True):
    """Something due this shift (or already recorded)."""

    mark: Mark  # "due", "recorded", "late" or "hold"
    at: datetime | None
    drug: str  # display name, tall-man; "" when it is not a drug
    text: str
    note: str = ""  # "recorded 08:05", "30 min late"
    site_value: bool = False
    intrathecal: bool = False
    left_out: bool = False  # recorded as not given: nothing is to do, and no tick stands there

    @property
    def done(self) -> bool:
        """Whether nothing of it is to be done any more today: recorded, as given or as not given."""
        return self.mark == "recorded" or self.left_out


Door = Literal["", "orders", "papers", "commission", "recorded", "given"]


VialStanding = Literal["running", "too late", "discard", "infusing", "over time"]


class HeldItem(Struct, frozen=True):
    """Something held, stopped, unknown or to be put right, why, and where it is put right.

    ``brief`` stands for the details where there is little room (the ward list).
    """

    mark: Mark  # "hold", "stop", "mend" or "unknown"
    headline: str
    details: tuple[str, ...]
    door: Door = ""
    brief: str = ""


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


class VialClockView(Struct, frozen=True):
    """A running azacitidine vial clock; all times aware."""

    dose_id: int
    reconstituted_at: datetime
    infusion_minutes: int
    latest_start: datetime
    finish_by: datetime
    latest_start_shortest: datetime  # with the shortest infusion the protocol allows
    shortest_minutes: int
    within_minutes: int  # 45
    started_at: datetime | None = None
    known_at: datetime | None = None  # of the last record: time that has certainly passed
    planned_end: datetime | None = None  # of an infusion that has started

    def holds(self, now: datetime) -> datetime:
        """The time this clock counts by: one put back behind the last record gives no minute back (P17)."""
        return now if self.known_at is None else max(now, self.known_at, key=_in_utc)

    def standing(self, now: datetime) -> VialStanding:
        """How the vial stands at an aware time: every page and paper says its words from this.

        "too late": not in the planned minutes any more, but in the shortest that are allowed;
        "discard": in none. Reckoned in UTC: right in the night when the clock goes back.
        """
        at = self.holds(now).astimezone(UTC)
        if self.started_at is not None:
            return "infusing" if at <= self.finish_by.astimezone(UTC) else "over time"
        if at <= self.latest_start.astimezone(UTC):
            return "running"
        shorter = self.shortest_minutes < self.infusion_minutes
        if shorter and at <= self.latest_start_shortest.astimezone(UTC):
            return "too late"
        return "discard"


class Banner(Struct, frozen=True):
    """The patient banner, on every single-patient page. Unknown is written "unknown"."""

    infant_id: int
    family: str
    given: str
    born: date
    age_text: str
    sex: str
    hospital_number: str
    weight_text: str  # "5.6 kg" or "unknown"
    weight_at: datetime | None
    bsa_text: str  # "0.306 m²" or "unknown"
    bsa_formula: str  # "Mosteller"
    protocol_text: str  # "AALL15P1, single arm"
    risk_text: str  # "KMT2A rearranged; no risk groups"
    allergies: str
    dlt: DltLine
    fever: tuple[str, str, str] | None = None  # an open fever: two lines and their colour
    fever_clock: "FeverClockView | None" = None  # what those lines are read from, each second
