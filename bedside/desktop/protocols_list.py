"""The two lists of the page Protocols: the protocols with edition and state, and the parts of one."""

from collections.abc import Sequence
from enum import IntEnum

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from bedside.desktop.look import Look
from bedside.desktop.plain_table import PlainTable

Index = QModelIndex | QPersistentModelIndex
_WORDS = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)
_LEFT, _ABOVE = 8, 5  # pixels that a protocol keeps free left and right, above and below
_WRAP = int(Qt.TextFlag.TextWordWrap)


class ProtocolLine(Struct, frozen=True):
    """A protocol as it stands in the list: its edition, whether entry is closed, how far it is."""

    key: str
    title: str
    edition: str
    closed: bool
    done: int
    total: int


class PartLine(Struct, frozen=True):
    """A part of a protocol: "9 of 10", its state, and the colour of the state ("" for the usual)."""

    title: str
    count: str = ""
    state: str = ""
    colour: str = ""


class PartColumn(IntEnum):
    """The columns of the parts."""

    PART = 0
    COUNT = 1
    STATE = 2


class ProtocolLines(QAbstractTableModel):
    """Every protocol: title, edition, and below them entry and how much is commissioned."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[ProtocolLine, ...] = ()

    def show_lines(self, lines: Sequence[ProtocolLine]) -> None:
        """Fill the list; the same protocols keep their rows."""
        same = [line.key for line in lines] == [line.key for line in self.lines]
        if same:
            self.lines = tuple(lines)
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, 0))
            return
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many protocols there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """One: a protocol is one cell."""
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if not index.isValid() or role not in _WORDS:
            return None
        line = self.lines[index.row()]
        words = self.tr("entry not stated as closed; {0} of {1} commissioned")
        if line.closed:
            words = self.tr("closed to entry; {0} of {1} commissioned")
        said = (line.title, line.edition, words.format(line.done, line.total))
        return (", " if role == Qt.ItemDataRole.AccessibleTextRole else "\n").join(said)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.tr("Protocol, its edition, how far it is commissioned")


class PartLines(QAbstractTableModel):
    """The parts of a protocol, or of two beside each other."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines: tuple[PartLine, ...] = ()

    def show_lines(self, lines: Sequence[PartLine]) -> None:
        """Fill the list; the same parts keep their rows."""
        same = [line.title for line in lines] == [line.title for line in self._lines]
        if same and lines:
            self._lines = tuple(lines)
            last = self.index(len(self._lines) - 1, len(PartColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many parts there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(PartColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and the colour of a state."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], PartColumn(index.column())
        if role in _WORDS:
            return (line.title, line.count, line.state)[column]
        if role == Qt.ItemDataRole.ForegroundRole and column == PartColumn.STATE and line.colour:
            return QColor(self._look.colour(line.colour))
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
        return (self.tr("Part"), self.tr("Numbers"), self.tr("State"))[section]


class ProtocolCells(QStyledItemDelegate):
    """Draws a protocol: its title strong, below it edition and entry, small."""

    def __init__(self, look: Look, lines: ProtocolLines, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._lines = look, lines
        self._fonts = (look.font("body", "strong"), look.font("small"), look.font("small"))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground alone: the words are drawn over it."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row's ground, then the words."""
        super().paint(painter, option, index)
        room = option.rect.adjusted(_LEFT, _ABOVE, -_LEFT, 0)
        closed = self._lines.lines[index.row()].closed
        tones = ("ink", "quiet", "hold" if closed else "quiet")
        painter.save()
        for words, font, tone in zip(self._words(index), self._fonts, tones, strict=True):
            painter.setFont(font)
            painter.setPen(self._look.colour(tone))
            painter.drawText(room, _WRAP, words)
            room.setTop(room.top() + _high(words, font, room.width()))
        painter.restore()

    def high(self, index: Index, wide: int) -> int:
        """How high a protocol is in a column of this width, in pixels."""
        pairs = zip(self._words(index), self._fonts, strict=True)
        return sum(_high(words, font, wide - 2 * _LEFT) for words, font in pairs) + 2 * _ABOVE

    def _words(self, index: Index) -> list[str]:
        return str(index.data(Qt.ItemDataRole.DisplayRole)).split("\n")


def _high(words: str, font: QFont, wide: int) -> int:
    return QFontMetrics(font).boundingRect(0, 0, wide, 10_000, _WRAP, words).height()


class ProtocolTable(PlainTable):
    """The list of protocols: as high as its rows, so that none is out of sight."""

    def __init__(self, accessible_name: str, look: Look) -> None:
        super().__init__(accessible_name, look)
        self.lines = ProtocolLines(self)
        self.setModel(self.lines)
        self._cells = ProtocolCells(look, self.lines, self)
        self.setItemDelegateForColumn(0, self._cells)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().geometriesChanged.connect(self.fit)
        self.lines.modelReset.connect(self.fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other heights."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Make every row, and the list itself, as high as the words need."""
        high = self.horizontalHeader().height() + 2 * self.frameWidth()
        for row in range(self.lines.rowCount()):
            needed = self._cells.high(self.lines.index(row, 0), self.columnWidth(0))
            if self.rowHeight(row) != needed:
                self.setRowHeight(row, needed)
            high += needed
        if self.height() != high:
            self.setFixedHeight(high)
