"""A line edit that changes only by typing; Return goes on to the next field."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

STILL_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
RETURN_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class PlainEdit(QLineEdit):
    """A line edit that changes only by typing; Return goes to the next field, as a scanner needs.

    Args:
        name: its accessible name.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel pass by: it scrolls the page and changes nothing here."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; Return moves on and never presses a button, up and down do nothing."""
        key = Qt.Key(event.key())
        if key in RETURN_KEYS:
            event.accept()
            self.focusNextChild()
        elif key in STILL_KEYS or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            # Alt with a letter or digit is a command that found no door: never a typed figure
            event.ignore()
        else:
            super().keyPressEvent(event)
