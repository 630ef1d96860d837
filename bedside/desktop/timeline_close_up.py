"""Forty days around the dose in focus, large enough to read a single day."""

from datetime import date, timedelta

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from bedside.desktop.direction import keep_time_forward, time_painter
from bedside.desktop.look import Look
from bedside.desktop.spoken import spoken
from bedside.desktop.timeline_drawing import LanePaths, box_of, colour_of, hatch, two_tone
from bedside.desktop.timeline_header import Window, paint_grid
from bedside.desktop.timeline_lanes import LABELS, paint_holds
from bedside.desktop.timeline_layout import (
    Focus,
    Run,
    TimeScale,
    band_end,
    dose_at,
    ghosts_of,
    is_uncertain,
)
from bedside.units.dates import write_date
from bedside.ward.views.timeline import TimelineCourse, TimelineLane, TimelineView

DAYS = 40
_BEFORE = 11  # days shown before the focus
_DATES, _BAND = 15, 15
_ROW_MOST = 16.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TimelineCloseUp(QWidget):
    """Draws the days around the focus; it takes no keys and no clicks of its own."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        keep_time_forward(self)
        self._full, self._look = look, look.drawn
        self._view: TimelineView | None = None
        self._focus: Focus | None = None
        self.setAccessibleName(self.tr("Forty days around the dose in focus, as in the table"))

    def show_focus(self, view: TimelineView, focus: Focus | None) -> None:
        """Show the days around a dose."""
        self._view, self._focus = view, focus
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the forty days."""
        with time_painter(self) as painter:
            self._full.enlarge(painter)
            dose = None if self._view is None else dose_at(self._view, self._focus)
            if self._view is None or dose is None or self._focus is None:
                return
            first = dose.on - timedelta(days=_BEFORE)
            self._paint(painter, self._view, self._focus, first)

    def _paint(self, painter: QPainter, view: TimelineView, focus: Focus, first: date) -> None:
        look = self._look
        px = (self._full.board(self).width() - LABELS + 46) / DAYS
        window = Window(
            LABELS - 46, float(self._full.board(self).width()), 0.0, TimeScale(first, px)
        )
        shown = [
            number
            for number, lane in enumerate(view.lanes)
            if number == focus.lane or _in_window(lane, view, first)
        ]
        part = replace(view, lanes=tuple(view.lanes[number] for number in shown))
        top = float(_DATES + _BAND)
        row = min((self._full.board(self).height() - top) / max(len(shown), 1), _ROW_MOST)
        bottom = top + row * len(shown)
        painter.save()
        painter.setClipRect(
            QRectF(window.left, 0, self._full.board(self).width(), self._full.board(self).height())
        )
        paint_grid(painter, window, top, bottom, look)
        paint_holds(painter, window, view, top, bottom, look)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self._paint_dates(painter, window)
        for course in view.courses:
            self._paint_band(painter, course, window, view.today)
        self._paint_held(painter, window, view)
        painter.save()
        painter.translate(window.left, top)
        LanePaths(part, window.scale, row).paint(painter, look)
        painter.restore()
        self._paint_today_and_ring(
            painter, window, view, focus, top + shown.index(focus.lane) * row, row
        )
        painter.restore()
        self._paint_names(painter, part, top, row)

    def _paint_dates(self, painter: QPainter, window: Window) -> None:
        painter.setFont(self._look.font("caption"))
        painter.setPen(self._look.colour("quiet"))
        on = window.first_day - timedelta(days=window.first_day.weekday())
        free = window.left
        while on <= window.last_day:
            if free <= window.x(on) and window.x(on) + 78 <= window.right:
                free = window.x(on) + 84  # the next date is written where this one has ended
                box = QRectF(window.x(on) + 3, 0, 90, _DATES)
                painter.drawText(box, _LEFT, write_date(on))
            x = round(window.x(on)) + 0.5
            painter.setPen(QPen(self._look.colour("edge"), 1))
            painter.drawLine(QPointF(x, 2), QPointF(x, _DATES))
            painter.setPen(self._look.colour("quiet"))
            on += timedelta(days=7)

    def _paint_band(
        self, painter: QPainter, course: TimelineCourse, window: Window, today: date
    ) -> None:
        left, right = window.x(course.start), window.x(band_end(course))
        if right < window.left or left > window.right:
            return
        look = self._look
        colour = look.colour("priming" if course.priming else "quiet")
        box = QRectF(round(left) + 0.5, _DATES + 0.5, round(right - left) - 1, _BAND - 2)
        painter.fillRect(box, look.colour("surface"))
        done = min(max(window.x(today) - box.left(), 0.0), box.width())
        painter.fillRect(QRectF(box.left(), box.top(), done, box.height()), colour)
        pen = QPen(colour, 1.2)
        if is_uncertain(course):
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        self._paint_band_name(painter, course, box, done, window)

    def _paint_band_name(
        self, painter: QPainter, course: TimelineCourse, box: QRectF, done: float, window: Window
    ) -> None:
        painter.setFont(self._look.font("caption", "strong"))
        start = max(box.left(), window.left) + 4
        free = min(box.right(), window.right) - start
        text = course.title
        if (
            QFontMetricsF(painter.font()).horizontalAdvance(spoken(text)) <= free
        ):  # whole, or not at all
            after = self._look.colour("priming" if course.priming else "ink")
            part = QRectF(start, box.top(), free + 4, box.height())
            before = self._look.colour("on_fill")
            two_tone(painter, part, text, box.left() + done, before, after)

    def _paint_held(self, painter: QPainter, window: Window, view: TimelineView) -> None:
        look = self._look
        for event in view.events:
            if event.kind != "hold":
                continue
            last = event.end if event.end is not None else view.today
            left, right = window.x(event.start), window.x(last + timedelta(days=1))
            if right < window.left or left > window.right:
                continue
            box = QRectF(left, _DATES + 0.5, right - left - 1, _BAND - 2)
            hatch(painter, box, look.colour("hold_tint"), look.colour("hold"))
            painter.setFont(look.font("caption", "bold"))
            text = self.tr("held")
            wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8
            if wide < box.width():
                painter.fillRect(
                    QRectF(left + 4, box.top() + 1, wide, _BAND - 4), look.colour("hold_tint")
                )
                painter.setPen(look.colour("hold"))
                painter.drawText(QRectF(left + 8, box.top(), wide, _BAND - 2), _LEFT, text)

    def _paint_today_and_ring(
        self,
        painter: QPainter,
        window: Window,
        view: TimelineView,
        focus: Focus,
        top: float,
        row: float,
    ) -> None:
        accent = self._look.colour("accent")
        painter.setPen(QPen(accent, 2))
        x = window.x(view.today)
        painter.drawLine(QPointF(x, _DATES), QPointF(x, self._full.board(self).height()))
        lane = view.lanes[focus.lane]
        on = lane.doses[focus.dose].on
        box = box_of(lane, Run(0, 0, on, on, ""), window.scale, top, row)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 2))
        painter.drawRect(box.translated(window.left, 0).adjusted(-2.5, -2.5, 2.5, 2.5))

    def _paint_names(self, painter: QPainter, part: TimelineView, top: float, row: float) -> None:
        for number, lane in enumerate(part.lanes):
            strong = lane.kind in ("priming", "intrathecal")
            painter.setFont(self._look.font("caption", "bold" if strong else "text"))
            painter.setPen(self._look.colour(colour_of(lane) if strong else "ink"))
            box = QRectF(0, top + number * row, LABELS - 50, row)
            metrics = QFontMetricsF(painter.font())
            text = metrics.elidedText(lane.title, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, _LEFT, text)


def _in_window(lane: TimelineLane, view: TimelineView, first: date) -> bool:
    last = first + timedelta(days=DAYS - 1)
    if any(first <= dose.on <= last for dose in lane.doses):
        return True
    return any(first <= on <= last for on in ghosts_of(lane, view.courses, every=True))
