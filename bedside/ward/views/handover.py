"""What the page of the handover shows: the open tasks of the ward, who took them, and earlier handovers."""

from datetime import datetime

from msgspec import Struct

from bedside.papers.handover import HandoverPaper, Kind
from bedside.ward.views.marks import Mark


class OpenTask(Struct, frozen=True):
    """Something that waits for somebody.

    Args:
        key: names the task as long as it stays the same one.
        infant_id: whom it is about.
        bed: her bed.
        infant: "FAMILY, Given".
        alike: "same family name: bed 6", "" where nobody else bears it.
        kind: what sort of task.
        mark: how it stands.
        at: when it is due or runs out; None where it has no time.
        words: what is to be done.
        note: why, or how late.
        taken_by: who took it; "" while nobody has.
        taken_at: when.
        taken_id: the record of it.
    """

    key: str
    infant_id: int
    bed: str
    infant: str
    alike: str
    kind: Kind
    mark: Mark
    at: datetime | None
    words: str
    note: str = ""
    taken_by: str = ""
    taken_at: datetime | None = None
    taken_id: int | None = None


class SignedOff(Struct, frozen=True):
    """An earlier handover; ``whole`` says that its list is as it was signed."""

    handover_id: int
    at: datetime
    paper: HandoverPaper
    whole: bool


class HandoverView(Struct, frozen=True):
    """The open tasks as of a moment, late ones first, and the last handover."""

    as_of: datetime
    tasks: tuple[OpenTask, ...]
    last: SignedOff | None

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(task.mark == "late" for task in self.tasks)

    @property
    def taken(self) -> int:
        """How many somebody took."""
        return sum(bool(task.taken_by) for task in self.tasks)
