"""The line above the doses while a blind second check waits: figures are folded, and showing them is seen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.labels import dress, label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel


class FiguresStrip(QFrame):
    """Hidden while no check waits; else it says which, and that its figures are folded or shown.

    Signals:
        turned: the figures are to be shown, or to be hidden again.
    """

    turned = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.is_folded = False  # as it was last drawn
        self.setObjectName("figures")
        self.mark = MarkLabel("hold", look, 16)
        self.words = label("", look, "body", "medium", wrap=True)
        self.button = QPushButton(self.tr("S&how figures"))
        make_tall(self.button, look, FIELD_HIGH)
        self.button.clicked.connect(self.turned)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_waiting(self, waiting: str, shown: str) -> None:
        """Say what waits, and since when and by whom its figures are shown.

        Args:
            waiting: the doses that wait, "" where none does.
            shown: "16:40 by E. Sørensen, RN"; "" while the figures are folded.
        """
        self.setVisible(bool(waiting))
        self.is_folded = bool(waiting) and not shown
        if not waiting:
            return
        if shown:
            words = self.tr(
                "Figures SHOWN at {0}, while the second check of {1} waits. "
                "Whoever counts reads the scale slip, not this page."
            ).format(shown, waiting)
        else:
            words = self.tr(
                "The second check of {0} waits: weight, dose and volume are hidden on this page, "
                "so that each of the two counts."
            ).format(waiting)
        ground, ink = ("stop_tint", "stop") if shown else ("hold_tint", "hold")
        dress(self.words, self._look, "body", "medium", ink)
        self.mark.set_mark("stop" if shown else "hold")
        self.words.setText(unbroken(words))
        self.setStyleSheet(
            f"#figures {{ background: {self._look.colour(ground).name()}; border: none; }}"
        )
        self.button.setText(self.tr("&Hide figures") if shown else self.tr("S&how figures"))
        self.button.setAccessibleDescription(words)
