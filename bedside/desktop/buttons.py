"""Buttons as high as a gloved finger needs."""

from PySide6.QtWidgets import QPushButton

from bedside.desktop.look import Look

SIGN_HIGH = 44  # what signs or stops something
FIELD_HIGH = 40


def make_tall(button: QPushButton, look: Look, high: int = SIGN_HIGH) -> None:
    """Make a button so many pixels high (the style sheet's own least height would win otherwise)."""
    button.setAutoDefault(False)
    button.setFont(look.font("body", "strong"))
    button.setStyleSheet(f"QPushButton {{ min-height: {high - 2}px; }}")
