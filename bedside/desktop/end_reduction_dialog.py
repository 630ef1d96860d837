"""Ends a reduced dose after a course day, or takes it back whole, with the reason."""

from PySide6.QtWidgets import QWidget

from bedside.desktop.ending_orders import EndingOrders
from bedside.desktop.fields import NumberField, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.order_ending_plan import ends_by_ending_reduction
from bedside.ward.reductions import end_reduction
from bedside.ward.views.reductions import ReductionRow
from bedside.ward.ward import Ward


class EndReductionDialog(FormDialog):
    """The last course day with the reduced dose, and why it ends."""

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        row: ReductionRow,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("End or take back a reduction"),
            self.tr("&End it"),
            parent,
            infant=patient_line_of(ward, infant_id),
            about=row.words,
            width=640,
        )
        self.back_button.setText(self.tr("&Leave it as it is"))
        self.ward, self.infant_id, self.row = ward, infant_id, row
        self.ended = False
        mark = ward.decimal_mark
        self.last_day = NumberField("number", "", look, mark, name=self.tr("Last reduced day"))
        self.last_day.set_note(
            self.tr("The day before its first takes it back: as if it had not been ordered."),
            "usual",
        )
        self.reason = PlainEdit(self.tr("Reason"))
        self.reason.setPlaceholderText(self.tr("cannot be empty; kept for ever"))
        self.body.addLayout(self.line(self.tr("Last re&duced day"), self.last_day))
        self.body.addLayout(self.line(self.tr("&Why"), self.reason))
        self.ending = EndingOrders(look)
        self.body.addWidget(self.ending)
        self.last_day.edited.connect(self._tell_ending)
        self.last_day.setFocus()

    def _tell_ending(self) -> None:
        from bedside.desktop.reduction_dialog import whole_day

        day = whole_day(self.last_day)
        given = (self.ward, self.infant_id, self.row.reduction_id)
        self.ending.show_lines(() if day is None else ends_by_ending_reduction(*given, day))

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        return bool(self.reason.text().strip())

    def record(self) -> None:
        """End it, or say why not."""
        if saving(self, self._keep, button=self.act_button).saved:
            self.ended = True
            self.accept()

    def _keep(self) -> None:
        from bedside.desktop.reduction_dialog import whole_day

        day = whole_day(self.last_day)
        if day is None:
            raise Refused(self.tr("Type the last course day as a whole number, e.g. 14."))
        end_reduction(
            self.ward,
            self.infant_id,
            self.row.reduction_id,
            day,
            self.reason.text(),
            who=self.session.who,
        )
