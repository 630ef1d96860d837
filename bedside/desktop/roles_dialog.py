"""Gives a person other roles; what she had before stays readable."""

from PySide6.QtWidgets import QWidget

from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.person_form import RoleBoxes
from bedside.desktop.save import saving
from bedside.desktop.second_person import ask_second
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.people import people
from bedside.ward.people_acts import change_roles, check_roles
from bedside.ward.ward import Ward


class RolesDialog(FormDialog):
    """The roles of one person.

    Args:
        person_id: whose.
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
            look, session, self.tr("Roles of {0}").format(person.name), self.tr("&Record"), parent
        )
        self._ward, self._person = ward, person
        self._second: tuple[int, str] | None = None
        self.boxes = RoleBoxes(look, person.roles)
        self.body.addWidget(self.boxes)
        self.boxes.setFocus()

    def is_dirty(self) -> bool:
        """Whether other roles are ticked."""
        return set(self.boxes.value()) != set(self._person.roles)

    def record(self) -> None:
        """Record the roles, or say why not."""
        try:
            check_roles(self._ward, self._person.id, self.boxes.value())
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        act = self.tr("A second person confirms the new roles of {0}, with the own passphrase.")
        self._second = ask_second(
            self, self._ward, act.format(self._person.name), without=self._person.id
        )
        if self._second and saving(self, self._change, button=self.act_button):
            self.accept()

    def _change(self) -> None:
        change_roles(
            self._ward,
            self._person.id,
            self.boxes.value(),
            who=self.session.who,
            second=self._second or (0, ""),
        )
