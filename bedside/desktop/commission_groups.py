"""The list of courses and other groups of numbers, each with how far it is commissioned."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from bedside.desktop.look import Look
from bedside.ward.views.commissioning import GroupState

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the list."""

    GROUP = 0
    COUNT = 1
    STATE = 2


class GroupTable(QAbstractTableModel):
    """Every group of a protocol, or of the site."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[GroupState, ...] = ()
        self._colours = {
            "commissioned": QColor(look.colour("go")),
            "to settle": QColor(look.colour("stop")),
            "blocked": QColor(look.colour("stop")),
        }

    def show_groups(self, groups: tuple[GroupState, ...]) -> None:
        """Fill the list; the same groups keep their rows."""
        if [row.key for row in groups] == [row.key for row in self._rows]:
            self._rows = groups
            self.dataChanged.emit(self.index(0, 0), self.index(len(groups) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self._rows = groups
        self.endResetModel()

    def group(self, at: int) -> GroupState | None:
        """One group; None outside the list."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many groups there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text and colour of a cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}: {row.words}"
        if role == Qt.ItemDataRole.ForegroundRole and column == Column.STATE:
            return self._colours.get(row.stage)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Course"), self.tr("Numbers"), self.tr("State"))[section]

    def _cell(self, row: GroupState, column: Column) -> str:
        state = {
            "not begun": self.tr("not begun"),
            "passes": self.tr("in passes"),
            "to settle": self.tr("≠ to settle"),
            "blocked": self.tr("≠ blocked"),
            "commissioned": self.tr("= done"),
        }[row.stage]
        return {
            Column.GROUP: row.title,
            Column.COUNT: f"{row.done} of {row.total}",
            Column.STATE: state,
        }[column]
