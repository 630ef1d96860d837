"""Locks the screen and opens it again: who is signed in, whose drafts wait, what is hidden.

Decision: each person who leaves typed text behind keeps her own frame of the window, with every form
as it stood; somebody else gets a fresh one and is told whose drafts wait. While it is locked, nothing
of the frame is in the window or in the tree that a screen reader reads.
"""

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QShortcut
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from bedside.desktop.ahead import make_pages
from bedside.desktop.frame import Frame
from bedside.desktop.idle import Idle
from bedside.desktop.idle_warning import IdleWarning
from bedside.desktop.lock_page import LockPage
from bedside.desktop.look import Look
from bedside.desktop.put_away import PutAway, put_dialogs_away
from bedside.desktop.session import Session
from bedside.desktop.theme_change import wear
from bedside.desktop.window import BedsideWindow
from bedside.ward.people import people
from bedside.ward.roles import role_book
from bedside.ward.signing_in import end_session
from bedside.ward.ward import Ward


class Kept(Struct, frozen=True):
    """What somebody left behind: her frame with its drafts, her open forms, and her theme."""

    frame: Frame
    away: list[PutAway]
    look: Look


class Locking(QObject):
    """The lock of one window; made where the ward has people.

    Args:
        window: the window; it asks this for another person, and before it closes.
        ward: the open ward.
        session: who records; its ``why_not`` says from now on what a role may not do.
    """

    def __init__(self, window: BedsideWindow, ward: Ward, session: Session) -> None:
        super().__init__(window)
        self._window, self._ward, self._session = window, ward, session
        self._whose: int | None = None  # whose frame the window's is
        self._kept: dict[int, Kept] = {}
        self._away: list[PutAway] = []
        self._frame: Frame | None = None  # while locked: what was in the window
        self._focus: QWidget | None = None
        self._ours = False
        self.page: LockPage | None = None
        self.warning = IdleWarning(window, window.look)
        self.idle = Idle(ward.now, self._limit_s)
        self.idle.over.connect(self.lock)
        self.idle.asked.connect(self.lock)
        self.idle.soon.connect(self._warn)
        QGuiApplication.clipboard().dataChanged.connect(self._copied)
        session.why_not = self._why_not
        window.locking = self

    # ---- what others ask ------------------------------------------------------------------
    @property
    def locked(self) -> bool:
        """Whether nothing may be read now."""
        return self.page is not None

    def begin(self) -> None:
        """Before the window is shown: nobody is signed in."""
        self._session.change_who("")
        self._cover(choosing=True)

    def lock(self) -> None:
        """Lock the screen; whose session it is unlocks it."""
        self._cover(choosing=False)

    def change_person(self) -> None:
        """Let another person sign in; what was typed stays with who typed it."""
        self._cover(choosing=True)

    def sign_out(self) -> None:
        """End the session that runs; what was typed stays with who typed it."""
        self._window.drafts.keep()
        end_session(self._ward, self._ward.now())
        self._session.change_who("")
        if self.page is None:
            self._cover(choosing=True)
        else:
            self._show_page(choosing=True)

    def turn_out(self, reasons: tuple[str, ...]) -> None:
        """End the session that runs, because another station has ended the account; say why."""
        self.sign_out()
        if self.page is not None:
            self.page.refusals.show_reasons(reasons)

    def drafts_of(self) -> tuple[str, ...]:
        """The names of others whose typed, unrecorded text waits for them."""
        names = {person.id: person.name for person in people(self._ward, ended=True)}
        return tuple(names[whose] for whose in self._kept)

    def frames_kept(self) -> tuple[Frame, ...]:
        """The frames of others that wait for them."""
        return tuple(kept.frame for kept in self._kept.values())

    def end(self) -> None:
        """The window closes: nothing of anybody is kept."""
        self.idle.end()
        QGuiApplication.clipboard().dataChanged.disconnect(self._copied)
        self._clear_clipboard()
        for kept in self._kept.values():
            for away in kept.away:
                away.dialog.done(0)
            kept.frame.deleteLater()
        self._kept.clear()
        if self._frame is not None:
            self._frame.deleteLater()
            self._frame = None

    # ---- locking ------------------------------------------------------------------------------
    def _cover(self, *, choosing: bool) -> None:
        if self.page is not None:
            return
        self.idle.end()
        self.warning.hide()
        ours = not self._window.isVisible() or _is_typed_into()  # asked before forms are hidden
        self._focus = self._window.focusWidget()
        self._window.drafts.keep()
        self._away = put_dialogs_away()
        QToolTip.hideText()
        self._clear_clipboard()
        self._frame = self._window.frame
        self._window.takeCentralWidget()
        self._shortcuts(on=False)
        self._show_page(choosing=choosing, ours=ours)
        # should the program be killed, the next start says so, and offers what could be kept of it
        self._window.drafts.note(len(self._all_drafts()))
        self._session.locked.emit()

    def _show_page(self, *, choosing: bool, ours: bool = True) -> None:
        page = LockPage(
            self._ward, self._window.look, choosing=choosing, drafts_of=self._all_drafts
        )
        page.opened.connect(self._opened)
        page.left.connect(self.sign_out)
        self.page = page
        self._window.setCentralWidget(page)  # an older one goes by itself
        page.take_focus()
        if ours:
            # a form that was put away had the keyboard: once it is gone, the window takes it back
            QTimer.singleShot(0, page, page.take_keyboard)

    def _all_drafts(self) -> tuple[str, ...]:
        """Whose drafts wait, those of who locked the screen included."""
        names = {person.id: person.name for person in people(self._ward, ended=True)}
        mine = (self._whose,) if self._whose is not None and self._left_something() else ()
        return tuple(names[whose] for whose in (*mine, *self._kept))

    def _left_something(self) -> bool:
        return bool(self._away) or bool(self._window.own_drafts())

    # ---- opening ------------------------------------------------------------------------------
    def _opened(self) -> None:
        signed_in = self._ward.signed_in
        frame, self._frame, self.page = self._frame, None, None
        if signed_in is None or frame is None:
            raise RuntimeError("a screen is opened by somebody, and was something before")
        self._shortcuts(on=True)
        away, focus = self._away, self._focus
        self._away, self._focus = [], None
        if signed_in.person_id == self._whose or (self._whose is None and not away):
            self._window.take(frame)
        else:
            frame, away = self._hand_over(frame, away, signed_in.person_id)
            focus = None
        self._window.frame.show()
        self._whose = signed_in.person_id
        self._session.change_who(signed_in.who)
        self._window.read_anew()
        self.warning = IdleWarning(self._window, self._window.look)
        self.idle.begin()  # first of all: whatever a form does, the next lock comes
        for put_away in away:
            put_away.bring_back()
        if not away and focus is not None and frame.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        from bedside.desktop.vial_door import clock_again

        clock_again(self._window)
        make_pages(self._window)

    def _hand_over(self, frame: Frame, away: list[PutAway], to: int) -> tuple[Frame, list[PutAway]]:
        """Give the window to another person: her own frame, or a fresh one."""
        kept = self._kept.pop(to, None)
        left = bool(away) or bool(self._window.own_drafts())
        if left and self._whose is not None:
            self._kept[self._whose] = Kept(frame, away, self._window.look)
        if kept is not None:
            if not left:
                frame.deleteLater()
            wear(self._window, kept.look)
            self._window.take(kept.frame)
            return kept.frame, kept.away
        if left:
            self._window.make_frame()
        else:
            self._window.take(frame)
        self._window.show_board()
        return self._window.frame, []

    # ---- small things ---------------------------------------------------------------------
    def _limit_s(self) -> int:
        return self._ward.site.idle_minutes * 60

    def _warn(self, seconds: int) -> None:
        self.warning.show(seconds)

    def _why_not(self, act: str) -> str:
        from bedside.desktop.permits import TO_READ

        signed_in = self._ward.signed_in
        if self._ward.read_only and act not in TO_READ:
            return self.tr(
                "Nothing can be recorded in what can only be read. Write it on paper, and enter it "
                "in the ward once it is open again."
            )
        return "" if signed_in is None else role_book().why_not(signed_in.roles, act)

    def _shortcuts(self, *, on: bool) -> None:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for shortcut in self._window.findChildren(QShortcut, options=direct):
            shortcut.setEnabled(on)

    def _copied(self) -> None:
        """Remember whether what the clipboard holds came from here."""
        self._ours = QApplication.activeWindow() is not None

    def _clear_clipboard(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if self._ours or clipboard.ownsClipboard():
            clipboard.clear(QClipboard.Mode.Clipboard)
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        self._ours = False


def _is_typed_into() -> bool:
    """Whether this program has the keyboard: one in front of it is never typed out of by a lock."""
    return QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
