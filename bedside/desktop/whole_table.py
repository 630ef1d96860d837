"""A table in which no name is cut: one column takes the room that is left and breaks its words there.

Decision: names are broken at words and the row grows. An ellipsis with the whole name in a tip asks
for a pointer, and is not there on paper or for a person who reads over another's shoulder.
"""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from bedside.desktop.look import Look
from bedside.desktop.plain_table import ROW_HIGH, PlainTable
from bedside.desktop.spoken import spoken_words

_SIDES = 16  # left and right of the words in a cell, Qt's own margins included
_ABOVE_AND_BELOW = 8


class WholeTable(PlainTable):
    """A plain table whose rows are as high as their words.

    Args:
        accessible_name: what it shows.
        look: fonts.
        model: its rows.
        widths: of each column in pixels; 0 for the one that takes the room that is left.
        parent: whoever owns it.
        mark: how wide the mark before the words of a cell is, in pixels.
    """

    def __init__(
        self,
        accessible_name: str,
        look: Look,
        model: QAbstractItemModel,
        widths: tuple[int, ...],
        parent: QWidget | None = None,
        *,
        mark: int = 0,
    ) -> None:
        super().__init__(accessible_name, look, parent)
        self._mark = look.px(mark)
        self._widths = widths
        self.setModel(model)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        for column, width in enumerate(widths):
            if width:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(column, look.px(width))
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        head.sectionResized.connect(self.fit)
        head.geometriesChanged.connect(self.fit)  # a stretched column gets its width last
        model.modelReset.connect(self.fit)

    def set_fixed(self, widths: tuple[int, ...]) -> None:
        """Take other widths of the columns that have one; 0 is left as it is."""
        self._widths = widths
        self._widen()

    def _widen(self) -> None:
        """No word is cut, nor a heading: a column with a width of its own becomes as wide as they need."""
        least = [self._longest_word(column) for column in range(len(self._widths))]
        asked = [max(self.look.px(width), least[at]) for at, width in enumerate(self._widths)]
        spare = [wide - least[at] if self._widths[at] else 0 for at, wide in enumerate(asked)]
        fixed = sum(wide for at, wide in enumerate(asked) if self._widths[at])
        left = sum(least[at] for at, width in enumerate(self._widths) if not width)
        lack = min(max(0, fixed + left - self.viewport().width()), sum(spare))
        for column, width in enumerate(self._widths):
            if not width:
                continue
            wide = asked[column]
            if lack:  # the column that takes what is left must have room for its words, too
                wide -= -(-lack * spare[column] // sum(spare))
            if self.columnWidth(column) != wide:
                self.setColumnWidth(column, wide)

    def _longest_word(self, column: int) -> int:
        """How wide a column must be for its longest word: a dose is one number, never two halves."""
        metrics, most = QFontMetrics(self.font()), 0
        for row in range(self.model().rowCount()):
            index = self.model().index(row, column)
            text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            mark = self._mark if index.data(Qt.ItemDataRole.DecorationRole) is not None else 0
            words = spoken_words(text.replace("\n", " "))
            most = max(most, *(metrics.horizontalAdvance(word) + mark for word in words))
        head = self.horizontalHeader().sectionSizeHint(column)
        return max(most + _SIDES if most else 0, head)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room, other heights."""
        super().resizeEvent(event)
        self.fit()

    def sizeHintForRow(self, row: int) -> int:
        """How high a row must be for all its words."""
        metrics = QFontMetrics(self.font())
        wrapped = int(Qt.TextFlag.TextWordWrap)
        most = 0
        for column in range(self.model().columnCount(QModelIndex())):
            index = self.model().index(row, column)
            text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            marked = self._mark and index.data(Qt.ItemDataRole.DecorationRole) is not None
            room = self.columnWidth(column) - _SIDES - (self._mark if marked else 0)
            most = max(most, metrics.boundingRect(0, 0, room, 10_000, wrapped, text).height())
        return max(self.look.px(ROW_HIGH), most + _ABOVE_AND_BELOW)

    def fit(self) -> None:
        """Set widths and heights anew."""
        self._widen()
        for row in range(self.model().rowCount(QModelIndex())):
            if self.rowHeight(row) != (high := self.sizeHintForRow(row)):
                self.setRowHeight(row, high)
