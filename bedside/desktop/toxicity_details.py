"""The toxicity in focus in full, below the list: its grades over time and what was judged of it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.labels import dress, label, unbroken
from bedside.desktop.look import Look
from bedside.units.dates import write_date
from bedside.ward.unit_words import written_unit
from bedside.ward.views.toxicity import GradeStep, LoggedToxicity

_MOST_STEPS = 6  # older ones are counted, newest shown


class ToxicityDetails(QWidget):
    """Three lines about one toxicity; empty while none is in focus."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(self.tr("The toxicity in focus"))
        self.grades = label("", look, "body", wrap=True)
        self.judged = label("", look, "small", colour="quiet", wrap=True)
        self.warning = label("", look, "body", "strong", "hold", wrap=True)
        self.warning.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self.grades, 1)
        column.addWidget(self.warning)
        column.addLayout(row)
        column.addWidget(self.judged)

    def show_toxicity(self, logged: LoggedToxicity | None) -> None:
        """Show one toxicity; None empties the lines."""
        self.grades.setText("" if logged is None else unbroken(self._grade_words(logged)))
        self.judged.setText("" if logged is None else unbroken(self._judged_words(logged)))
        corrected = "" if logged is None else self._corrected_words(logged)
        self.warning.setText(unbroken(corrected))
        self.warning.setVisible(bool(corrected))
        dress(self.warning, self._look, "body", "strong", "hold")

    def _grade_words(self, logged: LoggedToxicity) -> str:
        steps = logged.steps[-_MOST_STEPS:]
        earlier = len(logged.steps) - len(steps)
        parts = [self._step_words(step) for step in steps]
        if earlier:
            words = self.tr("1 earlier grade") if earlier == 1 else self.tr("{0} earlier grades")
            parts.insert(0, words.format(earlier))
        return self.tr("{0}: {1}. Worst grade {2}.").format(
            logged.term, " → ".join(parts), logged.worst
        )

    def _step_words(self, step: GradeStep) -> str:
        words = self._grade_of(step) if step.grade else self.tr("gone")
        words = f"{words} {write_date(step.on)}"
        if step.measured:
            return f"{words} ({step.measured})"
        return f"{words} ({self.tr('round')})" if step.origin == "round" else words

    def _grade_of(self, step: GradeStep) -> str:
        words = self.tr("at least grade {0}") if step.at_least else self.tr("grade {0}")
        return words.format(step.grade)

    def _judged_words(self, logged: LoggedToxicity) -> str:
        parts = [
            self.tr("CTCAE {0}").format(logged.ctcae),
            self.tr("expected: {0}").format(logged.expected),
            self.tr("serious: {0}").format(
                f"yes, {logged.serious_why}" if logged.serious == "yes" else logged.serious
            ),
            self.tr("action taken: {0}").format(logged.action or self.tr("not said")),
        ]
        if logged.comment:
            parts.append(self.tr("comment: {0}").format(logged.comment))
        last = logged.steps[-1] if logged.steps else None
        if last is not None and last.rule:
            parts.append(self.tr("rule: {0}").format(written_unit(last.rule)))
        return "; ".join(parts)

    def _corrected_words(self, logged: LoggedToxicity) -> str:
        wrong = [step for step in logged.steps if step.corrected]
        if not wrong:
            return ""
        listed = ", ".join(
            self.tr("grade {0} of {1}").format(step.grade, write_date(step.on)) for step in wrong
        )
        return self.tr("{0} came from a result since corrected: look at it in the round.").format(
            listed[:1].upper() + listed[1:]
        )
