"""The DLT period on the timeline: a bracket over the courses, with its state in words."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from bedside.desktop.look import Look
from bedside.desktop.timeline_header import AT_DLT, DLT, Window, words
from bedside.units.dates import write_date
from bedside.ward.views.timeline import TimelineView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_dlt(painter: QPainter, window: Window, view: TimelineView, look: Look) -> None:
    """Draw the DLT period as a bracket: solid to today, dashed to its projected end; said in words."""
    line = view.dlt
    middle = AT_DLT + DLT / 2
    end = window.left + 8
    if line.opened is not None:
        end = _bracket(painter, window, view, look, line.opened, middle)
    painter.setFont(look.font("caption"))
    painter.setPen(look.colour("ink"))
    text = dlt_words(view)
    wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8
    left = max(end + 8, window.left + 8)
    if left + wide > window.right:
        short = _short_dlt_words(view)
        narrow = QFontMetricsF(painter.font()).horizontalAdvance(short) + 8
        if left + narrow <= window.right:
            text, wide = short, narrow
    if left + wide > window.right:  # the bracket goes on beyond the edge: write on its line
        left = max(window.right - wide - 8, window.left + 8)
        painter.fillRect(QRectF(left - 6, AT_DLT + 2, wide, DLT - 4), look.colour("surface"))
    painter.drawText(QRectF(left, AT_DLT, wide, DLT), _LEFT, text)


def dlt_words(view: TimelineView) -> str:
    """The state of the DLT period in one line."""
    parts = [view.dlt.headline, *view.dlt.details]
    if view.dlt.closed is None and view.dlt_projected_close is not None:
        close = write_date(view.dlt_projected_close)
        parts.append(words("projected to close {0}").format(close))
    return "; ".join(part for part in parts if part)


def _short_dlt_words(view: TimelineView) -> str:
    """The state and what closes it; that parts between are left out is seen, the banner has them."""
    parts = dlt_words(view).split("; ")
    # parts of a list: each is shown in the screen's language by itself
    return "; ".join(parts if len(parts) <= 2 else (parts[0], "…", parts[-1]))


def _bracket(
    painter: QPainter, window: Window, view: TimelineView, look: Look, opened: date, y: float
) -> float:
    solid_to = view.dlt.closed if view.dlt.closed is not None else view.today
    ends = [window.x(opened), window.x(solid_to)]
    painter.setPen(QPen(look.colour("ink"), 2))
    painter.drawLine(QPointF(ends[0], y), QPointF(ends[1], y))
    painter.drawLine(QPointF(ends[0], y - 1), QPointF(ends[0], y + 6))
    if view.dlt.closed is not None or view.dlt_projected_close is None:
        if view.dlt.closed is not None:
            painter.drawLine(QPointF(ends[1], y - 1), QPointF(ends[1], y + 6))
        return ends[1]
    pen = QPen(look.colour("ink"), 2)
    pen.setDashPattern([2.0, 1.5])
    painter.setPen(pen)
    far = window.x(view.dlt_projected_close)
    painter.drawLine(QPointF(ends[1], y), QPointF(far, y))
    painter.setPen(QPen(look.colour("ink"), 2))
    painter.drawLine(QPointF(far, y - 1), QPointF(far, y + 5))
    return far
