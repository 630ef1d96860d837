"""A field for a passphrase or PIN: dots on the screen, nothing of it left behind."""

from PySide6.QtCore import SIGNAL, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from bedside.desktop.plain_edit import RETURN_KEYS, PlainEdit


class SecretEdit(PlainEdit):
    """A line edit that shows dots; it cannot be copied from, and no keyboard learns from it.

    Signals:
        entered: Return was pressed.
    """

    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhHiddenText
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; Return says that all of it is there, and goes on where nobody waits for that."""
        waited_for = self.receivers(SIGNAL("entered()")) > 0
        if waited_for and Qt.Key(event.key()) in RETURN_KEYS:
            event.accept()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def take(self) -> str:
        """What was typed; the field is empty afterwards."""
        typed = self.text()
        self.clear()
        return typed
