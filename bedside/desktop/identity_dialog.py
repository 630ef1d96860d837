"""Corrects who an infant is: name, birth, sex, numbers, allergies; what was recorded first stays readable."""

from typing import Literal, cast

from PySide6.QtWidgets import QWidget

from bedside.desktop.bed_taken import BedTaken
from bedside.desktop.ending_orders import EndingOrders
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.identity_fields import NO_ALLERGIES, IdentityFields
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.plain_edit import PlainText
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.identity import (
    IdentityForm,
    correct_identity,
    corrected_until_now,
    identity_form,
    papers_with_old_identity,
)
from bedside.ward.order_ending import ends_by_identity
from bedside.ward.ward import Ward


class IdentityDialog(FormDialog):
    """Who one infant is, to be put right, with the reason.

    Args:
        ward: the open ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant; the dialog stays bound to her.
        parent: the window.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Correct name, birth or numbers"),
            self.tr("&Correct"),
            parent,
            infant=patient_line_of(ward, infant_id),
            about=self.tr("What was recorded before stays readable, with your reason."),
            width=600,
        )
        self.ward = ward
        self.infant_id = infant_id
        self.first = identity_form(ward, infant_id)
        self.form = IdentityFields(look, ward.decimal_mark)
        self.reason = PlainText()
        self._fill(self.first)
        self.bed_taken = BedTaken(ward, look, self.form.bed, infant_id)
        self._lay_out()
        self.bed_taken.come_last(self.act_button)
        self.form.allergies.edited.connect(self._show_allergic_to)
        self._show_allergic_to()
        self.form.family.setFocus()

    def _fill(self, first: IdentityForm) -> None:
        form = self.form
        form.family.setText(first.family)
        form.given.setText(first.given)
        form.sex.choose(first.sex)
        form.born.set_value(first.born)
        if first.gestation_days is not None:
            form.weeks.set_text(str(first.gestation_days // 7))
            form.days.set_text(str(first.gestation_days % 7))
        form.hospital_number.setText(first.hospital_number)
        form.bed.setText(first.bed)
        form.line.setText(first.line)
        if first.allergies in ("", NO_ALLERGIES):
            form.allergies.choose(first.allergies)
        else:
            form.allergies.choose("typed")
            form.allergic_to.setText(first.allergies)

    def _lay_out(self) -> None:
        form, tr = self.form, self.tr
        rows: tuple[tuple[str, QWidget], ...] = (
            (tr("&Family name"), form.family),
            (tr("Gi&ven name"), form.given),
            (tr("&Sex"), form.sex),
            (tr("&Born"), form.born),
            (tr("Gestatio&n"), form.gestation()),
            (tr("&Hospital number"), form.hospital_number),
            (tr("B&ed"), form.bed),
            (tr("&Allergies"), form.allergies),
        )
        for text, field in rows:
            self.body.addLayout(self.line(text, field))
            if field is form.bed:
                self.body.addWidget(self.bed_taken)
        self.allergic_to = QWidget()
        row = self.line(tr("Allergic &to"), form.allergic_to)
        row.setContentsMargins(0, 0, 0, 0)
        self.allergic_to.setLayout(row)
        self.body.addWidget(self.allergic_to)
        self.body.addLayout(self.line(tr("Central &line"), form.line))
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setFont(self.look.font("body"))
        self.reason.setFixedHeight(self.look.px(52))
        self.body.addLayout(self.line(tr("Wh&y"), self.reason))
        self.papers = label(self._on_paper(), self.look, "small", "strong", "hold", wrap=True)
        self.papers.setVisible(bool(self.papers.text()))
        self.body.addWidget(self.papers)
        self.ending = EndingOrders(self.look)
        self.body.addWidget(self.ending)
        for field in (form.family, form.given, form.hospital_number):
            field.textChanged.connect(self._tell_ending)
        form.born.edited.connect(self._tell_ending)
        for words in corrected_until_now(self.ward, self.infant_id):
            self.body.addWidget(label(words, self.look, "small", colour="quiet", wrap=True))

    def _on_paper(self) -> str:
        """How many papers carry the identity that is corrected; "" where none does."""
        papers = len(papers_with_old_identity(self.ward, self.infant_id))
        if papers == 1:
            return self.tr(
                "1 printed paper carries what stands here now: take it away, print it anew."
            )
        words = self.tr(
            "{0} printed papers carry what stands here now: take them away and print them anew."
        )
        return words.format(papers) if papers else ""

    def _tell_ending(self) -> None:
        """Say which signed orders name her as she stood until now."""
        try:
            lines = ends_by_identity(self.ward, self.infant_id, self.typed())
        except Refused:
            lines = ()
        self.ending.show_lines(lines)

    def _show_allergic_to(self) -> None:
        self.allergic_to.setVisible(self.form.allergies.value() == "typed")

    def typed(self) -> IdentityForm:
        """Who she is as it stands in the form.

        Raises:
            Refused: a field cannot be read, or must be chosen.
        """
        form = self.form
        fields = (form.born, form.weeks, form.days)
        reasons = [f"{field.name}: {field.refusal()}" for field in fields if field.refusal()]
        born, allergies = form.born.value(), form.allergies.value()
        if born is None and not reasons:
            reasons.append(self.tr("Born: the day is missing."))
        if allergies is None:
            reasons.append(self.tr("Allergies: choose one; unknown is an answer."))
        reasons += form.whole_reasons()
        if reasons or born is None:
            raise Refused(*reasons)
        return IdentityForm(
            family=form.family.text(),
            given=form.given.text(),
            sex=cast(Literal["f", "m"], form.sex.value() or ""),
            born=born,
            gestation_days=form.gestation_days(),
            hospital_number=form.hospital_number.text(),
            bed=form.bed.text(),
            allergies=form.allergy_words(),
            line=form.line.text(),
        )

    def is_dirty(self) -> bool:
        """Whether anything differs from what is recorded."""
        if self.reason.toPlainText().strip():
            return True
        try:
            return self.typed() != self.first
        except Refused:
            return True

    def record(self) -> None:
        """Keep the correction, or say every reason why not; what was typed stays."""
        reasons = self.bed_taken.reasons() if self.form.bed.text() != self.first.bed else []
        if reasons:
            self.refusals.show_reasons(tuple(reasons))
            return
        if saving(self, self._keep, button=self.act_button).saved:
            self.first = self.typed()
            self.reason.clear()
            self.accept()

    def _keep(self) -> None:
        correct_identity(
            self.ward,
            self.infant_id,
            self.typed(),
            self.reason.toPlainText(),
            who=self.session.who,
        )
