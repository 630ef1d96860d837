"""The lanes of the timeline around their boxes: names, holds, what is not scheduled."""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from bedside.desktop.look import Look
from bedside.desktop.timeline_dlt import dlt_words, paint_dlt
from bedside.desktop.timeline_drawing import colour_of, dashed_box, stroke_of
from bedside.desktop.timeline_events import end_of, event_rows, event_words_at
from bedside.desktop.timeline_header import (
    COURSES,
    DLT,
    PLAN,
    TURNS,
    Window,
    paint_courses,
    paint_dates,
    paint_end,
    paint_first_plan,
    paint_today,
    words,
)
from bedside.desktop.timeline_layout import (
    NUMBERED_FROM_PX,
    band_end,
    course_words,
    given_days,
    nearest,
)
from bedside.desktop.timeline_turns import paint_turns
from bedside.ward.views.timeline import TimelineLane, TimelineView

LABELS = 166.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_MARGIN = 16.0


def lane_at(y: float, row: float, shift: float) -> int:
    """Which row lies under a widget y."""
    return int((y - shift) // row)


def paint_head(
    painter: QPainter,
    window: Window,
    view: TimelineView,
    bottom: float,
    look: Look,
    edge: float,
) -> None:
    """Draw all that stays on top while the lanes scroll, and the line of today.

    ``edge`` is the right edge of the screen: words of the DLT period and the flag of today may
    reach over the end of a short axis.
    """
    painter.save()
    painter.setClipRect(QRectF(window.left, 0, window.right - window.left, bottom))
    painter.fillRect(QRectF(window.left, 0, window.right, window.head), look.colour("surface"))
    paint_grid_head(painter, window, look)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    paint_dates(painter, window, look)
    paint_turns(painter, window, view, look)
    paint_courses(painter, window, view, look)
    paint_first_plan(painter, window, view, look)
    paint_end(painter, window, view, bottom, look)
    painter.setClipRect(QRectF(window.left, 0, edge - window.left, bottom))
    wide = Window(window.left, edge, window.offset, window.scale)
    paint_dlt(painter, wide, view, look)
    if window.x(view.today) <= window.right:
        paint_today(painter, wide, view.today, bottom, look)
    painter.restore()


def paint_grid_head(painter: QPainter, window: Window, look: Look) -> None:
    """Rule off the head from the lanes."""
    painter.setPen(QPen(look.colour("edge"), 1))
    for y in (TURNS * 2, window.head):
        painter.drawLine(QPointF(window.left, y - 0.5), QPointF(window.right, y - 0.5))


def paint_holds(
    painter: QPainter, window: Window, view: TimelineView, top: float, bottom: float, look: Look
) -> None:
    """Tint the days of every hold through all lanes."""
    for event in view.events:
        if event.kind == "hold":
            left, right = window.x(event.start), window.x(end_of(event, view.today))
            painter.fillRect(
                QRectF(left, top, right - left, bottom - top), look.colour("hold_tint")
            )


def paint_lines(
    painter: QPainter, window: Window, view: TimelineView, row: float, shift: float, look: Look
) -> None:
    """Draw a hairline under each lane."""
    painter.setPen(QPen(look.colour("line"), 1))
    for number in range(1, len(view.lanes) + len(event_rows(view)) + 1):
        y = round(shift + number * row) - 0.5
        painter.drawLine(QPointF(window.left, y), QPointF(window.right, y))


def paint_numbers(
    painter: QPainter, window: Window, view: TimelineView, row: float, shift: float, look: Look
) -> None:
    """Write the course day into each box, where a box is wide enough for it."""
    px = window.scale.px_per_day
    if px < NUMBERED_FROM_PX:
        return
    font = look.font("caption")
    font.setPixelSize(9 if px < 20 else 10)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    first, last = window.first_day - timedelta(days=1), window.last_day
    for number, lane in enumerate(view.lanes):
        if lane.kind == "intrathecal":
            continue
        index = nearest(lane, first, upward=True)
        while index is not None and index < len(lane.doses) and lane.doses[index].on <= last:
            dose = lane.doses[index]
            index += 1
            if index < len(lane.doses) and lane.doses[index].on == dose.on:
                continue
            name = "on_fill" if dose.state == "given" else colour_of(lane)
            painter.setPen(look.colour(name))
            box = QRectF(window.x(dose.on), shift + number * row, px - 1, row)
            said = str(dose.course_day)
            if stroke_of(lane, dose.state).fill == "hatched":  # no line runs through a figure
                wide = metrics.horizontalAdvance(said) + 4
                ground = QRectF(box.center().x() - wide / 2, box.center().y() - 4.5, wide, 9)
                painter.fillRect(ground, look.colour("surface"))
                painter.setPen(look.colour("ink"))
            painter.drawText(box, _CENTRE, said)


def paint_unscheduled(
    painter: QPainter, window: Window, view: TimelineView, row: float, shift: float, look: Look
) -> None:
    """Draw what the sources leave open as a dashed box (or circle), with its words where there is room.

    The words never cover a dose; where there is no room, hover and the table say them.
    """
    painter.setFont(look.font("caption"))
    for number, lane in enumerate(view.lanes):
        top = shift + number * row
        for start, end, text in lane.unscheduled:
            left, right = window.x(start), window.x(end + timedelta(days=1))
            if right < window.left or left > window.right:
                continue
            box = QRectF(left, top + 2, max(right - left, 12), row - 5)
            if lane.kind == "intrathecal" and box.width() < 40:
                box = QRectF(box.center().x() - 7.5, top + (row - 15) / 2, 15, 15)
                _dashed_circle(painter, box, look)
            else:
                dashed_box(painter, box, look)
            painter.setPen(look.colour("quiet"))
            _open_words(painter, window, lane, box, (end, text))


def _open_words(
    painter: QPainter,
    window: Window,
    lane: TimelineLane,
    box: QRectF,
    stretch: tuple[date, str],
) -> None:
    end, text = stretch
    metrics = QFontMetricsF(painter.font())
    seen = box.intersected(QRectF(window.left, box.top(), window.right - window.left, box.height()))
    for words_inside in (text, text.split(":")[0]):
        if metrics.horizontalAdvance(words_inside) + 6 <= seen.width():
            painter.drawText(seen, _CENTRE, words_inside)
            return
    following = nearest(lane, end + timedelta(days=1), upward=True)
    free = window.right
    if following is not None and lane.doses[following].on > end:
        free = window.x(lane.doses[following].on) - 8
    for start, _, _ in lane.unscheduled:
        if start > end:
            free = min(free, window.x(start) - 8)
    wide = metrics.horizontalAdvance(text) + 4
    if box.right() + 6 + wide <= free:
        painter.drawText(QRectF(box.right() + 6, box.top(), wide, box.height()), _LEFT, text)


def paint_labels(
    painter: QPainter,
    view: TimelineView,
    row: float,
    shift: float,
    room: tuple[float, float],
    look: Look,
) -> None:
    """Write the names of the rows and on how many days each was given.

    ``room`` is how high the head and all of the drawing are.
    """
    head, height = room
    painter.save()
    painter.fillRect(QRectF(0, 0, LABELS, height), look.colour("surface"))
    _paint_head_labels(painter, head, look)
    painter.setClipRect(QRectF(0, head, LABELS, height - head))
    for number, lane in enumerate(view.lanes):
        y = shift + number * row
        strong = lane.kind in ("priming", "intrathecal")
        painter.setFont(look.font("caption", "bold" if strong else "text"))
        painter.setPen(look.colour(colour_of(lane) if strong else "ink"))
        painter.drawText(QRectF(_MARGIN, y, LABELS - 50, row), _LEFT, lane.title)
        given = given_days(lane)
        painter.setFont(look.font("caption", "strong" if given else "text"))
        painter.setPen(look.colour("ink" if given else "quiet"))
        painter.drawText(QRectF(LABELS - 50, y, 42, row), _RIGHT, str(given))
    painter.setFont(look.font("caption"))
    painter.setPen(look.colour("ink"))
    for number, title in enumerate(event_rows(view), len(view.lanes)):
        y = shift + number * row
        painter.drawText(QRectF(_MARGIN, y, LABELS - 20, row), _LEFT, title)
    painter.setPen(QPen(look.colour("line"), 1))
    for number in range(1, len(view.lanes) + len(event_rows(view)) + 1):
        y = round(shift + number * row) - 0.5
        painter.drawLine(QPointF(0, y), QPointF(LABELS, y))
    painter.restore()
    painter.setPen(QPen(look.colour("edge"), 1))
    painter.drawLine(QPointF(LABELS - 0.5, 0), QPointF(LABELS - 0.5, height))


def words_at(view: TimelineView, window: Window, at: QPointF, row: float, shift: float) -> str:
    """What lies under the pointer beside the doses: a course band, a hold, a disputed stretch."""
    on = window.day_at(at.x())
    if at.x() < window.left:
        return ""
    if at.y() < window.head:
        if TURNS * 2 <= at.y() < TURNS * 2 + DLT:
            return dlt_words(view)
        return _course_words(view, on) if at.y() > window.at_courses else ""
    lane = lane_at(at.y(), row, shift)
    if lane < len(view.lanes):
        for start, end, text in view.lanes[lane].unscheduled:
            if start <= on <= end:
                return text
    said = event_words_at(view, window, at, row, lane)
    if said is not None:
        return said
    for event in view.events:
        if event.kind == "hold" and event.start <= on < end_of(event, view.today):
            return event.words
    return ""


def _course_words(view: TimelineView, on: date) -> str:
    for course in view.courses:
        if course.start <= on < band_end(course) or (
            course.open_until is not None and course.start <= on <= course.open_until
        ):
            return course_words(course)
    return ""


def _paint_head_labels(painter: QPainter, head: float, look: Look) -> None:
    painter.setFont(look.font("caption"))
    painter.setPen(look.colour("quiet"))
    painter.drawText(QRectF(_MARGIN, 0, LABELS, TURNS), _LEFT, words("Turns"))
    painter.drawText(QRectF(_MARGIN, head - PLAN - 2, 80, PLAN + 2), _LEFT, words("First plan"))
    painter.drawText(
        QRectF(LABELS - 80, head - PLAN - 2, 72, PLAN + 2), _RIGHT, words("days given")
    )
    painter.setPen(look.colour("ink"))
    painter.setFont(look.font("caption", "bold"))
    painter.drawText(QRectF(_MARGIN, TURNS * 2, LABELS, DLT), _LEFT, words("DLT period"))
    y = head - PLAN - COURSES
    painter.drawText(QRectF(_MARGIN, y, LABELS, COURSES), _LEFT, words("Courses"))
    painter.setPen(QPen(look.colour("edge"), 1))
    for y in (TURNS * 2, head):
        painter.drawLine(QPointF(0, y - 0.5), QPointF(LABELS, y - 0.5))


def _dashed_circle(painter: QPainter, box: QRectF, look: Look) -> None:
    pen = QPen(look.colour("quiet"), 1.4)
    pen.setDashPattern([2.0, 1.6])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)  # a dose inside stays in sight
    painter.drawEllipse(box)
