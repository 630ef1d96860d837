"""Asks before typed text is left behind; staying is the default."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look


class LeaveDialog(QDialog):
    """Two buttons: go back to what was typed (Return and Esc), or leave.

    Args:
        look: colours and fonts.
        words: what would happen.
        leave: the words on the other button.
        parent: where it appears.
    """

    def __init__(self, look: Look, words: str, leave: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Typed, not recorded"))
        self.setAccessibleName(self.tr("Typed, not recorded"))
        self.setAccessibleDescription(words)
        self.back_button = QPushButton(self.tr("&Go back"))
        self.leave_button = QPushButton(leave)
        self.back_button.setDefault(True)
        self.leave_button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(label(self.tr("Typed, not recorded"), look, "page_title", "title"))
        text = label(words, look, wrap=True)
        text.setMinimumWidth(380)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column.addWidget(text)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.leave_button)
        column.addLayout(row)
        for button in (self.back_button, self.leave_button):
            button.setMinimumHeight(look.measure("field"))
            button.setFont(look.font("body", "strong"))
        self.back_button.clicked.connect(self.reject)
        self.leave_button.clicked.connect(self.accept)
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)


def may_leave(parent: QWidget | None, look: Look, words: str, leave: str) -> bool:
    """Ask; return whether the person chose to leave."""
    dialog = LeaveDialog(look, words, leave, parent)
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return chosen
