"""A calm table whose rows are doors: Enter or a double click opens what the row in focus is about."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from bedside.desktop.look import Look
from bedside.desktop.plain_edit import RETURN_KEYS
from bedside.desktop.plain_table import PlainTable

_LAST_LEAST = 48


class DoorTable(PlainTable):
    """Rows that open.

    Signals:
        opened: Enter or a double click on the row in focus.
    """

    opened = Signal()

    def __init__(self, accessible_name: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(accessible_name, look, parent)
        # the last column takes what is left, also where that is little: no bar to scroll sideways
        self.horizontalHeader().setDefaultSectionSize(look.px(_LAST_LEAST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row; held down it opens once."""
        if event.key() in RETURN_KEYS:
            event.accept()
            if not event.isAutoRepeat() and self.currentIndex().isValid():
                self.opened.emit()
            return
        super().keyPressEvent(event)
