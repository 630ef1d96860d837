"""Who sits at this workstation now, and where a fault of the program is noted."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from bedside.desktop.backup_clock import BackupClock
    from bedside.desktop.kept_typing import KeptTyping
    from bedside.ward.views.backup import BackupState
    from bedside.ward.ward import Ward


class Session(QObject):
    """One sitting at the workstation.

    Args:
        who: name and role of the person who records, "" until somebody says so.
        crash_folder: where fault notes go (nothing clinical in them), or what finds it when the
            first one is written; None keeps none.
        clock: gives the time for a fault note.

    Signals:
        who_changed: another person records from now on.
        not_saved: a save or the program failed; carries the form (or None) and the words.
        not_known: as `not_saved`, but it may be saved: nobody can say yet.
        saved: a form was saved; carries the form.
        locked: the screen is locked, or nobody is signed in any more.
        copies_seen: how old the last good copy is, was found out; carries a `BackupState`.
    """

    who_changed = Signal(str)
    not_saved = Signal(object, str)
    not_known = Signal(object, str)
    saved = Signal(object)
    locked = Signal()
    copies_seen = Signal(object)

    def __init__(
        self,
        who: str = "",
        crash_folder: Path | Callable[[], Path] | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__()
        self._who = who.strip()
        self._crash_folder = crash_folder
        self.clock = clock
        self.why_not: Callable[[str], str] = _nothing_against
        self.names: dict[
            int, str
        ] = {}  # infants of the ward list, told apart by given name and bed
        self.backups: BackupClock | None = None
        self.copies: BackupState | None = None
        self.kept: KeptTyping | None = None  # once the window is at work
        self.ward: Ward | None = None  # the window's
        # forms, with what they stand in, of which nobody can say whether they were saved
        self.unsure: WeakSet[QObject] = WeakSet()
        self._being_saved: object = None
        self.saved.connect(self._sure)

    @property
    def position(self) -> int:
        """How far the record reaches as this station knows it: a form notes it when it is opened."""
        return 0 if self.ward is None else self.ward.store.known_head.seq

    @property
    def who(self) -> str:
        """Name and role of the person who records; "" while nobody has said so."""
        return self._who

    @property
    def crash_folder(self) -> Path | None:
        """Where fault notes go; None keeps none."""
        folder = self._crash_folder
        return folder() if callable(folder) else folder

    def change_who(self, who: str) -> None:
        """Let another person record from now on."""
        who = who.strip()
        if who != self._who:
            self._who = who
            self.who_changed.emit(who)

    def note_unsure(self, form: object) -> None:
        """Nobody can say yet whether what stands in a form was saved."""
        self.unsure.update(_with_parents(form))

    def begin_saving(self, form: object) -> None:
        """What stands in a form is being saved: killed amid it, nobody can say whether it was."""
        self._being_saved = form
        if self.kept is not None:
            self.kept.keep()

    def is_amid_save(self, form: QObject) -> bool:
        """Whether a form, a part of it or the page that it was opened from is being saved just now."""
        at = self._being_saved
        return at is not None and (form in _with_parents(at) or at in _with_parents(form))

    def end_saving(self) -> None:
        """It was saved or it was not, and the form tells."""
        self._being_saved = None
        if self.kept is not None:
            self.kept.keep_soon()

    def _sure(self, form: object) -> None:
        self.unsure.difference_update(_with_parents(form))

    def see_copies(self, state: "BackupState") -> None:
        """Keep and tell how old the last good copy is."""
        self.copies = state
        self.copies_seen.emit(state)


def _with_parents(form: object) -> list[QObject]:
    found, at = [], form
    while isinstance(at, QObject):
        found.append(at)
        at = at.parent()
    return found


def _nothing_against(_act: str) -> str:
    """In a ward without people every name may do everything."""
    return ""
