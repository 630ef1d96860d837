"""The holds and shifts that stand, a line each, with the doors that end one or take one back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.ward.views.delay import HoldRow, ShiftRow


class StandingHolds(QWidget):
    """Lists the holds that can still be ended and the shifts; nothing is recorded here.

    Args:
        rows: the holds that stand.
        shifts: the shifts that stand; one that cannot be taken back says why.
        look: colours and fonts.
    """

    ended = Signal(int)  # the hold whose end is to be entered
    taken_back = Signal(int)  # the hold that should not have been

    shift_taken_back = Signal(int)  # the shift that is taken back

    def __init__(self, rows: tuple[HoldRow, ...], shifts: tuple[ShiftRow, ...], look: Look) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Holds and shifts that stand"))
        self.shift_buttons: list[QPushButton] = []
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
        for number, shift in enumerate(shifts, start=len(rows)):
            words = f"{shift.words}. {shift.why_not}" if shift.why_not else shift.words
            grid.addWidget(label(words, look, "body", wrap=True), number, 0)
            button = QPushButton(self.tr("Take back…"))
            button.setAutoDefault(False)
            button.setAccessibleName(f"{button.text()} {shift.words}")
            button.setEnabled(not shift.why_not)
            button.clicked.connect(partial(self.shift_taken_back.emit, shift.shift_id))
            self.shift_buttons.append(button)
            grid.addWidget(button, number, 2)
