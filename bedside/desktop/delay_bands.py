"""The courses before and after a delay on one scale; dashed lines join the starts that move."""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.look import Look
from bedside.desktop.timeline_drawing import dashed_box, hatch
from bedside.units.dates import write_date
from bedside.ward.views.delay import CourseBand, DelayView

_LEFT, _BAND, _FIRST, _SECOND, _AMID = 76, 34, 24, 96, 9
_HIGH, _BELOW = 162, 15  # a name that has no room in its band stands below it, in one of two lines
_BESIDE_TODAY = 3
_BACK, _AHEAD = 14, 120  # days shown before the first moved start (or today) and after the last


class DelayBands(QWidget):
    """Two bands, planned and delayed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._full, self._look = look, look.drawn
        self._view: DelayView | None = None
        self._held: tuple[date, date] | None = None
        self._free = [0.0, 0.0]  # from where on the two lines below a band are free
        self.setFixedHeight(look.px(_HIGH))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Courses before and after"))

    def show_view(self, view: DelayView | None, held: tuple[date, date] | None = None) -> None:
        """Draw a preview.

        Args:
            view: what would move; None draws nothing.
            held: first and last day on which the whole course would wait; hatched in the lower band.
        """
        self._view, self._held = view, held
        self.setAccessibleDescription("" if view is None else view.summary)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both bands."""
        if self._view is None:
            return
        with QPainter(self) as painter:
            self._full.enlarge(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            first, last = _span(self._view)
            scale = (self._full.board(self).width() - _LEFT - 4) / max(1, (last - first).days)
            self._months(painter, first, last, scale, self._today(painter, (first, last, scale)))
            rows = ((self.tr("Planned"), _FIRST), (self.tr("Delayed"), _SECOND))
            plans = (self._view.before, self._view.after)
            for (name, top), plan in zip(rows, plans, strict=True):
                painter.setFont(self._look.font("small", "strong"))
                painter.setPen(self._look.colour("ink"))
                painter.drawText(QRectF(0, top, _LEFT - 6, _BAND), _MIDDLE_LEFT, name)
                self._free = [0.0, 0.0]
                for course in plan:
                    self._course(painter, course, top, (first, last, scale))
            self._hatch_held(painter, (first, last, scale))
            self._joins(painter, (first, last, scale))
            self._today(painter, (first, last, scale))  # once more: bands never cover it

    def _months(
        self,
        painter: QPainter,
        first: date,
        last: date,
        scale: float,
        flag: tuple[float, float],
    ) -> None:
        painter.setFont(self._look.font("caption"))
        day = first.replace(day=1)
        free_from = 0.0
        while day <= last:
            x = _LEFT + (day - first).days * scale
            if day >= first:
                painter.setPen(QPen(self._look.colour("line"), 1))
                painter.drawLine(QPointF(x, 18), QPointF(x, self._full.board(self).height() - 4))
                covered = x < flag[1] and x + 86 > flag[0]
                if x >= free_from and x + 80 < self._full.board(self).width() and not covered:
                    painter.setPen(self._look.colour("quiet"))
                    painter.drawText(QRectF(x + 2, 0, 84, 16), _MIDDLE_LEFT, write_date(day))
                    free_from = x + 90
            day = (day + timedelta(days=32)).replace(day=1)

    def _today(self, painter: QPainter, axis: tuple[date, date, float]) -> tuple[float, float]:
        """Draw the line of today and its flag; returns from where to where the flag stands."""
        first, last, scale = axis
        if self._view is None or not first <= self._view.today <= last:
            return (0.0, 0.0)
        x = _LEFT + (self._view.today - first).days * scale
        painter.setPen(QPen(self._look.colour("accent"), 2))
        painter.drawLine(QPointF(x, 16), QPointF(x, self._full.board(self).height() - 4))
        painter.setFont(self._look.font("caption", "bold"))
        words = self.tr("Today {0}").format(write_date(self._view.today))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 10
        box = QRectF(
            max(_LEFT, min(x - wide / 2, self._full.board(self).width() - wide)), 0, wide, 16
        )
        painter.fillRect(box, self._look.colour("accent"))
        painter.setPen(self._look.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return (box.left() - 4, box.right() + 4)

    def _course(
        self, painter: QPainter, course: CourseBand, top: int, axis: tuple[date, date, float]
    ) -> None:
        first, last, scale = axis
        end = course.end
        named = course.open_until is not None and self._goes_on(
            painter, course, course.open_until, top, axis
        )
        if course.start > last or end < first:
            return
        left = _LEFT + max(0, (course.start - first).days) * scale
        right = _LEFT + ((min(end, last) - first).days + 1) * scale
        box = QRectF(
            left, top, max(2.0, min(right, self._full.board(self).width() - 2) - left), _BAND
        )
        if course.priming or end < self._view_day():
            painter.fillRect(box, self._look.colour("priming_tint" if course.priming else "band"))
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
        if named:
            return
        wide = metrics.horizontalAdvance(short) + 2
        left = min(box.left(), self._full.board(self).width() - wide)
        today = _LEFT + (self._view_day() - first).days * scale if self._view else 0.0
        if box.right() <= today < left + wide:  # the line of today does not strike the name out
            left = max(0.0, today - wide - _BESIDE_TODAY)
        line = 0 if self._free[0] <= left else 1
        self._free[line] = left + wide + 4
        below = QRectF(left, top + _BAND + line * _BELOW, wide, _BELOW)
        painter.drawText(below, _MIDDLE_LEFT, short)

    def _goes_on(
        self,
        painter: QPainter,
        course: CourseBand,
        until: date,
        top: int,
        axis: tuple[date, date, float],
    ) -> bool:
        """Draw the dashed stretch of a course without a public length; whether it is named there."""
        first, last, scale = axis
        since = max(course.end + timedelta(days=1), first)
        until = min(until, last)
        if since > until:
            return False
        left = _LEFT + (since - first).days * scale
        right = _LEFT + ((until - first).days + 1) * scale
        box = QRectF(left, top, min(right, self._full.board(self).width() - 2) - left, _BAND)
        dashed_box(painter, box, self._look)
        painter.setFont(self._look.font("caption"))
        painter.setPen(self._look.colour("ink"))
        text = self.tr("{0}: length not public").format(course.title)
        fits = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8 <= box.width()
        if fits:
            painter.drawText(box.adjusted(4, 0, -4, 0), Qt.AlignmentFlag.AlignCenter, text)
        return fits

    def _hatch_held(self, painter: QPainter, axis: tuple[date, date, float]) -> None:
        """The days on which the course waits, in the lower band."""
        first, last, scale = axis
        view, held = self._view, self._held
        if view is None or held is None or held[0] > last or held[1] < first:
            return
        amid = any(one.start <= held[1] and held[0] <= one.end for one in view.after)
        high = _AMID if amid else _BAND  # the name of a course that stops amid stays readable
        left = _LEFT + max(0, (held[0] - first).days) * scale
        right = _LEFT + ((min(held[1], last) - first).days + 1) * scale
        box = QRectF(left, _SECOND + _BAND - high, right - left, high)
        hatch(painter, box, self._look.colour("hold_tint"), self._look.colour("hold"))

    def _view_day(self) -> date:
        return date.min if self._view is None else self._view.today

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
