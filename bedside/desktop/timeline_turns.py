"""The birthdays on the head of the timeline: marked, and written where nothing covers them."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF

from bedside.desktop.look import Look
from bedside.desktop.timeline_header import TURNS, Window, flag_box
from bedside.ward.views.timeline import TimelineView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_turns(painter: QPainter, window: Window, view: TimelineView, look: Look) -> None:
    """Mark the birthdays that matter, e.g. six and twelve months; never under the flag of today."""
    painter.setFont(look.font("caption"))
    painter.setPen(look.colour("quiet"))
    flag = flag_box(window, view.today, look)
    days = sorted((one for one in view.events if one.kind == "birthday"), key=lambda one: one.start)
    marks = [window.x(one.start) for one in days]
    free = window.left
    for number, (event, x) in enumerate(zip(days, marks, strict=True)):
        if not window.left <= x <= window.right:
            continue
        until = min([*marks[number + 1 : number + 2], window.right])
        tip = [QPointF(x - 4, 6), QPointF(x + 4, 6), QPointF(x, 13)]
        if flag.left() - 5 <= x <= flag.right() + 5:
            said, beside, tip = _past_flag(painter, event.words, flag, free, until)
        else:
            if x < flag.left():
                until = min(until, flag.left())
            else:
                free = max(free, flag.right())
            said, beside = _turn_words(painter, event.words, x, free, until)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(said) + 4
        painter.setBrush(look.colour("quiet"))
        painter.drawPolygon(QPolygonF(tip))
        painter.drawText(QRectF(beside, 0, wide, TURNS), _LEFT, said)
        free = max(x + 4, beside + wide)


def _past_flag(
    painter: QPainter, whole: str, flag: QRectF, free: float, until: float
) -> tuple[str, float, list[QPointF]]:
    """What is written of a birthday that lies under the flag of today, where, and its mark.

    The mark points back to where the birthday stands, from the side where there is room.
    """
    metrics = QFontMetricsF(painter.font())
    right = flag.right() + 14
    back = [QPointF(right - 4, 5), QPointF(right - 4, 13), QPointF(right - 11, 9)]
    for said in (whole, whole.split(",", maxsplit=1)[0]):
        wide = metrics.horizontalAdvance(said) + 4
        if right + wide <= until - 4:
            return said, right, back
        if flag.left() - 14 - wide >= free:
            x = flag.left() - 10
            on = [QPointF(x, 5), QPointF(x, 13), QPointF(x + 7, 9)]
            return said, flag.left() - 14 - wide, on
    return "", right, back


def _turn_words(
    painter: QPainter, whole: str, x: float, free: float, until: float
) -> tuple[str, float]:
    """What is written beside the mark of a birthday, and where: the date goes before words overlap."""
    metrics = QFontMetricsF(painter.font())
    for said in (whole, whole.split(",", maxsplit=1)[0]):
        wide = metrics.horizontalAdvance(said) + 4
        if x + 8 + wide <= until - 4:
            return said, x + 8
        if x - 8 - wide >= free:
            return said, x - 8 - wide
    return "", x + 8
