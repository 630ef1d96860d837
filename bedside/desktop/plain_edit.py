"""Fields that change only by typing: one line, and a few lines for a reason."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from bedside.desktop.tall_area import bring_into_sight

STILL_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
RETURN_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def is_command(event: QKeyEvent) -> bool:
    """Whether a key is Alt with a letter or digit: a command that found no door, never typed text.

    With Control, too, it is how some keyboards send AltGr, which does type.
    """
    held = event.modifiers()
    return bool(held & Qt.KeyboardModifier.AltModifier) and not (
        held & Qt.KeyboardModifier.ControlModifier
    )


def undoes_nothing(event: QEvent, available: bool) -> bool:
    """Whether a field is asked to keep Ctrl+Z for itself and has nothing typed to undo."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.matches(QKeySequence.StandardKey.Undo)
        and not available
    )


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

    def event(self, event: QEvent) -> bool:
        """With nothing typed to undo, Ctrl+Z is the window's: it takes back what was recorded last."""
        if undoes_nothing(event, self.isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; Return moves on and never presses a button, up and down do nothing."""
        key = Qt.Key(event.key())
        if key in RETURN_KEYS:
            event.accept()
            self._go_on()
        elif key in STILL_KEYS or is_command(event):
            event.ignore()
        else:
            if event.text():
                bring_into_sight(
                    self
                )  # a page begins at its top: what is typed is seen all the same
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        target = None if self.goes_on is None else self.goes_on()
        if target is None:
            from bedside.desktop.first_field import go_on_from

            go_on_from(self)
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)


class PlainText(QPlainTextEdit):
    """A few lines of text: Tab leaves them, Return begins a new one.

    Args:
        name: its accessible name.
    """

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def event(self, event: QEvent) -> bool:
        """As in one line: with nothing to undo Ctrl+Z is the window's."""
        if undoes_nothing(event, self.document().isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; a command that found no door writes nothing."""
        if is_command(event):
            event.ignore()
        else:
            super().keyPressEvent(event)
