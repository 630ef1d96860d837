"""The search in the top bar and the ward list: what is typed is looked for, and how to come back."""

from PySide6.QtCore import QObject, Qt, Signal

from bedside.desktop.board_model import Limit
from bedside.desktop.frame import Frame
from bedside.desktop.session import Session


class ListSearch(QObject):
    """Lets the search field of a frame look through its ward list.

    Decision: when another person records, the whole list is shown again: she would not know what the
    one before left out. Whoever unlocks her own screen finds her filter as it was, with its words.

    Signals:
        list_asked: the ward list is wanted; it may stay away when the person says so.
        shown: other infants are shown than before.
    """

    list_asked = Signal()
    shown = Signal()

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame)
        self._frame, self._field, self._page = frame, frame.topbar.search, frame.board_page
        self._field.textEdited.connect(self._look_for)
        self._field.left.connect(self._leave)
        self._field.entered.connect(self._enter)
        self._field.given_up.connect(self.give_up)
        session.who_changed.connect(self._another_person)

    def begin(self) -> None:
        """Go to the field, ready for another word."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter leaves infants out."""
        return bool(self._field.text()) or self._page.model.limit != Limit()

    def give_up(self) -> None:
        """Show the whole list again."""
        self._field.clear()
        self._page.model.limit_to(Limit())
        self._page.model.search("")
        self.shown.emit()
        if self._frame.on_list:
            self._page.take_focus()

    def _another_person(self) -> None:
        if self.narrowed:
            self.give_up()

    def _look_for(self, text: str) -> None:
        if not self._on_list():
            self._field.clear()
            return
        self._page.model.search(text)
        self._page.choose(None)
        self.shown.emit()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        """Open the one infant who is found; between two of one name the person chooses on the list."""
        typed = bool(self._field.text().strip())
        if not (typed and self._frame.on_list and self._page.open_only()):
            self._leave()

    def _leave(self) -> None:
        if self._on_list():
            self._page.take_focus()

    def _on_list(self) -> bool:
        if not self._frame.on_list:
            self.list_asked.emit()
        return self._frame.on_list
