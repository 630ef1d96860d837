"""Draws the roadmap of one course: a record of what was planned and given, on as many pages as it needs.

It says on every page that it is no order. The table's head is repeated on each page, a hold stays
with the day it delays, and what ends the course comes after its last day.
"""

from collections.abc import Sequence
from typing import Protocol

from bedside.documents.footer import Foot, draw_foot, lay_foot
from bedside.documents.frame import draw_standing, draw_uncommissioned, particulars
from bedside.documents.page import LANDSCAPE, Paper
from bedside.documents.roadmap_closing import lay_closing, lay_left_open
from bedside.documents.roadmap_columns import lay_columns
from bedside.documents.roadmap_head import GridHead, lay_head
from bedside.documents.roadmap_opening import RoadmapOpening, draw_opening, lay_opening
from bedside.documents.roadmap_rows import DayRow, HoldRow, lay_rows
from bedside.documents.typed import NEVER_REPLACED, legible_value
from bedside.papers.values import Roadmap
from bedside.units.refusal import Refused

_GAP = 1.8  # between the blocks that end the course
_CLEAR = 1.0  # above the foot


class Piece(Protocol):
    """Anything that takes a stretch of a page."""

    @property
    def height(self) -> float:
        """Its height in millimetres."""

    def draw(self, paper: Paper, y: float) -> None:
        """Draw it from its upper edge."""


def draw_roadmap(roadmap: Roadmap) -> bytes:
    """Draw the roadmap as a PDF; the same value gives the same bytes.

    Args:
        roadmap: the finished roadmap; nothing on it is worked out here.

    Raises:
        Refused: something cannot be printed whole and safely; each reason names what, and what
            would be right.
    """
    subject = f"{roadmap.protocol}, {roadmap.course}: a record, not an order"
    paper = Paper(LANDSCAPE, particulars(roadmap.head, "Roadmap", subject))
    compose(paper, roadmap)
    return paper.finish()


def compose(paper: Paper, roadmap: Roadmap) -> None:
    """Draw the roadmap onto a paper, page by page."""
    roadmap = legible_value(roadmap, NEVER_REPLACED | {"initials"})  # they have words of their own
    _judge(roadmap)
    opening = lay_opening(roadmap)
    foot = lay_foot(paper, roadmap.head, roadmap.infant)
    pages = _Pages(roadmap, opening, foot).lay()
    for at, pieces in enumerate(pages):
        if at:
            paper.next_page()
        draw_uncommissioned(paper, roadmap.head)
        draw_opening(paper, roadmap, opening, first=at == 0)
        y = opening.first_bottom if at == 0 else opening.next_bottom
        for piece, gap in pieces:
            piece.draw(paper, y + gap)
            y += gap + piece.height
        draw_foot(paper, foot, at + 1, len(pages))
        draw_standing(paper, roadmap.head)


def _judge(roadmap: Roadmap) -> None:
    """Refuse a roadmap that no layout could make right."""
    if not roadmap.days:
        raise Refused(
            "Not printed: this course has no days yet. Enter how long it lasts, or its day 1."
        )
    known = range(len(roadmap.drugs))
    for day in roadmap.days:
        if any(at not in known for at, _ in day.given):
            raise ValueError(f"day {day.day} records a drug that has no column")


class _Pages:
    """Shares rows and closing blocks out over pages."""

    def __init__(self, roadmap: Roadmap, opening: RoadmapOpening, foot: Foot) -> None:
        grid = lay_columns(roadmap)
        self._roadmap = roadmap
        self._rows = lay_rows(roadmap, grid)
        self._first = lay_head(roadmap, grid, full=True)
        self._again = lay_head(roadmap, grid, full=False)
        self._first_room = foot.top - _CLEAR - opening.first_bottom
        self._full_room = foot.top - _CLEAR - opening.next_bottom
        self._pages: list[list[tuple[Piece, float]]] = [[]]
        self._left = self._first_room

    def lay(self) -> Sequence[Sequence[tuple[Piece, float]]]:
        """Return the pieces of each page, each with the gap above it."""
        self._lay_rows()
        for closing in lay_closing(self._roadmap, self._left - _GAP, self._full_room):
            self._place(closing, _GAP)
        for left_open in lay_left_open(self._roadmap, self._left - _GAP, self._full_room):
            self._place(left_open, _GAP)
        return self._pages

    def _lay_rows(self) -> None:
        self._place(self._first, 0)
        for hold, day in self._rows:
            pieces: list[HoldRow | DayRow] = [day] if hold is None else [hold, day]
            if sum(piece.height for piece in pieces) > self._left:
                self._turn_over()
                self._place(self._again, 0)
            for piece in pieces:
                self._place(piece, 0)

    def _turn_over(self) -> None:
        self._pages.append([])
        self._left = self._full_room

    def _place(self, piece: Piece, gap: float) -> None:
        if gap and not self._pages[-1]:
            gap = 0
        if gap + piece.height > self._left:
            if isinstance(piece, GridHead | HoldRow | DayRow) or piece.height > self._full_room:
                raise Refused(
                    "Not printed: a part of this roadmap is taller than a page. "
                    "Shorten the words of the holds, allergies or dose rules."
                )
            self._turn_over()
            gap = 0
        self._pages[-1].append((piece, gap))
        self._left -= gap + piece.height
