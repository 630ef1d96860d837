"""The people of the ward: who has an account, with which roles; adding, changing, ending."""

from typing import Literal

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.desktop.staying_dialog import StayingDialog
from bedside.ward.people import people
from bedside.ward.people_acts import ADMINISTRATOR, end_account
from bedside.ward.roles import role_book
from bedside.ward.ward import Ward

_WIDTHS = (250, 80, 330)


class PeopleDialog(StayingDialog):
    """A list of everybody, and what may be done; a role that may not is told why.

    Args:
        ward: the open ward.
        look: fonts and colours.
        session: who is signed in.
        parent: the window.
    """

    like_a_page = True

    def __init__(
        self, ward: Ward, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ward, self.look, self.session = ward, look, session
        self.setWindowTitle(self.tr("People"))
        self.setAccessibleName(self.tr("People"))
        self.note = label("", look, "small", colour="quiet", wrap=True)
        self.model = QStandardItemModel(0, 4, self)
        heads = (self.tr("Name"), self.tr("Initials"), self.tr("Roles"), self.tr("Account"))
        self.model.setHorizontalHeaderLabels(heads)
        self.table = PlainTable(self.tr("People of this ward"), look)
        self.table.when_empty(
            self.tr("Nobody is entered: nobody can sign in. Add the first person below.")
        )
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.refusals = RefusalNote(look)
        self.add = QPushButton(self.tr("&Add a person …"))
        self.roles = QPushButton(self.tr("&Roles …"))
        self.reset = QPushButton(self.tr("New &passphrase …"))
        self.end = QPushButton(self.tr("&End the account …"))
        self.pin = QPushButton(self.tr("My P&IN …"))
        self.own = QPushButton(self.tr("&My passphrase …"))
        self.keys = QPushButton(self.tr("What opens this &ward …"))
        self.back = QPushButton(self.tr("&Go back"))
        self._ids: list[tuple[int, bool]] = []
        self._build()
        self._connect()
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the people again; the chosen row stays chosen."""
        row = max(self.table.currentIndex().row(), 0)
        everybody = people(self.ward, ended=True)
        self._ids = [(person.id, person.active) for person in everybody]
        self.model.removeRows(0, self.model.rowCount())
        for person in everybody:
            state = self.tr("in use") if person.active else self.tr("ended")
            cells = (person.name, person.initials, role_book().titles(person.roles), state)
            self.model.appendRow([QStandardItem(words) for words in cells])
        self.table.setCurrentIndex(self.model.index(min(row, len(everybody) - 1), 0))
        administrators = [one for one in everybody if ADMINISTRATOR in one.roles]
        words = self.tr("Nobody is deleted: what somebody recorded keeps the name.")
        if len(administrators) < 2:
            words += " " + self.tr(
                "There is one administrator only: if that passphrase is forgotten, nobody can give "
                "a new one. Make a second."
            )
        self.note.setText(words)
        self._show_what_may_be_done()

    def person_id(self) -> int | None:
        """The number of the person in the chosen row; None where the account has ended."""
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._ids) or not self._ids[row][1]:
            return None
        return self._ids[row][0]

    def _show_what_may_be_done(self) -> None:
        why = self.session.why_not("people")
        self.refusals.show_reasons((why,) if why else ())
        active = self.person_id() is not None
        self.add.setEnabled(not why)
        for button in (self.roles, self.reset, self.end):
            button.setEnabled(not why and active)

    # ---- what may be done -------------------------------------------------------------------
    def _add(self) -> None:
        from bedside.desktop.person_dialog import PersonDialog

        self._ran(PersonDialog(self.ward, self.look, self.session, self))

    def _change_roles(self) -> None:
        from bedside.desktop.roles_dialog import RolesDialog

        person_id = self.person_id()
        if person_id is not None:
            self._ran(RolesDialog(self.ward, self.look, self.session, person_id, self))

    def _reset(self) -> None:
        from bedside.desktop.reset_dialog import ResetDialog

        person_id = self.person_id()
        if person_id is not None:
            self._ran(ResetDialog(self.ward, self.look, self.session, person_id, self))

    def _end(self) -> None:
        person_id = self.person_id()
        if person_id is None:
            return
        name = self.model.item(self.table.currentIndex().row(), 0).text()
        question = self.tr("End the account of {0}?").format(name)
        reason = ask_reason(self, self.look, question, self.tr("&End the account"))
        if not reason:
            return
        ward, who = self.ward, self.session.who
        if saving(self, lambda: end_account(ward, person_id, reason, who=who), button=self.end):
            self.refresh()

    def _own_secret(self, kind: Literal["pin", "passphrase"]) -> None:
        from bedside.desktop.own_secret_dialog import OwnSecretDialog

        self._ran(OwnSecretDialog(self.ward, self.look, self.session, kind, self))

    def _set_pin(self) -> None:
        self._own_secret("pin")

    def _change_own(self) -> None:
        self._own_secret("passphrase")

    def _show_keys(self) -> None:
        from bedside.desktop.ward_keys_dialog import WardKeysDialog

        self._ran(WardKeysDialog(self.ward, self.look, self.session, self))
        if self.ward.closed_work is not None:
            self.accept()

    def _ran(self, dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()
        self.refresh()

    # ---- building ---------------------------------------------------------------------------
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(self.tr("People"), self.look, "page_title", "title"))
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        column.addWidget(self.refusals)
        rows = (
            (self.add, self.roles, self.reset, self.end),
            (self.back, self.keys, self.pin, self.own),
        )
        for buttons in rows:
            row = QHBoxLayout()
            row.setSpacing(10)
            for button in buttons:
                make_tall(button, self.look, FIELD_HIGH)
                row.addWidget(button)
                if button is self.back:
                    row.addStretch(1)
            if buttons is rows[0]:
                row.addStretch(1)
            column.addLayout(row)
        self.back.setDefault(True)
        self.resize(*self.look.fitting(860, 520))

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.roles.clicked.connect(self._change_roles)
        self.reset.clicked.connect(self._reset)
        self.end.clicked.connect(self._end)
        self.pin.clicked.connect(self._set_pin)
        self.own.clicked.connect(self._change_own)
        self.keys.clicked.connect(self._show_keys)
        self.back.clicked.connect(self.reject)
        self.table.selectionModel().currentRowChanged.connect(self._show_what_may_be_done)
