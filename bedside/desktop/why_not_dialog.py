"""Says why a form is not opened for the role of who is signed in, and who could do it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget


class WhyNotDialog(QDialog):
    """One sentence and the way back.

    Args:
        why: who may do it.
        asked: the form that was not opened; this stands in its place.
        plain: nobody else could do it either: the words stand alone.
    """

    def __init__(self, why: str, asked: QWidget, *, plain: bool = False) -> None:
        super().__init__(asked if plain else asked.parentWidget())
        self.setWindowTitle(asked.windowTitle())
        self.setAccessibleName(self.tr("Not with this role"))
        self.setAccessibleDescription(why)
        whom = self.tr("{0}\n\nAsk one of them, or let them sign in here (F2).")
        words = QLabel(why if plain else whom.format(why))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setMinimumWidth(420)
        self.back = QPushButton(self.tr("&Go back"))
        self.back.setMinimumHeight(40)
        self.back.setDefault(True)
        self.back.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(words)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
