"""What temperatures, counts and vital signs mean: the site's definition, CTCAE's, Phoenix points."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.fields import Choice
from bedside.desktop.labels import dress, label, rule, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.ward.views.fever import FeverView, PhoenixView, StateLine


class JudgedLine(QWidget):
    """One judgement: mark, words, and its reasons below."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.mark = MarkLabel("none", look)
        self.words = label("", look, "body", "strong", wrap=True)
        self.details = label("", look, "small", colour="quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(7)
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)
        column.addLayout(row)
        column.addWidget(self.details)

    def show_line(self, line: StateLine) -> None:
        """Show a judgement; its source is on the tool tip and is read out."""
        self.mark.set_mark(line.mark)
        dress(self.words, self._look, "body", "strong", "stop" if line.mark == "stop" else "ink")
        self.words.setText(line.words)
        self.details.setText(unbroken("; ".join(line.details)))
        source = self.tr("Source: {0}").format(line.source)
        self.setToolTip(source)
        self.words.setAccessibleDescription(source)


class PhoenixRow(QWidget):
    """Four sub-scores side by side, the total, and the total without the platelets."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.points: list[QLabel] = []
        self.words = label("", look, "small", "strong", wrap=True)
        self.missing = label("", look, "caption", colour="quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        names = (
            self.tr("Respiratory"),
            self.tr("Cardiovascular"),
            self.tr("Coagulation"),
            self.tr("Neurological"),
            self.tr("Together"),
        )
        for number, name in enumerate(names):
            points = label("", look, "big_time", "bold")
            points.setAccessibleName(self.tr("{0}, points").format(name))
            grid.addWidget(label(name, look, "caption", colour="quiet"), 0, number)
            grid.addWidget(points, 1, number)
            self.points.append(points)
            grid.setColumnStretch(number, 1)
        self.apart = label("", look, "caption", "strong")
        grid.addWidget(self.apart, 1, len(names))
        self.because = label("", look, "small", wrap=True)
        column.addLayout(grid)
        column.addWidget(self.because)
        column.addWidget(self.words)
        column.addWidget(self.missing)

    def show_phoenix(self, view: PhoenixView) -> None:
        """Show all points; what was not measured is said."""
        for place, part in enumerate(view.parts):
            self.points[place].setText(str(part.points))
        self.points[-1].setText(str(view.total))
        without = self.tr("{0} without\nthe platelets").format(view.without_platelets)
        self.apart.setText(without)
        scored = [f"{part.name}: {'; '.join(part.because)}" for part in view.parts if part.because]
        self.because.setText(". ".join(scored) or self.tr("Nothing scored."))
        self.words.setText(view.words)
        colour = "stop" if view.mark == "stop" else "ink"
        dress(self.words, self._look, "small", "strong", colour)
        names = [name for part in view.parts for name in part.missing]
        counts = self.tr("Not measured, counted as 0: {0}.").format(", ".join(names))
        self.missing.setText(counts if names else self.tr("Everything was measured."))
        self.setToolTip(self.tr("Source: {0}").format(view.source))


class FeverStatePanel(QWidget):
    """All judgements of one infant.

    Signals:
        definition_chosen: a person chose the site's definition (its key).
    """

    definition_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._filling = False
        self.definition = Choice(self.tr("The site's definition"), (), look)
        self.definition.setMinimumWidth(240)
        self.site, self.ctcae = JudgedLine(look), JudgedLine(look)
        self.act_now = label("", look, "body", "strong", "stop", wrap=True)
        self.notes = label("", look, "small", "medium", "hold", wrap=True)
        self.unusual = label("", look, "small", colour="hold", wrap=True)
        self.unusual.setAccessibleName(self.tr("Not usual for the age"))
        self.phoenix = PhoenixRow(look)
        self._build()
        self.definition.edited.connect(self._chosen)

    def show_view(self, view: FeverView) -> None:
        """Show the judgements."""
        self._filling = True
        if self.definition.count() == 0:
            for key, title in view.definitions:
                self.definition.addItem(title, key)
        self.definition.choose(view.definition_key)
        self._filling = False
        self.site.show_line(view.site)
        self.ctcae.show_line(view.ctcae)
        for part, texts in ((self.act_now, view.act_now), (self.notes, view.notes)):
            part.setText("\n".join(texts))
            part.setVisible(bool(texts))
        listed = self.tr("Not usual now: {0}.").format("; ".join(view.unusual))
        self.unusual.setText(listed)
        self.unusual.setVisible(bool(view.unusual))
        self.phoenix.show_phoenix(view.phoenix)

    def _chosen(self) -> None:
        key = self.definition.value()
        if key is not None and not self._filling:
            self.definition_chosen.emit(key)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        name = label(
            self.tr("&Febrile neutropenia, definition of this site"),
            self._look,
            "caption",
            colour="quiet",
        )
        name.setTextFormat(name.textFormat().AutoText)
        name.setBuddy(self.definition)
        head.addWidget(name)
        head.addWidget(self.definition)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.site)
        column.addWidget(self.act_now)
        column.addWidget(rule(self._look))
        column.addWidget(self.ctcae)
        column.addWidget(self.notes)
        column.addWidget(self.unusual)
        column.addWidget(rule(self._look))
        title = self.tr("Phoenix 2024 points (not a screening tool)")
        column.addWidget(label(title, self._look, "small", "strong"))
        column.addWidget(self.phoenix)
        column.addStretch(1)
