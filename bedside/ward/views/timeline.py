"""The timeline: two years of one infant, every dose on its date."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from bedside.ward.views.marks import Banner, DltLine

EventState = Literal["", "done", "planned", "missing", "not to be done"]
DoseState = Literal["given", "planned", "held", "missed", "broken off", "in part", "not given"]


class TimelineCourse(Struct, frozen=True):
    """A course band; ``end`` is the last day of the band (inclusive)."""

    key: str
    title: str
    start: date
    end: date
    state: Literal["past", "now", "later"]
    priming: bool
    basis: Literal["actual", "projected"]
    certainty: str  # "", "site value", "not before: the length is not public"
    first_plan: date | None
    open_until: date | None = None  # it goes on, its length not public, to this day (inclusive)
    open_words: str = ""  # what the stretch up to there says


class UndatedCourse(Struct, frozen=True):
    """A course (or the rest of the running one) behind the last date: in order, not to scale."""

    key: str
    title: str
    words: str  # why it has no date, and who enters what is missing
    goes_on: bool = False  # the rest of a course that has begun


class TimelineDose(Struct, frozen=True):
    """One dose day of one lane."""

    on: date
    course_key: str
    course_title: str
    course_day: int
    drug: str  # display name
    route: str
    state: DoseState
    words: str  # what focus and hover say
    way: str  # the route in words


class TimelineLane(Struct, frozen=True):
    """One drug (or all intrathecal drugs) over the whole time."""

    title: str
    kind: Literal["priming", "intrathecal", "drug", "daily"]
    doses: tuple[TimelineDose, ...]
    unscheduled: tuple[tuple[date, date, str], ...] = ()  # stretch without days: from, to, words
    undated: tuple[tuple[str, str], ...] = ()  # in a course without a date: its key, words


class TimelineEvent(Struct, frozen=True):
    """A hold (with an end), a fever, an MRD time point, a transplant or another dated event.

    Args:
        kind: what it is.
        start: its first date.
        end: its last date; None where it has none.
        words: what hover, focus and the table say.
        began: a fever's first fever, aware; None for all else.
        ended: when a fever was closed, or now while it is open.
        given: when its first antibiotic was started; None while it was not.
        open: whether a fever is not closed yet.
        state: of an MRD time point or a transplant; "missing" is past and not recorded.
        short: what stands beside the mark where the words have no room.
    """

    kind: Literal["hold", "fever", "birthday", "end of therapy", "MRD", "transplant"]
    start: date
    end: date | None
    words: str
    began: datetime | None = None
    ended: datetime | None = None
    given: datetime | None = None
    open: bool = False
    state: EventState = ""
    short: str = ""


class TimelineView(Struct, frozen=True):
    """All that the timeline draws.

    ``undated`` follows behind ``last``, ``not_recorded`` stands in the table only; ``no_end`` says
    why no end of therapy is drawn, or when it is where it lies behind the break; "" where it is drawn.
    ``open_rows`` says by kind ("MRD", "transplant") what of it has no date; ``has_transplant`` where
    the protocol has a transplant rule.
    """

    banner: Banner
    today: date
    first: date
    last: date
    courses: tuple[TimelineCourse, ...]
    lanes: tuple[TimelineLane, ...]
    events: tuple[TimelineEvent, ...]
    dlt: DltLine
    dlt_projected_close: date | None
    footnote: str
    undated: tuple[UndatedCourse, ...] = ()
    not_recorded: tuple[UndatedCourse, ...] = ()
    no_end: str = ""
    open_rows: tuple[tuple[str, str], ...] = ()
    has_transplant: bool = False
