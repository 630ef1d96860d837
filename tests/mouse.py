"""A double click as a hand makes it: QTest's own leaves the button held, for every test after it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


def double_click(target: QWidget, at: QPoint | None = None) -> None:
    """The second press of a double click with the left button, and its release.

    Args:
        target: the widget.
        at: where in it, in its own points; its middle where none is given.
    """
    spot = target.rect().center() if at is None else at
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=spot)
