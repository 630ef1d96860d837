"""Says in a window of its own why the ward was not opened."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel

_WIDE = 560


class RefusedDialog(QDialog):
    """The reasons, and one button that only closes this window.

    Args:
        look: fonts and colours.
        reasons: what happened, what was kept, what would be right.
        parent: the window, where there is one.
    """

    def __init__(self, look: Look, reasons: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("The ward was not opened")
        self.setWindowTitle(self.tr("Bedside: the ward was not opened"))
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(reasons))
        self.setMinimumWidth(_WIDE)
        self.close_button = QPushButton(self.tr("&Close this window"))
        self.close_button.setDefault(True)
        self.close_button.setMinimumHeight(look.measure("field"))
        self.close_button.setFont(look.font("body", "strong"))
        self.close_button.clicked.connect(self.reject)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(label(title, look, "page_title", "title"))
        for reason in reasons:
            words.addWidget(label(reason, look, "body", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(MarkLabel("stop", look, 32), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(18)
        column.addLayout(row)
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
