"""The cohort's chart: DLTs against evaluable infants, the stopping boundary as steps; and the interval."""

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.direction import keep_time_forward, time_painter
from bedside.desktop.look import Look
from bedside.ward.views.cohort import CohortView

_LEFT_ROOM, _RIGHT_ROOM, _TOP, _BOTTOM = 34.0, 14.0, 12.0, 36.0
_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FEWEST = 6
_MOST_TICKS = 10


class CohortChart(QWidget):
    """Accumulated DLTs and the boundary; its table twin stands behind Alt+T."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        keep_time_forward(self)
        self._full, self._look = look, look.drawn
        self._view: CohortView | None = None
        self.setMinimumHeight(look.px(190))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Infants with a DLT against evaluable infants"))

    def show_view(self, view: CohortView) -> None:
        """Show a cohort."""
        self._view = view
        self.setAccessibleDescription(f"{view.rate_words}. {view.boundary_state}")
        self.update()

    def sizeHint(self) -> QSize:
        """Wide rather than high."""
        return self._full.enlarged(640, 260)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, boundary and path."""
        view = self._view
        if view is None:
            return
        with time_painter(self) as painter:
            self._full.enlarge(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(
                _LEFT_ROOM,
                _TOP,
                self._full.board(self).width() - _LEFT_ROOM - _RIGHT_ROOM,
                self._full.board(self).height() - _TOP - _BOTTOM,
            )
            wide = max(view.boundary_most, view.evaluable, _FEWEST)
            tops = [least for _, least in view.boundary]
            high = max([*tops, view.with_dlt + 1, 3]) + 1
            axes = _Axes(box, wide, high)
            self._frame(painter, axes)
            self._stop(painter, view, axes)
            self._path(painter, view, axes)

    def _frame(self, painter: QPainter, axes: "_Axes") -> None:
        look, box = self._look, axes.box
        painter.setFont(look.font("caption"))
        for value in _ticks(axes.high):
            y = axes.y(value)
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(look.colour("quiet"))
            painter.drawText(QRectF(0, y - 9, _LEFT_ROOM - 6, 18), _RIGHT, str(value))
        for value in _ticks(axes.wide):
            x = axes.x(value)
            painter.setPen(look.colour("quiet"))
            painter.drawText(QRectF(x - 20, box.bottom() + 3, 40, 15), _CENTRE, str(value))
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.drawLine(box.bottomLeft(), box.topLeft())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setPen(look.colour("quiet"))
        below = QRectF(box.left(), box.bottom() + 18, box.width(), 16)
        painter.drawText(
            below,
            _CENTRE,
            self.tr("evaluable infants, in the order in which their evaluations ended"),
        )

    def _stop(self, painter: QPainter, view: CohortView, axes: "_Axes") -> None:
        """The region of stopping: hatched, with its edge as steps and its word."""
        if not view.boundary:
            return
        look = self._look
        edge = []
        for size, least in view.boundary:
            y = axes.y(least - 0.5)
            edge += [QPointF(axes.x(size - 0.5), y), QPointF(axes.x(size + 0.5), y)]
        top = axes.box.top()
        region = QPolygonF(
            [QPointF(edge[0].x(), top), *edge, QPointF(min(edge[-1].x(), axes.box.right()), top)]
        )
        painter.save()
        painter.setClipRect(axes.box)
        colour = look.colour("stop")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("stop_tint"))
        painter.drawPolygon(region)
        colour.setAlpha(60)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
        painter.drawPolygon(region)
        painter.setPen(QPen(look.colour("stop"), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(edge[0].x(), top), *edge]))
        painter.restore()
        self._stop_words(painter, view, axes, edge[0].x())

    def _stop_words(self, painter: QPainter, view: CohortView, axes: "_Axes", left: float) -> None:
        (size, least), (last, most) = view.boundary[0], view.boundary[-1]
        words = self.tr("Stop: {0} of {1} … {2} of {3}").format(least, size, most, last)
        painter.setFont(self._look.font("small", "strong"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 12
        flag = QRectF(left + 10, axes.box.top() + 6, wide, 18)
        painter.fillRect(flag, self._look.colour("surface"))
        painter.setPen(self._look.colour("stop"))
        painter.drawText(flag, _CENTRE, words)

    def _path(self, painter: QPainter, view: CohortView, axes: "_Axes") -> None:
        """The cohort so far: steps, a filled mark at each DLT, a ring at the end with its words."""
        look = self._look
        line = [QPointF(axes.x(0), axes.y(0))]
        marks = []
        before = 0
        for point in view.points:
            x = axes.x(point.evaluable)
            line.append(QPointF(x, axes.y(before)))
            if point.with_dlt > before:
                line.append(QPointF(x, axes.y(point.with_dlt)))
                marks.append(line[-1])
            before = point.with_dlt
        painter.setPen(QPen(look.colour("ink"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(line))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("stop"))
        for mark in marks:
            painter.drawRect(QRectF(mark.x() - 5, mark.y() - 5, 10, 10))
        if not view.points:
            return
        end = line[-1]
        painter.setPen(QPen(look.colour("ink"), 2))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(end, 5, 5)
        self._end_words(painter, view, axes, end)

    def _end_words(self, painter: QPainter, view: CohortView, axes: "_Axes", end: QPointF) -> None:
        words = self.tr("{0} of {1}").format(view.with_dlt, view.evaluable)
        painter.setFont(self._look.font("body", "bold"))
        painter.setPen(self._look.colour("ink"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 4
        left = end.x() + 9
        if left + wide > axes.box.right():
            left = end.x() - wide - 8
        painter.drawText(QRectF(left, end.y() - 24, wide, 18), _LEFT, words)


class _Axes:
    """Places of numbers in the chart."""

    def __init__(self, box: QRectF, wide: int, high: int) -> None:
        self.box, self.wide, self.high = box, wide, high

    def x(self, value: float) -> float:
        """Where so many evaluable infants are."""
        return self.box.left() + self.box.width() * value / self.wide

    def y(self, value: float) -> float:
        """Where so many infants with a DLT are."""
        return self.box.bottom() - self.box.height() * value / self.high


class IntervalLine(QWidget):
    """The rate with its exact interval on a line from 0 to a round number of per cent."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        keep_time_forward(self)
        self._full, self._look = look, look.drawn
        self._numbers = ("", "", "")
        self.setFixedHeight(look.px(40))
        self.setAccessibleName(self.tr("Rate with its interval"))

    def show_view(self, view: CohortView) -> None:
        """Show a rate."""
        self._numbers = view.interval
        self.setAccessibleDescription(view.interval_words)
        self.setVisible(bool(view.interval[0]))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw scale, interval and rate."""
        if not self._numbers[0]:
            return
        share, low, high = (Decimal(each) for each in self._numbers)
        most = 30 if high <= 30 else 60 if high <= 60 else 100
        left, wide, y = 14.0, self._full.board(self).width() - 46.0, 10.0

        def place(percent: Decimal) -> float:
            return left + wide * int(percent * 10) / (most * 10)

        with time_painter(self) as painter:
            self._full.enlarge(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._look.font("caption"))
            for value in (0, 25, 50, 75, 100) if most == 100 else range(0, most + 1, most // 3):
                x = place(Decimal(value))
                painter.setPen(QPen(self._look.colour("edge"), 1))
                painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
                painter.setPen(self._look.colour("quiet"))
                painter.drawText(QRectF(x - 22, y + 10, 44, 16), _CENTRE, f"{value} %")
            painter.setPen(QPen(self._look.colour("ink"), 2))
            painter.drawLine(QPointF(place(low), y), QPointF(place(high), y))
            for end in (low, high):
                painter.drawLine(QPointF(place(end), y - 6), QPointF(place(end), y + 6))
            painter.fillRect(QRectF(place(share) - 4, y - 4, 8, 8), self._look.colour("ink"))


def _ticks(most: int) -> list[int]:
    """Round numbers from 0 to the end, at most ten."""
    for step in (1, 2, 3, 5, 6, 10, 20, 50):
        if most // step <= _MOST_TICKS:
            return list(range(0, most + 1, step))
    return [0, most]
