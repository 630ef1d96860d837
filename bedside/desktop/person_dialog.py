"""Adds a person to the ward; she types her passphrase herself."""

from PySide6.QtWidgets import QWidget

from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.person_form import PersonForm
from bedside.desktop.save import saving
from bedside.desktop.second_person import ask_second
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.people_acts import add_person, check_addition, near_people
from bedside.ward.ward import Ward


class PersonDialog(FormDialog):
    """The form of a new person."""

    def __init__(
        self, ward: Ward, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Add a person"),
            self.tr("&Add"),
            parent,
            about=self.tr("A person may have several roles. The PIN is set after signing in."),
            width=640,
        )
        self._ward = ward
        self._second: tuple[int, str] | None = None
        self.form = PersonForm(look)
        self.body.addWidget(self.form)
        self.form.setFocus()

    def is_dirty(self) -> bool:
        """Whether something was typed or ticked."""
        return self.form.is_dirty()

    def record(self) -> None:
        """Add the person, or say what is wrong."""
        try:
            check_addition(self._ward, self.form.value())
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        act = self.tr("A second person who knows {0} confirms, with the own passphrase.")
        name = self.form.name.text().strip()
        words = act.format(name)
        if near := near_people(self._ward, name):
            asked = self.tr(
                "{0} has an account already. Is {1} the same person? Whoever confirms says, by "
                "name and on the record, that they are two."
            )
            words = f"{asked.format(self.tr(' and ').join(near), name)} {words}"
        self._second = ask_second(self, self._ward, words)
        if self._second and saving(self, self._add, button=self.act_button):
            self.accept()

    def _add(self) -> int:
        second = self._second or (0, "")
        return add_person(self._ward, self.form.value(), who=self.session.who, second=second)
