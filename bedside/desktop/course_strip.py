"""The strip of courses: past, now, next and later in their order, with the gate and the DLT period."""

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.desktop.direction import keep_time_forward, time_painter
from bedside.desktop.look import Look
from bedside.desktop.marks import paint_mark
from bedside.ward.views.marks import DltLine
from bedside.ward.views.where import CourseBox, WhereView

_TOP, _BOX, _FOOT, _GAP, _PAD, _DIAMOND = 18.0, 34.0, 22.0, 10.0, 9.0, 14.0
_CAPTION = "caption"


class Placed(Struct, frozen=True):
    """A box in its place."""

    box: CourseBox
    rect: QRectF
    words: str


class CourseStrip(QWidget):
    """Draws the courses; its accessible description says the same in words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        keep_time_forward(self)
        self._full, self._look = look, look.drawn
        self._strip: tuple[CourseBox, ...] = ()
        self._gate = ""
        self._end = ""
        self._dlt: DltLine | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Courses in their order, not to scale"))

    def show_view(self, view: WhereView) -> None:
        """Show an infant's courses."""
        self._strip, self._gate, self._end = view.strip, view.gate_before, view.end_of_therapy
        self._dlt = view.banner.dlt
        spoken = self.spoken()
        self.setAccessibleDescription(spoken)
        self.setToolTip(spoken)
        self.update()

    def spoken(self) -> str:
        """The strip in words."""
        states = {
            "past": self.tr("over"),
            "now": self.tr("now"),
            "next": self.tr("next"),
            "later": self.tr("later"),
        }
        parts = []
        for box in self._strip:
            day = "" if box.day is None else self.tr("day {0}").format(box.day)
            gate = self.tr("held by its start rule") if box.key == self._gate else ""
            words = (box.title, states[box.state], day, box.caption, gate)
            parts.append(", ".join(word for word in words if word))
        dlt = [] if self._dlt is None else [self._dlt_words(self._dlt)]
        return "; ".join([*parts, *dlt, self._end])

    def sizeHint(self) -> QSize:
        """As high as its three rows."""
        return self._full.enlarged(900, int(_TOP + _BOX + _FOOT))

    def minimumSizeHint(self) -> QSize:
        """It gives way in width, never in height."""
        return QSize(500, int(_TOP + _BOX + _FOOT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw boxes, captions, gate and the bracket of the DLT period."""
        if not self._strip:
            return
        with time_painter(self) as painter:
            self._full.enlarge(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self._shrunk(), self._shrunk())
            placed = self.placed(self._room())
            for each in placed:
                self._paint_box(painter, each)
            self._paint_captions(painter, placed)
            self._paint_dlt(painter, placed)
            self._paint_gate(painter, placed)

    def _shrunk(self) -> float:
        """Below 1 where not every name has room in two lines: drawn smaller, never cut."""
        return min(1.0, self._full.board(self).width() / self._needed())

    def _room(self) -> float:
        """The width to draw into."""
        return float(self._full.board(self).width() / self._shrunk())

    def _needed(self) -> float:
        """The width in which every name has room, in two lines at most."""
        least = [self._two_lines(box, self._words(box)) for box in self._strip]
        return sum(least) + _GAP * max(0, len(least) - 1) + 2

    def placed(self, width: float) -> list[Placed]:
        """Place the boxes over a width: every word fits, in one line or in two."""
        words = [self._words(box) for box in self._strip]
        room = width - _GAP * (len(words) - 1) - 2
        wides = [self._one_line(box, text) for box, text in zip(self._strip, words, strict=True)]
        least = [self._two_lines(box, text) for box, text in zip(self._strip, words, strict=True)]
        # the widest gives way first, down to two lines
        while sum(wides) > room and any(w > s for w, s in zip(wides, least, strict=True)):
            at = max(range(len(wides)), key=lambda n: wides[n] - least[n])
            wides[at] = least[at]
        spare = (room - sum(wides)) / len(wides)
        placed, left = [], 1.0
        for box, text, wide in zip(self._strip, words, wides, strict=True):
            full = wide + spare
            placed.append(Placed(box, QRectF(left, _TOP, full, _BOX), text))
            left += full + _GAP
        return placed

    def _words(self, box: CourseBox) -> str:
        short = box.priming and box.state in ("past", "later") and "#" in box.title
        return box.title[box.title.index("#") :] if short else box.title

    def _one_line(self, box: CourseBox, words: str) -> float:
        weight = "text" if box.state in ("later", "past") else "bold"
        return self._wide(words, "body", weight) + self._beside(box)

    def _two_lines(self, box: CourseBox, words: str) -> float:
        parts = words.split(" ")
        halves = [
            max(
                self._wide(" ".join(parts[:n]), "small", "bold"),
                self._wide(" ".join(parts[n:]), "small", "bold"),
            )
            for n in range(1, len(parts))
        ]
        one = self._one_line(box, words)
        return min([one, *(half + self._beside(box) for half in halves)])

    def _beside(self, box: CourseBox) -> float:
        day = "" if box.day is None else self.tr("day {0}").format(box.day)
        mark = _DIAMOND + 4 if box.priming else 0.0
        return 2 * _PAD + mark + (self._wide(day, "body", "bold") + 14 if day else 0.0)

    def _wide(self, text: str, size: str, weight: str = "text") -> float:
        return QFontMetricsF(self._look.font(size, weight)).horizontalAdvance(text)

    def _paint_box(self, painter: QPainter, each: Placed) -> None:
        look, box, rect = self._look, each.box, each.rect
        near = box.state in ("now", "next")
        ground = "surface"
        if box.state == "past":
            ground = "sunk"
        elif box.priming and near:
            ground = "priming_tint"
        edge = "priming" if box.priming else "ink" if box.state == "now" else "edge"
        width = 2.0 if box.state == "now" or (near and box.priming) else 1.0
        painter.setPen(QPen(look.colour(edge), width))
        painter.setBrush(look.colour(ground))
        painter.drawRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2))
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        if box.priming:
            mark = QRectF(inner.left(), inner.center().y() - 7, _DIAMOND, _DIAMOND)
            paint_mark(painter, "priming", mark, look)
            inner.setLeft(inner.left() + _DIAMOND + 4)
        tone = "priming" if box.priming else "quiet" if box.state == "past" else "ink"
        painter.setPen(look.colour(tone))
        if box.day is not None:
            day = self.tr("day {0}").format(box.day)
            painter.setFont(look.font("body", "bold"))
            painter.drawText(
                inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, day
            )
            inner.setRight(inner.right() - self._wide(day, "body", "bold") - 12)
        self._paint_words(painter, each, inner)

    def _paint_words(self, painter: QPainter, each: Placed, inner: QRectF) -> None:
        weight = "bold" if each.box.state in ("now", "next") or each.box.priming else "text"
        fits = self._wide(each.words, "body", weight) <= inner.width() + 1
        painter.setFont(self._look.font("body" if fits else "small", weight))
        left = each.box.day is not None or each.box.priming
        across = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
        flags = across | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            inner,
            int(flags) | int(Qt.TextFlag.TextWordWrap) if not fits else int(flags),
            each.words,
        )

    def _paint_captions(self, painter: QPainter, placed: list[Placed]) -> None:
        """Write where we are above the box of now, and when the next one may begin above the next."""
        look, used = self._look, 0.0
        for each in placed:
            box = each.box
            if box.state not in ("now", "next") or not box.caption:
                continue
            held = box.state == "now" and bool(self._gate)
            text = box.caption
            if box.state == "now":
                head = self.tr("now: waiting") if held else self.tr("now")
                text = f"{head}, {box.caption}"
            painter.setFont(look.font(_CAPTION, "strong" if box.state == "now" else "text"))
            painter.setPen(look.colour("hold" if held else "quiet"))
            wide = self._wide(text, _CAPTION, "strong")
            left = min(max(each.rect.left(), used), self._room() - wide)
            painter.drawText(QPointF(left, _TOP - 5), text)
            used = left + wide + 14
        painter.setFont(look.font(_CAPTION))
        painter.setPen(look.colour("quiet"))
        words = self.tr("order of courses, not to scale")
        if used + self._wide(words, _CAPTION) < self._room():
            painter.drawText(
                QPointF(self._room() - self._wide(words, _CAPTION) - 1, _TOP - 5),
                words,
            )
        if self._end:
            base = _TOP + _BOX + 15
            painter.drawText(
                QPointF(self._room() - self._wide(self._end, _CAPTION) - 1, base),
                self._end,
            )

    def _paint_dlt(self, painter: QPainter, placed: list[Placed]) -> None:
        inside = [each for each in placed if each.box.in_dlt]
        if not inside or self._dlt is None or self._dlt.state == "not in this protocol":
            return
        ink = self._look.colour("ink")
        left, right = inside[0].rect.left() + 1, inside[-1].rect.right() - 1
        y = _TOP + _BOX + 11
        reached = {"not started": left, "open": self._reached(inside)}.get(self._dlt.state, right)
        painter.setPen(QPen(ink, 2))
        painter.drawLine(QPointF(left, y - 5), QPointF(left, y + 5))
        painter.drawLine(QPointF(right, y - 5), QPointF(right, y + 5))
        painter.drawLine(QPointF(left, y), QPointF(reached, y))
        dashed = QPen(ink, 2)
        dashed.setDashPattern([2.0, 2.0])
        dashed.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(dashed)
        painter.drawLine(QPointF(reached, y), QPointF(right, y))
        words = self._dlt_words(self._dlt)
        wide = self._wide(words, _CAPTION, "medium")
        gap = QRectF((left + right - wide) / 2 - 8, y - 9, wide + 16, 18)
        painter.fillRect(gap, self._look.colour("ground"))
        painter.setFont(self._look.font(_CAPTION, "medium"))
        painter.setPen(ink)
        painter.drawText(gap, Qt.AlignmentFlag.AlignCenter, words)

    def _reached(self, inside: list[Placed]) -> float:
        """How far an open period has come: to the end of the box of now."""
        for each in reversed(inside):
            if each.box.state in ("now", "past"):
                return each.rect.right() - 1
        return inside[0].rect.left() + 1

    def _dlt_words(self, dlt: DltLine) -> str:
        details = ", ".join(dlt.details)
        return self.tr("DLT period: {0}").format(
            f"{dlt.headline}, {details}" if details else dlt.headline
        )

    def _paint_gate(self, painter: QPainter, placed: list[Placed]) -> None:
        """Draw the gate: the held start rule, between now and the next course."""
        for each in placed:
            if each.box.key != self._gate:
                continue
            x = each.rect.left() - _GAP / 2
            painter.setPen(QPen(self._look.colour("hold"), 2))
            painter.drawLine(QPointF(x, _TOP - 2), QPointF(x, _TOP + _BOX + 4))
            mark = QRectF(x - 10, _TOP + _BOX / 2 - 10, 20, 20)
            painter.fillRect(mark, self._look.colour("ground"))
            paint_mark(painter, "hold", mark, self._look)
