"""No slice of a row at the lower edge of a table: instead of it, how many more there are.

Decision: the slice is painted over, and the table keeps its height. Rows of unlike height would make a
table that ends with a whole row grow and shrink under the reader's hand.
"""

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTableView

from bedside.desktop.look import Look

_BESIDE = 7  # left of the words, in pixels


def cut_row(table: QTableView) -> int | None:
    """Find the row of which only a slice is in sight at the lower edge.

    Args:
        table: its rows stand in the order of its model.

    Returns:
        The row; None where none is cut, it is the chosen one, or nothing but it is in sight.
    """
    room = table.viewport().height()
    row = table.rowAt(room - 1)
    if row < 0 or row == table.currentIndex().row():
        return None
    top = table.rowViewportPosition(row)
    return row if top > 0 and room < top + table.rowHeight(row) else None


def cut_after(table: QTableView, row: int) -> tuple[int, int]:
    """Say how many rows are not wholly in sight, from a row on of which only a slice is.

    Without asking the table for its viewport, which before the first paint costs more than the paint.

    Args:
        table: it never scrolls sideways and has no frame; its rows stand in the order of its model.
        row: one of its rows.

    Returns:
        How many, and how high the slice is, in pixels; 0 and 0 where the row is whole, is the chosen
        one, or nothing but it is in sight.
    """
    room = table.height() - table.horizontalHeader().height()
    top = table.rowViewportPosition(row)
    if not 0 < top < room < top + table.rowHeight(row) or row == table.currentIndex().row():
        return 0, 0
    return table.model().rowCount() - row, room - top


def cover_cut_row(table: QTableView, look: Look) -> None:
    """Paint over the slice of a cut row, and say how many rows are not in sight.

    Args:
        table: in the midst of its paint event, its rows already drawn.
        look: fonts and colours.
    """
    row = cut_row(table)
    if row is None:
        return
    place = table.viewport().rect()
    place.setTop(table.rowViewportPosition(row))
    number = table.model().rowCount() - row
    with QPainter(table.viewport()) as painter:
        painter.fillRect(place, look.colour("surface"))
        say_more(painter, place.adjusted(look.px(_BESIDE), 0, 0, 0), number, look)


def say_more(painter: QPainter, room: QRect, number: int, look: Look) -> None:
    """Write how many rows are below, where there is room for a line.

    Args:
        painter: what draws.
        room: where, in pixels; the words begin at its left.
        number: how many rows.
        look: fonts and colours.
    """
    if room.height() >= look.line_height("small"):
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("quiet"))
        words = QCoreApplication.translate("LastRow", "{0} more below").format(number)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
