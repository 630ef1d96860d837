"""The recorded vital signs, newest first: few columns, a mark where one is not usual, all words below."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from bedside.desktop.look import Look
from bedside.units.dates import write_date, write_time
from bedside.ward.views.fever import SignCell, SignSet

Index = QModelIndex | QPersistentModelIndex

COLUMNS = (
    ("temperature",), ("heart-rate",), ("breaths",), ("systolic", "diastolic"),
    ("spo2", "fio2"), ("unwell",),
)  # fmt: skip
MORE = ("mean-pressure", "support", "avpu", "gcs", "pupils", "refill", "urine", "vasoactives")
WIDTHS = (105, 109, 75, 75, 75, 75, 59, 75)  # with room for figures and the German words
_UNITS = (" per min", " mmHg", " points", " %", " mL per kg per h", " running", " s")
_SITES = {"under the arm": "arm", "in the mouth": "mouth", "in the ear": "ear"}


class VitalTable(QAbstractTableModel):
    """Vital signs as a table."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sets: tuple[SignSet, ...] = ()
        self.headings = (
            self.tr("Taken"), self.tr("Temperature"), self.tr("Heart"), self.tr("Breaths"),
            self.tr("Pressure"), self.tr("SpO2 / O2"), self.tr("Looks ill"), self.tr("More"),
        )  # fmt: skip
        self.names = {
            "temperature": self.tr("temperature"), "heart-rate": self.tr("heart rate"),
            "breaths": self.tr("breathing rate"), "systolic": self.tr("systolic"),
            "diastolic": self.tr("diastolic"), "mean-pressure": self.tr("mean pressure"),
            "spo2": self.tr("SpO2"), "fio2": self.tr("inspired O2"),
            "support": self.tr("breathing support"), "avpu": self.tr("consciousness"),
            "gcs": self.tr("GCS"), "pupils": self.tr("pupils"), "refill": self.tr("refill"),
            "unwell": self.tr("looks ill"), "urine": self.tr("urine"),
            "vasoactives": self.tr("vasoactive drugs"),
        }  # fmt: skip

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

    def spoken(self, row: int) -> str:
        """Everything of a row in words; "" where there is no such row."""
        found = self.set_at(row)
        if found is None:
            return ""
        kinds = [kind for kind in self.names if kind in found.cells]
        said = "; ".join(_words(self.names[kind], found.cells[kind]) for kind in kinds)
        when = self._text(found, 0)
        return self.tr("{0}, recorded by {1}: {said}").format(when, found.who, said=said)

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
        marks = {cell.mark for cell in _cells(found, index.column())}
        if "hold" in marks or "unknown" in marks:
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(self._look.colour("hold" if "hold" in marks else "quiet"))
            if role == Qt.ItemDataRole.FontRole and "hold" in marks:
                return QFont(self._look.font("body", "bold"))
        return None

    def _text(self, found: SignSet, column: int) -> str:
        if column == 0:
            return f"{write_date(found.taken_at.date())[:6]} {write_time(found.taken_at)}"
        cells = _cells(found, column)
        exclaimed = "! " if any(cell.mark == "hold" for cell in cells) else ""
        if column == len(COLUMNS) + 1:
            return exclaimed + self.tr("{0} more").format(len(cells)) if cells else ""
        absent = [cell for cell in cells if cell.mark == "unknown"]
        if absent:
            return self.tr("no value")  # not done or unusable, and why: in the words below
        return exclaimed + "/".join(_short(cell) for cell in cells)

    def _note(self, found: SignSet, column: int) -> str:
        cells = _cells(found, column)
        return "\n".join(
            f"{self.names[cell.kind]} {cell.text}{'; ' * bool(cell.note)}{cell.note}"
            for cell in cells
        )


def _cells(found: SignSet, column: int) -> list[SignCell]:
    if column == 0:
        return []
    kinds = MORE if column == len(COLUMNS) + 1 else COLUMNS[column - 1]
    return [found.cells[kind] for kind in kinds if kind in found.cells]


def _words(name: str, cell: SignCell) -> str:
    said = f"{name} {cell.text}"
    if cell.mark != "hold":
        return said
    beyond = cell.note.partition(" (")[0].partition(" is ")[2]
    return f"{said} ({beyond})" if beyond else said


def _short(cell: SignCell) -> str:
    text = cell.text
    if cell.kind == "temperature":
        degrees, _, where = text.partition(" °C ")
        for long, short in _SITES.items():
            where = where.replace(long, short)
        return f"{degrees} °C {where.rpartition(') ')[2]}"
    for unit in _UNITS:
        text = text.removesuffix(unit)
    return text
