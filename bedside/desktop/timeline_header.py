"""The sticky head of the timeline: dates, the DLT period, course bands and the first plan."""

from datetime import date, timedelta

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from bedside.desktop.look import Look
from bedside.desktop.timeline_drawing import dashed_box, month_starts, two_tone
from bedside.desktop.timeline_layout import (
    NUMBERED_FROM_PX,
    TimeScale,
    band_end,
    certainty_words,
    is_uncertain,
    place_names,
)
from bedside.units.dates import write_date
from bedside.ward.views.timeline import TimelineCourse, TimelineView

TURNS, DATES, DLT, NAMES, COURSES, PLAN = 18, 18, 20, 43, 24, 13
HEAD = TURNS + DATES + DLT + NAMES + COURSES + PLAN  # with three rows of names
_NAME_ROW = 14
AT_DATES, AT_DLT = TURNS, TURNS + DATES
AT_NAMES = AT_DLT + DLT
AT_COURSES = AT_NAMES + NAMES
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class Window(Struct, frozen=True):
    """What part of the time axis is on the screen, in widget pixels.

    Args:
        left: where the time axis begins (right of the lane names).
        right: the right edge.
        offset: how far the axis is scrolled.
        scale: the axis.
        names: how high the names of courses stand above their bands.
    """

    left: float
    right: float
    offset: float
    scale: TimeScale
    names: float = NAMES

    @property
    def at_courses(self) -> float:
        """Where the course bands begin."""
        return AT_NAMES + self.names

    @property
    def head(self) -> float:
        """Where the lanes begin."""
        return HEAD - NAMES + self.names

    def x(self, on: date) -> float:
        """Where a date begins, in widget pixels."""
        return self.left + self.scale.x(on) - self.offset

    def day_at(self, x: float) -> date:
        """The date under a widget x."""
        return self.scale.day_at(x - self.left + self.offset)

    @property
    def first_day(self) -> date:
        """The first date on the screen."""
        return self.day_at(self.left)

    @property
    def last_day(self) -> date:
        """The last date on the screen."""
        return self.day_at(self.right)


def names_high(rows: int) -> float:
    """How high so many rows of course names are, in pixels."""
    return float(rows * _NAME_ROW + 1)


def words(text: str) -> str:
    """Return the translated text of the timeline's own words."""
    return QCoreApplication.translate("Timeline", text)


def date_ticks(window: Window, label_px: float) -> list[tuple[date, bool]]:
    """The dates to write along the axis, each with whether it opens a year; never too close."""
    scale = window.scale
    first, last = window.first_day, window.last_day
    for step in (1, 7):
        if step * scale.px_per_day >= label_px:
            start = first - timedelta(days=first.weekday() if step == 7 else 0)
            days = ((last - start).days // step) + 1
            ticks = [start + timedelta(days=step * number) for number in range(days + 1)]
            return [(on, on.day == 1 and on.month == 1) for on in ticks]
    months = list(month_starts(scale.first, last))
    for every in (1, 2, 3, 6):
        if every * 30 * scale.px_per_day >= label_px:
            kept = [on for on in months if (on.month - 1) % every == 0]
            return [(on, on.month == 1) for on in kept]
    return [(on, True) for on in months if on.month == 1]


def paint_grid(painter: QPainter, window: Window, top: float, bottom: float, look: Look) -> None:
    """Draw a line at each month (January darker); weekends are tinted in close zooms."""
    if window.scale.px_per_day >= 8:
        on = window.first_day
        while on <= window.last_day:
            if on.weekday() >= 5:
                box = QRectF(window.x(on), top, window.scale.px_per_day, bottom - top)
                painter.fillRect(box, look.colour("sunk"))
            on += timedelta(days=1)
    for on in month_starts(window.first_day, window.last_day):
        painter.setPen(QPen(look.colour("edge" if on.month == 1 else "line"), 1))
        x = round(window.x(on)) + 0.5
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))


def paint_dates(painter: QPainter, window: Window, look: Look) -> None:
    """Write the dates, every label on the date it names."""
    plain, strong = look.font("caption"), look.font("caption", "bold")
    wide = QFontMetricsF(strong).horizontalAdvance("00-Nov-0000") + 8
    if 20 <= window.scale.px_per_day < wide:
        _paint_day_numbers(painter, window, wide, look)
    centred = window.scale.px_per_day < 20
    free = window.left
    for on, opens_year in date_ticks(window, wide):
        left = window.x(on) - (wide / 2 if centred else -4)
        if left < free or left > window.right - wide:
            continue
        free = left + wide
        painter.setFont(strong if opens_year else plain)
        painter.setPen(look.colour("ink" if opens_year else "quiet"))
        align = _CENTRE if centred else _LEFT
        painter.drawText(QRectF(left, AT_DATES, wide, DATES), align, write_date(on))
    if free == window.left:  # a short axis: at least the date it begins with
        painter.setFont(plain)
        painter.setPen(look.colour("quiet"))
        box = QRectF(window.left + 4, AT_DATES, wide, DATES)
        painter.drawText(box, _LEFT, write_date(window.first_day))


def _paint_day_numbers(painter: QPainter, window: Window, label_px: float, look: Look) -> None:
    """Between two written dates, the bare day of the month."""
    painter.setFont(look.font("caption"))
    painter.setPen(look.colour("quiet"))
    px = window.scale.px_per_day
    on = window.first_day
    while on <= window.last_day:
        if on.weekday() * px >= label_px:
            painter.drawText(QRectF(window.x(on) + 4, AT_DATES, px, DATES), _LEFT, str(on.day))
        on += timedelta(days=1)


def paint_courses(painter: QPainter, window: Window, view: TimelineView, look: Look) -> None:
    """Draw the course bands (filled to today, hollow after, dashed where not certain) and their names."""
    for course in view.courses:
        box = course_box(course, window)
        if course.open_until is not None:
            _paint_open(painter, course, course.open_until, window, look)
        if box.right() >= window.left and box.left() <= window.right:
            _paint_band(painter, course, box, window, view.today, look)
    _paint_names(painter, window, view, look)


def course_box(course: TimelineCourse, window: Window) -> QRectF:
    """Where the known part of a course is drawn."""
    left, right = window.x(course.start), window.x(band_end(course))
    gap = 1.0 if right - left > 6 else 0.0
    return QRectF(
        round(left) + 0.5, window.at_courses + 0.5, round(right - left) - gap, COURSES - 1
    )


def _paint_open(
    painter: QPainter, course: TimelineCourse, until: date, window: Window, look: Look
) -> None:
    """Draw the stretch in which a course went on without a public length, with its words."""
    left = window.x(band_end(course))
    right = min(window.x(until + timedelta(days=1)), window.right)
    if right <= window.left or left >= window.right:
        return
    box = QRectF(round(left) + 0.5, window.at_courses + 0.5, round(right - left) - 1, COURSES - 1)
    dashed_box(painter, box, look)
    inside = QRectF(max(box.left(), window.left) + 6, box.top(), 0, box.height())
    inside.setRight(box.right() - 3)
    painter.setFont(look.font("caption"))
    painter.setPen(look.colour("ink"))
    metrics = QFontMetricsF(painter.font())
    full = f"{course.title}: {course.open_words}"
    for text in (full, course.open_words, course.open_words.split(":")[0]):
        if metrics.horizontalAdvance(text) <= inside.width():
            painter.drawText(inside, _LEFT, text)
            return


def _paint_band(
    painter: QPainter,
    course: TimelineCourse,
    box: QRectF,
    window: Window,
    today: date,
    look: Look,
) -> None:
    colour = look.colour("priming" if course.priming else "quiet")
    done = min(window.x(today), box.right()) - box.left()
    ground = look.colour("priming_tint" if course.priming else "surface")
    painter.fillRect(box, ground if course.basis == "actual" else look.colour("surface"))
    if done > 0:
        painter.fillRect(QRectF(box.left(), box.top(), done, box.height()), colour)
    pen = QPen(colour, 1.2)
    if is_uncertain(course):
        pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _paint_names(painter: QPainter, window: Window, view: TimelineView, look: Look) -> None:
    strong = look.font("caption", "strong")
    metrics = QFontMetricsF(strong)
    visible = (window.offset, window.offset + window.right - window.left)
    shift = window.left - window.offset
    by_title = {course.title: course for course in view.courses}
    rows = int(window.names // _NAME_ROW)
    for spot in place_names(view.courses, window.scale, metrics.horizontalAdvance, visible, rows):
        painter.setFont(strong if spot.row < 0 else look.font("caption"))
        course = by_title.get(spot.text)
        if spot.row < 0 and course is not None:
            _name_inside(painter, window, spot.x + shift, course, view.today, look)
            continue
        y = window.at_courses - (spot.row + 1) * _NAME_ROW
        painter.setPen(QPen(look.colour("edge"), 1))
        leader = round(spot.leader_x + shift) + 0.5
        painter.drawLine(QPointF(leader, y), QPointF(leader, window.at_courses))
        painter.setPen(look.colour("ink"))
        wide = metrics.horizontalAdvance(spot.text) + 20
        painter.drawText(QRectF(spot.x + shift, y, wide, _NAME_ROW), _LEFT, spot.text)


def _name_inside(
    painter: QPainter, window: Window, x: float, course: TimelineCourse, today: date, look: Look
) -> None:
    """Write a name inside its band, with how certain its start is where there is room."""
    right = min(window.x(band_end(course)), window.right) - 6
    metrics = QFontMetricsF(painter.font())
    text = course.title
    certainty = certainty_words(course)
    longer = f"{text}, {certainty}" if certainty else text
    if metrics.horizontalAdvance(longer) <= right - x:
        text = longer
    box = QRectF(x, window.at_courses, right - x + 6, COURSES)
    after = look.colour("priming" if course.priming else "ink")
    two_tone(painter, box, text, window.x(today), look.colour("on_fill"), after)


def paint_first_plan(painter: QPainter, window: Window, view: TimelineView, look: Look) -> None:
    """Draw where each course stood in the first plan, dashed."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for course in view.courses:
        if course.first_plan is None:
            continue
        days = (course.end - course.start).days + 1
        left = window.x(course.first_plan)
        wide = days * window.scale.px_per_day
        if left > window.right or left + wide < window.left:
            continue
        pen = QPen(look.colour("priming" if course.priming else "edge"), 1)
        pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        top = window.at_courses + COURSES + 3.5
        painter.drawRect(QRectF(round(left) + 0.5, top, round(wide) - 1, PLAN - 6))


def paint_today(painter: QPainter, window: Window, today: date, bottom: float, look: Look) -> None:
    """Draw the line of today through everything, and its flag."""
    x = window.x(today)
    if not window.left <= x <= window.right:
        return
    painter.setPen(QPen(look.colour("accent"), 2))
    painter.drawLine(QPointF(x, TURNS), QPointF(x, bottom))
    if window.scale.px_per_day >= NUMBERED_FROM_PX:  # today is a column of its own
        painter.setPen(QPen(look.colour("accent"), 1))
        far = x + window.scale.px_per_day
        painter.drawLine(QPointF(far, TURNS), QPointF(far, bottom))
    box = flag_box(window, today, look)
    painter.fillRect(box, look.colour("accent"))
    painter.setFont(look.font("caption", "bold"))
    painter.setPen(look.colour("on_accent"))
    painter.drawText(box, _CENTRE, _today_words(today))


def _today_words(today: date) -> str:
    return words("Today {0}").format(write_date(today))


def flag_box(window: Window, today: date, look: Look) -> QRectF:
    """Where the flag of today stands; empty while today is not on the screen."""
    x = window.x(today)
    if not window.left <= x <= window.right:
        return QRectF()
    wide = QFontMetricsF(look.font("caption", "bold")).horizontalAdvance(_today_words(today)) + 10
    left = min(max(x - wide / 2, window.left), window.right - wide)
    return QRectF(left, 0, wide, TURNS - 1)


def paint_end(
    painter: QPainter, window: Window, view: TimelineView, bottom: float, look: Look
) -> None:
    """Draw the end of therapy as a double line, with its words to the left."""
    for event in view.events:
        if event.kind != "end of therapy" or event.start > view.last:
            continue  # behind the break it is said, not drawn to scale
        x = window.x(event.start)
        if not window.left <= x <= window.right + 4:
            continue
        painter.setPen(QPen(look.colour("ink"), 1))
        for step in (0, 3):
            painter.drawLine(QPointF(x + step, AT_DLT), QPointF(x + step, bottom))
        painter.setFont(look.font("caption", "strong"))
        metrics = QFontMetricsF(painter.font())
        wide = metrics.horizontalAdvance(event.words) + 8
        box = QRectF(max(x - wide - 4, window.left), AT_NAMES, wide, _NAME_ROW)
        painter.drawText(
            box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, event.words
        )
