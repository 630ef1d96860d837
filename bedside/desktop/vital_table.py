"""The recorded vital signs, newest first: a column for each sign, a mark where one is not usual."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from bedside.desktop.look import Look
from bedside.units.dates import write_date, write_time
from bedside.ward.views.fever import SignSet

Index = QModelIndex | QPersistentModelIndex

COLUMNS = (
    ("temperature",), ("heart-rate",), ("breaths",), ("systolic", "diastolic"),
    ("mean-pressure",), ("spo2", "fio2"), ("support",), ("avpu", "gcs"), ("pupils",), ("refill",),
    ("unwell",), ("urine",), ("vasoactives",),
)  # fmt: skip
_UNITS = (" per min", " mmHg", " points", " %", " mL per kg per h", " running", " s")


class VitalTable(QAbstractTableModel):
    """Vital signs as a table."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sets: tuple[SignSet, ...] = ()
        self.headings = (
            self.tr("Taken"), self.tr("Temperature"), self.tr("Heart"), self.tr("Breaths"),
            self.tr("Pressure"), self.tr("Mean"), self.tr("SpO2 / O2 %"), self.tr("Support"),
            self.tr("AVPU / GCS"), self.tr("Pupils"), self.tr("Refill"), self.tr("Looks ill"),
            self.tr("Urine"), self.tr("Vasoactive"), self.tr("Recorded by"),
        )  # fmt: skip

    def show_sets(self, sets: tuple[SignSet, ...]) -> None:
        """Show what was recorded."""
        if sets == self._sets:
            return
        self.beginResetModel()
        self._sets = sets
        self.endResetModel()

    def set_at(self, row: int) -> SignSet | None:
        """The set of a row."""
        return self._sets[row] if 0 <= row < len(self._sets) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many sets there are."""
        return 0 if parent is not None and parent.isValid() else len(self._sets)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.headings)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        """The headings."""
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in shown and orientation == Qt.Orientation.Horizontal:
            return self.headings[section] if 0 <= section < len(self.headings) else None
        return None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """A cell: its text, why it is marked, and how it is drawn."""
        found = self.set_at(index.row()) if index.isValid() else None
        if found is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(found, index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._note(found, index.column())
        if self._marked(found, index.column()):
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(self._look.colour("hold"))
            if role == Qt.ItemDataRole.FontRole:
                return QFont(self._look.font("body", "bold"))
        return None

    def _text(self, found: SignSet, column: int) -> str:
        if column == 0:
            return f"{write_date(found.taken_at.date())[:6]} {write_time(found.taken_at)}"
        if column == len(COLUMNS) + 1:
            return found.who
        parts = [_short(found, kind) for kind in COLUMNS[column - 1]]
        text = "/".join(part for part in parts if part)
        return f"! {text}" if self._marked(found, column) else text

    def _note(self, found: SignSet, column: int) -> str:
        if not 1 <= column <= len(COLUMNS):
            return ""
        cells = [found.cells[kind] for kind in COLUMNS[column - 1] if kind in found.cells]
        return "\n".join(f"{cell.text}: {cell.note}" if cell.note else cell.text for cell in cells)

    def _marked(self, found: SignSet, column: int) -> bool:
        if not 1 <= column <= len(COLUMNS):
            return False
        return any(
            found.cells[kind].mark == "hold" for kind in COLUMNS[column - 1] if kind in found.cells
        )


def _short(found: SignSet, kind: str) -> str:
    cell = found.cells.get(kind)
    if cell is None:
        return ""
    text = cell.text
    for unit in _UNITS:
        text = text.removesuffix(unit)
    return text
