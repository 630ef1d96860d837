"""Draws a line of the palette: what it does, where or why not below it, its keys at the right."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bedside.desktop.look import Look
from bedside.desktop.marks import paint_mark
from bedside.desktop.palette_model import LINE_ROLE, Line

HIGH = 48
_LEFT, _RIGHT, _CAP_HIGH = 44, 14, 20
Index = QModelIndex | QPersistentModelIndex


class PaletteLines(QStyledItemDelegate):
    """Two lines of text and the caps of the keys; a closed act bears the hold mark, not only a colour.

    Args:
        look: fonts and colours.
    """

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every line is as high as the next."""
        return self._look.enlarged(320, HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return
        look, box = self._look, QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.colour("accent_tint" if chosen else "surface"))
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), look.colour("accent"))
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if line.why_not:
            side = look.px(16)
            square = QRect(box.left() + side, box.top() + side, side, side)
            paint_mark(painter, "hold", square.toRectF(), look)
        left = self._keys(painter, box, line)
        room = box.adjusted(look.px(_LEFT), 5, left - box.right() - 12, -5)
        self._words(painter, room, line)
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, line: Line) -> None:
        look = self._look
        head = look.font("body_strong_banner", "strong")
        head.setUnderline(line.alike)
        below = look.font("small", "strong" if line.alike else "text")
        colour = "quiet" if line.why_not else "ink"
        self._text(painter, room, line.words, head, colour, Qt.AlignmentFlag.AlignTop)
        tone = "hold" if line.why_not else "quiet"
        self._text(painter, room, line.below, below, tone, Qt.AlignmentFlag.AlignBottom)

    def _text(
        self,
        painter: QPainter,
        room: QRect,
        text: str,
        font: QFont,
        colour: str,
        at: Qt.AlignmentFlag,
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._look.colour(colour))
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | at, cut)

    def _keys(self, painter: QPainter, box: QRect, line: Line) -> int:
        """Draw the caps from the right; returns where they begin."""
        look, right = self._look, box.right() - _RIGHT
        font = look.font("caption")
        painter.setFont(font)
        for key in reversed(line.keys):
            wide = QFontMetrics(font).horizontalAdvance(key) + 12
            high = look.px(_CAP_HIGH)
            top = box.top() + (box.height() - high) // 2
            cap = QRect(right - wide, top, wide, high)
            painter.setPen(QPen(look.colour("edge"), 1))
            painter.setBrush(look.colour("sunk"))
            painter.drawRect(cap.adjusted(0, 0, -1, -1))
            painter.setPen(look.colour("ink"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            right -= wide + 6
        return right
