"""How much room the screen has that a window stands on.

Decision: never `QWidget.screen()` or `QWindow.screen()`. PySide makes the screen a part of the widget that was
asked, and lets go of it with the widget: after enough forms had come and gone, Qt asked a screen that was no
more, and the program ended as the next form opened (a segmentation fault in `QScreen::virtualSiblings`).
"""

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def room_of(window: QWidget) -> QRect:
    """The part of a screen that windows may cover, in its pixels.

    Args:
        window: stands on it; while it is not shown yet, the window above it does.
    """
    above = window.parentWidget()
    shown = window if window.isVisible() or above is None else above
    middle = shown.window().frameGeometry().center()
    screen = QGuiApplication.screenAt(middle) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
