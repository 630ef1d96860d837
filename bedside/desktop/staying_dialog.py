"""A dialog that outlives being hidden: when the screen is locked, what was typed in it stays.

Decision: Qt's own `exec` ends as soon as its dialog is hidden, and the form would be lost; here only
accepting or going back ends it. In a ward with people a role that may not do what the form is for is
told why before anything is typed.

A dialog is as high as its lines need at its own width: Qt asks only how high they are in the best case,
and what a refusal adds below would then lie over the last field.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from bedside.desktop.first_field import go_on_from
from bedside.desktop.permits import DIALOG_ACTS, READ_TOO
from bedside.desktop.plain_edit import RETURN_KEYS
from bedside.desktop.screen_room import room_of
from bedside.desktop.session import Session

MOST_HIGH, _FRAME = 720, 44  # on a screen of 768; the window's own title and the bar below
_TRIES = 4  # to lay out until all stands where it belongs; a fifth is left to the next turn


def give_keyboard_to(below: QWidget | None) -> None:
    """Ask for the keyboard for the window below a dialog that has gone.

    A window manager gives it to the window a dialog stood over by itself; but where that one goes in
    the same moment (a form, after the question whether to leave it), no window may have it then.
    """
    now = QApplication.activeModalWidget()
    window = below.window() if now is None and below is not None else now
    if window is not None and window.isVisible() and not window.isActiveWindow():
        window.activateWindow()


class StayingDialog(QDialog):
    """A dialog whose `exec` ends when it is answered, and not when it is hidden."""

    only_read = False  # records nothing: a lock closes it, and nobody is told of a draft
    like_a_page = False  # stands in the navigation: another door's key goes there at once
    key_below: Callable[[], None] | None = None  # what the window does when this dialog has gone
    _fitted = False  # the least height is this dialog's own from then on
    _scrolls = False  # its form scrolls: it gives room before the dialog has to move
    _laid = False  # open and laid out: from then on it does not go up under the hand
    _opened_high = 0

    def event(self, event: QEvent) -> bool:
        """Take the height that the lines need whenever they are laid out anew."""
        if event.type() == QEvent.Type.LayoutRequest and self._scrolls and self._laid:
            self._fit()  # before Qt lays it out: what gives room has given it, and nothing grows
        done = super().event(event)
        if event.type() == QEvent.Type.Show:
            self._opened_high = self.height()
            self._laid = False
            QTimer.singleShot(0, self, self._keep_its_place)
        elif event.type() == QEvent.Type.Resize and event.spontaneous():
            self._opened_high = self.height()  # a person made it as high as this
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        if event.type() == QEvent.Type.LayoutRequest:
            self._come_to_rest()
        return done

    def _come_to_rest(self) -> None:
        """Lay out at once what fitting changed; else Qt asks for it again, and that without end."""
        layout = self.layout()
        for _ in range(_TRIES):
            if layout is None or not layout.activate():  # everything stands where it belongs
                asked = QEvent.Type.LayoutRequest.value
                QCoreApplication.removePostedEvents(self, asked)
                return

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None or self.isHidden():
            return
        needed = layout.totalMinimumHeightForWidth(max(self.width(), self.minimumWidth()))
        room = self._room_here()
        high = min(self._high_within(room, needed), self._screen_room())
        if high > self.minimumHeight() or self._fitted:
            self._fitted = True
            self.setMinimumHeight(high)
        most = min(max(room, self._opened_high), self._screen_room())
        if self.height() > most:  # Qt itself grew it, before its form had made room
            self.resize(self.width(), max(high, most))
        if not (self._scrolls and self._laid):
            self._keep_on_screen()

    def _keep_its_place(self) -> None:
        self._laid = True

    def _room_here(self) -> int:
        """How high it may be: one that scrolls grows down to the edge of the screen, and never up."""
        room = self._most_high()
        if not (self._scrolls and self._laid):
            return room
        below = room_of(self).bottom() - self.geometry().top()
        return min(room, max(below, self.height()))

    def _most_high(self) -> int:
        """How high it may become: on a larger screen as much of it as on the smallest."""
        room = self._screen_room()
        return min(room, max(MOST_HIGH, room * 9 // 10))

    def _screen_room(self) -> int:
        return room_of(self).height() - _FRAME

    def _keep_on_screen(self) -> None:
        """What grew downwards over the edge of the screen goes up: the buttons are always in sight."""
        screen, frame = room_of(self), self.frameGeometry()
        over = frame.bottom() - screen.bottom()
        if over > 0:
            self.move(self.x(), max(screen.top(), self.y() - over))

    def _high_within(self, room: int, needed: int) -> int:
        """How high it is where its lines need so much; a form scrolls before it grows over the screen."""
        return min(needed, room)

    def exec(self) -> int:
        """Show the dialog and wait for its answer."""
        if not self._may_open():
            return QDialog.DialogCode.Rejected
        loop = QEventLoop()
        below = self.parentWidget()
        self.setModal(True)
        self.setResult(QDialog.DialogCode.Rejected)
        self.finished.connect(loop.quit)
        self.destroyed.connect(loop.quit)
        try:
            self.show()
            loop.exec()
        finally:
            self.finished.disconnect(loop.quit)
            self.destroyed.disconnect(loop.quit)
        give_keyboard_to(below)
        if self.key_below is not None and below is not None:
            QTimer.singleShot(0, below, self.key_below)
        return self.result()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the keyboard, and no other; from a field it goes on."""
        at = self.focusWidget()
        if event.key() not in RETURN_KEYS or at is None:
            from bedside.desktop.keys_below import window_key

            if window_key(self, event):
                event.accept()
            else:
                super().keyPressEvent(event)
            return
        event.accept()
        if not isinstance(at, QPushButton):
            go_on_from(at)
        elif not event.isAutoRepeat():
            at.click()

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        return False

    def _may_open(self) -> bool:
        """Whether the form is opened; where it may only be read, it says so in itself."""
        name = type(self).__name__
        act = DIALOG_ACTS.get(name)
        session = getattr(self, "session", None) or getattr(self, "_session", None)
        why = session.why_not(act) if act and isinstance(session, Session) else ""
        if why and name in READ_TOO:
            self._read_only(why)
        elif why:
            from bedside.desktop.why_not_dialog import WhyNotDialog

            WhyNotDialog(why, self).exec()
            return False
        return True

    def _read_only(self, why: str) -> None:
        note, button = getattr(self, "refusals", None), getattr(self, "act_button", None)
        if isinstance(note, QLabel):
            note.setText(self.tr("To read only. {0}").format(why))
            note.setAccessibleDescription(note.text())
            note.show()
        if isinstance(button, QPushButton):
            button.setEnabled(False)
