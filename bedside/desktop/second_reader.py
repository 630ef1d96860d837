"""The second person who read a scale or a tape: named where one person alone may not record a value."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.second_person import SecondPerson
from bedside.units.refusal import Refused
from bedside.ward.people import has_people
from bedside.ward.ward import Ward
from bedside.ward.weighing import second_reader_trouble


class SecondReader(QWidget):
    """By name and passphrase; by a typed name where the ward has no accounts.

    Args:
        ward: the ward.
        look: fonts and colours.
    """

    def __init__(self, ward: Ward, look: Look) -> None:
        super().__init__()
        self.ward = ward
        self.person: SecondPerson | None = None
        self.name = PlainEdit(self.tr("Second person, name and role"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        words = self.tr("So far from the child's own: a second person reads the scale or tape.")
        column.addWidget(label(words, look, "body", "strong", "stop", wrap=True))
        if has_people(ward):
            first = () if ward.signed_in is None else (ward.signed_in.person_id,)
            self.person = SecondPerson(ward, look, first)
            self.name.hide()
            column.addWidget(self.person)
        else:
            column.addWidget(caption(self.tr("&Second person, name and role"), self.name, look))
            column.addWidget(self.name)

    def named(self, who: str) -> tuple[str, str]:
        """The second person's name and role, and why she is not the second ("" where she is).

        Args:
            who: name and role of who records.
        """
        try:
            second = self.name.text().strip() if self.person is None else self.person.confirm()
        except Refused as refused:
            return "", " ".join(refused.reasons)
        return second, second_reader_trouble(self.ward, second, who)
