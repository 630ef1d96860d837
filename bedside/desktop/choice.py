"""A choice from a list that nothing changes but choosing (hazard H34)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QToolTip, QWidget

from bedside.desktop.look import Look
from bedside.desktop.plain_edit import RETURN_KEYS, is_command

_COMMANDS = (
    Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.MetaModifier
)
_FIRST_MARKED = {Qt.Key.Key_Down: 0, Qt.Key.Key_Up: -1}  # the row where nothing is chosen yet
_OPENING_KEYS = {Qt.Key.Key_Space, Qt.Key.Key_F4, Qt.Key.Key_Up, Qt.Key.Key_Down}


class Choice(QComboBox):
    """A choice from a list that begins without one; wheel, arrows and letters never change it.

    Arrows and the space bar open the list, Down with its first row marked; letters open it at the
    first entry that begins so, and mark another as they go on. Return takes what is marked; so do
    Tab and Alt with a letter, which go on, as anywhere (not with ``only_return``); only in the open
    list is something chosen.
    Nothing typed on it, open or closed, is lost unsaid: a figure goes to the field that ``passes_to``
    names for it, anything else that no row begins with is said to be not taken. After such a figure
    the next Return or Tab stays here and says so: whoever reads a slip types on unseen, and every figure
    after the lost one would stand in the field before its own.

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
        self._shown = False
        # Kept from the first opening on: a list of Qt's own whose wrapper nobody holds may be taken
        # by PySide for one that is gone, and then answers no key.
        self._list: QAbstractItemView | None = None
        self._typed = ""  # what was typed in the open list so far
        self._eaten = False  # a figure was not taken, and nobody has answered that yet
        self.only_return = False  # a setting with an answer already: going on takes nothing marked
        self.passes_to: Callable[[str], QWidget | None] | None = None
        self.figures_words = ""  # where figures belong, said after a figure that was not taken
        self.setAccessibleName(name)
        self.setFont(look.font("body", "medium"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # first: else Qt makes the list, nine widgets, as soon as there is one option to choose
        self.setPlaceholderText(empty or self.tr("choose"))
        for key, words in options:
            self.addItem(words, key)
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
        if self._list is None:
            self._list = self.view()
            self._list.installEventFilter(self)
        self._shown, self._typed = True, ""
        super().showPopup()
        if self.currentIndex() < 0:
            # Qt marks the first row as current unseen: the first arrow key would skip it
            self._list.setCurrentIndex(QModelIndex())

    def hidePopup(self) -> None:
        """Close the list."""
        self._shown = False
        super().hidePopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the open list: Tab and Alt with a letter take what is marked and go on; letters mark."""
        if self._shown and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and _is_letter(event):
                self._leave_list()  # the list is closed before the command finds its door
            elif event.type() == QEvent.Type.KeyPress:
                return self._pressed_in_list(event)
        return False  # the event goes on, and nothing is asked of "watched": it may be such a one

    def _opened(self) -> QAbstractItemView:
        return self.view() if self._list is None else self._list

    def _pressed_in_list(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            eaten = self._eaten  # what is chosen here does not answer it: the key would go on
            self._leave_list()
            self._eaten = eaten
            self.focusNextPrevChild(key == Qt.Key.Key_Tab)
            return True
        if key in RETURN_KEYS:
            self._take_marked()
            return True
        if not event.text().isprintable() or not event.text() or event.modifiers() & _COMMANDS:
            self._typed = ""
            return False
        if key == Qt.Key.Key_Space and not self._typed:
            return False
        self._type_in_list(event)
        return True

    def _type_in_list(self, event: QKeyEvent) -> None:
        """Mark the row that what was typed begins; what begins none is passed on, or refused aloud."""
        here = self._opened().currentIndex().row()
        for typed, start in ((self._typed + event.text(), here), (event.text(), here + 1)):
            row = self._row_of(typed.casefold(), start)
            if row >= 0:
                self._typed = typed
                self._mark(row)
                return
        if self.passes_to is not None and self.passes_to(event.text()) is not None:
            self._leave_list()
            self._pass_on(event)
        else:
            self._refuse(event.text())

    def _row_of(self, typed: str, start: int) -> int:
        """The first row from one on, and round again, that begins with a text; -1 where none does."""
        rows = self.count()
        order = ((max(start, 0) + step) % rows for step in range(rows))
        found = (row for row in order if self.shown_words(row).casefold().startswith(typed))
        return next(found, -1)

    def shown_words(self, row: int) -> str:
        """The words of a row as they stand in the list."""
        return str(self.itemData(row, Qt.ItemDataRole.DisplayRole))

    def _mark(self, row: int) -> None:
        self._opened().setCurrentIndex(self.model().index(row, self.modelColumn()))

    def _leave_list(self) -> None:
        """As going on does: what is marked is chosen, unless only Return chooses here."""
        if self.only_return:
            self.hidePopup()
        else:
            self._take_marked()

    def _take_marked(self) -> None:
        """As Return does: what is marked is chosen; where nothing is, nothing."""
        marked = self._opened().currentIndex()
        row, free = marked.row(), bool(marked.flags() & Qt.ItemFlag.ItemIsEnabled)
        self.hidePopup()
        if row >= 0 and free:
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

            if not self._stays():
                go_on_from(self)
        elif key in _OPENING_KEYS:
            event.accept()
            self.showPopup()
            if self.currentIndex() < 0 and key in _FIRST_MARKED and self.count():
                self._mark(_FIRST_MARKED[key] % self.count())
        elif self._pass_on(event) or self._open_at(event) or self._refuse_figure(event.text()):
            event.accept()
        else:
            event.ignore()

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Tab stays where a figure was not taken, once; back it always goes."""
        return (next_one and self._stays()) or super().focusNextPrevChild(next_one)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever went away by another key or the mouse looks at where she went."""
        self._eaten = False
        super().focusOutEvent(event)

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
        row = self._row_of(letter, 0)
        if row < 0:
            return False
        self.showPopup()
        self._typed = letter
        self._mark(row)
        return True

    def _refuse_figure(self, text: str) -> bool:
        """Say that a figure was not taken; other keys may be a command of the page."""
        if not text.isdecimal():
            return False
        self._refuse(text)
        return True

    def _refuse(self, text: str) -> None:
        words = self.tr("“{0}” is not taken: this is a list. The space bar opens it.")
        if self._shown:
            words = self.tr("“{0}” is not taken: no row of this list begins so.")
        self._eaten = self._eaten or text.isdecimal()
        if text.isdecimal() and self.figures_words:
            words = self.figures_words
        self._say(words.format(text))

    def _stays(self) -> bool:
        """Stay once after a figure that was not taken, and say so; False where nothing stands open."""
        stays, self._eaten = self._eaten, False
        if stays:
            self._say(
                self.tr("What you typed on this list was not taken. The same key again goes on.")
            )
        return stays

    def _say(self, words: str) -> None:
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), words, self)
        self.setAccessibleDescription(words)

    def _index_changed(self, index: int) -> None:
        self._eaten = False
        self.setAccessibleDescription("")
        self.edited.emit()


def _is_letter(event: QKeyEvent) -> bool:
    """Whether a key is Alt with a letter or a figure: a command of the form behind the list."""
    return is_command(event) and event.key() < Qt.Key.Key_Escape
