"""A hand at the keyboard: real key events wherever the keyboard is, counted, a picture after each step.

A form that is open keeps its own event loop, so the next step is done from a timer, as a person's
next key comes whatever the program is in the midst of.
"""

import re
import time
from collections.abc import Callable, Iterator

from msgspec import Struct
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bedside.desktop.window import BedsideWindow

_TOKEN = re.compile(r"<([^<>]+)>|(.)", re.DOTALL)
_BETWEEN_MS = 2
_AFTER_CHORD_MS = 250  # a button shows that its key pressed it, for a tenth of a second
_PATIENCE_S = 20.0
# S. K. Card, T. P. Moran, A. Newell, Communications of the ACM 23 (7), 1980, 396-410: a key of an
# average typist, and one mental step before each step of a task
KEY_S, MENTAL_S = 0.28, 1.35


class Step(Struct, frozen=True):
    """One step: what is done, in words, and the keys as they are pressed: ``<Ctrl+F>lindg<Return>``."""

    words: str
    keys: str


class Done(Struct, frozen=True):
    """A task that was done.

    Args:
        keys: how many keys were pressed; a chord is one.
        steps: how many steps it has.
        machine_s: how long the program took, in seconds.
    """

    keys: int
    steps: int
    machine_s: float

    @property
    def person_s(self) -> float:
        """How long a practised person takes, by the keystroke-level model, in seconds."""
        return self.keys * KEY_S + self.steps * MENTAL_S


def tokens(keys: str) -> Iterator[str]:
    """Take keys apart: a chord or named key, else a letter."""
    for named, letter in _TOKEN.findall(keys):
        yield f"<{named}>" if named else letter


class Hand(QObject):
    """Does the steps of one task.

    Args:
        window: the window.
        see: called after each step with the number of the step and the widget in front.
    """

    def __init__(self, window: BedsideWindow, see: Callable[[int, QWidget], None]) -> None:
        super().__init__()
        self._window, self._see = window, see
        self._left: list[tuple[int, str]] = []
        self._faults: list[BaseException] = []
        self._front: QWidget | None = None
        self._loop = QEventLoop()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._end)

    def do(self, steps: tuple[Step, ...]) -> Done:
        """Do a task's steps; raises what went wrong in the midst of them."""
        self._left = [
            (number, token)
            for number, step in enumerate(steps, 1)
            for token in (*tokens(step.keys), "")
        ]
        keys = sum(bool(token) for _, token in self._left)
        began = time.perf_counter()
        self._patience.start(round(_PATIENCE_S * 1000))
        self._timer.start(_BETWEEN_MS)
        self._loop.exec()
        self._patience.stop()
        if self._faults:
            raise self._faults[0]
        if self._left:
            raise TimeoutError(f"stopped at step {self._left[0]}")
        return Done(keys, len(steps), time.perf_counter() - began)

    def _next(self) -> None:
        if not self._left:
            self._end()
            return
        front = QApplication.activeModalWidget()
        if front is not self._front:  # a form has just come or gone: a person sees it first
            self._front = front
            self._timer.start(_AFTER_CHORD_MS)
            return
        number, token = self._left.pop(0)
        # whatever the key opens, the next one comes
        chord = token.startswith(("<Alt+", "<Ctrl+"))
        self._timer.start(_AFTER_CHORD_MS if chord else _BETWEEN_MS)
        try:
            self._press(token) if token else self._look(number)
        except BaseException as fault:  # noqa: BLE001 - told to the caller, not to Qt
            self._faults.append(fault)
            self._left.clear()

    def _end(self) -> None:
        """Leave the task; a form that is still open would keep everybody waiting."""
        self._timer.stop()
        for _ in range(9):
            front = QApplication.activeModalWidget()
            if not isinstance(front, QDialog):
                break
            front.is_dirty = lambda: False
            front.done(0)
        self._loop.quit()

    def _look(self, number: int) -> None:
        for _ in range(2):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._see(number, QApplication.activeModalWidget() or self._window)

    def _press(self, token: str) -> None:
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        if not front.isActiveWindow():  # what a window manager does when a form has closed
            front.activateWindow()
            QTest.qWaitForWindowActive(front, 500)
        to = front.focusWidget() or front
        if not token.startswith("<"):
            QTest.keyClicks(to, token)
            return
        pressed = QKeySequence(token[1:-1])[0]
        QTest.keyClick(to, Qt.Key(pressed.key()), pressed.keyboardModifiers())
