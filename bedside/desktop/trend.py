"""The trend of the counts: ANC and platelets, each on its own axis, over one true time axis.

Any other analyte can be added under them, on an axis of its own. One focus line goes through all; it
moves from specimen to specimen, by the pointer or the arrow keys. What does not move with the line
is drawn once and kept as a picture, so that two years of counts follow the arrow keys at once.
"""

from bisect import bisect_left
from datetime import UTC, datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.direction import keep_time_forward, time_painter
from bedside.desktop.look import Look
from bedside.desktop.trend_drawing import BANDS, DATES, GAP, LABELS, TrendPen
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
from bedside.desktop.trend_strip import (
    StripAxis,
    paint_strip,
    paint_strip_side,
    point_at,
    strip_axis,
)
from bedside.units.dates import write_date_time
from bedside.units.writer import write_count, write_number
from bedside.ward.laboratory_trend import LabSeries
from bedside.ward.views.pages import CountRow, CountsView

MOST_ADDED = 2
_STRIP = 0.34  # of the height of ANC and platelets together
Axes = tuple[TimeAxis, LogAxis, LinearAxis]


class TrendChart(QWidget):
    """Draws the trend and keeps one focus line through every series.

    Signals:
        focus_moved: another moment is under the focus line.
    """

    focus_moved = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keep_time_forward(self)
        self._full, self._look = look, look.drawn
        self._view: CountsView | None = None
        self._rows: tuple[CountRow, ...] = ()
        self._typed: TypedNow | None = None
        self._added: tuple[LabSeries, ...] = ()
        self._moments: list[datetime] = []
        self._row_at: dict[datetime, CountRow] = {}
        self._shown: dict[datetime, datetime] = {}  # each moment as the wall clock showed it
        self._focus = -1
        self._kept: QPixmap | None = None
        self._kept_ratio = 0.0
        self._dates: list[QRectF] = []  # where the days of the time axis are written
        self._kept_axes: Axes | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._name()

    def sizeHint(self) -> QSize:
        """A size at which both curves can be read."""
        return self._full.enlarged(640, 400)

    @property
    def focused_at(self) -> datetime | None:
        """The moment under the focus line, in UTC."""
        return self._moments[self._focus] if 0 <= self._focus < len(self._moments) else None

    @property
    def focused_row(self) -> CountRow | None:
        """The count under the focus line; None where only chemistry was taken then."""
        at = self.focused_at
        return None if at is None else self._row_at.get(at)

    @property
    def added(self) -> tuple[LabSeries, ...]:
        """The analytes drawn under ANC and platelets."""
        return self._added

    def show_view(self, view: CountsView) -> None:
        """Show an infant's counts; the focus line stands on the latest one."""
        self._view = view
        self._rows = shown_rows(view)
        self._remember()
        self._focus = len(self._moments) - 1
        if self._rows:
            self._focus = self._moments.index(self._rows[-1].taken_at.astimezone(UTC))
        self._told()

    def show_added(self, added: tuple[LabSeries, ...]) -> None:
        """Draw these analytes, too; the focus line stays at its moment."""
        before = self.focused_at
        self._added = added[:MOST_ADDED]
        self._remember()
        if before is not None and self._moments:
            self._focus = min(bisect_left(self._moments, before), len(self._moments) - 1)
        self._name()
        self._told()

    def show_typed(self, typed: TypedNow | None) -> None:
        """Show what is being typed as hollow marks."""
        if typed != self._typed:
            self._typed = typed
            self._forget()

    def focus_count(self, count_id: int) -> None:
        """Put the focus line on a count."""
        for row in self._rows:
            if row.count_id == count_id:
                self._move(self._moments.index(row.taken_at.astimezone(UTC)))

    def axes(self) -> Axes | None:
        """The time axis and the two axes of the counts as drawn, for the drawing and for tests."""
        if self._view is None:
            return None
        if self._kept_axes is None:
            left, right = LABELS, self._full.board(self).width() - SIDE
            boxes = self._boxes()
            self._kept_axes = (
                time_axis(self._view, left + 6, right - 10),
                anc_axis(self._view, self._typed, boxes[0]),
                platelet_axis(self._view, self._typed, boxes[1]),
            )
        return self._kept_axes

    def strips(self) -> tuple[StripAxis, ...]:
        """The axes of the added analytes, from above to below."""
        boxes = self._boxes()[2:]
        return tuple(
            strip_axis(series, box) for series, box in zip(self._added, boxes, strict=True)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the kept picture of everything, and over it the focus line and its values."""
        with time_painter(self) as painter:
            self._full.enlarge(painter)
            axes = self.axes()
            if self._view is None or axes is None:
                painter.fillRect(self._full.board(self), self._look.colour("surface"))
                return
            painter.drawPixmap(0, 0, self._picture(self._view, axes))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            at = self.focused_at
            if at is not None:
                text = write_date_time(self._shown[at])
                most = self._full.board(self).width() - SIDE
                pen = TrendPen(painter, self._look)
                pen.line(axes[0].x(at), self._bottom(), text, most, self._dates)
            self._paint_side(painter, self._view, axes)
            if self.hasFocus():
                painter.setPen(QPen(self._look.colour("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self._full.board(self).adjusted(1, 1, -1, -1))

    def _boxes(self) -> list[QRectF]:
        """The boxes of the axes, from above to below."""
        parts = [0.54, 0.46, *(_STRIP for _ in self._added)]
        gaps = GAP * (len(parts) - 1)
        free = self._full.board(self).height() - BANDS - gaps - DATES - 8
        boxes, top = [], BANDS + 6
        for part in parts:
            high = free * part / sum(parts)
            boxes.append(QRectF(LABELS, top, self._full.board(self).width() - SIDE - LABELS, high))
            top += high + GAP
        return boxes

    def _bottom(self) -> float:
        return self._boxes()[-1].bottom()

    def _picture(self, view: CountsView, axes: Axes) -> QPixmap:
        """All that does not move with the focus line, drawn when it changed."""
        ratio = self.devicePixelRatioF()
        if self._kept is None or self._kept_ratio != ratio:
            self._kept_ratio = ratio
            self._kept = QPixmap(self.size() * ratio)
            # drawn on the board of 100 %, kept as sharp as the screen shows it
            self._kept.setDevicePixelRatio(ratio * self._full.scale)
            self._kept.fill(self._look.colour("surface"))
            with time_painter(self._kept) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
                self._paint(painter, view, axes)
        return self._kept

    def _paint(self, painter: QPainter, view: CountsView, axes: Axes) -> None:
        time, anc, platelets = axes
        pen, unit = TrendPen(painter, self._look), self.tr("per µL")
        pen.bands(view, time, self._bottom())
        pen.frame(anc.box, [(write_number(value), anc.y(value)) for value in anc.decades], unit)
        pen.figure("0", anc.floor)
        lines = [(write_number(value), platelets.y(value)) for value in platelets.lines]
        pen.frame(platelets.box, lines, unit)
        self._dates = pen.dates(time, self._bottom())
        placed = list(zip(time.xs(row.taken_at for row in self._rows), self._rows, strict=True))
        counted = [(x, row.anc_per_ul) for x, row in placed if row.anc_per_ul is not None]
        heights = anc.ys(value for _, value in counted)
        dots = [QPointF(x, y) for (x, _), y in zip(counted, heights, strict=True)]
        squares = [
            QPointF(x, platelets.y(row.platelets_per_ul))
            for x, row in placed
            if row.platelets_per_ul is not None
        ]
        course, least = view.rule_course, view.anc_at_least
        if least is not None:
            pen.limit(anc.box, anc.y(least), least, course, dots)
        least = view.platelets_at_least
        if least is not None:
            pen.limit(platelets.box, platelets.y(least), least, course, squares)
        # above the labels: no count is ever hidden by a word
        pen.series(dots, round_mark=True)
        pen.series(squares, round_mark=False)
        for x, row in placed:
            if row.anc_bound_per_ul is not None:
                pen.bound(QPointF(x, anc.y(row.anc_bound_per_ul)), row.anc_state[:1])
            if row.platelets_bound_per_ul is not None:
                spot = QPointF(x, platelets.y(row.platelets_bound_per_ul))
                pen.bound(spot, row.platelets_state[:1])
        for series, axis in zip(self._added, self.strips(), strict=True):
            paint_strip(painter, self._look, series, axis, time)
        self._paint_typed(painter, pen, axes)

    def _paint_side(self, painter: QPainter, view: CountsView, axes: Axes) -> None:
        _, anc, platelets = axes
        row = self.focused_row
        paint_side(painter, view, row, self._typed, anc.box, platelets.box, self._look)
        for series, axis in zip(self._added, self.strips(), strict=True):
            paint_strip_side(painter, self._look, series, axis.box, self.focused_at)

    def _paint_typed(self, painter: QPainter, pen: TrendPen, axes: Axes) -> None:
        typed = self._typed
        if typed is None:
            return
        time, anc, platelets = axes
        x = min(max(time.x(typed.at), time.left), time.right + 6)
        painter.setBrush(self._look.colour("surface"))
        if typed.anc is not None:
            if typed.anc_suspect:
                pen.suspect(x, anc.box, typed.anc)
            else:
                painter.setPen(QPen(self._look.colour("ink"), 1.8))
                painter.drawEllipse(QPointF(x, anc.y(typed.anc)), 5, 5)
        if typed.platelets is not None:
            if typed.platelets_suspect:
                pen.suspect(x, platelets.box, typed.platelets)
            else:
                painter.setPen(QPen(self._look.colour("ink"), 1.8))
                painter.drawRect(QRectF(x - 4.5, platelets.y(typed.platelets) - 4.5, 9, 9))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size is another picture."""
        self._forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the focus line from specimen to specimen."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in moves and self._view is not None:
            self._move(self._focus + moves[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_End and self._view is not None:
            self._move(len(self._moments) - 1)
        elif event.key() == Qt.Key.Key_Home:
            self._move(0)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pointer moves the focus line to the nearest specimen."""
        self._to_pointer(self._full.on_board(event.position()).x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A pressed pointer drags the focus line along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._to_pointer(self._full.on_board(event.position()).x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more than the end of a click."""
        event.accept()

    def _to_pointer(self, x: float) -> None:
        axes = self.axes()
        if axes is None or x > axes[0].right + 12 or not self._moments:
            return
        away = [abs(axes[0].x(at) - x) for at in self._moments]
        self._move(away.index(min(away)))

    def _move(self, number: int) -> None:
        self._focus = min(max(number, 0), len(self._moments) - 1)
        self._told()

    def _remember(self) -> None:
        """Every moment at which something was taken, in UTC, in order."""
        self._row_at = {row.taken_at.astimezone(UTC): row for row in self._rows}
        taken = [row.taken_at for row in self._rows]
        taken += [point.taken_at for series in self._added for point in series.points]
        self._shown = {at.astimezone(UTC): at for at in taken}
        self._moments = sorted(self._shown)
        self._forget()

    def _forget(self) -> None:
        self._kept, self._kept_axes = None, None
        self.update()

    def _name(self) -> None:
        titles = [self.tr("ANC"), self.tr("platelets"), *(series.title for series in self._added)]
        self.setAccessibleName(
            self.tr("Trend of {0} and {1}").format(", ".join(titles[:-1]), titles[-1])
        )

    def _told(self) -> None:
        self.setAccessibleDescription(self._words())
        self.update()
        self.focus_moved.emit()

    def _words(self) -> str:
        row, at = self.focused_row, self.focused_at
        if at is None or self._view is None:
            return ""
        parts = [write_date_time(self._shown[at])] if row is None else []
        parts += [] if row is None else [row_words(row)]
        for series in self._added:
            point = point_at(series, at)
            if point is not None:
                parts.append(f"{series.title} {point.words}")
        return ", ".join(parts)


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
