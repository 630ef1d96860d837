"""Says who lies in a bed already; two infants in one bed need a deliberate yes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.tick_box import tick_box
from bedside.ward.identity import in_bed
from bedside.ward.ward import Ward


class BedTaken(QWidget):
    """Below the field of a bed: who lies there, and the box that says that both do.

    Args:
        ward: the ward.
        look: fonts and colours.
        bed: the field.
        but: the infant who may lie there; None for a new one.
    """

    def __init__(self, ward: Ward, look: Look, bed: PlainEdit, but: int | None = None) -> None:
        super().__init__()
        self._ward, self._bed, self._but = ward, bed, but
        self.words = label("", look, "body", "strong", "hold", wrap=True)
        self.both = tick_box(self.tr("Both lie there"), look, 24)
        self.both.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.both.setFont(look.font("body"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(self.both)
        self.hide()
        bed.textChanged.connect(self.look_again)

    def come_last(self, button: QWidget) -> None:
        """Take the box out of the way of the fields, behind the form's last button.

        It comes up while a form is typed without looking: as the next stop of Tab it would take the
        answer that was meant for the next field, and every following one with it.
        """
        QWidget.setTabOrder(button, self.both)

    def look_again(self) -> None:
        """Say who lies in the typed bed; a yes for one bed is none for another."""
        who = in_bed(self._ward, self._bed.text(), self._but)
        told = self.tr("Bed {0}: {1} lies there.").format(self._bed.text().strip(), "; ".join(who))
        words = unbroken(told)
        if not who or words != self.words.text():
            self.both.setChecked(False)
        self.words.setText(words if who else "")
        self.both.setAccessibleName(f"{words} {self.both.text()}" if who else self.both.text())
        self.setVisible(bool(who))

    def reasons(self) -> list[str]:
        """Why the bed cannot be recorded as it stands; empty when it can."""
        if not self.words.text() or self.both.isChecked():
            return []
        asked = self.tr("Tick that both lie there, or mend the bed.")
        return [f"{self.words.text()} {asked}"]
