"""The list of what a restore lost, finished and frozen: to write down before it, and to settle after it."""

from datetime import datetime

from msgspec import Struct

from bedside.papers.mark import PaperMark


class RestoredLine(Struct, frozen=True):
    """One act: when, of whom, what, by whom, and which doses it stops until it is settled."""

    done: str
    infant: str
    words: str
    who: str
    stops: str


class RestoredList(Struct, frozen=True):
    """Every act that a copy does not hold.

    Args:
        site: hospital and ward.
        title: "Not in the copy of …" before a restore, "Not in this ward since …" after it.
        about: what the list is for, in one sentence.
        infant: whose list it is, "" for the whole ward.
        lines: the oldest first.
        demonstration: invented infants.
    """

    site: str
    title: str
    about: str
    infant: str
    lines: tuple[RestoredLine, ...]
    printed_at: datetime
    printed_by: str
    program: str
    demonstration: bool = False
    mark: PaperMark | None = None
    emergency: str = ""  # which copy this was printed from, where the ward could not be opened
