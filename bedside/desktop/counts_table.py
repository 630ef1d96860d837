"""Every blood count of one infant as a table, the newest first; struck-out ones stay readable."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from bedside.units.dates import write_date_time
from bedside.units.writer import write_number
from bedside.ward.views.pages import CountRow, CountsView

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the table of counts."""

    TAKEN = 0
    ANC = 1
    PLATELETS = 2
    WHITE_CELLS = 3
    NEUTROPHILS = 4
    BANDS = 5
    HAEMOGLOBIN = 6
    ANC_FROM = 7
    SPECIMEN = 8
    RECORDED = 9
    STRUCK_OUT = 10


class CountsTable(QAbstractTableModel):
    """The table twin of the trend, and the place to correct a count."""

    def __init__(self, quiet: QColor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CountRow, ...] = ()
        self._mark = "."
        self._quiet = quiet

    def show_view(self, view: CountsView, mark: str = ".") -> None:
        """Fill the table; the newest count comes first."""
        self.beginResetModel()
        self._rows = tuple(reversed(view.rows))
        self._mark = mark
        self.endResetModel()

    def count_at(self, row: int) -> CountRow | None:
        """The count of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, count_id: int) -> int:
        """The row of a count; -1 when it is not there."""
        for number, row in enumerate(self._rows):
            if row.count_id == count_id:
                return number
        return -1

    def rowCount(self, parent: Index | None = None) -> int:
        """How many counts there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, line-through and colour of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._cell(row, Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self._cell(row, Column(index.column()))
            return self.tr("struck out: {0}").format(text) if row.voided else text
        if role == Qt.ItemDataRole.TextAlignmentRole and (
            Column.ANC <= index.column() <= Column.HAEMOGLOBIN
        ):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if row.voided and role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setStrikeOut(index.column() != Column.STRUCK_OUT)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and (row.voided or self._is_absent(row, index)):
            return self._quiet
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The headings, each with its unit."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and (
            Column.ANC <= section <= Column.HAEMOGLOBIN
        ):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Taken"),
            self.tr("ANC\nper µL"),
            self.tr("Platelets\nper µL"),
            self.tr("White cells\nper µL"),
            self.tr("Neutrophils\n%"),
            self.tr("Bands\n%"),
            self.tr("Hb\ng/L"),
            self.tr("ANC from"),
            self.tr("Specimen"),
            self.tr("Recorded"),
            self.tr("Struck out because"),
        )[section]

    def _is_absent(self, row: CountRow, index: Index) -> bool:
        """Whether there is no number in this cell."""
        return self._cell(row, Column(index.column())) in {
            self.tr("not done"),
            "pending",
            "unusable",
        }

    def _cell(self, row: CountRow, column: Column) -> str:
        if column == Column.TAKEN:
            return write_date_time(row.taken_at)
        if column == Column.ANC:
            return row.anc_source if row.anc_per_ul is None else write_number(row.anc_per_ul)
        if column == Column.ANC_FROM:
            return row.anc_source
        if column == Column.SPECIMEN:
            return row.specimen
        if column == Column.RECORDED:
            return f"{write_date_time(row.recorded_at)}, {row.recorded_by}"
        if column == Column.STRUCK_OUT:
            return row.voided
        numbers = {
            Column.PLATELETS: row.platelets_per_ul,
            Column.WHITE_CELLS: row.wbc_per_ul,
            Column.NEUTROPHILS: row.neutrophils_percent,
            Column.BANDS: row.bands_percent,
            Column.HAEMOGLOBIN: row.haemoglobin_g_per_l,
        }
        value = numbers[column]
        if value is not None:
            return write_number(value, self._mark)
        states = {
            Column.PLATELETS: row.platelets_state,
            Column.WHITE_CELLS: row.wbc_state,
            Column.HAEMOGLOBIN: row.haemoglobin_state,
        }
        state = states.get(column, "not done")
        return self.tr("not done") if state in {"done", "not done"} else state
