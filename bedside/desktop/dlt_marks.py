"""The marks of a DLT verdict: a diamond asks, an octagon counts, a barred circle does not count."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from bedside.desktop.look import Look
from bedside.ward.views.dlt import Verdict

COLOURS: dict[Verdict, str] = {"ask": "hold", "counts": "stop", "does not count": "quiet"}
_CUT = 0.29  # of a side: the corner of an octagon


def paint_verdict(painter: QPainter, verdict: Verdict, box: QRectF, look: Look) -> None:
    """Draw a verdict's mark into a square of about 16 pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = look.colour(COLOURS[verdict])
    if verdict == "ask":
        _diamond(painter, box, QPen(colour, 1.6))
    elif verdict == "counts":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(_octagon(box))
        _exclamation(painter, box, QPen(look.colour("on_fill"), 1.8))
    else:
        pen = QPen(colour, 1.6)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1.5, 1.5, -1.5, -1.5))
        middle = box.center()
        painter.drawLine(
            QPointF(box.left() + 4.5, middle.y()), QPointF(box.right() - 4.5, middle.y())
        )
    painter.restore()


def _diamond(painter: QPainter, box: QRectF, pen: QPen) -> None:
    middle = box.center()
    corners = [
        QPointF(middle.x(), box.top()),
        QPointF(box.right(), middle.y()),
        QPointF(middle.x(), box.bottom()),
        QPointF(box.left(), middle.y()),
    ]
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF(corners))
    _exclamation(painter, box, pen)


def _exclamation(painter: QPainter, box: QRectF, pen: QPen) -> None:
    middle = box.center()
    painter.setPen(pen)
    painter.drawLine(QPointF(middle.x(), middle.y() - 3.5), QPointF(middle.x(), middle.y() + 0.6))
    painter.drawPoint(QPointF(middle.x(), middle.y() + 3.2))


def _octagon(box: QRectF) -> QPolygonF:
    cut = box.width() * _CUT
    left, right, top, bottom = box.left(), box.right(), box.top(), box.bottom()
    corners = [
        (left + cut, top),
        (right - cut, top),
        (right, top + cut),
        (right, bottom - cut),
        (right - cut, bottom),
        (left + cut, bottom),
        (left, bottom - cut),
        (left, top + cut),
    ]
    return QPolygonF([QPointF(x, y) for x, y in corners])
