"""Enrols an infant; each point of eligibility is judged while the form is filled (hazards H12, H26)."""

from typing import Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.bed_taken import BedTaken
from bedside.desktop.beside import ROOMY, Beside, as_wide
from bedside.desktop.enrol_form import EnrolForm
from bedside.desktop.entry_list import EntryList
from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import FormDialog, caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.enrolling import (
    enrol,
    entry_items,
    number_taken,
    protocol_choices,
    share_asked,
    study_number_taken,
)
from bedside.ward.forms import NewInfant
from bedside.ward.ward import Ward

_CAPTION, _FIELD, _LIST = 116, 264, 360


class EnrolDialog(FormDialog):
    """A new infant and her protocol; ``infant_id`` once she is enrolled."""

    keeps_typing = True

    def __init__(
        self, ward: Ward, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Enrol an infant"),
            self.tr("Enrol &infant"),
            parent,
            about=self.tr(
                "Dates as 20-Nov-2026 or 2026-11-20. Unknown is an answer; a guess is not."
            ),
            width=1256,
        )
        self.ward = ward
        self.infant_id: int | None = None
        self.form = EnrolForm(look, ward.decimal_mark, protocol_choices(ward), ward.site.ctcae)
        self.entry = EntryList(look)
        self.unanswered = label("", look, "small", "medium", "hold", wrap=True)
        self.bed_taken = BedTaken(ward, look, self.form.bed)
        self._lay_out()
        for field in self.form.everything():
            (field.textChanged if isinstance(field, PlainEdit) else field.edited).connect(
                self._look_again
            )
        self.entry.edited.connect(self._look_again)
        self._look_again()
        self.bed_taken.come_last(self.act_button)
        self.form.family.setFocus()

    def _lay_out(self) -> None:
        form, tr = self.form, self.tr
        gestation = form.gestation()
        infant: tuple[tuple[str, QWidget], ...] = (
            (tr("&Family name"), form.family),
            (tr("Gi&ven name"), form.given),
            (tr("&Sex"), form.sex),
            (tr("&Born"), form.born),
            (tr("Gestatio&n"), gestation),
            (tr("&Hospital number"), form.hospital_number),
            (tr("B&ed"), form.bed),
            (tr("&Allergies"), form.allergies),
            (tr("Allergic &to"), form.allergic_to),
            (tr("Central &line"), form.line),
        )
        protocol: tuple[tuple[str, QWidget], ...] = (
            (tr("&Protocol"), form.protocol),
            (tr("Enrolled befo&re at"), form.elsewhere),
            (tr("St&udy number"), form.study_number),
            (tr("&Diagnosed on"), form.diagnosed_on),
            (tr("Diagn&osis"), form.diagnosis),
            (tr("B l&ymphoblasts"), form.b_share),
            (tr("&KMT2A"), form.kmt2a),
            (tr("&Consent"), form.consent),
            (tr("Induction day &1"), form.induction_day_1),
            (tr("To&xicities by"), form.ctcae),
        )
        row = QHBoxLayout()
        row.setSpacing(24)
        beside = Beside(self.look, ROOMY, 24)
        column = self._column(tr("Infant"), infant)
        column.insertWidget(column.indexOf(self._holders[form.bed]) + 1, self.bed_taken)
        row.addLayout(column, 1)
        row.addLayout(self._column(tr("Protocol"), protocol), 1)
        beside.row.addLayout(row, 1)
        beside.row.addLayout(self._side())
        self.body.addWidget(beside)

    def _side(self) -> QVBoxLayout:
        """What is judged while the form is filled."""
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(label(self.tr("Eligibility"), self.look, "body", "bold"))
        side.addWidget(self.entry, 1)
        side.addWidget(self.unanswered)
        as_wide(self.entry, _LIST, self.look)
        return side

    def _column(self, title: str, rows: tuple[tuple[str, QWidget], ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(label(title, self.look, "body", "bold"))
        self._holders: dict[QWidget, QWidget] = getattr(self, "_holders", {})
        for text, field in rows:
            holder = QWidget()
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            name = caption(text, field, self.look)
            name.setFixedWidth(self.look.px(_CAPTION))
            line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            column.addWidget(holder)
            self._holders[field] = holder
        column.addStretch(1)
        return column

    def is_dirty(self) -> bool:
        """Whether anything was typed or chosen."""
        return self.infant_id is None and not (self.form.is_empty() and self.entry.is_empty())

    def _look_again(self) -> None:
        form = self.form
        self._holders[form.allergic_to].setVisible(form.allergies.value() == "typed")
        closed = form.closed.get(form.protocol.value() or "", "")
        self._holders[form.elsewhere].setVisible(bool(closed))
        share = share_asked(self.ward, form.protocol.value() or "", form.diagnosis.value() or "")
        form.share_asked = share
        self._holders[form.b_share].setVisible(share)
        self.refusals.show_reasons(())
        infant = self._infant()
        empty = self.tr("Type the day of birth, the day of diagnosis and the protocol first.")
        if infant is not None and infant.diagnosed_on < infant.born:
            words = self.tr(
                "The diagnosis on {0} is before the birth on {1}: mend one of the days."
            )
            empty = words.format(write_date(infant.diagnosed_on), write_date(infant.born))
        lines = () if infant is None else entry_items(self.ward, infant)
        self.entry.show_lines(lines, empty)
        self._say_unanswered()

    def _say_unanswered(self) -> None:
        """What nobody answered is said before she is enrolled: it stays unknown afterwards."""
        left = self.entry.unanswered()
        told = self.tr("Not answered, stays unknown: {0}.").format("; ".join(left))
        self.unanswered.setText(told if left else "")

    def _infant(self) -> NewInfant | None:
        """The form as the ward takes it; None while a day cannot be read."""
        form = self.form
        born, diagnosed = form.born.value(), form.diagnosed_on.value()
        if born is None or diagnosed is None or form.protocol.value() is None:
            return None
        unknown = "unknown"
        return NewInfant(
            family=form.family.text(),
            given=form.given.text(),
            sex=cast(Literal["f", "m"], form.sex.value() or ""),
            born=born,
            gestation_days=form.gestation_days(),
            hospital_number=form.hospital_number.text(),
            bed=form.bed.text(),
            allergies=form.allergy_words(),
            line=form.line.text(),
            protocol_key=form.protocol.value() or "",
            study_number=form.study_number.text(),
            diagnosed_on=diagnosed,
            diagnosis=form.diagnosis.value() or unknown,
            kmt2a=cast(
                Literal["rearranged", "germline", "not-evaluable", "unknown"],
                form.kmt2a.value() or unknown,
            ),
            consent=cast(Literal["yes", "no", "unknown"], form.consent.value() or unknown),
            induction_day_1=form.induction_day_1.value(),
            b_lymphoblastic_percent=form.b_percent(),
            answers=tuple(
                (key, cast(Literal["yes", "no", "unknown"], answer))
                for key, answer in self.entry.answers().items()
            ),
            ctcae=form.ctcae.value() or "",
        )

    def record(self) -> None:
        """Enrol, or say every reason why not; what was typed stays."""
        form = self.form
        reasons = form.unreadable() + self.bed_taken.reasons()
        if reasons:  # a number that is taken is told with the rest, not after all of it is mended
            reasons += number_taken(self.ward, form.hospital_number.text())
            reasons += study_number_taken(self.ward, form.study_number.text())
            self.refusals.show_reasons(tuple(reasons))
            return
        outcome = saving(self, self._keep, button=self.act_button)
        if outcome.saved:
            self.infant_id = outcome.value
            self.accept()

    def _keep(self) -> int:
        infant = self._infant()
        if infant is None:
            raise Refused(self.tr("The days of birth and of diagnosis are needed."))
        elsewhere = self.form.elsewhere.text() if self._asks_elsewhere() else ""
        return enrol(self.ward, infant, who=self.session.who, registered_elsewhere=elsewhere)

    def _asks_elsewhere(self) -> bool:
        return bool(self.form.closed.get(self.form.protocol.value() or "", ""))
