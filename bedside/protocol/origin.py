"""Where a fact of a protocol file comes from: how sure it is, and in which source it was read."""

from typing import Literal

from msgspec import Struct

Evidence = Literal["stated", "conflict", "related", "site", "absent"]


class Origin(Struct, frozen=True):
    """Where a fact comes from: its evidence class, the keys of its sources, and a note.

    ``named`` is the sources' short names joined, for a sheet or a screen.
    """

    evidence: Evidence
    sources: tuple[str, ...]
    note: str = ""
    named: str = ""


NOT_PUBLIC = Origin("absent", (), "not public")
