"""Each day of an azacitidine block in words: date, given by whom, due, missed, discarded."""

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.units.dates import write_date
from bedside.ward.views.pages import DoseDay


class DayWords(QWidget):
    """A line for each day; dates stand alone, never as a range."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._made: list[QLabel] = []
        self.setAccessibleName(self.tr("Each day of the block"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(label(self.tr("Each day"), look, "body", "strong"), 0, 0, 1, 3)
        self._grid.addWidget(rule(look, "edge"), 1, 0, 1, 3)

    def show_days(self, days: tuple[DoseDay, ...]) -> None:
        """Show these days."""
        for made in self._made:
            self._grid.removeWidget(made)
            made.setParent(None)
            made.deleteLater()
        self._made = []
        for row, day in enumerate(days, 2):
            cells = (
                label(self.tr("day {0}").format(day.day), self._look, "body", "strong"),
                label(write_date(day.on), self._look),
                self._words(day),
            )
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, row, column)
                self._made.append(cell)
        if self.parentWidget() is not None or not days:
            self.setVisible(bool(days))  # shown without a parent, it would come up as a window

    def _words(self, day: DoseDay) -> QLabel:
        """What was recorded of a day; a mark in words where it does not rest on what stands now."""
        if not day.marked:
            return label(day.words, self._look, colour="quiet", wrap=True)
        text = self.tr("LOOK: {0}").format(day.words)
        return label(text, self._look, "body", "medium", "hold", wrap=True)
