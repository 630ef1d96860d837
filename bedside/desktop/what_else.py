"""What else a delay changes beside the dates of its table: a bold line each, and its words below."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look


class WhatElse(QWidget):
    """The notes of a preview, one below the other.

    Args:
        look: colours and fonts.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._labels: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.setAccessibleName(self.tr("What else changes"))

    def show_notes(self, notes: tuple[tuple[str, str], ...]) -> None:
        """Show the notes of another preview.

        Args:
            notes: a title and its words each; none shows nothing.
        """
        for old in self._labels:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._labels = []
        for title, words in notes:
            head = label(title, self._look, "body", "strong", wrap=True)
            told = label(unbroken(words), self._look, "small", wrap=True)
            told.setContentsMargins(0, 0, 0, 8)
            for one in (head, told):
                self._column.insertWidget(len(self._labels), one)
                self._labels.append(one)

    def text(self) -> str:
        """Everything that is shown, a line for each title and for its words."""
        return "\n".join(one.text() for one in self._labels)
