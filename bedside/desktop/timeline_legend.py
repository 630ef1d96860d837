"""The key to the timeline's marks, beside the zoom buttons."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.look import Look
from bedside.desktop.timeline_drawing import GHOST, Stroke, brush_of, diamond, hatch, pen_of
from bedside.desktop.timeline_events import paint_mark
from bedside.desktop.timeline_fever import bar, ring

_MARK, _GAP, _BETWEEN = 13.0, 6.0, 11.0


class TimelineLegend(QWidget):
    """Each mark with its word."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full, self._look = look, look.drawn
        self._words = (
            self.tr("given"),
            self.tr("planned"),
            self.tr("first plan"),
            self.tr("intrathecal"),
            self.tr("hold"),
            self.tr("MRD"),
            self.tr("fever, antibiotic"),
            self.tr("not scheduled"),
        )
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Key: {0}").format(", ".join(self._words)))

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        metrics = QFontMetricsF(self._look.font("caption"))
        wide = sum(
            metrics.horizontalAdvance(word) + _MARK + _GAP + _BETWEEN for word in self._words
        )
        return self._full.enlarged(round(wide), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks and their words."""
        with QPainter(self) as painter:
            self._full.enlarge(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setFont(self._look.font("caption"))
            metrics = QFontMetricsF(painter.font())
            x = _BETWEEN / 2
            for number, word in enumerate(self._words):
                needed = _MARK + _GAP + metrics.horizontalAdvance(word)
                if x + needed > self._full.board(self).width() + 1:
                    break  # no half words: the table twin says what every box is
                box = QRectF(x, (self._full.board(self).height() - 11) / 2, _MARK, 11)
                self._paint_mark(painter, number, box)
                x += _MARK + _GAP
                wide = metrics.horizontalAdvance(word)
                painter.setPen(self._look.colour("ink"))
                painter.drawText(
                    QRectF(x, 0, wide + 4, self._full.board(self).height()),
                    Qt.AlignmentFlag.AlignVCenter,
                    word,
                )
                x += wide + _BETWEEN

    def _paint_mark(self, painter: QPainter, number: int, box: QRectF) -> None:
        look = self._look
        if number == 4:
            hatch(painter, box, look.colour("hold_tint"), look.colour("hold"))
            return
        if number == 5:
            paint_mark(painter, QRectF(box.center().x() - 5, box.top() + 0.5, 10, 10), "done", look)
            return
        if number == 7:
            pen = QPen(look.colour("quiet"), 1.2)
            pen.setDashPattern([3.0, 2.0])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            return
        if number == 6:
            bar(painter, box.adjusted(-4, 2, 2, -2), look)
            ring(painter, box.center() + QPointF(1, 0), look)
            return
        strokes = (Stroke("quiet", "full"), Stroke("quiet", "hollow"), GHOST, Stroke("it", "full"))
        painter.setPen(pen_of(strokes[number], look))
        painter.setBrush(brush_of(strokes[number], look))
        if number == 3:
            painter.drawPolygon(diamond(box.adjusted(1, 0, -1, 0)))
        else:
            painter.drawRect(box.adjusted(3, 0, -4, 0))
