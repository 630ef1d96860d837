"""The people of the ward: who has an account, with which roles; adding, changing, ending."""

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.door_table import DoorTable
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_table import HEAD_HIGH, ROW_HIGH
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.people import people
from bedside.ward.people_acts import ADMINISTRATOR, check_ending, end_account
from bedside.ward.roles import role_book
from bedside.ward.ward import Ward

_WIDTHS = (170, 56, 152)
_IN_ROW = 3  # buttons
_TALL = 4  # rows of people that are always in sight


class PeoplePanel(QWidget):
    """A list of everybody, and what may be done; a role that may not is told why.

    Args:
        ward: the open ward.
        look: fonts and colours.
        session: who is signed in.

    Signals:
        chosen: another person's row has the focus, or nobody's.
        begin_asked: the ward is to have its first two people.
        closed_work: something was ordered that needs the ward closed.
    """

    chosen = Signal()
    begin_asked = Signal()
    closed_work = Signal()

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.setAccessibleName(self.tr("People"))
        self.note = label("", look, "small", colour="quiet", wrap=True)
        self.model = QStandardItemModel(0, 4, self)
        heads = (self.tr("Name"), self.tr("Initials"), self.tr("Roles"), self.tr("Account"))
        for column, head in enumerate(heads):  # an item of its own: it is shown in every language
            self.model.setHorizontalHeaderItem(column, QStandardItem(head))
        self.table = DoorTable(self.tr("People of this ward; Enter changes the roles"), look)
        self.table.when_empty(self._nobody())
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.grow_rows(ROW_HIGH)
        self.refusals = RefusalNote(look)
        self.add = QPushButton(self.tr("&Add a person…"))
        self.roles = QPushButton(self.tr("&Roles…"))
        self.reset = QPushButton(self.tr("New &passphrase…"))
        self.end = QPushButton(self.tr("&End the account…"))
        self.pin = QPushButton(self.tr("My P&IN…"))
        self.own = QPushButton(self.tr("&My passphrase…"))
        self.keys = QPushButton(self.tr("What opens this &ward…"))
        self.begin = QPushButton(self.tr("Give the ward its &first two people…"))
        self.people = people(ward, ended=True)
        self._build()
        self._connect()
        self.refresh()

    def _nobody(self) -> str:
        """What it means that nobody is in the list."""
        if self.ward.demonstration:
            return self.tr(
                "The demonstration has no people: names are typed freely in it, nobody signs in, and "
                "the screen is never locked. A ward of one's own begins with two people."
            )
        return self.tr(
            "This ward has no people: anybody at this screen reads and records, under a typed name. "
            "Give it its first two people below; from then on everybody signs in."
        )

    def refresh(self) -> None:
        """Read the people again; the chosen person stays chosen, in whichever row she now stands."""
        row, mine = self.table.currentIndex().row(), self.ward.signed_in
        chosen = None if mine is None else mine.person_id  # who is here comes to herself
        if 0 <= row < len(self.people):
            chosen = self.people[row].id
        everybody = people(self.ward, ended=True)
        row = next((at for at, one in enumerate(everybody) if one.id == chosen), row)
        self.people = everybody
        self.model.removeRows(0, self.model.rowCount())
        for person in everybody:
            state = self.tr("in use") if person.active else self.tr("ended")
            cells = (person.name, person.initials, role_book().titles(person.roles), state)
            self.model.appendRow([QStandardItem(words) for words in cells])
        self.table.setCurrentIndex(self.model.index(min(max(row, 0), len(everybody) - 1), 0))
        administrators = [one for one in everybody if ADMINISTRATOR in one.roles]
        words = self.tr("Nobody is deleted: what somebody recorded keeps the name.")
        if everybody and len(administrators) < 2:
            words += " " + self.tr(
                "There is one administrator only: if that passphrase is forgotten, nobody can give "
                "a new one. Make a second."
            )
        self.note.setText(words)
        self.note.setVisible(bool(everybody))
        self._show_what_may_be_done()

    def person_id(self) -> int | None:
        """The number of the person in the chosen row; None where the account has ended."""
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self.people) or not self.people[row].active:
            return None
        return self.people[row].id

    def _show_what_may_be_done(self) -> None:
        there, reads = bool(self.people), self.ward.store.read_only
        why = self.session.why_not("people") if there else ""
        self.refusals.show_reasons((why,) if why else ())
        active = self.person_id() is not None
        self.begin.setVisible(not there and not self.ward.demonstration and not reads)
        for button in (self.add, self.pin, self.own, self.keys, self.roles, self.reset, self.end):
            button.setVisible(there)
        self.add.setEnabled(not why)
        for button in (self.roles, self.reset, self.end):
            button.setEnabled(not why and active)
        self.chosen.emit()

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
        try:
            check_ending(self.ward, person_id)
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
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
            self.closed_work.emit()

    def _ran(self, dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()
        self.refresh()

    # ---- building ---------------------------------------------------------------------------
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("People"), self.look, "body_strong_banner", "bold"))
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        column.addWidget(self.refusals)
        self.table.setMinimumHeight(self.look.px(HEAD_HIGH + _TALL * ROW_HIGH))
        grid = QGridLayout()
        grid.setSpacing(8)
        buttons = (self.add, self.roles, self.reset, self.end, self.pin, self.own, self.keys)
        for place, button in enumerate(buttons):
            make_tall(button, self.look, FIELD_HIGH)
            wide = _IN_ROW if button is self.keys else 1
            grid.addWidget(button, place // _IN_ROW, place % _IN_ROW, 1, wide)
        make_tall(self.begin, self.look, FIELD_HIGH)
        column.addLayout(grid)
        column.addWidget(self.begin)

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.roles.clicked.connect(self._change_roles)
        self.reset.clicked.connect(self._reset)
        self.end.clicked.connect(self._end)
        self.pin.clicked.connect(self._set_pin)
        self.own.clicked.connect(self._change_own)
        self.keys.clicked.connect(self._show_keys)
        self.begin.clicked.connect(self.begin_asked)
        self.table.opened.connect(self._change_roles)
        self.table.doubleClicked.connect(self._change_roles)
        self.table.selectionModel().currentRowChanged.connect(self._show_what_may_be_done)
