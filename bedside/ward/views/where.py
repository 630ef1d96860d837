"""Where are we: the one question of the patient's first page."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from bedside.ward.views.marks import Banner, DueItem, HeldItem, Mark

Result = Literal["met", "not met", "unknown"]


class RuleRow(Struct, frozen=True):
    """One line of the start rule; ``main`` is False for what else is needed (place, weight …).

    Of a course that was opened: ``since`` says what became of the value afterwards, and ``struck``
    whether its record was struck out.
    """

    measure: str
    needed: str
    seen: str  # "480", "yes", "unknown"
    unit: str  # "per µL" or ""
    at: datetime | None
    source: str
    result: Result
    main: bool = True
    site_value: bool = False
    since: str = ""
    struck: bool = False
    question: str = ""  # key of what a person answers on this page, "" for all else
    over: str = ""  # what else a yes was given over, and why; "" where nothing stood against it
    typed_at: datetime | None = None  # of what is typed, where a newer count decides (`at`)


class CourseBox(Struct, frozen=True):
    """One course on the strip; ``state`` decides how it is drawn."""

    key: str
    title: str
    state: Literal["past", "now", "next", "later"]
    priming: bool
    day: int | None  # today's course day where state is "now"
    caption: str  # "from 14‑Oct‑2026", "not before 21‑Nov‑2026", ""
    in_dlt: bool  # inside the DLT evaluation period


class NextItem(Struct, frozen=True):
    """Something that comes next; ``days`` are dated boxes for an azacitidine block."""

    on: date | None
    text: str
    note: str = ""
    site_value: bool = False
    days: tuple[tuple[int, date], ...] = ()


class Contact(Struct, frozen=True):
    """Whom to ring (a site value)."""

    role: str
    name: str
    number: str


class WhereView(Struct, frozen=True):
    """The first page of an infant."""

    banner: Banner
    mark: Mark
    answer: str  # "Waiting for EPI #1."
    answer_tail: str  # "Held: ANC 480, needs 500."
    why: str  # one line
    strip: tuple[CourseBox, ...]
    gate_before: str  # key of the course behind the gate, "" when none is held
    end_of_therapy: str  # "therapy ends 14‑Oct‑2028" or why unknown
    rule_title: str  # "May EPI #1 start?"
    rule_note: str
    rules: tuple[RuleRow, ...]
    next_items: tuple[NextItem, ...]
    due: tuple[DueItem, ...]
    contacts: tuple[Contact, ...]
    contacts_are_demonstration: bool
    open_key: str  # key of the course the "Open …" button opens, "" when there is none
    open_title: str
    open_allowed: bool
    open_because: str
    toxicity_open: tuple[str, ...]  # what stands against "toxicity resolved"
    protocol_notes: tuple[str, ...]  # "closed to entry since 2016", disputed days …
    settle: tuple[str, ...] = ()  # site values against the public source, nothing of them is used
    maintenance: bool = False  # Maintenance has begun: its doses by mouth have a page
    mend: tuple[HeldItem, ...] = ()  # what is to be put right before a dose can go on, and where
