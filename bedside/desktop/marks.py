"""The marks of the ward: a shape for each state, so that colour never speaks alone."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from bedside.desktop.look import Look
from bedside.desktop.painting import fill
from bedside.ward.views.marks import DltState, Mark

# what each mark is called when it is read out
MARK_WORDS: dict[Mark, str] = {
    "go": "may go on",
    "hold": "held",
    "stop": "stopped",
    "late": "late",
    "unknown": "unknown",
    "due": "due",
    "recorded": "recorded",
    "clock": "clock running",
    "priming": "azacitidine",
    "mend": "to be put right",
    "check": "open check",
    "none": "",
}
MARK_COLOURS: dict[Mark, str] = {
    "go": "go",
    "hold": "hold",
    "stop": "stop",
    "late": "stop",
    "unknown": "quiet",
    "due": "edge",
    "recorded": "quiet",
    "clock": "accent",
    "priming": "priming",
    "mend": "hold",
    "check": "ink",
    "none": "quiet",
}
_FULL = 360 * 16


def paint_mark(painter: QPainter, name: Mark, rect: QRectF, look: Look) -> None:
    """Draw a mark into a square; ``rect`` is 13 to 40 px a side."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(rect.width(), rect.height())
    box = QRectF(0, 0, side, side)
    box.moveCenter(rect.center())
    colour, on_fill = look.colour(MARK_COLOURS[name]), look.colour("on_fill")
    if name in ("go", "late"):
        _disc(painter, box, colour)
        (_tick if name == "go" else _hands)(painter, box, on_fill)
    elif name == "hold":
        _hold(painter, box, colour)
    elif name == "stop":
        _octagon(painter, box, colour)
        _cross(painter, box, on_fill)
    elif name == "unknown":
        _dashed_circle(painter, box, colour)
    elif name in ("due", "recorded"):
        _tick_box(painter, box, colour, None if name == "due" else on_fill)
    elif name == "clock":
        paint_ring(painter, box, look, 0.62, "accent")
    elif name == "priming":
        _diamond(painter, box, colour)
    elif name == "mend":
        _triangle(painter, box, colour, on_fill)
    elif name == "check":
        _two_blocks(painter, box, colour)
    painter.restore()


def paint_ring(
    painter: QPainter, rect: QRectF, look: Look, left: float, colour: str = "priming"
) -> None:
    """Draw a clock ring: the arc that is left (0 to 1), clockwise from twelve."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    thick = rect.width() * 0.27
    ring = rect.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    pen = QPen(look.colour("line"), thick)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    share = max(0.0, min(1.0, left))
    if share > 0:
        pen.setColor(look.colour(colour))
        painter.setPen(pen)
        used = (1.0 - share) * _FULL
        painter.drawArc(ring, 90 * 16 - round(used), -round(share * _FULL))
    painter.restore()


def paint_dlt(painter: QPainter, state: DltState, rect: QRectF, look: Look) -> None:
    """Draw the state of the DLT period as a line: dashed, with an arrow, or barred at both ends."""
    if state == "not in this protocol":
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, state != "not started")
    ink = look.colour("ink")
    middle, left, right = rect.center().y(), rect.left() + 1, rect.right() - 1
    pen = QPen(ink, 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if state == "not started":
        pen.setDashPattern([1.5, 1.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        painter.restore()
        return
    painter.setPen(pen)
    painter.drawLine(QPointF(left, middle - 4), QPointF(left, middle + 4))
    if state == "open":
        painter.drawLine(QPointF(left, middle), QPointF(right - 5, middle))
        head = [(right - 6, middle - 4), (right + 1, middle), (right - 6, middle + 4)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in head]))
    else:
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        painter.drawLine(QPointF(right, middle - 4), QPointF(right, middle + 4))
    painter.restore()


class MarkLabel(QWidget):
    """A mark as a widget; its accessible name is the mark's word.

    Args:
        name: which mark.
        look: colours.
        px: width and height in pixels.
    """

    def __init__(self, name: Mark, look: Look, px: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._px = px = look.px(px)
        self.setFixedSize(px, px)
        self.set_mark(name)

    def set_mark(self, name: Mark) -> None:
        """Show another mark."""
        self._mark: Mark = name
        self.setAccessibleName(self.tr(MARK_WORDS[name] or "no mark"))
        self.setAccessibleDescription(self.tr("mark"))
        self.update()

    @property
    def mark(self) -> Mark:
        """The mark shown."""
        return self._mark

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._px, self._px)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        with QPainter(self) as painter:
            paint_mark(painter, self._mark, QRectF(self.rect()), self._look)


class DltLabel(QWidget):
    """The DLT period's line as a widget, 20 by 16 pixels."""

    def __init__(self, state: DltState, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(look.px(20), look.px(16))
        self.set_state(state)

    def set_state(self, state: DltState) -> None:
        """Show another state."""
        self._state: DltState = state
        self.setAccessibleName(self.tr("DLT period: {0}").format(state))
        self.setAccessibleDescription(self.tr("mark"))
        # never shown from here: a part without a parent would come up as a window of its own
        wide = 0 if state == "not in this protocol" else 20
        self.setFixedSize(self._look.px(wide), self._look.px(16))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        with QPainter(self) as painter:
            paint_dlt(painter, self._state, QRectF(self.rect()), self._look)


def _stroke(painter: QPainter, colour: QColor, width: float) -> None:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _line(painter: QPainter, box: QRectF, *points: tuple[float, float]) -> None:
    """Draw joined lines; the points are shares of the box."""
    side = box.width()
    at = [QPointF(box.left() + x * side, box.top() + y * side) for x, y in points]
    painter.drawPolyline(QPolygonF(at))


def _disc(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))


def _tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _stroke(painter, colour, box.width() * 0.125)
    _line(painter, box, (0.28, 0.53), (0.44, 0.68), (0.73, 0.34))


def _hands(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _stroke(painter, colour, box.width() * 0.125)
    _line(painter, box, (0.5, 0.24), (0.5, 0.55), (0.68, 0.66))


def _hold(painter: QPainter, box: QRectF, colour: QColor) -> None:
    width = max(2.0, box.width() * 0.125)
    _stroke(painter, colour, width)
    half = width / 2 + 0.5
    painter.drawRect(box.adjusted(half, half, -half, -half))
    _line(painter, box, (0.34, 0.5), (0.66, 0.5))


def _octagon(painter: QPainter, box: QRectF, colour: QColor) -> None:
    cut, side = 0.29, box.width()
    shares = [(cut, 0), (1 - cut, 0), (1, cut), (1, 1 - cut), (1 - cut, 1), (cut, 1), (0, 1 - cut)]
    points = [*shares, (0, cut)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    corners = [QPointF(box.left() + x * side, box.top() + y * side) for x, y in points]
    painter.drawPolygon(QPolygonF(corners))


def _cross(painter: QPainter, box: QRectF, colour: QColor) -> None:
    _stroke(painter, colour, box.width() * 0.125)
    _line(painter, box, (0.35, 0.35), (0.65, 0.65))
    _line(painter, box, (0.65, 0.35), (0.35, 0.65))


def _dashed_circle(painter: QPainter, box: QRectF, colour: QColor) -> None:
    pen = QPen(colour, max(1.4, box.width() * 0.1))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([1.5, 1.4])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(1.5, 1.5, -1.5, -1.5))


def _tick_box(painter: QPainter, box: QRectF, colour: QColor, tick: QColor | None) -> None:
    inner = box.adjusted(1.75, 1.75, -1.75, -1.75)
    if tick is None:
        _stroke(painter, colour, 1.5)
        painter.drawRect(inner)
        return
    fill(painter, box.adjusted(1, 1, -1, -1), colour)
    _tick(painter, box, tick)


def _two_blocks(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Two blocks side by side, the first filled: one of two people has still to look."""
    wide, high = box.width() * 0.4, box.height() * 0.62
    top = box.center().y() - high / 2
    fill(painter, QRectF(box.left(), top, wide, high), colour)
    _stroke(painter, colour, 1.5)
    second = QRectF(box.right() - wide, top, wide, high)
    painter.drawRect(second.adjusted(0.75, 0.75, -0.75, -0.75))


def _diamond(painter: QPainter, box: QRectF, colour: QColor) -> None:
    path = QPainterPath(QPointF(box.center().x(), box.top() + box.height() * 0.14))
    path.lineTo(box.right() - box.width() * 0.14, box.center().y())
    path.lineTo(box.center().x(), box.bottom() - box.height() * 0.14)
    path.lineTo(box.left() + box.width() * 0.14, box.center().y())
    path.closeSubpath()
    painter.fillPath(path, colour)


def _triangle(painter: QPainter, box: QRectF, colour: QColor, on_fill: QColor) -> None:
    """A filled triangle with a stroke and a point in it."""
    side = box.width()
    corners = [(0.5, 0.06), (0.98, 0.92), (0.02, 0.92)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    at = [QPointF(box.left() + x * side, box.top() + y * side) for x, y in corners]
    painter.drawPolygon(QPolygonF(at))
    _stroke(painter, on_fill, max(1.5, side * 0.11))
    _line(painter, box, (0.5, 0.38), (0.5, 0.62))
    _line(painter, box, (0.5, 0.775), (0.5, 0.78))


CheckState = Literal["met", "not met", "unknown"]
RESULT_MARKS: dict[CheckState, Mark] = {"met": "go", "not met": "hold", "unknown": "unknown"}
