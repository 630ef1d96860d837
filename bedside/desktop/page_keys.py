"""Keys that nothing on a page took: Return presses the button with the keyboard, none fails in silence."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from bedside.desktop.plain_edit import RETURN_KEYS

if TYPE_CHECKING:
    from bedside.desktop.frame import Frame
    from bedside.desktop.window import BedsideWindow

_NEED_A_PAGE = {
    (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_P): "Ctrl+P",
    (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_D): "Alt+D",
}


def to_page(window: "BedsideWindow", index: int) -> None:
    """Go to a page of the infant in sight; from the ward list, to that page of the chosen infant.

    Args:
        window: the window.
        index: the place of the page among an infant's.
    """
    frame = window.frame
    if frame.on_patient:
        window.show_page(index)
        return
    chosen = window.board_page.chosen if frame.on_list else None
    if chosen is None:
        frame.status.say(_needs_infant(f"Ctrl+{index + 1}", on_list=frame.on_list))
    elif window.open_infant(chosen):
        window.show_page(index)


def say_why_nothing(frame: "Frame", event: QKeyEvent) -> bool:
    """Say why a key of an infant's pages does nothing here; False for any other key.

    Args:
        frame: the frame in sight.
        event: a key that nothing in the frame took.
    """
    key = _NEED_A_PAGE.get((event.modifiers(), Qt.Key(event.key())))
    if key is None or frame.on_patient or frame.blind is not None:  # an open check says it itself
        return False
    frame.status.say(_needs_infant(key, on_list=frame.on_list))
    return True


def press_by_return(frame: "Frame", event: QKeyEvent) -> bool:
    """Press the button that has the keyboard, as Return does in every form; False for any other key.

    Args:
        frame: the frame in sight.
        event: a key that nothing in the frame took.
    """
    at = None if frame.blind is not None else button_in_hand(frame)  # a scanner ends with Return
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in RETURN_KEYS or held or at is None:
        return False
    if not event.isAutoRepeat():
        at.click()
    return True


def button_in_hand(within: QWidget) -> QPushButton | QToolButton | None:
    """The button that has the keyboard: a page that takes Return for itself leaves it to this one.

    Args:
        within: a page or the frame.
    """
    at = within.window().focusWidget()
    return at if isinstance(at, QPushButton | QToolButton) and within.isAncestorOf(at) else None


def _needs_infant(key: str, *, on_list: bool) -> str:
    if on_list:
        words = QCoreApplication.translate(
            "PageKeys", "{0} is a key of an infant's pages: choose a row and press Enter first."
        )
    else:
        words = QCoreApplication.translate(
            "PageKeys", "{0} is a key of an infant's pages: go to the ward list (Ctrl+0) first."
        )
    return words.format(key)
