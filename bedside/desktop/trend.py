"""The trend of the counts: ANC and platelets, each on its own axis, over one true time axis."""

from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.look import Look
from bedside.desktop.timeline_header import Window, date_ticks
from bedside.desktop.timeline_layout import TimeScale
from bedside.desktop.trend_layout import (
    LinearAxis,
    LogAxis,
    TimeAxis,
    TypedNow,
    anc_axis,
    platelet_axis,
    shown_rows,
    time_axis,
)
from bedside.desktop.trend_side import SIDE, paint_side
from bedside.units.dates import write_date, write_date_time
from bedside.units.writer import write_count, write_number
from bedside.ward.views.pages import CountRow, CountsView

_LABELS, _BANDS, _GAP, _DATES = 58.0, 24.0, 30.0, 22.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class TrendChart(QWidget):
    """Draws the trend and keeps one focus line through both series.

    Signals:
        focus_moved: another count is under the focus line.
    """

    focus_moved = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view: CountsView | None = None
        self._typed: TypedNow | None = None
        self._focus = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Trend of ANC and platelets"))

    def sizeHint(self) -> QSize:
        """A size at which both curves can be read."""
        return QSize(640, 400)

    @property
    def focused_row(self) -> CountRow | None:
        """The count under the focus line."""
        rows = () if self._view is None else shown_rows(self._view)
        return rows[self._focus] if 0 <= self._focus < len(rows) else None

    def show_view(self, view: CountsView) -> None:
        """Show an infant's counts; the focus line stands on the latest one."""
        self._view = view
        self._focus = len(shown_rows(view)) - 1
        self._told()

    def show_typed(self, typed: TypedNow | None) -> None:
        """Show what is being typed as hollow marks."""
        self._typed = typed
        self.update()

    def focus_count(self, count_id: int) -> None:
        """Put the focus line on a count."""
        if self._view is not None:
            for number, row in enumerate(shown_rows(self._view)):
                if row.count_id == count_id:
                    self._move(number)

    def axes(self) -> tuple[TimeAxis, LogAxis, LinearAxis] | None:
        """The three axes as drawn, for the drawing and for tests."""
        if self._view is None:
            return None
        left, right = _LABELS, self.width() - SIDE
        free = self.height() - _BANDS - _GAP - _DATES - 8
        top = _BANDS + 6
        anc = QRectF(left, top, right - left, free * 0.54)
        platelets = QRectF(left, anc.bottom() + _GAP, right - left, free * 0.46)
        return (
            time_axis(self._view, left + 6, right - 10),
            anc_axis(self._view, self._typed, anc),
            platelet_axis(self._view, self._typed, platelets),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both curves, their thresholds, the courses behind and the focus line."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._look.colour("surface"))
            axes = self.axes()
            if self._view is None or axes is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            self._paint(painter, self._view, *axes)
            if self.hasFocus():
                painter.setPen(QPen(self._look.colour("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint(
        self, painter: QPainter, view: CountsView, time: TimeAxis, anc: LogAxis, plt: LinearAxis
    ) -> None:
        self._paint_bands(painter, view, time, plt.box.bottom())
        self._paint_frame(painter, anc.box, [(value, anc.y(value)) for value in anc.decades])
        self._paint_floor(painter, anc)
        self._paint_frame(painter, plt.box, [(value, plt.y(value)) for value in plt.lines])
        self._paint_dates(painter, time, plt.box.bottom())
        rule = view.rule_course
        dots = [
            QPointF(time.x(row.taken_at), anc.y(row.anc_per_ul))
            for row in shown_rows(view)
            if row.anc_per_ul is not None
        ]
        squares = [
            QPointF(time.x(row.taken_at), plt.y(row.platelets_per_ul))
            for row in shown_rows(view)
            if row.platelets_per_ul is not None
        ]
        self._paint_focus(painter, time, plt.box.bottom())
        if view.anc_at_least is not None:
            y = anc.y(view.anc_at_least)
            self._paint_limit(painter, anc.box, y, view.anc_at_least, rule, dots)
        if view.platelets_at_least is not None:
            y = plt.y(view.platelets_at_least)
            self._paint_limit(painter, plt.box, y, view.platelets_at_least, rule, squares)
        # above the labels: no count is ever hidden by a word
        self._paint_series(painter, dots, round_mark=True)
        self._paint_series(painter, squares, round_mark=False)
        self._paint_typed(painter, time, anc, plt)
        focused = self.focused_row
        paint_side(painter, view, focused, self._typed, anc.box, plt.box, self._look)

    def _paint_bands(
        self, painter: QPainter, view: CountsView, time: TimeAxis, bottom: float
    ) -> None:
        look = self._look
        painter.setFont(look.font("caption"))
        metrics = QFontMetricsF(painter.font())
        for title, first, last, priming in view.bands:
            left = max(time.x(_midnight(first, view.now)), time.left)
            right = min(time.x(_midnight(last + timedelta(days=1), view.now)), time.right + 10)
            if right <= left:
                continue
            tint = look.colour("priming_tint" if priming else "sunk")
            painter.fillRect(QRectF(left, _BANDS + 6, right - left, bottom - _BANDS - 6), tint)
            box = QRectF(round(left) + 0.5, 3.5, round(right - left) - 1, _BANDS - 6)
            painter.setPen(QPen(look.colour("priming" if priming else "edge"), 1))
            painter.setBrush(tint if priming else look.colour("surface"))
            painter.drawRect(box)
            fits = metrics.horizontalAdvance(title) + 4 < box.width()
            text = title if fits else title.split()[-1]
            painter.setPen(look.colour("priming" if priming else "ink"))
            if metrics.horizontalAdvance(text) < box.width():
                painter.drawText(box, _CENTRE, text)

    def _paint_frame(self, painter: QPainter, box: QRectF, lines: list[tuple[int, float]]) -> None:
        look = self._look
        painter.setFont(look.font("caption"))
        for value, y in lines:
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(look.colour("quiet"))
            painter.drawText(QRectF(0, y - 9, _LABELS - 8, 18), _RIGHT, write_number(value))
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.drawLine(box.bottomLeft(), box.topLeft())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setPen(look.colour("quiet"))
        unit = QRectF(0, box.top() - 25, _LABELS - 8, 16)
        painter.drawText(unit, _RIGHT, self.tr("per µL"))

    def _paint_floor(self, painter: QPainter, axis: LogAxis) -> None:
        painter.setPen(self._look.colour("quiet"))
        painter.drawText(QRectF(0, axis.floor - 9, _LABELS - 8, 18), _RIGHT, "0")

    def _paint_limit(
        self,
        painter: QPainter,
        box: QRectF,
        y: float,
        limit: int,
        course: str,
        points: list[QPointF],
    ) -> None:
        accent = self._look.colour("accent")
        pen = QPen(accent, 1.6)
        pen.setDashPattern([4.0, 2.5])
        painter.setPen(pen)
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setFont(self._look.font("caption", "strong"))
        text = self.tr("{0} asks at least {1}").format(course, write_number(limit))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8
        label = _clear_spot(QRectF(box.left() + 6, y - 18, wide, 16), box.right(), points)
        ground = QColor(self._look.colour("surface"))
        ground.setAlpha(215)
        painter.fillRect(label, ground)
        painter.setPen(accent)
        painter.drawText(label, _CENTRE, text)

    def _paint_dates(self, painter: QPainter, time: TimeAxis, y: float) -> None:
        painter.setFont(self._look.font("caption"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance("00-Nov-0000") + 10
        day = timedelta(days=1).total_seconds()
        span = (time.last.astimezone(UTC) - time.first.astimezone(UTC)).total_seconds()
        px = (time.right - time.left) * day / span
        window = Window(time.left, time.right, 0.0, TimeScale(time.first.date(), px))
        free = 0.0
        for on, _ in date_ticks(window, wide):
            x = time.x(_midnight(on, time.first))
            left = min(max(x - wide / 2, 0.0), time.right - wide + 10)
            if not time.left - 4 <= x <= time.right or left < free:
                continue
            free = left + wide
            painter.setPen(QPen(self._look.colour("edge"), 1))
            painter.drawLine(QPointF(x, y), QPointF(x, y + 4))
            painter.setPen(self._look.colour("quiet"))
            painter.drawText(QRectF(left, y + 4, wide, _DATES - 4), _CENTRE, write_date(on))

    def _paint_series(self, painter: QPainter, points: list[QPointF], *, round_mark: bool) -> None:
        ink = self._look.colour("ink")
        painter.setPen(QPen(ink, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(ink if round_mark else self._look.colour("surface"))
        for point in points:
            if round_mark:
                painter.drawEllipse(point, 2.4, 2.4)
            else:
                painter.drawRect(QRectF(point.x() - 2.8, point.y() - 2.8, 5.6, 5.6))

    def _paint_focus(self, painter: QPainter, time: TimeAxis, bottom: float) -> None:
        row = self.focused_row
        if row is None:
            return
        x = time.x(row.taken_at)
        accent = self._look.colour("accent")
        painter.setPen(QPen(accent, 1.6))
        painter.drawLine(QPointF(x, _BANDS), QPointF(x, bottom + 4))
        painter.setFont(self._look.font("caption", "bold"))
        text = write_date_time(row.taken_at)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 12
        left = min(max(x - wide / 2, 0.0), self.width() - SIDE - wide + 20)
        flag = QRectF(left, bottom + 4, wide, _DATES - 5)
        painter.fillRect(flag, accent)
        painter.setPen(self._look.colour("on_accent"))
        painter.drawText(flag, _CENTRE, text)

    def _paint_typed(
        self, painter: QPainter, time: TimeAxis, anc: LogAxis, plt: LinearAxis
    ) -> None:
        typed = self._typed
        if typed is None:
            return
        x = min(max(time.x(typed.at), time.left), time.right + 6)
        painter.setBrush(self._look.colour("surface"))
        if typed.anc is not None:
            if typed.anc_suspect:
                self._paint_suspect(painter, x, anc.box, typed.anc)
            else:
                painter.setPen(QPen(self._look.colour("ink"), 1.8))
                painter.drawEllipse(QPointF(x, anc.y(typed.anc)), 5, 5)
        if typed.platelets is not None:
            if typed.platelets_suspect:
                self._paint_suspect(painter, x, plt.box, typed.platelets)
            else:
                painter.setPen(QPen(self._look.colour("ink"), 1.8))
                painter.drawRect(QRectF(x - 4.5, plt.y(typed.platelets) - 4.5, 9, 9))

    def _paint_suspect(self, painter: QPainter, x: float, box: QRectF, value: int) -> None:
        """A value that waits for its second typing: a hollow triangle at the edge, off the scale."""
        hold = self._look.colour("hold")
        top = box.top() + 2
        painter.setFont(self._look.font("caption", "bold"))
        text = self.tr("{0} typed, not judged yet").format(write_number(value))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8
        label = QRectF(x - wide - 10, top, wide, 15)
        painter.fillRect(label, self._look.colour("surface"))
        painter.setPen(hold)
        painter.drawText(label, _CENTRE, text)
        painter.setPen(QPen(hold, 1.8))
        painter.setBrush(self._look.colour("surface"))
        corners = [QPointF(x - 7, top + 13), QPointF(x + 7, top + 13), QPointF(x, top)]
        painter.drawPolygon(QPolygonF(corners))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the focus line from count to count."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in moves and self._view is not None:
            self._move(self._focus + moves[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_End and self._view is not None:
            self._move(len(shown_rows(self._view)) - 1)
        elif event.key() == Qt.Key.Key_Home:
            self._move(0)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pointer moves the focus line to the nearest count."""
        self._to_pointer(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A pressed pointer drags the focus line along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._to_pointer(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more than the end of a click."""
        event.accept()

    def _to_pointer(self, x: float) -> None:
        axes = self.axes()
        if self._view is None or axes is None or x > axes[0].right + 12:
            return
        rows = shown_rows(self._view)
        if rows:
            away = [abs(axes[0].x(row.taken_at) - x) for row in rows]
            self._move(away.index(min(away)))

    def _move(self, number: int) -> None:
        rows = () if self._view is None else shown_rows(self._view)
        self._focus = min(max(number, 0), len(rows) - 1)
        self._told()

    def _told(self) -> None:
        row = self.focused_row
        self.setAccessibleDescription("" if row is None else row_words(row))
        self.update()
        self.focus_moved.emit()


def absent(state: str) -> str:
    """Why a value is not there: pending and unusable are not the same as not done."""
    return "not done" if state == "done" else state


def row_words(row: CountRow) -> str:
    """One count in words, for the screen reader and the line under the table."""
    parts = [write_date_time(row.taken_at)]
    anc = absent(row.anc_state) if row.anc_per_ul is None else write_count(row.anc_per_ul)
    platelets = (
        absent(row.platelets_state)
        if row.platelets_per_ul is None
        else write_count(row.platelets_per_ul)
    )
    parts += [f"ANC {anc}", f"platelets {platelets}"]
    return ", ".join(parts)


def _clear_spot(label: QRectF, right: float, points: list[QPointF]) -> QRectF:
    """Where along its line a label covers the fewest points; the leftmost of these."""
    best, fewest = label, len(points) + 1
    spot = QRectF(label)
    while spot.right() <= right:
        near = spot.adjusted(-8, -10, 8, 10)
        covered = sum(1 for point in points if near.contains(point))
        if covered < fewest:
            best, fewest = QRectF(spot), covered
        spot.translate(24, 0)
    return best


def _midnight(day: date, like: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=like.tzinfo)
