"""Asks how much of a started infusion went in before it was stopped, and why; nothing is assumed."""

from decimal import Decimal

from PySide6.QtWidgets import QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from bedside.desktop.fields import NumberField
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.reason_dialog import ReasonDialog
from bedside.units.quantities import DrugAmount
from bedside.ward.broken_off import VolumeRun, WentIn


class BreakOffDialog(ReasonDialog):
    """How much went in, or nothing, or not known; none of them is chosen beforehand.

    Args:
        look: fonts and colours.
        mark: the ward's decimal mark.
        parent: the page it belongs to.
    """

    def __init__(self, look: Look, mark: str, parent: QWidget | None = None) -> None:
        super().__init__(
            look,
            self.tr(
                "STOP the infusion and discard the vial? The day cannot be given again in full: "
                "its order ends, and a physician decides on the rest. How much went in?"
            ),
            self.tr("&Break off infusion"),
            parent,
        )
        self.typed = QRadioButton(self.tr("This &much:"))
        self.by_volume = QRadioButton(self.tr("By the &volume that ran:"))
        self.nothing = QRadioButton(self.tr("N&othing"))
        self.unknown = QRadioButton(self.tr("Not &known"))
        name = self.tr("How much went in")
        self.amount = NumberField("number", "mg", look, mark, name=name, width=110)
        ran, held = self.tr("Volume that ran"), self.tr("Volume of the whole infusion")
        self.ran = NumberField("number", "mL", look, mark, name=ran, width=90)
        self.held = NumberField("number", "mL", look, mark, name=held, width=90)
        self._add_answers(look)
        self.amount.edited.connect(self._amount_typed)
        for field in (self.ran, self.held):
            field.edited.connect(self._volume_typed)
        for choice in self._choices():
            choice.toggled.connect(self._typed)
        self.typed.toggled.connect(self._to_amount)

    def _choices(self) -> tuple[QRadioButton, ...]:
        return self.typed, self.by_volume, self.nothing, self.unknown

    def _add_answers(self, look: Look) -> None:
        box, first, second = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.typed)
        first.addWidget(self.amount)
        first.addStretch(1)
        box.addLayout(first)
        for part in (self.by_volume, self.ran, label(self.tr("of"), look, "body"), self.held):
            second.addWidget(part)
        second.addStretch(1)
        box.addLayout(second)
        for choice in (self.nothing, self.unknown):
            box.addWidget(choice)
        for choice in self._choices():
            choice.setFont(look.font("body"))
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertLayout(2, box)
        QWidget.setTabOrder(self.typed, self.amount.edit)
        QWidget.setTabOrder(self.amount.edit, self.by_volume)
        QWidget.setTabOrder(self.by_volume, self.ran.edit)
        QWidget.setTabOrder(self.ran.edit, self.held.edit)
        QWidget.setTabOrder(self.held.edit, self.nothing)
        QWidget.setTabOrder(self.nothing, self.unknown)
        QWidget.setTabOrder(self.unknown, self.reason)

    def went_in(self) -> WentIn | None:
        """What was answered; None while nothing is, or the amount is refused."""
        if self.nothing.isChecked():
            return "nothing"
        if self.unknown.isChecked():
            return "not known"
        if self.by_volume.isChecked():
            return self._volume()
        value = self.amount.value()
        if not self.typed.isChecked() or not isinstance(value, Decimal) or value <= 0:
            return None
        return DrugAmount(value)

    def _volume(self) -> VolumeRun | None:
        ran, held = self.ran.value(), self.held.value()
        if isinstance(ran, Decimal) and isinstance(held, Decimal) and 0 < ran < held:
            return VolumeRun(ran, held)
        return None

    def _amount_typed(self) -> None:
        if not self.amount.is_empty():
            self.typed.setChecked(True)
        self._typed()

    def _volume_typed(self) -> None:
        if not (self.ran.is_empty() and self.held.is_empty()):
            self.by_volume.setChecked(True)
        self._typed()

    def _to_amount(self) -> None:
        if self.typed.isChecked() and self.amount.is_empty():
            self.amount.edit.setFocus()

    def _typed(self) -> None:
        self.act.setEnabled(bool(self.text()) and self.went_in() is not None)


def ask_break_off(parent: QWidget, look: Look, mark: str) -> tuple[WentIn, str] | None:
    """How much went in and why; None when the person went back."""
    dialog = BreakOffDialog(look, mark, parent)
    try:
        went_in = dialog.went_in() if dialog.exec() == QDialog.DialogCode.Accepted else None
        return None if went_in is None else (went_in, dialog.text())
    finally:
        dialog.deleteLater()
