"""Asks why a paper is printed again: one press for what usually happened, or own words (hazard H31)."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bedside.desktop.buttons import make_tall
from bedside.desktop.look import Look
from bedside.desktop.reason_dialog import ReasonDialog
from bedside.ward.reprints import MOST_LETTERS, REASONS

_A_ROW = 3  # of the usual reasons


class ReprintDialog(ReasonDialog):
    """The question, the usual reasons as buttons that write theirs into the field, and the field.

    Args:
        look: fonts and colours.
        sheet_number: of the paper.
        copy: that would be printed now.
        parent: the page whose infant is named at the head.
        on_paper: whether the paper has room to say why; a label has none.
    """

    def __init__(
        self, look: Look, sheet_number: str, copy: int, parent: QWidget, *, on_paper: bool = True
    ) -> None:
        question = self.tr(
            "{0} was printed before. This is copy {1}: take earlier "
            "copies away, they answer OUT OF DATE from now on."
        ).format(sheet_number, copy)
        act = self.tr("&Print copy {0}").format(copy)
        super().__init__(look, question, act, parent)
        self.setWindowTitle(self.tr("Printed again"))
        self.act.setProperty("role", "act")
        said = self.tr("Wh&y? It stands in the record; at most {0} letters.")
        if on_paper:
            said = self.tr("Wh&y? It stands on the paper and in the record; at most {0} letters.")
        self.words.setText(said.format(MOST_LETTERS))
        self.usual = tuple(self._usual(look, reason) for reason in REASONS)
        at = self.column.indexOf(self.words) + 1
        for first in range(0, len(self.usual), _A_ROW):
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in self.usual[first : first + _A_ROW]:
                row.addWidget(button)
            row.addStretch(1)
            self.column.insertLayout(at, row)
            at += 1
        for before, after in pairwise((self.reason, *self.usual, self.act, self.back)):
            QWidget.setTabOrder(before, after)
        self.act.installEventFilter(self)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A blank prints nothing: whoever types a reason types blanks, too."""
        if watched is self.act and isinstance(event, QKeyEvent):
            return event.key() == Qt.Key.Key_Space
        return super().eventFilter(watched, event)

    def _usual(self, look: Look, reason: str) -> QPushButton:
        button = QPushButton(reason[0].upper() + reason[1:])
        button.setAutoDefault(False)
        make_tall(button, look)
        button.clicked.connect(lambda: self._take(reason))
        return button

    def _take(self, reason: str) -> None:
        """Write a usual reason into the field; the button that prints has the keyboard then."""
        self.reason.setPlainText(reason)
        self.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self.act.setEnabled(0 < len(" ".join(self.text().split())) <= MOST_LETTERS)


def ask_why_again(
    parent: QWidget, look: Look, sheet_number: str, copy: int, *, on_paper: bool = True
) -> str:
    """Ask why a paper is printed again; "" when the person went back."""
    dialog = ReprintDialog(look, sheet_number, copy, parent, on_paper=on_paper)
    try:
        return dialog.text() if dialog.exec() == ReprintDialog.DialogCode.Accepted else ""
    finally:
        dialog.deleteLater()
