"""Who signs: whoever is signed in, with the secret typed again; in a ward without accounts, a typed name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.secret_edit import SecretEdit
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.people import has_people
from bedside.ward.signatures import Signer, confirmed_signer
from bedside.ward.ward import Ward

_WIDE = 240


class SignerFields(QWidget):
    """The line of a form in which somebody signs.

    Args:
        ward: the ward.
        look: fonts and colours.
        session: who records; her name stands in the field of a ward without accounts.

    Signals:
        entered: Return was pressed in the field of the secret.
    """

    entered = Signal()

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self._ward, self._session = ward, session
        self.by_secret = has_people(ward)
        self.secret = SecretEdit(self.tr("Your passphrase or PIN"), self)
        self.name = PlainEdit(self.tr("Name and role of who signs"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        if self.by_secret:
            who = "" if ward.signed_in is None else ward.signed_in.who
            said = self.tr("{0} signs.").format(who) if who else self.tr("Nobody is signed in.")
            row.addWidget(label(said, look, "body", "strong"))
            row.addSpacing(16)
            row.addWidget(caption(self.tr("Your &passphrase or PIN"), self.secret, look))
            row.addWidget(self.secret)
        else:
            self.name.setText(session.who)
            row.addWidget(caption(self.tr("&Name and role of who signs"), self.name, look))
            row.addWidget(self.name)
            words = self.tr("This ward has no accounts: a typed name signs, no secret is asked.")
            row.addWidget(label(words, look, "small", colour="quiet", wrap=True), 1)
        for field in (self.secret, self.name):
            field.setMinimumHeight(look.measure("field"))
            field.setFont(look.font("body"))
            field.setFixedWidth(look.px(_WIDE))
        if self.by_secret:
            row.addStretch(1)
        (self.name if self.by_secret else self.secret).hide()
        self.setFocusProxy(self.secret if self.by_secret else self.name)
        self.secret.entered.connect(self.entered)

    def take(self) -> Signer:
        """Who signs, shown to be she; the field of the secret is empty afterwards.

        Raises:
            Refused: the secret is wrong, one has to wait, or nobody is named.
        """
        now = self._ward.now()
        if not self.by_secret:
            return confirmed_signer(self._ward, self.name.text(), "", now)
        signed_in = self._ward.signed_in
        if signed_in is None:
            raise Refused(self.tr("Nobody is signed in: nothing was signed."))
        return confirmed_signer(self._ward, signed_in.person_id, self.secret.take(), now)

    def shown(self) -> Signer:
        """Who would sign as the form stands now; her secret is not asked yet."""
        person = self._ward.signed_in if self.by_secret else None
        name, _, role = (self.name.text() if person is None else person.who).partition(",")
        return Signer(None if person is None else person.person_id, name.strip(), role.strip())

    def who(self) -> str:
        """The name under which the save itself is recorded."""
        return self._session.who if self.by_secret else self.name.text()

    def is_dirty(self) -> bool:
        """Whether a secret was typed and not used."""
        return bool(self.secret.text())
