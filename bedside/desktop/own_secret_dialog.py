"""One's own PIN or passphrase: set anew, with the passphrase that holds now."""

from typing import Literal

from PySide6.QtWidgets import QWidget

from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.person_form import TwiceTyped
from bedside.desktop.save import saving
from bedside.desktop.secret_edit import SecretEdit
from bedside.desktop.session import Session
from bedside.ward.people_secrets import change_passphrase, set_pin
from bedside.ward.ward import Ward


class OwnSecretDialog(FormDialog):
    """Passphrase as it is now, and what is to hold from now on.

    Args:
        kind: "pin" or "passphrase".
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        kind: Literal["pin", "passphrase"],
        parent: QWidget | None = None,
    ) -> None:
        pin = kind == "pin"
        super().__init__(
            look,
            session,
            self.tr("My PIN") if pin else self.tr("My passphrase"),
            self.tr("&Set the PIN") if pin else self.tr("&Change the passphrase"),
            parent,
            about=self.tr(
                "{0}. The PIN unlocks the screen while you are signed in, no more."
            ).format(session.who)
            if pin
            else session.who,
        )
        self._ward, self._set = ward, set_pin if pin else change_passphrase
        self.now = SecretEdit(self.tr("Passphrase now"))
        self.typed = TwiceTyped(
            self.tr("New PIN") if pin else self.tr("New passphrase"),
            self.tr("4 to 8 digits, no year and no pattern.")
            if pin
            else self.tr("At least 15 letters: three or four words are easiest."),
            look,
        )
        self.now.entered.connect(self.typed.setFocus)
        self.body.addLayout(self.line(self.tr("&Passphrase now"), self.now))
        words = self.tr("&New PIN") if pin else self.tr("&New passphrase")
        self.body.addLayout(self.line(words, self.typed))
        self.now.setFocus()

    def record(self) -> None:
        """Record it, or say why not."""
        if saving(self, self._keep, button=self.act_button):
            self.accept()

    def _keep(self) -> None:
        self._set(self._ward, self.now.text(), self.typed.value(), who=self.session.who)
