"""A physician says that she has seen a dose given far from what was meant, and what she decided."""

from PySide6.QtWidgets import QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.signer_fields import SignerFields
from bedside.ward.far_given import FarGiven
from bedside.ward.far_given_acts import seen_forms, sign_seen
from bedside.ward.infants import banner
from bedside.ward.ward import Ward

_WIDE = 720


class SeenGivenDialog(FormDialog):
    """One far dose: what was given against what was meant, and what was decided.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        shown: the dose, from `seen_forms`.
        parent: the window it belongs to.
    """

    gloved = True

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        shown: FarGiven,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("A dose far from what was meant"),
            self.tr("Sign as &seen"),
            parent,
            infant=patient_line(banner(ward, infant_id)),
            about=shown.recorded,
            width=_WIDE,
        )
        self.ward, self.infant_id, self.shown = ward, infant_id, shown
        self.decided = PlainEdit(self.tr("What was decided"))
        self.decided.setPlaceholderText(
            self.tr("for example: dose of tomorrow held, count tonight")
        )
        self.signer = SignerFields(ward, look, session)
        self.signer.entered.connect(self.record)
        self._fill(look)
        self.decided.setFocus()

    def _fill(self, look: Look) -> None:
        told = f"{self.shown.title}, {self.shown.told}."
        self.told = label(unbroken(told), look, "body_strong_banner", "bold", "stop", wrap=True)
        self.body.addWidget(self.told)
        self.decided.setFont(look.font("body"))
        self.body.addLayout(self.line(self.tr("What was &decided"), self.decided))
        words = self.tr(
            "A physician signs. The record of the dose stays as it is. Was it a slip of typing? "
            "Then go back and strike it out: Correct a record."
        )
        self.body.addWidget(label(words, look, "body", wrap=True))
        self.body.addWidget(self.signer)

    def is_dirty(self) -> bool:
        """Whether anything typed would be lost."""
        return bool(self.decided.text().strip()) or self.signer.is_dirty()

    def record(self) -> None:
        """Sign, or say why not; what was typed stays."""
        if saving(self, self._sign, button=self.act_button):
            self.accept()

    def _sign(self) -> None:
        signer, who = self.signer.take(), self.signer.who()
        sign_seen(self.ward, self.infant_id, self.shown, self.decided.text(), signer, who=who)


def open_seen(ward: Ward, look: Look, session: Session, infant_id: int, parent: QWidget) -> bool:
    """Show each far dose that nobody has seen; whether any was signed."""
    signed = False
    for shown in seen_forms(ward, infant_id):
        dialog = SeenGivenDialog(ward, look, session, infant_id, shown, parent)
        signed |= dialog.exec() == SeenGivenDialog.DialogCode.Accepted
        dialog.deleteLater()
    return signed
