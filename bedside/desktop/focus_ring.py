"""A ring around what scrolls while the keyboard is on it: else nobody sees where the arrow keys go.

Decision: the ring lies over the area and takes no room. A border in the style sheet would take some, and
everything within would move each time the keyboard comes or goes.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QWidget


class FocusRing(QObject):
    """Rings a widget that is a tab stop and draws no ring of its own.

    Args:
        around: the widget.
    """

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self._around = around
        self._ring: QFrame | None = None  # made when the keyboard first comes
        around.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the ring, take it away, or fit it to another size; the event goes on."""
        if event.type() == QEvent.Type.FocusIn:
            self._show()
        elif self._ring is None:
            return False
        elif event.type() == QEvent.Type.FocusOut:
            self._ring.hide()
        elif event.type() == QEvent.Type.Resize:
            self._ring.setGeometry(self._around.rect())
        return False

    def _show(self) -> None:
        if self._ring is None:
            self._ring = QFrame(self._around)
            self._ring.setObjectName("focusring")
            self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.setGeometry(self._around.rect())
        self._ring.show()
        self._ring.raise_()
