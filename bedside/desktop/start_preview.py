"""Would this count open the next course? The start rule's lines, with the typed values in."""

from datetime import datetime, time

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from bedside.desktop.counts_form import CountsForm
from bedside.desktop.counts_reading import Reading
from bedside.desktop.labels import dress, label, rule
from bedside.desktop.look import Look
from bedside.desktop.marks import RESULT_MARKS, MarkLabel
from bedside.desktop.trend_layout import TypedNow
from bedside.units.dates import write_date, write_time, write_times
from bedside.units.quantities import Platelets
from bedside.ward.counts_page import TYPED, preview_start
from bedside.ward.gates import TITLES
from bedside.ward.views.where import RuleRow
from bedside.ward.ward import Ward

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

    def show_rules(
        self,
        course: str,
        rules: tuple[RuleRow, ...],
        typed: TypedNow | None,
        as_if: str = "",
    ) -> None:
        """Show the rule over what is typed.

        Args:
            course: the course that waits, "" when none does.
            rules: the lines as the ward judged them.
            typed: the typed values; None while nothing is typed.
            as_if: of when it is judged to be, while its time is not typed; "" where it is.
        """
        if not course:
            self._title.setText(self.tr("No start rule waits for a count now."))
            rules = ()
        else:
            title = self.tr("Would this count open {0}?")
            if as_if and typed is not None:
                title = self.tr("Would it open {0}, if taken {1}?")
            self._title.setText(title.format(course, as_if))
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
            text = self._words(part)
            colour = "hold" if part.result == "not met" else "ink"
        dress(words, self._look, "body", colour=colour)
        words.setText(text)
        words.setToolTip(text)

    def _words(self, part: RuleRow) -> str:
        # the unit once: said twice, the line would not fit beside the form
        unit = f" {part.unit}" if part.unit and part.unit not in part.needed else ""
        results = {
            "met": self.tr("would be met"),
            "not met": self.tr("would not be met"),
            "unknown": self.tr("unknown"),
        }
        result = results[part.result]
        if part.typed_at is not None and part.at is not None:
            return self._newer(part, part.at, part.typed_at)
        if earlier(part):  # never silently: what this form does not hold says of when it is
            return self.tr("not typed; {0} at {1}: {2}").format(part.seen, _when(part), result)
        if part.result == "unknown" and part.seen.startswith("not "):
            return self.tr("{0}: {1}").format(part.seen, result)
        text = self.tr("{0}{1}, needs {2}: {3}").format(part.seen, unit, part.needed, result)
        if TYPED in part.source and not part.source.endswith(TYPED):
            return self.tr("{0}; the lower of two of this minute").format(text)
        if part.result == "unknown" and part.over:
            return part.over  # a bound that does not decide, and what to do about it
        return text

    def _newer(self, part: RuleRow, newer: datetime, typed: datetime) -> str:
        """A newer count decides, whatever the older one that is typed says."""
        results = {"met": self.tr("met"), "not met": self.tr("not met")}
        result = results.get(part.result, self.tr("unknown"))
        at, of = write_times(newer, typed)
        if newer.date() != typed.date():
            at, of = (
                f"{write_date(day.date())[:6]} {each}" for day, each in ((newer, at), (typed, of))
            )
        return self.tr("{0}: {1}, {2}. What is typed is of {3} and does not change that.").format(
            at, part.seen, result, of
        )


def previewed(
    ward: Ward, infant_id: int, form: CountsForm, reading: Reading
) -> tuple[tuple[RuleRow, ...], str]:
    """What the start rule would say once the filled form is recorded.

    Args:
        ward: the open ward.
        infant_id: whose count is typed.
        form: the form.
        reading: what it says now.

    Returns:
        The lines, and of when it is judged to be where no time is typed yet ("" where one is).
    """
    taken, day, now = form.when.taken().at, form.when.date.value(), ward.wall_clock()
    as_if = "" if taken is not None else QCoreApplication.translate("StartPreview", "now")
    if taken is None and day is not None and day < now.date():  # at the latest then
        taken = datetime.combine(day, time(23, 59), tzinfo=now.tzinfo)
        as_if = f"{write_date(day)[:6]} {write_time(taken)}"
    platelets = reading.platelets if isinstance(reading.platelets, Platelets) else None
    rules = preview_start(
        ward,
        infant_id,
        None if reading.anc_suspect else reading.anc,
        None if reading.platelets_suspect else platelets,
        reading.certain_bounds,
        taken,
        {key: form.lines[key].state_value() for key in ("anc", "platelets")},
    )
    return rules, as_if


def earlier(part: RuleRow) -> bool:
    """Whether a line of the rule rests on a count before the one that is being typed."""
    counted = bool(part.unit) or part.measure in TITLES.values()
    return counted and part.at is not None and TYPED not in part.source


def _when(part: RuleRow) -> str:
    return "" if part.at is None else f"{write_date(part.at.date())[:6]} {write_time(part.at)}"
