"""The surface of the timeline: what is shown, at which scale, and how it is painted.

`bedside.desktop.timeline_canvas` moves the focus and the zoom on it.
"""

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from bedside.desktop.direction import keep_time_forward, time_painter
from bedside.desktop.grown import grown
from bedside.desktop.look import Look
from bedside.desktop.timeline_drawing import LanePaths, box_of
from bedside.desktop.timeline_events import event_box, event_rows, paint_events, paint_open, row_of
from bedside.desktop.timeline_header import HEAD, NAMES, Window, course_box, names_high, paint_grid
from bedside.desktop.timeline_lanes import (
    LABELS,
    paint_head,
    paint_holds,
    paint_labels,
    paint_lines,
    paint_numbers,
    paint_unscheduled,
)
from bedside.desktop.timeline_layout import Focus, Run, TimeScale, dose_at, rows_for_names
from bedside.desktop.timeline_strip import Strip, paint_strip, paint_undated
from bedside.desktop.timeline_zoom import ZOOMS
from bedside.ward.views.timeline import (
    TimelineCourse,
    TimelineDose,
    TimelineEvent,
    TimelineView,
    UndatedCourse,
)

Stop = TimelineEvent | TimelineCourse | UndatedCourse  # what the keys F and C step to
_ROW_LEAST, _ROW_MOST = 16.0, 24.0
_LAID_OUT_FOR = 1180.0  # pixels at 100 %: what the smallest window has beside the navigation
_USUAL = 100


class TimelineSurface(QAbstractScrollArea):
    """Paints the timeline with the focus on one dose, fever or course."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keep_time_forward(self)
        self._own = self._full = look
        self._look = look.drawn
        self._view: TimelineView | None = None
        self._focus: Focus | None = None
        self._stop: Stop | None = None
        self._zoom = ZOOMS[0]
        self._px = 1.0
        self._names = float(NAMES)
        self._paths: dict[tuple[float, float], LanePaths] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def hold_every_row(self) -> None:
        """In large text the page scrolls: every row of the drawing is in it, and it scrolls alone."""
        if self._view is None or self._own.percent == _USUAL:
            return
        rows = len(self._view.lanes) + len(event_rows(self._view))
        bar = self.horizontalScrollBar().sizeHint().height()
        high = self._own.px(round(self.head + rows * _ROW_LEAST + 1))
        self.setMinimumHeight(high + bar)

    def grow(self) -> None:
        """Grow with the room as soon as every lane has all the height it is drawn for."""
        if self._view is not None:
            rows = len(self._view.lanes) + len(event_rows(self._view))
            needs = (_LAID_OUT_FOR, HEAD + rows * _ROW_MOST)
            self._full = grown(self._own, self.viewport().size(), needs)

    @property
    def view(self) -> TimelineView | None:
        """What is drawn."""
        return self._view

    @property
    def focus(self) -> Focus | None:
        """The dose in focus: lane and place."""
        return self._focus

    @property
    def focused_dose(self) -> TimelineDose | None:
        """The dose in focus."""
        return None if self._view is None else dose_at(self._view, self._focus)

    @property
    def event_in_focus(self) -> TimelineEvent | None:
        """The fever, MRD time point or transplant stepped to; None while something else has it."""
        return self._stop if isinstance(self._stop, TimelineEvent) else None

    @property
    def course(self) -> TimelineCourse | UndatedCourse | None:
        """The course that was stepped to; None while a dose or an event has the focus."""
        return None if isinstance(self._stop, TimelineEvent) else self._stop

    @property
    def zoom(self) -> str:
        """The name of the zoom, "" between the named ones."""
        return self._zoom

    @property
    def head(self) -> float:
        """How high the head is, which stays while the lanes scroll: as high as its names need."""
        return HEAD - NAMES + self._names

    def _take_head(self) -> None:
        """Take as many rows of course names as this scale needs."""
        if self._view is None:
            return
        metrics = QFontMetricsF(self._look.font("caption", "strong"))
        rows = rows_for_names(self._view, self.scale, metrics.horizontalAdvance, self._wide())
        self._names = names_high(rows)
        self.hold_every_row()

    @property
    def scale(self) -> TimeScale:
        """The time axis at the zoom in force."""
        first = date(2000, 1, 1) if self._view is None else self._view.first
        return TimeScale(first, self._px)

    def window_on_time(self) -> Window:
        """What part of the time axis is on the screen."""
        width, offset = self._board().width(), float(self.horizontalScrollBar().value())
        strip = self.strip()
        right = width if strip is None else max(min(width, strip.breaks_at), LABELS)
        return Window(LABELS, right, offset, self.scale, self._names)

    def strip(self) -> Strip | None:
        """What stands behind the end of the axis; None where everything has a date."""
        if self._view is None or not self._view.undated:
            return None
        origin = LABELS - float(self.horizontalScrollBar().value())
        return Strip(self._view, origin, self._px, self._wide(), LABELS, self._names)

    def row_height(self) -> float:
        """The height of a lane: all lanes in sight where they fit."""
        if self._view is None:
            return _ROW_MOST
        rows = len(self._view.lanes) + len(event_rows(self._view))
        free = self._board().height() - self.head
        return min(max(free / max(rows, 1), _ROW_LEAST), _ROW_MOST)

    def box_on_screen(self, focus: Focus) -> QRectF:
        """Where one dose is drawn, in the viewport's pixels."""
        if self._view is None:
            return QRectF()
        lane, row = self._view.lanes[focus.lane], self.row_height()
        on = lane.doses[focus.dose].on
        run = Run(focus.dose, focus.dose, on, on, "")
        box = box_of(lane, run, self.scale, focus.lane * row, row)
        window = self.window_on_time()
        return box.translated(
            window.left - window.offset, self.head - float(self.verticalScrollBar().value())
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is on the screen."""
        with time_painter(self.viewport()) as painter:
            self._full.enlarge(painter)
            painter.fillRect(self._board(), self._look.colour("surface"))
            if self._view is not None:
                self._paint(painter, self._view)

    def _paint(self, painter: QPainter, view: TimelineView) -> None:
        window, row, look = self.window_on_time(), self.row_height(), self._look
        height = self._board().height()
        shift = self.head - float(self.verticalScrollBar().value())
        painter.save()
        painter.setClipRect(
            QRectF(window.left, self.head, window.right - window.left, height - self.head)
        )
        paint_grid(painter, window, self.head, height, look)
        paint_holds(painter, window, view, self.head, height, look)
        paint_lines(painter, window, view, row, shift, look)
        painter.save()
        painter.translate(window.left - window.offset, shift)
        self._lane_paths(view, row).paint(painter, look)
        painter.restore()
        paint_numbers(painter, window, view, row, shift, look)
        paint_unscheduled(painter, window, view, row, shift, look)
        paint_events(painter, window, view, row, shift, look)
        painter.restore()
        paint_head(painter, window, view, height, look, self._board().width())
        self._paint_strip(painter, row, shift)
        self._paint_focus(painter, window)
        paint_labels(painter, view, row, shift, (self.head, height), look)
        self.paint_over(painter)

    def paint_over(self, painter: QPainter) -> None:
        """Draw over all: what is being moved, where something is."""

    def _paint_strip(self, painter: QPainter, row: float, shift: float) -> None:
        strip = self.strip()
        if strip is None:
            return
        height = self._board().height()
        painter.save()
        painter.setClipRect(
            QRectF(max(strip.breaks_at, LABELS), self.head, strip.wide, height - self.head)
        )
        paint_undated(painter, strip, row, shift, self._look)
        left = max(strip.breaks_at + 16, LABELS + 8)
        room = QRectF(left, shift, self._board().width() - left - 4, height)
        paint_open(painter, room, strip.view, row, self._look)
        painter.restore()
        focused = self.course if isinstance(self.course, UndatedCourse) else None
        paint_strip(painter, strip, height, self._look, focused)

    def _ring(self, window: Window) -> QRectF:
        """Around the event or course that was stepped to, else around the dose in focus."""
        if self.event_in_focus is not None and self._view is not None:
            row, number = self.row_height(), row_of(self._view, self.event_in_focus.kind)
            top = self.head - float(self.verticalScrollBar().value()) + number * row
            return event_box(window, self._view, self.event_in_focus, top, row)
        if isinstance(self.course, TimelineCourse):
            return course_box(self.course, window)
        if self.course is not None:
            return QRectF()
        return QRectF() if self._focus is None else self.box_on_screen(self._focus)

    def _paint_focus(self, painter: QPainter, window: Window) -> None:
        ring = self._ring(window)
        if ring.isEmpty() or ring.right() < window.left:
            return
        if ring.top() < self.head - 4 and self.course is None:
            return
        ring = ring.adjusted(-3, -3, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.colour("accent"), 2.5 if self.hasFocus() else 1.5))
        painter.drawRect(ring)

    def _lane_paths(self, view: TimelineView, row: float) -> LanePaths:
        key = (self._px, row)
        if key not in self._paths:
            self._paths[key] = LanePaths(view, self.scale, row)
        return self._paths[key]

    def _board(self) -> QRectF:
        """What is on the screen, in pixels at 100 %: everything here is drawn and found in them."""
        return self._full.board(self.viewport())

    def _wide(self) -> float:
        """The pixels right of the lane names."""
        return self._board().width() - LABELS
