"""The toxicities that every round asks for by name: the site's own list, a term a line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QPushButton, QWidget

from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit, PlainText
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.ward.asked_terms import asked_list, offered_terms, save_asked
from bedside.ward.ward import Ward


class AskedDialog(FormDialog):
    """A line a term; a term is added by its name, and taken out by deleting its line."""

    def __init__(
        self, ward: Ward, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Terms asked in each round"),
            self.tr("&Record list"),
            parent,
            about=self.tr(
                "A round asks for each of them by name: absent, present, or not assessed. Few: a "
                "round takes half a minute."
            ),
        )
        self.ward = ward
        found = asked_list(ward)
        self._before = "\n".join(found.names)
        self.source = label(
            self.tr("In force: {0}.").format(found.source), look, colour="quiet", wrap=True
        )
        self.lines = PlainText()
        self.lines.setPlainText(self._before)
        self.lines.setAccessibleName(self.tr("Terms, one a line"))
        self.lines.setMinimumHeight(look.px(200))
        self.term = PlainEdit(self.tr("Add a term"))
        self.term.setPlaceholderText(self.tr("type: the list opens"))
        self.add_button = QPushButton(self.tr("A&dd"))
        self.add_button.setAutoDefault(False)
        self._suggest()
        self.body.addWidget(self.source)
        self.body.addLayout(self.line(self.tr("&Terms"), self.lines))
        self.body.addLayout(self.line(self.tr("&Add a term"), self.term))
        self.body.addWidget(self.add_button)
        self.body.addStretch(1)
        self.add_button.clicked.connect(self.add)
        self.lines.setFocus()

    def is_dirty(self) -> bool:
        """Whether the list was changed, or a term was typed and not added."""
        return self.lines.toPlainText() != self._before or bool(self.term.text().strip())

    def add(self) -> None:
        """Put the typed term below the others; whether it is one is judged when it is recorded."""
        name = self.term.text().strip()
        if name:
            kept = self.lines.toPlainText().rstrip()
            self.lines.setPlainText(f"{kept}\n{name}" if kept else name)
            self.term.clear()
        self.term.setFocus()

    def record(self) -> None:
        """Record the list, or say which line is no term; nothing typed is lost."""
        if self.term.text().strip():
            self.refusals.show_reasons(
                (self.tr("“{0}” is typed and not added yet: add it or clear the field.").format(
                    self.term.text().strip()
                ),)
            )  # fmt: skip
            return
        if saving(self, self._save, button=self.act_button).saved:
            self.accept()

    def _save(self) -> None:
        save_asked(self.ward, self.lines.toPlainText().splitlines(), who=self.session.who)

    def _suggest(self) -> None:
        completer = QCompleter(list(offered_terms()), self.term)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.term.setCompleter(completer)
