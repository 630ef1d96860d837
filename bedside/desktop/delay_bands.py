"""The courses before and after a delay on one scale; dashed lines join the starts that move."""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.look import Look
from bedside.units.dates import write_date
from bedside.ward.views.delay import CourseBand, DelayView

_LEFT, _BAND, _FIRST, _SECOND = 76, 34, 24, 96
_HIGH, _BELOW = 148, 15  # a name that has no room in its band stands below it
_BACK, _AHEAD = 14, 120  # days shown before the first moved start (or today) and after the last


class DelayBands(QWidget):
    """Two bands, planned and delayed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._view: DelayView | None = None
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Courses before and after"))

    def show_view(self, view: DelayView | None) -> None:
        """Draw a preview; None draws nothing."""
        self._view = view
        self.setAccessibleDescription("" if view is None else view.summary)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both bands."""
        if self._view is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            first, last = _span(self._view)
            scale = (self.width() - _LEFT - 4) / max(1, (last - first).days)
            self._months(painter, first, last, scale)
            rows = ((self.tr("Planned"), _FIRST), (self.tr("Delayed"), _SECOND))
            plans = (self._view.before, self._view.after)
            for (name, top), plan in zip(rows, plans, strict=True):
                painter.setFont(self._look.font("small", "strong"))
                painter.setPen(self._look.colour("ink"))
                painter.drawText(QRectF(0, top, _LEFT - 6, _BAND), _MIDDLE_LEFT, name)
                for course in plan:
                    self._course(painter, course, top, (first, last, scale))
            self._joins(painter, (first, last, scale))

    def _months(self, painter: QPainter, first: date, last: date, scale: float) -> None:
        painter.setFont(self._look.font("caption"))
        day = first.replace(day=1)
        free_from = 0.0
        while day <= last:
            x = _LEFT + (day - first).days * scale
            if day >= first:
                painter.setPen(QPen(self._look.colour("line"), 1))
                painter.drawLine(QPointF(x, 18), QPointF(x, self.height() - 4))
                if x >= free_from and x + 80 < self.width():
                    painter.setPen(self._look.colour("quiet"))
                    painter.drawText(QRectF(x + 2, 0, 84, 16), _MIDDLE_LEFT, write_date(day))
                    free_from = x + 90
            day = (day + timedelta(days=32)).replace(day=1)
        today = self._view.today if self._view is not None else first
        if first <= today <= last:
            x = _LEFT + (today - first).days * scale
            painter.setPen(QPen(self._look.colour("accent"), 2))
            painter.drawLine(QPointF(x, 18), QPointF(x, self.height() - 4))

    def _course(
        self, painter: QPainter, course: CourseBand, top: int, axis: tuple[date, date, float]
    ) -> None:
        first, last, scale = axis
        end = course.end
        if course.start > last or end < first:
            return
        left = _LEFT + max(0, (course.start - first).days) * scale
        right = _LEFT + ((min(end, last) - first).days + 1) * scale
        box = QRectF(left, top, max(2.0, min(right, self.width() - 2) - left), _BAND)
        painter.setPen(QPen(self._look.colour("priming" if course.priming else "quiet"), 1.4))
        painter.drawRect(box)
        painter.setFont(self._look.font("caption", "strong"))
        painter.setPen(self._look.colour("ink"))
        short = course.title.replace("EPI ", "") if course.priming else course.title
        metrics = QFontMetricsF(painter.font())
        lines = lines_of(short, metrics, box.width() - 6)
        if lines:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))
            return
        wide = metrics.horizontalAdvance(short) + 2
        left = min(box.left(), self.width() - wide)
        painter.drawText(QRectF(left, top + _BAND, wide, _BELOW), _MIDDLE_LEFT, short)

    def _joins(self, painter: QPainter, axis: tuple[date, date, float]) -> None:
        first, last, scale = axis
        view = self._view
        if view is None:
            return
        painter.setPen(QPen(self._look.colour("quiet"), 1, Qt.PenStyle.DashLine))
        for start in view.change.starts:
            if start.before is None or start.after is None:
                continue
            if first <= start.before <= last and start.after <= last:
                x = [_LEFT + (day - first).days * scale for day in (start.before, start.after)]
                painter.drawLine(QPointF(x[0], _FIRST + _BAND), QPointF(x[1], _SECOND))


def lines_of(title: str, metrics: QFontMetricsF, wide: float) -> tuple[str, ...]:
    """A course's whole name on one line or two, whichever fits; never a cut word, else nothing."""
    if metrics.horizontalAdvance(title) <= wide:
        return (title,)
    words = title.replace("part ", "part\u00a0").split(" ")  # a part keeps its number
    for number in range(len(words) - 1, 0, -1):
        lines = (" ".join(words[:number]), " ".join(words[number:]))
        if all(metrics.horizontalAdvance(line) <= wide for line in lines):
            return lines
    return ()


_MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _span(view: DelayView) -> tuple[date, date]:
    days = [
        day
        for start in view.change.starts
        for day in (start.before, start.after)
        if day is not None
    ]
    first = min([*days, view.today]) - timedelta(days=_BACK)
    return first, max([*days, view.today + timedelta(days=_AHEAD)]) + timedelta(days=30)
