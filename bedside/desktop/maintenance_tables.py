"""The tables of Maintenance: every count with the doses of its day, and every decision."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from bedside.desktop.maintenance_chart_layout import dose_lines
from bedside.desktop.text_table import TextTable
from bedside.units.dates import write_date, write_date_time
from bedside.units.writer import write_number
from bedside.ward.views.maintenance import CheckPoint, DecisionRow, MaintenanceView

Index = QModelIndex | QPersistentModelIndex


class ChecksTable(TextTable):
    """The table twin of the chart, the newest count first."""

    def show_view(self, view: MaintenanceView) -> None:
        """Fill the table."""
        lines = dose_lines(view)
        headings = [
            self.tr("Taken"),
            self.tr("ANC per µL"),
            self.tr("Platelets per µL"),
            *(self.tr("{0} %").format(line.name) for line in lines),
        ]
        self.fill(headings, [self._row(view, check) for check in reversed(view.checks)])

    def _row(self, view: MaintenanceView, check: CheckPoint) -> list[str]:
        doses = [line.words_on(check.at.date()) for line in dose_lines(view)]
        return [
            write_date_time(check.at),
            check.anc_state if check.anc_per_ul is None else write_number(check.anc_per_ul),
            check.platelets_state
            if check.platelets_per_ul is None
            else write_number(check.platelets_per_ul),
            *(dose.removesuffix(" %") or self.tr("no dose") for dose in doses),
        ]


class DecisionsTable(TextTable):
    """Every decision, the newest first; struck-out ones stay readable."""

    def __init__(self, quiet: QColor, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self._rows: tuple[DecisionRow, ...] = ()
        self._quiet = quiet

    def show_view(self, view: MaintenanceView) -> None:
        """Fill the table."""
        self._rows = view.decisions
        headings = (
            self.tr("From"),
            self.tr("Drug"),
            self.tr("Dose"),
            self.tr("Decision"),
            self.tr("The rule proposed"),
            self.tr("Reason"),
            self.tr("Recorded"),
            self.tr("Struck out because"),
        )
        self.fill(headings, [_cells(row) for row in view.decisions])

    def row_at(self, number: int) -> DecisionRow | None:
        """The decision of a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, line-through and colour of a cell."""
        if not index.isValid():
            return None
        voided = bool(self._rows[index.row()].voided)
        if role == Qt.ItemDataRole.AccessibleTextRole and voided:
            return self.tr("struck out: {0}").format(self.cells[index.row()][index.column()])
        if voided and role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setStrikeOut(index.column() != len(self.headings) - 1)
            return font
        if voided and role == Qt.ItemDataRole.ForegroundRole:
            return self._quiet
        return super().data(index, role)


def _cells(row: DecisionRow) -> tuple[str, ...]:
    return (
        write_date(row.from_on),
        row.name,
        row.dose,
        row.decision,
        row.proposal.partition("\n")[0] or "nothing",
        row.reason,
        f"{write_date_time(row.recorded_at)}, {row.recorded_by}",
        row.voided,
    )
