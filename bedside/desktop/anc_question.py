"""Asks which of two contradicting ANCs of one specimen counts, and why: beside them, as they are typed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.choice import Choice
from bedside.desktop.counts_reading import Reading
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.measure_line import MeasureLine
from bedside.desktop.plain_edit import PlainEdit
from bedside.units.quantities import Anc
from bedside.ward.anc_both import BothAncs, contradiction
from bedside.ward.forms import EnteredCount, NewCounts

_CHOICE_WIDE = 190


class AncQuestion(QWidget):
    """Hidden until the typed and the worked-out ANC contradict each other.

    Signals:
        edited: something was answered.
    """

    edited = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.both: BothAncs | None = None
        self.words = label("", look, "small", "strong", "hold", wrap=True)
        self.words.setAccessibleName(self.tr("Two ANCs of this specimen"))
        self.which = Choice(
            self.tr("Which ANC counts"),
            (
                ("analyser", self.tr("the analyser's counts")),
                ("worked out", self.tr("the one worked out counts")),
            ),
            look,
        )
        self.which.setMinimumWidth(look.px(_CHOICE_WIDE))
        self.which.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.because = PlainEdit(self.tr("Why this ANC counts"))
        self.because.setFont(look.font("body"))
        self.because.setPlaceholderText(self.tr("why"))
        row = QHBoxLayout()
        row.addWidget(self.which)
        row.addWidget(self.because, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(self.words)
        column.addLayout(row)
        self.which.edited.connect(self.edited)
        self.because.textChanged.connect(self.edited)
        self.hide()

    def ask(self, both: BothAncs | None) -> None:
        """Ask about these two; another pair asks anew, and no pair asks nothing."""
        if both == self.both:
            return
        self.both = both
        self.blockSignals(True)
        self.which.choose(None)
        self.because.clear()
        self.blockSignals(False)
        self.words.setText("" if both is None else self.tr("{0}.").format(both.words))
        self.setVisible(both is not None)

    def answer(self) -> Literal["", "analyser", "worked out"]:
        """Which counts; "" while nobody has said so with a reason."""
        chosen = self.which.value()
        if self.both is None or not self.because.text().strip():
            return ""
        return "analyser" if chosen == "analyser" else "worked out" if chosen else ""

    def missing(self) -> tuple[str, ...]:
        """What is still asked."""
        if self.both is None or self.answer():
            return ()
        return (self.tr("two ANCs: say which counts, and why"),)

    def standing(self) -> tuple[Anc, str] | None:
        """The ANC that counts now with its words; None where the two do not contradict each other."""
        both, answer = self.both, self.answer()
        if both is None:
            return None
        if answer == "analyser":
            return both.own, self.tr("per µL, the analyser's, as answered")
        if answer == "worked out":
            return both.worked, self.tr("per µL, worked out, as answered")
        return both.lower, self.tr("per µL, the lower of two until it is answered")

    def answered(self, counts: NewCounts) -> NewCounts:
        """The count with the answer in it."""
        return replace(counts, anc_counts=self.answer(), anc_because=self.because.text().strip())


def both_typed(lines: Mapping[str, MeasureLine], limits: Sequence[int]) -> BothAncs | None:
    """Return the two ANCs that are typed, where they contradict each other."""
    if any(lines[key].standing() == "refused" for key in ("wbc", "neutrophils", "bands", "anc")):
        return None
    values = {key: line.value() for key, line in lines.items()}
    states = {key: line.state_value() for key, line in lines.items()}
    entered = {key: _typed(lines[key]) for key in ("wbc", "anc")}
    taken = datetime(2000, 1, 1, tzinfo=UTC)  # of no matter here: only figures are compared
    counts = Reading.new_counts(taken, "", values, states, (), entered, "")
    return contradiction(counts, limits)


def _typed(line: MeasureLine) -> EnteredCount:
    typed = line.field.typed()
    if typed is None:
        return EnteredCount()
    return EnteredCount(typed.typed, typed.unit, typed.comparator)
