"""The table of orders: a planned dose a row, a link of its chain a column, each with mark and words."""

import re
from datetime import date
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from bedside.desktop.labels import unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MARK_WORDS, paint_mark
from bedside.desktop.order_words import Link, headline, links
from bedside.units.dates import write_date
from bedside.ward.views.marks import Mark
from bedside.ward.views.orders import ENDED, OrderRow

Index = QModelIndex | QPersistentModelIndex
_MARK_PX = 14
_NUMBER = re.compile(r"(?<=[0-9]) (?=[^\W\d_])")


def _whole(amount: str) -> str:
    """A dose whose number and unit stand on one line, and so do how often and "times"."""
    return _NUMBER.sub("\u00a0", amount)


class Column(IntEnum):
    """The columns of the table of orders."""

    DOSE = 0
    AMOUNT = 1
    STATE = 2
    PRESCRIBED = 3
    VERIFIED = 4
    RELEASED = 5
    CHECKED = 6
    GIVEN = 7


class OrderTable(QAbstractTableModel):
    """The orders of one infant's running course."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows: tuple[OrderRow, ...] = ()
        self._links: tuple[tuple[Link, ...], ...] = ()
        self._struck = QFont(look.font("body"))
        self._struck.setStrikeOut(True)
        self._dose = look.font("body", "bold")  # the amount is what must be read, and read first
        self._pictures: dict[Mark, QPixmap] = {}

    def show_rows(self, rows: tuple[OrderRow, ...], today: date) -> None:
        """Fill the table."""
        self.beginResetModel()
        self._rows = rows
        self._links = tuple((headline(row), *links(row, today, "\n")) for row in rows)
        self.endResetModel()

    def row(self, number: int) -> OrderRow | None:
        """The dose of a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many doses there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, mark and colour of a cell."""
        if not index.isValid():
            return None
        link = self._link(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return link.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return link.words.replace("\n", " ")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = link.words.replace("\n", " ")
            words = self.tr("void: {0}").format(words) if link.void else words
            return f"{MARK_WORDS[link.mark]}: {words}" if link.mark != "none" else words
        if role == Qt.ItemDataRole.DecorationRole and link.mark != "none":
            return self._picture(link.mark)
        if role == Qt.ItemDataRole.FontRole:
            return self._font(index, link)
        if role == Qt.ItemDataRole.ForegroundRole and link.mark in ("stop", "mend"):
            return QColor(self._look.colour("stop" if link.mark == "stop" else "hold"))
        return None

    def _font(self, index: Index, link: Link) -> QFont | None:
        """An amount stands out; what does not hold is struck through."""
        amount = index.column() == Column.AMOUNT
        if link.void or (amount and self._rows[index.row()].state.stage in ENDED):
            return self._struck
        return self._dose if amount else None

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
            self.tr("Dose"),
            self.tr("Ordered"),
            self.tr("Order"),
            self.tr("Prescribed"),
            self.tr("Verified"),
            self.tr("Released"),
            self.tr("Checked by two"),
            self.tr("Given"),
        )[section]

    def _link(self, index: Index) -> Link:
        row, column = self._rows[index.row()], Column(index.column())
        if column >= Column.STATE:
            return self._links[index.row()][column - Column.STATE]
        amount = row.state.dose_words
        if not amount and row.dose_words and not row.given:
            amount = self.tr("({0})").format(row.dose_words)  # worked out, not ordered yet
        return Link(
            "none", f"{row.name}\n{self.when(row)}" if column == Column.DOSE else _whole(amount)
        )

    def when(self, row: OrderRow) -> str:
        """On which day of the course a dose is, and its date."""
        return self.tr("day {0}, {1}").format(row.day, unbroken(write_date(row.on)))

    def _picture(self, mark: Mark) -> QPixmap:
        if mark not in self._pictures:
            side = self._look.px(_MARK_PX)
            picture = QPixmap(side, side)
            picture.fill(Qt.GlobalColor.transparent)
            with QPainter(picture) as painter:
                paint_mark(painter, mark, QRectF(0, 0, side, side), self._look)
            self._pictures[mark] = picture
        return self._pictures[mark]
