"""Choosing a person by the first letters of the name: what is typed narrows the list below."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from bedside.desktop.look import Look
from bedside.desktop.plain_edit import RETURN_KEYS, PlainEdit

_LINES = 5


class NameEdit(PlainEdit):
    """The field of the name; up and down go through the list.

    Signals:
        moved: the next (1) or the previous (-1) name is wanted.
        entered: Return was pressed.
    """

    moved = Signal(int)
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; up and down move in the list, Return takes the name."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
            event.accept()
        elif key in RETURN_KEYS:
            self.entered.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class PersonChoice(QWidget):
    """A name field and the people it may mean.

    Args:
        name: what it is called when read out.
        people: number and words of each, e.g. "Erika Berg, nurse".
        find: numbers of the people whom a text may mean.
        look: fonts and colours.

    Signals:
        chosen: somebody was taken by Return or a click.
    """

    chosen = Signal()

    def __init__(
        self,
        name: str,
        people: Sequence[tuple[int, str]],
        find: Callable[[str], Sequence[int]],
        look: Look,
    ) -> None:
        super().__init__()
        self._people, self._find = dict(people), find
        self._shown: tuple[int, ...] = ()
        self.edit = NameEdit(name)
        self.edit.setFont(look.font("body_strong_banner", "strong"))
        self.edit.setPlaceholderText(self.tr("first letters of the name"))
        self._model = QStringListModel(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("People whom this may mean"))
        self.list.setModel(self._model)
        self.list.setFont(look.font("body", "medium"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setStyleSheet(_style(look))
        self.list.setFixedHeight(look.px(30 * min(_LINES, max(2, len(people))) + 4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self.list)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._narrow)
        self.edit.moved.connect(self._move)
        self.edit.entered.connect(self._take)
        self.list.clicked.connect(self._take)
        self._narrow("")

    def person_id(self) -> int | None:
        """The number of the person marked in the list; None while it is nobody or several."""
        row = self.list.currentIndex().row()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def words(self) -> str:
        """The name of the person marked; "" while there is none."""
        person_id = self.person_id()
        return "" if person_id is None else self._people[person_id]

    def _narrow(self, typed: str) -> None:
        self._shown = tuple(number for number in self._find(typed) if number in self._people)
        self._model.setStringList([self._people[number] for number in self._shown])
        if len(self._shown) == 1:
            self.list.setCurrentIndex(self._model.index(0))

    def _move(self, step: int) -> None:
        row = self.list.currentIndex().row() + step
        if 0 <= row < len(self._shown):
            self.list.setCurrentIndex(self._model.index(row))
            self.edit.setAccessibleDescription(self.words())

    def _take(self) -> None:
        if self.person_id() is not None:
            self.chosen.emit()


def _style(look: Look) -> str:
    return (
        f"QListView {{ background: {look.colour('surface').name()};"
        f" border: 1px solid {look.colour('edge').name()}; outline: 0; }}"
        "QListView::item { height: 30px; padding-left: 8px; }"
        f"QListView::item:selected {{ background: {look.colour('accent_tint').name()};"
        f" color: {look.colour('ink').name()};"
        f" border-left: 4px solid {look.colour('accent').name()}; padding-left: 4px; }}"
    )
