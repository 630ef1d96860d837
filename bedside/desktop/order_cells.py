"""Draws the dose of an order: the drug's name stands out first, then route and day."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from bedside.desktop.look import Look
from bedside.desktop.order_table import Column, OrderTable
from bedside.desktop.plain_table import PaddedCells
from bedside.desktop.runs import Line, Run, Typesetter
from bedside.desktop.whole_table import WholeTable

Index = QModelIndex | QPersistentModelIndex
_SIDE, _ABOVE_AND_BELOW = 8, 8


class DoseCells(PaddedCells):
    """Drug bold, route plain; below them the day.

    Args:
        look: fonts and colours.
        model: the orders.
        parent: whoever owns it.
    """

    def __init__(self, look: Look, model: OrderTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._setter = model, Typesetter(look)

    def lines(self, row: int, wide: int) -> list[Line]:
        """The lines of a row's dose in a cell of so many pixels."""
        order = self._model.row(row)
        if order is None:
            return []
        route = order.name.removeprefix(order.drug).strip() if order.drug else order.name
        name = (Run(order.drug, "body", "bold"), Run(" ", "body")) if order.drug else ()
        day = Line((Run(self._model.when(order), "body"),))
        return self._setter.set((Line((*name, Run(route, "body"))), day), wide - 2 * _SIDE)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground only: its words are drawn here."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground, then the lines, in the middle as the other cells' words."""
        super().paint(painter, option, index)
        lines = self.lines(index.row(), option.rect.width())
        high = option.fontMetrics.lineSpacing()
        top = option.rect.top() + (option.rect.height() - len(lines) * high) / 2
        painter.save()
        for number, line in enumerate(lines):
            left = option.rect.left() + _SIDE
            self._setter.paint(painter, line, left, top + number * high, high)
        painter.restore()


class OrderView(WholeTable):
    """The table of orders; a row is as high as its dose needs, too."""

    def __init__(
        self,
        accessible_name: str,
        look: Look,
        model: OrderTable,
        widths: tuple[int, ...],
        parent: QWidget | None = None,
        *,
        mark: int = 0,
    ) -> None:
        self._doses = DoseCells(look, model)
        super().__init__(accessible_name, look, model, widths, parent, mark=mark)
        self._doses.setParent(self)
        self.setItemDelegateForColumn(Column.DOSE, self._doses)

    def sizeHintForRow(self, row: int) -> int:
        """How high a row must be for all its words, the bold ones, too."""
        lines = self._doses.lines(row, self.columnWidth(Column.DOSE))
        high = len(lines) * QFontMetrics(self.font()).lineSpacing() + _ABOVE_AND_BELOW
        return max(super().sizeHintForRow(row), high)
