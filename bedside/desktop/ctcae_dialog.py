"""Loads the official NCI workbook of toxicity terms, and says which is loaded."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.ward.ctcae import load_workbook, loaded_workbooks, official_terms, trouble_with
from bedside.ward.ward import Ward


class CtcaeDialog(FormDialog):
    """Takes the path of a workbook; what is loaded stands above it."""

    def __init__(
        self, ward: Ward, look: Look, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Toxicity terms of the NCI"),
            self.tr("&Load workbook"),
            parent,
            about=self.tr(
                "The National Cancer Institute gives CTCAE 5.0 and 6.0 out as a workbook (xlsx). "
                "Loaded as it is, all its terms can be searched and logged in the official wording."
            ),
        )
        self.ward = ward
        self.standing = label("", look, "body", wrap=True)
        self.file = PlainEdit(self.tr("File"))
        self.choose_button = QPushButton(self.tr("&Choose a file…"))
        self.choose_button.setAutoDefault(False)
        self.body.addWidget(self.standing)
        self.body.addLayout(self.line(self.tr("&File"), self.file))
        self.body.addWidget(self.choose_button)
        self.body.addStretch(1)
        self.choose_button.clicked.connect(self._choose)
        self._show_standing()
        self.file.setFocus()

    def is_dirty(self) -> bool:
        """A path is quickly typed again."""
        return False

    def record(self) -> None:
        """Load the workbook, or say what is wrong with it."""
        missing = () if self.file.text().strip() else (self.tr("Which file? Type or choose it."),)
        self.refusals.show_reasons(missing)
        if not missing and saving(self, self._load, button=self.act_button):
            self.file.clear()
            self._show_standing()

    def _load(self) -> None:
        path = Path(self.file.text().strip()).expanduser()
        load_workbook(self.ward, path, who=self.session.who)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("NCI workbook"), "", self.tr("Workbooks (*.xlsx)")
        )
        if name:
            self.file.setText(name)

    def _show_standing(self) -> None:
        lines = []
        for loaded in loaded_workbooks(self.ward):
            trouble = trouble_with(self.ward, loaded.version)
            words = self.tr("{0} terms, from {1}, digest {2} …")
            lines.append(
                self.tr("CTCAE {0}: ").format(loaded.version)
                + (
                    trouble
                    or words.format(
                        len(official_terms(self.ward, loaded.version)),
                        loaded.name,
                        loaded.digest[:12],
                    )
                )
            )
        self.standing.setText(
            "\n".join(lines)
            or self.tr("No workbook is loaded: the ward's own list of terms is used.")
        )
