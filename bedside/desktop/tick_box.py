"""A box to tick, drawn in the colours of the look: its edge is seen on every ground."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractButton, QCheckBox

from bedside.desktop.look import Look


def tick_box(words: str, look: Look, high: int) -> QCheckBox:
    """Return a box that nobody has ticked yet.

    Args:
        words: beside it.
        look: fonts and colours.
        high: its least height, in pixels at 100 %.
    """
    box = QCheckBox(words)
    box.setMinimumHeight(look.px(high))
    show_edge(box, look)
    return box


def show_edge(box: QAbstractButton, look: Look) -> None:
    """Give a box to tick, or a dot to choose, a ground and an edge that are seen on every ground."""
    colours = box.palette()
    colours.setColor(QPalette.ColorRole.Base, look.colour("surface"))
    colours.setColor(QPalette.ColorRole.Window, look.colour("edge"))
    colours.setColor(QPalette.ColorRole.Text, look.colour("ink"))
    box.setPalette(colours)
