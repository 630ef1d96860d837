"""The fever lane of the timeline: a bar from the first fever to its end, a ring where the antibiotic began."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from bedside.desktop.look import Look
from bedside.desktop.timeline_header import Window
from bedside.ward.views.timeline import TimelineEvent

LEAST_WIDE = 11.0
_BAR_HIGH, _RING = 10.0, 2.8


def fever_box(window: Window, event: TimelineEvent, top: float, row: float) -> QRectF:
    """Where the bar of a fever is drawn; without the times of a fever a flag's place."""
    if event.began is None or event.ended is None:
        return QRectF(window.x(event.start), top + 3, 10, row - 5)
    left, right = _x(window, event.began), _x(window, event.ended)
    return QRectF(left, top + (row - _BAR_HIGH) / 2, max(right - left, LEAST_WIDE), _BAR_HIGH)


def given_at(window: Window, event: TimelineEvent, top: float, row: float) -> QPointF | None:
    """Where the ring of the first antibiotic is drawn; None while none was given."""
    if event.given is None:
        return None
    box = fever_box(window, event, top, row)
    x = min(max(_x(window, event.given), box.left() + 3), max(box.right(), box.left() + 3))
    return QPointF(x, box.center().y())


def paint_fever(
    painter: QPainter, window: Window, event: TimelineEvent, top: float, row: float, look: Look
) -> QRectF:
    """Draw one fever and return its box; an open one ends in a point."""
    box = fever_box(window, event, top, row)
    if event.began is None:
        _flag(painter, box, look)
        return box
    bar(painter, box, look, pointed=event.open)
    at = given_at(window, event, top, row)
    if at is not None:
        ring(painter, at, look)
    return box.adjusted(0, 0, 6 if event.open else 0, 0)


def bar(painter: QPainter, box: QRectF, look: Look, *, pointed: bool = False) -> None:
    """The bar of a fever."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("stop"))
    painter.drawRect(box)
    if pointed:
        tip = QPointF(box.right() + 6, box.center().y())
        painter.drawPolygon(QPolygonF([box.topRight(), tip, box.bottomRight()]))


def ring(painter: QPainter, at: QPointF, look: Look) -> None:
    """The ring of an antibiotic, in the ground's colour inside, so that it stands out on the bar."""
    painter.setPen(QPen(look.colour("ink"), 1.8))
    painter.setBrush(look.colour("surface"))
    painter.drawEllipse(at, _RING, _RING)


def _flag(painter: QPainter, box: QRectF, look: Look) -> None:
    """A fever of the toxicity log, of which only the day is known."""
    colour, at = look.colour("stop"), box.topLeft()
    painter.setPen(QPen(colour, 1.4))
    painter.drawLine(at, at + QPointF(0, box.height()))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([at, at + QPointF(9, 3.5), at + QPointF(0, 7)]))


def _x(window: Window, moment: datetime) -> float:
    """A moment's place: its day, and how much of the day has passed."""
    minutes = moment.hour * 60 + moment.minute
    return window.x(moment.date()) + window.scale.px_per_day * minutes / 1440
