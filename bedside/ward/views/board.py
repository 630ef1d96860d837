"""The ward board: every infant on one page."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from bedside.ward.views.fever import FeverClockView
from bedside.ward.views.marks import DltLine, DueItem, HeldItem, VialClockView


class OpenCheck(Struct, frozen=True):
    """Something of an infant that another person has to check or sign."""

    step: Literal["first count", "second count", "verify", "release"]
    drug: str  # as it is written
    course_day: int


class BoardRow(Struct, frozen=True):
    """One infant on the board."""

    infant_id: int
    bed: str
    family: str
    given: str
    age_text: str
    sex: str
    hospital_number: str
    same_family: str  # "same family name: bed 6", else ""
    course_title: str
    course_day: int | None
    protocol_title: str
    priming: bool  # an azacitidine block is running
    due: tuple[DueItem, ...]
    held: tuple[HeldItem, ...]
    clocks: tuple[VialClockView, ...]
    dlt: DltLine
    late: bool
    fever: FeverClockView | None = None
    study_number: str = ""
    infusions: tuple[tuple[str, str, str], ...] = ()  # continuous ones: drug, state, bag
    checks: tuple[OpenCheck, ...] = ()  # what waits for another person; empty before it was judged
    judged: bool = True  # False at the first paint: orders, checks and DLT states are not known yet


class Board(Struct, frozen=True):
    """The ward list in the order set at ``ordered_at`` (late first, then by next time due)."""

    rows: tuple[BoardRow, ...]
    ordered_at: datetime
    shift_text: str  # "" where the site has entered no shift times
    late: int
    clocks_running: int
    held: int
    stopped: int
    unknown: int
    void: int = 0  # infants with an order that does not stand any more
    mend: int = 0  # infants of whom something else is to be put right
    checks: int = 0  # checks and decisions that wait for another person
    judged: bool = True  # False at the first paint: more may be held, void, unknown or open
