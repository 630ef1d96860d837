"""One line of the round: what the laboratory proposes, with its rule, and what it still has to ask."""

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.fields import NumberField
from bedside.desktop.labels import dress, label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.round_keys import Keys
from bedside.desktop.round_row import ANSWER_WIDE, RoundLine, grade_label, held
from bedside.units.dates import write_date_time
from bedside.ward.proposals import written_unit
from bedside.ward.views.round import LaboratoryProposal, ProposalAnswer, Question

WIDTHS = (226, 82, 136)  # term, grade, value
_KEYS_WIDE = 188
_FIRST_WIDE = 170


class ProposalLine(RoundLine):
    """A proposal: Y takes it, R refuses it with a reason; questions are asked below it.

    Signals:
        said: a question was answered (its key, the answer).
        refusal_asked: R was pressed: the page asks for the reason.
    """

    said = Signal(str, str)
    refusal_asked = Signal(object)

    def __init__(self, look: Look, proposal: LaboratoryProposal, mark: str = ".") -> None:
        super().__init__(look, proposal.term)
        self.proposal = proposal
        self._answer: ProposalAnswer | None = None
        self.keys = Keys((("Y", self.tr("take it")), ("R", self.tr("refuse…"))), look)
        self.keys.setFixedWidth(_KEYS_WIDE)
        self.keys.pressed.connect(self._pressed)
        self.questions: dict[str, Keys] = {}
        self.values: dict[str, NumberField] = {}
        self.first: dict[str, Keys] = {}  # one key that says: the first result is the baseline
        self._mark = mark
        if proposal.grade is None:
            self.keys.disable("Y")
        if not proposal.newest:
            self.keys.disable("R")
        self.mark = MarkLabel("unknown" if proposal.grade is None else "due", look, 15)
        self.words = label(self.tr("not yet"), look, "body", colour="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 3)
        column.setSpacing(2)
        column.addLayout(self._line(look))
        for line in self._below(look):
            column.addWidget(line)

    @property
    def answer(self) -> ProposalAnswer | None:
        """The person's answer; None while there is none."""
        return self._answer

    def take_key(self, key: Qt.Key, text: str) -> bool:
        """Y and R; while a question stands open, Y and N answer it."""
        if self.proposal.grade is None:
            for keys in (*self.questions.values(), *self.first.values()):
                if keys.press(text):
                    return True
        return self.keys.press(text)

    def take(self) -> None:
        """Accept, as Y does; nothing where the grade cannot be said."""
        if self.proposal.grade is not None:
            self._answer = self._said_of(accepted=True)
            self.keys.choose("Y")
            self._show(self.tr("taken"), "recorded", "ink")

    def refuse(self, reason: str) -> None:
        """Refuse with a reason; an empty one takes the refusal back."""
        if not reason:
            self.keys.choose("Y" if self._answer is not None and self._answer.accepted else "")
            return
        self.restore(reason)
        self.moved.emit(1)

    def restore(self, reason: str) -> None:
        """Show a refusal, without moving on."""
        self._answer = self._said_of(accepted=False, reason=reason)
        self.keys.choose("R")
        self._show(self.tr("refused"), "recorded", "ink")
        self.words.setToolTip(reason)

    def _said_of(self, *, accepted: bool, reason: str = "") -> ProposalAnswer:
        one = self.proposal
        return ProposalAnswer(one.term_key, one.seen, accepted, reason)

    def _line(self, look: Look) -> QHBoxLayout:
        one = self.proposal
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        term = label(one.term, look, "body", "strong")
        term.setToolTip(one.term)
        measured = label(one.measured, look, "body", "medium")
        for cell, wide in zip((term, self._grade(look), measured), WIDTHS, strict=True):
            row.addWidget(held(cell, wide))
        self.rule = label(unbroken(self._rule_words()), look, "small", wrap=True)
        self.rule.setToolTip(one.rule)
        row.addWidget(self.rule, 1)
        row.addWidget(self.keys)
        row.addWidget(self.mark)
        self.words.setFixedWidth(ANSWER_WIDE)
        row.addWidget(self.words)
        return row

    def _grade(self, look: Look) -> QLabel:
        if self.proposal.grade is None:
            least = self.proposal.least
            words = self.tr("≥ grade {0}").format(least) if least else self.tr("unknown")
            return label(words, look, "body", "medium", "quiet")
        if self.proposal.grade == 0:
            ends = self.tr("ends") if self.proposal.standing else self.tr("no grade")
            return label(ends, look, "body", "strong")
        return grade_label(self.proposal.grade, look)

    def _rule_words(self) -> str:
        one = self.proposal
        applies = one.short_rule or one.rule
        if one.grade is None and one.rule:
            # every grade's criteria do not fit into a line: the whole rule is its tool tip
            applies = self.tr(
                "cannot be graded before the question is answered; point here for the rule"
            )
        return "; ".join(part for part in (applies, one.limit) if part)

    def _below(self, look: Look) -> list[QWidget]:
        """The quiet lines below: when, what stands, the age limit, what is missing, the questions."""
        one = self.proposal
        lines: list[QWidget] = []
        about = self._about()
        if about:
            lines.append(_inset(label(unbroken(about), look, "small", colour="quiet", wrap=True)))
        notes = [*self._differs(), *(self.tr("missing: {0}").format(need) for need in one.needs)]
        if notes:
            words = unbroken("; ".join(notes))
            lines.append(_inset(label(words, look, "small", "medium", "hold", wrap=True)))
        lines.extend(self._question(look, question) for question in one.questions)
        return lines

    def _about(self) -> str:
        one = self.proposal
        parts = []
        if one.taken_at is not None:
            parts.append(self.tr("taken {0}").format(write_date_time(one.taken_at)))
        if one.standing:
            parts.append(self.tr("in the log: grade {0}").format(one.standing))
        if one.grade == 0:
            ends = self.tr("not graded any more: it ends")
            parts.append(ends if one.standing else self.tr("nothing to record but the answer"))
        if one.earlier:
            parts.append(
                self.tr("with {0} earlier grades not in the log, worst {1}").format(
                    one.earlier, one.worst
                )
            )
        if one.ungraded:
            parts.append(
                self.tr("earlier values with their least certain grade: {0}").format(one.ungraded)
            )
        return ", ".join(parts)

    def _differs(self) -> list[str]:
        one, found = self.proposal, []
        if one.corrected:
            found.append(self.tr("the log has a grade that came from a result since corrected"))
        if one.against_age is not None and one.grade is not None:
            age = (
                self.tr("grade {0}").format(one.against_age)
                if one.against_age
                else self.tr("no grade")
            )
            found.append(
                self.tr(
                    "grade {0} by the letter; {1} if only values beyond this infant's age limit count"
                ).format(one.grade, age)
            )
        if one.grade is None and one.least:
            found.append(self.tr("grade {0} at least").format(one.least))
        return found

    def _question(self, look: Look, question: Question) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(30, 0, 0, 2)
        row.setSpacing(8)
        row.addWidget(label(question.words, look, "body", "medium"))
        if question.kind == "yes or no":
            keys = Keys((("Y", self.tr("yes")), ("N", self.tr("no"))), look)
            keys.setFixedWidth(120)
            keys.setProperty("question", question.key)
            keys.pressed.connect(self._answered)
            self.questions[question.key] = keys
            row.addWidget(keys)
        else:
            field = NumberField("number", "", look, self._mark, name=question.words)
            field.edit.setProperty("question", question.key)
            field.edit.editingFinished.connect(self._typed)
            self.values[question.key] = field
            row.addWidget(field)
            row.addWidget(label(written_unit(question.unit), look, colour="quiet"))
            if question.first:
                row.addWidget(self._first_key(look, question))
        row.addStretch(1)
        return holder

    def _first_key(self, look: Look, question: Question) -> Keys:
        keys = Keys((("B", self.tr("the first result is it")),), look)
        keys.setFixedWidth(_FIRST_WIDE)
        keys.setProperty("question", question.key)
        keys.setProperty("first", question.first)
        keys.pressed.connect(self._first_pressed)
        self.first[question.key] = keys
        return keys

    def _first_pressed(self, key: str) -> None:
        keys = self.sender()
        self.said.emit(str(keys.property("question")), str(keys.property("first")))

    def _answered(self, key: str) -> None:
        question = str(self.sender().property("question"))
        self.said.emit(question, "yes" if key == "Y" else "no")

    def _typed(self) -> None:
        question = str(self.sender().property("question"))
        value = self.values[question].value()
        if isinstance(value, Decimal):
            # Return and Tab are still on their way to the next field, and the lines are made anew
            # with the answer: the keyboard comes back here when both are done
            by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
            QTimer.singleShot(
                0, self, partial(self._say, question, format(value, "f"), by_mouse=by_mouse)
            )

    def _say(self, question: str, answer: str, *, by_mouse: bool) -> None:
        if not by_mouse:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.emit(question, answer)

    def go_on(self) -> None:
        """Take the keyboard after an answer: at the next number asked, else on the line as a whole."""
        field = next(iter(self.values.values()), None)
        if field is None or self.questions or self.first:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if key == "R":
            self.refusal_asked.emit(self)
            return
        self.take()
        self.moved.emit(1)

    def _show(self, words: str, mark: str, colour: str) -> None:
        self.words.setText(words)
        dress(self.words, self._look, "body", "medium", colour)
        self.mark.set_mark(mark)  # type: ignore[arg-type]  # "recorded"
        self.answered.emit()


def _inset(line: QLabel) -> QLabel:
    line.setContentsMargins(4, 0, 8, 0)
    return line
