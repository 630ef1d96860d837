"""A line edit that changes only by typing; Return goes on to the next field."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

STILL_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
RETURN_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class PlainEdit(QLineEdit):
    """A line edit that changes only by typing; Return goes to the next field, as a scanner needs.

    Args:
        name: its accessible name.

    ``goes_on`` says where Return goes, where that is another place than Tab's; None is Tab's.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.goes_on: Callable[[], QWidget | None] | None = None
        self.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel pass by: it scrolls the page and changes nothing here."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; Return moves on and never presses a button, up and down do nothing."""
        key = Qt.Key(event.key())
        if key in RETURN_KEYS:
            event.accept()
            self._go_on()
        elif key in STILL_KEYS or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            # Alt with a letter or digit is a command that found no door: never a typed figure
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        target = None if self.goes_on is None else self.goes_on()
        if target is None:
            self.focusNextChild()
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)
