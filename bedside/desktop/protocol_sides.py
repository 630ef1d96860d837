"""Two protocols beside each other: one course, drug by drug, in the words of either file."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.choice import Choice
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.whole_table import WholeTable
from bedside.ward.views.protocols import SideBySide, SideLine, SidePart

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = (160, 0, 0, 62)  # 0: both share the room that is left
_BESIDE_WIDE, _LEAST_HIGH = 300, 180
_WORDS = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


class Column(IntEnum):
    """The columns of the comparison."""

    SUBJECT = 0
    A = 1
    B = 2
    SAME = 3


class Sides(QAbstractTableModel):
    """The lines of one part of two protocols."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[SideLine, ...] = ()
        self._titles = ("", "")
        self._strong, self._go = look.font("body", "strong"), QColor(look.colour("go"))
        self._quiet = QColor(look.colour("quiet"))

    def show_part(self, found: SideBySide, part: SidePart) -> None:
        """Show one part of both."""
        self._fill((found.title_a, found.title_b), part.lines)

    def clear(self) -> None:
        """Show nothing of either."""
        self._fill(("", ""), ())

    def _fill(self, titles: tuple[str, str], lines: Sequence[SideLine]) -> None:
        self.beginResetModel()
        self._titles, self._lines = titles, tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, colour and weight of a cell."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], Column(index.column())
        if role in _WORDS:
            return self._cell(line, column)
        if role == Qt.ItemDataRole.FontRole and column in (Column.SUBJECT, Column.SAME):
            return QFont(self._strong)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._tone(line, column)
        return None

    def _tone(self, line: SideLine, column: Column) -> QColor | None:
        if column == Column.SAME:
            return self._go
        absent = {Column.A: not line.a, Column.B: not line.b}
        return self._quiet if absent.get(column) else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Drug or rule"), *self._titles, "")[section]

    def _cell(self, line: SideLine, column: Column) -> str:
        return {
            Column.SUBJECT: line.subject,
            Column.A: line.a or self.tr("no such course"),
            Column.B: line.b or self.tr("no such course"),
            Column.SAME: self.tr("= same") if line.same else "",
        }[column]


class SidesTable(WholeTable):
    """The comparison as a table: long words wrap, and each row is as high as they need."""

    def __init__(self, accessible_name: str, look: Look) -> None:
        self.sides = Sides(look)
        super().__init__(accessible_name, look, self.sides, _WIDTHS)
        self.sides.setParent(self)
        self.setVerticalScrollMode(WholeTable.ScrollMode.ScrollPerPixel)
        self.when_empty(
            self.tr("Nothing that the two files say of this part differs. Choose another part.")
        )

    def show_part(self, found: SideBySide, part: SidePart) -> None:
        """Show one part from its first line on."""
        self.sides.show_part(found, part)
        self.setColumnHidden(Column.SAME, not any(line.same for line in part.lines))
        self.scrollToTop()
        if part.lines:
            self.selectRow(0)


class SidesPanel(QWidget):
    """The choice of the other protocol, and the comparison below it.

    Signals:
        edited: another protocol is chosen.
    """

    edited = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.beside = Choice(self.tr("Protocol to stand beside it"), (), look)
        self.table = SidesTable(self.tr("This part of both protocols"), look)
        self.table.setMinimumHeight(look.px(_LEAST_HIGH))
        words = label(self.tr("B&eside it"), look, "body", "strong")
        words.setTextFormat(Qt.TextFormat.AutoText)
        name_field(words, self.beside)
        self.beside.setMinimumWidth(look.px(_BESIDE_WIDE))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(words)
        line.addWidget(self.beside)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.beside.edited.connect(self.edited)

    def offer(self, others: Sequence[tuple[str, str]]) -> str | None:
        """Offer protocols by key and title; the one chosen before stays, else it is the first.

        Returns:
            The key of the chosen one; None where there is none to choose.
        """
        keys, before = [key for key, _ in others], self.beside.value()
        if keys != [self.beside.itemData(at) for at in range(self.beside.count())]:
            self.beside.blockSignals(True)
            self.beside.clear()
            for key, title in others:
                self.beside.addItem(title, key)
            self.beside.choose(before if before in keys else next(iter(keys), None))
            self.beside.blockSignals(False)
        return self.beside.value()
