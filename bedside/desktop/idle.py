"""Notices that nobody is at the screen: a warning first, then the lock.

Decision: keys, mouse and touch are watched where they arrive, at the windows; a filter on the whole
application would see every event of every widget. Time is taken from the running clock and from the
ward's: a workstation that slept through its three minutes is locked when it wakes.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic_ns

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from bedside.desktop.watched_windows import WatchedWindows

WARNING_S = 20
_TICK_MS = 500
ACTIVE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
}


class Idle(QObject):
    """Counts the seconds since the last key, click or movement.

    Args:
        now: the ward's time.
        limit_s: seconds until the lock, asked each time.

    Signals:
        soon: the lock comes in so many seconds; 0 takes the warning back.
        over: nobody was here for the whole time.
        asked: Ctrl+L was pressed, in whatever window.
    """

    soon = Signal(int)
    over = Signal()
    asked = Signal()

    def __init__(self, now: Callable[[], datetime], limit_s: Callable[[], int]) -> None:
        super().__init__()
        self._now, self._limit_s = now, limit_s
        self._since = now()
        self._since_ns = monotonic_ns()
        self._warned = False
        self._watched = WatchedWindows(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):  # a form is watched from its first moment on
            application.focusWindowChanged.connect(self._front_changed)

    def begin(self) -> None:
        """Count from now on."""
        self.seen()
        self._watched.look()
        self._timer.start()

    def end(self) -> None:
        """Count no more: the screen is locked, or the window closed."""
        self._timer.stop()
        self._watched.end()

    def seen(self) -> None:
        """Somebody is here."""
        self._since, self._since_ns = self._now(), monotonic_ns()
        if self._warned:
            self._warned = False
            self.soon.emit(0)

    def tick(self) -> None:
        """Look how long nobody was here."""
        self._watched.look()
        ran = timedelta(microseconds=(monotonic_ns() - self._since_ns) // 1000)
        left = self._limit_s() - max(ran, self._now() - self._since) // timedelta(seconds=1)
        if left <= 0:
            self.end()
            self.over.emit()
        elif left <= WARNING_S:
            self._warned = True
            self.soon.emit(left)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is here; the event goes on its way."""
        if event.type() in ACTIVE:
            self.seen()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            lock = Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_L and event.modifiers() == lock:
                QTimer.singleShot(0, self, self.asked.emit)
                return True
        return False

    def _front_changed(self) -> None:
        if self._timer.isActive():
            self._watched.look()
