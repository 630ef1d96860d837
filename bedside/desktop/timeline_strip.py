"""Behind the break of the timeline's axis: the courses without a date, in order, not to scale."""

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from bedside.desktop.look import Look
from bedside.desktop.timeline_drawing import dashed_box
from bedside.desktop.timeline_events import event_kinds, open_words
from bedside.desktop.timeline_header import (
    AT_DATES,
    AT_NAMES,
    COURSES,
    DATES,
    HEAD,
    NAMES,
    words,
)
from bedside.desktop.timeline_zoom import box_left, box_width
from bedside.ward.views.timeline import TimelineView, UndatedCourse

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
_CENTRE = Qt.AlignmentFlag.AlignCenter
_GAP = 6.0


class Strip(Struct, frozen=True):
    """Where the strip stands, in widget pixels.

    Args:
        view: the timeline.
        origin: the widget x of the first date.
        px: pixels for one day.
        wide: the pixels right of the lane names.
        left: where the lane names end.
        names: how high the names of courses stand above their bands.
    """

    view: TimelineView
    origin: float
    px: float
    wide: float
    left: float
    names: float = NAMES

    @property
    def at_courses(self) -> float:
        """Where the course bands begin."""
        return AT_NAMES + self.names

    @property
    def head(self) -> float:
        """Where the lanes begin."""
        return HEAD - NAMES + self.names

    @property
    def breaks_at(self) -> float:
        """The widget x at which the axis ends."""
        first = self.box(0, 0, 0)
        return first.left() - 16.0

    def box(self, number: int, top: float, high: float) -> QRectF:
        """The box of one course, between a top and a height."""
        left = self.origin + box_left(self.view, self.px, self.wide, number)
        return QRectF(left, top, box_width(self.view, self.px, self.wide) - _GAP, high)

    def course_at(self, x: float) -> UndatedCourse | None:
        """The course under a widget x."""
        for number, course in enumerate(self.view.undated):
            box = self.box(number, 0, 1)
            if box.left() <= x <= box.right():
                return course
        return None


def paint_strip(
    painter: QPainter, strip: Strip, bottom: float, look: Look, focused: UndatedCourse | None
) -> None:
    """Draw the break, the heading and a dashed box for each course; the lanes come by themselves."""
    painter.save()
    painter.setClipRect(QRectF(strip.left, 0, strip.wide, bottom))
    x = strip.breaks_at
    painter.setPen(QPen(look.colour("edge"), 1))
    for y in (AT_DATES + DATES, strip.head):
        painter.drawLine(QPointF(x, y - 0.5), QPointF(strip.left + strip.wide, y - 0.5))
    _paint_heading(painter, strip, look)
    for number, course in enumerate(strip.view.undated):
        _paint_course(painter, strip, number, course, look)
        if course is focused:
            painter.setPen(QPen(look.colour("accent"), 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(strip.box(number, strip.at_courses, COURSES).adjusted(-2, -2, 2, 2))
    _paint_break(painter, strip, bottom, look)
    painter.restore()


def paint_undated(painter: QPainter, strip: Strip, row: float, shift: float, look: Look) -> None:
    """Draw a dashed box for each drug in each course without a date, with why it has none."""
    painter.setFont(look.font("caption"))
    metrics = QFontMetricsF(painter.font())
    places = {course.key: number for number, course in enumerate(strip.view.undated)}
    for number, lane in enumerate(strip.view.lanes):
        for key, text in lane.undated:
            box = strip.box(places[key], shift + number * row + 2, row - 5)
            dashed_box(painter, box, look)
            painter.setPen(look.colour("quiet"))
            inside = box.adjusted(6, 0, -4, 0)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            if shown != text:
                short = text.split(":")[0]
                shown = metrics.elidedText(short, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, _LEFT, shown)


def strip_words_at(strip: Strip, at: QPointF, row: float, shift: float) -> str:
    """What lies under the pointer behind the break."""
    course = strip.course_at(at.x())
    if course is None:
        return words("no date is known from here on: not to scale")
    if at.y() >= strip.head:
        number = int((at.y() - shift) // row)
        if number < len(strip.view.lanes):
            for key, text in strip.view.lanes[number].undated:
                if key == course.key:
                    return f"{course.title}: {text}"
            return ""
        kinds = event_kinds(strip.view)
        if number < len(strip.view.lanes) + len(kinds):
            said = open_words(strip.view, kinds[number - len(strip.view.lanes)])
            if said:
                return said
    return f"{course.title}: {course.words}"


def _paint_heading(painter: QPainter, strip: Strip, look: Look) -> None:
    """The row of dates says that there are none."""
    left = max(strip.breaks_at + 16, strip.left + 8)
    room = strip.left + strip.wide - left - 4
    painter.setFont(look.font("caption", "strong"))
    painter.setPen(look.colour("ink"))
    text = words("In this order, not to scale: no date is known")
    if strip.view.no_end:
        text = f"{text}. {words(strip.view.no_end)}"
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left, AT_DATES, room, DATES), _LEFT, shown)


def _paint_course(
    painter: QPainter, strip: Strip, number: int, course: UndatedCourse, look: Look
) -> None:
    box = strip.box(number, strip.at_courses + 0.5, COURSES - 1)
    dashed_box(painter, box, look)
    painter.setFont(look.font("caption", "strong"))
    painter.setPen(look.colour("ink"))
    painter.drawText(box.adjusted(6, 0, -4, 0), _LEFT, course.title)
    painter.setFont(look.font("caption"))
    above = QRectF(box.left(), AT_NAMES - 2, box.width(), strip.names)
    painter.drawText(above, _WRAPPED, _fitting(painter, course.words, above))


def _fitting(painter: QPainter, text: str, box: QRectF) -> str:
    """The words that fit, whole parts of them; the first part always."""
    parts = text.split("; ")
    while len(parts) > 1:
        bound = painter.boundingRect(box, _WRAPPED, "; ".join(parts))
        if bound.height() <= box.height():
            break
        parts.pop()
    return "; ".join(parts)


def _paint_break(painter: QPainter, strip: Strip, bottom: float, look: Look) -> None:
    """Two slanting strokes across the axis and a line down: here the scale ends."""
    x = strip.breaks_at
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    pen = QPen(look.colour("ink"), 1.4)
    pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.drawLine(QPointF(x + 6, strip.head), QPointF(x + 6, bottom))
    painter.setPen(QPen(look.colour("ink"), 1.6))
    for y in (AT_DATES + DATES / 2, strip.at_courses + COURSES / 2):
        for step in (2.0, 7.0):
            painter.drawLine(QPointF(x + step, y + 7), QPointF(x + step + 5, y - 7))
