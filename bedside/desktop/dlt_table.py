"""The DLT ledger on the page: every column keeps its share of the room, every row its whole text.

Decision: a row grows until the rule's words and the decision's reason stand in it whole. A reason cut
with an ellipsis had to be looked for in a tip, and a reason is what the page is for.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QFontMetrics, QResizeEvent

from bedside.desktop.dlt_cells import DltCells
from bedside.desktop.dlt_model import DltLedger
from bedside.desktop.look import Look
from bedside.desktop.plain_table import USUAL_PERCENT, PlainTable
from bedside.desktop.tall_area import row_into_sight

# of a thousandth of the room each: term, worst, attribution, rule, decision; the days take the rest
_SHARES = (158, 66, 142, 244, 240)
_TERM, _WORST, _ATTRIBUTION = 0, 1, 2
_WORDY = (3, 4)  # the rule, the decision
_EDGES = 4  # pixels: of the ring around a table
_BESIDE_TERM = 18  # its margins
_LEAST_WORST = 74


class DltTable(PlainTable):
    """The ledger; its rows are as high as their words."""

    def __init__(self, accessible_name: str, look: Look, model: DltLedger) -> None:
        super().__init__(accessible_name, look)
        self.setModel(model)
        self.when_empty(
            self.tr(
                "No toxicity lies in this DLT period: nothing is to be decided. Toxicities are recorded "
                "on their own page."
            )
        )
        self._ledger = model
        self._cells = DltCells(look, self)
        self.setItemDelegate(self._cells)
        self._room = 0
        model.modelReset.connect(self.fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new room."""
        super().resizeEvent(event)
        if event.size().width() != self._room:
            self._room = event.size().width()
            self.fit()

    def sizeHintForRow(self, row: int) -> int:
        """How high a row must be for all its words."""
        widths = [self.columnWidth(column) for column in range(self._ledger.columnCount())]
        return self._cells.row_height(self._ledger, row, widths)

    def fit(self) -> None:
        """Set widths and heights anew."""
        wide = [self._room * share // 1000 for share in _SHARES]
        wide[_WORST] = max(wide[_WORST], self.look.px(_LEAST_WORST))
        wide[_ATTRIBUTION] = max(wide[_ATTRIBUTION], self._longest_word(_ATTRIBUTION))
        more = max(0, self._longest_of_a_term() - wide[_TERM])
        wide[_TERM] += more
        more += max(0, self._heading_of_the_last() - (self._room - sum(wide)))
        for column in _WORDY:  # they have the room: their lines only break elsewhere
            wide[column] -= more // len(_WORDY)
        for column, width in enumerate(wide):
            self.setColumnWidth(column, width)
        for row in self._rows():
            self.setRowHeight(row, self.sizeHintForRow(row))
        self._hold_every_row()

    def _hold_every_row(self) -> None:
        """In large text the page scrolls: every row of the ledger is in it, and it scrolls alone."""
        if self.look.percent == USUAL_PERCENT:
            return
        high = sum(map(self.rowHeight, self._rows())) + self.horizontalHeader().height()
        self.setMinimumHeight(high + 2 * self.frameWidth() + _EDGES)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Where the page scrolls it goes along with the row in hand."""
        super().currentChanged(current, previous)
        if self.hasFocus() and self.look.percent != USUAL_PERCENT:
            row_into_sight(self, self.visualRect(current))

    def _heading_of_the_last(self) -> int:
        """How wide the last column must be, so that its heading is whole in large text."""
        return self.horizontalHeader().sectionSizeHint(self._ledger.columnCount() - 1)

    def _longest_of_a_term(self) -> int:
        """How wide the terms must be: Hypertriglyceridemia is one word, and never cut."""
        metrics = QFontMetrics(self.look.font("body", "strong"))
        terms = (row.term for row in map(self._ledger.toxicity_at, self._rows()) if row is not None)
        longest = max(
            (metrics.horizontalAdvance(word) for term in terms for word in term.split()), default=0
        )
        return longest + self.look.px(_BESIDE_TERM)

    def _rows(self) -> range:
        return range(self._ledger.rowCount(QModelIndex()))
