"""One press of a key is one answer: what a held key repeats answers nothing more (hazard H34).

Decision: kept in one place for the whole round, not in a line, because the keyboard has gone on to the
next line when the key repeats. Under X11 a repeat may come as a release and a press, and if the second
is late the toolkit takes both for a person's: two such events have the same moment, and no finger is so
fast.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

_FASTEST = (
    25  # milliseconds from a release to the next press of one key; a finger needs 50 and more
)


class OnePress:
    """Which key gave the last answer, and whether it was let go since."""

    def __init__(self) -> None:
        self.down = 0  # the key that answered and was not seen released; 0: none
        self._let_go: tuple[int, int] = (0, 0)  # the key released last, and when

    def is_repeat(self, event: QKeyEvent) -> bool:
        """Whether a key press belongs to a press that has answered, or was repeated by the keyboard."""
        key, at = event.key(), event.timestamp()
        let_go, when = self._let_go
        too_fast = bool(when) and key == let_go and 0 <= at - when < _FASTEST
        return event.isAutoRepeat() or key == self.down or too_fast

    def answered(self, event: QKeyEvent) -> None:
        """This press has done something: it does nothing more until the key is let go."""
        self.down = event.key()

    def released(self, event: QKeyEvent) -> None:
        """A key came up; a repeated release is none."""
        if event.isAutoRepeat():
            return
        key, at = event.key(), event.timestamp()
        self._let_go = (key, at)
        if key == self.down:
            self.down = 0

    def forget(self) -> None:
        """Another window had the keyboard: a release may have gone there."""
        self.down = 0


def takes_back(event: QKeyEvent) -> bool:
    """Whether a key takes an answer back: Backspace, or Ctrl+Z as everywhere."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    back = event.key() == Qt.Key.Key_Backspace and plain
    return back or event.matches(QKeySequence.StandardKey.Undo)


class PressedOnce(QWidget):
    """A widget with lines that are answered by keys: it sees what they leave, and each release."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = OnePress()

    def _every(self) -> Sequence[QWidget]:
        """Its lines, from above; each kind says which."""
        return ()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z among the lines is theirs, not the window's."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and takes_back(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Behind the last line, at a button, the answer of the last line is taken back."""
        every = self._every()
        if not every or not takes_back(event) or self.presses.is_repeat(event):
            super().keyPressEvent(event)
            return
        self.presses.answered(event)
        last = every[-1]
        last.setFocus(Qt.FocusReason.OtherFocusReason)
        getattr(last, "take_back", bool)()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key let go may answer again; lines leave their releases to this widget."""
        self.presses.released(event)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """After another window no key counts as held: its release was not seen here."""
        if event.type() == QEvent.Type.ActivationChange:
            self.presses.forget()
        super().changeEvent(event)
