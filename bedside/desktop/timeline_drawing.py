"""The boxes and diamonds of the timeline, worked out once for each zoom and then only moved about.

Decision: one path for each look of a mark (given, planned, held …) instead of one graphics item for
each of 868 dose days: a repaint draws about a dozen paths and stays far below one screen frame.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from bedside.desktop.look import Look
from bedside.desktop.timeline_layout import (
    EVERY_GHOST_FROM_PX,
    SINGLE_DOSE_PX,
    SPLIT_FROM_PX,
    Run,
    TimeScale,
    ghosts_of,
    runs_of,
)
from bedside.ward.views.timeline import TimelineLane, TimelineView

BOX_HIGH = 11
DAILY_HIGH = 7
DIAMOND = 11
Fill = Literal["full", "hollow", "hatched"]


class Stroke(Struct, frozen=True):
    """How a group of marks looks; colours are names of the palette."""

    colour: str
    fill: Fill
    dashed: bool = False
    width: float = 1.2


GHOST = Stroke("edge", "hollow", dashed=True, width=1.0)
_COLOURS = {"priming": "priming", "intrathecal": "it", "drug": "quiet", "daily": "quiet"}


def colour_of(lane: TimelineLane) -> str:
    """The palette name of a lane: violet azacitidine, teal intrathecal, slate all other."""
    return _COLOURS[lane.kind]


def stroke_of(lane: TimelineLane, state: str) -> Stroke:
    """How a dose in this state looks in this lane."""
    if state == "given":
        return Stroke(colour_of(lane), "full")
    if state == "held":
        return Stroke("hold", "hatched")
    if state == "in part":
        return Stroke(colour_of(lane), "hatched")
    if state == "broken off":
        return Stroke("stop", "hatched")
    if state == "not given":
        return Stroke("stop", "hollow")
    if state == "missed":
        return Stroke("stop", "hollow", dashed=True)
    return Stroke(colour_of(lane), "hollow")


def box_of(lane: TimelineLane, run: Run, scale: TimeScale, top: float, row: float) -> QRectF:
    """The box (or the diamond's frame) of a run of days, true to scale."""
    left = scale.x(run.start)
    if lane.kind == "intrathecal":
        middle = left + scale.px_per_day / 2
        return QRectF(middle - DIAMOND / 2, top + (row - DIAMOND) / 2, DIAMOND, DIAMOND)
    low = lane.kind == "daily" and scale.px_per_day < SPLIT_FROM_PX
    high = min(float(DAILY_HIGH if low else BOX_HIGH), row - 3)
    gap = 1.0 if scale.px_per_day >= SINGLE_DOSE_PX else 0.0
    wide = max(SINGLE_DOSE_PX, run.days * scale.px_per_day - gap)
    return QRectF(round(left), round(top + (row - high) / 2), round(wide), round(high))


class LanePaths:
    """All marks of all lanes at one zoom, as a few paths; y begins at the first lane."""

    def __init__(self, view: TimelineView, scale: TimeScale, row: float) -> None:
        # keyed by look and by whether they are diamonds; first plans lie below all others
        self._paths: dict[tuple[Stroke, bool], QPainterPath] = {
            (GHOST, False): QPainterPath(),
            (GHOST, True): QPainterPath(),
        }
        self.boxes: list[tuple[int, Run, QRectF]] = []
        split = scale.px_per_day >= SPLIT_FROM_PX
        for index, lane in enumerate(view.lanes):
            top = index * row
            self._add_ghosts(view, lane, scale, top, row)
            joined = lane.kind != "intrathecal" and not split
            states: set[str] = {one.state for one in lane.doses}
            strokes = {state: stroke_of(lane, state) for state in states}
            for run in runs_of(lane, joined=joined):
                box = box_of(lane, run, scale, top, row)
                self.boxes.append((index, run, box))
                self._add(lane, strokes[run.state], box)

    def paint(self, painter: QPainter, look: Look) -> None:
        """Draw all marks; the painter is already moved to the first lane and the scroll place."""
        for (stroke, slanting), path in self._paths.items():
            # upright boxes stand on whole pixels: smoothing them would only cost time
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, slanting)
            pen = pen_of(stroke, look)
            if not slanting:
                pen.setWidthF(1.0)
                pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(brush_of(stroke, look))
            painter.drawPath(path)

    def _add_ghosts(
        self, view: TimelineView, lane: TimelineLane, scale: TimeScale, top: float, row: float
    ) -> None:
        every = scale.px_per_day >= EVERY_GHOST_FROM_PX
        for on in ghosts_of(lane, view.courses, every=every):
            self._add(lane, GHOST, box_of(lane, Run(0, 0, on, on, "planned"), scale, top, row))

    def _add(self, lane: TimelineLane, stroke: Stroke, box: QRectF) -> None:
        slanting = lane.kind == "intrathecal"
        path = self._paths.get((stroke, slanting))
        if path is None:
            path = self._paths[stroke, slanting] = QPainterPath()
        if slanting:
            path.addPolygon(diamond(box))
            path.closeSubpath()
            return
        path.addRect(box.x(), box.y(), box.width() - 1, box.height() - 1)
        if stroke.colour == "stop":
            path.moveTo(box.bottomLeft())
            path.lineTo(box.topRight())


def diamond(box: QRectF) -> QPolygonF:
    """A diamond that fills a box."""
    middle = box.center()
    return QPolygonF(
        [
            QPointF(middle.x(), box.top()),
            QPointF(box.right(), middle.y()),
            QPointF(middle.x(), box.bottom()),
            QPointF(box.left(), middle.y()),
        ]
    )


def pen_of(stroke: Stroke, look: Look) -> QPen:
    """The pen of a group of marks."""
    pen = QPen(look.colour(stroke.colour), stroke.width)
    if stroke.dashed:
        pen.setDashPattern([2.0, 2.0])
    return pen


def brush_of(stroke: Stroke, look: Look) -> QBrush:
    """The brush of a group of marks: filled, the ground (so that lines do not shine through), hatched."""
    if stroke.fill == "full":
        return QBrush(look.colour(stroke.colour))
    if stroke.fill == "hatched":
        return QBrush(look.colour(stroke.colour), Qt.BrushStyle.BDiagPattern)
    return QBrush(look.colour("surface"))


def hatch(painter: QPainter, box: QRectF, ground: QColor, lines: QColor) -> None:
    """Fill a box with slanting lines over a ground, and a frame."""
    painter.fillRect(box, ground)
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(lines, 1.2))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += 5
    painter.restore()
    painter.setPen(QPen(lines, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def two_tone(
    painter: QPainter, box: QRectF, text: str, split: float, before: QColor, after: QColor
) -> None:
    """Write a text that a filled part ends under: one colour left of the split, another right of it."""
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    wide = max(split - box.left(), 0.0)
    for colour, left, width in ((before, box.left(), wide), (after, split, box.right() - split)):
        if width <= 0:
            continue
        painter.save()
        part = QRectF(max(left, box.left()), box.top(), width, box.height())
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        painter.setPen(colour)
        painter.drawText(box, align, text)
        painter.restore()


def dashed_box(painter: QPainter, box: QRectF, look: Look) -> None:
    """Draw the dashed frame of something that is not known."""
    pen = QPen(look.colour("quiet"), 1.2)
    pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(look.colour("surface"))
    painter.drawRect(box)


def month_starts(first: date, last: date) -> Iterable[date]:
    """The first day of each month from one date to another."""
    year, month = first.year, first.month
    while True:
        on = date(year, month, 1)
        if on > last:
            return
        if on >= first:
            yield on
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
