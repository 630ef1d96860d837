"""One line of the round: what the laboratory proposes, with its rule, and what it still has to ask."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.fields import NumberField
from bedside.desktop.labels import dress, label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.round_keys import Keys
from bedside.desktop.round_parts import DltCell, line_of
from bedside.desktop.round_question import QuestionLine
from bedside.desktop.round_row import RoundLine, grade_label, held
from bedside.units.dates import write_date_time
from bedside.ward.unit_words import written_unit
from bedside.ward.views.round import LaboratoryProposal, ProposalAnswer, Question, RoundDlt

WIDTHS = (226, 82, 136)  # term, grade, value
_KEYS_WIDE, ANSWER_WIDE = 188, 126
_RULE_WIDE = 84
NOTHING: Mapping[str, str] = {}


class ProposalLine(RoundLine):
    """A proposal: Y takes it, R refuses it with a reason; questions are asked below it.

    One that cannot be graded is taken by T as "at least" so much; E unfolds the whole rule.

    Signals:
        said: a question was answered (its key, the answer).
        refusal_asked: R was pressed: the page asks for the reason.
    """

    said = Signal(str, str)
    refusal_asked = Signal(object)

    def __init__(
        self,
        look: Look,
        proposal: LaboratoryProposal,
        mark: str = ".",
        dlt: RoundDlt | None = None,
        *,
        above: Mapping[str, str] = NOTHING,
        said: Mapping[str, str] = NOTHING,
    ) -> None:
        super().__init__(look, proposal.term)
        self.name = f"proposal {proposal.term_key}"
        self._dlt, self._above, self._last_said = dlt, above, next(reversed([*said]), "")
        self.proposal = proposal
        self._answer: ProposalAnswer | None = None
        self._take = "T" if proposal.takes_least else "Y"
        take = self.tr("at least {0}").format(proposal.least)
        words = take if proposal.takes_least else self.tr("take it")
        self.keys = Keys(((self._take, words), ("R", self.tr("refuse…"))), look)
        self.keys.setFixedWidth(look.px(_KEYS_WIDE))
        self.keys.pressed.connect(self._pressed)
        self.questions: dict[str, Keys] = {}
        self.values: dict[str, NumberField] = {}
        self.echoes: dict[str, QLabel] = {}  # what is typed, as it is kept
        self.offers: dict[str, Keys] = {}  # one key each: first result, limit of the last slip
        self.unfold = Keys((("E", self.tr("rule")),), look)
        self.unfold.setFixedWidth(look.px(_RULE_WIDE))
        self.unfold.pressed.connect(self._unfold)
        self._mark = mark
        if not self.can_take:
            self.keys.disable(self._take)
        if not proposal.newest:
            self.keys.disable("R")
        self.mark = MarkLabel("unknown" if proposal.grade is None else "due", look, 15)
        self.words = label(self.tr("not yet"), look, "body", colour="quiet")
        self._fill(look)

    def _fill(self, look: Look) -> None:
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

    @property
    def can_take(self) -> bool:
        """Whether it has a grade to be taken, be it the least that is certain."""
        return self.proposal.grade is not None or self.proposal.takes_least

    def take_key(self, key: Qt.Key, text: str) -> bool:
        """Y, T and R, E for the rule; while a question stands open, Y and N answer it."""
        if key == Qt.Key.Key_Escape and self.asks():
            self._leave_number()
            return True
        if self.proposal.grade is None:
            for keys in (*self.questions.values(), *self.offers.values()):
                if keys.press(text):
                    return True
        return self.keys.press(text) or self.unfold.press(text)

    def asks(self) -> bool:
        """Whether a number is being typed here."""
        return any(one.edit is self.window().focusWidget() for one in self.values.values())

    def _leave_number(self) -> None:
        """Back to the line: what was typed in the field is not taken."""
        for field in self.values.values():
            if field.edit is self.window().focusWidget():
                field.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Accept, as Y and T do; nothing where no grade is certain."""
        if self.can_take:
            self._answer = self._said_of(accepted=True)
            self.keys.choose(self._take)
            least = self.tr("taken: at least {0}").format(self.proposal.least)
            words = least if self.proposal.takes_least else self.tr("taken")
            self._show(words, "ink")

    def refuse(self, reason: str) -> None:
        """Refuse with a reason; an empty one takes the refusal back."""
        if not reason:
            taken = self._answer is not None and self._answer.accepted
            self.keys.choose(self._take if taken else "")
            return
        self.restore(reason)
        self.moved.emit(1)

    def restore(self, reason: str) -> None:
        """Show a refusal, without moving on."""
        self._answer = self._said_of(accepted=False, reason=reason)
        self.keys.choose("R")
        self._show(self.tr("refused"), "ink")
        self.words.setToolTip(reason)

    def take_back(self) -> bool:
        """Back to "not yet"; where it has no answer, the last one given to a question below it."""
        if self._answer is None and self._last_said:
            self.said.emit(self._last_said, "")
            return True
        if self._answer is None:
            return False
        self._answer = None
        self.keys.choose("")
        self._show(self.tr("not yet"), "quiet")
        self.words.setToolTip("")
        self.mark.set_mark("unknown" if self.proposal.grade is None else "due")
        return True

    def _said_of(self, *, accepted: bool, reason: str = "") -> ProposalAnswer:
        one = self.proposal
        at_least = accepted and one.takes_least
        return ProposalAnswer(one.term_key, one.seen, accepted, reason, at_least)

    def _line(self, look: Look) -> QBoxLayout:
        one = self.proposal
        row, keys = QHBoxLayout(), QHBoxLayout()
        term = label(one.term, look, "body", "strong", wrap=True)
        term.setToolTip(one.term)
        for cell, wide in zip((term, self._grade(look), self._measured(look)), WIDTHS, strict=True):
            row.addWidget(held(cell, look.px(wide)))
        self.rule = label(unbroken(self._rule_words()), look, "small", wrap=True)
        self.rule.setToolTip(written_unit(one.rule))
        row.addWidget(self.rule, 1)
        keys.addWidget(self.unfold)
        if one.grade is not None or not one.rule:
            self.unfold.hide()
        keys.addWidget(self.keys)
        keys.addWidget(self.mark)
        self.words.setFixedWidth(look.px(ANSWER_WIDE))
        keys.addWidget(self.words)
        line = line_of(look, row, keys)
        line.setContentsMargins(4, 0, 0, 0)
        return line

    def _measured(self, look: Look) -> QWidget:
        """The value as entered; below it as it is kept, where that is another unit."""
        measured = label(self.proposal.measured, look, "body", "medium")
        if not self.proposal.kept:
            return measured
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(measured)
        words = self.tr("kept: {0}").format(self.proposal.kept)
        column.addWidget(label(words, look, "small", colour="quiet"))
        return both

    def _grade(self, look: Look) -> QLabel:
        if self.proposal.grade is None:
            least = self.proposal.least
            words = self.tr("at least {0}").format(least) if least else self.tr("unknown")
            return label(words, look, "body", "medium", "quiet")
        if self.proposal.grade == 0:
            ends = self.tr("ends") if self.proposal.standing else self.tr("no grade")
            return label(ends, look, "body", "strong")
        return grade_label(self.proposal.grade, look)

    def _rule_words(self) -> str:
        one = self.proposal
        applies = written_unit(one.short_rule or one.rule)
        if one.grade is None and one.rule:
            # every grade's criteria do not fit into a line: E unfolds them
            applies = self.tr("hangs on what is asked below")
            if one.takes_least:
                applies = self.tr("may be higher: {0}").format(applies)
        return "; ".join(part for part in (applies, one.limit) if part)

    def _below(self, look: Look) -> list[QWidget]:
        """The quiet lines below: when, what stands, the age limit, what is missing, the questions."""
        one = self.proposal
        lines: list[QWidget] = []
        self.whole = label(unbroken(written_unit(one.rule)), look, "small", wrap=True)
        self.whole.hide()
        lines.append(_inset(self.whole))
        lines += self._about_line(look)
        needs = () if one.barred else one.needs
        notes = [*self._differs(), *(self.tr("missing: {0}").format(need) for need in needs)]
        notes += [one.barred] if one.barred else []
        if notes:
            words = unbroken("; ".join(notes))
            lines.append(_inset(label(words, look, "small", "medium", "hold", wrap=True)))
        lines.extend(self._question(look, question) for question in one.questions)
        return lines

    def _asked_above(self, look: Look, question: Question) -> QWidget:
        """One question, asked once: where it stands, and what was answered there."""
        words = self.tr("asked above, at {0}: {1}").format(
            self._above[question.key], question.words
        )
        return _inset(label(unbroken(words), look, "small", colour="quiet", wrap=True))

    def _about_line(self, look: Look) -> list[QWidget]:
        """When it was taken and what stands; beside it whether it counts, once it is accepted."""
        about = self._about()
        if self._dlt is None and not about:
            return []
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(4, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(label(unbroken(about), look, "small", colour="quiet", wrap=True), 1)
        if self._dlt is not None:
            self.dlt = DltCell(self._dlt, look, self.tr("DLT, once taken: "))
            row.addWidget(self.dlt, 1)
        return [holder]

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
            words = self.tr("with {0} earlier grades not in the log, worst {1}")
            if one.earlier == 1:
                words = self.tr("with {0} earlier grade not in the log, worst {1}")
            parts.append(words.format(one.earlier, one.worst))
        if one.ungraded:
            words = (
                self.tr(
                    "one earlier result could not be graded fully: it counts as at least so much"
                )
                if one.ungraded == 1
                else self.tr(
                    "{0} earlier results could not be graded fully: they count as at least so much"
                ).format(one.ungraded)
            )
            parts.append(words)
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
        return found

    def _unfold(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.whole.setVisible(self.whole.isHidden() and bool(self.proposal.rule))
        self.unfold.choose("" if self.whole.isHidden() else key)
        self.updateGeometry()

    def _question(self, look: Look, question: Question) -> QWidget:
        if question.key in self._above:
            return self._asked_above(look, question)
        made = QuestionLine(look, question, self._mark)
        made.said.connect(self.said)
        made.typed.connect(self._say_after)
        if made.keys is not None:
            self.questions[question.key] = made.keys
        if made.field is not None:
            self.values[question.key] = made.field
        if made.offer is not None:
            self.offers[question.key] = made.offer
        if made.echo is not None:
            self.echoes[question.key] = made.echo
        return made

    def _say_after(self, question: str, answer: str) -> None:
        # Return and Tab are still on their way to the next field, and the lines are made anew
        # with the answer: the keyboard comes back here when both are done
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        QTimer.singleShot(0, self, partial(self._say, question, answer, by_mouse=by_mouse))

    def _say(self, question: str, answer: str, *, by_mouse: bool) -> None:
        if self.isHidden():
            return  # said already, and this line was made anew: the keyboard is the new one's
        if not by_mouse:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.emit(question, answer)

    def go_on(self) -> None:
        """Take the keyboard after an answer: at the next number asked, else on the line as a whole."""
        field = next(iter(self.values.values()), None)
        if field is None or self.questions or self.offers:
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

    def _show(self, words: str, colour: str) -> None:
        self.words.setText(words)
        dress(self.words, self._look, "body", "medium", colour)
        self.mark.set_mark("recorded")
        self.answered.emit()


def _inset(line: QLabel) -> QLabel:
    line.setContentsMargins(4, 0, 8, 0)
    return line
