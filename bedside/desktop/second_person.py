"""The second person of an act that needs two: chosen by name, shown by the own passphrase."""

from collections.abc import Collection

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.desktop.form_dialog import FormDialog, caption
from bedside.desktop.look import Look
from bedside.desktop.person_choice import PersonChoice
from bedside.desktop.secret_edit import SecretEdit
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.people import confirm_secret, people
from bedside.ward.people_reading import found_by, who_text
from bedside.ward.roles import role_book
from bedside.ward.ward import Ward


class SecondPerson(QWidget):
    """Name and passphrase of a second person.

    Args:
        ward: the ward.
        look: fonts and colours.
        without: numbers of people who cannot be the second.
        first: the first person is asked for in the same way, where nobody is signed in.
        act: only people whose role may do this act are offered; "" for everybody.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        without: Collection[int],
        *,
        first: bool = False,
        act: str = "",
    ) -> None:
        super().__init__()
        self._ward = ward
        self._people = {
            one.id: one
            for one in people(ward)
            if one.id not in without and (not act or role_book().may(one.roles, act))
        }

        def find(typed: str) -> list[int]:
            return [one.id for one in found_by(tuple(self._people.values()), typed)]

        rows = [(one.id, who_text(one)) for one in self._people.values()]
        captions = (self.tr("&Second person"), self.tr("Pass&phrase of the second person"))
        self._choose = self._whom_to_choose(act, alone=bool(without) and not self._people)
        if first:
            captions = (self.tr("&First person"), self.tr("P&assphrase of the first person"))
            self._choose = self.tr("Choose the first person.")
        name, secret = (words.replace("&", "") for words in captions)
        self.person = PersonChoice(name, rows, find, look)
        self.secret = SecretEdit(secret)
        self.person.chosen.connect(self.secret.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for words, field in zip(captions, (self.person, self.secret), strict=True):
            column.addWidget(caption(words, field, look))
            column.addWidget(field)
        self.setFocusProxy(self.person)

    def _whom_to_choose(self, act: str, *, alone: bool) -> str:
        """What is said while nobody is chosen; where nobody can be, what helps."""
        if act and not self._people:
            words = self.tr("Nobody else with an account here may confirm this: it is for {0}.")
            return words.format(role_book().who_may(act))
        if alone:
            return self.tr("Nobody else has an account here: add a third person first.")
        return self.tr("Choose the second person.")

    def person_id(self) -> int:
        """The number of the person chosen.

        Raises:
            Refused: nobody is chosen.
        """
        found = self.person.person_id()
        if found is None:
            raise Refused(self._choose)
        return found

    def confirm(self) -> str:
        """How the second person stands on a record, once the passphrase is right.

        Raises:
            Refused: nobody is chosen, or the passphrase is wrong.
        """
        person_id = self.person_id()
        return who_text(confirm_secret(self._ward, person_id, self.secret.take(), self._ward.now()))


class SecondPersonDialog(FormDialog):
    """Asks a second person to show that it is she; ``who`` is her name and role afterwards.

    Args:
        act: what the two do, in words.
        ask: try the secret here; else ``shown`` is her number and secret for whoever tries it.
        of_act: only people whose role may do this act are offered; "" for everybody.
        without: number of somebody else who is not offered, as it is about her.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        act: str,
        parent: QWidget | None = None,
        *,
        ask: bool = True,
        of_act: str = "",
        without: int | None = None,
    ) -> None:
        super().__init__(
            look, session, self.tr("A second person"), self.tr("&Confirm"), parent, about=act
        )
        self.who = ""
        self.shown: tuple[int, str] | None = None
        self._ask = ask
        first = () if ward.signed_in is None else (ward.signed_in.person_id,)
        about = () if without is None else (without,)
        self.second = SecondPerson(ward, look, (*first, *about), act=of_act)
        self.body.addWidget(self.second)
        self.second.secret.entered.connect(self.record)
        self.second.setFocus()

    def record(self) -> None:
        """Take the second person, or say why not."""
        try:
            if self._ask:
                self.who = self.second.confirm()
            else:
                self.shown = (self.second.person_id(), self.second.secret.take())
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        self.accept()


def ask_second(
    form: FormDialog, ward: Ward, act: str, *, of_act: str = "", without: int | None = None
) -> tuple[int, str] | None:
    """Ask a second person for name and passphrase; None where nobody confirmed.

    Args:
        form: the form whose act needs two; it stays as it is behind.
        ward: the ward.
        act: what the two do, in words.
        of_act: only people whose role may do this act are offered; "" for everybody.
        without: number of somebody else who is not offered, as it is about her.
    """
    dialog = SecondPersonDialog(
        ward, form.look, form.session, act, form, ask=False, of_act=of_act, without=without
    )
    dialog.exec()
    shown = dialog.shown
    dialog.deleteLater()
    return shown
