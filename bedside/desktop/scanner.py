"""Tells what a reader types from what a finger types, where no field has the keyboard.

A keyboard-wedge reader types what it reads and ends with Return. While a field for text has the keyboard,
nothing is touched: the field gets every key. Elsewhere a plain sign is held back for some hundredths
of a second. Follow others as fast and then Return, it was a reader: the signs and the Return reach no
button, list or round, and `scanned` says what was read. Else they go on as they came, in their order;
a finger does not notice.

A key may open a form, while more of them are held back or on their way: those are typed for the form. They
wait until it has the keyboard and go there, or nowhere; to the page below they never go.

Decision: watching without holding back was rejected: in the toxicity round a figure answers, and the
Return of a reader would press whatever button has the keyboard. A sign that readers set before
(a prefix) would need no hold, but most are delivered without.
"""

from time import monotonic_ns

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit
from shiboken6 import isValid

from bedside.desktop.plain_edit import RETURN_KEYS
from bedside.desktop.watched_windows import WatchedWindows

GAP_MS = 45  # between two signs of a reader; fingers need 60 and more, and never six times over
LEAST = 5  # signs: no band has fewer
ENDS = (*RETURN_KEYS, Qt.Key.Key_Tab)  # what a reader sends after a code, as it is set
_MOST = 400
_LOOK_MS = 10  # whether a form that is opening has the keyboard by now
_LONGEST_MS = 3000  # for which keys wait for it; then they go nowhere
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
        self._going: list[QKeyEvent] = []  # of a finger, and not handed on yet
        self._for_form = False
        self._asked = 0  # when keys began to wait for a form
        self._replaying = False
        self._swallowed = 0  # the Return of a scan, whose release is nobody's, too
        self._watched = WatchedWindows(self, self._one_gone)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._late)
        self._waiting = QTimer(self)
        self._waiting.setInterval(_LOOK_MS)
        self._waiting.timeout.connect(self._go_on)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
        self._watch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold a sign back, take a whole scan out, or let the key go on."""
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if self._replaying:  # our own comes by; what it opens is watched again
            self._replaying = False
            return False
        if _opening() not in {None, watched} or self._going:
            return self._keep_for_form(event)
        if _in_field():
            return bool(self._held) and self._after_held(event)
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
        if event.key() in ENDS and quick and len(self._signs()) >= LEAST:
            self._take(event.key())
            return True
        if not _is_sign(event) or event.isAutoRepeat():
            return bool(self._held) and self._after_held(event)
        before = self._held
        if before and (not quick or len(before) > 2 * _MOST):
            self._held = []
        self._held.append(_same(event))  # first of all: what goes on now may open a form
        self._arm()
        if self._held is not before:
            self._going += before
            self._go_on()
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
        self._going += self._held
        self._held.clear()
        self._go_on()

    def _after_held(self, event: QKeyEvent) -> bool:
        """A key that is held back by itself never, goes on behind those that were."""
        if event.type() == QEvent.Type.ShortcutOverride:
            self._let_go()
            return False
        self._held.append(_same(event))
        self._let_go()
        return True

    def _keep_for_form(self, event: QKeyEvent) -> bool:
        """Keep a key that was pressed before the form has the keyboard.

        Qt hands no press on to a window below a form, but asks it whether the key is a shortcut.
        """
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            if _opening() is None:
                return True  # the press itself follows
        self._going.append(_same(event))
        self._go_on()
        return True

    def _go_on(self) -> None:
        """Hand on the next keys, as far as there is somebody to take them."""
        while self._going:
            at = self._taker()
            if at is None:
                return
            one = self._going.pop(0)
            if self._going:
                self._waiting.start()  # a form that this key opens gets the others
            self._replaying = True
            try:
                QCoreApplication.sendEvent(at, one)
            finally:
                self._replaying = False
        self._waiting.stop()
        self._for_form, self._asked = False, 0

    def _taker(self) -> QWindow | None:
        """The window that the next key is for; None while a form comes, or where nobody is left."""
        over = QApplication.activeModalWidget()
        form = None if over is None else over.windowHandle()
        if form is None or form is self._window:
            if self._for_form or self._window is None:
                self._going.clear()  # the form is gone: its keys are nobody's
                self._waiting.stop()
                self._for_form, self._asked = False, 0
            return self._window if self._going else None
        self._for_form = True
        self._asked = self._asked or monotonic_ns()
        if QGuiApplication.focusWindow() is form:
            return form
        if monotonic_ns() - self._asked > _LONGEST_MS * _MS:
            self._going.clear()
        self._waiting.start()
        return None

    def _watch(self) -> None:
        self._watched.look()

    def _one_gone(self, window: QObject) -> None:
        if self._window is not None and (window is self._window or not isValid(self._window)):
            self._window = None
            self._held.clear()


def _opening() -> QWindow | None:
    """The window of a form that is asked for and has not got the keyboard yet.

    A list that is open over a form (a choice, the files of "Save as PDF…") has it in the form's place.
    """
    if QApplication.activePopupWidget() is not None:
        return None
    over = QApplication.activeModalWidget()
    form = None if over is None else over.windowHandle()
    return None if form is QGuiApplication.focusWindow() else form


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
    asked = event.type() == QEvent.Type.ShortcutOverride
    made = QKeyEvent(
        QEvent.Type.KeyPress if asked else event.type(),
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
