"""The building blocks of the page Where are we: the answer line, section heads, rows, small boxes."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.marks import MARK_COLOURS
from bedside.desktop.runs import Line, Run, Typesetter
from bedside.ward.views.marks import Mark


class AnswerLine(QWidget):
    """The one answer, readable from a metre: large in one line, smaller in two where it is long."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._setter = Typesetter(look)
        self._lines: list[Line] = []
        self._parts: tuple[str, str, Mark] = ("", "", "none")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def show_answer(self, answer: str, tail: str, mark: Mark) -> None:
        """Show the answer in ink and its tail in the colour of the mark."""
        self._parts = (answer, tail, mark)
        self.setAccessibleName(f"{answer} {tail}".strip())
        self.setAccessibleDescription(self.tr("the answer of this page"))
        self._set()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break anew for another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._set()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        lines = len(self._lines)
        return QSize(400, self._look.px(38 if lines < 2 else 27 * lines))

    def minimumSizeHint(self) -> QSize:
        """It gives way in width only."""
        return QSize(200, self.sizeHint().height())

    def _set(self) -> None:
        answer, tail, mark = self._parts
        tone = {"go": "go", "priming": "priming"}.get(mark, MARK_COLOURS[mark])
        for size in ("answer", "clock_secondary", "banner_name"):
            head = Run(f"{answer} ", size, "bold")
            runs = (head, Run(tail, size, "bold", tone)) if tail else (head,)
            self._lines = self._setter.broken(Line(runs), float(max(self.width(), 100)))
            if len(self._lines) == 1:
                break
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        with QPainter(self) as painter:
            high = float(self._look.px(38 if len(self._lines) == 1 else 27))
            for number, line in enumerate(self._lines):
                self._setter.paint(painter, line, 0, number * high, high)


class TableRow(QWidget):
    """A row of a small table: its cells take shares of the width, so that rows stand in columns.

    Args:
        cells: the widgets, left to right.
        shares: the share of the width of each cell.
        look: colours.
        ground: a tint behind the row, "" for none.
        strong: a strong line below (the head of a table).
    """

    def __init__(
        self,
        cells: Sequence[QWidget],
        shares: Sequence[int],
        look: Look,
        *,
        ground: str = "",
        strong: bool = False,
        least: int = 24,
    ) -> None:
        super().__init__()
        self._look = look
        self._ground = ground
        self._strong = strong
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 0, 2)
        row.setSpacing(6)
        for cell, share in zip(cells, shares, strict=True):
            if share:
                policy = cell.sizePolicy()
                policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
                cell.setSizePolicy(policy)
            row.addWidget(cell, share)
        self.setMinimumHeight(look.px(least))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint and the hairline."""
        with QPainter(self) as painter:
            if self._ground:
                painter.fillRect(self.rect(), self._look.colour(self._ground))
            line = self._look.colour("edge" if self._strong else "line")
            painter.fillRect(0, self.height() - 1, self.width(), 1, line)


class Chip(QLabel):
    """A dotted box with a word, such as "site value".

    Args:
        text: the word.
        look: colours and fonts.
    """

    def __init__(self, text: str, look: Look) -> None:
        super().__init__(text)
        self._look = look
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font("caption"))
        self.setStyleSheet(f"QLabel {{ color: {look.colour('quiet').name()}; padding: 1px 4px; }}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word, then its dotted edge."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setPen(QPen(self._look.colour("edge"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class DayBox(QLabel):
    """One dated day of an azacitidine block: each date in a box of its own, never a range."""

    def __init__(self, day: int, on: str, look: Look) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(self.tr("<b>day {0}</b> {1}").format(day, on))
        self.setFont(look.font("small"))
        self.setStyleSheet(
            f"QLabel {{ border: 1px solid {look.colour('priming').name()}; padding: 1px 6px; }}"
        )
        self.setAccessibleName(self.tr("azacitidine day {0} on {1}").format(day, on))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def section_head(title: str, note: str, look: Look, *, right: str = "", chip: str = "") -> QWidget:
    """Return the head of a section: a bold title, a quiet note, a line below."""
    holder = QWidget()
    holder.setAccessibleName(title)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(5)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(label(title, look, "body", "bold"))
    if chip:
        row.addWidget(Chip(chip, look))
    words = label(note, look, "caption", colour="quiet", wrap=bool(note))
    row.addWidget(words, 1)
    if right:
        row.addWidget(label(right, look, "caption", colour="quiet"))
    column.addLayout(row)
    column.addWidget(_Edge(look))
    return holder


class _Edge(QWidget):
    """The line under a section's head."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._look.colour("edge"))


def beside(*widgets: QWidget, stretch: bool = True) -> QWidget:
    """Return widgets side by side, as one cell."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return holder
