"""The form for a blood count: typed from the slip, read back, compared, and only then recorded."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.count_states import state_keys
from bedside.desktop.counts_anc import CountsAnc, WorkOut
from bedside.desktop.counts_judging import CountsJudging, Judge, JudgeWorkedOut
from bedside.desktop.counts_reading import (
    DIFFERENTIAL,
    MEASURES,
    STATED,
    UNITS,
    Reading,
    entered_of,
    missing_words,
    normal_words,
)
from bedside.desktop.counts_taken import TakenRow
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.measure import Measure
from bedside.desktop.measure_line import MeasureLine
from bedside.desktop.tall_area import TallArea
from bedside.units.bounds import Bound, Sign
from bedside.units.quantities import WhiteCells
from bedside.units.refusal import Refused
from bedside.units.rounding import half_up
from bedside.units.writer import write_count
from bedside.ward.count_normal import Normal, NormalSet
from bedside.ward.forms import NewCounts
from bedside.ward.laboratory_counted import unit_of

_STATE_AT = 3  # the column of states
_COLUMNS = (150, 86, 60, 120, 108)


class CountsForm(QWidget):
    """The entry side of the counts page.

    Args:
        look: fonts and colours.
        mark: the station's decimal mark.
        judge: asks the ward how a value stands to the child's own last ones.
        judge_worked_out: the same of an ANC and the white cells it was worked out from.
        work_out: the ward's ANC from white cells, neutrophils and bands.
        wall: aware time now, with the rules of the ward's zone.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(
        self,
        look: Look,
        mark: str,
        judge: Judge,
        judge_worked_out: JudgeWorkedOut,
        work_out: WorkOut,
        wall: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._look, self._mark = look, mark
        self._quiet = False
        self._usual = NormalSet("", {key: Normal(UNITS[key]) for key in STATED})
        self.normal = self._usual
        self.lines: dict[str, MeasureLine] = {}
        self._judging = CountsJudging(self.lines, judge, judge_worked_out)
        self.when = TakenRow(look, wall)
        self.anc = CountsAnc(look, mark, self.lines, work_out)
        self.anc.setParent(self)
        self.anc.question.edited.connect(self._changed)
        self.normal_words = label("", look, "caption", colour="quiet", wrap=True)
        self.normal_words.setAccessibleName(self.tr("Limits of normal"))
        self.normal_words.setContentsMargins(8, 4, 8, 0)
        self.setAccessibleName(self.tr("Record counts"))
        self._build()
        self.clear()

    def reading(self) -> Reading:
        """What the form says now, read once."""
        anc, words, own = self.anc.standing()
        platelets, sign = self.lines["platelets"].field, self.anc.sign(anc, own)
        bounds = {} if (fewest := platelets.bound()) is None else {"platelets": fewest}
        if sign and anc is not None:
            bounds["anc"], anc = Bound(cast(Sign, sign), anc.per_ul), None
        return Reading(
            anc=anc,
            anc_words=words,
            anc_suspect=self.anc.suspect(own),
            platelets=platelets.exact(),
            platelets_suspect=self.lines["platelets"].standing() in ("waiting", "refused"),
            missing=(
                *self.when.missing(),
                *self.anc.question.missing(),
                *missing_words(self.lines, self.anc.total()),
            ),
            bounds=bounds,
        )

    def new_counts(self) -> NewCounts:
        """The filled form for the ward.

        Raises:
            Refused: something is missing or stands against it.
        """
        taken = self.when.taken()
        reasons = self.reading().missing
        if taken.at is None or reasons:
            nothing = taken.words or self.tr("Type when the specimen was taken.")
            raise Refused(*(reasons or (nothing,)))
        values = {key: line.ready_value() for key, line in self.lines.items()}
        counts = Reading.new_counts(
            taken.at,
            self.when.specimen.value() or "",
            values,
            {key: line.state_value() for key, line in self.lines.items()},
            self._twice(),
            {
                key: entered_of(self.lines[key], one, self._mark)
                for key, one in self.normal.by_measure.items()
            },
            self.normal.laboratory,
        )
        return self.anc.question.answered(counts)

    def is_empty(self) -> bool:
        """Whether nothing was typed (the ready date does not count)."""
        fields = [line.field for line in self.lines.values()]
        said = any(line.state_value() != "done" for line in self.lines.values())
        return self.when.time.is_empty() and all(field.is_empty() for field in fields) and not said

    def clear(self) -> None:
        """Empty the form."""
        self._quiet = True
        for line in self.lines.values():
            line.clear()
        self.when.clear()
        self.set_normal(self._usual)
        self._quiet = False
        self._changed()

    def set_usual(self, usual: NormalSet) -> None:
        """Take the ward's usual units; every new count begins with them and without limits."""
        changed, self._usual = usual != self._usual, usual
        if changed and self.is_empty():
            self.set_normal(usual)

    def usual_units(self) -> dict[str, str]:
        """The usual unit of each measure as it is shown beside its field."""
        return {key: unit_of(key, one.unit).shown for key, one in self._usual.by_measure.items()}

    def set_normal(self, normal: NormalSet) -> None:
        """Take units and limits of normal for this count; what is typed is read anew."""
        self.normal = normal
        for key, one in normal.by_measure.items():
            self.lines[key].set_unit(one.unit)
            self.lines[key].show_unusual_unit(one.unit != self._usual.by_measure[key].unit)
        self.normal_words.setText(normal_words(normal))
        self.edited.emit()

    def set_last(self, texts: dict[str, tuple[str, str]], head: str) -> None:
        """Show the child's own last values, by key, as kept and as entered, under their date."""
        self.last_head.setText(head)
        told = [line.set_last(*texts.get(key, ("", ""))) for key, line in self.lines.items()]
        if any(told) and not self.is_empty():  # a draft is judged beside what stands now
            self._judging.forget()
            self._changed()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.when)
        self.when.edited.connect(self._changed)
        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(1)
        for number, wide in enumerate(_COLUMNS):
            self._grid.setColumnMinimumWidth(number, self._look.px(wide))
        self._grid.setColumnStretch(5, 1)
        self._fill()
        area = TallArea(body, self.tr("Values of the blood count"), tab_stop=False)
        column.addWidget(area, 1)
        self._order_stops()

    def _fill(self) -> None:
        self._heads()
        row = 2
        for measure in MEASURES:
            if measure.key == "neutrophils":
                row = self._differential_head(row)
            if measure.key == "anc":
                row = self.anc.place(self._grid, row)
            self._line(measure, row)
            row += 2
        self._grid.addWidget(self.normal_words, row, 0, 1, 6)
        self._grid.setRowStretch(row + 1, 1)

    def _order_stops(self) -> None:
        """Tab goes down the slip, line by line; Return from value to value."""
        stops: list[QWidget] = [self.when.date.edit, self.when.time.edit, self.when.specimen]
        for line in self.lines.values():
            stops += line.stops()
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        for line, following in pairwise(self.lines.values()):
            _let_return_go_on(line, following)

    def _heads(self) -> None:
        heads = (
            self.tr("Measure"),
            self.tr("Typed"),
            self.tr("Unit"),
            self.tr("State: p h c s n u"),
            self.tr("Read as"),
        )
        self.last_head = label(self.tr("Last"), self._look, "caption", colour="quiet")
        for number, text in enumerate(heads):
            head = label(text, self._look, "caption", colour="quiet")
            if number == _STATE_AT:
                head.setToolTip(state_keys())
            head.setContentsMargins(8 if number == 0 else 0, 0, 0, 2)
            self._grid.addWidget(head, 0, number)
        self._grid.addWidget(self.last_head, 0, 5)
        self._grid.addWidget(rule(self._look, "edge"), 1, 0, 1, 6)

    def _line(self, measure: Measure, row: int) -> None:
        line = MeasureLine(measure, UNITS[measure.key], self._look, self._mark, self._grid, row)
        line.setParent(self)
        line.edited.connect(self._changed)
        self.lines[measure.key] = line

    def _differential_head(self, row: int) -> int:
        head = QHBoxLayout()
        head.setContentsMargins(8, 3, 0, 1)
        head.setSpacing(8)
        head.addWidget(label(self.tr("Differential"), self._look, "caption", "strong"))
        words = self.tr("of the white cells, as on the slip")
        head.addWidget(label(words, self._look, "caption", colour="quiet"))
        head.addStretch(1)
        self._grid.addLayout(head, row, 0, 1, 6)
        return row + 1

    def _changed(self) -> None:
        if self._quiet:
            return
        self.anc.ask()
        anc, _, own = self.anc.standing()
        worked = None if anc == self.lines["anc"].value() else anc
        self._judging.look(worked, self.anc.sign(anc, own))
        self._echo_percents()
        self.anc.show()
        self.edited.emit()

    def _echo_percents(self) -> None:
        white, sign = self.lines["wbc"].value(), self.lines["wbc"].field.comparator()
        for key in DIFFERENTIAL:
            value = self.lines[key].value()
            if isinstance(white, WhiteCells) and isinstance(value, Decimal):
                cells = int(half_up(white.per_ul * value / 100, 0))
                self.lines[key].set_echo(f"{sign if cells else ''}{write_count(cells)}")

    def _twice(self) -> tuple[str, ...]:
        return tuple(
            f"{line.measure.name} typed twice: {_as_typed(line)}"
            for line in self.lines.values()
            if line.was_typed_twice()
        )


def _let_return_go_on(line: MeasureLine, following: MeasureLine) -> None:
    """Return goes from value to value, by way of what a line still asks."""
    value = following.field.edit
    line.field.edit.goes_on = lambda: line.after_value() or value
    line.second.edit.goes_on = line.why.goes_on = lambda: value


def _as_typed(line: MeasureLine) -> str:
    """The number as typed with its unit, whether that stood in the field or beside it."""
    typed = line.field.typed()
    if typed is None:
        return f"{line.field.text().strip()} {line.field.unit}"
    return f"{typed.comparator}{typed.typed} {unit_of(line.measure.key, typed.unit).shown}"
