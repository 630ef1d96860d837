"""What the store keeps of a restore: from which copy, and every later act that is not in it, until settled.

It is written into the copy before that takes the ward's place, so no restored ward is without it.
"""

from datetime import date, datetime

from bedside.store.records import Record


class WardRestore(Record, frozen=True, kw_only=True):
    """That this ward was put back to a copy: when (``recorded_at``), by which two people, from which one."""

    copy_at: datetime
    copy_why: str
    first: str
    second: str
    reading: (
        str  # of the ward that was replaced: "read", or "not read" where nothing of it is known
    )


class RestoredAct(Record, frozen=True, kw_only=True):
    """Something done after that copy, or of which nobody knows whether it was done.

    ``infant_id`` is None where it is about no infant, or about one whom the copy does not know;
    ``infant`` names her as she stood in the ward that was replaced. The columns of the dose are
    filled in where the act is about one planned dose; ``content`` is what was recorded of it (JSON).
    """

    restore_id: int
    infant_id: int | None
    infant: str
    done_at: datetime
    done_by: str
    act: str
    words: str
    kind: str
    course_key: str
    course_day: int | None
    drug: str
    route: str
    due_on: date | None
    content: str


class RestoredSettling(Record, frozen=True, kw_only=True):
    """That one of these acts is settled: entered again, or not so, and why."""

    act_id: int
    infant_id: int | None
    outcome: str  # "entered again" or "not so"
    reason: str
    name: str
    role: str
