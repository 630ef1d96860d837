"""The card "contact the tertiary team", finished and frozen: screen and paper say the same words."""

from datetime import datetime

from msgspec import Struct

from bedside.papers.mark import PaperMark


class CardLine(Struct, frozen=True):
    """One line: what it is, and what is known of it ("unknown" where nothing is)."""

    name: str
    words: str


class TertiaryCard(Struct, frozen=True):
    """Whom to ring, and what to have ready before the call."""

    site: str
    infant: str
    born: str
    hospital_number: str
    study_number: str
    protocol: str
    period: str
    contacts: tuple[CardLine, ...]  # role with name, and the number
    toxicities: tuple[CardLine, ...]  # term, and its grade with day and attribution
    ready: tuple[CardLine, ...]
    printed_at: datetime
    printed_by: str
    program: str
    demonstration: bool
    audit_head: str = ""  # 16 hexadecimal letters: the end of the audit trail as it was printed
    emergency: str = ""  # which copy this was printed from, where the ward could not be opened
    mark: PaperMark | None = None
    ctcae: str = ""  # the version of the grades, where a line names no other: "5.0"
