"""The DLT period as a bar: bracket, days, courses, the counts that can close it, today."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.direction import keep_time_forward, time_painter
from bedside.desktop.dlt_scale import DltScale, scale_of
from bedside.desktop.look import Look
from bedside.units.dates import write_date
from bedside.ward.views.dlt import DltCount, DltView

HIGH = 74
_BRACKET, _COURSES, _COURSE_HIGH, _DATES = 12.0, 24.0, 22.0, 50.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class DltBar(QWidget):
    """Draws the period; its words stand in the page beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        keep_time_forward(self)
        self._full, self._look = look, look.drawn
        self._view: DltView | None = None
        self.setFixedHeight(look.px(HIGH))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The DLT period as a bar"))

    def show_view(self, view: DltView) -> None:
        """Show a period."""
        self._view = view
        courses = ", ".join(f"{each.title} {write_date(each.first)}" for each in view.courses)
        counts = "; ".join(f"{write_date(each.on)}: {each.words}" for each in view.counts)
        self.setAccessibleDescription(f"{view.period_words} {courses}. {counts}")
        self.setVisible(view.opened is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the page lets it be."""
        return self._full.enlarged(600, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bracket, courses, counts and dates."""
        view = self._view
        scale = None if view is None else scale_of(view)
        if view is None or scale is None:
            return
        with time_painter(self) as painter:
            self._full.enlarge(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._courses(painter, view, scale)
            self._bracket(painter, view, scale)
            self._counts(painter, view, scale)
            self._days(painter, view, scale)

    def _x(self, scale: DltScale, day: date) -> float:
        return scale.x(day, 8.0, self._full.board(self).width() - 16.0)

    def _courses(self, painter: QPainter, view: DltView, scale: DltScale) -> None:
        painter.setFont(self._look.font("caption", "strong"))
        metrics = QFontMetricsF(painter.font())
        for course in view.courses:
            left, right = self._x(scale, course.first), self._x(scale, course.after)
            box = QRectF(left, _COURSES, max(right - left - 1, 2), _COURSE_HIGH)
            begun = course.begun
            colour = self._look.colour("priming" if course.priming else "quiet")
            painter.setPen(QPen(colour, 1))
            painter.setBrush(colour if begun else self._look.colour("surface"))
            painter.drawRect(box)
            painter.setPen(self._look.colour("on_fill" if begun else "ink"))
            title, room = course.title, box.width() - 6
            if "#" in title and metrics.horizontalAdvance(title) > room:
                title = title[title.index("#") :]  # "EPI #2" by its number, never by three dots
            text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
            if len(text) > 1:  # three dots alone say nothing
                painter.drawText(box.adjusted(4, 0, -2, 0), _LEFT, text)

    def _bracket(self, painter: QPainter, view: DltView, scale: DltScale) -> None:
        if view.opened is None:
            return
        left = self._x(scale, view.opened)
        solid = self._x(scale, view.closed or view.today)
        pen = QPen(self._look.colour("ink"), 3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(left, _BRACKET), QPointF(solid, _BRACKET))
        painter.drawLine(QPointF(left + 1, _BRACKET - 1), QPointF(left + 1, _BRACKET + 7))
        ahead = view.projected_close
        end = view.closed or (ahead if ahead is not None and ahead > view.today else None)
        if view.closed is None and end is not None:
            pen.setDashPattern([2.0, 1.4])
            painter.setPen(pen)
            painter.drawLine(QPointF(solid, _BRACKET), QPointF(self._x(scale, end), _BRACKET))
            pen.setStyle(Qt.PenStyle.SolidLine)
            painter.setPen(pen)
        if end is not None:
            x = self._x(scale, end) - 1
            painter.drawLine(QPointF(x, _BRACKET - 1), QPointF(x, _BRACKET + 7))

    def _counts(self, painter: QPainter, view: DltView, scale: DltScale) -> None:
        """A square for each count that can close the period: filled where the rule is met."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for count in view.counts:
            x = self._x(scale, count.on)
            painter.setPen(QPen(self._look.colour("ink"), 1.2))
            painter.setBrush(self._look.colour("go" if count.met else "surface"))
            painter.drawRect(QRectF(x - 3, _COURSES + _COURSE_HIGH - 3, 6, 6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _days(self, painter: QPainter, view: DltView, scale: DltScale) -> None:
        """Opening, today and the end in words; the later one gives way where they would meet."""
        free = 0.0
        for day, words, colour in self._said(view):
            x = self._x(scale, day)
            painter.setFont(self._look.font("caption", "strong"))
            wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 10
            left = min(max(x - wide / 2, free), self._full.board(self).width() - wide)
            painter.setPen(QPen(self._look.colour(colour), 1.4))
            painter.drawLine(QPointF(x, _BRACKET), QPointF(x, _DATES + 2))
            if left < free:
                continue
            free = left + wide + 4
            painter.drawText(QRectF(left, _DATES + 2, wide, 18), _CENTRE, words)

    def _said(self, view: DltView) -> list[tuple[date, str, str]]:
        said: list[tuple[date, str, str]] = []
        if view.opened is not None:
            said.append((view.opened, self.tr("opened {0}").format(write_date(view.opened)), "ink"))
        if view.closed is not None:
            said.append((view.closed, self.tr("closed {0}").format(write_date(view.closed)), "ink"))
            return said
        if view.opened is not None:
            day = (view.today - view.opened).days + 1
            words = self.tr("today, day {0}").format(day)
            said.append((view.today, words, "accent"))
        if view.projected_close is not None and view.projected_close > view.today:
            close = write_date(view.projected_close)
            said.append((view.projected_close, self.tr("projected {0}").format(close), "quiet"))
        return said


def count_words(count: DltCount) -> str:
    """A count that can close the period in words."""
    met = {True: "enough", False: "not enough", None: "not known"}[count.met]
    return f"{write_date(count.on)}: {count.words}: {met}"
