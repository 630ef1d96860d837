"""The program's windows, each watched from its first moment until it is gone.

Decision: who is gone is asked of each window, and not only told by it. A window that Python has asked
for by its dialog (`windowHandle`) goes with the dialog and says so under another name; the one that
was kept was dead, and whoever spoke to it failed: no lock came any more.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid


class WatchedWindows(QObject):
    """Windows whose events somebody sees.

    Args:
        watcher: its ``eventFilter`` sees the events.
        gone: called when a window is gone, with what it is called then.
    """

    def __init__(self, watcher: QObject, gone: Callable[[QObject], None] | None = None) -> None:
        super().__init__(watcher)
        self._watcher, self._gone = watcher, gone
        self._windows: list[QObject] = []

    def look(self) -> None:
        """Watch the windows that are new."""
        self._drop_dead()
        for window in QGuiApplication.topLevelWindows():
            if window not in self._windows:
                window.installEventFilter(self._watcher)
                window.destroyed.connect(self._forget)
                self._windows.append(window)

    def end(self) -> None:
        """Watch none any more."""
        for window in QGuiApplication.topLevelWindows():  # asked anew: a kept name may be dead
            window.removeEventFilter(self._watcher)
        self._windows.clear()

    def _forget(self, window: QObject) -> None:
        self._windows = [one for one in self._windows if one is not window]
        self._drop_dead()
        if self._gone is not None:
            self._gone(window)

    def _drop_dead(self) -> None:
        self._windows = [one for one in self._windows if isValid(one)]
