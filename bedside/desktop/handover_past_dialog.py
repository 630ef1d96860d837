"""The handovers that were signed, newest first, each with its list as both people saw it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.handover_model import MARK_ROLE, Column, HandoverModel
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.mark_cells import MarkCells
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.staying_dialog import StayingDialog
from bedside.papers.handover import HandedTask
from bedside.units.dates import write_date_time
from bedside.ward.views.handover import OpenTask, SignedOff

_WIDTHS = (104, 64, 42, 160, 300, 200)
_ROW = 30
_LIST_WIDE, _SIZE = 190, (1290, 600)


class HandoverPastDialog(StayingDialog):
    """A list of handovers, and the tasks of the chosen one.

    Args:
        look: fonts and colours.
        handovers: what was signed, newest first.
        local: a moment in the ward's own time.
        parent: the page.
    """

    only_read = True

    def __init__(
        self,
        look: Look,
        handovers: Sequence[SignedOff],
        local: Callable[[datetime], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._handovers, self._local = look, tuple(handovers), local
        self.setWindowTitle(self.tr("Earlier handovers"))
        self.setAccessibleName(self.tr("Earlier handovers"))
        self.list = QListView()
        self.model = HandoverModel(look, self)
        self.table = PlainTable(self.tr("What was open then"), look)
        self.table.when_empty(
            self.tr("Nothing was open then, or no handover is chosen at the left.")
        )
        self.head = label("", look, "body_strong_banner", "strong", wrap=True)
        self.seal = label("", look, "small", colour="quiet", wrap=True)
        self.back = QPushButton(self.tr("&Go back"))
        self._fill()
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._show)
        self.back.clicked.connect(self.reject)
        if self._handovers:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        else:
            self.head.setText(self.tr("No handover was signed on this ward yet."))
        self.resize(*look.fitting(*_SIZE))
        self.list.setFocus()

    def _fill(self) -> None:
        look = self._look
        when = [write_date_time(one.at) for one in self._handovers]
        self.list.setModel(QStringListModel(when, self))
        self.list.setAccessibleName(self.tr("Handovers, the newest first"))
        self.list.setFont(look.font("body", "medium"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFixedWidth(look.px(_LIST_WIDE))
        accent, edge = look.colour("accent").name(), look.colour("edge").name()
        self.list.setStyleSheet(
            f"QListView {{ background: {look.colour('surface').name()};"
            f" border: 1px solid {edge}; outline: 0; }}"
            f"QListView:focus {{ border: 2px solid {accent}; }}"
            "QListView::item { height: 34px; padding-left: 8px; }"
            f"QListView::item:selected {{ background: {look.colour('accent_tint').name()};"
            f" color: {look.colour('ink').name()}; }}"
        )
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.setWordWrap(True)
        self.table.verticalHeader().setMinimumSectionSize(look.px(_ROW))
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setStyleSheet(self.table.styleSheet() + "QTableView::item { padding: 3px 5px; }")
        self.table.setItemDelegateForColumn(Column.KIND, MarkCells(look, MARK_ROLE, self.table))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Earlier handovers"), self._look, "page_title", "title"))
        right = QVBoxLayout()
        right.setSpacing(4)
        for part in (self.head, self.seal):
            right.addWidget(part)
        right.addWidget(self.table, 1)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        column.addLayout(middle, 1)
        make_tall(self.back, self._look, FIELD_HIGH)
        self.back.setDefault(True)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)

    def _show(self) -> None:
        row = self.list.currentIndex().row()
        if not 0 <= row < len(self._handovers):
            return
        one = self._handovers[row]
        words = self.tr("{0}, to {1}: {2} open tasks as of {3}")
        if len(one.paper.tasks) == 1:
            words = self.tr("{0}, to {1}: {2} open task as of {3}")
        at = write_date_time(self._local(one.paper.as_of))
        paper = one.paper
        self.head.setText(words.format(paper.left, paper.came, len(paper.tasks), at))
        whole = self.tr("The list is as it was signed.")
        broken = self.tr("The list is NOT as it was signed: do not rely on it.")
        self.seal.setText(whole if one.whole else broken)
        dress(self.seal, self._look, "small", colour="quiet" if one.whole else "stop")
        self.model.show_tasks([self._task(task) for task in paper.tasks], self._local(one.at))

    def _task(self, task: HandedTask) -> OpenTask:
        """A task as it was handed over, for the same table as the open ones."""
        return OpenTask(
            key="",
            infant_id=0,
            bed=task.bed,
            infant=task.infant,
            alike=task.alike,
            kind=task.kind,
            mark=task.mark,
            at=None if task.at is None else self._local(task.at),
            words=task.words,
            note=task.note,
            taken_by=task.taken_by,
            taken_at=None if task.taken_at is None else self._local(task.taken_at),
        )
