"""Two people of the ward side by side, each with the own secret: for what one alone may not do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.second_person import SecondPerson
from bedside.desktop.secret_edit import SecretEdit
from bedside.ward.ward import SignedIn, Ward


class TwoPeople(QWidget):
    """Who is signed in and another person; where nobody is signed in, two who name themselves.

    Args:
        ward: the ward, with its people.
        look: fonts and colours.
    """

    def __init__(self, ward: Ward, look: Look) -> None:
        super().__init__()
        signed_in = ward.signed_in
        self.first: SecondPerson | None = None
        self.own = SecretEdit(self.tr("Your passphrase or PIN"))
        self._signed_in = signed_in
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        if signed_in is None:
            self.first = SecondPerson(ward, look, (), first=True)
            row.addWidget(self.first, 1, Qt.AlignmentFlag.AlignTop)
        else:
            row.addWidget(self._own(signed_in, look), 1, Qt.AlignmentFlag.AlignTop)
        without = () if signed_in is None else (signed_in.person_id,)
        self.second = SecondPerson(ward, look, without)
        row.addWidget(self.second, 1, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.own if self.first is None else self.first)

    def take(self) -> tuple[tuple[int, str], tuple[int, str]]:
        """Number and secret of both; the fields of the secrets are empty afterwards.

        Raises:
            Refused: somebody is not chosen.
        """
        second = self.second.person_id()
        if self.first is not None:
            first, secret = self.first.person_id(), self.first.secret.take()
        elif self._signed_in is not None:
            first, secret = self._signed_in.person_id, self.own.take()
        return (first, secret), (second, self.second.secret.take())

    def _own(self, signed_in: SignedIn, look: Look) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(self.tr("First person"), look, "body", "strong"))
        column.addWidget(label(signed_in.who, look, "body", wrap=True))
        column.addWidget(caption(self.tr("Your p&assphrase or PIN"), self.own, look))
        column.addWidget(self.own)
        return holder
