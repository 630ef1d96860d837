"""One press of a key is one answer: what a held key repeats answers nothing more (hazard H34).

Decision: kept in one place for the whole round, not in a line, because the keyboard has gone on to the
next line when the key repeats. Under X11 a repeat may come as a release and a press, and if the second
is late the toolkit takes both for a person's: two such events have the same moment, and no finger is so
fast.
"""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
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


class PressedOnce(QWidget):
    """A widget with lines that are answered by keys: it sees what they leave, and each release."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = OnePress()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key let go may answer again; lines leave their releases to this widget."""
        self.presses.released(event)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """After another window no key counts as held: its release was not seen here."""
        if event.type() == QEvent.Type.ActivationChange:
            self.presses.forget()
        super().changeEvent(event)
