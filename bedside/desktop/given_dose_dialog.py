"""Records a planned dose as given: how much of it, and why where it is not what was worked out."""

from decimal import Decimal
from typing import cast

from PySide6.QtWidgets import QWidget

from bedside.desktop.fields import Choice, NumberField, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.units.quantities import DrugAmount, DrugUnit
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount, write_number
from bedside.ward.given_doses import given_form, record_given
from bedside.ward.views.given import GivenAs
from bedside.ward.ward import Ward

Planned = tuple[str, int, str, str]


class GivenDoseDialog(FormDialog):
    """The amount stands there as worked out; anything else needs its reason.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        planned: course key, course day, drug and route.
        parent: the window it belongs to.

    Raises:
        Refused: the dose is not planned, lies ahead, or is recorded already.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        planned: Planned,
        parent: QWidget | None = None,
    ) -> None:
        self.form = given_form(ward, infant_id, *planned)
        super().__init__(
            look,
            session,
            self.tr("Record a dose as given"),
            self.tr("&Record as given"),
            parent,
            infant=patient_line_of(ward, infant_id),
            about=self.form.words,
            width=680,
        )
        self.ward, self.infant_id, self.planned = ward, infant_id, planned
        worked = self.form.worked
        self.amount = NumberField(
            "number", "", look, ward.decimal_mark, name=self.tr("Amount given"), width=130
        )
        units = (("mg", "mg"), ("micrograms", self.tr("micrograms")), ("units", self.tr("units")))
        self.unit = Choice(self.tr("Unit"), units, look)
        self.reason = PlainEdit(self.tr("Reason"))
        self.reason.setPlaceholderText(self.tr("needed where it is not what was worked out"))
        if worked is not None:
            self.amount.set_text(write_number(worked.value, ward.decimal_mark))
            self.unit.choose(worked.unit)
        self._before = (self.amount.text(), self.unit.value())
        self._lay_out(worked)
        self.amount.setFocus()

    def _lay_out(self, worked: DrugAmount | None) -> None:
        said = self.tr("It cannot be worked out here: type the amount from the signed order.")
        if worked is not None:
            said = self.tr("Worked out for this day: {0}").format(write_amount(worked))
        self.body.addWidget(label(unbroken(said), self.look, "body", "strong", wrap=True))
        self.body.addLayout(self.line(self.tr("&Amount given"), self.amount))
        self.body.addLayout(self.line(self.tr("&Unit"), self.unit))
        self.body.addLayout(self.line(self.tr("&Why otherwise"), self.reason))
        steps = unbroken("\n".join(self.form.steps))
        self.body.addWidget(label(steps, self.look, "small", colour="quiet", wrap=True))
        self.body.addStretch(1)

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        typed = (self.amount.text(), self.unit.value())
        return bool(self.reason.text().strip()) or typed != self._before

    def record(self) -> None:
        """Record the dose, or say why not; what was typed stays."""
        if saving(self, self._keep, button=self.act_button):
            self.accept()

    def _keep(self) -> int:
        given = GivenAs(self._typed(), self.reason.text())
        return record_given(
            self.ward, self.infant_id, *self.planned, who=self.session.who, given=given
        )

    def _typed(self) -> DrugAmount | None:
        if self.amount.is_empty():
            if not self.reason.text().strip():
                raise Refused(
                    self.tr("Type how much was given; where nobody knows it, say why below.")
                )
            return None
        value, unit = self.amount.value(), self.unit.value()
        if not isinstance(value, Decimal | int):
            raise Refused(self.amount.refusal())
        if unit is None:
            raise Refused(self.tr("Choose the unit as it stands on the order."))
        return DrugAmount(Decimal(value), cast(DrugUnit, unit))


def open_given(
    ward: Ward, look: Look, session: Session, infant_id: int, planned: Planned, parent: QWidget
) -> tuple[bool, tuple[str, ...]]:
    """Show the dialog; return whether the dose was recorded, and why no dialog could be shown."""
    try:
        dialog = GivenDoseDialog(ward, look, session, infant_id, planned, parent)
    except Refused as refused:
        return False, refused.reasons
    done = dialog.exec() == GivenDoseDialog.DialogCode.Accepted
    dialog.deleteLater()
    return done, ()
