"""The ANC of the counts form: the analyser's own or worked out, and the sum of the differential."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from bedside.desktop.anc_question import AncQuestion, both_typed
from bedside.desktop.counts_reading import PERCENT_KEYS, total_of
from bedside.desktop.labels import dress, label, rule
from bedside.desktop.look import Look
from bedside.desktop.measure_line import MeasureLine
from bedside.units.quantities import Anc, WhiteCells
from bedside.units.refusal import Refused
from bedside.units.writer import write_number

WorkOut = Callable[[WhiteCells, Decimal, Decimal | None], tuple[Anc, str]]


class CountsAnc(QObject):
    """What the lines of a form say of the ANC, and where it is shown among them.

    Args:
        look: fonts and colours.
        mark: the station's decimal mark.
        lines: the form's lines by key; they may be added later.
        work_out: the ward's ANC from white cells, neutrophils and bands.

    Attributes:
        limits: the ANCs that the start rules ask for, per µL: two ANCs on two sides of one are asked about.
        question: asks which of two contradicting ANCs counts.
    """

    def __init__(
        self, look: Look, mark: str, lines: Mapping[str, MeasureLine], work_out: WorkOut
    ) -> None:
        super().__init__()
        self._look, self._mark, self._lines, self._work_out = look, mark, lines, work_out
        self.limits: tuple[int, ...] = ()
        self.question = AncQuestion(look)
        self.figure = label("–", look, "big_time", "bold")
        self.words = label("", look, "body", wrap=True)
        self.sum_words = label("", look, "caption", colour="quiet")

    def place(self, grid: QGridLayout, row: int) -> int:
        """Stand in the form's grid from a row on; returns the row after it."""
        look = self._look
        grid.addWidget(rule(look, "edge"), row, 0, 1, 6)
        title = label(self.tr("ANC"), look, "body", "strong")
        title.setContentsMargins(8, 0, 0, 0)
        self.figure.setAccessibleName(self.tr("ANC, worked out"))
        self.words.setAccessibleName(self.tr("How the ANC was worked out"))
        self.sum_words.setAccessibleName(self.tr("Sum of the differential"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.words)
        words.addWidget(self.sum_words)
        grid.addWidget(title, row + 1, 0)
        grid.addWidget(self.figure, row + 1, 1, 1, 2)
        grid.addLayout(words, row + 1, 3, 1, 3)
        grid.addWidget(self.question, row + 2, 0, 1, 6)
        grid.addWidget(rule(look), row + 3, 0, 1, 6)
        return row + 4

    def ask(self) -> None:
        """Ask which ANC counts, where the typed and the worked-out one contradict each other."""
        self.question.ask(both_typed(self._lines, self.limits))

    def total(self) -> Decimal | None:
        """The sum of the differential; None while nothing of it is typed."""
        return total_of([self._lines[key].value() for key in PERCENT_KEYS])

    def standing(self) -> tuple[Anc | None, str, bool]:
        """The ANC (the analyser's own where it is typed), in words, and whether it is its own."""
        own = self._lines["anc"].value()
        worked, words = self._worked_out()
        standing = self.question.standing()
        if standing is not None:
            return *standing, True
        if isinstance(own, Anc):
            text = self.tr("per µL, from the analyser")
            if worked is not None:
                text = self.tr("{0}; worked out it is {1}").format(
                    text, write_number(worked.per_ul)
                )
            return own, text, True
        return worked, words, False

    def sign(self, anc: Anc | None, own: bool) -> str:
        """The sign of the ANC: its own, or that of the white cells it was worked out from."""
        if own:
            return self._lines["anc"].field.comparator()
        return self._lines["wbc"].field.comparator() if anc is not None and anc.per_ul else ""

    def suspect(self, own: bool) -> bool:
        """Whether something stands against the ANC, or against what it is worked out from."""
        if own or self._stands_against("anc"):
            return self._stands_against("anc")
        total = self.total()
        parts = any(self._stands_against(key) for key in ("wbc", "neutrophils", "bands"))
        return parts or (total is not None and total > 100)

    def show(self) -> None:
        """Show figure, words and sum as they follow from what is typed."""
        anc, words, own = self.standing()
        total, sign = self.total(), self.sign(anc, own)
        self.figure.setText("–" if anc is None else f"{sign}{write_number(anc.per_ul)}")
        way = {"<": self.tr("below: {0}"), ">": self.tr("above: {0}")}.get(sign, "{0}")
        self.words.setText(words if own else way.format(words))
        colour, text = "quiet", self.tr("sum of the differential: nothing typed")
        if total is not None:
            text = self.tr("sum of the differential {0} %").format(write_number(total, self._mark))
            if total > 100:
                colour, text = "stop", self.tr("{0}: more than 100 %, read the slip").format(text)
            elif total < 100:
                rest = write_number(100 - total, self._mark)
                text = self.tr("{0}, {1} % not typed").format(text, rest)
        dress(self.sum_words, self._look, "caption", colour=colour)
        self.sum_words.setText(text)

    def _worked_out(self) -> tuple[Anc | None, str]:
        white, neutrophils = self._lines["wbc"].value(), self._lines["neutrophils"].value()
        bands = self._lines["bands"].value()
        if not isinstance(white, WhiteCells) or not isinstance(neutrophils, Decimal):
            return None, self.tr("worked out from white cells, neutrophils and bands")
        if self._lines["bands"].standing() == "refused":
            return None, self.tr("not worked out: bands cannot be read")
        share = bands if isinstance(bands, Decimal) else None
        try:
            return self._work_out(white, neutrophils, share)
        except Refused as refused:
            return None, " ".join(refused.reasons)

    def _stands_against(self, key: str) -> bool:
        return self._lines[key].standing() in ("waiting", "refused")
