"""The site's settings in a list, what two people enter below it, and the doors to their forms."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.door_table import DoorTable
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_table import HEAD_HIGH, ROW_HIGH
from bedside.desktop.save import RefusalNote
from bedside.desktop.session import Session
from bedside.desktop.text_table import TextTable
from bedside.ward.settings_blind import settings_closed
from bedside.ward.site_overview import SiteLine, TwoLine, site_lines, two_lines
from bedside.ward.ward import Ward

_SETTINGS, _TWO = (204, 226, 150), (206, 220)  # widths of the columns, in pixels at 100 %
_TALL_SETTINGS, _TALL_TWO = 7, 4  # rows that are always in sight
_IN_ROW = 3  # buttons


class SitePanel(QWidget):
    """What holds at this site.

    Args:
        ward: the open ward.
        look: fonts and colours.
        session: who is here.

    Signals:
        recorded: a setting was recorded.
        commission_asked: the page of commissioning is wanted.
    """

    recorded = Signal()
    commission_asked = Signal()

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.lines: tuple[SiteLine, ...] = ()
        self.two: tuple[TwoLine, ...] = ()
        self.setAccessibleName(self.tr("Settings of the site"))
        self.refusals = RefusalNote(look)
        heads = (self.tr("Setting"), self.tr("Value"), self.tr("Entered by"), self.tr("On"))
        self.model = TextTable(heads, self)
        self.table = DoorTable(self.tr("Settings of the site; Enter opens the form"), look)
        self.table.when_empty(self.tr("No setting could be read: press F5."))
        two = (self.tr("What two people enter"), self.tr("How far"), self.tr("Waits for"))
        self.two_model = TextTable(two, self)
        self.two_table = DoorTable(
            self.tr("What two people enter, blind; Enter goes on with it"), look
        )
        self.two_table.when_empty(self.tr("There is nothing that two people enter."))
        self.change = QPushButton(self.tr("Change the &settings…"))
        self.terms = QPushButton(self.tr("&Toxicity terms…"))
        self.asked = QPushButton(self.tr("Terms of the r&ound…"))
        self.fever = QPushButton(self.tr("&Definition of fever…"))
        self.copies = QPushButton(self.tr("W&here copies go…"))
        self.commission = QPushButton(self.tr("Go to &Commission (F7)"))
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the settings again; the chosen rows stay chosen."""
        self.lines, self.two = site_lines(self.ward, who=self.session.who), two_lines(self.ward)
        _show(self.table, self.model, _rows(self.lines))
        two = [(one.name, one.state, one.waits) for one in self.two]
        _show(self.two_table, self.two_model, two)
        why = self.session.why_not("site")
        self.refusals.show_reasons((why,) if why else ())

    def take_focus(self) -> None:
        """The list of settings takes the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_line(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.lines):
            line = self.lines[row]
            self._open(line.form, line.key)

    def _open_two(self) -> None:
        row = self.two_table.currentIndex().row()
        if 0 <= row < len(self.two):
            self._open(self.two[row].form)

    def _open(self, form: str, key: str = "") -> None:
        if form == "commission":
            self.commission_asked.emit()
            return
        closed = settings_closed(self.ward, who=self.session.who) if form == "site" else ""
        if closed:
            self.refusals.show_reasons((closed,))
            return
        dialog = self._form(form, key)
        done = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        self.refresh()
        if done:
            self.recorded.emit()

    def _form(self, form: str, key: str) -> QDialog:
        from bedside.desktop.asked_dialog import AskedDialog
        from bedside.desktop.backup_settings_dialog import BackupSettingsDialog
        from bedside.desktop.ctcae_dialog import CtcaeDialog
        from bedside.desktop.fever_rule_dialog import FeverRuleDialog
        from bedside.desktop.site_dialog import SiteDialog

        given = (self.ward, self.look, self.session, self.window())
        if form == "site":
            site = SiteDialog(*given)
            site.stand_on(key)
            return site
        if form == "terms":
            return CtcaeDialog(*given)
        if form == "asked":
            return AskedDialog(*given)
        return FeverRuleDialog(*given) if form == "fever" else BackupSettingsDialog(*given)

    def open_settings(self) -> None:
        """Open the form of the settings, or say why it is closed to this person."""
        self._open("site")

    def _terms(self) -> None:
        self._open("terms")

    def _asked(self) -> None:
        self._open("asked")

    def _fever(self) -> None:
        self._open("fever")

    def _copies(self) -> None:
        self._open("copies")

    # ---- building ---------------------------------------------------------------------------
    def _build(self) -> None:
        look = self.look
        self.table.setModel(self.model)
        self.table.set_widths(_SETTINGS)
        self.table.setMinimumHeight(look.px(HEAD_HIGH + _TALL_SETTINGS * ROW_HIGH))
        self.table.grow_rows(ROW_HIGH)
        self.two_table.setModel(self.two_model)
        self.two_table.set_widths(_TWO)
        self.two_table.setMinimumHeight(look.px(HEAD_HIGH + _TALL_TWO * ROW_HIGH))
        self.two_table.grow_rows(ROW_HIGH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Settings of the site"), look, "body_strong_banner", "bold"))
        column.addWidget(self.table, 3)
        column.addWidget(self.refusals)
        column.addLayout(self._doors((self.change, self.terms, self.asked, self.copies)))
        title = self.tr("What two people enter, blind")
        column.addSpacing(4)
        column.addWidget(label(title, look, "body_strong_banner", "bold"))
        column.addWidget(self.two_table, 2)
        column.addLayout(self._doors((self.commission, self.fever)))

    def _doors(self, buttons: Sequence[QPushButton]) -> QGridLayout:
        """Buttons side by side; in large text in rows of a few."""
        grid = QGridLayout()
        grid.setSpacing(8)
        most = len(buttons) if self.look.percent == 100 else _IN_ROW
        for place, button in enumerate(buttons):
            make_tall(button, self.look, FIELD_HIGH)
            grid.addWidget(button, place // most, place % most)
        grid.setColumnStretch(most, 1)
        return grid

    def _connect(self) -> None:
        self.change.clicked.connect(self.open_settings)
        self.terms.clicked.connect(self._terms)
        self.asked.clicked.connect(self._asked)
        self.fever.clicked.connect(self._fever)
        self.copies.clicked.connect(self._copies)
        self.commission.clicked.connect(self.commission_asked)
        for table, opened in ((self.table, self._open_line), (self.two_table, self._open_two)):
            table.opened.connect(opened)
            table.doubleClicked.connect(opened)


def _rows(lines: Sequence[SiteLine]) -> list[tuple[str, ...]]:
    return [(one.name, one.value, one.by, one.on) for one in lines]


def _show(table: DoorTable, model: TextTable, rows: Sequence[tuple[str, ...]]) -> None:
    row = max(table.currentIndex().row(), 0)
    model.show_rows(rows)
    table.resizeRowsToContents()
    table.setCurrentIndex(model.index(min(row, len(rows) - 1), 0))
