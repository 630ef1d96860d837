"""The row above the timeline: its buttons, and the key to its marks beside or below them."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.look import Look
from bedside.desktop.timeline_legend import TimelineLegend

_HIGH, _LEFT, _RIGHT, _GAP = 40, 16, 8, 10
_LINES_BESIDE = 2  # so many lines of the key are as high as the buttons


class TimelineTools(QWidget):
    """Buttons in one row; the key stands at its end, or below it where it has no room: no mark is lost.

    Args:
        look: how large the text is.
        legend: the key.
    """

    def __init__(self, look: Look, legend: TimelineLegend) -> None:
        super().__init__()
        self._look, self._legend = look, legend
        self.row = QHBoxLayout()
        self.row.setContentsMargins(_LEFT, 5, _RIGHT, 5)
        self.row.setSpacing(_GAP)
        self._below = QHBoxLayout()
        self._below.setContentsMargins(_LEFT, 0, _RIGHT, 4)
        self._below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.row)
        column.addLayout(self._below)
        self.setFixedHeight(look.px(_HIGH))

    def add_legend(self) -> None:
        """Put the key after the last of the buttons."""
        self.row.addStretch(1)
        self.row.addWidget(self._legend)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for the key beside the buttons, or has not."""
        super().resizeEvent(event)
        self.place_legend()

    def place_legend(self) -> None:
        """Put the key where all of it has room; the table twin has none."""
        room = self.width() - _LEFT - _RIGHT
        needed = sum(
            max(item.minimumSize().width(), item.sizeHint().width()) + _GAP
            for item in (self.row.itemAt(at) for at in range(self.row.count()))
            if item is not None and item.widget() is not self._legend
        )
        beside = room > needed and self._legend.lines_in(room - needed) <= _LINES_BESIDE
        if beside != (self.row.indexOf(self._legend) >= 0):
            (self._below if beside else self.row).removeWidget(self._legend)
            (self.row if beside else self._below).insertWidget(-1 if beside else 0, self._legend)
        self._legend.take_width(room - needed if beside else room, tight=beside)
        below = self._legend.height() + 4 if not beside and not self._legend.isHidden() else 0
        self.setFixedHeight(self._look.px(_HIGH) + below)
