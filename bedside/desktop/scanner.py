"""Tells what a reader types from what a finger types, where no field has the keyboard.

A keyboard-wedge reader types what it reads and ends with Return. While a field for text has the keyboard,
nothing is touched: the field gets every key. Elsewhere a plain sign is held back for some hundredths
of a second. Follow others as fast and then Return, it was a reader: the signs and the Return reach no
button, list or round, and `scanned` says what was read. Else they go on as they came, in their order;
a finger does not notice.

Decision: watching without holding back was rejected: in the toxicity round a figure answers, and the
Return of a reader would press whatever button has the keyboard. A sign that readers set before
(a prefix) would need no hold, but most are delivered without.
"""

from time import monotonic_ns

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from bedside.desktop.plain_edit import RETURN_KEYS

GAP_MS = 45  # between two signs of a reader; fingers need 60 and more, and never six times over
LEAST = 5  # signs: no band has fewer
_MOST = 400
_MS = 1_000_000  # nanoseconds
_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_COMMANDS = (
    Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.MetaModifier
)
_HELD_DOWN = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
}
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class ScanWatch(QObject):
    """Watches the keys at the program's windows.

    Signals:
        scanned: a reader has read this, while no field had the keyboard.
    """

    scanned = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: list[QKeyEvent] = []
        self._window: QWindow | None = None
        self._last = self._armed = 0
        self._replaying = False
        self._swallowed = 0  # the Return of a scan, whose release is nobody's, too
        self._watched: list[QObject] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._late)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
        self._watch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold a sign back, take a whole scan out, or let the key go on."""
        if self._replaying or event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if _in_field():
            self._let_go()
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._amid(event)
        if event.type() == QEvent.Type.KeyRelease:
            return self._released(event)
        if isinstance(watched, QWindow):
            self._window = watched
        return self._pressed(event)

    def _amid(self, event: QKeyEvent) -> bool:
        """In the midst of a scan a sign is no shortcut."""
        if not self._held or not _is_sign(event):
            return False
        event.accept()
        return True

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() in _HELD_DOWN:
            return False  # a reader sends Shift before each capital
        at = event.timestamp() or monotonic_ns() // _MS
        quick = bool(self._held) and at - self._last <= GAP_MS
        self._last = at
        if event.key() in RETURN_KEYS and quick and len(self._signs()) >= LEAST:
            self._take(event.key())
            return True
        if not _is_sign(event) or event.isAutoRepeat():
            self._let_go()
            return False
        if self._held and (not quick or len(self._held) > 2 * _MOST):
            self._let_go()
        self._held.append(_same(event))
        self._arm()
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if event.key() == self._swallowed:
            self._swallowed = 0
            return True
        if not self._held or not any(event.key() == held.key() for held in self._held):
            return False
        self._held.append(_same(event))
        return True

    def _signs(self) -> str:
        presses = (one for one in self._held if one.type() == QEvent.Type.KeyPress)
        return "".join(one.text() for one in presses)

    def _take(self, key: int) -> None:
        read = self._signs()
        self._timer.stop()
        self._held.clear()
        self._swallowed = key
        QTimer.singleShot(0, self, lambda: self.scanned.emit(read))

    def _late(self) -> None:
        """No more came for a while; unless it was the program that was late, and more may wait."""
        if monotonic_ns() - self._armed > 2 * GAP_MS * _MS:
            self._arm()
        else:
            self._let_go()

    def _arm(self) -> None:
        self._armed = monotonic_ns()
        self._timer.start(GAP_MS)

    def _let_go(self) -> None:
        """It was a finger: every key goes where it was meant to go, in its order."""
        self._timer.stop()
        if not self._held:
            return
        held, self._held = self._held, []
        if self._window is None:
            return
        self._replaying = True
        try:
            for one in held:
                QCoreApplication.sendEvent(self._window, one)
        finally:
            self._replaying = False

    def _watch(self) -> None:
        for window in QGuiApplication.topLevelWindows():
            if window not in self._watched:
                window.installEventFilter(self)
                window.destroyed.connect(self._forget)
                self._watched.append(window)

    def _forget(self, window: QObject) -> None:
        if window in self._watched:
            self._watched.remove(window)
        if window is self._window:
            self._window = None
            self._held.clear()


def _in_field() -> bool:
    """Whether a field for text, or an open list, has the keyboard."""
    if QApplication.activePopupWidget() is not None:
        return True
    at = QApplication.focusWidget()
    return isinstance(at, _FIELDS) and not at.isReadOnly()


def _is_sign(event: QKeyEvent) -> bool:
    text = event.text()
    return len(text) == 1 and text.isprintable() and not event.modifiers() & _COMMANDS


def _same(event: QKeyEvent) -> QKeyEvent:
    """The key as an event of our own, to be handed on later; the moment is the key's own (H34)."""
    made = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    made.setTimestamp(event.timestamp())
    return made
