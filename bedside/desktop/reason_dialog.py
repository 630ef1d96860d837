"""Asks for the reason of a correction or a discarded vial; without one nothing happens."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.buttons import make_tall
from bedside.desktop.captions import name_field
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import PatientLine, whose
from bedside.desktop.plain_edit import PlainText
from bedside.desktop.staying_dialog import StayingDialog


class ReasonDialog(StayingDialog):
    """A question, a reason in words, and two buttons; the safe one is the default.

    Args:
        look: fonts and colours.
        question: what is about to happen.
        act: the verb on the button that does it.
    """

    def __init__(self, look: Look, question: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self._before = look, ""
        self.setWindowTitle(self.tr("Reason"))
        self.setMinimumWidth(look.px(480))
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        self.infant = whose(parent)
        column.addWidget(PatientLine(self.infant, look))
        column.addWidget(label(question, look, "course_day", "strong", wrap=True))
        self.words = words = label(
            self.tr("Wh&y? What was recorded stays readable, with this reason."), look
        )
        words.setTextFormat(words.textFormat().AutoText)
        self.reason = PlainText()
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setFont(look.font("body"))
        self.reason.setFixedHeight(look.px(72))
        name_field(words, self.reason)
        column.addWidget(words)
        column.addWidget(self.reason)
        self.back = QPushButton(self.tr("&Go back"))
        self.act = QPushButton(act)
        self.act.setProperty("role", "stop")
        self.act.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(12)
        for button in (self.back, self.act):
            make_tall(button, look)
        self.back.setDefault(True)
        row.addWidget(self.act)
        row.addStretch(1)
        row.addWidget(self.back)
        column.addLayout(row)
        self.back.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        self.reason.textChanged.connect(self._typed)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_with(self, before: str) -> None:
        """Let a reason that was refused stand in the field again."""
        self._before = before
        self.reason.setPlainText(before)
        self.reason.moveCursor(QTextCursor.MoveOperation.End)

    def text(self) -> str:
        """The reason as typed."""
        return self.reason.toPlainText().strip()

    def reject(self) -> None:
        """Go back; ask first where a reason is typed."""
        if self.text() != self._before:
            from bedside.desktop.leave_dialog import may_leave

            words = self.tr("What you typed here is not recorded and would be lost.")
            if not may_leave(self, self.look, words, self.tr("&Leave without recording")):
                return
        super().reject()

    def _typed(self) -> None:
        self.act.setEnabled(bool(self.text()))


def ask_reason(parent: QWidget, look: Look, question: str, act: str, before: str = "") -> str:
    """Ask for a reason; "" when the person went back.

    Args:
        parent: the form or page that asks.
        look: fonts and colours.
        question: what is about to happen.
        act: the verb on the button that does it.
        before: what was typed when the act was refused, to be typed no second time.
    """
    dialog = ReasonDialog(look, question, act, parent)
    dialog.begin_with(before)
    try:
        return dialog.text() if dialog.exec() == QDialog.DialogCode.Accepted else ""
    finally:
        dialog.deleteLater()
