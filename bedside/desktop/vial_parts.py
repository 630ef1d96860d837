"""Parts of the vial clock's panel: where the second check stands, and the four times of a vial."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.flowing import whole
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.units.dates import write_times
from bedside.ward.views.check_state import CheckState
from bedside.ward.views.marks import VialClockView


class CheckLine(QWidget):
    """Where the second check of the dose that is next stands, and its door; hidden without a dose.

    Args:
        look: colours and fonts.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.mark = MarkLabel("hold", look, 16)
        self.words = label("", look, "body", wrap=True)
        self.button = QPushButton(self.tr("Second chec&k…"))
        make_tall(self.button, look)
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_state(self, state: CheckState | None) -> None:
        """Show where it stands; None where no dose is next."""
        self.setVisible(state is not None)
        if state is not None:
            matched = state.stage == "matched"
            self.mark.set_mark("go" if matched else "hold")
            self.words.setText(whole(self.tr("Second check: {0}").format(state.words)))
            self.button.setEnabled(not matched)


class VialTimes(QWidget):
    """The times of a running vial side by side, to be read from a step away.

    Args:
        look: colours and fonts.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._soon = look, False
        self.values: list[QLabel] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        names = (
            (self.tr("Reconstituted at"), "ink"),
            (self.tr("Planned infusion"), "ink"),
            (self.tr("Latest start"), "priming"),
            (self.tr("Finish by"), "stop"),
        )
        for name, colour in names:
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(label(name, look, "small", colour="quiet"))
            value = label("", look, "big_time", "bold", colour)
            value.setAccessibleName(name)
            cell.addWidget(value)
            self.values.append(value)
            row.addLayout(cell, 1)

    def show_clock(self, clock: VialClockView, *, soon: bool = False) -> None:
        """Show the times of a vial; the latest start in the colour of the dial, where it comes soon."""
        if soon != self._soon:
            self._soon = soon
            dress(self.values[2], self._look, "big_time", "bold", "hold" if soon else "priming")
        times = (clock.reconstituted_at, clock.latest_start, clock.finish_by)
        made, latest, finish = write_times(*times)
        texts = (made, self.tr("{0} min").format(clock.infusion_minutes), latest, finish)
        for value, text in zip(self.values, texts, strict=True):
            value.setText(text)
