"""What a person sees at a step: the whole window, with the forms and menus that stand over it."""

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget


def seen(window: QWidget) -> QPixmap:
    """Draw a window and what stands over it, each in its place.

    Args:
        window: is in sight.

    Returns:
        A picture as large as the window.
    """
    drawn = window.grab()
    over = [one for one in QApplication.topLevelWidgets() if one is not window and one.isVisible()]
    front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    over.sort(key=lambda one: one is front)  # what has the keyboard lies uppermost
    with QPainter(drawn) as painter:
        for one in over:
            at = one.geometry().topLeft() - window.geometry().topLeft()
            painter.drawPixmap(at, one.grab())
            painter.drawRect(one.rect().translated(at).adjusted(-1, -1, 0, 0))
    return drawn
