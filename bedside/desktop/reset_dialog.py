"""A new passphrase for somebody who has forgotten hers: an administrator and a second person."""

from PySide6.QtWidgets import QWidget

from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.person_form import TwiceTyped
from bedside.desktop.save import saving
from bedside.desktop.second_person import SecondPerson
from bedside.desktop.session import Session
from bedside.ward.people import people
from bedside.ward.people_secrets import reset_passphrase
from bedside.ward.ward import Ward


class ResetDialog(FormDialog):
    """Three people are here: the administrator, a second one, and who has forgotten the passphrase.

    Args:
        person_id: who has forgotten it.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        person_id: int,
        parent: QWidget | None = None,
    ) -> None:
        person = next(one for one in people(ward) if one.id == person_id)
        super().__init__(
            look,
            session,
            self.tr("New passphrase for {0}").format(person.name),
            self.tr("&Record"),
            parent,
            about=self.tr(
                "{0} types the new passphrase; a second person, who knows {0}, confirms with the "
                "own one. The PIN ends."
            ).format(person.name),
            width=600,
        )
        self._ward, self._person_id = ward, person_id
        self.typed = TwiceTyped(
            self.tr("New passphrase"), self.tr("At least 15 letters; typed twice."), look
        )
        self.body.addLayout(self.line(self.tr("&New passphrase"), self.typed))
        signed_in = ward.signed_in
        first = () if signed_in is None else (signed_in.person_id,)
        self.second = SecondPerson(ward, look, (*first, person_id))
        self.body.addWidget(self.second)
        self.typed.setFocus()

    def is_dirty(self) -> bool:
        """A secret is not kept as a draft: nothing is asked on going back."""
        return False

    def record(self) -> None:
        """Record the new passphrase, or say why not."""
        if saving(self, self._reset, button=self.act_button):
            self.accept()

    def _reset(self) -> None:
        reset_passphrase(
            self._ward,
            self._person_id,
            self.typed.value(),
            second_id=self.second.person_id(),
            second_secret=self.second.secret.take(),
            who=self.session.who,
        )
