"""A physician records that an infant cannot be evaluated for a DLT, with the reason."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from bedside.desktop.dlt_decide_dialog import (
    physician_field,
    reason_field,
    secret_field,
    typed_physician,
)
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.ward.dlt_deciding import record_not_evaluable
from bedside.ward.ward import Ward


class NotEvaluableDialog(FormDialog):
    """Who decides and why."""

    def __init__(
        self,
        ward: Ward,
        infant_id: int,
        name: str,
        look: Look,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            _t("{0}: not evaluable?").format(name),
            _t("&Record as not evaluable"),
            parent,
            infant=patient_line_of(ward, infant_id),
            about=_t(
                "Who is evaluable stands in the protocol, not in a public source. It can be taken "
                "back with a reason; a toxicity decided to count is a DLT all the same."
            ),
            width=640,
        )
        self._ward, self._infant_id = ward, infant_id
        self.physician = physician_field(ward, self.tr("Physician who decides"), self.session.who)
        self.reason = reason_field(self.tr("Reason"), look)
        self.body.addLayout(self.line(self.tr("&Physician"), self.physician))
        self.body.addLayout(self.line(self.tr("Rea&son"), self.reason))
        self.secret = secret_field(ward, self)

    def is_dirty(self) -> bool:
        """Whether something was typed."""
        return bool((typed_physician(self.physician) + self.reason.toPlainText()).strip())

    def record(self) -> None:
        """Record it."""
        if saving(self, self._record, button=self.act_button).saved:
            self.accept()

    def _record(self) -> int:
        return record_not_evaluable(
            self._ward,
            self._infant_id,
            physician=self.physician.text(),
            reason=self.reason.toPlainText(),
            who=self.session.who,
            secret=self.secret.take(),
        )


def _t(text: str) -> str:
    return QCoreApplication.translate("NotEvaluableDialog", text)
