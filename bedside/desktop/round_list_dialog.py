"""The ward's round: whom to see next, and from there straight into that infant's round."""

from collections.abc import Callable
from enum import IntEnum
from functools import partial

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.labels import hint, label
from bedside.desktop.look import Look
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.staying_dialog import StayingDialog
from bedside.units.refusal import Refused
from bedside.ward.toxicity_ward_round import counted_row, ward_round_at_once
from bedside.ward.views.round import WardRoundRow
from bedside.ward.ward import Ward

Index = QModelIndex | QPersistentModelIndex
_A_BREATH_MS = 5  # between two rows that are counted while the list is looked at
_WIDTHS = (48, 172, 226, 322, 218)
_ROW = 30


class Column(IntEnum):
    """The columns of the ward's round."""

    BED = 0
    INFANT = 1
    COURSE = 2
    OPEN = 3
    LABORATORY = 4
    LAST = 5


class WardRoundTable(QAbstractTableModel):
    """One infant a row; rows stay where they are while the list is open."""

    def __init__(self, rows: tuple[WardRoundRow, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = rows

    def rowCount(self, parent: Index | None = None) -> int:
        """How many infants there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text and font of a cell."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and column == Column.LAST:
            return row.last_round or self._cell(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint(self._cell(row, column))
        if role == Qt.ItemDataRole.FontRole and column in (Column.BED, Column.INFANT):
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold if row.due else QFont.Weight.Normal)
            return font
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
            self.tr("Bed"),
            self.tr("Infant"),
            self.tr("Course and day"),
            self.tr("Open, with grade"),
            self.tr("Laboratory"),
            self.tr("Round"),
        )[section]

    def _cell(self, row: WardRoundRow, column: Column) -> str:
        return {
            Column.BED: row.bed,
            Column.INFANT: row.name,
            Column.COURSE: row.course_text,
            Column.OPEN: "; ".join(row.open_words) or self.tr("none"),
            Column.LABORATORY: self._laboratory(row),
            Column.LAST: row.round_words or self.tr("no round yet"),
        }[column]

    def _laboratory(self, row: WardRoundRow) -> str:
        if row.counted:
            return row.laboratory or self.tr("nothing new")
        words = self.tr("… to answer")  # as wide as its number will be: no row moves
        return f"{words}, {row.laboratory}" if row.laboratory else words

    def first_uncounted(self) -> int | None:
        """The number of the first row whose proposals are not counted yet; None once all are."""
        return next((number for number, row in enumerate(self.rows) if not row.counted), None)

    def put(self, number: int, row: WardRoundRow) -> None:
        """Say a row anew, in its place."""
        self.rows = (*self.rows[:number], row, *self.rows[number + 1 :])
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))


class RoundListDialog(StayingDialog):
    """Choose whom to see; ``infant_id`` is the one chosen.

    Args:
        look: fonts and colours.
        rows: the ward's round, those that are due first.
        parent: the window.
        count: counts the proposals of an infant whose row says that they are not counted yet.
    """

    def __init__(
        self,
        look: Look,
        rows: tuple[WardRoundRow, ...],
        parent: QWidget | None = None,
        *,
        count: Callable[[int], WardRoundRow] | None = None,
    ) -> None:
        super().__init__(parent)
        self._count = count
        self._counting = QTimer(self)
        self._counting.setInterval(_A_BREATH_MS)
        self._counting.timeout.connect(self._count_one)
        self.infant_id: int | None = None
        self.setWindowTitle(self.tr("The ward's toxicity round"))
        self.setAccessibleName(self.tr("The ward's toxicity round"))
        self.model = WardRoundTable(rows, self)
        self.table = PlainTable(self.tr("Infants, those whose round is due first"), look)
        self.table.when_empty(
            self.tr("No infant is on this ward: enrol the first one with Ctrl+N.")
        )
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.setWordWrap(True)  # a long course or list of toxicities takes two lines
        self.table.verticalHeader().setMinimumSectionSize(look.px(_ROW))
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.open_button = QPushButton(self.tr("&Open the round"))
        self.back = QPushButton(self.tr("&Go back"))
        self._build(look, rows)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to count where that is left, also after the screen was locked."""
        super().showEvent(event)
        if self._count is not None and self.model.first_uncounted() is not None:
            self._counting.start()

    def _count_one(self) -> None:
        """Count for one row more; rows stay where they are, the chosen one, too."""
        number = self.model.first_uncounted()
        if number is None or self._count is None or not self.isVisible():
            self._counting.stop()
            return
        try:
            self.model.put(number, self._count(self.model.rows[number].infant_id))
        except Refused:  # her own page says why
            self._counting.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens the chosen infant's round."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        else:
            super().keyPressEvent(event)

    def choose(self) -> None:
        """Go to the chosen infant."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.model.rows):
            self.infant_id = self.model.rows[row].infant_id
            self.accept()

    def _build(self, look: Look, rows: tuple[WardRoundRow, ...]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(self.tr("The ward's toxicity round"), look, "page_title", "title"))
        due = sum(row.due for row in rows)
        words = self.tr(
            "{0} of {1} due: no round today, or results since it. ↑ ↓ move, Enter opens."
        )
        column.addWidget(label(words.format(due, len(rows)), look, "small", colour="quiet"))
        column.addWidget(self.table, 1)
        buttons = QHBoxLayout()
        for button in (self.back, self.open_button):
            make_tall(button, look, 40)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        column.addLayout(buttons)
        self.back.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.choose)
        self.table.doubleClicked.connect(self.choose)
        self.resize(*look.fitting(1220, min(620, 190 + _ROW * max(len(rows), 4))))


def ward_round_dialog(ward: Ward, look: Look, parent: QWidget) -> RoundListDialog:
    """The list at once, also where the proposals of many infants are still to be counted."""
    rows = ward_round_at_once(ward)
    return RoundListDialog(look, rows, parent, count=partial(counted_row, ward))
