"""What is watched while the monkey plays: exceptions, Qt's warnings, slow acts, and who writes what."""

import sys
import time
import traceback
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QThread, QtMsgType, qInstallMessageHandler

from bedside.desktop import save
from bedside.store.store import Store
from tests.faults.monkey_hands import WRITES_NOTHING

SLOW_MS = 100.0
_PLATFORMS_OWN = ("This plugin does not support", "QFont", "propagateSizeHints")
_LAST = 40
# Recorded when its row loses the keyboard: to a drag's press, or to a window that an earlier act opened
# and that Qt brings to the front during a later one.
_LEFT_ROW = "typed a number of the controlled copy"


class Watch:
    """Notes each act and what went wrong during it; hooks are put back by `end`."""

    def __init__(self, journal: Path) -> None:
        self.faults: list[str] = []
        self.slow: list[tuple[float, float, str]] = []  # on the clock and of the processor, in ms
        self.writes = 0
        self.kinds: dict[str, int] = {}
        self._journal = journal.open("w", encoding="utf-8")
        self._last: deque[str] = deque(maxlen=_LAST)
        self._kind, self._words, self._number = "nothing", "the start", 0
        self._began, self._cpu = time.perf_counter(), time.process_time()
        self._hook = sys.excepthook
        self._change = Store.change
        sys.excepthook = self._exception
        qInstallMessageHandler(self._message)
        watch = self

        def watched(store: Store, who: str, act: str, at: Any) -> Any:
            watch.written(act)
            return watch._change(store, who, act, at)

        Store.change = watched  # type: ignore[method-assign]

    def begin(self, number: int, kind: str, words: str) -> None:
        """The next act begins; the one before is over, with all that it set going."""
        self._measure()
        self._kind, self._words, self._number = kind, words, number
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        line = f"{number} {words}"
        self._last.append(line)
        self._journal.write(line + "\n")
        self._journal.flush()
        self._began, self._cpu = time.perf_counter(), time.process_time()

    def during(self, kind: str, act: Callable[[], None]) -> None:
        """Do an act; what it goes on to do when a question of its own is answered is its own, too."""
        level = QThread.currentThread().loopLevel()
        act()
        del kind, level  # read off the stack by `_doer`

    def written(self, act: str) -> None:
        """Something is recorded: only by the one way from a form, and only by a key or a click."""
        self.writes += 1
        if not _from_a_form():
            self.fault(f"written outside `saving`: {act}")
        doer = self._doer()
        if doer in WRITES_NOTHING and act != _LEFT_ROW:
            self.fault(f"written by {doer}: {act}")

    def _doer(self) -> str:
        """The kind of act that does what is done now.

        An act that opened a question waits in the question's own loop, and other acts begin and end in
        there. When the question is answered, the act that asked goes on, though another was begun last:
        it is the innermost one on the stack that runs in the loop it was begun in.
        """
        level = QThread.currentThread().loopLevel()
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code is Watch.during.__code__ and frame.f_locals["level"] == level:
                return str(frame.f_locals["kind"])
            frame = frame.f_back  # type: ignore[assignment]
        return self._kind

    def fault(self, words: str) -> None:
        """Note what went wrong, with the act during which it did."""
        told = f"at {self._number} ({self._words}): {words}"
        if len(self.faults) < 200:
            self.faults.append(told)
        self._journal.write(f"!!! {told}\n")

    def leading_up(self) -> list[str]:
        """The last acts, newest last."""
        return list(self._last)

    def slowest(self, most: int) -> list[str]:
        """The slowest acts in words, those first that took the processor longest."""
        found = sorted(self.slow, key=lambda one: -one[1])[:most]
        return [f"{wall:.0f} ms, {cpu:.0f} of the processor: {told}" for wall, cpu, told in found]

    def end(self) -> None:
        """Put everything back."""
        self._measure()
        sys.excepthook = self._hook
        qInstallMessageHandler(None)
        Store.change = self._change  # type: ignore[method-assign]
        self._journal.close()

    def _measure(self) -> None:
        wall = (time.perf_counter() - self._began) * 1000
        cpu = (time.process_time() - self._cpu) * 1000
        if wall > SLOW_MS:
            self.slow.append((wall, cpu, f"{self._number} {self._words}"))

    def _exception(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        told = "".join(traceback.format_exception(kind, fault, trace))
        self.fault(f"unhandled exception\n{told}")

    def _message(self, kind: QtMsgType, context: object, text: str) -> None:
        if kind == QtMsgType.QtDebugMsg or any(own in text for own in _PLATFORMS_OWN):
            return
        self.fault(f"Qt says: {text}")


def _from_a_form() -> bool:
    """Whether `bedside.desktop.save.saving` is among the callers."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code is save.saving.__code__:
            return True
        frame = frame.f_back  # type: ignore[assignment]
    return False
