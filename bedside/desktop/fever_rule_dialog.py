"""The site's own definition of fever: read in words, typed by two people, written as a file, taken out."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from bedside.desktop.fever_rule_form import FeverRuleForm
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.ward.fever_rule import enter_rule, own_rule, withdraw_own_rule, write_rule_file
from bedside.ward.ward import Ward


class FeverRuleDialog(FormDialog):
    """The definition in force and its doors; ``changed`` once one of them was used."""

    def __init__(
        self, ward: Ward, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("This site's own definition of fever"),
            self.tr("&Record this entry"),
            parent,
            about=self.tr(
                "Two people type it, each from the site's controlled copy and without the other's "
                "entry. It is in force once both say the same. CTCAE's definition stays apart."
            ),
            width=760,
        )
        self.ward = ward
        self.changed = False
        self.standing = label("", look, "body", "strong", wrap=True)
        self.lines = label("", look, "small", wrap=True)
        self.waiting = label("", look, "body", "medium", "hold", wrap=True)
        self.form = FeverRuleForm(look)
        self.file_button = QPushButton(self.tr("&Write it as a file…"))
        self.out_button = QPushButton(self.tr("&Take out of force…"))
        for part in (self.standing, self.lines, self.waiting):
            self.body.addWidget(part)
        doors = QHBoxLayout()
        for button in (self.file_button, self.out_button):
            button.setAutoDefault(False)
            doors.addWidget(button)
        doors.addStretch(1)
        self.body.addLayout(doors)
        self.body.addWidget(self.form)
        self.file_button.clicked.connect(self.choose_file)
        self.out_button.clicked.connect(self.take_out)
        self.show_rule()
        self.form.title.setFocus()

    def show_rule(self) -> None:
        """Show what is in force, and whose entry waits; never what that entry says."""
        rule = own_rule(self.ward)
        self.standing.setText(rule.words)
        self.lines.setText("\n".join(rule.lines))
        self.lines.setVisible(bool(rule.lines))
        self.waiting.setText(rule.waiting)
        self.waiting.setVisible(bool(rule.waiting))
        for button in (self.file_button, self.out_button):
            button.setVisible(rule.in_force)

    def is_dirty(self) -> bool:
        """Whether typed values would be lost."""
        return self.form.is_dirty()

    def record(self) -> None:
        """Take this person's entry; a refusal keeps what was typed."""

        def act() -> bool:
            return enter_rule(self.ward, self.form.typed(), who=self.session.who)

        if saving(self, act, button=self.act_button).saved:
            self.changed = True
            self.form.clear()
            self.show_rule()
            self.form.title.setFocus()
            self._form_area.verticalScrollBar().setValue(0)  # what became of it stands at the top

    def choose_file(self) -> None:
        """Ask where the definition is written to."""
        start = str(Path.home() / "fever.toml")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Definition of fever"), start, self.tr("Definition (*.toml)")
        )
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Write the definition in force, for the command line and for another station."""
        saving(self, lambda: write_rule_file(self.ward, path), button=self.file_button)

    def take_out(self) -> None:
        """Take the definition out of force, with a reason."""
        question = self.tr("Take this site's own definition of fever out of force?")
        reason = ask_reason(self, self.look, question, self.tr("&Take out of force"))
        if not reason:
            return

        def act() -> None:
            withdraw_own_rule(self.ward, reason, who=self.session.who)

        if saving(self, act, button=self.out_button).saved:
            self.changed = True
            self.show_rule()
