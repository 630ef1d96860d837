"""The other drugs of the running course: drug, route, days, and what is known of the dose."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bedside.ward.views.pages import DosesView

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the table of drugs."""

    DRUG = 0
    ROUTE = 1
    DAYS = 2
    DOSE = 3


class DrugsTable(QAbstractTableModel):
    """The drugs whose doses Bedside does not count."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, str, str, str], ...] = ()

    def show_view(self, view: DosesView) -> None:
        """Fill the table."""
        self.beginResetModel()
        self._rows = view.other_drugs
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many drugs there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell."""
        if not index.isValid():
            return None
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._rows[index.row()][index.column()]
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
        return (self.tr("Drug"), self.tr("Route"), self.tr("Course days"), self.tr("Dose"))[section]
