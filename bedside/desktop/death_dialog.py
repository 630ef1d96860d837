"""Grade 5 is death: asked once more in words before it is recorded; going back is the default."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import PatientLine, whose
from bedside.desktop.staying_dialog import StayingDialog

DEATH = 5


class DeathDialog(StayingDialog):
    """Two buttons: go back (Return and Esc), or the infant has died.

    Args:
        look: fonts and colours.
        term: the toxicity.
        parent: where it appears.
    """

    def __init__(self, look: Look, term: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Grade 5 means: this infant has died")
        words = self.tr(
            "{0}, grade 5, is death from it. A living infant has grade 4 at most. Nothing is "
            "recorded yet."
        ).format(term)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setMinimumWidth(look.px(480))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self.infant = whose(parent)
        column.addWidget(PatientLine(self.infant, look))
        column.addWidget(label(title, look, "course_day", "strong", wrap=True))
        column.addWidget(label(words, look, wrap=True))
        self.back = QPushButton(self.tr("&Go back"))
        self.act = QPushButton(self.tr("The infant has &died: grade 5"))
        self.act.setProperty("role", "stop")
        self.act.setAutoDefault(False)
        self.back.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(12)
        for button in (self.back, self.act):
            make_tall(button, look)
        row.addWidget(self.act)
        row.addStretch(1)
        row.addWidget(self.back)
        column.addLayout(row)
        self.back.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        self.back.setFocus()


def grade_is_meant(
    parent: QWidget, look: Look, term: str, grade: int, *, refused: str = ""
) -> bool:
    """Whether a grade is meant as chosen: True below 5; for 5 a person says once more what it means.

    Args:
        parent: where it is asked.
        look: fonts and colours.
        term: the toxicity.
        grade: the grade chosen.
        refused: why the term cannot have this grade at all; nothing is asked then, the act refuses.
    """
    if grade != DEATH or refused:
        return True
    dialog = DeathDialog(look, term or _t("This toxicity"), parent)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


def _t(text: str) -> str:
    return QCoreApplication.translate("DeathDialog", text)
