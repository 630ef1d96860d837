"""Draws what stands behind and around the curves of the trend: courses, grid, dates, thresholds, marks."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from bedside.desktop.look import Look
from bedside.desktop.timeline_header import Window, date_ticks
from bedside.desktop.timeline_layout import TimeScale
from bedside.desktop.trend_layout import TimeAxis
from bedside.units.dates import write_date
from bedside.units.writer import write_number
from bedside.ward.views.pages import CountsView

LABELS, BANDS, GAP, DATES = 58.0, 24.0, 30.0, 22.0
_STEP = 12.0
_SAMPLE = 28.0  # a piece of a dashed line before its name
_STAMP = 8  # pixels: room for a mark of 6.4 and its soft edge
_DENSE = 300  # from so many points on a hair line is clearer, and far quicker
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class TrendPen:
    """Draws the parts of a trend with one painter.

    Args:
        painter: on the chart.
        look: fonts and colours.
    """

    def __init__(self, painter: QPainter, look: Look) -> None:
        self._painter = painter
        self._look = look
        self.named: list[QRectF] = []  # where the limits of a start rule are named

    def bands(self, view: CountsView, time: TimeAxis, bottom: float) -> None:
        """The courses, behind everything and named above."""
        painter, look = self._painter, self._look
        painter.setFont(look.font("caption"))
        metrics = QFontMetricsF(painter.font())
        for title, first, last, priming in view.bands:
            left = max(time.x(midnight(first, view.now)), time.left)
            right = min(time.x(midnight(last + timedelta(days=1), view.now)), time.right + 10)
            if right <= left:
                continue
            tint = look.colour("priming_tint" if priming else "sunk")
            painter.fillRect(QRectF(left, BANDS + 6, right - left, bottom - BANDS - 6), tint)
            box = QRectF(round(left) + 0.5, 3.5, round(right - left) - 1, BANDS - 6)
            painter.setPen(QPen(look.colour("priming" if priming else "edge"), 1))
            painter.setBrush(tint if priming else look.colour("surface"))
            painter.drawRect(box)
            fits = metrics.horizontalAdvance(title) + 4 < box.width()
            text = title if fits else title.split()[-1]
            painter.setPen(look.colour("priming" if priming else "ink"))
            if metrics.horizontalAdvance(text) < box.width():
                painter.drawText(box, _CENTRE, text)

    def frame(self, box: QRectF, lines: Sequence[tuple[str, float]], unit: str) -> None:
        """The grid of one axis, its figures and its unit."""
        painter, look = self._painter, self._look
        painter.setFont(look.font("caption"))
        for text, y in lines:
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            self.figure(text, y)
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.drawLine(box.bottomLeft(), box.topLeft())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setPen(look.colour("quiet"))
        painter.drawText(QRectF(0, box.top() - 25, LABELS - 8, 16), _RIGHT, unit)

    def figure(self, text: str, y: float) -> None:
        """One figure left of an axis."""
        self._painter.setPen(self._look.colour("quiet"))
        self._painter.drawText(QRectF(0, y - 9, LABELS - 8, 18), _RIGHT, text)

    def limit(
        self, box: QRectF, y: float, limit: int, course: str, points: Sequence[QPointF]
    ) -> None:
        """The threshold of the running start rule, named where it covers the fewest points.

        Where the curve runs along the threshold, the words go to the axis' top or foot, with a piece
        of the dashed line before them.
        """
        painter = self._painter
        accent = self._look.colour("accent")
        self.dashed(box, y, "accent")
        painter.setFont(self._look.font("caption", "strong"))
        asks = QCoreApplication.translate("TrendChart", "{0} asks at least {1}")
        text = asks.format(course, write_number(limit))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8
        above = QRectF(box.left() + 6, y - 18, wide, 16)
        spots = (above, above.translated(0, 21)) if y + 20 < box.bottom() else (above,)
        curve = along(points)
        label = clear_spot(spots, box.right(), curve)
        if any(label.contains(point) for point in curve):
            far = QRectF(above.left(), box.top() + 2, wide + _SAMPLE, 16)
            spots = (*spots, far, far.translated(0, box.height() - 20))
            label = clear_spot(spots, box.right(), curve)
        ground = QColor(self._look.colour("surface"))
        ground.setAlpha(215)
        painter.fillRect(label, ground)
        self.named.append(QRectF(label))
        if label.width() > wide:
            piece = QRectF(label.left() + 4, label.top(), _SAMPLE - 4, label.height())
            self.dashed(piece, label.center().y(), "accent")
            label = label.adjusted(_SAMPLE, 0, 0, 0)
        painter.setPen(accent)
        painter.drawText(label, _CENTRE, text)

    def dashed(self, box: QRectF, y: float, colour: str) -> None:
        """A dashed line through one axis."""
        pen = QPen(self._look.colour(colour), 1.6)
        pen.setDashPattern([4.0, 2.5])
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def dates(self, time: TimeAxis, y: float) -> list[QRectF]:
        """The days under the lowest axis; where each of them was written."""
        painter = self._painter
        painter.setFont(self._look.font("caption"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance("00-Nov-0000") + 10
        day = timedelta(days=1).total_seconds()
        span = (time.last.astimezone(UTC) - time.first.astimezone(UTC)).total_seconds()
        px = (time.right - time.left) * day / span
        window = Window(time.left, time.right, 0.0, TimeScale(time.first.date(), px))
        free, written = 0.0, []
        for on, _ in date_ticks(window, wide):
            x = time.x(midnight(on, time.first))
            left = min(max(x - wide / 2, 0.0), time.right - wide + 10)
            if not time.left - 4 <= x <= time.right or left < free:
                continue
            free = left + wide
            painter.setPen(QPen(self._look.colour("edge"), 1))
            painter.drawLine(QPointF(x, y), QPointF(x, y + 4))
            painter.setPen(self._look.colour("quiet"))
            written.append(QRectF(left, y + 4, wide, DATES - 4))
            painter.drawText(written[-1], _CENTRE, write_date(on))
        return written

    def series(self, points: Sequence[QPointF], *, round_mark: bool) -> None:
        """Points joined by a line, each with its mark."""
        painter, ink = self._painter, self._look.colour("ink")
        painter.setPen(QPen(ink, 1.6 if len(points) < _DENSE else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        if round_mark and len(points) >= _DENSE:
            self._stamped(points, ink)
            return
        if round_mark:
            dots = QPen(ink, 6.4)
            dots.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(dots)
            painter.drawPoints(QPolygonF(points))
            return
        painter.setBrush(self._look.colour("surface"))
        painter.drawRects([QRectF(at.x() - 2.8, at.y() - 2.8, 5.6, 5.6) for at in points])

    def _stamped(self, points: Sequence[QPointF], ink: QColor) -> None:
        """The same round mark, drawn once and put at each point: thousands take a fraction of the time."""
        painter = self._painter
        ratio = painter.device().devicePixelRatioF()
        stamp = QPixmap(round(_STAMP * ratio), round(_STAMP * ratio))
        stamp.fill(Qt.GlobalColor.transparent)
        with QPainter(stamp) as drawn:
            drawn.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            drawn.setPen(Qt.PenStyle.NoPen)
            drawn.setBrush(ink)
            middle = stamp.width() / 2
            drawn.drawEllipse(QPointF(middle, middle), 3.2 * ratio, 3.2 * ratio)
        stamp.setDevicePixelRatio(ratio)
        half = stamp.width() / ratio / 2
        for x, y in {(round(at.x() - half), round(at.y() - half)) for at in points}:
            painter.drawPixmap(x, y, stamp)

    def bound(self, at: QPointF, sign: str) -> None:
        """A value with a comparator: a hollow triangle that points where the count lies."""
        tip = 5.0 if sign == "<" else -5.0
        self._painter.setPen(QPen(self._look.colour("ink"), 1.4))
        self._painter.setBrush(self._look.colour("surface"))
        corners = [QPointF(-4.5, 0), QPointF(4.5, 0), QPointF(0, tip)]
        self._painter.drawPolygon(QPolygonF([at + corner for corner in corners]))

    def suspect(self, x: float, box: QRectF, value: int) -> QRectF:
        """A value that waits for its second typing: a hollow triangle at the edge, off the scale.

        Returns:
            Where its words stand: never on those of a start rule's limit.
        """
        painter, hold = self._painter, self._look.colour("hold")
        top = box.top() + 2
        painter.setFont(self._look.font("caption", "bold"))
        said = QCoreApplication.translate("TrendChart", "{0} typed, not judged yet")
        text = said.format(write_number(value))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8
        label = QRectF(x - wide - 10, top, wide, 15)
        while any(label.intersects(one) for one in self.named) and label.bottom() < box.bottom():
            label.translate(0, 4)
        painter.fillRect(label, self._look.colour("surface"))
        painter.setPen(hold)
        painter.drawText(label, _CENTRE, text)
        painter.setPen(QPen(hold, 1.8))
        painter.setBrush(self._look.colour("surface"))
        corners = [QPointF(x - 7, top + 13), QPointF(x + 7, top + 13), QPointF(x, top)]
        painter.drawPolygon(QPolygonF(corners))
        return label

    def line(
        self, x: float, bottom: float, text: str, most_right: float, dates: Sequence[QRectF] = ()
    ) -> None:
        """The focus line with its moment; a date of the axis that it would cut is taken away."""
        painter, accent = self._painter, self._look.colour("accent")
        painter.setPen(QPen(accent, 1.6))
        painter.drawLine(QPointF(x, BANDS), QPointF(x, bottom + 4))
        painter.setFont(self._look.font("caption", "bold"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 12
        left = min(max(x - wide / 2, 0.0), most_right - wide + 20)
        flag = QRectF(left, bottom + 4, wide, DATES - 5)
        for date_box in dates:
            if date_box.intersects(flag):
                painter.fillRect(date_box, self._look.colour("surface"))
        painter.fillRect(flag, accent)
        painter.setPen(self._look.colour("on_accent"))
        painter.drawText(flag, _CENTRE, text)


def along(points: Sequence[QPointF]) -> list[QPointF]:
    """The points and the line between them, a point at least every 12 pixels across or down.

    Points that lie densely are enough by themselves.
    """
    if len(points) >= _DENSE:
        return list(points)
    found = list(points[:1])
    for before, after in pairwise(points):
        way = max(abs(after.x() - before.x()), abs(after.y() - before.y()))
        steps = int(way // _STEP) + 1
        found += [before + (after - before) * (step / steps) for step in range(1, steps + 1)]
    return found


def clear_spot(labels: Sequence[QRectF], right: float, points: Sequence[QPointF]) -> QRectF:
    """Where along its line a label covers the fewest points; the first and leftmost of these.

    Args:
        labels: where it may begin, above its line or below it.
        right: where it ends at the latest.
        points: what it should not cover.
    """
    best, fewest = labels[0], len(points) + 1
    places = [point.toTuple() for point in points]  # read once: a curve may have thousands
    for label in labels:
        top, bottom = label.top() - 6, label.bottom() + 6
        across = sorted([x for x, y in places if top <= y <= bottom])
        spot = QRectF(label)
        while spot.right() <= right:
            covered = bisect_right(across, spot.right() + 6) - bisect_left(across, spot.left() - 6)
            if covered < fewest:
                best, fewest = QRectF(spot), covered
            spot.translate(24, 0)
    return best


def midnight(day: date, like: datetime) -> datetime:
    """The beginning of a day, in the zone of another time."""
    return datetime(day.year, day.month, day.day, tzinfo=like.tzinfo)
