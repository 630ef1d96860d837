"""Draws a cell that begins with a mark: the shape of a state, then its word."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from bedside.desktop.look import Look
from bedside.desktop.marks import paint_mark

_PX, _LEFT, _GAP = 14, 8, 7
Index = QModelIndex | QPersistentModelIndex


class MarkCells(QStyledItemDelegate):
    """A mark and a word.

    Args:
        look: colours.
        role: under which the model gives the mark.
    """

    def __init__(self, look: Look, role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._role = look, role

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave room for the mark."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row's ground, then mark and word."""
        super().paint(painter, option, index)
        mark = index.data(self._role)
        box = QRectF(option.rect)
        side = self._look.px(_PX)
        square = QRectF(box.left() + _LEFT, box.center().y() - side / 2, side, side)
        paint_mark(painter, mark, square, self._look)
        painter.save()
        painter.setFont(self._look.font("small"))
        painter.setPen(self._look.colour("stop" if mark == "late" else "quiet"))
        words = box.adjusted(_LEFT + side + _GAP, 0, -4, 0)
        at = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, at, str(index.data(Qt.ItemDataRole.DisplayRole)))
        painter.restore()
