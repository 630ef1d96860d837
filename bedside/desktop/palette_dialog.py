"""The palette (Ctrl+K): type a few letters of anything that can be done, or of an infant, and Return does it.

Decision: what is closed now stays in the list with its reason, below what is open only where the
words fit less well; nothing is silently missing. Return on it does nothing but say why again. It is
no form: when the screen is locked it goes, and nothing of it is kept as a draft.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QDialog,
    QListView,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.acts import Act, acts_here
from bedside.desktop.acts_elsewhere import ON_TWO_PARTS, acts_elsewhere
from bedside.desktop.acts_of_ward import acts_of_ward
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.palette_lines import HIGH, PaletteLines
from bedside.desktop.palette_model import Line, PaletteModel
from bedside.desktop.plain_edit import RETURN_KEYS, PlainEdit
from bedside.ward.board import board
from bedside.ward.views.board import BoardRow

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

_WIDE, _LINES = 720, 9
_PAGE = 7
_OWN = "key:palette"


class PaletteEdit(PlainEdit):
    """The field; up and down go through the list, Return takes a line.

    Signals:
        moved: so many lines down are wanted.
        entered: Return was pressed.
    """

    moved = Signal(int)
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; the keys that move go to the list."""
        key = Qt.Key(event.key())
        moves = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -_PAGE,
            Qt.Key.Key_PageDown: _PAGE,
        }
        if key in moves:
            self.moved.emit(moves[key])
            event.accept()
        elif key in RETURN_KEYS:
            self.entered.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class PaletteDialog(QDialog):
    """Finds an act or an infant; ``taken`` is the line that was taken.

    Args:
        look: fonts and colours.
        acts: everything that can be done here.
        infants: the ward list.
        parent: the window.
    """

    def __init__(
        self,
        look: Look,
        acts: Sequence[Act],
        infants: Sequence[BoardRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.taken: Line | None = None
        self.setWindowTitle(self.tr("Find"))
        self.setAccessibleName(self.tr("Find anything that can be done, or an infant"))
        self.edit = PaletteEdit(self.tr("What to do, or which infant"))
        self.edit.setPlaceholderText(self.tr("What to do, or which infant: name, number or bed"))
        self.edit.setFont(look.font("banner_name"))
        self.edit.setMinimumHeight(look.px(44))
        self.model = PaletteModel(acts, infants, self)
        self.list = self._list()
        self.setModal(True)
        self.said = label("", look, "small", colour="quiet", wrap=True)
        self.said.setMinimumHeight(look.line_height("small"))
        self._lay_out()
        self.edit.textChanged.connect(self._narrow)
        self.edit.moved.connect(self._move)
        self.edit.entered.connect(self.take)
        self.list.clicked.connect(self.take)
        self._narrow("")
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def line(self) -> Line | None:
        """The line that has the bar; None while nothing is found."""
        row = self.list.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def take(self) -> None:
        """Take the line, or say why it cannot be taken."""
        line = self.line()
        if line is None:
            return
        if line.why_not:
            self._say(self.tr("Not now: {0}").format(line.why_not), "hold")
            return
        self.taken = line
        self.accept()

    def _list(self) -> QListView:
        look, made = self._look, QListView()
        made.setAccessibleName(self.tr("What this may mean"))
        made.setModel(self.model)
        made.setItemDelegate(PaletteLines(look, made))
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setUniformItemSizes(True)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setFixedHeight(look.px(HIGH * _LINES + 2))
        made.setStyleSheet(
            f"QListView {{ background: {look.colour('surface').name()};"
            f" border: 1px solid {look.colour('edge').name()}; outline: 0; }}"
        )
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.edit)
        column.addWidget(self.list)
        column.addWidget(self.said)
        self.setFixedWidth(self._look.px(_WIDE))

    def _narrow(self, typed: str) -> None:
        self.model.narrow(typed)
        self._choose(0)
        found = len(self.model.lines)
        if found:
            words = self.tr("{0} found. ↑ ↓ move, Return does it, Esc goes back.").format(found)
        else:
            words = self.tr(
                "Nothing here is called that, and no infant on this ward. Accents may be left out."
            )
        self._say(words, "quiet")

    def _move(self, step: int) -> None:
        last = len(self.model.lines) - 1
        if last >= 0:
            self._choose(min(max(self.list.currentIndex().row() + step, 0), last))

    def _choose(self, row: int) -> None:
        index = self.model.index(row, 0)
        self.list.setCurrentIndex(index if index.isValid() else QModelIndex())
        line = self.line()
        said = "" if line is None else str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        self.edit.setAccessibleDescription(said)

    def _say(self, words: str, colour: str) -> None:
        dress(self.said, self._look, "small", colour=colour)
        self.said.setText(words)


def palette_acts(window: "BedsideWindow") -> tuple[Act, ...]:
    """Everything that the palette finds: what can be done here, then what stands on other pages."""
    here = tuple(act for act in acts_here(window) if act.name != _OWN)
    others = (*acts_elsewhere(window), *acts_of_ward(window))
    both = {(act.words, act.place) for act in others if act.name in ON_TWO_PARTS}
    # what is closed on the part in sight may be open on the other
    here = tuple(act for act in here if not (act.why_not and (act.words, act.place) in both))
    found = {(act.words, act.place) for act in here}  # "Find" is on two records
    return (*here, *(act for act in others if (act.words, act.place) not in found))


def show_palette(window: "BedsideWindow") -> None:
    """Open the palette over a window, and do what is taken from it."""
    if window.frame.blind is not None or (window.locking is not None and window.locking.locked):
        return  # its key is closed then, too: nothing may give a count away
    dialog = PaletteDialog(window.look, palette_acts(window), board(window.ward).rows, window)
    dialog.exec()
    taken = dialog.taken
    dialog.deleteLater()
    if taken is not None:
        _do(window, taken)


def _do(window: "BedsideWindow", line: Line) -> None:
    if line.act is not None:
        stands_on = line.act.run()
        if isinstance(stands_on, QAbstractButton):  # of a page that has just come into sight
            stands_on.click()
    elif line.infant_id is not None:
        window.open_infant(line.infant_id)
