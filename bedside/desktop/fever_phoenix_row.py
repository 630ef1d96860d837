"""The Phoenix 2024 points on the page Fever: four sub-scores, the total, and what has no value."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.labels import dress, label, unbroken
from bedside.desktop.look import Look
from bedside.ward.views.fever import PhoenixView


class PhoenixRow(QWidget):
    """Four sub-scores and the total in one line; below it what gave them and what has no value."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.points: list[QLabel] = []
        self.words = label("", look, "small", "strong", wrap=True)
        self.missing = label("", look, "caption", colour="quiet", wrap=True)
        self.because = label("", look, "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        title = self.tr("Phoenix 2024 points (not a screening tool)")
        column.addWidget(label(title, look, "small", "strong"))
        column.addLayout(self._figures())
        for part in (self.because, self.words, self.missing):
            column.addWidget(part)

    def show_phoenix(self, view: PhoenixView) -> None:
        """Show all points; what has no value is said, with why."""
        for place, part in enumerate(view.parts):
            self.points[place].setText(part.said)
        self.points[-1].setText(view.said)
        scored = [f"{part.name}: {'; '.join(part.because)}" for part in view.parts if part.because]
        undecided = any(part.undecided for part in view.parts)
        nothing = (
            self.tr("Nothing scored for certain.") if undecided else self.tr("Nothing scored.")
        )
        self.because.setText(". ".join(scored) or nothing)
        self.words.setText(view.words)
        colour = "stop" if view.mark == "stop" else "ink"
        dress(self.words, self._look, "small", "strong", colour)
        names = [name for part in view.parts for name in part.missing]
        counts = self.tr("No value, counted as 0: {0}.").format("; ".join(names))
        self.missing.setText(unbroken(counts) if names else self.tr("Everything has a value."))
        self.setToolTip(self.tr("Source: {0}").format(view.source))

    def _figures(self) -> QHBoxLayout:
        look, row = self._look, QHBoxLayout()
        row.setSpacing(5)
        names = (
            self.tr("Respiratory"),
            self.tr("Cardiovascular"),
            self.tr("Coagulation"),
            self.tr("Neurological"),
            self.tr("Together"),
        )
        for name in names:
            points = label("", look, "body", "bold")
            points.setAccessibleName(self.tr("{0}, points").format(name))
            row.addWidget(label(name, look, "caption", colour="quiet"))
            row.addWidget(points)
            row.addStretch(1)
            self.points.append(points)
        return row
