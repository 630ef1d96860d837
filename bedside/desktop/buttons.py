"""Buttons as high as a gloved finger needs."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from bedside.desktop.look import Look

SIGN_HIGH = 44  # what signs or stops something
FIELD_HIGH = 40
_EDGES = 2  # upper and lower together, in pixels


def make_tall(button: QPushButton, look: Look, high: int = SIGN_HIGH) -> None:
    """Make a button so many pixels high at 100 % (the style sheet's own least height would win otherwise)."""
    button.setAutoDefault(False)
    button.setFont(look.font("body", "strong"))
    button.setStyleSheet(f"QPushButton {{ min-height: {look.px(high) - _EDGES}px; }}")


def beside(*buttons: QPushButton) -> QHBoxLayout:
    """Return a row of buttons, from the left, as wide as their words."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
