"""Who counts: signed in, chosen with her own secret, or by a typed name where the ward has no people."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.second_person import SecondPerson
from bedside.desktop.secret_edit import SecretEdit
from bedside.units.refusal import Refused
from bedside.ward.people import has_people
from bedside.ward.signatures import confirmed_signer
from bedside.ward.views.check_state import CountedBy
from bedside.ward.views.signatures import Signer
from bedside.ward.ward import Ward


class CheckWho(QWidget):
    """The signature under a count: asked with it, never before.

    Args:
        ward: the ward.
        look: fonts and colours.
        first: who has counted first and cannot be the second; None for the first person.
        who: name and role of who records, offered where the ward has no people.
    """

    def __init__(self, ward: Ward, look: Look, first: CountedBy | None, who: str) -> None:
        super().__init__()
        self._ward = ward
        self.name: PlainEdit | None = None
        self.own: SecretEdit | None = None
        self.chosen: SecondPerson | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        signed_in = ward.signed_in
        if not has_people(ward):
            self._ask_name(column, look, "" if first is not None else who)
        elif signed_in is None or (first is not None and first.person_id == signed_in.person_id):
            without = () if first is None or first.person_id is None else (first.person_id,)
            self.chosen = SecondPerson(ward, look, without, first=first is None, act="give")
            column.addWidget(self.chosen)
        else:
            column.addWidget(label(signed_in.who, look, "body_strong_banner", "strong", wrap=True))
            self.own = SecretEdit(self.tr("Your passphrase or PIN"))
            column.addWidget(caption(self.tr("Your &passphrase or PIN"), self.own, look))
            column.addWidget(self.own)

    def _ask_name(self, column: QVBoxLayout, look: Look, offered: str) -> None:
        self.name = PlainEdit(self.tr("Your name and role"))
        self.name.setText(offered)
        column.addWidget(caption(self.tr("Your &name and role"), self.name, look))
        column.addWidget(self.name)
        words = self.tr("This ward has no accounts: a typed name signs, and the record says so.")
        column.addWidget(label(words, look, "small", colour="quiet", wrap=True))

    def first_field(self) -> QWidget | None:
        """The field in which signing begins."""
        if self.chosen is not None:
            return self.chosen.person.edit
        return self.own if self.name is None else self.name

    def fields(self) -> tuple[PlainEdit, ...]:
        """The fields in the order in which one goes through them."""
        if self.chosen is not None:
            return (self.chosen.person.edit, self.chosen.secret)
        return tuple(field for field in (self.name, self.own) if field is not None)

    def is_dirty(self) -> bool:
        """Whether a secret was typed and not used."""
        secret = self.own if self.chosen is None else self.chosen.secret
        return secret is not None and bool(secret.text())

    def words(self) -> str:
        """The name as far as it is known; "" before."""
        if self.name is not None:
            return self.name.text().strip()
        if self.chosen is not None:
            return self.chosen.person.words()
        signed_in = self._ward.signed_in
        return "" if signed_in is None else signed_in.who

    def signer(self) -> Signer:
        """Who signs, once the secret is right; the field of the secret is empty afterwards.

        Raises:
            Refused: nobody is named, or the secret is wrong.
        """
        person: int | str = self.words()
        secret = ""
        if self.chosen is not None:
            person, secret = self.chosen.person_id(), self.chosen.secret.take()
        elif self.own is not None:
            signed_in = self._ward.signed_in
            if signed_in is None:
                raise Refused(self.tr("Nobody is signed in: sign in and count again."))
            person, secret = signed_in.person_id, self.own.take()
        elif not person:
            raise Refused(self.tr("Who counted? Type your name and role: what you typed stays."))
        return confirmed_signer(self._ward, person, secret, self._ward.now())

    def forget_secret(self) -> None:
        """Empty the field of the secret: the screen is being locked."""
        for field in (self.own, None if self.chosen is None else self.chosen.secret):
            if field is not None:
                field.clear()
