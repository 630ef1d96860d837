"""A handover, finished and frozen: what one shift leaves to the next, and who signed it off."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Kind = Literal[
    "clock", "due", "check", "order", "not recorded", "held", "DLT", "round", "laboratory", "paper"
]
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
    "mend",
    "check",
    "none",
]


class HandedTask(Struct, frozen=True):
    """One open task as it was handed over; ``mark`` is how it stood then."""

    bed: str
    infant: str  # "FAMILY, Given"
    alike: str  # "same family name: bed 6", "" where nobody else bears it
    mark: Mark
    kind: Kind
    at: datetime | None
    words: str
    note: str
    taken_by: str  # "" while nobody had taken it
    taken_at: datetime | None


class HandoverPaper(Struct, frozen=True):
    """The list of one handover.

    Args:
        ward: the ward's name.
        as_of: when the list was read; it is the list that both saw.
        left: name and role of who leaves.
        came: name and role of who comes.
        tasks: the open tasks, late ones first.
    """

    ward: str
    as_of: datetime
    left: str
    came: str
    tasks: tuple[HandedTask, ...]
    demonstration: bool = False
