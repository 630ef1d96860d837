"""The round's headings, its column heads, quiet lines, and the cell that says whether a line counts."""

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from bedside.desktop.dlt_marks import paint_verdict
from bedside.desktop.labels import hint, label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.ward.views.dlt import Verdict
from bedside.ward.views.round import RoundDlt

_SIDE = 15
_TWO_LINES_FROM = 125  # per cent


class VerdictMark(QWidget):
    """A verdict's mark: a diamond asks, an octagon counts, a barred circle does not count."""

    def __init__(self, verdict: Verdict, look: Look) -> None:
        super().__init__()
        self._verdict, self._look = verdict, look
        self._side = look.px(_SIDE)
        self.setFixedSize(self._side, self._side)
        self.setAccessibleName(verdict)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        scale = self._side / _SIDE
        with QPainter(self) as painter:
            painter.scale(scale, scale)
            paint_verdict(painter, self._verdict, QRectF(0.5, 0.5, 14, 14), self._look.drawn)


class DltCell(QWidget):
    """Whether a line counts in the DLT period: a mark and its words; the whole under the pointer."""

    def __init__(self, said: RoundDlt, look: Look, before: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        mark = (
            MarkLabel("unknown", look, _SIDE)
            if said.verdict is None
            else VerdictMark(said.verdict, look)
        )
        asks = said.verdict in ("ask", "counts")
        words = f"{before}{said.words.replace(': ', ', ', 1)}" if before else said.words
        self.words = label(
            unbroken(words), look, "small", "medium" if asks else "text", _colour(said), wrap=True
        )
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        self.setToolTip(hint(said.whole))
        self.setAccessibleName(_t("DLT"))
        self.setAccessibleDescription(said.whole or words)


def _colour(said: RoundDlt) -> str:
    return "quiet" if said.verdict in (None, "does not count") else "ink"


def heading(look: Look, title: str, about: str, button: QWidget | None = None) -> QWidget:
    """A part's title, with what it asks for beside it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 6, 0, 3)
    row.setSpacing(8)
    row.addWidget(label(title, look, "body", "bold"))
    row.addWidget(label(about, look, "small", colour="quiet"))
    row.addStretch(1)
    if button is not None:
        row.addWidget(button)
    return holder


def quiet_line(look: Look, words: str) -> QLabel:
    """A line that asks for nothing."""
    line = label(words, look, "small", colour="quiet", wrap=True)
    line.setContentsMargins(8, 3, 0, 3)
    return line


def in_two_lines(look: Look) -> bool:
    """Whether the text is so large that keys and answer of a line stand below what they answer."""
    return look.percent >= _TWO_LINES_FROM


def line_of(look: Look, facts: QHBoxLayout, keys: QHBoxLayout) -> QBoxLayout:
    """A line of the round: what is known, then its keys; in large text one below the other."""
    two = in_two_lines(look)
    directions = QBoxLayout.Direction
    line = QBoxLayout(directions.TopToBottom if two else directions.LeftToRight)
    for part in (facts, keys):
        part.setSpacing(8)
    line.setSpacing(3 if two else 8)
    if two:
        keys.insertStretch(0, 1)
    line.addLayout(facts, 1)
    line.addLayout(keys)
    return line


def column_heads(look: Look, columns: tuple[tuple[str, int, int], ...]) -> QWidget:
    """The heads of a part's columns: words, width (0: as wide as there is room), share of the room."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(8, 0, 0, 1)
    row.setSpacing(8)
    for words, wide, share in columns:
        head = label(words, look, "small", colour="quiet")
        if wide:
            head.setFixedWidth(look.px(wide))
        row.addWidget(head, share)
    return holder


def _t(text: str) -> str:
    return QCoreApplication.translate("RoundPanel", text)
