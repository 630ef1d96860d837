"""The DLT rule in force: read in words, the site's own file put in force, or taken out of it."""

from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.desktop.staying_dialog import StayingDialog
from bedside.desktop.tall_area import TallArea
from bedside.units.refusal import Refused
from bedside.ward.cohort import cohort_page
from bedside.ward.dlt_page import offered_words
from bedside.ward.dlt_rules import OfferedRule, load_rule, offered_rule, withdraw_rule
from bedside.ward.people import has_people
from bedside.ward.ward import Ward

_SIZE = (760, 520)


class DltRuleDialog(StayingDialog):
    """The rule in force and its two doors; ``changed`` once one of them was used.

    A file is shown in words before it is put in force.
    """

    def __init__(
        self,
        ward: Ward,
        protocol_key: str,
        look: Look,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ward, self.look, self.session = ward, look, session
        self._protocol = ward.protocols[protocol_key]
        self.changed = False
        self._offered: tuple[Path, OfferedRule] | None = None  # read in words, not in force
        self.setWindowTitle(self.tr("DLT rule"))
        self.setAccessibleName(self.tr("DLT rule"))
        self.resize(*look.fitting(*_SIZE))
        self.refusals = RefusalNote(look)
        self.head = label("", look, "page_title", "title")
        self.title = label("", look, "body_strong_banner", "strong", wrap=True)
        self.lines = label("", look, "body", wrap=True)
        self.load_button = QPushButton(self.tr("&Put a file in force…"))
        self.out_button = QPushButton(self.tr("&Take out of force…"))
        self.back_button = QPushButton(self.tr("&Go back"))
        self._build()
        self.load_button.clicked.connect(self.go_on)
        self.out_button.clicked.connect(self.take_out)
        self.back_button.clicked.connect(self.reject)
        self.show_rule()

    def show_rule(self) -> None:
        """Show the rule in force."""
        view = cohort_page(self.ward, self._protocol.key)
        self._offered = None
        self.head.setText(self.tr("DLT rule in force"))
        self.title.setText(view.rule_title)
        self.lines.setText("\n".join((*view.troubles, *view.rule_lines, "", view.boundary_words)))
        self.load_button.setText(self.tr("&Put a file in force…"))
        self.out_button.setVisible(True)
        self.out_button.setEnabled(view.own_rule)

    def go_on(self) -> None:
        """Choose a file; once it was read here, put it in force."""
        if self._offered is None:
            self.choose_file()
        else:
            self.load(*self._offered)

    def reject(self) -> None:
        """From a rule that was only read back to the one in force; from there out of the form."""
        if self._offered is None:
            super().reject()
            return
        self.refusals.show_reasons(())
        self.show_rule()

    def choose_file(self) -> None:
        """Ask for the file and show what it says; nothing is in force by that."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("DLT rule of this site"), str(Path.home()), self.tr("Rule (*.toml)")
        )
        if chosen:
            self.offer(Path(chosen))

    def offer(self, path: Path) -> None:
        """Show in words what a file says, before it holds; a refusal says every reason."""

        def act() -> None:
            offered = offered_rule(self.ward, self._protocol, path, who=self.session.who)
            self._offered = (path, offered)

        if not saving(self, act, button=self.load_button).saved or self._offered is None:
            return
        title, lines = offered_words(self._offered[1])
        self.head.setText(self.tr("Not in force yet: read it first"))
        self.title.setText(title)
        self.lines.setText("\n".join(lines))
        self.out_button.setVisible(False)
        self.load_button.setText(self.tr("&Put it in force"))
        self.back_button.setFocus()

    def load(self, path: Path, read: OfferedRule | None = None) -> None:
        """Put a file in force; a refusal says every reason, and the rule before stays."""

        def act() -> object:
            who, protocol = self.session.who, self._protocol
            second = self._second(path, who) if has_people(self.ward) else None
            return load_rule(self.ward, protocol, path, who=who, second=second, read=read)

        if saving(self, act, button=self.load_button).saved:
            self.changed = True
            self.show_rule()

    def _second(self, path: Path, who: str) -> tuple[int, str]:
        """The other who checked the file, by number and secret.

        Raises:
            Refused: the file will not do, or nobody confirmed.
        """
        from bedside.desktop.second_person import SecondPersonDialog

        name = offered_rule(self.ward, self._protocol, path, who=who).other_than(who)
        words = self.tr("{0} confirms that both checked the rule {1} against the controlled copy.")
        about = words.format(name, path.name)
        dialog = SecondPersonDialog(self.ward, self.look, self.session, about, self, ask=False)
        dialog.exec()
        shown = dialog.shown
        dialog.deleteLater()
        if shown is None:
            raise Refused(self.tr("Nobody confirmed: the rule before holds."))
        return shown

    def take_out(self) -> None:
        """Take the site's rule out of force, with a reason."""
        question = self.tr("Take the site's DLT rule out of force?")
        reason = ask_reason(self, self.look, question, self.tr("&Take out of force"))
        if not reason:
            return

        def act() -> None:
            withdraw_rule(self.ward, self._protocol, reason, who=self.session.who)

        if saving(self, act, button=self.out_button).saved:
            self.changed = True
            self.show_rule()

    def _build(self) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.head)
        about = self.tr(
            "A rule is a file from the site's controlled copy, with the names of the two people who "
            "checked it; one of them puts it in force. Decisions made under another rule are asked "
            "again, and stay readable."
        )
        column.addWidget(label(about, look, "small", colour="quiet", wrap=True))
        column.addWidget(rule(look))
        column.addWidget(self.title)
        inside = QWidget()
        held = QVBoxLayout(inside)
        held.setContentsMargins(0, 0, 8, 0)
        held.addWidget(self.lines)
        held.addStretch(1)
        column.addWidget(TallArea(inside, self.tr("The rule in words")), 1)
        column.addWidget(self.refusals)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self.back_button, self.out_button, self.load_button):
            make_tall(button, look, FIELD_HIGH)
        self.back_button.setDefault(True)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.out_button)
        row.addWidget(self.load_button)
        column.addLayout(row)
