"""The chart of Maintenance: ANC, platelets and both drugs' doses in per cent, over one time axis."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

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

from bedside.desktop.direction import keep_time_forward, time_painter
from bedside.desktop.look import Look
from bedside.desktop.maintenance_chart_amounts import amounts_only, paint_amounts
from bedside.desktop.maintenance_chart_layout import (
    DATES,
    END,
    LABELS,
    ChartAxes,
    DoseLine,
    chart_axes,
    dose_lines,
    drawn_checks,
    midnight,
)
from bedside.desktop.timeline_header import Window, date_ticks
from bedside.desktop.timeline_layout import TimeScale
from bedside.desktop.trend_layout import LinearAxis, LogAxis, TimeAxis
from bedside.units.dates import write_date
from bedside.units.writer import write_count, write_number
from bedside.ward.views.maintenance import CheckPoint, MaintenanceView, Threshold

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
WORDS_HIGH = 14.0
_DRUGS: tuple[tuple[str, Qt.PenStyle], ...] = (
    ("accent", Qt.PenStyle.SolidLine),
    ("it", Qt.PenStyle.DashLine),
)


class MaintenanceChart(QWidget):
    """Draws the chart and keeps one focus line through all of it.

    Signals:
        focus_moved: another count is under the focus line.
    """

    focus_moved = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keep_time_forward(self)
        self._full, self._look = look, look.drawn
        self._view: MaintenanceView | None = None
        self._focus = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(look.px(480), look.px(360))
        self.setAccessibleName(self.tr("Chart of ANC, platelets and doses by mouth"))

    def sizeHint(self) -> QSize:
        """A size at which all three parts can be read."""
        return self._full.enlarged(640, 385)

    @property
    def focused(self) -> CheckPoint | None:
        """The count under the focus line."""
        checks = () if self._view is None else drawn_checks(self._view)
        return checks[self._focus] if 0 <= self._focus < len(checks) else None

    def show_view(self, view: MaintenanceView) -> None:
        """Show counts and doses; the focus line stands on the newest count."""
        self._view = view
        self._move(len(drawn_checks(view)) - 1)

    def axes(self) -> ChartAxes | None:
        """The axes as drawn, for the drawing and for tests."""
        if self._view is None:
            return None
        return chart_axes(
            self._view, self._full.board(self).width(), self._full.board(self).height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw counts, doses, the rule's lines and the focus line."""
        with time_painter(self) as painter:
            self._full.enlarge(painter)
            painter.fillRect(self._full.board(self), self._look.colour("surface"))
            axes = self.axes()
            if self._view is None or axes is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            self._paint(painter, self._view, axes)
            if self.hasFocus():
                painter.setPen(QPen(self._look.colour("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self._full.board(self).adjusted(1, 1, -1, -1))

    def _paint(self, painter: QPainter, view: MaintenanceView, axes: ChartAxes) -> None:
        anc, platelets, dose = axes.anc, axes.platelets, axes.dose
        decades = [(value, anc.y(value)) for value in anc.decades]
        self._frame(painter, anc.box, decades, self.tr("ANC per µL, log scale"))
        lines = [(value, platelets.y(value)) for value in platelets.lines]
        self._frame(painter, platelets.box, lines, self.tr("Platelets per µL"))
        steps = [(value, dose.y(value)) for value in dose.lines]
        only = amounts_only(view)
        title = self.tr("Doses in mg") if only else self.tr("Doses in % of the dose begun with")
        self._frame(painter, dose.box, [] if only else steps, title)
        self._dates(painter, axes.time, dose.box.bottom())
        self._limits(painter, anc, view.anc_lines)
        self._limits(painter, platelets, view.platelet_lines)
        self._focus_line(painter, axes)
        checks = drawn_checks(view)
        self._series(
            painter,
            [
                QPointF(axes.time.x(check.at), anc.y(check.anc_per_ul))
                for check in checks
                if check.anc_per_ul is not None
            ],
            round_mark=True,
        )
        self._series(
            painter,
            [
                QPointF(axes.time.x(check.at), platelets.y(check.platelets_per_ul))
                for check in checks
                if check.platelets_per_ul is not None
            ],
            round_mark=False,
        )
        self._doses(painter, view, axes)

    def _frame(
        self, painter: QPainter, box: QRectF, lines: list[tuple[int, float]], title: str
    ) -> None:
        look = self._look
        painter.setFont(look.font("caption"))
        for value, y in lines:
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(look.colour("quiet"))
            painter.drawText(QRectF(0, y - 9, LABELS - 8, 18), _RIGHT, write_number(value))
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.drawLine(box.bottomLeft(), box.topLeft())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setFont(look.font("caption", "strong"))
        painter.setPen(look.colour("ink"))
        painter.drawText(QRectF(box.left(), box.top() - 20, box.width(), 16), _LEFT, title)

    def _limits(
        self, painter: QPainter, axis: LogAxis | LinearAxis, limits: tuple[Threshold, ...]
    ) -> None:
        """The lines of the rule; their words stand right of the points, lowest first, apart."""
        room = axis.box.bottom() + WORDS_HIGH
        for limit in sorted(limits, key=lambda one: one.per_ul):
            room = min(axis.y(limit.per_ul), room - WORDS_HIGH)
            self._limit(painter, axis, limit, room)

    def _limit(
        self, painter: QPainter, axis: LogAxis | LinearAxis, limit: Threshold, words_y: float
    ) -> None:
        colour = self._look.colour("stop" if limit.words.startswith("stop") else "hold")
        if limit.words.startswith(("raise", "resume")):
            colour = self._look.colour("go")
        pen = QPen(colour, 1.4)
        pen.setDashPattern([4.0, 2.5])
        painter.setPen(pen)
        y = axis.y(limit.per_ul)
        painter.drawLine(QPointF(axis.box.left(), y), QPointF(axis.box.right(), y))
        painter.setFont(self._look.font("caption", "strong"))
        text = f"{limit.words} {write_number(limit.per_ul)}"
        painter.drawText(QRectF(axis.box.right() + 5, words_y - 8, END - 6, 16), _LEFT, text)

    def _series(self, painter: QPainter, points: list[QPointF], *, round_mark: bool) -> None:
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

    def _doses(self, painter: QPainter, view: MaintenanceView, axes: ChartAxes) -> None:
        """Each drug as a line of steps; where two ends meet, their words stand one above the other."""
        taken: list[float] = []
        lines = [line for line in dose_lines(view) if line.drawn]
        colours = {line.drug: pen for pen, line in zip(_DRUGS, dose_lines(view), strict=False)}
        paint_amounts(painter, self._look, view, axes, colours)
        for number, line in enumerate(line for line in lines if line.drug in colours):
            colour, style = colours[line.drug]
            shift = 4.0 * number  # so that two equal doses are seen as two
            if line.points:
                pen = QPen(self._look.colour(colour), 2.2, style)
                self._steps(painter, line, axes, pen, shift)
                last = line.points[-1][1]
                text = self.tr("{0} {1} %").format(line.name, write_number(last))
                self._end_words(painter, axes, (last, (text,), colour), taken)
            for waiting in line.waiting[-1:]:
                self._waits(painter, axes, waiting[:2], shift, colour)
                text = self.tr("{0} {1} %:").format(line.name, write_number(waiting[1]))
                both = (text, self.tr("NOT {0}").format(waiting[2]))
                self._end_words(painter, axes, (waiting[1], both, colour), taken)

    def _end_words(
        self,
        painter: QPainter,
        axes: ChartAxes,
        told: tuple[Decimal, tuple[str, ...], str],
        taken: list[float],
    ) -> None:
        """The words at the end of a line, kept together, as near to it as others leave room."""
        percent, texts, colour = told
        places = _free_places(axes.dose, int(percent), len(texts), taken)
        taken += places
        painter.setFont(self._look.font("caption", "strong"))
        painter.setPen(self._look.colour(colour))
        for y, text in zip(places, texts, strict=True):
            painter.drawText(QRectF(axes.dose.box.right() + 5, y - 8, END - 6, 16), _LEFT, text)

    def _waits(
        self,
        painter: QPainter,
        axes: ChartAxes,
        waiting: tuple[date, Decimal],
        shift: float,
        colour: str,
    ) -> None:
        """A dose that is decided and not signed: dots from a hollow mark on, never a line."""
        on, percent = waiting
        tone = self._look.colour(colour)
        x, y = axes.time.x(midnight(on, axes.time.first)), axes.dose.y(int(percent)) + shift
        painter.setPen(QPen(tone, 1.8, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, y), QPointF(axes.time.right, y))
        painter.setPen(QPen(tone, 1.8))
        painter.setBrush(self._look.colour("surface"))
        painter.drawEllipse(QPointF(x, y), 3.6, 3.6)

    def _steps(
        self, painter: QPainter, line: DoseLine, axes: ChartAxes, pen: QPen, shift: float
    ) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path: list[QPointF] = []
        for on, percent in line.points:
            x = axes.time.x(midnight(on, axes.time.first))
            if path:
                path.append(QPointF(x, path[-1].y()))
            path.append(QPointF(x, axes.dose.y(int(percent)) + shift))
        path.append(QPointF(axes.time.right, path[-1].y()))
        painter.drawPolyline(QPolygonF(path))

    def _dates(self, painter: QPainter, time: TimeAxis, y: float) -> None:
        painter.setFont(self._look.font("caption"))
        wide = QFontMetricsF(painter.font()).horizontalAdvance("00-Nov-0000") + 10
        px = (time.right - time.left) / max((time.last - time.first).days, 1)
        window = Window(time.left, time.right, 0.0, TimeScale(time.first.date(), px))
        free = 0.0
        for on, _ in date_ticks(window, wide):
            x = time.x(midnight(on, time.first))
            left = max(x - wide / 2, 0.0)
            if not time.left - 4 <= x <= time.right or left < free:
                continue
            free = left + wide
            painter.setPen(QPen(self._look.colour("edge"), 1))
            painter.drawLine(QPointF(x, y), QPointF(x, y + 4))
            painter.setPen(self._look.colour("quiet"))
            painter.drawText(QRectF(left, y + 4, wide, DATES - 4), _CENTRE, write_date(on))

    def _focus_line(self, painter: QPainter, axes: ChartAxes) -> None:
        check = self.focused
        if check is None:
            return
        x, bottom = axes.time.x(check.at), axes.dose.box.bottom()
        accent = self._look.colour("accent")
        painter.setPen(QPen(accent, 1.2))
        painter.drawLine(QPointF(x, axes.anc.box.top()), QPointF(x, bottom + 4))
        painter.setFont(self._look.font("caption", "bold"))
        text = write_date(check.at.date())
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 12
        left = min(max(x - wide / 2, 0.0), self._full.board(self).width() - wide - 2)
        flag = QRectF(left, bottom + 4, wide, DATES - 5)
        painter.fillRect(flag, accent)
        painter.setPen(QColor(self._look.colour("on_accent")))
        painter.drawText(flag, _CENTRE, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the focus line from count to count."""
        last = 0 if self._view is None else len(drawn_checks(self._view)) - 1
        moves = {
            Qt.Key.Key_Left: self._focus - 1,
            Qt.Key.Key_Right: self._focus + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in moves:
            self._move(moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pointer moves the focus line to the nearest count."""
        axes = self.axes()
        checks = () if self._view is None else drawn_checks(self._view)
        if axes is not None and checks:
            away = [
                abs(axes.time.x(check.at) - self._full.on_board(event.position()).x())
                for check in checks
            ]
            self._move(away.index(min(away)))

    def _move(self, number: int) -> None:
        checks = () if self._view is None else drawn_checks(self._view)
        self._focus = min(max(number, 0), len(checks) - 1)
        check = self.focused
        words = "" if check is None or self._view is None else check_words(self._view, check)
        self.setAccessibleDescription(words)
        self.update()
        self.focus_moved.emit()


def check_words(view: MaintenanceView, check: CheckPoint) -> str:
    """One count and the doses of its day in words, for the reader and the line under the chart."""
    anc = check.anc_state if check.anc_per_ul is None else write_count(check.anc_per_ul)
    platelets = (
        check.platelets_state
        if check.platelets_per_ul is None
        else write_count(check.platelets_per_ul)
    )
    parts = [f"{write_date(check.at.date())}: ANC {anc}, platelets {platelets}"]
    parts += [dose_on(line, check.at.date()) for line in dose_lines(view)]
    return "; ".join(parts)


def dose_on(line: DoseLine, on: date) -> str:
    """A drug's dose on a day in words."""
    decided = line.waiting_on(on)
    none = "no signed dose" if decided else "no dose"
    words = f"{line.name} {line.words_on(on) or none}"
    if decided:
        words += f" ({'; '.join(f'decided {dose}, NOT {waits}' for dose, waits in decided)})"
    return words


def _free_places(
    axis: LinearAxis, percent: int, lines: int, taken: Sequence[float]
) -> tuple[float, ...]:
    """The heights of some lines of words, one below the other, nearest to a dose where none stand."""
    last = axis.box.bottom() - 8 - WORDS_HIGH * (lines - 1)
    wanted = min(axis.y(percent), last)
    away = (step * side for step in range(int(axis.box.height())) for side in (1, -1))
    tops = (wanted + one for one in away if axis.box.top() - 8 <= wanted + one <= last)
    blocks = (tuple(top + WORDS_HIGH * line for line in range(lines)) for top in tops)
    free = (
        block
        for block in blocks
        if not any(abs(y - other) < WORDS_HIGH for y in block for other in taken)
    )
    return next(free, tuple(wanted + WORDS_HIGH * line for line in range(lines)))
