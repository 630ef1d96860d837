"""The words over the window in the last seconds before the screen is locked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import isValid

from bedside.desktop.look import Look


class IdleWarning:
    """Shows the seconds that are left over whatever window is in front.

    Args:
        window: the main window, where no dialog is open.
        look: fonts and colours.
    """

    def __init__(self, window: QWidget, look: Look) -> None:
        self._window, self._look = window, look
        self._label: QLabel | None = None

    def show(self, seconds: int) -> None:
        """Say how many seconds are left; 0 takes the words away."""
        if seconds <= 0:
            self.hide()
            return
        front = QApplication.activeModalWidget() or self._window
        label = self._label
        if label is None or not isValid(label) or label.parentWidget() is not front:
            self.hide()
            label = self._label = self._made(front)
        text = label.tr("Locks in {0} s. Press any key or move the mouse to go on.")
        label.setText(text.format(seconds))
        label.setAccessibleName(label.text())
        label.adjustSize()
        label.move((front.width() - label.width()) // 2, 6)
        label.show()
        label.raise_()

    def hide(self) -> None:
        """Take the words away."""
        label, self._label = self._label, None
        if label is not None and isValid(label):
            label.hide()
            label.setParent(None)  # at once: a form that is put away now does not keep it
            label.deleteLater()

    def _made(self, front: QWidget) -> QLabel:
        made = QLabel(front)
        made.setFont(self._look.font("course_day", "bold"))
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setStyleSheet(
            f"QLabel {{ background: {self._look.colour('ink').name()};"
            f" color: {self._look.colour('surface').name()}; padding: 8px 16px;"
            " border-radius: 4px; }"
        )
        return made
