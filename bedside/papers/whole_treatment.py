"""The whole treatment on one page, finished and frozen: a record and a plan, never an order."""

from datetime import date
from typing import Literal

from msgspec import Struct

from bedside.papers.values import PaperHead
from bedside.papers.whose import AsOf, Whose

SpinalState = Literal["given", "planned", "not given", "held"]


class RoadCourse(Struct, frozen=True):
    """One course on the road; ``ends`` is its last day."""

    title: str
    begins: date
    ends: date
    begun: bool
    priming: bool  # an azacitidine block
    caption: str  # "04‑Sep‑2026 to 13‑Oct‑2026", "not before 12‑Dec‑2026"


class RoadEvent(Struct, frozen=True):
    """Something that happened on a day, or is expected on it."""

    on: date
    words: str
    happened: bool
    brief: str = ""  # over the road where the words have no room there; they stand below then


class SpinalDay(Struct, frozen=True):
    """A day with intrathecal drugs: the day only, the drugs stand on their own sheet."""

    on: date
    state: SpinalState


class StartLine(Struct, frozen=True):
    """The start rule of a course: met, not met, not yet known, or that none is public."""

    course: str
    result: Literal["met", "not met", "unknown", "follows"]
    words: str


class Cumulative(Struct, frozen=True):
    """One drug by one route: on how many days given, of how many; how much; the protocol's own total."""

    drug: str
    route: str
    days: str  # "5 of 20"
    given: str
    total: str


class WholeTreatment(Struct, frozen=True):
    """From day 1 of Induction to the end of therapy."""

    head: PaperHead
    whose: Whose
    as_of: AsOf
    day_1: date | None
    road: tuple[RoadCourse, ...]  # without Maintenance
    undated: tuple[tuple[str, str], ...]  # a course without a date, and why
    cycles: tuple[tuple[str, date], ...]  # "Maintenance 1" and its first day
    maintenance_words: str  # age at its start, or why it has no date
    ends_on: date | None
    end_words: str
    events: tuple[RoadEvent, ...]
    spinal: tuple[SpinalDay, ...]
    dlt_words: str  # "" where the protocol has no DLT period
    dlt: tuple[date, date | None] | None  # opened, and closed or expected to close
    dlt_open: bool
    starts: tuple[StartLine, ...]
    cumulative: tuple[Cumulative, ...]
    notes: tuple[str, ...]
    lengths_words: str
