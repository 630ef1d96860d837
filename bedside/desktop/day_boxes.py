"""The days of an azacitidine block as dated boxes: no ranges, each with its state as mark and word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.look import Look
from bedside.desktop.marks import paint_mark
from bedside.units.dates import write_date
from bedside.ward.views.marks import Mark
from bedside.ward.views.pages import DoseDay

_HIGH, _TIGHT_HIGH = 30, 34
_GAP, _APART = 6, 48  # between two boxes; between the row of them and what stands before it
_MARKS: dict[str, Mark] = {
    "given": "recorded",
    "not given": "hold",
    "due": "due",
    "later": "due",
    "missed": "late",
    "vial running": "clock",
    "vial lost": "stop",
}


class DayBox(QWidget):
    """One day: mark, "day 4", its date; the words of its state on hover and for the reader."""

    def __init__(self, day: DoseDay, look: Look, *, tight: bool = False) -> None:
        super().__init__()
        self.day = day
        self._full, self._look = look, look.drawn
        self._tight = tight  # the date below the day
        words = f"day {day.day}, {write_date(day.on)}: {day.words}"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        strong = QFontMetricsF(self._look.font("small", "strong"))
        plain = QFontMetricsF(self._look.font("small"))
        wide = strong.horizontalAdvance(self._day_words()) + plain.horizontalAdvance("20-Nov-2026")
        if self._tight:
            return self._full.enlarged(
                round(plain.horizontalAdvance("20-Nov-2026")) + 40, _TIGHT_HIGH
            )
        return self._full.enlarged(round(wide) + 44, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box."""
        with QPainter(self) as painter:
            self._full.enlarge(painter)
            look, now = self._look, self.day.state in ("due", "vial running", "vial lost")
            box = self._full.board(self).adjusted(1, 1, -1, -1)
            pen = QPen(look.colour("priming" if now else "edge"), 2 if now else 1)
            if self.day.state == "later":
                pen.setDashPattern([3.0, 2.0])
            painter.setPen(pen)
            painter.setBrush(look.colour("surface"))
            painter.drawRect(box)
            high = self._full.board(self).height()
            paint_mark(painter, _MARKS[self.day.state], QRectF(9, (high - 15) / 2, 15, 15), look)
            strong, plain = look.font("small", "strong"), look.font("small")
            painter.setFont(strong)
            painter.setPen(look.colour("ink"))
            align = Qt.AlignmentFlag.AlignVCenter
            text = self._day_words()
            wide = QFontMetricsF(strong).horizontalAdvance(text)
            line = high / 2 if self._tight else high
            painter.drawText(QRectF(30, 1 if self._tight else 0, wide + 4, line), align, text)
            painter.setFont(plain)
            painter.setPen(look.colour("ink" if now else "quiet"))
            date = write_date(self.day.on)
            left, top = (30, high / 2 - 1) if self._tight else (34 + wide, 0)
            painter.drawText(QRectF(left, top, 120, line), align, date)

    def _day_words(self) -> str:
        return self.tr("day {0}").format(self.day.day)


class DayBoxes(QWidget):
    """The boxes of one block in a row."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.boxes: list[DayBox] = []
        self._days: tuple[DoseDay, ...] = ()
        self._tight = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self.setAccessibleName(self.tr("Days of the block"))

    def fit_into(self, room: int, *beside: QWidget) -> None:
        """Write each date below its day where the row has no room for them one after the other.

        Args:
            room: of the whole row, in pixels.
            beside: what stands in it before them.
        """
        boxes = [DayBox(day, self._look).sizeHint().width() for day in self._days]
        needed = [*boxes, *(part.sizeHint().width() for part in beside)]
        tight = sum(needed) + _GAP * len(needed) + self._look.px(_APART) > room
        if tight != self._tight:
            self._tight = tight
            self.show_days(self._days)

    def show_days(self, days: tuple[DoseDay, ...]) -> None:
        """Show these days."""
        self._days = days
        for box in self.boxes:
            self._row.removeWidget(box)
            box.setParent(None)
            box.deleteLater()
        self.boxes = [DayBox(day, self._look, tight=self._tight) for day in days]
        for box in self.boxes:
            self._row.addWidget(box)
            box.show()  # so that it counts at once where the room is shared out
