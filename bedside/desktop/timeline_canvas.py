"""The timeline: two years of one infant in one drawing, every dose on its date, true to scale."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from bedside.desktop.focus_ring import FocusRing
from bedside.desktop.look import Look
from bedside.desktop.timeline_events import event_rows, events_of, milestones_of
from bedside.desktop.timeline_lanes import (
    LABELS,
    lane_at,
    words_at,
)
from bedside.desktop.timeline_layout import (
    Focus,
    course_words,
    dose_at,
    home,
    step_dose,
    step_lane,
)
from bedside.desktop.timeline_strip import strip_words_at
from bedside.desktop.timeline_surface import TimelineSurface
from bedside.desktop.timeline_taking import Taking
from bedside.desktop.timeline_zoom import (
    ZOOMS,
    box_left,
    box_width,
    content_width,
    next_step,
    scale_of,
    whole_scale,
)
from bedside.ward.views.timeline import (
    TimelineCourse,
    TimelineEvent,
    TimelineView,
    UndatedCourse,
)

_NOTCH = 120


class TimelineCanvas(TimelineSurface):
    """Draws the timeline and keeps the focus on one dose.

    Signals:
        focus_moved: another dose has the focus.
        zoom_changed: the zoom is another one; carries its name, "" between the named ones.
        delay_asked: a course or a dose was let go over a later day; carries the ``Taken``.
    """

    focus_moved = Signal()
    zoom_changed = Signal(str)
    delay_asked = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._wheel = 0
        self.taking = Taking(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline, one dose in focus"))
        FocusRing(self)
        self.viewport().setMouseTracking(True)

    def show_view(self, view: TimelineView) -> None:
        """Show an infant's timeline: the same one's where it was, another one's at today.

        The zoom stays; where another infant's timeline was scrolled to means nothing in this one's.
        """
        same = self._view is not None and self._view.banner.infant_id == view.banner.infant_id
        kept = self._focus if same and dose_at(view, self._focus) is not None else None
        self._view, self._stop = view, None
        self.taking = Taking(self)
        self._paths.clear()
        self.grow()
        self._focus = kept if kept is not None else home(view)
        self.hold_every_row()
        self._set_scale(self._zoom)
        if not same:
            self.bring_focus_to_sight(centre=True)
        self.told()

    def set_zoom(self, name: str) -> None:
        """Zoom to one of ``ZOOMS``, about the dose in focus."""
        self._set_scale(name)
        self.bring_focus_to_sight(centre=True)

    def step_zoom(self, by: int, anchor_x: float | None = None) -> None:
        """Zoom one step in (1) or out (-1), about a widget x or the dose in focus."""
        if self._view is None:
            return
        px, name = next_step(self._view, self._px, by, self._wide())
        window = self.window_on_time()
        if anchor_x is None:
            dose = self.focused_dose
            anchor_x = window.x(dose.on) if dose is not None else window.left
            anchor_x = min(max(anchor_x, window.left), window.right)
        days = (anchor_x - window.left + window.offset) / self._px
        self._zoom = name
        self._apply(px)
        self.horizontalScrollBar().setValue(round(days * px - (anchor_x - window.left)))
        self.zoom_changed.emit(self._zoom)

    def go_home(self) -> None:
        """Put the focus on today's dose (or the next one) and today into sight."""
        if self._view is not None:
            self.move_focus(home(self._view))

    def move_focus(self, focus: Focus | None) -> None:
        """Put the focus on a dose and bring it to sight."""
        self._focus, self._stop = focus, None
        self.taking.why_not = ""
        self.bring_focus_to_sight()
        self.told()

    def step_fever(self) -> None:
        """Go to the newest fever, then to the one before it; after the first to the newest again."""
        fevers = [] if self._view is None else events_of(self._view, "fever")
        if fevers:
            at = fevers.index(self._stop) if self._stop in fevers else 0
            self._step_to(fevers[at - 1])

    def step_milestone(self) -> None:
        """Go to the next MRD time point or transplant from today on, after the last to the first."""
        marks = [] if self._view is None else milestones_of(self._view)
        if not marks or self._view is None:
            return
        if self._stop in marks:
            at = (marks.index(self._stop) + 1) % len(marks)
        else:
            ahead = [number for number, one in enumerate(marks) if one.start >= self._view.today]
            at = ahead[0] if ahead else len(marks) - 1
        self._step_to(marks[at])

    def _step_to(self, event: TimelineEvent) -> None:
        """Put the focus on an event in the rows below the drugs."""
        self._stop = event
        self.bring_to_sight(self.scale.x(event.start), 24)
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self.told()

    def step_course(self, by: int) -> None:
        """Go to the next course (or the last one), those without a date behind all others."""
        if self._view is None:
            return
        courses: tuple[TimelineCourse | UndatedCourse, ...]
        courses = (*self._view.courses, *self._view.undated)
        if not courses:
            return
        now = [number for number, course in enumerate(courses) if course is self.course]
        if now:
            at = min(max(now[0] + by, 0), len(courses) - 1)
        else:
            running = [one for one in self._view.courses if one.start <= self._view.today]
            at = max(len(running) - 1, 0)
        self._stop = course = courses[at]
        if isinstance(course, TimelineCourse):
            self.bring_to_sight(self.scale.x(course.start), 60)
        else:
            number = at - len(self._view.courses)
            left = box_left(self._view, self._px, self._wide(), number)
            self.bring_to_sight(left, box_width(self._view, self._px, self._wide()))
        self.told()

    def bring_to_sight(self, x: float, wide: float) -> None:
        """Scroll so that a stretch of the drawing is on the screen."""
        bar = self.horizontalScrollBar()
        if not bar.value() + 8 <= x <= bar.value() + self._wide() - wide:
            bar.setValue(round(x - self._wide() / 2))

    def bring_focus_to_sight(self, *, centre: bool = False) -> None:
        """Scroll so that the dose in focus is on the screen."""
        dose = self.focused_dose
        if dose is None or self._focus is None:
            return
        x, bar = self.scale.x(dose.on), self.horizontalScrollBar()
        if centre:
            bar.setValue(round(x - self._wide() / 2))
        self.bring_to_sight(x, max(self._px, 12) + 8)
        top = self._focus.lane * self.row_height()
        bar, seen = self.verticalScrollBar(), self._board().height() - self.head
        if not bar.value() <= top <= bar.value() + seen - self.row_height():
            bar.setValue(round(top - seen / 2))
        self.viewport().update()

    def _set_scale(self, name: str) -> None:
        self._zoom = name
        if self._view is not None and name:
            self._apply(scale_of(name, self._view, self._focus, self._wide()))
        else:
            self._apply(self._px)
        self.zoom_changed.emit(name)

    def _apply(self, px: float) -> None:
        self._px = px
        self._take_head()
        view, wide = self._view, self._wide()
        content = 0.0 if view is None else content_width(view, px, wide)
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(round(content - wide + 8), 0))
        bar.setPageStep(max(round(wide), 1))
        bar.setSingleStep(40)
        rows = 0 if view is None else len(view.lanes) + len(event_rows(view))
        hidden = rows * self.row_height() - (self._board().height() - self.head)
        self.verticalScrollBar().setRange(0, max(round(hidden), 0))
        self.viewport().update()

    def told(self) -> None:
        """Say what is in focus to a screen reader and to the page."""
        shown = self._stop or self.focused_dose
        said = course_words(shown) if isinstance(shown, TimelineCourse) else shown and shown.words
        self.setAccessibleDescription(said or "")
        self.viewport().update()
        self.focus_moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the whole treatment anew where that is the zoom."""
        super().resizeEvent(event)
        self._paths.clear()
        self.grow()
        if self._view is not None and self._zoom == ZOOMS[0]:
            self._px = whole_scale(self._view, self._wide())
        self._apply(self._px)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus: arrows, Home; plus and minus zoom."""
        key = event.key()
        if self.taking.key(event):
            return
        if self._view is not None and self._focus is not None:
            moves = {
                Qt.Key.Key_Left: (step_dose, -1),
                Qt.Key.Key_Right: (step_dose, 1),
                Qt.Key.Key_Up: (step_lane, -1),
                Qt.Key.Key_Down: (step_lane, 1),
            }
            if key in moves and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                step, by = moves[Qt.Key(key)]
                self.move_focus(step(self._view, self._focus, by))
                return
        if key == Qt.Key.Key_F:
            self.step_fever()
        elif key == Qt.Key.Key_D:
            self.bring_focus_to_sight()
            self.taking.take()
        elif key == Qt.Key.Key_M:
            self.step_milestone()
        elif key == Qt.Key.Key_C:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step_course(-1 if back else 1)
        elif key == Qt.Key.Key_Home:
            self.go_home()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.step_zoom(1 if key == Qt.Key.Key_Plus else -1)
        else:
            QWidget.keyPressEvent(self, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zoom about the pointer; the wheel alone scrolls time."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._wheel += turned.y()
            while abs(self._wheel) >= _NOTCH:
                by = 1 if self._wheel > 0 else -1
                self._wheel -= by * _NOTCH
                self.step_zoom(by, self._full.on_board(event.position()).x())
        else:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (turned.y() or turned.x()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the focus on the dose or the course under the pointer, and takes hold of it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = self._full.on_board(event.position())
        found = self.dose_under(at)
        course = self.taking.press(at)
        if found is not None:
            self.move_focus(found)
        elif course is not None:
            self._stop = course
            self.told()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging holds what was pressed over another day; nothing is recorded by it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.taking.drag(self._full.on_board(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a click, or of a drag: then the preview of what would move is asked for."""
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self.taking.release()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere has let go."""
        if self.taking.taken is not None and self.taking.by_key:
            self.taking.give_back()
        super().focusOutEvent(event)

    def paint_over(self, painter: QPainter) -> None:
        """Draw what is taken."""
        self.taking.paint(painter, self._board(), self._look)

    def event(self, event: QEvent) -> bool:
        """What is in hand has the keys first: Escape gives it back and leaves no page."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self.taking.wants(event):
            event.accept()
            return True
        return bool(super().event(event))

    def viewportEvent(self, event: QEvent) -> bool:
        """Hover says the same words as the focus, and never moves it."""
        if isinstance(event, QHelpEvent):
            text = self.words_under(self._full.on_board(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return bool(super().viewportEvent(event))

    def words_under(self, at: QPointF) -> str:
        """What is under the pointer, in words."""
        if self._view is None:
            return ""
        found = self.dose_under(at)
        if found is not None:
            dose = dose_at(self._view, found)
            return "" if dose is None else dose.words
        shift = self.head - float(self.verticalScrollBar().value())
        strip = self.strip()
        if strip is not None and at.x() >= max(strip.breaks_at, LABELS):
            return strip_words_at(strip, at, self.row_height(), shift)
        return words_at(self._view, self.window_on_time(), at, self.row_height(), shift)

    def dose_under(self, at: QPointF) -> Focus | None:
        """The dose under the pointer."""
        view, window, row = self._view, self.window_on_time(), self.row_height()
        if view is None or at.x() < window.left or at.y() < self.head:
            return None
        shift = self.head - float(self.verticalScrollBar().value())
        lane = lane_at(at.y(), row, shift)
        if not 0 <= lane < len(view.lanes):
            return None
        hit = at - QPointF(window.left - window.offset, shift)
        for index, run, box in self._lane_paths(view, row).boxes:
            if index == lane and box.adjusted(-2, -2, 2, 2).contains(hit):
                on = self.scale.day_at(hit.x())
                for dose in range(run.first, run.last + 1):
                    if view.lanes[lane].doses[dose].on >= on:
                        return Focus(lane, dose)
                return Focus(lane, run.last)
        return None
