"""Draws the rows of the ward board: three lines and more where more is due, nothing cut off."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from bedside.desktop.board_model import NOW_ROLE, ROW_ROLE
from bedside.desktop.board_words import (
    BED,
    CLOCKS,
    COLUMNS,
    INFANT,
    clock_left,
    lines_of,
    lines_with,
)
from bedside.desktop.last_row import say_more
from bedside.desktop.look import Look
from bedside.desktop.marks import paint_ring
from bedside.desktop.painting import fill
from bedside.desktop.runs import Line, Typesetter
from bedside.ward.fever_clock import clock_lines
from bedside.ward.views.board import BoardRow

LINE_HIGH = 17
_TOP, _BELOW, _SIDE, _RING, _LINES_OF_A_CLOCK = 5, 4, 7, 32, 3
_BED_SIZES = ("bed", "course_day", "body_strong_banner", "body", "caption")
_BED_EDGE = 2  # pixels between a bed and the next column

_MOST_KEPT = 2000  # broken cells: 30 infants in a few widths


class BoardDelegate(QStyledItemDelegate):
    """Draws one cell from its row; knows how high a row must be.

    Args:
        look: the theme.
        chosen: whether the row of this number is the chosen one. (Asking the cell's own style
            option would load all of Qt's styles before the first paint.)
        parent: whoever owns it.
        cut: how many rows are not wholly in sight from the row of this number on, and how high the
            slice is that is, in pixels; 0 and 0 where the row is whole.
    """

    def __init__(
        self,
        look: Look,
        chosen: Callable[[int], bool],
        parent: QObject | None = None,
        *,
        cut: Callable[[int], tuple[int, int]] = lambda _: (0, 0),
    ) -> None:
        super().__init__(parent)
        self._chosen, self._cut = chosen, cut
        self._full, self._look = look, look.drawn
        self._setter = Typesetter(self._look)
        self.folded = False  # a column without a width is drawn below the one it belongs to
        self._broken: dict[tuple[BoardRow, int, int], list[Line]] = {}

    @property
    def percent(self) -> int:
        """How large the rows are drawn, text size and large screen together."""
        return self._full.percent

    def draw_as(self, look: Look) -> None:
        """Draw as large as this look says; what is broken into lines is kept by its own width."""
        self._full = look

    def row_height(
        self, row: BoardRow, now: datetime, widths: list[int], look: Look | None = None
    ) -> int:
        """The height at which every line of a row has its place, as it is drawn or as a look would draw it."""
        full = look or self._full
        self.folded = not all(widths)
        most = max(
            len(self._lines(row, column, now, int(widths[column] / full.scale)))
            for column in range(len(COLUMNS))
            if widths[column]
        )
        high = max(self._look.measure("list_row"), most * LINE_HIGH + _TOP + _BELOW)
        return full.px(high)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Rows are sized by the page, all columns at once."""
        return QSize(0, self._full.measure("list_row"))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw ground, lines, clock rings, the bar of a late row and the ring of the chosen one."""
        more, high = self._cut(index.row())
        if more:
            place = QRect(option.rect.topLeft(), QSize(option.rect.width(), high))
            self._say_more(painter, place, index.column(), more)
            return
        row, now = index.data(ROW_ROLE), index.data(NOW_ROLE)
        scale = self._full.scale
        rect = QRectF(0, 0, option.rect.width() / scale, option.rect.height() / scale)
        column = index.column()
        chosen = self._chosen(index.row())
        painter.save()
        painter.translate(option.rect.topLeft())
        self._full.enlarge(painter)
        self._ground(painter, rect, row, chosen)
        left = rect.left() + _SIDE + (_SIDE if column == 0 else 0)
        lines = self._lines(row, column, now, int(rect.width()))
        for number, line in enumerate(lines):
            top = rect.top() + _TOP + number * LINE_HIGH
            self._setter.paint(painter, line, left, top, LINE_HIGH)
        if column == CLOCKS:
            for number, clock in enumerate(row.clocks):
                top = rect.top() + _TOP + 3 + number * _LINES_OF_A_CLOCK * LINE_HIGH
                ring = QRectF(left, top, _RING, _RING)
                paint_ring(painter, ring, self._look, clock_left(clock, now))
            if row.fever is not None:
                top = rect.top() + _TOP + 3 + len(row.clocks) * _LINES_OF_A_CLOCK * LINE_HIGH
                ring = QRectF(left, top, _RING, _RING)
                told = clock_lines(row.fever, now)
                paint_ring(painter, ring, self._look, told.left_percent / 100, told.tone)
        self._edges(painter, rect, row, column, chosen)
        painter.restore()

    def _say_more(self, painter: QPainter, place: QRect, column: int, more: int) -> None:
        """Half an infant would be read as all of it: instead, how many more there are."""
        painter.save()
        painter.fillRect(place, self._full.colour("surface"))
        if column == INFANT:
            side = self._full.px(_SIDE)
            say_more(painter, place.adjusted(side, 0, 0, 0), more, self._full)
        painter.restore()

    def _lines(self, row: BoardRow, column: int, now: datetime, width: int) -> list[Line]:
        key = (row, column, width)
        known = self._broken.get(key) if column != CLOCKS else None
        if known is not None:
            return known
        broken = (
            self._bed(row, now, width) if column == BED else self._cell(row, column, now, width)
        )
        if column != CLOCKS:  # clocks move on, all else stands until the row is another one
            if len(self._broken) > _MOST_KEPT:
                self._broken.clear()
            self._broken[key] = broken
        return broken

    def _cell(self, row: BoardRow, column: int, now: datetime, width: int) -> list[Line]:
        lines = lines_with(row, column, now) if self.folded else lines_of(row, column, now)
        return self._setter.set(lines, width - 2 * _SIDE)

    def _bed(self, row: BoardRow, now: datetime, width: int) -> list[Line]:
        """A bed is never broken: "1" over "1" would be read as another bed (the whole is the tip)."""
        room = width - 2 * _SIDE - _BED_EDGE
        return [
            replace(
                line, runs=tuple(self._setter.whole(run, room, _BED_SIZES) for run in line.runs)
            )
            for line in lines_of(row, BED, now)
        ]

    def _ground(self, painter: QPainter, rect: QRectF, row: BoardRow, chosen: bool) -> None:
        name = "accent_tint" if chosen else "stop_tint" if row.late else "surface"
        fill(painter, rect, self._look.colour(name))

    def _edges(
        self, painter: QPainter, rect: QRectF, row: BoardRow, column: int, chosen: bool
    ) -> None:
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        fill(painter, line, self._look.colour("line"))
        if column == 0 and row.late:
            bar = QRectF(rect.left(), rect.top(), self._look.measure("late_bar"), rect.height())
            fill(painter, bar, self._look.colour("stop"))
        if chosen:
            self._ring(painter, rect, column)

    def _ring(self, painter: QPainter, rect: QRectF, column: int) -> None:
        accent, wide = self._look.colour("accent"), float(self._look.measure("row_ring"))
        fill(painter, QRectF(rect.left(), rect.top(), rect.width(), wide), accent)
        fill(painter, QRectF(rect.left(), rect.bottom() - wide, rect.width(), wide), accent)
        if column == 0:
            fill(painter, QRectF(rect.left(), rect.top(), wide, rect.height()), accent)
        if column == len(COLUMNS) - 1:
            fill(painter, QRectF(rect.right() - wide, rect.top(), wide, rect.height()), accent)
