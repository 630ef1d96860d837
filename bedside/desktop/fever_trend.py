"""The trend of the temperature: points joined in true time, the site's limit drawn, the latest value said."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.direction import keep_time_forward, time_painter
from bedside.desktop.look import Look
from bedside.units.dates import write_date, write_time
from bedside.units.writer import write_number
from bedside.ward.views.fever import TrendPoint

_LEFT, _RIGHT, _TOP, _BELOW = 40.0, 64.0, 18.0, 20.0
_DAYS = 3
_LEAST, _MOST = 36, 39  # °C, always in sight


class TemperatureTrend(QWidget):
    """The temperatures of the last three days; the table beside it is its twin."""

    def __init__(self, look: Look, mark: str) -> None:
        super().__init__()
        keep_time_forward(self)
        self._full, self._look, self._mark = look, look.drawn, mark
        self._points: tuple[TrendPoint, ...] = ()
        self._limit: Decimal | None = None
        self._now: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(look.px(96))
        self.setAccessibleName(self.tr("Trend of the temperature"))

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return self._full.enlarged(480, 130)

    def show_points(
        self, points: tuple[TrendPoint, ...], limit: Decimal | None, now: datetime
    ) -> None:
        """Show temperatures up to now."""
        oldest = now - timedelta(days=_DAYS)
        self._points = tuple(one for one in points if one.at >= oldest)
        self._limit, self._now = limit, now
        self.setAccessibleDescription(self.spoken())
        self.update()

    def spoken(self) -> str:
        """The trend as a sentence."""
        if not self._points:
            return self.tr("no temperature of the last {0} days").format(_DAYS)
        last = self._points[-1]
        words = self.tr("{0} temperatures in {1} days, last {2} °C at {3}")
        if len(self._points) == 1:
            words = self.tr("{0} temperature in {1} days, last {2} °C at {3}")
        return words.format(
            len(self._points), _DAYS, write_number(last.celsius, self._mark), write_time(last.at)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, limit and points."""
        with time_painter(self) as painter:
            self._full.enlarge(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = self._full.board(self).adjusted(_LEFT, _TOP, -_RIGHT, -_BELOW)
            least, most = self._bounds()
            self._paint_grid(painter, box, least, most)
            if self._now is not None and self._points:
                self._paint_points(painter, box, least, most, self._now)
            elif self._now is not None:
                painter.setPen(self._look.colour("quiet"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.spoken())

    def _bounds(self) -> tuple[int, int]:
        values = [one.celsius for one in self._points]
        return (
            min([_LEAST, *(floor(value) for value in values)]),
            max([_MOST, *(ceil(value) for value in values)]),
        )

    def _paint_grid(self, painter: QPainter, box: QRectF, least: int, most: int) -> None:
        look = self._look
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("quiet"))
        painter.drawText(QPointF(2, 12), self.tr("°C, last {0} days").format(_DAYS))
        for degrees in range(least, most + 1):
            y = _y(box, Decimal(degrees), least, most)
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(look.colour("quiet"))
            room = QRectF(0, y - 8, _LEFT - 6, 16)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, right, str(degrees))
        if self._limit is not None:
            y = _y(box, self._limit, least, most)
            pen = QPen(look.colour("stop"), 1.4, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            limit = write_number(self._limit, self._mark)
            painter.setFont(look.font("caption"))
            painter.drawText(QPointF(box.left() + 6, y - 4), self.tr("limit {0}").format(limit))

    def _paint_points(
        self, painter: QPainter, box: QRectF, least: int, most: int, now: datetime
    ) -> None:
        look = self._look
        first = min(self._points[0].at, now - timedelta(hours=12))
        span = _seconds(first, now)
        at = [
            QPointF(
                box.left() + box.width() * _seconds(first, one.at) / span,
                _y(box, one.celsius, least, most),
            )
            for one in self._points
        ]
        painter.setPen(QPen(look.colour("accent"), 1.6))
        painter.drawPolyline(at)
        painter.setBrush(look.colour("accent"))
        for point in at:
            painter.drawEllipse(point, 3.2, 3.2)
        self._paint_last(painter, at[-1])
        self._paint_times(painter, box, first, now)

    def _paint_last(self, painter: QPainter, at: QPointF) -> None:
        last = self._points[-1]
        font = self._look.font("body", "strong")
        painter.setFont(font)
        text = f"{write_number(last.celsius, self._mark)} °C"
        wide = QFontMetricsF(font).horizontalAdvance(text)
        painter.setPen(self._look.colour("ink"))
        x = min(at.x() + 8, self._full.board(self).width() - wide - 2)
        painter.drawText(QPointF(x, max(at.y() + 4, 12)), text)

    def _paint_times(self, painter: QPainter, box: QRectF, first: datetime, now: datetime) -> None:
        painter.setFont(self._look.font("caption"))
        painter.setPen(self._look.colour("quiet"))
        start = f"{write_date(first.date())[:6]} {write_time(first)}"
        line = QRectF(box.left(), box.bottom() + 3, box.width(), 16)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, start)
        end = self.tr("now {0}").format(write_time(now))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, end)


def _y(box: QRectF, celsius: Decimal, least: int, most: int) -> float:
    part = float((celsius - least) / (most - least))
    return box.bottom() - box.height() * part


def _seconds(first: datetime, second: datetime) -> float:
    return max((second.astimezone(UTC) - first.astimezone(UTC)).total_seconds(), 1.0)
