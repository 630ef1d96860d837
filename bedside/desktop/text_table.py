"""A table of finished text, for reading: rows under headings."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_TEXT_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


class TextTable(QAbstractTableModel):
    """Rows of text under headings.

    Args:
        headings: one for each column.
        parent: the object that owns the table.
        rows: the text, row by row; `show_rows` and `fill` show other rows.
        figures: columns that hold whole numbers: their digits stand one below the other.
    """

    def __init__(
        self,
        headings: Sequence[str] = (),
        parent: QObject | None = None,
        *,
        rows: Sequence[Sequence[str]] = (),
        figures: Sequence[int] = (),
    ) -> None:
        super().__init__(parent)
        self._figures = frozenset(figures)
        self.headings = tuple(headings)
        self.cells = tuple(rows)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows under the same headings."""
        self.fill(self.headings, rows)

    def fill(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other rows under other headings."""
        self.beginResetModel()
        self.headings, self.cells = tuple(headings), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell."""
        if index.isValid() and role in _TEXT_ROLES:
            return self.cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._figures:
            return _RIGHT
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self._figures:
            return _RIGHT
        return None
