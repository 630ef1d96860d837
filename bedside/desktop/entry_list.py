"""The points of eligibility, each met, not met or unknown, and why; what no record tells is asked here."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.fields import Choice
from bedside.desktop.flowing import whole
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.marks import RESULT_MARKS, MarkLabel
from bedside.ward.enrolling import EntryLine


class EntryRow(QWidget):
    """One point; a point that a person answers carries its yes, no or unknown.

    Signals:
        answered: another answer is chosen.
    """

    answered = Signal()

    def __init__(self, line: EntryLine, look: Look) -> None:
        super().__init__()
        self._look = look
        self.key = line.key
        self._mark = MarkLabel(RESULT_MARKS[line.result], look)
        self._words = label(line.words, look, "body", "medium", wrap=True)
        self._why = label("", look, "small", colour="quiet", wrap=True)
        self.answer: Choice | None = None
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._words)
        words.addWidget(self._why)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if line.asks:
            tr = self.tr
            options = (("yes", tr("yes")), ("no", tr("no")), ("unknown", tr("unknown")))
            self.answer = Choice(line.words, options, look, self.tr("answer"))
            self.answer.setFixedWidth(look.px(96))
            self.answer.edited.connect(self.answered)
            row.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignTop)
        self.show_line(line)

    def show_line(self, line: EntryLine) -> None:
        """Say the point as it stands now; the answer and the focus stay where they are."""
        why = f"{line.result}: {line.because}" if line.because else line.result
        self._mark.set_mark(RESULT_MARKS[line.result])
        tone = "hold" if line.result == "not met" else "ink"
        dress(self._words, self._look, "body", "medium", tone)
        self._why.setText(whole(why))
        self.setAccessibleName(f"{line.words}: {why}")


class EntryList(QWidget):
    """Shows the points of eligibility of a form as it stands.

    Signals:
        edited: a point was answered.
    """

    edited = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.lines: tuple[EntryLine, ...] = ()
        self.rows: tuple[EntryRow, ...] = ()
        self._answers: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._empty = label("", look, colour="quiet", wrap=True)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self.setAccessibleName(self.tr("Eligibility"))

    def show_lines(self, lines: Sequence[EntryLine], empty: str) -> None:
        """Show each point; ``empty`` says what to type first."""
        if [(line.key, line.asks) for line in lines] != [
            (line.key, line.asks) for line in self.lines
        ]:
            self._lay_out(lines)
        self.lines = tuple(lines)
        self._empty.setText(empty)
        self._empty.setVisible(not lines)
        for row, line in zip(self.rows, lines, strict=True):
            row.show_line(line)

    def answers(self) -> dict[str, str]:
        """What was answered, by the key of the point; of the points in sight only."""
        return {
            row.key: row.answer.value() or "unknown" for row in self.rows if row.answer is not None
        }

    def unanswered(self) -> list[str]:
        """The points in sight that a person is asked for and nobody has answered, in words."""
        rows = zip(self.rows, self.lines, strict=True)
        return [
            line.words
            for row, line in rows
            if row.answer is not None and row.answer.value() is None
        ]

    def is_empty(self) -> bool:
        """Whether no point was answered."""
        return not self._answers

    def _lay_out(self, lines: Sequence[EntryLine]) -> None:
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(EntryRow(line, self._look) for line in lines)
        for place, row in enumerate(self.rows, start=1):
            self._column.insertWidget(place, row)
            if row.answer is not None and row.key in self._answers:
                # answered before the list was empty for a while, or under another protocol
                row.answer.choose(self._answers[row.key])
            row.answered.connect(self._answered)

    def _answered(self) -> None:
        self._answers.update(
            {
                row.key: value
                for row in self.rows
                if row.answer is not None and (value := row.answer.value())
            }
        )
        self.edited.emit()
