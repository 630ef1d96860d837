"""The page Handover: the open tasks of the ward, who took them, and the signing at the change of shift."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from bedside.desktop.beside import ROOMY, Beside
from bedside.desktop.handover_band import HandoverBand
from bedside.desktop.handover_model import MARK_ROLE, Column, HandoverModel
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.mark_cells import MarkCells
from bedside.desktop.plain_edit import RETURN_KEYS
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.segments import Segments
from bedside.desktop.session import Session
from bedside.ward.handover import give_back, handover_view, take, who_took
from bedside.ward.people import person_key
from bedside.ward.views.handover import HandoverView, OpenTask
from bedside.ward.ward import Ward

_WIDTHS = (118, 62, 42, 168, 352, 278)
_ROW = 34
_ALL, _NOT_TAKEN, _MINE = range(3)


class HandoverPage(QWidget):
    """Open tasks in a table, taken and given back by key.

    Args:
        ward: the open ward.
        look: fonts and colours.
        session: who records.

    Signals:
        opened: an infant (by id) is to be opened.
    """

    opened = Signal(int)

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.view: HandoverView | None = None
        self._order: dict[str, int] = {}
        self.setAccessibleName(self.tr("Handover"))
        self.band = HandoverBand(look)
        self.refusals = RefusalNote(look)
        self.model = HandoverModel(look, self)
        self.table = self._table()
        choices = (self.tr("All"), self.tr("Not taken"), self.tr("Mine"))
        self.shown = Segments(choices, self.tr("Tasks shown"), look, one_stop=True)
        self.shown.choose(_ALL)
        self._make_buttons()
        self._lay_out()
        self._connect()

    def _make_buttons(self) -> None:
        def button(words: str, key: str) -> KeyButton:
            return KeyButton(words, key, self.look, bound=False)

        self.take_button = button(self.tr("Take"), "T")
        self.all_button = button(self.tr("Take all of this infant"), "A")
        self.back_button = button(self.tr("Give back"), "B")
        self.open_button = button(self.tr("Open the infant"), "Enter")
        self.past_button = button(self.tr("Earlier handovers…"), "E")
        self.sign_button = button(self.tr("Sign the handover…"), "S")

    def _table(self) -> PlainTable:
        made = PlainTable(self.tr("Open tasks of the ward, late ones first"), self.look)
        made.setModel(self.model)
        made.set_widths(_WIDTHS)
        made.setWordWrap(True)  # what is to be done is never cut
        made.verticalHeader().setMinimumSectionSize(self.look.px(_ROW))
        made.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        made.setStyleSheet(made.styleSheet() + "QTableView::item { padding: 3px 5px; }")
        made.setItemDelegateForColumn(Column.KIND, MarkCells(self.look, MARK_ROLE, made))
        return made

    def _lay_out(self) -> None:
        acts, more = QHBoxLayout(), QHBoxLayout()
        acts.setSpacing(8)
        more.setSpacing(8)
        for part in (self.take_button, self.all_button, self.back_button, self.open_button):
            acts.addWidget(part)
        more.addWidget(self.shown)
        more.addStretch(1)
        more.addWidget(self.past_button)
        more.addWidget(self.sign_button)
        tools = Beside(self.look, ROOMY, 20, by_need=True)
        tools.row.addLayout(acts)
        tools.row.addLayout(more, 1)
        self.empty = label("", self.look, "body_strong_banner", "strong", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addWidget(tools)
        column.addWidget(self.refusals)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addStretch()  # where the table is not shown

    def _connect(self) -> None:
        self.shown.chosen.connect(self._show_chosen)
        self.take_button.clicked.connect(self.take)
        self.all_button.clicked.connect(self.take_all)
        self.back_button.clicked.connect(self.give_back)
        self.open_button.clicked.connect(self.open)
        self.past_button.clicked.connect(self.show_past)
        self.sign_button.clicked.connect(self.sign)
        self.table.doubleClicked.connect(self.open)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)

    # ---- what is shown --------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the tasks again, in order."""
        self._order = {}
        self._read()

    def _read(self) -> None:
        """Read the tasks again; rows that were there stay where they are."""
        self._show(handover_view(self.ward))

    def _read_takers(self) -> None:
        """Read again who took what: a key press waits for no more than that."""
        if self.view is not None:
            self._show(who_took(self.ward, self.view))

    def _show(self, view: HandoverView) -> None:
        if not self._order:
            self._order = {task.key: at for at, task in enumerate(view.tasks)}
        self.view = view
        self.band.show_view(view, self.ward.local(view.as_of))
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self.view is None:
            return
        task, row = self.task(), max(self.table.currentIndex().row(), 0)
        shown = self._chosen(self.view.tasks)
        self.model.show_tasks(shown, self.ward.local(self.view.as_of))
        at = self.model.row_of(task.key) if task is not None else -1
        at = at if at >= 0 else min(row, len(shown) - 1)
        if at >= 0:
            self.table.setCurrentIndex(self.model.index(at, 0))
        self.empty.setText(self._nothing() if not shown else "")
        self.empty.setVisible(not shown)
        self.table.setVisible(bool(shown))  # no frame round nothing
        self._row_changed()

    def _chosen(self, tasks: Sequence[OpenTask]) -> list[OpenTask]:
        last = len(self._order)
        tasks = sorted(tasks, key=lambda task: self._order.get(task.key, last))
        which = self.shown.value()
        if which == _NOT_TAKEN:
            return [task for task in tasks if not task.taken_by]
        if which == _MINE:
            return [task for task in tasks if task.taken_by and self._mine(task)]
        return tasks

    def _mine(self, task: OpenTask) -> bool:
        return person_key(task.taken_by) == person_key(self.session.who)

    def _nothing(self) -> str:
        return {
            _ALL: self.tr("No open task on this ward."),
            _NOT_TAKEN: self.tr("Every open task is taken."),
            _MINE: self.tr("You have taken no open task."),
        }[self.shown.value()]

    def task(self) -> OpenTask | None:
        """The task of the row that has the bar."""
        return self.model.task_at(self.table.currentIndex().row())

    def _row_changed(self) -> None:
        task = self.task()
        free = task is not None and not task.taken_by
        self.take_button.setEnabled(free)
        self.all_button.setEnabled(bool(self._free_of(task)))
        self.back_button.setEnabled(task is not None and not free)
        self.open_button.setEnabled(task is not None)
        for button, why in (
            (self.take_button, self.tr("no row is chosen, or somebody has taken it")),
            (self.all_button, self.tr("every task of this infant is taken")),
            (self.back_button, self.tr("nobody has taken this task")),
            (self.open_button, self.tr("no row is chosen")),
        ):
            button.setToolTip("" if button.isEnabled() else why)

    def _free_of(self, task: OpenTask | None) -> list[OpenTask]:
        """The tasks of an infant that nobody has taken."""
        if task is None or self.view is None:
            return []
        mine = task.infant_id
        return [one for one in self.view.tasks if one.infant_id == mine and not one.taken_by]

    # ---- what is done -----------------------------------------------------------------------------
    def take(self) -> None:
        """Take the task of the row."""
        task = self.task()
        if task is not None and not task.taken_by:
            self._save(lambda: take(self.ward, (task,), who=self.session.who), self.take_button)

    def take_all(self) -> None:
        """Take every task of the row's infant that nobody has taken."""
        free = self._free_of(self.task())
        if free:
            self._save(lambda: take(self.ward, free, who=self.session.who), self.all_button)

    def give_back(self) -> None:
        """Give the task of the row back."""
        task = self.task()
        if task is not None and task.taken_by:
            act = partial(give_back, self.ward, task)
            self._save(lambda: act(who=self.session.who), self.back_button)

    def _save(self, act: Callable[[], None], button: KeyButton) -> None:
        saving(self, act, button=button)
        reasons = self.refusals.text()  # why not stays, over the list as it is now
        self._read_takers()
        self.refusals.setVisible(bool(reasons))
        self.take_focus()

    def open(self) -> None:
        """Open the infant of the row."""
        task = self.task()
        if task is not None:
            self.opened.emit(task.infant_id)

    def sign(self) -> None:
        """Sign the list off, between who leaves and who comes."""
        from bedside.desktop.handover_dialog import HandoverDialog

        self._read()
        if self.view is None:
            return
        dialog = HandoverDialog(self.ward, self.look, self.session, self.view, self)
        dialog.exec()
        dialog.deleteLater()
        self._read()

    def show_past(self) -> None:
        """Read the handovers that were signed."""
        from bedside.desktop.handover_past_dialog import HandoverPastDialog
        from bedside.ward.handover import handovers

        dialog = HandoverPastDialog(self.look, handovers(self.ward), self.ward.local, self)
        dialog.exec()
        dialog.deleteLater()

    def take_focus(self) -> None:
        """The table takes the keyboard; where nothing is in it, the choice of what is shown."""
        taker = self.shown if self.table.isHidden() else self.table
        taker.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters on the buttons; Return opens, unless a button has the keyboard."""
        from bedside.desktop.page_keys import button_in_hand

        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_T: self.take,
            Qt.Key.Key_A: self.take_all,
            Qt.Key.Key_B: self.give_back,
            Qt.Key.Key_E: self.show_past,
            Qt.Key.Key_S: self.sign,
        }
        key = Qt.Key(event.key())
        act = self.open if key in RETURN_KEYS else acts.get(key)
        if key in RETURN_KEYS and button_in_hand(self) is not None:
            act = None
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if act is None or plain != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        event.accept()
        act()
