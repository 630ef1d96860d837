"""Another station recorded the same while a form was open: both stand side by side, and the person decides.

Going back is the default: nothing is recorded by a hasty Return. Whoever goes on has seen both; what she
records is judged anew on what holds now.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import PatientLine, whose
from bedside.desktop.staying_dialog import StayingDialog
from bedside.desktop.tall_area import TallArea
from bedside.ward.both_sides import Both, both_sides

if TYPE_CHECKING:
    from bedside.desktop.save import Form
    from bedside.ward.others import Conflict
    from bedside.ward.ward import Ward

_WIDE, _MOST_HIGH = 700, 420


class BothDialog(StayingDialog):
    """Both sides, and two answers.

    Args:
        look: colours and fonts.
        sides: what was recorded meanwhile, beside ours.
        parent: the form.
    """

    def __init__(self, look: Look, sides: tuple[Both, ...], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.look = look
        title = self.tr("Recorded meanwhile on another station")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        about = self.tr(
            "This was recorded after you opened the form. Nothing of yours is recorded yet. Look at "
            "both, then decide."
        )
        self.setAccessibleDescription(about)
        self.back_button = QPushButton(self.tr("&Go back, record nothing"))
        self.go_on_button = QPushButton(self.tr("&Record mine as well"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(title, look, "page_title", "title"))
        column.addWidget(PatientLine(whose(parent), look))
        column.addWidget(label(about, look, "body", "medium", wrap=True))
        inside = QWidget()
        self._rows = QGridLayout(inside)
        self._rows.setContentsMargins(2, 2, 10, 2)
        self._rows.setHorizontalSpacing(18)
        self._rows.setColumnStretch(1, 1)
        self._rows.setColumnStretch(2, 1)
        for side in sides:
            self._show(side)
        column.addWidget(TallArea(inside, self.tr("Both sides"), grows_to=_MOST_HIGH), 1)
        column.addLayout(self._buttons())
        self.setMinimumWidth(look.fitting(_WIDE, 0)[0])
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, side: Both) -> None:
        look, at = self.look, self._rows.rowCount()
        self._rows.addWidget(label(side.title, look, "body", "strong", wrap=True), at, 0, 1, 3)
        theirs, mine = self.tr("recorded there"), self.tr("yours, not recorded")
        if not side.alone:
            self._rows.addWidget(label(theirs, look, "small", colour="quiet"), at + 1, 1)
            self._rows.addWidget(label(mine, look, "small", colour="quiet"), at + 1, 2)
        else:
            words = self.tr("What you record rests on this.")
            self._rows.addWidget(label(words, look, "small", colour="quiet"), at + 1, 0, 1, 3)
        for number, line in enumerate(side.lines, at + 2):
            weight, colour = ("strong", "ink") if line.differs else ("text", "ink")
            self._rows.addWidget(
                label(line.label, look, "body", colour="quiet", wrap=True), number, 0
            )
            self._rows.addWidget(
                label(line.theirs or "–", look, "body", weight, colour, wrap=True), number, 1
            )
            if not side.alone:
                own = label(line.mine or "–", look, "body", weight, colour, wrap=True)
                self._rows.addWidget(own, number, 2)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.go_on_button)
        self.back_button.setDefault(True)
        self.go_on_button.setAutoDefault(False)
        for button in (self.back_button, self.go_on_button):
            button.setMinimumHeight(self.look.measure("field"))
            button.setFont(self.look.font("body", "strong"))
        self.back_button.clicked.connect(self.reject)
        self.go_on_button.clicked.connect(self.accept)
        return row


def goes_on(ward: "Ward", form: "Form", conflict: "Conflict") -> bool:
    """Show both sides; whether the person records hers as well."""
    parent = form if isinstance(form, QWidget) else None
    dialog = BothDialog(form.look, both_sides(ward, conflict), parent)
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return chosen
