"""The facts of one part of a protocol as a table: what, in words, how sure, and from where."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from bedside.desktop.look import Look
from bedside.desktop.plain_table import PlainTable
from bedside.papers.protocol_book import EVIDENCE_WORDS, FactEvidence, FactLine

Index = QModelIndex | QPersistentModelIndex
_COLOURS: dict[FactEvidence, str] = {
    "stated": "go",
    "site": "go",
    "conflict": "stop",
    "absent": "hold",
    "related": "quiet",
    "remark": "quiet",
    "program": "quiet",
}
_WIDTHS = (150, 118, 0, 90, 146)  # 0: takes the room that is left
_AROUND = (20, 9)  # pixels that a cell keeps free beside and above its words


class Column(IntEnum):
    """The columns of the facts."""

    ABOUT = 0
    ASPECT = 1
    WORDS = 2
    EVIDENCE = 3
    SOURCE = 4


class ProtocolFacts(QAbstractTableModel):
    """Facts in the order of the file; what a fact is about stands once, above its further rows."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[FactLine, ...] = ()
        self._colours = {kind: QColor(look.colour(name)) for kind, name in _COLOURS.items()}
        self._strong = look.font("body", "strong")

    def show_facts(self, facts: Sequence[FactLine]) -> None:
        """Fill the table."""
        self.beginResetModel()
        self._facts = tuple(facts)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many facts there are."""
        return 0 if parent is not None and parent.isValid() else len(self._facts)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, colour and weight of a cell."""
        if not index.isValid():
            return None
        fact, column = self._facts[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            again = index.row() > 0 and self._facts[index.row() - 1].about == fact.about
            return "" if column == Column.ABOUT and again else cell(fact, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return cell(fact, column)
        if role == Qt.ItemDataRole.ForegroundRole and column == Column.EVIDENCE:
            return self._colours[fact.evidence]
        if role == Qt.ItemDataRole.FontRole and column in (Column.ABOUT, Column.EVIDENCE):
            return QFont(self._strong)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
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
            self.tr("About"),
            self.tr("Fact"),
            self.tr("In words"),
            self.tr("Evidence"),
            self.tr("Source"),
        )[section]


def cell(fact: FactLine, column: Column) -> str:
    """The text of one cell; a note stands below the words it belongs to."""
    if column == Column.WORDS:
        return f"{fact.words}\n{fact.note}" if fact.note else fact.words
    return {
        Column.ABOUT: fact.about,
        Column.ASPECT: fact.aspect,
        Column.EVIDENCE: EVIDENCE_WORDS[fact.evidence],
        Column.SOURCE: fact.named,
    }[column]


class FactsTable(PlainTable):
    """The table of facts: long words wrap, and each row is as high as its words."""

    def __init__(self, accessible_name: str, look: Look) -> None:
        super().__init__(accessible_name, look)
        self.facts = ProtocolFacts(look, self)
        self.setModel(self.facts)
        self._share()
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollMode(PlainTable.ScrollMode.ScrollPerPixel)
        self._metrics = QFontMetrics(look.font("body", "strong"))  # the widest that stands there

    def _share(self) -> None:
        """The words take the room that is left: no source is out of sight sideways."""
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        for column, width in zip(Column, _WIDTHS, strict=True):
            if width:
                wide = max(self.look.px(width), head.sectionSizeHint(column))
                self.setColumnWidth(column, wide)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        head.geometriesChanged.connect(self._measure)  # a stretched column gets its width last

    def show_facts(self, facts: Sequence[FactLine]) -> None:
        """Fill the table from its first row on."""
        self.facts.show_facts(facts)
        self._measure()
        self.scrollToTop()
        if facts:
            self.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows anew for another width."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        for row in range(self.facts.rowCount()):
            heights = [self._height(row, column) for column in Column]
            self.setRowHeight(row, max(heights) + _AROUND[1])

    def _height(self, row: int, column: Column) -> int:
        """How high the words of a cell are at the width of their column, in pixels."""
        text = str(self.facts.index(row, column).data(Qt.ItemDataRole.DisplayRole))
        room = QRect(0, 0, max(self.columnWidth(column) - _AROUND[0], 40), 10_000)
        return self._metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
