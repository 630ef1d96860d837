"""Shows what other stations have recorded, within two seconds, without moving anything under a hand.

What is in sight is read again where it stands: rows keep their places, the chosen row stays chosen, lists
stay scrolled where they were, typed text and the cursor in it stay. Nothing is done while a form or a
menu is open or a button is held down: what is under it is shown as soon as that is over.
"""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QWidget,
)
from shiboken6 import isValid

from bedside.desktop.save import RefusalNote
from bedside.units.refusal import Refused
from bedside.ward.others import anything_new, shown_again, who_is_here

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

_LOOK_MS = 300


class OthersSaves(QObject):
    """Watches for one window; it goes with it.

    Args:
        window: its ward lies on a server.
    """

    def __init__(self, window: "BedsideWindow") -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Show what is new, if nobody's hand is on anything."""
        window = self._window
        if self._busy() or not anything_new(window.ward):
            return
        if not self._person_stands():
            return
        stood = _State.of(window.frame)
        try:
            shown = shown_again(window.ward, window.read_anew)
        except Refused:
            shown = window.show_board()  # the infant in sight is not on this ward any more
        if shown:
            stood.put_back()

    def _person_stands(self) -> bool:
        """Take up what another station changed of who is signed in here; one who has ended reads no more."""
        window = self._window
        try:
            who = who_is_here(window.ward)
        except Refused as ended:
            if window.locking is not None:
                window.locking.turn_out(ended.reasons)
            return False
        if who:
            window.session.change_who(who)
        return True

    def _busy(self) -> bool:
        locking = self._window.locking
        return (
            (locking is not None and locking.locked)
            or QApplication.activeModalWidget() is not None
            or QApplication.activePopupWidget() is not None
            or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        )


class _Place(Struct, frozen=True):
    """Where a list was scrolled to, and which row was chosen in it, by its words."""

    area: QAbstractScrollArea
    across: int
    down: int
    row: tuple[str, ...] = ()


class _State(Struct, frozen=True):
    """Where everything in sight stood."""

    places: tuple[_Place, ...]
    focus: QWidget | None
    said: tuple[tuple[RefusalNote, tuple[str, ...]], ...]

    @staticmethod
    def of(frame: QWidget) -> "_State":
        """As it stands now."""
        areas = frame.findChildren(QAbstractScrollArea)  # also those behind another part of a page
        lists = (area for area in areas if not isinstance(area, QHeaderView))
        said = RefusalNote.said_on(frame)
        return _State(tuple(map(_place, lists)), frame.window().focusWidget(), said)

    def put_back(self) -> None:
        """As it stood; the lists once more when they have been laid out anew."""
        self._put_lists_back()
        QTimer.singleShot(0, self._put_lists_back)
        for note, reasons in self.said:  # whoever was refused has not read it yet
            if isValid(note) and not note.text():
                note.show_reasons(reasons)
        if self.focus is None or not isValid(self.focus):
            return
        now: QWidget | None = self.focus.window().focusWidget()
        if now is not self.focus:
            self.focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_lists_back(self) -> None:
        for place in self.places:
            if not isValid(place.area):
                continue
            if place.row and isinstance(place.area, QAbstractItemView):
                _choose(place.area, place.row)
            place.area.horizontalScrollBar().setValue(place.across)
            place.area.verticalScrollBar().setValue(place.down)


def _place(area: QAbstractScrollArea) -> _Place:
    row = _words(area, area.currentIndex().row()) if isinstance(area, QAbstractItemView) else ()
    across, down = area.horizontalScrollBar().value(), area.verticalScrollBar().value()
    return _Place(area, across, down, row)


def _words(view: QAbstractItemView, row: int) -> tuple[str, ...]:
    """What stands in a row; () for none."""
    model = view.model()
    if row < 0:
        return ()
    cells = (model.index(row, column).data() for column in range(model.columnCount()))
    return tuple(str(cell or "") for cell in cells)


def _choose(view: QAbstractItemView, words: tuple[str, ...]) -> None:
    """Choose the row with these words again, where the list has lost it: the one most like it."""
    model = view.model()
    if _words(view, view.currentIndex().row()) == words:
        return
    like = {row: _alike(_words(view, row), words) for row in range(model.rowCount())}
    best = max(like, key=lambda row: like[row], default=-1)
    if best >= 0 and like[best]:
        view.setCurrentIndex(model.index(best, max(view.currentIndex().column(), 0)))


def _alike(row: tuple[str, ...], words: tuple[str, ...]) -> int:
    """How many cells are the same; none where the first, which names the row, is another."""
    if row[:1] != words[:1]:
        return 0
    return sum(one == other for one, other in zip(row, words, strict=False))
