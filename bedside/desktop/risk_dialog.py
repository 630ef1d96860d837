"""Risk and arm: the group with its reasons and what is missing, and a form for what it rests on."""

from typing import cast

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.bound_field import BoundField
from bedside.desktop.count_field import CountField
from bedside.desktop.fields import Choice, DateField, NumberField, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.risk_summary import risk_summary
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.units.bounds import Bound
from bedside.units.quantities import Blasts, WhiteCells
from bedside.ward.risk import risk_view
from bedside.ward.risk_recording import NOT_TO_BE_DONE, NewMrd, NewRisk, mrd_refusals, record_risk
from bedside.ward.views.marks import Banner
from bedside.ward.ward import Ward


class RiskDialog(FormDialog):
    """What is known, above; below, a form in which only what is new is entered."""

    _told = False  # a refusal of the MRD result is in sight

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        banner: Banner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Risk and arm"),
            self.tr("&Record what is entered"),
            parent,
            infant=patient_line(banner),
            width=780,
        )
        self.ward = ward
        self.infant_id = banner.infant_id
        self.view = risk_view(ward, banner.infant_id)
        self.body.addWidget(risk_summary(self.view, look))
        if self.view.has_groups:
            self._make_fields()
            self._lay_out()
            self.cells.setFocus()
        else:
            self.act_button.hide()
        self.body.addStretch(1)

    def _make_fields(self) -> None:
        look, view, mark = self.look, self.view, self.ward.decimal_mark
        self.cells = CountField(
            "wbc", "white cells", "10*9/L", look, mark, name=self.tr("White cells at diagnosis")
        )
        self.blasts = BoundField("blasts", "/µL", look, mark, name=self.tr("Blasts on day 8"))
        self.blasts_on = DateField(self.tr("Day of the count"), look)
        self.partner = Choice(self.tr("KMT2A partner"), view.partners, look)
        self.arm = Choice(self.tr("Arm, as allocated elsewhere"), view.arms, look)
        self.allocated_on = DateField(self.tr("Allocated on"), look)
        self.allocated_by = PlainEdit(self.tr("Allocated by"))
        self.point = Choice(self.tr("MRD time point"), view.points, look)
        self.taken_on = DateField(self.tr("Sample taken on"), look)
        self.level = PlainEdit(self.tr("MRD result"))
        self.level.setPlaceholderText(self.tr("1e-4, 0.01 %, < 1e-4 or negative"))
        self.method = Choice(self.tr("MRD method"), view.methods, look)
        self.sees = PlainEdit(self.tr("Limit of detection"))
        self.sees.setPlaceholderText(self.tr("as 1e-5; empty if not reported"))
        done = (("done", self.tr("done")), (NOT_TO_BE_DONE, self.tr("not to be done")))
        for edit in (self.level, self.sees):
            edit.editingFinished.connect(self._tell_mrd)
        self.transplant = Choice(self.tr("Transplant"), done, look)
        self.transplant_on = DateField(self.tr("Day of transplant or decision"), look)
        self.reason = PlainEdit(self.tr("Reason for a correction"))
        self.reason.setPlaceholderText(self.tr("only where something above is corrected"))

    def _lay_out(self) -> None:
        self.body.addWidget(label(self.tr("Enter what is new"), self.look, "body", "bold"))
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("&White cells at diagnosis"), (self.cells,)),
            (self.tr("&Blasts on day 8, counted on"), (self.blasts, self.blasts_on)),
            (self.tr("KMT2A &partner"), (self.partner,)),
            (self.tr("&Arm, allocated on, by"), (self.arm, self.allocated_on, self.allocated_by)),
            (self.tr("&MRD time point, taken on"), (self.point, self.taken_on)),
            (self.tr("Resul&t, method, limit"), (self.level, self.method, self.sees)),
            (self.tr("Tra&nsplant, on"), (self.transplant, self.transplant_on)),
            (self.tr("Reason &for a correction"), (self.reason,)),
        )
        for text, fields in rows:
            row = self.line(text, fields[0], wide=210)
            self._beside(row, fields[1:])
            self.body.addLayout(row)

    def _beside(self, row: QHBoxLayout, fields: tuple[QWidget, ...]) -> None:
        for field in fields:
            row.addWidget(field, 1)

    def is_dirty(self) -> bool:
        """Whether something was chosen or typed."""
        if not self.view.has_groups:
            return False
        choices = (self.partner, self.arm, self.point, self.method, self.transplant)
        edits = (self.allocated_by, self.level, self.sees, self.reason)
        return (
            any(choice.value() is not None for choice in choices)
            or any(edit.text().strip() for edit in edits)
            or any(not field.is_empty() for field in self._typed_fields())
        )

    def _typed_fields(self) -> tuple[NumberField | DateField, ...]:
        dates = (self.blasts_on, self.allocated_on, self.taken_on, self.transplant_on)
        return (self.cells, self.blasts, *dates)

    def _mrd_refusals(self) -> list[str]:
        """Why result and limit cannot be read; each is marked as long as it cannot."""
        found: list[str] = []
        said = mrd_refusals(self.level.text(), self.sees.text())
        for edit, refusal in zip((self.level, self.sees), said, strict=True):
            if refusal:
                found.append(f"{edit.accessibleName()}: {refusal}")
            if bool(edit.property("trouble")) != bool(refusal):
                edit.setProperty("trouble", bool(refusal))
                edit.setAccessibleDescription(refusal)
                edit.style().unpolish(edit)
                edit.style().polish(edit)
        return found

    def _tell_mrd(self) -> None:
        """Say it as soon as the field is left, not first when all is typed."""
        found = tuple(self._mrd_refusals())
        if found or self._told:
            self.refusals.show_reasons(found)
        self._told = bool(found)

    def record(self) -> None:
        """Record what is entered, or say what is missing; nothing typed is lost."""
        if not self.view.has_groups:
            return
        reasons = [
            f"{field.name}: {field.refusal()}" for field in self._typed_fields() if field.refusal()
        ]
        reasons += self._mrd_refusals()
        mrd = (self.point.value(), self.method.value(), self.taken_on.value(), self.level.text())
        if any(mrd) and not all(mrd):
            reasons.append(self.tr("MRD: time point, day, result and method belong together."))
        self.refusals.show_reasons(tuple(reasons))
        if not reasons and saving(self, self._keep, button=self.act_button):
            self.accept()

    def _keep(self) -> None:
        form = NewRisk(
            white_cells=self._white_cells(),
            day8_blasts=cast(Blasts | Bound[Blasts] | None, self.blasts.seen()),
            blasts_on=self.blasts_on.value(),
            partner=self.partner.value() or "",
            arm=self.arm.value() or "",
            allocated_on=self.allocated_on.value(),
            allocated_by=self.allocated_by.text(),
            transplant=self.transplant.value() or "",
            transplant_on=self.transplant_on.value(),
            mrd=self._mrd(),
            reason=self.reason.text(),
        )
        record_risk(self.ward, self.infant_id, form, who=self.session.who)

    def _white_cells(self) -> WhiteCells | Bound[WhiteCells] | None:
        """What is typed: ">400" is a bound, never the number 400."""
        bound = self.cells.bound()
        if bound is not None:
            return Bound(bound.sign, WhiteCells(bound.figure))
        return cast(WhiteCells | None, self.cells.value())

    def _mrd(self) -> NewMrd | None:
        taken_on = self.taken_on.value()
        if taken_on is None:
            return None
        return NewMrd(
            point=self.point.value() or "",
            taken_on=taken_on,
            result=self.level.text(),
            method=self.method.value() or "",
            sees=self.sees.text(),
        )
