"""Two people of the ward side by side, each with the own secret: for what one alone may not do."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.second_person import SecondPerson
from bedside.desktop.secret_edit import SecretEdit
from bedside.ward.ward import SignedIn, Ward
from bedside.ward.wrong_secret import WrongSecret

Value = TypeVar("Value")
Shown = tuple[int, str]  # a person's number and her secret


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
        self._own_id = 0 if signed_in is None else signed_in.person_id
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

    def sign(self, act: Callable[[Shown, Shown], Value]) -> Value:
        """Do what both sign; afterwards the fields of the secrets are empty.

        Where the secret of one was wrong, only hers is emptied and has the keyboard: the other has
        typed the own one, and it may wait there for the next try.

        Args:
            act: takes number and secret of the first person, then of the second.

        Raises:
            Refused: somebody is not chosen, or whatever ``act`` refuses.
        """
        second = self.second.person_id()
        first = self._own_id if self.first is None else self.first.person_id()
        shown = ((first, self._first_secret().text()), (second, self.second.secret.text()))
        try:
            value = act(*shown)
        except WrongSecret as wrong:
            self._again(self._first_secret() if wrong.person_id == first else self.second.secret)
            raise
        except BaseException:
            self._empty()
            raise
        self._empty()
        return value

    def _first_secret(self) -> SecretEdit:
        return self.own if self.first is None else self.first.secret

    @staticmethod
    def _again(field: SecretEdit) -> None:
        """Empty the field of the wrong secret and put the keyboard there."""
        field.clear()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        for field in (self._first_secret(), self.second.secret):
            field.clear()

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
