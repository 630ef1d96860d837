"""The patient box: cells with a quiet caption above a bold value, as wide as they need.

Where they do not fit into one row at a readable size, those left over stand below it with the
caption before the value; a value wider than the box (long allergies) is broken into lines there, so
that nothing of it is lost.
"""

from collections.abc import Sequence

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.page import HAIR, HAIR_GREY, Paper
from bedside.documents.typed import told
from bedside.documents.words import CAPTION, Style, Words, fit, words, wrap

_PADDING = 1.5  # millimetres at either side of a cell
_CAPTION_DOWN, _VALUE_DOWN, _BELOW = 3.5, 8.2, 2.1
_INLINE_DOWN, _INLINE_LEADING = 4.1, 4.0
_SMALLEST = 8.5  # points, for values in one row
_MOST_LINES = 4


class Fact(Struct, frozen=True):
    """One cell's content; the note stands small after the value."""

    caption: str
    value: str
    field: str
    note: str = ""
    typed: bool = False  # too long: words that say so, never a refusal


class Cell(Struct, frozen=True):
    """A cell made ready."""

    caption: Words
    lines: tuple[Words, ...]
    note: Words | None
    width: float


class CellRow(Struct, frozen=True):
    """Cells that stand side by side, captions above the values or (inline) before them."""

    cells: tuple[Cell, ...]
    inline: bool = False

    @property
    def height(self) -> float:
        """The row's height in millimetres."""
        if not self.inline:
            return _VALUE_DOWN + _BELOW
        lines = max(len(cell.lines) for cell in self.cells)
        return _INLINE_DOWN + 1.7 + (lines - 1) * _INLINE_LEADING

    @property
    def width(self) -> float:
        """The width its cells need, in millimetres."""
        return sum(cell.width for cell in self.cells)


def lay_cells(facts: Sequence[Fact], room: float, size: float = 10) -> tuple[CellRow, ...]:
    """Lay facts into one row, and those that have no room there into rows below it.

    Args:
        facts: the cells in their order.
        room: millimetres across.
        size: the best type size of the values in points.

    Raises:
        Refused: a value needs more than four lines of the full width.
    """
    while size > _SMALLEST:
        row = CellRow(tuple(_stacked(fact, size, room) for fact in facts))
        if row.width <= room:
            return (row,)
        size -= 0.5
    cells = [_stacked(fact, _SMALLEST, room) for fact in facts]
    first: list[Cell] = []
    below: list[Fact] = []
    for fact, cell in zip(facts, cells, strict=True):
        if cell.width > room / 3 or sum(each.width for each in first) + cell.width > room:
            below.append(fact)
        else:
            first.append(cell)
    above = (CellRow(tuple(first)),) if first else ()
    return (*above, *_rows_below(below, room))


def _stacked(fact: Fact, size: float, room: float) -> Cell:
    caption = fit(fact.caption, CAPTION, f"caption of the {fact.field}", room - 2 * _PADDING, 7)
    note = words(fact.note, CAPTION, fact.field) if fact.note else None
    line = words(fact.value, Style(Face.BOLD, size), fact.field)
    beside = line.width + (note.width + 2 if note else 0)
    return Cell(caption, (line,), note, max(caption.width, beside) + 2 * _PADDING)


def _rows_below(facts: Sequence[Fact], room: float) -> list[CellRow]:
    rows: list[list[Cell]] = []
    used = room
    for fact in facts:
        cell = _inline(fact, room)
        if used + cell.width > room:
            rows.append([])
            used = 0.0
        rows[-1].append(cell)
        used += cell.width
    return [CellRow(tuple(row), inline=True) for row in rows]


def _inline(fact: Fact, room: float) -> Cell:
    caption = words(fact.caption, CAPTION)
    before = caption.width + 2 + 2 * _PADDING + 1.6
    said = f"{fact.value}  ({fact.note})" if fact.note else fact.value
    style, room = Style(Face.BOLD, 9), room - before
    if fact.typed:
        lines = told(said, ((style, _MOST_LINES),), fact.field, room)
    else:
        lines = wrap(said, style, fact.field, room, _MOST_LINES)
    return Cell(caption, lines, None, before + max(line.width for line in lines))


def draw_cells(paper: Paper, row: CellRow, left: float, top: float, room: float) -> None:
    """Draw a row of cells across its room; what a row of stacked cells leaves over is shared out."""
    spare = 0.0 if row.inline else (room - row.width) / len(row.cells)
    x = left
    for at, cell in enumerate(row.cells):
        if at:
            paper.rule((x, top), (x, top + row.height), HAIR, HAIR_GREY)
        if row.inline:
            after = paper.put(cell.caption, x + _PADDING + 0.8, top + _INLINE_DOWN) + 2
            paper.put_lines(cell.lines, after, top + _INLINE_DOWN, _INLINE_LEADING)
        else:
            _draw_stacked(paper, cell, x + _PADDING + min(spare / 2, 0.8), top)
        x += cell.width + spare


def _draw_stacked(paper: Paper, cell: Cell, x: float, top: float) -> None:
    paper.put(cell.caption, x, top + _CAPTION_DOWN)
    after = paper.put(cell.lines[0], x, top + _VALUE_DOWN)
    if cell.note is not None:
        paper.put(cell.note, after + 2, top + _VALUE_DOWN)
