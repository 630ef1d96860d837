"""The points of eligibility, each met, not met or unknown, and why."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.flowing import whole
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.marks import RESULT_MARKS, MarkLabel
from bedside.ward.enrolling import EntryLine


class EntryList(QWidget):
    """Shows the points of eligibility of a form as it stands."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.lines: tuple[EntryLine, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setAccessibleName(self.tr("Eligibility"))

    def show_lines(self, lines: Sequence[EntryLine], empty: str) -> None:
        """Show each point; ``empty`` says what to type first."""
        self.lines = tuple(lines)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not lines:
            self._column.addWidget(label(empty, self._look, colour="quiet", wrap=True))
        for line in lines:
            self._column.addWidget(self._row(line))
        self._column.addStretch(1)

    def _row(self, line: EntryLine) -> QWidget:
        look = self._look
        tone = "hold" if line.result == "not met" else "ink"
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(line.words, look, "body", "medium", tone, wrap=True))
        why = f"{line.result}: {line.because}" if line.because else line.result
        words.addWidget(label(whole(why), look, "small", colour="quiet", wrap=True))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(MarkLabel(RESULT_MARKS[line.result], look), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        holder.setAccessibleName(f"{line.words}: {why}")
        return holder
