"""The keys that work in the whole window; the page of shortcuts lists them."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def add_shortcuts(window: "BedsideWindow", pages: int) -> None:
    """Add the keys.

    Args:
        window: the window.
        pages: how many pages an infant has: Ctrl+1, Ctrl+2 … open them.
    """
    keys = {
        "Ctrl+K": window.to_search,
        "Ctrl+N": window.enrol,
        "F5": window.read_again,
        "Esc": window.back,
        "?": window.show_keys,
        "F4": window.show_ward_round,
    }
    for key, act in keys.items():
        QShortcut(QKeySequence(key), window).activated.connect(act)
    for number in range(pages):
        shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), window)
        shortcut.setObjectName(str(number))
        shortcut.activated.connect(window.page_key)
