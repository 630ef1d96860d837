"""The open tasks as a table; rows stay where they are while somebody takes one and gives it back."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QFont

from bedside.desktop.labels import hint
from bedside.desktop.look import Look
from bedside.units.dates import write_date_time, write_time
from bedside.ward.views.handover import OpenTask

MARK_ROLE = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Column(IntEnum):
    """The columns."""

    KIND = 0
    AT = 1
    BED = 2
    INFANT = 3
    WHAT = 4
    NOTE = 5
    TAKEN = 6


class HandoverModel(QAbstractTableModel):
    """Open tasks, one a row.

    Args:
        look: fonts and colours.
        parent: whoever owns it.
    """

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks: tuple[OpenTask, ...] = ()
        self._today: datetime | None = None
        self._strong, self._alike = look.font("body", "strong"), QFont(look.font("body", "strong"))
        self._alike.setUnderline(True)
        self._quiet, self._late = QBrush(look.colour("quiet")), QBrush(look.colour("stop"))

    def show_tasks(self, tasks: Sequence[OpenTask], now: datetime) -> None:
        """Fill the table, in the order given."""
        same = [task.key for task in tasks] == [task.key for task in self.tasks]
        self._today = now
        if same:
            self.tasks = tuple(tasks)
            last = self.index(len(self.tasks) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.tasks = tuple(tasks)
        self.endResetModel()

    def task_at(self, row: int) -> OpenTask | None:
        """The task of a row."""
        return self.tasks[row] if 0 <= row < len(self.tasks) else None

    def row_of(self, key: str) -> int:
        """The row of a task; -1 where it is not shown."""
        return next((at for at, task in enumerate(self.tasks) if task.key == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many tasks there are."""
        return 0 if parent is not None and parent.isValid() else len(self.tasks)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal or role not in _WORDS:
            return None
        return (
            self.tr("Task"),
            self.tr("By when"),  # not "By": elsewhere that is a person
            self.tr("Bed"),
            self.tr("Infant"),
            self.tr("What is to be done"),
            self.tr("Why, since when"),
            self.tr("Taken by"),
        )[section]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Words, mark, font and colour of a cell."""
        task = self.task_at(index.row()) if index.isValid() else None
        if task is None:
            return None
        column = Column(index.column())
        if role in _WORDS:
            return self._words(task, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint(self._words(task, column))
        if role == MARK_ROLE:
            return task.mark
        if role == Qt.ItemDataRole.FontRole:
            return self._font(task, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(task, column)
        return None

    def _font(self, task: OpenTask, column: Column) -> QFont | None:
        if column is Column.INFANT:
            return self._alike if task.alike else self._strong
        strong = column is Column.BED or (column is Column.TAKEN and task.taken_by)
        return self._strong if strong else None

    def _colour(self, task: OpenTask, column: Column) -> QBrush | None:
        if task.mark == "late" and column is Column.AT:
            return self._late
        quiet = column in (Column.KIND, Column.NOTE) or (
            column is Column.TAKEN and not task.taken_by
        )
        return self._quiet if quiet else None

    def _words(self, task: OpenTask, column: Column) -> str:
        return {
            Column.KIND: self._kind(task),
            Column.AT: self._when(task.at),
            Column.BED: task.bed,
            Column.INFANT: task.infant,
            Column.WHAT: task.words,
            Column.NOTE: "; ".join(part for part in (task.note, task.alike) if part),
            Column.TAKEN: self._taken(task),
        }[column]

    def _kind(self, task: OpenTask) -> str:
        return self.tr("late") if task.mark == "late" else task.kind

    def _taken(self, task: OpenTask) -> str:
        if not task.taken_by:
            return self.tr("nobody yet")
        return f"{self._when(task.taken_at)}  {task.taken_by}"

    def _when(self, at: datetime | None) -> str:
        if at is None:
            return ""
        today = self._today is not None and at.date() == self._today.date()
        return write_time(at) if today else write_date_time(at)
