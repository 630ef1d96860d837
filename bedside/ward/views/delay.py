"""A hold or a delay: what is typed, and everything that would move."""

from datetime import date

from msgspec import Struct

from bedside.protocol.plan_change import BandChange, PlanChange
from bedside.ward.views.marks import Banner


class NewHold(Struct, frozen=True):
    """A hold as typed: ``drug`` "" holds the whole course; ``until_on`` is the last held day."""

    course_key: str
    drug: str
    from_on: date
    until_on: date | None
    reason: str = ""


class NewShift(Struct, frozen=True):
    """One drug's doses that move, as typed: from the dose on or after ``from_on`` to ``to_on``."""

    course_key: str
    drug: str
    route: str
    from_on: date
    to_on: date
    reason: str = ""


class ShiftRow(Struct, frozen=True):
    """A shift that is recorded, and why it cannot be taken back ("" where it can)."""

    shift_id: int
    words: str
    from_on: date | None  # where its first dose stands now
    why_not: str


class HoldRow(Struct, frozen=True):
    """A hold that is recorded; ``is_open`` until its last day, if one is entered, is over."""

    hold_id: int
    words: str
    is_open: bool
    from_on: date


class DelayForm(Struct, frozen=True):
    """What can be held, and what is held already."""

    banner: Banner
    courses: tuple[tuple[str, str, date | None], ...]  # key, title, day 1 as it stands
    drugs: tuple[tuple[str, str, str], ...]  # course key, drug key, display name
    holds: tuple[HoldRow, ...]
    lines: tuple[tuple[str, str, str, str], ...]  # course key, drug key, route, name with route
    shifts: tuple[ShiftRow, ...]
    running: str = ""  # key of the course that runs today, "" for none


class CourseBand(Struct, frozen=True):
    """One course on the band of a plan; ``end`` is its last day, the next course not covered.

    ``open_until`` is the last day of the stretch in which it goes on without a public length;
    None where its length is known.
    """

    title: str
    start: date
    end: date
    priming: bool
    open_until: date | None = None


class DelayView(Struct, frozen=True):
    """The plan as it stands, the plan as it would be, and the difference in words.

    ``moves`` has a row for each thing that moves: group, what, planned, then, by, note.
    ``also`` says what is not a date of its own: a title and a sentence.
    """

    before: tuple[CourseBand, ...]
    after: tuple[CourseBand, ...]
    today: date
    change: PlanChange
    bands: tuple[BandChange, ...]
    summary: str
    moves: tuple[tuple[str, str, str, str, str, str], ...]
    also: tuple[tuple[str, str], ...]
    against: tuple[str, ...]
