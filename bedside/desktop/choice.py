"""A choice from a list that nothing changes but choosing (hazard H34)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QToolTip, QWidget

from bedside.desktop.look import Look
from bedside.desktop.plain_edit import RETURN_KEYS

_COMMANDS = (
    Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.MetaModifier
)
_OPENING_KEYS = {Qt.Key.Key_Space, Qt.Key.Key_F4, Qt.Key.Key_Up, Qt.Key.Key_Down}


class Choice(QComboBox):
    """A choice from a list that begins without one; wheel, arrows and letters never change it.

    Arrows and the space bar open the list; a letter opens it at the first entry that begins so, and
    Return takes that one, and so does Tab, which goes on to the next field, as anywhere; only in the
    open list is something chosen. A figure typed on it is never lost: it goes to the field that ``passes_to`` names for it, or its refusal is said.

    Args:
        name: its accessible name.
        options: key and words of each.
        look: colours and fonts.
        empty: the words while nothing is chosen.

    Signals:
        edited: another one is chosen.
    """

    edited = Signal()

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], look: Look, empty: str = ""
    ) -> None:
        super().__init__()
        self._look = look
        self._shown = self._watched = False
        self.passes_to: Callable[[str], QWidget | None] | None = None
        self.setAccessibleName(name)
        self.setFont(look.font("body", "medium"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for key, words in options:
            self.addItem(words, key)
        self.setPlaceholderText(empty or self.tr("choose"))
        self.setCurrentIndex(-1)
        self.currentIndexChanged.connect(self._index_changed)

    def value(self) -> str | None:
        """Return the key of the chosen one; None while nothing is chosen."""
        return None if self.currentIndex() < 0 else str(self.currentData())

    def choose(self, key: str | None) -> None:
        """Choose by key; None takes the choice away."""
        self.setCurrentIndex(-1 if key is None else self.findData(key))

    def showPopup(self) -> None:
        """Open the list."""
        if not self._watched:
            self._watched = True
            self.view().installEventFilter(self)
        self._shown = True
        super().showPopup()
        if self.currentIndex() < 0:
            # Qt marks the first row as current unseen: the first arrow key would skip it
            self.view().setCurrentIndex(QModelIndex())

    def hidePopup(self) -> None:
        """Close the list."""
        self._shown = False
        super().hidePopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab in the open list takes the marked entry, closes the list and goes on."""
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if self._shown and isinstance(event, QKeyEvent) and event.key() in tabs:
            if event.type() == QEvent.Type.KeyPress:
                self._take_marked()
                self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            return True
        return super().eventFilter(watched, event)

    def _take_marked(self) -> None:
        """As Return does: what is marked is chosen; where nothing is, nothing."""
        row = self.view().currentIndex().row()
        self.hidePopup()
        if row >= 0:
            self.setCurrentIndex(row)
            self.activated.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel pass by unless the list is open."""
        if self._shown:
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list; a key never changes the choice behind a closed one."""
        key = Qt.Key(event.key())
        if self._shown:
            super().keyPressEvent(event)
        elif key in RETURN_KEYS:
            event.accept()
            from bedside.desktop.first_field import go_on_from

            go_on_from(self)
        elif key in _OPENING_KEYS:
            event.accept()
            self.showPopup()
        elif self._pass_on(event) or self._open_at(event) or self._refuse_figure(event.text()):
            event.accept()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the choice, and a small angle that says it opens."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._look.colour("quiet"), 1.6))
            x, y = self.width() - 16, self.height() / 2 - 2
            painter.drawLine(x, round(y), x + 4, round(y) + 4)
            painter.drawLine(x + 4, round(y) + 4, x + 8, round(y))

    def _pass_on(self, event: QKeyEvent) -> bool:
        """Type it where it was meant for; False where no field is named for it."""
        target = self.passes_to(event.text()) if self.passes_to and event.text() else None
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        QCoreApplication.sendEvent(target, event)
        return True

    def _open_at(self, event: QKeyEvent) -> bool:
        """Open the list at the first entry that begins with a letter; False where none does."""
        letter = event.text().casefold()
        if not letter.isalpha() or event.modifiers() & _COMMANDS:
            return False
        every = (self.itemText(row).casefold() for row in range(self.count()))
        row = next((row for row, words in enumerate(every) if words.startswith(letter)), -1)
        if row < 0:
            return False
        self.showPopup()
        self.view().setCurrentIndex(self.model().index(row, self.modelColumn()))
        return True

    def _refuse_figure(self, text: str) -> bool:
        """Say that a figure was not taken; other keys may be a command of the page."""
        if not text.isdecimal():
            return False
        words = self.tr("“{0}” is not taken: this is a list. The space bar opens it.").format(text)
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), words, self)
        self.setAccessibleDescription(words)
        return True

    def _index_changed(self, index: int) -> None:
        self.setAccessibleDescription("")
        self.edited.emit()
