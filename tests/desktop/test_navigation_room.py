"""The doors of the navigation: no letter is cut by the line of the key below it, however low the window."""

import pytest
from PySide6.QtGui import QColor, QFontMetrics

from bedside.desktop.look import Look
from bedside.desktop.navigation import Door, door_style


def ink_rows(door: Door) -> int:
    """From the first to the last row of pixels with ink in the part of the words."""
    picture, ground = door.grab().toImage(), QColor(door._look.colour("surface"))
    rows = [
        y
        for y in range(picture.height())
        if any(picture.pixelColor(x, y) != ground for x in range(8, picture.width() - 8))
    ]
    return rows[-1] - rows[0] + 1


@pytest.mark.parametrize("percent", [100, 125])
@pytest.mark.parametrize("high", [56, 58, 64])
def test_descenders_are_whole_in_every_height(qtbot, percent, high):
    look = Look("light", percent)
    door = Door("backup", "", look)
    door.setObjectName("navigation")
    door.setFont(look.font("body", "medium"))
    door.setText("Sjgpy")
    ground = look.colour("surface").name()
    door.setStyleSheet(f"{door_style(look)}QToolButton {{ background: {ground}; }}")
    door.setFixedWidth(look.measure("nav_width"))
    qtbot.addWidget(door)
    door._icon = False
    door.setFixedHeight(look.px(high))
    door.show()
    needed = QFontMetrics(door.font()).tightBoundingRect(door.text()).height()
    assert ink_rows(door) >= needed - 1
