"""Lets the parts of a report run over pages: heads are repeated, rows stay whole, nothing is cut."""

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from bedside.documents.footer import Foot, draw_foot
from bedside.documents.frame import draw_head, draw_standing, draw_uncommissioned
from bedside.documents.page import HAIR, HAIR_GREY, Paper
from bedside.documents.typed import told
from bedside.documents.wording import dated
from bedside.documents.words import BODY, CAPTION, STRONG, Style, Words, settle, words, wrap
from bedside.papers.values import PaperHead
from bedside.units.refusal import Refused

LINE = 3.7
_CLEAR = 1.5  # above the foot
_PAD = 1.0


class Piece(Protocol):
    """Anything that takes a stretch of a page."""

    @property
    def height(self) -> float:
        """Its height in millimetres."""

    def draw(self, paper: Paper, y: float) -> None:
        """Draw it from its upper edge."""


class Picture(Struct, frozen=True):
    """A stretch drawn by a function that takes the page and its upper edge."""

    height: float
    paint: Callable[[Paper, float], None]

    def draw(self, paper: Paper, y: float) -> None:
        """Draw it from its upper edge."""
        self.paint(paper, y)


class Title(Struct, frozen=True):
    """The head of a numbered block."""

    number: str
    title: str
    note: str = ""

    @property
    def height(self) -> float:
        """Its height in millimetres."""
        return 6.4

    def draw(self, paper: Paper, y: float) -> None:
        """Draw it from its upper edge."""
        draw_head(paper, y, self.number, self.title, self.note)


class Column(Struct, frozen=True):
    """A column: its caption, its width in millimetres, how its words are set, and what they are."""

    caption: str
    width: float
    field: str
    style: Style = BODY
    typed: bool = False  # what has no room is told so, never refused


class Captions(Struct, frozen=True):
    """The captions of a table."""

    columns: tuple[Column, ...]
    above: Piece | None = None

    @property
    def height(self) -> float:
        """Their height in millimetres."""
        return 4.6 + (0 if self.above is None else self.above.height)

    def draw(self, paper: Paper, y: float) -> None:
        """Draw them from their upper edge."""
        if self.above is not None:
            self.above.draw(paper, y)
            y += self.above.height
        x = paper.form.left
        for column in self.columns:
            paper.put(words(column.caption, CAPTION), x + _PAD, y + 3.1)
            x += column.width
        paper.rule((paper.form.left, y + 4.6), (paper.form.right, y + 4.6), HAIR, HAIR_GREY)


class Stack(Struct, frozen=True):
    """Pieces that stand below each other on one page."""

    pieces: tuple[Piece, ...]

    @property
    def height(self) -> float:
        """Their height in millimetres."""
        return sum(piece.height for piece in self.pieces)

    def draw(self, paper: Paper, y: float) -> None:
        """Draw them from their upper edge."""
        for piece in self.pieces:
            piece.draw(paper, y)
            y += piece.height


class Row(Struct, frozen=True):
    """A row of a table: lines of words for each cell, and a picture in the last one's room."""

    columns: tuple[Column, ...]
    cells: tuple[tuple[Words, ...], ...]
    least: float = 0.0
    paint: Callable[[Paper, float, float], None] | None = None  # page, upper edge, height

    @property
    def height(self) -> float:
        """Its height in millimetres."""
        return max(self.least, 1.7 + LINE * max((len(cell) for cell in self.cells), default=1))

    def draw(self, paper: Paper, y: float) -> None:
        """Draw it from its upper edge."""
        x = paper.form.left
        for column, cell in zip(self.columns, self.cells, strict=False):
            paper.put_lines(cell, x + _PAD, y + 3.7, LINE)
            x += column.width
        if self.paint is not None:
            self.paint(paper, y, self.height)
        low = y + self.height
        paper.rule((paper.form.left, low), (paper.form.right, low), HAIR, HAIR_GREY)


def row(columns: Sequence[Column], texts: Sequence[str], most: int = 14) -> Row:
    """Set a row: each cell on one line where it fits, smaller or in several lines where it does not.

    Raises:
        Refused: something cannot be printed or needs more lines than ``most``.
    """
    cells = []
    for column, text in zip(columns, texts, strict=True):
        style, room = column.style, column.width - 2 * _PAD
        ways = ((style, 1), (style.at(min(style.size, 8.5)), 2), (style.at(8), most))
        way = told if column.typed else settle
        cells.append(way(dated(text), ways, column.field, room) if text else ())
    return Row(tuple(columns), tuple(cells))


def stacked(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], most: int = 12, least: float = 0.0
) -> Row:
    """Set a row of which each cell holds several sentences, each beginning on a line of its own.

    Raises:
        Refused: something cannot be printed or needs more lines than ``most``.
    """
    made = []
    for column, texts in zip(columns, cells, strict=True):
        lines: list[Words] = []
        for at, text in enumerate(text for text in texts if text):
            style = column.style if at == 0 else BODY.at(min(column.style.size, 8.5))
            ways = ((style, 1), (style.at(8), most))
            way = told if column.typed else settle
            lines += way(dated(text), ways, column.field, column.width - 2 * _PAD)
        made.append(tuple(lines))
    return Row(tuple(columns), tuple(made), least)


class Lines(Struct, frozen=True):
    """Lines of words, the first of each sentence with a dot before it where ``dots``."""

    lines: tuple[Words, ...]
    indent: float = 0.0
    leading: float = LINE

    @property
    def height(self) -> float:
        """Their height in millimetres."""
        return 1.4 + self.leading * len(self.lines)

    def draw(self, paper: Paper, y: float) -> None:
        """Draw them from their upper edge."""
        x = paper.form.left + self.indent
        paper.put_lines(self.lines, x, y + self.leading * 0.86, self.leading)


def sentence(
    paper_room: float, text: str, field: str, style: Style = BODY, most: int = 12, indent: float = 0
) -> Lines:
    """Set a sentence over the width of the page."""
    return Lines(wrap(dated(text), style, field, paper_room - indent, most), indent)


def fact(room: float, caption: str, text: str, field: str, wide: float = 46.0) -> Row:
    """A caption in bold and what is said of it beside."""
    columns = (Column("", wide, field, STRONG), Column("", room - wide, field))
    return row(columns, (caption, text))


class Part(Struct, frozen=True):
    """A head with the pieces under it; ``together``: all of it on one page, ``turn``: not on the first."""

    head: Piece
    pieces: tuple[Piece, ...]
    again: Piece | None = None  # the head on the pages after the first
    together: bool = False
    gap: float = 3.0
    turn: bool = False  # not on the first page


Placed = list[tuple[Piece, float]]


def flow(
    parts: Sequence[Part], first: tuple[float, float], after: tuple[float, float]
) -> list[Placed]:
    """Share parts out over pages.

    Args:
        parts: in their order.
        first: upper and lower edge of the room on the first page, in millimetres.
        after: the same on each page after it.

    Returns:
        For each page its pieces with their upper edges.

    Raises:
        Refused: a piece is taller than a page.
    """
    return _Pages(first, after).lay(parts)


class _Pages:
    """Places one piece after the other."""

    def __init__(self, first: tuple[float, float], after: tuple[float, float]) -> None:
        self._after = after
        self._y, self._low = first
        self._full = after[1] - after[0]
        self.pages: list[Placed] = [[]]

    def lay(self, parts: Sequence[Part]) -> list[Placed]:
        for part in parts:
            self._part(part)
        return self.pages

    def _part(self, part: Part) -> None:
        wanted = part.pieces if part.together else part.pieces[:1]
        needed = part.head.height + sum(piece.height for piece in wanted)
        gap = part.gap if self.pages[-1] else 0.0
        if self._y + gap + needed > self._low or (part.turn and len(self.pages) == 1):
            self._turn_over()
            gap = 0.0
        self._y += gap
        self._place(part.head)
        for piece in part.pieces:
            if self._y + piece.height > self._low:
                self._turn_over()
                self._place(part.again or part.head)
            self._place(piece)

    def _turn_over(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
        self._y, self._low = self._after

    def _place(self, piece: Piece) -> None:
        if self._y + piece.height > self._low + 0.01:
            raise Refused(
                "Not printed: a part of this paper is taller than a page, and nothing is ever cut. "
                "Shorten the reasons, comments or allergies on it."
            )
        self.pages[-1].append((piece, self._y))
        self._y += piece.height


def draw_pages(
    paper: Paper,
    head: PaperHead,
    pages: Sequence[Placed],
    foot: Foot,
    draw_top: Callable[[int], None],
) -> None:
    """Draw pages with their heads, feet and marks.

    Args:
        paper: the paper.
        head: its numbers and standing.
        pages: the pieces of each page with their upper edges.
        foot: the foot.
        draw_top: draws the head of a page, by its number from 0.
    """
    for at, pieces in enumerate(pages):
        if at:
            paper.next_page()
        draw_uncommissioned(paper, head)
        draw_top(at)
        for piece, y in pieces:
            piece.draw(paper, y)
        draw_foot(paper, foot, at + 1, len(pages))
        draw_standing(paper, head)


def low_edge(foot: Foot) -> float:
    """The lower edge of the room above a foot, in millimetres from the top."""
    return foot.top - _CLEAR
