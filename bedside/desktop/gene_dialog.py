"""Enters the KMT2A result of an infant who was enrolled while it was pending (hazard H12)."""

from typing import Literal, cast

from PySide6.QtWidgets import QWidget

from bedside.desktop.fields import Choice, DateField
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.ward.enrolling import record_kmt2a
from bedside.ward.views.marks import Banner
from bedside.ward.ward import Ward


class GeneDialog(FormDialog):
    """The result and the date of the report."""

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
            self.tr("Enter the KMT2A result"),
            self.tr("&Record result"),
            parent,
            infant=patient_line(banner),
        )
        self.ward = ward
        self.infant_id = banner.infant_id
        options = (
            ("rearranged", self.tr("KMT2A rearranged")),
            ("germline", self.tr("KMT2A germline")),
            ("not-evaluable", self.tr("not evaluable")),
        )
        self.gene = Choice(self.tr("Result"), options, look)
        self.reported_on = DateField(self.tr("Date of the report"), look)
        self.body.addLayout(self.line(self.tr("R&esult"), self.gene))
        self.body.addLayout(self.line(self.tr("&Date of the report"), self.reported_on))
        self.body.addStretch(1)
        self.gene.setFocus()

    def is_dirty(self) -> bool:
        """Whether something was chosen or typed."""
        return self.gene.value() is not None or not self.reported_on.is_empty()

    def record(self) -> None:
        """Record the result, or say what is missing."""
        reasons = []
        if self.gene.value() is None:
            reasons.append(self.tr("Choose the result as the report gives it."))
        if self.reported_on.value() is None:
            missing = self.tr("The date of the report is missing.")
            reasons.append(self.reported_on.refusal() or missing)
        self.refusals.show_reasons(tuple(reasons))
        if not reasons and saving(self, self._keep, button=self.act_button):
            self.accept()

    def _keep(self) -> None:
        on = self.reported_on.value()
        if on is None:
            raise TypeError("the date was checked before")
        result = cast(Literal["rearranged", "germline", "not-evaluable"], self.gene.value())
        record_kmt2a(self.ward, self.infant_id, result, on, who=self.session.who)
