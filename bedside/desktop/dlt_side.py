"""Below the ledger: every decision on the toxicity in focus, and the rule in force in words."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.tall_area import TallArea
from bedside.units.dates import write_date_time
from bedside.ward.views.dlt import DecisionLine, DltToxicity, DltView

HIGH = 132


class DltSide(QWidget):
    """Decisions at the left, the rule at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(look.px(HIGH))
        self.setAccessibleName(self.tr("Decisions and rule"))
        self.head = label("", look, "body", "strong")
        self.lines = label("", look, "small", wrap=True)
        self.rule_head = label("", look, "body", "strong", wrap=True)
        self.rule_lines = label("", look, "small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._part(self.head, self.lines, self.tr("Decisions")), 1)
        row.addWidget(rule(look, upright=True))
        row.addWidget(self._part(self.rule_head, self.rule_lines, self.tr("Rule")), 1)

    def _part(self, head: QWidget, lines: QWidget, name: str) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 2, 8, 2)
        column.setSpacing(4)
        column.addWidget(head)
        column.addWidget(lines)
        column.addStretch(1)
        return TallArea(inside, name)

    def show_rule(self, view: DltView) -> None:
        """Show the rule in force, and what stands against it."""
        self.rule_head.setText(view.rule_title)
        self.rule_lines.setText("\n".join((*view.troubles, *view.rule_lines)))

    def show_toxicity(self, row: DltToxicity | None, view: DltView) -> None:
        """Show every decision on a toxicity; without one, those that lost theirs."""
        gone = [
            self.tr("{0}, not in the log any more: {1}").format(line.gone, self._line(line))
            for line in view.gone
        ]
        off = view.not_evaluable
        if off is not None:
            gone.insert(0, f"{self.tr('Of the infant, not of one toxicity:')} {self._off(off)}")
        again = view.evaluable_again
        if again is not None:
            told = self.tr("Evaluable after all, {0}, {1}: {2}. It had been recorded: {3}.").format(
                again.who,
                write_date_time(again.at),
                again.reason.rstrip("."),
                again.was.rstrip("."),
            )
            gone.insert(0, f"{self.tr('Of the infant, not of one toxicity:')} {told}")
        if row is None:
            self.head.setText(self.tr("No toxicity in the log"))
            self.lines.setText("\n".join(gone))
            return
        self.head.setText(self.tr("{0}: decisions, newest first").format(row.term))
        said = [self.tr("The rule says {0}: {1}.").format(row.verdict, row.rule_words)]
        said += [self._line(line) for line in row.decisions] or [self.tr("No decision yet.")]
        self.lines.setText("\n".join([*said, *gone]))

    def _line(self, line: DecisionLine) -> str:
        words = self.tr("{0}, {1}, {2}: {3}").format(
            line.verdict, line.physician, write_date_time(line.at), line.reason
        )
        proposed = self.tr("the rule had said {0} ({1})").format(line.proposal, line.rule)
        state = self.tr("holds") if line.holds else self.tr("holds no more")
        if line.struck_out:
            state = self.tr("taken back: {0}").format(line.struck_out)
        return f"{words}. {state[:1].upper()}{state[1:]}; {proposed}."

    def _off(self, line: DecisionLine) -> str:
        return self.tr("Not evaluable, {0}, {1}: {2}").format(
            line.physician, write_date_time(line.at), line.reason
        )
