"""A course or a dose that was taken on the timeline and stands over another day: nothing is recorded.

It is let go into the preview of what would move, which asks for the reason; Escape gives it back.
"""

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from bedside.desktop.look import Look
from bedside.desktop.timeline_header import HEAD, words
from bedside.desktop.timeline_layout import Focus, course_of, dose_at
from bedside.units.dates import write_date
from bedside.ward.views.timeline import TimelineCourse, TimelineView, UndatedCourse

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_HIGH, _PAD = 22.0, 8.0


class Taken(Struct, frozen=True):
    """What was taken, and over which day it is held.

    Args:
        course_key: the course.
        title: what it is called.
        drug: the display name of the one drug whose doses move; "" for the whole course.
        route: of that drug.
        on: the day it stands on.
        to: the day it is held over, never before ``on``.
        by_mouse: it is held by the mouse: letting go is enough.
    """

    course_key: str
    title: str
    drug: str
    route: str
    on: date
    to: date
    by_mouse: bool = False

    @property
    def days(self) -> int:
        """By how many days it would be later."""
        return (self.to - self.on).days

    @property
    def words(self) -> str:
        """What is said beside it."""
        if not self.days:
            return words("{0}, {1}: → a day later, Page Down a week, Esc gives it back").format(
                self.title, write_date(self.on)
            )
        said = words("{0}: {1}, {2}. Enter shows what would move, Esc gives it back")
        if self.by_mouse:
            said = words("{0}: {1}, {2}. Letting go shows what would move, Esc gives it back")
        later = words("1 day later") if self.days == 1 else words("{0} days later")
        return said.format(self.title, write_date(self.to), later.format(self.days))

    def by(self, days: int) -> "Taken":
        """The same, so many days on from where it is held; never earlier than it stands."""
        return self.over(self.to + timedelta(days=days))

    def over(self, day: date) -> "Taken":
        """The same, held over a day; never earlier than it stands."""
        return replace(self, to=max(day, self.on))


def take_dose(view: TimelineView, focus: Focus | None) -> Taken | str:
    """Take the dose in focus with all that follow it in its course, or say why it stays."""
    dose = dose_at(view, focus)
    if dose is None:
        return words("There is no dose here that could be given later.")
    if dose.state in ("given", "broken off", "in part"):
        return words("{0} of {1} is recorded: what is recorded stays on its day.").format(
            dose.drug, write_date(dose.on)
        )
    course = course_of(view, dose)
    if course is not None and course.state == "past":
        return _over(course)
    title = f"{dose.drug}, {dose.course_title}"
    return Taken(dose.course_key, title, dose.drug, dose.route, dose.on, dose.on)


def take_course(
    view: TimelineView, course: TimelineCourse | UndatedCourse, on: date | None = None
) -> Taken | str:
    """Take a course, or what is still to come of the running one, or say why it stays.

    Args:
        view: the timeline.
        course: the course.
        on: the day at which it was taken hold of; None takes it by its first.
    """
    if isinstance(course, UndatedCourse):
        return words("{0} has no date yet: there is nothing to move.").format(course.title)
    if course.state == "past":
        return _over(course)
    since = course.start
    if course.basis == "actual":  # begun: its first days stay where they were given
        since = max(course.start, view.today if on is None else max(on, view.today))
    return Taken(course.key, course.title, "", "", since, since)


def paint_taken(
    painter: QPainter, taken: Taken, mark: QRectF, board: QRectF, left: float, look: Look
) -> None:
    """Draw what is taken over its new day, and say it beside it.

    Args:
        painter: at the pixels of the drawing.
        taken: what it is.
        mark: where it would stand.
        board: the whole drawing.
        left: where the time axis begins.
        look: colours and fonts.
    """
    painter.save()
    painter.setClipRect(QRectF(left, 0, board.width() - left, board.height()))
    painter.setPen(QPen(look.colour("accent"), 2))
    painter.setBrush(look.colour("surface"))
    painter.drawRect(mark)
    x = mark.left()
    painter.drawLine(QPointF(x, mark.bottom()), QPointF(x, board.height()))
    painter.restore()
    paint_said(painter, taken.words, mark, board, left, look, held=False)


def paint_said(
    painter: QPainter,
    said: str,
    mark: QRectF,
    board: QRectF,
    left: float,
    look: Look,
    *,
    held: bool,
) -> None:
    """Write what is said of a mark in a box above or below it; ``held``: why it stays."""
    font = look.font("small", "strong")
    painter.setFont(font)
    wide = QFontMetricsF(font).horizontalAdvance(said) + 2 * _PAD
    wide = min(wide, board.width() - left - 8)
    x = min(max(mark.left(), left + 4), board.width() - wide - 4)
    above = mark.top() - _HIGH - 8
    y = above if above > HEAD else min(mark.bottom() + 8, board.height() - _HIGH - 2)
    box = QRectF(x, y, wide, _HIGH)
    colour = "hold" if held else "accent"
    painter.setPen(QPen(look.colour(colour), 1.5))
    painter.setBrush(look.colour("hold_tint" if held else "surface"))
    painter.drawRect(box)
    painter.setPen(look.colour("hold" if held else "ink"))
    shown = QFontMetricsF(font).elidedText(said, Qt.TextElideMode.ElideRight, wide - 2 * _PAD + 1)
    painter.drawText(box.adjusted(_PAD, 0, 0, 0), _LEFT, shown)


def _over(course: TimelineCourse) -> str:
    return words("{0} is over: a later course has begun, so it stays where it was.").format(
        course.title
    )
