"""Draws the cells of the DLT ledger: two texts each, verdict marks, and the days as a strip."""

from math import ceil

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bedside.desktop.dlt_marks import COLOURS, paint_verdict
from bedside.desktop.dlt_model import Column, DltLedger
from bedside.desktop.dlt_scale import scale_of
from bedside.desktop.flowing import whole
from bedside.desktop.look import Look
from bedside.ward.views.dlt import DltToxicity, Verdict

ROW = 42
_PAD = 7.0
_MARK, _RIGHT, _TALL = 22.0, 4.0, 10_000.0  # a mark with its gap, the right margin, no end below
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
_SEVERE = 3


class DltCells(QStyledItemDelegate):
    """The cells of the ledger."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._full, self._look = look, look.drawn

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        model = index.model()
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        table = self.parent()
        toxicity = model.toxicity_at(index.row()) if isinstance(model, DltLedger) else None
        painter.save()
        if toxicity is not None and toxicity.due:
            painter.fillRect(ground.rect, self._look.colour("hold_tint"))
        if isinstance(table, QWidget):
            table.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, table)
        if ground.state & QStyle.StateFlag.State_Selected:
            self._in_hand(painter, QRectF(ground.rect), first=index.column() == 0)
        if isinstance(model, DltLedger) and toxicity is not None:
            column = Column(index.column())
            painter.translate(ground.rect.topLeft())
            self._full.enlarge(painter)
            wide, high = ground.rect.width(), ground.rect.height()
            cell = QRectF(0, 0, wide / self._full.scale, high / self._full.scale)
            painter.setClipRect(cell)
            if column == Column.DAYS:
                self._strip(painter, cell, model, toxicity)
            else:
                self._lines(painter, cell, model.lines(index.row(), column), column, toxicity)
        painter.restore()

    def _in_hand(self, painter: QPainter, cell: QRectF, *, first: bool) -> None:
        """Lines above and below the row that D and X are about, also where its colour says "due"."""
        accent, thick = self._look.colour("accent"), self._full.measure("focus_ring")
        painter.fillRect(QRectF(cell.left(), cell.top(), cell.width(), thick), accent)
        low = cell.bottom() - thick
        painter.fillRect(QRectF(cell.left(), low, cell.width(), thick), accent)
        if first:
            painter.fillRect(QRectF(cell.left(), cell.top(), 2 * thick, cell.height()), accent)

    def _lines(
        self,
        painter: QPainter,
        cell: QRectF,
        lines: tuple[str, str],
        column: Column,
        toxicity: DltToxicity,
    ) -> None:
        if column == Column.WORST:
            self._grade(painter, cell, lines[0], toxicity)
            return
        left = cell.left() + _PAD
        verdict = _mark_of(column, toxicity)
        if verdict is not None:
            box = QRectF(left, cell.center().y() - 8, 16, 16)
            paint_verdict(painter, verdict, box, self._look)
            left += _MARK
        colour = "ink" if toxicity.in_period else "quiet"
        if column == Column.DECISION and toxicity.due:
            colour = COLOURS["ask"]
        room = cell.right() - left - _RIGHT
        high, below = self._heights(lines, column, room)
        top = cell.top() + (cell.height() - high - below) / 2
        first = ("body", _weight(column), colour)
        self._text(painter, QRectF(left, top, room, high), lines[0], first)
        second = QRectF(left, top + high, room, below)
        self._text(painter, second, lines[1], ("small", "text", "quiet"))

    def row_height(self, model: DltLedger, row: int, widths: list[int]) -> int:
        """The height at which every word of a row has its place.

        Args:
            model: the ledger.
            row: which row.
            widths: of all columns, in pixels.
        """
        toxicity = model.toxicity_at(row)
        if toxicity is None:
            return self._full.px(ROW)
        most = 0.0
        for column in (Column.TERM, Column.ATTRIBUTION, Column.RULE, Column.DECISION):
            mark = 0 if _mark_of(column, toxicity) is None else _MARK
            room = widths[column] / self._full.scale - _PAD - mark - _RIGHT
            most = max(most, sum(self._heights(model.lines(row, column), column, room)))
        return self._full.px(max(ROW, ceil(most) + 6))

    def _heights(self, lines: tuple[str, str], column: Column, room: float) -> tuple[float, float]:
        """How high both texts of a cell stand in a room, broken at words."""
        fonts = (("body", _weight(column)), ("small", "text"))
        first, second = (
            self._metrics(*font)
            .boundingRect(QRectF(0, 0, room, _TALL), _WRAPPED, whole(text))
            .height()
            if text
            else 0.0
            for font, text in zip(fonts, lines, strict=True)
        )
        return first, second

    def _metrics(self, size: str, weight: str) -> QFontMetricsF:
        return QFontMetricsF(self._look.font(size, weight))

    def _text(self, painter: QPainter, box: QRectF, text: str, style: tuple[str, str, str]) -> None:
        size, weight, colour = style
        painter.setFont(self._look.font(size, weight))
        painter.setPen(self._look.colour(colour))
        painter.drawText(box, _WRAPPED, whole(text))

    def _grade(self, painter: QPainter, cell: QRectF, text: str, toxicity: DltToxicity) -> None:
        """The worst grade in a box; heavier from grade 3, filled from grade 4 on."""
        look, worst = self._look, toxicity.worst or 0
        painter.setFont(look.font("small", "strong"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 12
        box = QRectF(cell.left() + _PAD + 0.5, cell.center().y() - 9.5, wide, 20)
        filled = worst > _SEVERE
        painter.setPen(
            QPen(look.colour("ink" if worst >= _SEVERE else "edge"), 2 if worst >= _SEVERE else 1)
        )
        painter.setBrush(look.colour("ink" if filled else "surface"))
        if toxicity.in_period and toxicity.worst is not None:
            painter.drawRect(box)
        painter.setPen(look.colour("surface" if filled else "ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _strip(
        self, painter: QPainter, cell: QRectF, model: DltLedger, toxicity: DltToxicity
    ) -> None:
        """Its grades over the days of the bar: filled from the lowest grade of the rule in force on, an arrow while it lasts."""
        view = model.view
        scale = None if view is None else scale_of(view)
        if view is None or scale is None:
            return
        left, width = cell.left() + 8, cell.width() - 16
        middle = cell.center().y()
        look = self._look
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
        for first, after, grade in toxicity.spans:
            if first > scale.last or (after is not None and after < scale.first):
                continue
            begin = scale.x(first, left, width)
            end = scale.x(after or view.today, left, width)
            heavy = grade >= view.filled_from
            box = QRectF(begin, middle - 5, max(end - begin, 3), 10)
            painter.setPen(QPen(look.colour("ink"), 1))
            painter.setBrush(look.colour("ink" if heavy else "surface"))
            painter.drawRect(box)
            if after is None:
                painter.drawLine(box.topRight(), QPointF(box.right() + 5, middle))
                painter.drawLine(QPointF(box.right() + 5, middle), box.bottomRight())
        if view.today > scale.last:
            return
        x = scale.x(view.today, left, width)
        painter.setPen(QPen(look.colour("accent"), 1.4))
        painter.drawLine(QPointF(x, cell.top()), QPointF(x, cell.bottom()))


def _weight(column: Column) -> str:
    return "strong" if column in (Column.TERM, Column.DECISION, Column.RULE) else "text"


def _mark_of(column: Column, toxicity: DltToxicity) -> Verdict | None:
    """Which mark stands at the head of a cell."""
    if column == Column.RULE and toxicity.in_period:
        return toxicity.verdict
    if column == Column.DECISION and toxicity.decided is not None:
        return toxicity.decided
    return None
