"""Keys of the window while a dialog is over it: a page-like dialog makes room, any other says why not."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QToolTip, QWidget

if TYPE_CHECKING:
    from bedside.desktop.staying_dialog import StayingDialog

_SHOWN_MS = 8000
_FIRST, _LAST = Qt.Key.Key_F1, Qt.Key.Key_F35


def window_key(dialog: "StayingDialog", event: QKeyEvent) -> bool:
    """Take a key that belongs to the window below; a key that does nothing says why.

    Args:
        dialog: the dialog that has the keyboard; nothing in it took the key.
        event: the key.

    Returns:
        Whether the key is one of the window's.
    """
    below = dialog.parentWidget()
    function = _FIRST <= event.key() <= _LAST
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    if below is None or not (function or control):
        return False
    window = _lowest(below)
    act = _act_of(window, QKeySequence(event.keyCombination()))
    if act is None:
        return False
    if dialog.like_a_page and below.window() is window and not dialog.is_dirty():
        dialog.key_below = act
        dialog.reject()
        return True
    key = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.NativeText)
    words = QCoreApplication.translate(
        "KeysBelow", "{0} is a key of the window below. Go back first (Esc), then press it."
    )
    at = dialog.mapToGlobal(QPoint(dialog.width() // 3, dialog.height() - 8))
    QToolTip.showText(at, words.format(key), dialog, dialog.rect(), _SHOWN_MS)
    return True


def _lowest(widget: QWidget) -> QWidget:
    window = widget.window()
    while (parent := window.parentWidget()) is not None:
        window = parent.window()
    return window


def _act_of(window: QWidget, key: QKeySequence) -> Callable[[], None] | None:
    """What a key does in a window: one of its shortcuts, or a button that has it and can be pressed."""
    for shortcut in window.findChildren(QShortcut):
        held = shortcut.keys()
        if key in held and shortcut.parent() is window:
            return shortcut.activated.emit
    for button in window.findChildren(QAbstractButton):
        if button.window() is window and button.shortcut() == key and button.isEnabled():
            return button.click
    return None
