"""What the store keeps of a handover: who took which open task, and what one shift left to the next."""

from datetime import datetime

from bedside.store.records import Record


class HandoverTaken(Record, frozen=True, kw_only=True):
    """A task that somebody took; given back, the row is struck out.

    ``task_key`` names the task as `bedside.ward.handover_tasks` derives it; ``words`` as it was read.
    """

    infant_id: int
    task_key: str
    words: str


class Handover(Record, frozen=True, kw_only=True):
    """The ward as one shift left it to the next, signed off by who leaves and who comes.

    ``content`` is the frozen list (JSON, `bedside.papers.handover`), ``digest`` its SHA-256. The
    numbers of the two people are None in a ward without accounts.
    """

    as_of: datetime
    left_name: str
    left_role: str
    left_person_id: int | None
    came_name: str
    came_role: str
    came_person_id: int | None
    tasks: int
    content: str
    digest: str
