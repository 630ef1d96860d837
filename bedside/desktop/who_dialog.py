"""Asks who records: a name and a role stand on every record."""

from PySide6.QtWidgets import QDialog, QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.look import Look
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.paper_letters import paper_faults
from bedside.ward.people import LONGEST_NAME, named


class WhoDialog(FormDialog):
    """Name and role of the person who records from now on."""

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            look,
            session,
            self.tr("Who is recording?"),
            self.tr("&Record under this name"),
            parent,
            infant="",
            about=self.tr(
                "The name and the role stand on every record and on every paper made from now on."
            ),
        )
        self.name = PlainEdit(self.tr("Name"))
        self.role = PlainEdit(self.tr("Role"))
        self.name.setPlaceholderText(self.tr("for instance E. Sørensen"))
        self.role.setPlaceholderText(self.tr("for instance RN, physician, pharmacist"))
        self.body.addLayout(self.line(self.tr("&Name"), self.name, wide=90))
        self.body.addLayout(self.line(self.tr("R&ole"), self.role, wide=90))
        name, _, role = session.who.partition(", ")
        self.name.setText(name)
        self.role.setText(role)
        self._before = self.who()
        # whoever comes types her own name over the one that stands there
        self.name.selectAll()
        (self.role if name and not role else self.name).setFocus()

    def who(self) -> str:
        """Return name and role as they will stand on a record."""
        return ", ".join(part for part in (self._name(), self.role.text().strip()) if part)

    def _name(self) -> str:
        """The name; without the role, where that was typed after it, too ("E. Berg, RN" and "RN")."""
        typed = self.name.text().strip()
        name, _, said = typed.partition(",")
        again = said.strip().casefold() == self.role.text().strip().casefold()
        return name.strip() if again else typed

    def is_dirty(self) -> bool:
        """A name is quickly typed again: going back needs no question."""
        return False

    def record(self) -> None:
        """Take the name, if it is one."""
        reasons = []
        if not self.role.text().strip():
            reasons.append(self.tr("The role is missing: for instance RN, physician, pharmacist."))
        elif "," in self._name():  # a signature takes what follows a comma for the role
            said = self._name().partition(",")[2].strip()
            reasons.append(
                self.tr(
                    "The name has “{0}” after a comma: type the role once, in its own field."
                ).format(said)
            )
        name = self.name.text().strip()
        if name and not any(letter.isalpha() for letter in name):  # a time, a number
            reasons.append(self.tr("“{0}” is no name: type your name and role.").format(name))
        try:
            named(self.name.text())
            named(self.who())
        except Refused as refused:
            reasons = [*refused.reasons, *reasons]
        reasons = reasons or paper_faults("Who records", self.who(), LONGEST_NAME)
        self.refusals.show_reasons(tuple(reasons))
        if not reasons:
            self.session.change_who(self.who())
            self.accept()


def ask_who(parent: QWidget | None, look: Look, session: Session) -> bool:
    """Ask who records; return whether somebody did."""
    dialog = WhoDialog(look, session, parent)
    answered = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return answered and bool(session.who)
