"""Would this count open the next course? The start rule's lines, with the typed values in."""

from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from bedside.desktop.labels import dress, label, rule
from bedside.desktop.look import Look
from bedside.desktop.marks import RESULT_MARKS, MarkLabel
from bedside.desktop.trend_layout import TypedNow
from bedside.units.dates import write_date, write_time
from bedside.ward.counts_page import TYPED
from bedside.ward.views.where import RuleRow

_ROWS = 4


class StartPreview(QWidget):
    """A line for each part of the start rule: mark, measure, what it says."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(self.tr("Would this count open the next course?"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setVerticalSpacing(3)
        grid.setHorizontalSpacing(8)
        self._title = label("", look, "body", "strong")
        grid.addWidget(self._title, 0, 0, 1, 3)
        grid.addWidget(rule(look, "edge"), 1, 0, 1, 3)
        self._lines: list[tuple[MarkLabel, QLabel, QLabel]] = []
        for row in range(_ROWS):
            line = (
                MarkLabel("unknown", look, 16),
                label("", look, "body", "strong"),
                label("", look, wrap=True),
            )
            # a long reason must not push the form aside: it goes on in the next line
            line[2].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            for column, widget in enumerate(line):
                grid.addWidget(widget, row + 2, column)
            self._lines.append(line)
        grid.setColumnStretch(2, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def texts(self) -> tuple[str, ...]:
        """The lines as text."""
        return tuple(
            f"{name.text()}: {words.text()}"
            for _, name, words in self._lines
            if name.isVisibleTo(self)
        )

    def show_rules(self, course: str, rules: tuple[RuleRow, ...], typed: TypedNow | None) -> None:
        """Show the rule over what is typed.

        Args:
            course: the course that waits, "" when none does.
            rules: the lines as the ward judged them.
            typed: the typed values; None while nothing is typed.
        """
        if not course:
            self._title.setText(self.tr("No start rule waits for a count now."))
            rules = ()
        else:
            self._title.setText(self.tr("Would this count open {0}?").format(course))
        for number, (mark, name, words) in enumerate(self._lines):
            shown = number < len(rules)
            for widget in (mark, name, words):
                widget.setVisible(shown)
            if shown:
                self._show(rules[number], typed, mark, name, words)

    def _show(
        self,
        part: RuleRow,
        typed: TypedNow | None,
        mark: MarkLabel,
        name: QLabel,
        words: QLabel,
    ) -> None:
        name.setText(part.measure)
        waits = typed is not None and (
            (typed.anc_suspect and "ANC" in part.measure)
            or (typed.platelets_suspect and "latelet" in part.measure)
        )
        if waits:
            mark.set_mark("unknown")
            text, colour = self.tr("not judged until typed again"), "ink"
        else:
            mark.set_mark(RESULT_MARKS[part.result])
            # the unit once: said twice, the line would not fit beside the form
            unit = f" {part.unit}" if part.unit and part.unit not in part.needed else ""
            results = {
                "met": self.tr("would be met"),
                "not met": self.tr("would not be met"),
                "unknown": self.tr("unknown"),
            }
            result = results[part.result]
            text = self.tr("{0}{1}, needs {2}: {3}").format(part.seen, unit, part.needed, result)
            if earlier(part):  # never silently: what this form does not hold says of when it is
                text = self.tr("not typed; {0} at {1}: {2}").format(part.seen, _when(part), result)
            elif TYPED in part.source and not part.source.endswith(TYPED):
                text = self.tr("{0}; the lower of two of this minute").format(text)
            elif part.result == "unknown" and part.over:
                text = part.over  # a bound that does not decide, and what to do about it
            if part.result == "unknown" and part.seen.startswith("not "):
                text = self.tr("{0}: {1}").format(part.seen, result)
            colour = "hold" if part.result == "not met" else "ink"
        dress(words, self._look, "body", colour=colour)
        words.setText(text)
        words.setToolTip(text)


def earlier(part: RuleRow) -> bool:
    """Whether a line of the rule rests on a count before the one that is being typed."""
    return bool(part.unit) and part.at is not None and TYPED not in part.source


def _when(part: RuleRow) -> str:
    return "" if part.at is None else f"{write_date(part.at.date())[:6]} {write_time(part.at)}"
