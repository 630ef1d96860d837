"""The keys below the toxicity list: each acts on the row in focus."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.beside import Beside
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label
from bedside.desktop.look import Look


class ToxicityButtons(Beside):
    """New, grade, gone, judge, correct, strike out; the page itself answers to the keys."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, 0, 8, by_need=True)
        self.new = KeyButton(self.tr("New toxicity"), "Ins", look, bound=False)
        self.grade = KeyButton(self.tr("Grade now…"), "G", look, bound=False)
        self.gone = KeyButton(self.tr("Gone…"), "R", look, bound=False)
        self.judge = KeyButton(self.tr("Judge…"), "J", look, bound=False)
        self.correct = KeyButton(self.tr("Correct…"), "C", look, bound=False)
        self.void = KeyButton(self.tr("Strike out…"), "X", look, bound=False)
        new, other = QHBoxLayout(), QHBoxLayout()
        for button in (self.new, self.grade, self.gone):
            new.addWidget(button)
        for button in (self.judge, self.correct, self.void):
            other.addWidget(button)
        other.addSpacing(8)
        words = self.tr("for the row in focus")
        other.addWidget(label(words, look, "caption", colour="quiet"))
        for part, share in ((new, 0), (other, 1)):
            part.setSpacing(8)
            part.addStretch(share)
            self.row.addLayout(part, share)

    def allow(self, *, open_one: bool, standing: bool, rows: QWidget) -> None:
        """Let only those be pressed that make sense for the row in focus.

        Args:
            open_one: the row in focus stands open.
            standing: it is not struck out.
            rows: takes the keyboard from a button that closes; else Qt hands it on to the next one, as
                far as to the answer below, which records at once.
        """
        now = {self.grade: open_one, self.gone: open_one}
        now |= dict.fromkeys((self.judge, self.correct, self.void), standing)
        at: QWidget | None = self.window().focusWidget()  # though a form is still in front
        if any(button is at and not allowed for button, allowed in now.items()):
            rows.setFocus(Qt.FocusReason.OtherFocusReason)
        for button, allowed in now.items():
            button.setEnabled(allowed)
