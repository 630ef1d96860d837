"""Which way the screen is written and read: that of its language, never that of the workstation.

Decision: every language that ships is written from left to right, so the window is, too, also where the
workstation speaks Arabic or asks Qt to turn windows round. A turned window would set the figures and
signs of an English sentence in another order ("88 per µL" read backwards is another count). And whatever
the language, time runs from left to right on everything that draws it.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintDevice, QPainter
from PySide6.QtWidgets import QApplication, QWidget


def face_as_language(application: QApplication) -> None:
    """Let every window read the way its language does; a language from right to left says so here."""
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def keep_time_forward(drawing: QWidget) -> None:
    """Let time run from left to right on a drawing, and its figures stand before their units."""
    drawing.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def time_painter(ground: QPaintDevice) -> QPainter:
    """A painter whose words begin at the left: Qt's own goes by the application, not by what it paints on."""
    painter = QPainter(ground)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return painter
