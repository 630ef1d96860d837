"""Corrects one result, or records a pending one that came in; says what was made of the old one."""

from PySide6.QtWidgets import QGridLayout, QWidget

from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.laboratory_line import COLUMNS, LabLine
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.units.dates import write_date_time
from bedside.ward.laboratory_depends import resting_on
from bedside.ward.laboratory_page import lab_field
from bedside.ward.laboratory_reading import NewResult, look_at
from bedside.ward.laboratory_recording import complete_result, correct_result
from bedside.ward.views.laboratory import LabRow, LabSeen
from bedside.ward.ward import Ward


class LabCorrectDialog(FormDialog):
    """One result typed anew.

    Args:
        ward: the open ward.
        look: colours and fonts.
        session: who records.
        infant_id: whose result it is.
        row: the result as recorded.
        parent: the window it belongs to.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        row: LabRow,
        parent: QWidget | None = None,
    ) -> None:
        self.comes_in = row.state == "pending"
        title, act = self._titles(row)
        infant = patient_line_of(ward, infant_id)
        super().__init__(look, session, title, act, parent, infant=infant, width=820)
        self._ward, self._infant, self._row = ward, infant_id, row
        self.depends = resting_on(ward, row.source)
        self.replaced = False
        taken = write_date_time(row.taken_at)
        self.about.setText(
            self.tr("{0}, taken {1}, {2}; recorded {3}.").format(
                row.entered, taken, row.specimen, row.recorded
            )
        )
        self.about.show()
        self._build()

    def is_dirty(self) -> bool:
        """Whether a typed value would be lost."""
        return not self.replaced and bool(self.line_of.value.text().strip())

    def record(self) -> None:
        """Strike the old result out and keep the new one."""
        if saving(self, self._replace, button=self.act_button).saved:
            self.replaced = True
            self.accept()

    def _titles(self, row: LabRow) -> tuple[str, str]:
        if self.comes_in:
            return self.tr("{0}: the result came in").format(row.title), self.tr("&Record result")
        return self.tr("Correct {0}").format(row.title), self.tr("&Correct result")

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setColumnStretch(COLUMNS - 1, 1)
        heads = (
            self.tr("Analyte"),
            self.tr("Result"),
            self.tr("Unit"),
            self.tr("Normal"),
            self.tr("to"),
        )
        for column, text in enumerate(heads):
            grid.addWidget(label(text, self.look, "caption", colour="quiet"), 0, column)
        field = lab_field(self._ward, self._infant, self._row.result_id)
        self.line_of = LabLine(field, self.look, self._judge, grid, 1)
        self.line_of.setParent(self)
        self.body.addLayout(grid)
        self.reason = PlainEdit(self.tr("Why it is corrected"))
        if not self.comes_in:
            self.body.addLayout(self.line(self.tr("&Why?"), self.reason))
        words = self.tr("The old result stays readable, struck out, with who, when and why.")
        if self.depends:
            words = self.tr(
                "Since the old result was recorded, these were made. None of them changes by "
                "itself: look at each again.\n{0}"
            ).format("\n".join(f"· {one}" for one in self.depends))
        colour = "hold" if self.depends else "quiet"
        self.warning = label(words, self.look, "small", colour=colour, wrap=True)
        self.warning.setAccessibleName(self.tr("What was made of the old result"))
        self.body.addWidget(self.warning)
        self.body.addStretch(1)
        self.line_of.value.setFocus()

    def _judge(self, typed: NewResult) -> LabSeen:
        return look_at(
            self._ward, self._infant, typed, self._row.taken_at, without=self._row.result_id
        )

    def _replace(self) -> int:
        typed, who = self.line_of.typed(), self.session.who
        if self.comes_in:
            return complete_result(self._ward, self._row.result_id, typed, who=who)
        return correct_result(self._ward, self._row.result_id, typed, self.reason.text(), who=who)
