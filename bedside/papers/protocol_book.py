"""A whole protocol in words, finished and frozen: what `protocol show`, the page and the review book say.

Decision: one value for all three, so that a pharmacist who compares file, screen and paper reads
the same sentence three times. It lives below the protocol room, as the values of the papers do.
"""

from typing import Literal

from msgspec import Struct

from bedside.papers.mark import PaperMark

FactEvidence = Literal["stated", "conflict", "related", "site", "absent", "remark", "program"]

EVIDENCE_WORDS: dict[FactEvidence, str] = {
    "stated": "stated",
    "conflict": "conflict",
    "related": "related",
    "site": "site",
    "absent": "not public",
    "remark": "remark",
    "program": "this program",
}
EVIDENCE_MEANS = (
    ("stated", "read in a source about this very protocol"),
    ("conflict", "sources disagree, or one contradicts itself: never planned"),
    ("related", "of another protocol: shown for comparison, never dosed from"),
    ("site", "entered by this site from its controlled copy, by two people"),
    ("not public", "in no public source: enter it from your controlled copy"),
    ("this program", "a stop of Bedside itself, never of the protocol"),
)


class FactLine(Struct, frozen=True):
    """One fact: what it is about ("methotrexate, intrathecal"), which side of it, and its words.

    ``sources`` are keys of the file's list, ``named`` their short names joined.
    """

    about: str
    aspect: str
    words: str
    evidence: FactEvidence
    sources: tuple[str, ...] = ()
    named: str = ""
    note: str = ""


class CourseWords(Struct, frozen=True):
    """One course: its names, its facts in the order of the file, and its totals per drug."""

    key: str
    title: str
    also: str
    phase: str
    arm: str
    note: str
    facts: tuple[FactLine, ...]
    totals: tuple[str, ...]


class ConflictWords(Struct, frozen=True):
    """One contradiction: every reading, and what Bedside does until the site has entered one."""

    number: int
    question: str
    readings: tuple[str, ...]
    ruling: str
    named: str


class ProtocolBook(Struct, frozen=True):
    """One edition of one protocol."""

    key: str
    title: str
    full_title: str
    edition: str
    registry: str
    digest: str
    closed_to_entry: str
    facts: tuple[FactLine, ...]  # of the whole protocol
    courses: tuple[CourseWords, ...]
    conflicts: tuple[ConflictWords, ...]
    sources: tuple[tuple[str, str, str], ...]  # key, short name, full name


class BookHead(Struct, frozen=True):
    """What stands on every page of a review book besides the protocol's own edition."""

    printed_words: str  # "20-Nov-2026 10:42"
    program: str
    audit_head: str = ""  # 16 hexadecimal letters; "" where no ward is open
    mark: PaperMark | None = None  # None where no ward is open
    demonstration: bool = False
    emergency: str = ""  # which copy this was printed from, where the ward could not be opened
