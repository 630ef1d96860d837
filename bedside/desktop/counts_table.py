"""Every blood count of one infant as a table, the newest first; struck-out ones stay readable."""

from decimal import Decimal
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
    ENTERED = 8
    LIMITS = 9
    SPECIMEN = 10
    RECORDED = 11
    STRUCK_OUT = 12


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
            self.tr("As entered"),
            self.tr("Laboratory's limits"),
            self.tr("Specimen"),
            self.tr("Recorded"),
            self.tr("Struck out because"),
        )[section]

    def _is_absent(self, row: CountRow, index: Index) -> bool:
        """Whether there is no number in this cell, not even a bound."""
        column = Column(index.column())
        if not Column.ANC <= column <= Column.HAEMOGLOBIN:
            return False
        return self._number(row, column) is None and self._state(row, column)[:1] not in "<>"

    def _cell(self, row: CountRow, column: Column) -> str:
        texts = {
            Column.TAKEN: write_date_time(row.taken_at),
            Column.ANC_FROM: row.anc_source,
            Column.ENTERED: row.entered or self.tr("not kept"),
            Column.LIMITS: row.limits or self.tr("none given"),
            Column.SPECIMEN: row.specimen,
            Column.RECORDED: f"{write_date_time(row.recorded_at)}, {row.recorded_by}",
            Column.STRUCK_OUT: row.voided,
        }
        if column in texts:
            return texts[column]
        value = self._number(row, column)
        return self._state(row, column) if value is None else write_number(value, self._mark)

    def _number(self, row: CountRow, column: Column) -> Decimal | int | None:
        numbers: dict[Column, Decimal | int | None] = {
            Column.ANC: row.anc_per_ul,
            Column.PLATELETS: row.platelets_per_ul,
            Column.WHITE_CELLS: row.wbc_per_ul,
            Column.NEUTROPHILS: row.neutrophils_percent,
            Column.BANDS: row.bands_percent,
            Column.HAEMOGLOBIN: row.haemoglobin_g_per_l,
        }
        return numbers[column]

    def _state(self, row: CountRow, column: Column) -> str:
        """Why there is no number: a state with its reason, or the bound; the unit is the heading's."""
        states = {
            Column.ANC: row.anc_state,
            Column.PLATELETS: row.platelets_state,
            Column.WHITE_CELLS: row.wbc_state,
            Column.HAEMOGLOBIN: row.haemoglobin_state,
        }
        state = states.get(column, "not done")
        if state[:1] in ("<", ">"):
            return state.removesuffix(" per µL").removesuffix(" g/L")
        return self.tr("not done") if state in {"done", "not done"} else state
