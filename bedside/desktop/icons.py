"""The small drawings of the navigation, read from our own SVG files without an SVG library.

Qt's own icon class is loaded where one is asked for: with all its names it costs a start time.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from bedside.places import place

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_GRID, _STROKE = 20.0, 1.6
_ICON_GRID, _ICON_SIZES = 64, (16, 24, 32, 48, 64, 128)
_STEP = re.compile(r"[A-Z]|-?[0-9]+(?:\.[0-9]+)?")
_D = re.compile(r' d="([^"]+)"')


@cache
def icon_path(name: str) -> QPainterPath:
    """Read an icon's path from `resources/icons`; steps M, L, H, V, C and Z only."""
    text = place("resources", "icons", f"{name}.svg").read_text("utf-8")
    path = QPainterPath()
    for found in _D.findall(text):
        steps: list[tuple[str, list[float]]] = []
        for part in _STEP.findall(found):
            if part.isalpha():
                steps.append((part, []))
            else:
                steps[-1][1].append(float(part))
        for letter, numbers in steps:
            _draw(path, letter, numbers)
    return path


def _draw(path: QPainterPath, letter: str, numbers: list[float]) -> None:
    here = path.currentPosition()
    match letter, numbers:
        case "M", [x, y]:
            path.moveTo(x, y)
        case "L", [x, y]:
            path.lineTo(x, y)
        case "H", [x]:
            path.lineTo(x, here.y())
        case "V", [y]:
            path.lineTo(here.x(), y)
        case "C", [x1, y1, x2, y2, x, y]:
            path.cubicTo(x1, y1, x2, y2, x, y)
        case "Z", []:
            path.closeSubpath()
        case _:
            raise ValueError(f"an icon's path has a step that is not read: {letter} {numbers}")


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Draw an icon into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / _GRID, box.height() / _GRID)
    pen = QPen(colour, _STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(icon_path(name), pen)
    painter.restore()


def application_icon() -> "QIcon":
    """Return the application's icon, `resources/icons/bedside.svg` drawn here: Qt's SVG library stays away."""
    from PySide6.QtGui import QIcon, QPixmap

    icon = QIcon()
    for size in _ICON_SIZES:
        picture = QPixmap(size, size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(size / _ICON_GRID, size / _ICON_GRID)
        _draw_cot(painter)
        painter.end()
        icon.addPixmap(picture)
    return icon


def _draw_cot(painter: QPainter) -> None:
    """The rail of a cot, its bars like the days of a course: past, today, to come."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#0B5CAD"))
    painter.drawRoundedRect(QRectF(2, 2, 60, 60), 13, 13)
    bars = QPainterPath()
    for x, top, bottom in (
        (13.0, 14.0, 51.0),
        (51.0, 14.0, 51.0),
        (22.5, 21.0, 45.0),
        (41.5, 21.0, 45.0),
    ):
        bars.moveTo(x, top)
        bars.lineTo(x, bottom)
    for y in (21.0, 45.0):
        bars.moveTo(13, y)
        bars.lineTo(51, y)
    today = QPainterPath()
    today.moveTo(32, 15)
    today.lineTo(32, 45)
    for path, colour, wide in ((bars, "#FFFFFF", 4.0), (today, "#FFC46B", 5.0)):
        pen = QPen(QColor(colour), wide)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.strokePath(path, pen)
    painter.setBrush(QColor("#FFC46B"))
    painter.drawEllipse(QRectF(27.5, 8.5, 9, 9))
