"""The holds that stand, a line each, with the doors that end one or take one back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.ward.views.delay import HoldRow


class StandingHolds(QWidget):
    """Lists the holds that can still be ended; nothing is recorded here.

    Args:
        rows: the holds that stand.
        look: colours and fonts.
    """

    ended = Signal(int)  # the hold whose end is to be entered
    taken_back = Signal(int)  # the hold that should not have been

    def __init__(self, rows: tuple[HoldRow, ...], look: Look) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Holds that stand"))
        self.end_buttons: list[QPushButton] = []
        self.back_buttons: list[QPushButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        doors = (
            (self.tr("End…"), self.end_buttons, self.ended),
            (self.tr("Take back…"), self.back_buttons, self.taken_back),
        )
        for number, row in enumerate(rows):
            grid.addWidget(label(row.words, look, "body", wrap=True), number, 0)
            for column, (verb, kept, signal) in enumerate(doors, start=1):
                button = QPushButton(verb)
                button.setAutoDefault(False)
                button.setAccessibleName(f"{verb} {row.words}")
                button.clicked.connect(partial(signal.emit, row.hold_id))
                kept.append(button)
                grid.addWidget(button, number, column)
