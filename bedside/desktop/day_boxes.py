"""The days of an azacitidine block as dated boxes: no ranges, each with its state as mark and word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.look import Look
from bedside.desktop.marks import paint_mark
from bedside.units.dates import write_date
from bedside.ward.views.marks import Mark
from bedside.ward.views.pages import DoseDay

_HIGH = 30
_MARKS: dict[str, Mark] = {
    "given": "recorded",
    "due": "due",
    "later": "due",
    "missed": "late",
    "vial running": "clock",
    "vial lost": "stop",
}


class DayBox(QWidget):
    """One day: mark, "day 4", its date; the words of its state on hover and for the reader."""

    def __init__(self, day: DoseDay, look: Look) -> None:
        super().__init__()
        self.day = day
        self._look = look
        words = f"day {day.day}, {write_date(day.on)}: {day.words}"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        strong = QFontMetricsF(self._look.font("small", "strong"))
        plain = QFontMetricsF(self._look.font("small"))
        wide = strong.horizontalAdvance(self._day_words()) + plain.horizontalAdvance("20-Nov-2026")
        return QSize(round(wide) + 44, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box."""
        with QPainter(self) as painter:
            look, now = self._look, self.day.state in ("due", "vial running", "vial lost")
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            pen = QPen(look.colour("priming" if now else "edge"), 2 if now else 1)
            if self.day.state == "later":
                pen.setDashPattern([3.0, 2.0])
            painter.setPen(pen)
            painter.setBrush(look.colour("surface"))
            painter.drawRect(box)
            paint_mark(painter, _MARKS[self.day.state], QRectF(9, (_HIGH - 15) / 2, 15, 15), look)
            strong, plain = look.font("small", "strong"), look.font("small")
            painter.setFont(strong)
            painter.setPen(look.colour("ink"))
            align = Qt.AlignmentFlag.AlignVCenter
            text = self._day_words()
            wide = QFontMetricsF(strong).horizontalAdvance(text)
            painter.drawText(QRectF(30, 0, wide + 4, _HIGH), align, text)
            painter.setFont(plain)
            painter.setPen(look.colour("ink" if now else "quiet"))
            date = write_date(self.day.on)
            painter.drawText(QRectF(34 + wide, 0, 120, _HIGH), align, date)

    def _day_words(self) -> str:
        return self.tr("day {0}").format(self.day.day)


class DayBoxes(QWidget):
    """The boxes of one block in a row."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.boxes: list[DayBox] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.setAccessibleName(self.tr("Days of the block"))

    def show_days(self, days: tuple[DoseDay, ...]) -> None:
        """Show these days."""
        for box in self.boxes:
            self._row.removeWidget(box)
            box.setParent(None)
            box.deleteLater()
        self.boxes = [DayBox(day, self._look) for day in days]
        for box in self.boxes:
            self._row.addWidget(box)
