"""What the page of one infant's fever shows, and the clock that the board and the banner show."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.ward.views.marks import Mark


class FeverClockView(Struct, frozen=True):
    """An open fever with its antibiotic clock; all times aware, in the ward's zone."""

    episode_id: int
    first_fever_at: datetime
    due_at: datetime
    minutes: int
    because: str
    given_at: datetime | None = None  # when the first antibiotic was started
    known_at: datetime | None = None  # of the last record: time that has certainly passed


class ClockLines(Struct, frozen=True):
    """The clock in three short lines, for the board and the banner."""

    first: str
    second: str
    third: str
    tone: str  # a colour of the palette
    left_percent: int  # how much of the time is left


class SignCell(Struct, frozen=True):
    """One vital sign as it was recorded."""

    kind: str
    text: str  # "38.6 °C under the arm", "not done"
    note: str = ""  # why it is not usual for the age
    mark: Mark = "none"
    record_id: int = 0


class SignSet(Struct, frozen=True):
    """The vital signs of one moment."""

    taken_at: datetime
    cells: Mapping[str, SignCell]
    who: str


class ActRow(Struct, frozen=True):
    """Something done in the fever."""

    act_id: int
    kind: str
    at: datetime
    words: str
    who: str


class StateLine(Struct, frozen=True):
    """One judgement with its reasons."""

    title: str
    mark: Mark
    words: str
    details: tuple[str, ...]
    source: str


class PhoenixPart(Struct, frozen=True):
    """The certain points of one organ system; ``said``: "2", or "1 or 2" where a bound leaves it open."""

    name: str
    points: int
    because: tuple[str, ...]
    missing: tuple[str, ...]
    said: str
    undecided: tuple[str, ...]


class PhoenixView(Struct, frozen=True):
    """All certain points, with and without the one for platelets; ``said`` as of each part."""

    parts: tuple[PhoenixPart, ...]
    total: int
    said: str
    without_platelets: int
    words: str
    mark: Mark
    source: str


class TrendPoint(Struct, frozen=True):
    """One temperature of the trend."""

    at: datetime
    celsius: Decimal
    text: str


class FallQuestion(Struct, frozen=True):
    """Whether the neutrophils are expected to fall, as a definition asks it.

    Args:
        question: as it is asked, with limit and time.
        answer: "yes", "no", "not known", or "" where no answer holds.
        words: who answered and when, or why an answer no longer holds.
    """

    question: str
    answer: str
    words: str


class FeverView(Struct, frozen=True):
    """The whole page."""

    infant_id: int
    clock: FeverClockView | None
    clock_notes: tuple[str, ...]  # the workstation's clock, a corrected temperature
    acts: tuple[ActRow, ...]
    site: StateLine
    ctcae: StateLine
    act_now: tuple[str, ...]
    notes: tuple[str, ...]
    unusual: tuple[str, ...]  # of the newest vital signs, with the band of the age
    phoenix: PhoenixView
    sets: tuple[SignSet, ...]  # newest first
    trend: tuple[TrendPoint, ...]  # oldest first
    limit_celsius: Decimal | None  # of one reading, where all sites share it
    definition_key: str
    holds: str  # whose the definition is: this site's own, or shipped
    fall: FallQuestion | None  # None where the definition does not ask
    definitions: tuple[tuple[str, str], ...]  # key and title, to choose from
    contacts: tuple[str, ...]
    closed_before: str  # the last closed fever, in words; "" for none
    last_site: str  # where the last temperature was taken
    allergies: str = "unknown"  # "penicillin: rash", "No known allergies" or "unknown"


RecordedKind = Literal["nothing", "clock started", "clock moved"]


class Recorded(Struct, frozen=True):
    """What became of a set of vital signs."""

    outcome: RecordedKind
    episode_id: int | None
    words: str
