"""The grade of an open toxicity, drawn as a box in the table: heavier from grade 3 on."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bedside.desktop.look import Look
from bedside.desktop.toxicity_model import ToxicityTable, is_open


class GradeBox(QStyledItemDelegate):
    """Draws the grade of an open toxicity as a box; heavier from grade 3 on."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the cell."""
        model = index.model()
        row = model.toxicity_at(index.row()) if isinstance(model, ToxicityTable) else None
        if row is None or not is_open(row):
            super().paint(painter, option, index)
            return
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        text = ground.text
        ground.text = ""
        table = self.parent()
        if isinstance(table, QWidget):
            item = QStyle.ControlElement.CE_ItemViewItem
            table.style().drawControl(item, ground, painter, table)
        self._box(painter, QRectF(ground.rect), text, row.grade)

    def _box(self, painter: QPainter, cell: QRectF, text: str, grade: int) -> None:
        painter.save()
        painter.setFont(self._look.font("body", "strong"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 12
        high = self._look.px(20)
        box = QRectF(cell.left() + 8.5, cell.center().y() - high / 2 + 0.5, wide, high)
        heavy = grade >= 3
        ink = self._look.colour("ink" if heavy else "edge")
        painter.setPen(QPen(ink, 2 if heavy else 1))
        painter.setBrush(self._look.colour("surface"))
        painter.drawRect(box)
        painter.setPen(self._look.colour("ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
