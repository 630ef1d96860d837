"""The key to the timeline's marks, beside the zoom buttons."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.look import Look
from bedside.desktop.timeline_drawing import GHOST, Stroke, brush_of, diamond, hatch, pen_of
from bedside.desktop.timeline_events import paint_mark
from bedside.desktop.timeline_fever import bar, ring

_MARK, _GAP, _BETWEEN = 13.0, 6.0, 11.0
_LINE, _TIGHT = 24, 15  # pixels a line; where two of them stand beside buttons


class TimelineLegend(QWidget):
    """Each mark with its word, in as many lines as its width asks for: none is left out."""

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
        self._line = _LINE
        self._wide = self._full.px(sum(self._wides()) + 1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Key: {0}").format(", ".join(self._words)))

    def sizeHint(self) -> QSize:
        """As wide as its words, or as the room it was given."""
        return QSize(self._wide, self.height())

    def _wides(self) -> list[float]:
        """How wide each mark is with its word and the gap after it."""
        metrics = QFontMetricsF(self._look.font("caption"))
        return [metrics.horizontalAdvance(word) + _MARK + _GAP + _BETWEEN for word in self._words]

    def lines_in(self, wide: int) -> int:
        """How many lines it needs in a width, in pixels of the screen."""
        return 1 + max(line for line, _ in self.places(wide / self._full.scale))

    def take_width(self, wide: int, *, tight: bool = False) -> None:
        """Take a room of this width, and as many lines as the marks then need.

        Args:
            wide: in pixels of the screen.
            tight: two lines stand where else one does.
        """
        lines = self.lines_in(wide)
        self._line = _TIGHT if tight and lines > 1 else _LINE
        whole = self._full.px(sum(self._wides()) + 1)
        self._wide = whole if lines == 1 else wide
        self.setFixedHeight(self._full.px(lines * self._line))
        self.updateGeometry()

    def places(self, wide: float) -> list[tuple[int, float]]:
        """Where each mark stands in a width of the drawing board: line and left edge."""
        found, line, x = [], 0, _BETWEEN / 2
        for needed in self._wides():
            if x > _BETWEEN and x + needed - _BETWEEN > wide:
                line, x = line + 1, _BETWEEN / 2
            found.append((line, x))
            x += needed
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks and their words."""
        with QPainter(self) as painter:
            self._full.enlarge(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setFont(self._look.font("caption"))
            metrics = QFontMetricsF(painter.font())
            places = self.places(self._full.board(self).width())
            for number, (word, (line, x)) in enumerate(zip(self._words, places, strict=True)):
                top, high = float(line * self._line), self._line
                self._paint_mark(painter, number, QRectF(x, top + (high - 11) / 2, _MARK, 11))
                wide = metrics.horizontalAdvance(word)
                painter.setPen(self._look.colour("ink"))
                painter.drawText(
                    QRectF(x + _MARK + _GAP, top, wide + 4, high),
                    Qt.AlignmentFlag.AlignVCenter,
                    word,
                )

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
