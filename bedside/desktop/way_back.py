"""The way back from a page that is read in between: Esc leads to where she was, with the keyboard there.

Decision: only pages that are looked things up on keep a way; from every other page Esc leads to the ward
list. Whoever takes another door in between is on a new way: nothing leads back across it.
"""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


class Place(Struct, frozen=True):
    """Where she was: the page, the door it lies behind, and what on it had the keyboard last."""

    page: QWidget
    door: QAbstractButton | None
    focus: QWidget | None


class WayBack(QObject):
    """The places from which she came, the last one last; of one frame, and gone with it.

    Args:
        window: the window.
    """

    def __init__(self, window: "BedsideWindow") -> None:
        super().__init__(window.frame)
        self._window = window
        self._places: list[Place] = []
        self._here: QWidget | None = None

    def place(self) -> Place | None:
        """Where she is now; taken before another page comes into sight."""
        window = self._window
        doors = window.navigation.findChildren(QAbstractButton)
        door = next((door for door in doors if door.isChecked()), None)
        page: QWidget | None = window.stack.currentWidget()
        # its own: a door that was pressed has the keyboard by now
        return None if page is None else Place(page, door, page.focusWidget())

    def went(self, page: QWidget, origin: Place | None) -> None:
        """Note that she went to a page; one that is on the way already ends the way there.

        Args:
            page: the page in sight now.
            origin: where she was before.
        """
        if origin is None or origin.page is page:
            return
        if self._here is not origin.page:
            self._places.clear()
        on_the_way = [place.page for place in self._places]
        if page in on_the_way:
            del self._places[on_the_way.index(page) :]
        else:
            self._places.append(origin)
        self._here = page

    def back(self) -> bool:
        """Go back one step: within the page first, then to where she was; False where there is none."""
        there = self._window.stack.currentWidget()
        step = getattr(there, "step_back", None)
        if step is not None and step():
            return True
        if there is None or there is not self._here or not self._places:
            return False
        place = self._places.pop()
        before = list(self._places)
        self._return_to(place)
        arrived = self._window.stack.currentWidget()
        self._places, self._here = before, arrived
        if arrived is place.page:
            _focus_again(arrived, place.focus)
        return True

    def _return_to(self, place: Place) -> None:
        window = self._window
        if window.frame.infant_id is not None and place.page is window.pages:
            window.frame.show_patient()
            window.read_again()
        elif place.door is not None:
            place.door.click()
        else:
            from bedside.desktop.handover_door import show_handover

            show_handover(window)  # the one page behind a key and no door


def _focus_again(page: QWidget, focus: QWidget | None) -> None:
    """Give the keyboard back to what had it, where that is still there."""
    if focus is None or not isValid(focus):
        return
    if page.isAncestorOf(focus) and focus.isVisible():
        focus.setFocus(Qt.FocusReason.OtherFocusReason)


def way_of(window: "BedsideWindow") -> WayBack:
    """The way of the frame in sight; a new one before the first step."""
    return window.frame.findChild(WayBack) or WayBack(window)


def go_back(window: "BedsideWindow") -> None:
    """Go back to where she was; from a page without a way to the ward list."""
    if not way_of(window).back():
        window.back()
