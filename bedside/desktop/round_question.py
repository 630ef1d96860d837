"""One question below a laboratory proposal: yes or no by a key, or a number in the unit that stands beside it."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bedside.desktop.fields import NumberField
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.round_keys import Keys
from bedside.desktop.round_parts import in_two_lines
from bedside.ward.unit_words import kept_of_typed, written_unit
from bedside.ward.views.round import Question

_OFFERS = {
    "baseline": "B",
    "uln": "U",
    "lln": "L",
}  # one key that takes what stands in the question


class QuestionLine(QWidget):
    """What a grade hangs on, asked; a number asked in another unit than it is kept in shows both.

    Signals:
        said: answered by a key (the question, the answer).
        typed: a number was typed and left (the question, the number with its unit).
    """

    said = Signal(str, str)
    typed = Signal(str, str)

    def __init__(self, look: Look, question: Question, mark: str) -> None:
        super().__init__()
        self.question, self._mark = question, mark
        self.keys: Keys | None = None
        self.field: NumberField | None = None
        self.offer: Keys | None = None
        self.echo: QLabel | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(30, 0, 0, 2)
        self._row.setSpacing(8)
        words = label(question.words, look, "body", "medium", wrap=in_two_lines(look))
        self._row.addWidget(words, 1 if in_two_lines(look) else 0)
        if question.kind == "yes or no":
            self._add_keys(look)
        else:
            self._add_field(look)
        if not in_two_lines(look):
            self._row.addStretch(1)

    def _add_keys(self, look: Look) -> None:
        self.keys = Keys((("Y", self.tr("yes")), ("N", self.tr("no"))), look)
        self.keys.setFixedWidth(look.px(120))
        self.keys.choose({"yes": "Y", "no": "N"}.get(self.question.given, ""))
        self.keys.pressed.connect(self._answered)
        self._row.addWidget(self.keys)

    def _add_field(self, look: Look) -> None:
        question = self.question
        self.field = NumberField("number", "", look, self._mark, name=question.words)
        self.field.edit.editingFinished.connect(self._left)
        self._row.addWidget(self.field)
        self._row.addWidget(label(written_unit(question.unit), look, "body", "strong"))
        if question.kept_unit:
            self.echo = label("", look, "body", "medium")
            self.echo.setAccessibleName(self.tr("As it is kept"))
            self.field.edited.connect(self._tell_kept)
            self._row.addWidget(self.echo)
            self._tell_kept()
        if question.offered:
            first = question.key == "baseline"
            words = (
                self.tr("the first result is it") if first else self.tr("that limit holds here too")
            )
            self.offer = Keys(((_OFFERS[question.key], words),), look)
            self.offer.setFixedWidth(self.offer.sizeHint().width() + 12)
            self.offer.pressed.connect(self._offer_taken)
            self._row.addWidget(self.offer)

    def _value(self) -> Decimal | None:
        value = None if self.field is None else self.field.value()
        return value if isinstance(value, Decimal) else None

    def _tell_kept(self) -> None:
        """What is typed in the unit it is kept in, beside it while it is typed."""
        value = self._value()
        words = self.tr("kept in {0}").format(self.question.kept_unit)
        if value is not None:
            kept = kept_of_typed(self.question, value, self._mark)
            words = self.tr("kept as {0}").format(kept)
        if self.echo is not None:
            self.echo.setText(words)

    def _left(self) -> None:
        value = self._value()
        if value is not None:
            # with its unit: the next result may come in another one
            self.typed.emit(self.question.key, f"{value:f} {self.question.unit}".strip())

    def _answered(self, key: str) -> None:
        self.said.emit(self.question.key, "yes" if key == "Y" else "no")

    def _offer_taken(self, key: str) -> None:
        self.said.emit(self.question.key, self.question.offered)
