"""The vial clock as a dial: 45 minutes, clockwise; used, left, and kept for the infusion."""

from datetime import UTC, datetime, timedelta
from math import cos, pi, sin, sqrt

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.look import Look
from bedside.desktop.vial_words import VialWords, spoken, vial_words
from bedside.units.dates import write_time
from bedside.ward.views.marks import VialClockView

_GAP = 14.0  # degrees left open at the top, between finish and reconstitution
_THICK = 26.0
_AROUND = 84.0  # room for the words around the ring
_NOW_FROM = 300.0  # a ring as large has room for the time of now beside the figures
_CLEAR = 36.0  # degrees from twelve: nearer to it the words of a bar meet those at the top
_COLOURS = {
    "running": "priming",
    "infusing": "priming",
    "soon": "hold",
    "too late": "stop",
    "discard": "stop",
    "over time": "stop",
}


class VialDial(QWidget):
    """Draws one vial clock at the time it is told."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full, self._look = look, look.drawn
        self._clock: VialClockView | None = None
        self._now: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Vial clock"))

    def sizeHint(self) -> QSize:
        """Large enough to be read from a metre."""
        return QSize(self._full.px(540), self._full.px(400))

    def show_clock(self, clock: VialClockView | None, now: datetime) -> None:
        """Show a vial at this time; the description says the same in words."""
        self._clock, self._now = clock, now
        text = "" if clock is None else spoken(clock, now)
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
        self.update()

    def state(self) -> str:
        """Return the state shown, e.g. "running", "soon" or "too late"."""
        if self._clock is None or self._now is None:
            return ""
        return vial_words(self._clock, self._now).state

    def angle_of(self, minutes: float, within: int) -> float:
        """Degrees clockwise from twelve for so many minutes since reconstitution."""
        part = min(max(minutes / within, 0.0), 1.0)
        return _GAP / 2 + part * (360 - _GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ring, bars, words and figures."""
        with QPainter(self) as painter:
            if self._clock is None or self._now is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            scale = self._full.scale
            painter.scale(scale, scale)
            wide, high = self.width() / scale, self.height() / scale
            side = min(wide - 2 * _AROUND - 40, high - 66)
            ring = QRectF(0, 0, side, side)
            ring.moveCenter(QPointF(wide / 2, high / 2 + 4))
            told = vial_words(self._clock, self._now)
            self._paint_ring(painter, ring, self._clock, self._now, told)
            self._paint_ticks(painter, ring, self._clock)
            self._paint_kept(painter, ring, self._clock, told)
            self._paint_bars(painter, ring, self._clock, self._now, told)
            self._paint_figures(painter, ring, told)

    def _paint_ring(
        self,
        painter: QPainter,
        ring: QRectF,
        clock: VialClockView,
        now: datetime,
        told: VialWords,
    ) -> None:
        look, within = self._look, clock.within_minutes
        used = _minutes(clock, now)
        start = _minutes(clock, clock.latest_start)
        colour = _COLOURS[told.state]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        painter.drawPath(self._arc(ring, 0, within, within))
        if told.state in ("running", "soon"):
            painter.setBrush(look.colour(colour))
            painter.drawPath(self._arc(ring, used, start, within))
        kept_from = start if told.state in ("running", "soon") else max(used, 0.0)
        if kept_from < within and told.state not in ("discard", "over time"):
            self._hatch(painter, ring, self._arc(ring, kept_from, within, within), colour)

    def _hatch(self, painter: QPainter, ring: QRectF, arc: QPainterPath, colour: str) -> None:
        painter.save()
        painter.setClipPath(arc)
        painter.fillRect(ring.adjusted(-20, -20, 20, 20), self._look.colour("priming_tint"))
        painter.setPen(QPen(self._look.colour(colour), 1.2))
        x = ring.left() - ring.height()
        while x < ring.right():
            painter.drawLine(QLineF(x, ring.bottom() + 9, x + ring.height() + 18, ring.top() - 9))
            x += 7
        painter.restore()
        painter.setPen(QPen(self._look.colour(colour), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(arc)

    def _arc(self, ring: QRectF, start: float, end: float, within: int) -> QPainterPath:
        """A piece of the ring from one minute to another."""
        path = QPainterPath()
        if end <= start:
            return path
        first, last = self.angle_of(start, within), self.angle_of(end, within)
        inner = ring.adjusted(_THICK, _THICK, -_THICK, -_THICK)
        path.arcMoveTo(ring, 90 - first)
        path.arcTo(ring, 90 - first, first - last)
        path.arcTo(inner, 90 - last, last - first)
        path.closeSubpath()
        return path

    def _paint_ticks(self, painter: QPainter, ring: QRectF, clock: VialClockView) -> None:
        look, within = self._look, clock.within_minutes
        painter.setFont(look.font("caption"))
        for minute in range(1, within):
            five = minute % 5 == 0
            painter.setPen(QPen(look.colour("ink" if five else "edge"), 2 if five else 1))
            angle = self.angle_of(minute, within)
            near = _at(ring, angle, 5)
            painter.drawLine(near, _at(ring, angle, 13 if five else 8))
            if five and abs(self._words_at(clock) - angle) > 2 * (360 - _GAP) / within:
                painter.setPen(look.colour("quiet"))
                text = self.tr("{0} min").format(minute) if minute == 5 else str(minute)
                out = 18 + 6 * abs(cos(angle * pi / 180))
                self._beside(painter, _at(ring, angle, out), angle, text)

    def _bar_minute(self, clock: VialClockView) -> float:
        """Where the heavy bar stands: the start of the infusion, else the latest one."""
        start = clock.started_at if clock.started_at is not None else clock.latest_start
        return _minutes(clock, start)

    def _words_at(self, clock: VialClockView) -> float:
        """Where the words of the heavy bar stand: beside it, and clear of the words at the top."""
        angle = self.angle_of(self._bar_minute(clock), clock.within_minutes)
        return min(max(angle, _CLEAR), 360 - _CLEAR)

    def _paint_kept(
        self, painter: QPainter, ring: QRectF, clock: VialClockView, told: VialWords
    ) -> None:
        if told.state not in ("running", "soon"):
            return
        middle = clock.within_minutes - clock.infusion_minutes / 2
        angle = self.angle_of(middle, clock.within_minutes)
        at = _at(ring, angle, 48)
        painter.setPen(self._look.colour("priming"))
        painter.setFont(self._look.font("small", "strong"))
        text = self.tr("{0} min kept").format(clock.infusion_minutes)
        share = 0.5 - 0.5 * sin(angle * pi / 180)
        painter.drawText(_box(painter, at, text, share), _CENTRE, text)
        painter.setFont(self._look.font("small"))
        text = self.tr("for the infusion")
        painter.drawText(_box(painter, at + QPointF(0, 17), text, share), _CENTRE, text)

    def _paint_bars(
        self,
        painter: QPainter,
        ring: QRectF,
        clock: VialClockView,
        now: datetime,
        told: VialWords,
    ) -> None:
        look, within = self._look, clock.within_minutes
        painter.setFont(look.font("small", "strong"))
        reconstituted = self.tr("reconstituted {0}").format(write_time(clock.reconstituted_at))
        first = self.angle_of(0, within)
        self._bar(painter, ring, first, "ink", 2, -_THICK, 12)
        painter.drawText(
            _box(painter, _at(ring, first, 22), reconstituted, 0.0), _CENTRE, reconstituted
        )
        angle = self.angle_of(self._bar_minute(clock), within)
        self._bar(painter, ring, angle, "ink", 4, -_THICK - 4, 16)
        lines = (self.tr("latest"), self.tr("start {0}").format(write_time(clock.latest_start)))
        if clock.started_at is not None:
            lines = (self.tr("started"), write_time(clock.started_at))
        beside = self._words_at(clock)
        for number, line in enumerate(lines):
            at = _at(ring, beside, 28) + QPointF(0, 16 * number - 4)
            self._beside(painter, at, beside, line)
        last = self.angle_of(within, within)
        self._bar(painter, ring, last, "stop", 4, -_THICK - 4, 14)
        text = self.tr("finish by {0}").format(write_time(clock.finish_by))
        painter.setPen(look.colour("stop"))
        painter.drawText(_box(painter, _at(ring, last, 22), text, 1.0), _CENTRE, text)
        self._paint_now(painter, ring, self.angle_of(_minutes(clock, now), within), now)

    def _bar(
        self,
        painter: QPainter,
        ring: QRectF,
        angle: float,
        colour: str,
        wide: float,
        inner: float,
        outer: float,
    ) -> None:
        painter.setPen(QPen(self._look.colour(colour), wide))
        painter.drawLine(_at(ring, angle, inner), _at(ring, angle, outer))

    def _paint_now(self, painter: QPainter, ring: QRectF, angle: float, now: datetime) -> None:
        tip = _at(ring, angle, -_THICK - 2)
        left, right = _at(ring, angle - 3.2, -_THICK - 18), _at(ring, angle + 3.2, -_THICK - 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("ink"))
        painter.drawPolygon(QPolygonF([tip, left, right]))
        if abs(cos(angle * pi / 180)) < 0.86 or ring.width() < _NOW_FROM:
            return  # beside the figures there is no room; the top bar says the time too
        painter.setPen(self._look.colour("ink"))
        painter.setFont(self._look.font("small", "strong"))
        text = self.tr("now {0}").format(write_time(now))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text)
        near = _at(ring, angle, -_THICK - 26 - wide * 0.3 * abs(sin(angle * pi / 180)))
        box = QRectF(near.x() - wide / 2 - 4, near.y() - 10, wide + 8, 20)
        painter.drawText(box, _CENTRE, text)

    def _paint_figures(self, painter: QPainter, ring: QRectF, told: VialWords) -> None:
        look, colour = self._look, self._look.colour(_COLOURS[told.state])
        middle, wide = ring.center(), ring.width() - 2 * _THICK - 30
        late = told.state in ("too late", "discard")
        painter.setPen(look.colour("quiet"))
        painter.setFont(look.font("small"))
        painter.drawText(_inside(ring, -74), _WRAPPED, told.figure_under)
        painter.setPen(colour)
        font = look.font("clock_primary", "bold")
        if late:
            font.setPixelSize(44)
        while QFontMetricsF(font).horizontalAdvance(told.figure) > wide - 20:
            font.setPixelSize(font.pixelSize() - 4)
        painter.setFont(font)
        painter.drawText(_around(middle, -28, wide, 70), _CENTRE, told.figure)
        painter.setPen(QPen(look.colour("line"), 1))
        y = middle.y() + 16
        painter.drawLine(QPointF(middle.x() - 70, y), QPointF(middle.x() + 70, y))
        painter.setPen(look.colour("ink"))
        painter.setFont(look.font("clock_secondary", "strong"))
        painter.drawText(_around(middle, 40, wide, 32), _CENTRE, told.second)
        painter.setPen(look.colour("quiet"))
        painter.setFont(look.font("small"))
        painter.drawText(_inside(ring, 72), _WRAPPED, told.second_under)

    def _beside(self, painter: QPainter, at: QPointF, angle: float, text: str) -> None:
        """Write a text outside the ring, away from it."""
        painter.drawText(_box(painter, at, text, 0.5 - 0.5 * sin(angle * pi / 180)), _CENTRE, text)


_CENTRE = Qt.AlignmentFlag.AlignCenter
_WRAPPED = int(_CENTRE) | int(Qt.TextFlag.TextWordWrap)


def _minutes(clock: VialClockView, moment: datetime) -> float:
    since = moment.astimezone(UTC) - clock.reconstituted_at.astimezone(UTC)
    return since / timedelta(minutes=1)


def _at(ring: QRectF, angle: float, out: float) -> QPointF:
    """A point so far outside (or inside) the ring, at an angle clockwise from twelve."""
    radius = ring.width() / 2 + out
    turned = angle * pi / 180
    return ring.center() + QPointF(sin(turned) * radius, -cos(turned) * radius)


def _box(painter: QPainter, at: QPointF, text: str, share_left: float) -> QRectF:
    """The box of a text of which so much (0 to 1) lies left of a point."""
    wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 6
    return QRectF(at.x() - wide * share_left, at.y() - 9, wide, 18)


def _inside(ring: QRectF, down: float) -> QRectF:
    """Room for two lines within the ring, so far below its middle: as wide as the ring is there."""
    radius = ring.width() / 2 - _THICK
    reach = min(abs(down) + 12, radius - 1)
    return _around(ring.center(), down, 2 * sqrt(radius**2 - reach**2) - 6, 34)


def _around(middle: QPointF, down: float, wide: float, high: float) -> QRectF:
    return QRectF(middle.x() - wide / 2, middle.y() + down - high / 2, wide, high)
