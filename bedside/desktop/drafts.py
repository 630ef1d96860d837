"""What is typed and not recorded, in the whole window: named, noted, thrown away or kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bedside.desktop.direction import apart, forward
from bedside.desktop.frame import Frame
from bedside.desktop.session import Session
from bedside.desktop.spoken import keep_names
from bedside.ward.views.board import BoardRow
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


class Drafts(QObject):
    """Knows the drafts of a window's frame.

    Args:
        ward: its folder holds the note of how many there are.
        session: keeps the names.
        parent: the window.
    """

    def __init__(self, ward: Ward, session: Session, parent: "BedsideWindow") -> None:
        super().__init__(parent)
        session.not_known.connect(self._show_unsure)
        self._session = session
        self._window = parent
        self._ward = ward
        self._noted = 0

    def names(self, frame: Frame, *, typed: bool = False) -> list[str]:
        """Each draft by its infant (family and given name, bed) and page; then those of no infant."""
        called, drafts = self._session.names, frame.drafts(typed=typed)
        unsure, perhaps = self.unsure(frame), self._perhaps()
        found = [
            f"{called.get(each[0], '')}, {each[1]}" + (perhaps if each in unsure else "")
            for each in drafts
        ]
        return found + frame.other_drafts()

    def unsure(self, frame: Frame) -> list[tuple[int, str]]:
        """Infant and page of each draft whose save nobody can tell the fate of."""
        return frame.pages.unsure_drafts() if self._session.unsure else []

    def carried_names(self, frame: Frame) -> list[str]:
        """Those of the names whose page stays in the look in which it was begun."""
        called = self._session.names
        pages = frame.pages.carried_drafts() if frame.drafts() else []
        names = [f"{called.get(infant, '')}, {title}" for infant, title in pages]
        page = frame.commissioning
        return names + (page.drafts() if page is not None and page.property("carried") else [])

    def _show_unsure(self, _form: object, _words: object) -> None:
        self._window.show_drafts()

    def kept_names(self, frame: Frame) -> list[str]:
        """Those of the names whose typing waits as a draft when the window is closed."""
        kept = self._session.kept
        if kept is None or not kept.holds_all():
            return []
        infants = frame.pages.kept_drafts() if frame.drafts() else []
        named = {f"{self._session.names.get(infant, '')}, {title}" for infant, title in infants}
        named |= set(frame.other_drafts())
        perhaps = self._perhaps()
        return [name for name in self.names(frame) if name.removesuffix(perhaps) in named]

    def _perhaps(self) -> str:
        """What stands behind the name of a draft whose save nobody can tell the fate of."""
        return self.tr(" (perhaps recorded already)")

    def know(self, rows: Sequence[BoardRow]) -> None:
        """Learn the infants of the ward list by names that tell two of one family apart."""
        self._session.names = {
            row.infant_id: forward(f"{apart(row.family)} {apart(row.given)}")
            + (self.tr(" (bed {0})").format(row.bed) if row.bed else "")
            for row in rows
        }
        keep_names(self._ward, rows)

    def show(self, frame: Frame, kept: Sequence[str] = ()) -> None:
        """Name them on the status line, those kept for others too, and note how many there are."""
        laid_by = () if self._session.kept is None else self._session.kept.laid_by()
        names = [*self.names(frame, typed=True), *laid_by, *kept]
        frame.status.show_drafts(names)
        self.note(len(names))

    def note(self, count: int) -> None:
        """Note how many there are, so that the next session can say what this one may have lost."""
        if count != self._noted:
            from bedside.ward.unrecorded import note_drafts

            note_drafts(self._ward, count)
            self._noted = count

    def tell_of_last_session(self, frame: Frame, kept: int = 0) -> None:
        """Say once, at the start, what the session before may not have recorded.

        Args:
            frame: where it is said.
            kept: how much of it was kept: whoever typed it is told so by itself.
        """
        from bedside.ward.unrecorded import left_by_last_session

        left = left_by_last_session(self._ward)
        if not left or kept >= _many(left):
            return
        words = self.tr(
            "The last session broke off: {0}. What was typed then may not be recorded: look, and "
            "type it again where it is missing."
        )
        frame.not_saved.tell(words.format(left))

    def begin_keeping(self, window: "BedsideWindow") -> None:
        """From now on what is typed is kept over a crash; tell what was kept over the last one."""
        from bedside.desktop.kept_typing import KeptTyping

        self._session.kept = KeptTyping(window)
        self.tell_of_last_session(window.frame, len(self._session.kept.waiting))
        self._session.kept.tell()

    def keep(self) -> None:
        """Keep what is typed as it stands now: the forms are put away."""
        if self._session.kept is not None:
            self._session.kept.keep()

    def end(self) -> None:
        """A clean end: nothing is left over."""
        if self._session.kept is not None:
            self._session.kept.end()
            self._session.kept = None
        from bedside.ward.unrecorded import note_drafts

        note_drafts(self._ward, 0)


def _many(left: str) -> int:
    """How many drafts a note tells of; one, where it does not say."""
    first = left.partition(" ")[0]
    return int(first) if first.isdecimal() and first.isascii() else 1
