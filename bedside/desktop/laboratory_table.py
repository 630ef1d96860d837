"""Every result of chemistry and levels as a table, the newest first; struck-out ones stay readable."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from bedside.units.dates import write_date_time
from bedside.ward.views.laboratory import LabRow

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the table of results."""

    TAKEN = 0
    ANALYTE = 1
    ENTERED = 2
    FLAG = 3
    KEPT = 4
    LIMITS = 5
    SPECIMEN = 6
    RECORDED = 7
    STRUCK_OUT = 8


class LabTable(QAbstractTableModel):
    """Results with who recorded them; the place to correct one or to complete a pending one."""

    def __init__(self, quiet: QColor, hold: QColor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[LabRow, ...] = ()
        self._quiet, self._hold = quiet, hold

    def show_rows(self, rows: tuple[LabRow, ...]) -> None:
        """Fill the table."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def result_at(self, row: int) -> LabRow | None:
        """The result of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, result_id: int) -> int:
        """The row of a result; -1 when it is not there."""
        found = [at for at, row in enumerate(self._rows) if row.result_id == result_id]
        return found[0] if found else -1

    def rowCount(self, parent: Index | None = None) -> int:
        """How many results there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, line-through and colour of a cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        text = self._cell(row, column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("struck out: {0}").format(text) if row.voided else text
        if role == Qt.ItemDataRole.FontRole:
            return self._font(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            if row.voided or row.state != "done":
                return self._quiet
            return self._hold if column == Column.FLAG else None
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
            self.tr("Taken"),
            self.tr("Analyte"),
            self.tr("As entered"),
            self.tr("Beside limits"),
            self.tr("As kept"),
            self.tr("Laboratory's limits"),
            self.tr("Specimen from, laboratory"),
            self.tr("Recorded"),
            self.tr("Struck out because"),
        )[section]

    def _font(self, row: LabRow, column: Column) -> QFont | None:
        if not row.voided or column == Column.STRUCK_OUT:
            return None
        font = QFont()
        font.setStrikeOut(True)
        return font

    def _cell(self, row: LabRow, column: Column) -> str:
        flags = {"": "", "low": self.tr("low"), "high": self.tr("high")}
        return {
            Column.TAKEN: write_date_time(row.taken_at),
            Column.ANALYTE: row.title,
            Column.ENTERED: row.entered,
            Column.FLAG: flags[row.flag],
            Column.KEPT: row.kept or (self.tr("the same") if row.state == "done" else ""),
            Column.LIMITS: row.limits or self.tr("none given"),
            Column.SPECIMEN: row.specimen,
            Column.RECORDED: row.recorded,
            Column.STRUCK_OUT: row.voided,
        }[column]
