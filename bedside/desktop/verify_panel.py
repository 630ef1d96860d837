"""Beside the orders that are verified: weight, counts and start rule, each with its date and a mark."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.ward.verify_facts import VerifyLine

_TONES = {"stop": "stop", "hold": "hold", "unknown": "hold"}


class VerifyPanel(QWidget):
    """A line for each fact.

    Args:
        look: fonts and colours.
        lines: from `verify_lines`.
    """

    def __init__(self, look: Look, lines: Sequence[VerifyLine]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What the orders are verified against"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for number, line in enumerate(lines):
            if line.mark != "none":
                grid.addWidget(MarkLabel(line.mark, look, 15), number, 0, top)
            grid.addWidget(label(line.head, look, "small", "strong"), number, 1, top)
            tone = _TONES.get(line.mark, "ink")
            words = label(unbroken(line.words), look, "small", colour=tone, wrap=True)
            grid.addWidget(words, number, 2, top)
        self.setAccessibleDescription("; ".join(f"{one.head}: {one.words}" for one in lines))
