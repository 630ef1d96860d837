"""One plain shape that the first paint needs, drawn the cheap way."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter


def fill(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Fill a box with one colour; pen and brush stay what they were.

    `QPainter.fillRect` takes so many kinds of ground that PySide makes its picture of all Qt's
    named gradients first, which the ward list would wait for.

    Args:
        painter: draws.
        box: in pixels.
        colour: of the whole box.
    """
    pen, brush = painter.pen(), painter.brush()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(box)
    painter.setPen(pen)
    painter.setBrush(brush)
