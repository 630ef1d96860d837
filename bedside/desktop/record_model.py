"""The record as a table: one act a row, the newest first; what was struck out is struck through."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QFont

from bedside.desktop.look import Look
from bedside.units.dates import write_date_time
from bedside.ward.views.record import RecordLine

Index = QModelIndex | QPersistentModelIndex
_WORDS = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


class Column(IntEnum):
    """The columns."""

    AT = 0
    WHO = 1
    ACT = 2
    KIND = 3
    VALUES = 4


_STRUCK_THROUGH = (Column.ACT, Column.KIND)


class RecordModel(QAbstractTableModel):
    """Acts on records; a cell is only worked out when it is drawn.

    Args:
        look: fonts and colours.
        parent: whoever owns it.
    """

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[RecordLine, ...] = ()
        self._struck = QFont(look.font("body"))
        self._struck.setStrikeOut(True)
        self._quiet, self._stop = QBrush(look.colour("quiet")), QBrush(look.colour("hold"))

    def show_lines(self, lines: Sequence[RecordLine]) -> None:
        """Fill the table, in the order given."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def line_at(self, row: int) -> RecordLine | None:
        """The act of a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many acts there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, its font and colour."""
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = Column(index.column())
        if role in _WORDS:
            return self._words(line, column)
        if role == Qt.ItemDataRole.FontRole and line.struck and column in _STRUCK_THROUGH:
            return self._struck
        if role == Qt.ItemDataRole.ForegroundRole:
            if line.is_striking or (line.struck and column == Column.VALUES):
                return self._stop
            return self._quiet if line.struck else None
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
        return (
            self.tr("When"),
            self.tr("Who"),
            self.tr("What was done"),
            self.tr("Record"),
            self.tr("Values"),
        )[section]

    def _words(self, line: RecordLine, column: Column) -> str:
        if column == Column.AT:
            return write_date_time(line.at)
        if column == Column.WHO:
            return line.who
        if column == Column.ACT:
            return line.act
        if column == Column.KIND:
            return self.tr("{0} {1}").format(line.kind, line.number)
        return line.struck or line.summary
