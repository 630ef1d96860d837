"""Taking a dose or a course on the timeline by key or mouse, and letting it go into the preview."""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication

from bedside.desktop.look import Look
from bedside.desktop.timeline_header import COURSES, course_box
from bedside.desktop.timeline_lanes import LABELS
from bedside.desktop.timeline_layout import band_end
from bedside.desktop.timeline_moving import (
    Taken,
    paint_said,
    paint_taken,
    take_course,
    take_dose,
)
from bedside.ward.views.timeline import TimelineCourse

if TYPE_CHECKING:
    from bedside.desktop.timeline_canvas import TimelineCanvas

_EDGE, _STEP, _WEEK = 24.0, 24, 7  # px: near the edge a drag scrolls on by this much
_SHIFTS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -_WEEK,
    Qt.Key.Key_PageDown: _WEEK,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Taking:
    """What is taken on a timeline, if anything; the canvas hands it keys, mouse and painter.

    Args:
        canvas: the timeline.
    """

    def __init__(self, canvas: "TimelineCanvas") -> None:
        self._canvas = canvas
        self.taken: Taken | None = None
        self.why_not = ""
        self._pressed: QPointF | None = None  # where the mouse went down on something
        self._course: TimelineCourse | None = None  # on which it did; None for the dose in focus

    def take(self) -> None:
        """Take the course that was stepped to, else the dose in focus; say why it stays."""
        canvas = self._canvas
        if canvas.view is None:
            return
        course = canvas.course
        found = take_dose(canvas.view, canvas.focus)
        if course is not None:
            found = take_course(canvas.view, course)
        elif canvas.event_in_focus is not None:
            found = canvas.tr("Only doses and courses are given later: choose one of them first.")
        self._take(found)

    def give_back(self) -> None:
        """Let go of it where it stood: nothing has changed."""
        self.taken, self.why_not, self._pressed, self._course = None, "", None, None
        self._canvas.viewport().unsetCursor()
        self._canvas.told()

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is for what is taken, and no shortcut of the page."""
        mine = (*_SHIFTS, *_ENTER, Qt.Key.Key_Escape)
        return self.taken is not None and event.key() in mine

    def key(self, event: QKeyEvent) -> bool:
        """Move what is taken, let it go or give it back; False for a key that is not for it."""
        key = Qt.Key(event.key())
        if self.taken is None:
            self.why_not = ""
            return False
        if key in _SHIFTS:
            self._hold(self.taken.by(_SHIFTS[key]))
        elif key in _ENTER:
            self._let_go()
        elif key == Qt.Key.Key_Escape:
            self.give_back()
        return True  # nothing else happens while something is in hand

    @property
    def by_key(self) -> bool:
        """Whether it was taken by key; by mouse it goes where the mouse goes."""
        return self._pressed is None

    def press(self, at: QPointF) -> TimelineCourse | None:
        """Remember where the mouse went down; returns the course under it."""
        self.taken, self.why_not = None, ""
        self._course = self._course_under(at)
        on_dose = self._canvas.dose_under(at) is not None
        self._pressed = at if on_dose or self._course is not None else None
        return self._course

    def drag(self, at: QPointF) -> None:
        """Hold what was pressed over the day under the pointer."""
        canvas, begun = self._canvas, self._pressed
        if begun is None or canvas.view is None:
            return
        window = canvas.window_on_time()
        if self.taken is None:
            if abs(at.x() - begun.x()) < QApplication.startDragDistance() or self.why_not:
                return
            day = window.day_at(begun.x())
            course = self._course
            self._take(
                take_dose(canvas.view, canvas.focus)
                if course is None
                else take_course(canvas.view, course, day)
            )
        if self.taken is not None:
            days = (window.day_at(at.x()) - window.day_at(begun.x())).days
            held = self.taken.over(self.taken.on).by(max(days, 0))
            self._hold(replace(held, by_mouse=True), scroll=False)
            self._scroll_at_the_edge(at)

    def release(self) -> None:
        """The mouse went up: into the preview, or back where nothing moved."""
        self._pressed = None
        if self.taken is not None:
            self._let_go()

    def paint(self, painter: QPainter, board: QRectF, look: Look) -> None:
        """Draw what is taken where it would stand, or say why something stays."""
        mark = self._mark()
        if self.taken is not None and not mark.isEmpty():
            moved = mark.translated(self.taken.days * self._canvas.scale.px_per_day, 0)
            paint_taken(painter, self.taken, moved, board, LABELS, look)
        elif self.why_not:
            paint_said(painter, self.why_not, mark, board, LABELS, look, held=True)

    def _take(self, found: Taken | str) -> None:
        self.taken = found if isinstance(found, Taken) else None
        self.why_not = "" if isinstance(found, Taken) else found
        if self.taken is not None:
            self._canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._tell()

    def _hold(self, taken: Taken, *, scroll: bool = True) -> None:
        self.taken = taken
        if scroll:
            self._canvas.bring_to_sight(self._canvas.scale.x(taken.to), 60)
        self._tell()

    def _let_go(self) -> None:
        taken = self.taken
        if taken is None or not taken.days:
            self.give_back()
            return
        self._canvas.viewport().unsetCursor()
        self._canvas.delay_asked.emit(taken)

    def _tell(self) -> None:
        """Say it to a screen reader, too."""
        said = self.why_not if self.taken is None else self.taken.words
        self._canvas.setAccessibleDescription(said)
        self._canvas.viewport().update()

    def _mark(self) -> QRectF:
        """Where the thing stands now that is taken, or that stays."""
        canvas = self._canvas
        course = canvas.course
        window = canvas.window_on_time()
        if isinstance(course, TimelineCourse):
            box = course_box(course, window)
            if self.taken is not None:  # of a running course, what is still to come
                box.setLeft(max(box.left(), window.x(self.taken.on)))
                box.setRight(max(box.right(), window.x(band_end(course)) - 1))
            return box
        if course is not None:
            return QRectF(window.right - 200, window.at_courses, 10, COURSES)
        if canvas.focus is None:
            return QRectF(LABELS + 20, window.at_courses + COURSES + 60, 10, 10)
        return canvas.box_on_screen(canvas.focus)

    def _course_under(self, at: QPointF) -> TimelineCourse | None:
        canvas = self._canvas
        window = canvas.window_on_time()
        if canvas.view is None or not 0 <= at.y() - window.at_courses <= COURSES:
            return None
        if not window.left <= at.x() <= window.right:
            return None
        boxes = ((course, course_box(course, window)) for course in canvas.view.courses)
        found = [one for one, box in boxes if box.left() - 2 <= at.x() <= box.right() + 2]
        return found[-1] if found else None

    def _scroll_at_the_edge(self, at: QPointF) -> None:
        window, bar = self._canvas.window_on_time(), self._canvas.horizontalScrollBar()
        if at.x() > window.right - _EDGE:
            before = bar.value()
            bar.setValue(before + _STEP)
            if self._pressed is not None:  # it stays on its day
                self._pressed -= QPointF(bar.value() - before, 0)
