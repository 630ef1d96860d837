"""The vial clock as a dial: 45 minutes, clockwise; used, left, and kept for the infusion.

Decided: no word is cut and none stands over another. Every text is kept within the dial; where there is
no room for all of them the less important one is left out. The strip below says the same times.
"""

from datetime import UTC, datetime, timedelta
from math import cos, pi, sin, sqrt

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.direction import keep_time_forward, time_painter
from bedside.desktop.look import Look
from bedside.desktop.spoken import one_text, spoken_words
from bedside.desktop.vial_words import VialWords, spoken, vial_words
from bedside.units.dates import write_time
from bedside.ward.views.marks import VialClockView

_GAP = 14.0  # degrees left open at the top, between finish and reconstitution
_THICK = 26.0
_AROUND = 84.0  # room for the words around the ring
_NOW_FROM = 300.0  # a ring as large has room for the time of now beside the figures
_LOW = 38.0  # room above and below the ring
_SMALL = 104.0  # within a ring of a smaller radius one figure has room, not two
_TINY = 66.0  # within one of a smaller radius nothing stands beside the figure
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
        keep_time_forward(self)
        self._full, self._look = look, look.drawn
        self._clock: VialClockView | None = None
        self._now: datetime | None = None
        self._room, self._thick = QRectF(), _THICK
        self.written: list[tuple[str, QRectF]] = []  # every text that stands, and where
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Vial clock"))

    def sizeHint(self) -> QSize:
        """Large enough to be read from a metre."""
        return QSize(self._full.px(540), self._full.px(400))

    def show_clock(self, clock: VialClockView | None, now: datetime) -> None:
        """Show a vial at this time; the description says the same in words."""
        self._clock, self._now = clock, now if clock is None else clock.holds(now)
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
        with time_painter(self) as painter:
            if self._clock is None or self._now is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            scale = self._full.scale
            painter.scale(scale, scale)
            wide, high = self.width() / scale, self.height() / scale
            side = max(min(wide - 2 * _AROUND - 40, high - 2 * _LOW), 2 * _THICK + 20)
            ring = QRectF(0, 0, side, side)
            ring.moveCenter(QPointF(wide / 2, high / 2))
            self._room, self.written = QRectF(0, 0, wide, high), []
            self._thick = min(_THICK, side * 0.11)
            told = vial_words(self._clock, self._now)
            self._paint_ring(painter, ring, self._clock, self._now, told)
            self._paint_bars(painter, ring, self._clock)
            self._paint_figures(painter, ring, told)
            self._paint_now(painter, ring, self._clock, self._now)
            self._paint_kept(painter, ring, self._clock, told)
            self._paint_ticks(painter, ring, self._clock)

    def _write(self, painter: QPainter, *lines: tuple[QRectF, str]) -> bool:
        """Write lines that belong together, moved into the dial; not where another text stands."""
        around = QRectF()
        for box, _ in lines:
            around = around.united(box)
        if around.width() > self._room.width() or around.height() > self._room.height():
            return False
        right = max(self._room.left() - around.left(), 0.0)
        down = max(self._room.top() - around.top(), 0.0)
        right += min(self._room.right() - around.right(), 0.0)
        down += min(self._room.bottom() - around.bottom(), 0.0)
        around.translate(right, down)
        if self._taken(around):
            return False
        for box, text in lines:
            painter.drawText(box.translated(right, down), _CENTRE, text)
            self.written.append((text, box.translated(right, down)))
        return True

    def _taken(self, around: QRectF) -> bool:
        return any(around.intersects(box) for _, box in self.written)

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
        tint = "hold_tint" if colour == "hold" else "priming_tint"
        painter.fillRect(ring.adjusted(-20, -20, 20, 20), self._look.colour(tint))
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
        inner = ring.adjusted(self._thick, self._thick, -self._thick, -self._thick)
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
        painter.setPen(self._look.colour(_COLOURS[told.state]))  # as the ring it stands beside
        painter.setFont(self._look.font("small", "strong"))
        share = 0.5 - 0.5 * sin(angle * pi / 180)
        kept = self.tr("{0} min kept").format(clock.infusion_minutes)
        why = self.tr("for the infusion")
        below = at + QPointF(0, 17)
        self._write(
            painter, (_box(painter, at, kept, share), kept), (_box(painter, below, why, share), why)
        )

    def _paint_bars(self, painter: QPainter, ring: QRectF, clock: VialClockView) -> None:
        look, within = self._look, clock.within_minutes
        painter.setFont(look.font("small", "strong"))
        angle = self.angle_of(self._bar_minute(clock), within)
        self._bar(painter, ring, angle, "ink", 4, -self._thick - 4, 16)
        start = self.tr("start {0}").format(write_time(clock.latest_start))
        lines: tuple[str, ...] = (self.tr("latest"), start)
        if clock.started_at is not None:
            lines = (self.tr("started"), write_time(clock.started_at))
        beside = self._words_at(clock)
        if abs(beside - 180) < _CLEAR:  # below the ring there is room for one line
            lines = (" ".join(lines),)
        share = 0.5 - 0.5 * sin(beside * pi / 180)
        boxes = []
        for number, line in enumerate(lines):
            at = _at(ring, beside, 28) + QPointF(0, 16 * number - 4 * (len(lines) - 1))
            boxes.append((_box(painter, at, line, share), line))
        self._write(painter, *boxes)
        last = self.angle_of(within, within)
        self._bar(painter, ring, last, "stop", 4, -self._thick - 4, 14)
        text = self.tr("finish by {0}").format(write_time(clock.finish_by))
        painter.setPen(look.colour("stop"))
        self._write(painter, (_box(painter, _at(ring, last, 22), text, 1.0), text))
        first = self.angle_of(0, within)
        self._bar(painter, ring, first, "ink", 2, -self._thick, 12)
        text = self.tr("reconstituted {0}").format(write_time(clock.reconstituted_at))
        self._write(painter, (_box(painter, _at(ring, first, 22), text, 0.0), text))

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

    def _paint_now(
        self, painter: QPainter, ring: QRectF, clock: VialClockView, now: datetime
    ) -> None:
        angle = self.angle_of(_minutes(clock, now), clock.within_minutes)
        arrows = (_arrow(ring, angle, self._thick, long) for long in (16, 9))
        clear = (arrow for arrow in arrows if not self._taken(arrow.boundingRect()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("ink"))
        painter.drawPolygon(next(clear, QPolygonF()))
        if abs(cos(angle * pi / 180)) < 0.86 or ring.width() < _NOW_FROM:
            return  # beside the figures there is no room; the top bar says the time too
        painter.setPen(self._look.colour("ink"))
        painter.setFont(self._look.font("small", "strong"))
        text = self.tr("now {0}").format(write_time(now))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text)
        near = _at(ring, angle, -self._thick - 26 - wide * 0.3 * abs(sin(angle * pi / 180)))
        self._write(painter, (QRectF(near.x() - wide / 2 - 4, near.y() - 10, wide + 8, 20), text))

    def _paint_figures(self, painter: QPainter, ring: QRectF, told: VialWords) -> None:
        """The time left and until when; the second figure only where there is room for its words."""
        look, colour = self._look, self._look.colour(_COLOURS[told.state])
        middle, radius = ring.center(), ring.width() / 2 - self._thick
        small, tiny = radius < _SMALL, radius < _TINY
        painter.setPen(colour)
        font = look.font("clock_primary", "bold")
        if told.state in ("too late", "discard"):
            font.setPixelSize(44)
        wide = 2 * radius - (24 if small else 50)
        while font.pixelSize() > 16 and (
            QFontMetricsF(font).horizontalAdvance(told.figure) > wide
            or QFontMetricsF(font).capHeight() > radius / 2
        ):
            font.setPixelSize(font.pixelSize() - 2)
        painter.setFont(font)
        high = QFontMetricsF(font).capHeight() + 10
        self._write(
            painter,
            (_around(middle, 0 if tiny else -24 if small else -28, wide, high), told.figure),
        )
        if not tiny:
            self._paint_words(painter, ring, 22 if small else -74, told.figure_under)
        if small:
            return
        y = middle.y() + 16
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(QPointF(middle.x() - 70, y), QPointF(middle.x() + 70, y))
        painter.setPen(look.colour("ink"))
        painter.setFont(look.font("clock_secondary", "strong"))
        self._write(painter, (_around(middle, 40, wide, 30), told.second))
        self._paint_words(painter, ring, 72, told.second_under)

    def _paint_words(self, painter: QPainter, ring: QRectF, down: float, text: str) -> None:
        """Words within the ring, in one line or two; left out where they would be cut."""
        painter.setPen(self._look.colour("quiet"))
        painter.setFont(self._look.font("small"))
        words, metrics = spoken_words(text), QFontMetricsF(painter.font())
        for cut in range(len(words), 0, -1):
            lines = [one_text(part) for part in (words[:cut], words[cut:]) if part]
            first = down - 8 * (len(lines) - 1)
            boxes = [
                (_inside(ring, self._thick, first + 16 * number), line)
                for number, line in enumerate(lines)
            ]
            if all(metrics.horizontalAdvance(line) <= box.width() for box, line in boxes):
                boxes = [
                    (_around(box.center(), 0, metrics.horizontalAdvance(line) + 2, 15), line)
                    for box, line in boxes
                ]
                self._write(painter, *boxes)
                return

    def _beside(self, painter: QPainter, at: QPointF, angle: float, text: str) -> None:
        """Write a text outside the ring, away from it."""
        self._write(painter, (_box(painter, at, text, 0.5 - 0.5 * sin(angle * pi / 180)), text))


_CENTRE = Qt.AlignmentFlag.AlignCenter


def _minutes(clock: VialClockView, moment: datetime) -> float:
    since = moment.astimezone(UTC) - clock.reconstituted_at.astimezone(UTC)
    return since / timedelta(minutes=1)


def _at(ring: QRectF, angle: float, out: float) -> QPointF:
    """A point so far outside (or inside) the ring, at an angle clockwise from twelve."""
    radius = ring.width() / 2 + out
    turned = angle * pi / 180
    return ring.center() + QPointF(sin(turned) * radius, -cos(turned) * radius)


def _arrow(ring: QRectF, angle: float, thick: float, long: float) -> QPolygonF:
    """The arrow of now, within the ring."""
    inner = -thick - 2 - long
    half = 3.2 * long / 16
    left, right = _at(ring, angle - half, inner), _at(ring, angle + half, inner)
    return QPolygonF([_at(ring, angle, -thick - 2), left, right])


def _box(painter: QPainter, at: QPointF, text: str, share_left: float) -> QRectF:
    """The box of a text of which so much (0 to 1) lies left of a point."""
    wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 6
    return QRectF(at.x() - wide * share_left, at.y() - 8, wide, 16)


def _inside(ring: QRectF, thick: float, down: float) -> QRectF:
    """Room for a line within the ring, so far below its middle: as wide as the ring is there."""
    radius = ring.width() / 2 - thick
    reach = abs(down) + 8
    wide = 2 * sqrt(radius**2 - reach**2) - 6 if reach < radius else 0.0
    return _around(ring.center(), down, wide, 16)


def _around(middle: QPointF, down: float, wide: float, high: float) -> QRectF:
    return QRectF(middle.x() - wide / 2, middle.y() + down - high / 2, wide, high)
