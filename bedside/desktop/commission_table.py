"""The comparison as a table: both entries of each number, the public and the related values."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from bedside.desktop.look import Look
from bedside.ward.views.commissioning import ComparedRow, Comparison, RowState

Index = QModelIndex | QPersistentModelIndex
_ORDER: tuple[RowState, ...] = (
    "disagree",
    "needs reason",
    "changed since",
    "blocked",
    "commissioned",
)


class Column(IntEnum):
    """The columns of the comparison."""

    OF = 0
    NUMBER = 1
    FIRST = 2
    MARK = 3
    SECOND = 4
    PUBLIC = 5
    RELATED = 6


class CommissionTable(QAbstractTableModel):
    """Every number of a group after both passes; what is to settle stands first."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ComparedRow, ...] = ()
        self._names = ("", "")
        self._strong_mark = look.font("body_strong_banner", "bold")
        self._strong = look.font("body", "bold")
        self._stop, self._go = QColor(look.colour("stop")), QColor(look.colour("go"))

    def show_comparison(self, found: Comparison | None) -> None:
        """Fill the table; None empties it."""
        self.beginResetModel()
        rows = () if found is None else found.rows
        self._rows = tuple(sorted(rows, key=lambda row: _ORDER.index(row.state)))
        if found is not None:
            names = (found.first_person, found.second_person)
            self._names = (names[0].partition(",")[0], names[1].partition(",")[0])
        else:
            self._names = ("", "")
        self.endResetModel()

    def row(self, at: int) -> ComparedRow | None:
        """One row; None outside the table."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many numbers there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text and colour of a cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cell(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.state if column == Column.MARK else self._cell(row, column)
        if role == Qt.ItemDataRole.ForegroundRole and column == Column.MARK:
            return self._go if row.state == "commissioned" else self._stop
        if role == Qt.ItemDataRole.FontRole:
            return self._font(row, column)
        return None

    def _font(self, row: ComparedRow, column: Column) -> QFont | None:
        """What decides stands out: the mark, and both entries where they disagree."""
        if column == Column.MARK:
            return self._strong_mark if row.state in ("commissioned", "disagree") else None
        apart = row.state == "disagree" and column in (Column.FIRST, Column.SECOND)
        return self._strong if apart else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Drug or rule"),
            self.tr("Number"),
            self._names[0],
            "",
            self._names[1],
            self.tr("Public"),
            self.tr("Related protocols"),
        )[section]

    def _cell(self, row: ComparedRow, column: Column) -> str:
        mark = {
            "commissioned": "=",
            "disagree": "≠",
            "needs reason": self.tr("why?"),
            "changed since": self.tr("again"),
            "blocked": self.tr("blocked"),
        }[row.state]
        return {
            Column.OF: row.section,
            Column.NUMBER: row.words,
            Column.FIRST: row.first or self.tr("not typed"),
            Column.MARK: mark,
            Column.SECOND: row.second or self.tr("not typed"),
            Column.PUBLIC: " / ".join(row.public) or self.tr("not public"),
            Column.RELATED: "; ".join(row.related),
        }[column]
