"""The transfer summary, finished and frozen: where she is up to, what must not be given, whom to ring."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from bedside.papers.values import PaperHead
from bedside.papers.whose import AsOf, Whose


class StripBox(Struct, frozen=True):
    """One course on the strip."""

    title: str
    state: Literal["past", "now", "later"]
    priming: bool


class Ring(Struct, frozen=True):
    """A telephone: whom it reaches, and the number."""

    who: str
    number: str


class CountPoint(Struct, frozen=True):
    """One blood count; None where there is no number, the words say why."""

    at: datetime
    anc_per_ul: int | None
    platelets_per_ul: int | None
    anc: str
    platelets: str
    haemoglobin: str


class CountBand(Struct, frozen=True):
    """A course behind the counts; ``until`` is the day after its last."""

    title: str
    begins: date
    until: date
    priming: bool
    held: bool = False


class OpenToxicity(Struct, frozen=True):
    """A toxicity that is open now."""

    term: str
    grade: str  # "3", "at least 3"
    since: date
    now: str  # attribution and the like
    dlt: str


class GivenLine(Struct, frozen=True):
    """One drug by one route over the last days: a word for each day, "" where nothing was planned."""

    drug: str
    route: str
    cells: tuple[str, ...]  # "given", "due", "not given", "held", ""


class TransferSummary(Struct, frozen=True):
    """Two pages for another hospital."""

    head: PaperHead
    whose: Whose
    as_of: AsOf
    never: str  # "azaCITIDine", "" where the protocol has none
    strip: tuple[StripBox, ...]
    so_far: tuple[str, ...]  # lines under the strip
    next_words: str
    fever: tuple[str, ...]  # the site's own instruction, a line each; empty where it has none
    fever_words: str  # whose instruction this is
    rings: tuple[Ring, ...]
    must_not: tuple[tuple[str, str], ...]  # bold words, and what follows
    dlt_words: str  # "" where the protocol has no DLT period
    dlt_note: str
    dlt_lines: tuple[str, ...]
    counts: tuple[CountPoint, ...]
    bands: tuple[CountBand, ...]
    anc_limit: int | None
    platelets_limit: int | None
    toxicities: tuple[OpenToxicity, ...]
    ctcae: str
    days: tuple[date, ...]
    given: tuple[GivenLine, ...]
    given_note: str
    waiting: str = ""  # what the laboratory says of other terms, not answered yet
