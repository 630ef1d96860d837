"""Finds two things of one window that answer to the same letter with Alt: then neither does what it says."""

from collections.abc import Iterator

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from bedside.desktop.spoken import spoken


def alike_in(window: QWidget) -> list[str]:
    """Every Alt letter of a window that two things in sight have, in the language of the screen."""
    found: dict[str, list[str]] = {}
    for keys, name in _letters(window):
        names = found.setdefault(keys, [])
        if name not in names:
            names.append(name)
    return [f"{keys}: {', '.join(names)}" for keys, names in found.items() if len(names) > 1]


def _letters(window: QWidget) -> Iterator[tuple[str, str]]:
    for button in window.findChildren(QAbstractButton):
        if button.isVisibleTo(window) and button.shortcut().toString().startswith("Alt+"):
            yield button.shortcut().toString(), repr(spoken(button.text()))
    for name in window.findChildren(QLabel):
        letter = QKeySequence.mnemonic(spoken(name.text()))
        if name.buddy() is not None and name.isVisibleTo(window) and not letter.isEmpty():
            yield letter.toString(), repr(spoken(name.text()))
    for key in window.findChildren(QShortcut):
        owner = key.parent()
        seen = owner is window or (isinstance(owner, QWidget) and owner.isVisibleTo(window))
        if seen and key.key().toString().startswith("Alt+"):
            yield key.key().toString(), f"a key of {type(owner).__name__} {id(key)}"
