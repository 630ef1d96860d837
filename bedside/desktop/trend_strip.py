"""A further analyte under the ANC and the platelets: its own axis, the same time, the same line.

Decision: a value with a comparator and a specimen that could not be used are marked, never drawn as
values: "<0.1" is a hollow triangle that points down and is not joined, a haemolysed one is a cross on the floor
of the axis, a pending one a hollow circle there.
"""

from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from bedside.desktop.look import Look
from bedside.desktop.trend_drawing import TrendPen
from bedside.desktop.trend_layout import TimeAxis
from bedside.units.dates import write_date_time
from bedside.units.writer import write_number
from bedside.ward.laboratory_trend import LabPoint, LabSeries

SAME_SPECIMEN = timedelta(hours=12)  # as near to the line as this is said to be at the line
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ROOM = 9.0  # under the axis: where marks without a value stand


class StripAxis(Struct, frozen=True):
    """Values of one analyte to pixels, linear, between two round figures."""

    box: QRectF
    least: Decimal
    most: Decimal

    def y(self, value: Decimal) -> float:
        """Where a value stands; beyond the figures it stays at the edge."""
        part = (value - self.least) / (self.most - self.least)
        inside = min(max(float(part), 0.0), 1.0)
        return self.floor - _ROOM - inside * (self.box.height() - _ROOM)

    @property
    def floor(self) -> float:
        """Where marks without a value stand."""
        return self.box.bottom()

    @property
    def lines(self) -> tuple[Decimal, ...]:
        """The values that have a line."""
        return (self.least, self.most)


def strip_axis(series: LabSeries, box: QRectF) -> StripAxis:
    """Round figures that hold every value and both limits of normal."""
    values = [point.value for point in series.points if point.value is not None]
    values += [limit for limit in (series.low, series.high) if limit is not None]
    least, most = min(values, default=Decimal(0)), max(values, default=Decimal(1))
    step = Decimal(1).scaleb((most - least or most or Decimal(1)).adjusted())
    if most - least < 2 * step:
        step /= 5
    below = (least / step).to_integral_value(ROUND_FLOOR) * step
    above = (most / step).to_integral_value(ROUND_CEILING) * step
    return StripAxis(box, below, above if above > below else below + step)


def point_at(series: LabSeries, at: datetime | None) -> LabPoint | None:
    """The result nearest to a moment, where one was taken within half a day."""
    if at is None or not series.points:
        return None
    nearest = min(series.points, key=lambda point: abs(point.taken_at - at))
    return nearest if abs(nearest.taken_at - at) <= SAME_SPECIMEN else None


def paint_strip(
    painter: QPainter, look: Look, series: LabSeries, axis: StripAxis, time: TimeAxis
) -> None:
    """Draw grid, limits of normal, the joined values and the marks of one analyte."""
    pen = TrendPen(painter, look)
    pen.frame(axis.box, [(write_number(value), axis.y(value)) for value in axis.lines], series.unit)
    for limit in (series.low, series.high):
        if limit is not None:
            pen.dashed(axis.box, axis.y(limit), "quiet")
    joined = [
        QPointF(time.x(point.taken_at), axis.y(point.value))
        for point in series.points
        if point.value is not None and not point.mark
    ]
    pen.series(joined, round_mark=True)
    for point in series.points:
        if point.mark:
            _mark(painter, look, point, axis, time.x(point.taken_at))


def _mark(painter: QPainter, look: Look, point: LabPoint, axis: StripAxis, x: float) -> None:
    painter.setPen(QPen(look.colour("hold"), 1.8))
    painter.setBrush(look.colour("surface"))
    if point.value is not None:
        y = axis.y(point.value)
        tip = 6 if point.mark == "<" else -6
        corners = [QPointF(x - 5, y - tip / 2), QPointF(x + 5, y - tip / 2), QPointF(x, y + tip)]
        painter.drawPolygon(QPolygonF(corners))
    elif point.mark == "pending":
        painter.drawEllipse(QPointF(x, axis.floor), 4.0, 4.0)
    else:
        for slope in (-4, 4):
            painter.drawLine(QPointF(x - 4, axis.floor - slope), QPointF(x + 4, axis.floor + slope))


def paint_strip_side(
    painter: QPainter, look: Look, series: LabSeries, box: QRectF, at: datetime | None
) -> None:
    """Write title, latest result with its unit and time, limits, and the result at the line."""
    latest = series.points[-1]
    lines = [
        (series.title, "ink", look.font("small", "strong"), 15.0),
        (latest.words, "ink", look.font("course_day", "bold"), 20.0),
        (write_date_time(latest.taken_at), "quiet", look.font("caption"), 14.0),
    ]
    if series.limits:
        lines.append((series.limits, "quiet", look.font("caption"), 14.0))
    focused = point_at(series, at)
    if focused is not latest:
        none = QCoreApplication.translate("TrendChart", "none that day")
        at_line = QCoreApplication.translate("TrendChart", "at the line: {0}")
        text = at_line.format(none if focused is None else focused.words)
        lines.append((text, "accent", look.font("caption", "strong"), 15.0))
    y = box.top() - 8
    for text, colour, font, high in lines:
        painter.setFont(font)
        painter.setPen(look.colour(colour))
        painter.drawText(QRectF(box.right() + 16, y, 150.0, high), _LEFT, text)
        y += high
