"""Papers printed earlier: number, copy, code, by whom, and whether each still holds.

Decision: code and printer stand below paper and time, so that no column is out of sight.
"""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from bedside.desktop.look import Look
from bedside.units.dates import write_date_time
from bedside.ward.views.pages import PrintedPaper

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the table of printed papers."""

    NUMBER = 0
    HOLDS = 1
    PAPER = 2
    PRINTED = 3


class PrintedTable(QAbstractTableModel):
    """Every printed paper of one infant, the newest first."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PrintedPaper, ...] = ()
        self._stop = QColor(look.colour("stop"))
        self._go = QColor(look.colour("go"))

    def show_papers(self, papers: tuple[PrintedPaper, ...]) -> None:
        """Fill the table."""
        self.beginResetModel()
        self._rows = papers
        self.endResetModel()

    def paper_at(self, row: int) -> PrintedPaper | None:
        """The paper of a row; None where there is no such row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many papers there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text and colour of a cell."""
        if not index.isValid():
            return None
        paper = self._rows[index.row()]
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._cell(paper, Column(index.column()))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == Column.HOLDS:
            return self._stop if paper.out_of_date else self._go
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
            self.tr("Number"),
            self.tr("Holds"),
            self.tr("Paper, code"),
            self.tr("Printed, by"),
        )[section]

    def _cell(self, paper: PrintedPaper, column: Column) -> str:
        holds = self.tr("valid")
        if paper.void:
            holds = paper.out_of_date
        elif paper.out_of_date:
            holds = self.tr("out of date: {0}").format(
                paper.out_of_date.removeprefix("changed since: ")
            )
        if paper.also:
            holds += f"; {paper.also}"
        printed = f"{write_date_time(paper.printed_at)}\n{paper.printed_by}"
        if paper.reprinted:
            printed += "\n" + self.tr("again: {0}").format(paper.reprinted)
        return {
            Column.NUMBER: f"{paper.sheet_number}\n" + self.tr("copy {0}").format(paper.copy),
            Column.HOLDS: holds,
            Column.PAPER: f"{paper.title}\n{paper.code}",
            Column.PRINTED: printed,
        }[column]
