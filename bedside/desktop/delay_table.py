"""Everything that a hold or a delay moves, a row each."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COLUMNS = 6
_GROUP, _THEN = 0, 3
Moves = tuple[tuple[str, str, str, str, str, str], ...]


class DelayTable(QAbstractTableModel):
    """The rows of a preview: group, what, planned, then, by, note."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._moves: Moves = ()

    def show_moves(self, moves: Moves) -> None:
        """Show the rows of another preview."""
        self.beginResetModel()
        self._moves = moves
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """A row for each thing that moves."""
        return 0 if parent.isValid() else len(self._moves)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """The six columns."""
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell; a group is named once on the screen, and read out in each of its rows."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.FontRole and column == _THEN:  # what would hold from now on
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        words = self._moves[row][column]
        named = column == _GROUP and row > 0 and self._moves[row - 1][_GROUP] == words
        return "" if named and role == Qt.ItemDataRole.DisplayRole else words

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            self.tr("Group"),
            self.tr("What moves"),
            self.tr("Planned"),
            self.tr("Then"),
            self.tr("Later"),
            self.tr("Note"),
        )[section]
