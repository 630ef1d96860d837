"""Asks how much of a started infusion went in before it was stopped, and why; nothing is assumed.

What cannot be is said at its field, and what is refused leaves the form as it is: a nurse who has
stopped the pump must not walk off believing that it is recorded.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.fields import NumberField
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.reason_dialog import ReasonDialog
from bedside.desktop.save import RefusalNote
from bedside.desktop.tick_box import show_edge, tick_box
from bedside.units.quantities import DrugAmount
from bedside.ward.break_off_asked import Judged, RunningVial, judge_went_in
from bedside.ward.broken_off import VolumeRun, WentIn

Record = Callable[[WentIn, str], tuple[bool, tuple[str, ...]]]


class BreakOffDialog(ReasonDialog):
    """How much went in, or nothing, or not known; none of them is chosen beforehand.

    Args:
        look: fonts and colours.
        mark: the ward's decimal mark.
        vial: the infusion that runs, against which the amount is held.
        now: the ward's clock.
        record: records it; says whether it was recorded, and why not.
        parent: the page it belongs to.
        corrected: the record that is put right, in words; "" breaks a running infusion off.
    """

    def __init__(
        self,
        look: Look,
        mark: str,
        vial: RunningVial,
        now: Callable[[], datetime],
        record: Record,
        parent: QWidget | None = None,
        corrected: str = "",
    ) -> None:
        question = self.tr(
            "STOP the infusion and discard the vial? The day cannot be given again in full: "
            "its order ends, and a physician decides on the rest. How much went in?"
        )
        act = self.tr("&Break off infusion")
        if corrected:
            question = self.tr("{0}. How much of it really went in?").format(corrected)
            act = self.tr("&Put the amount right")
        super().__init__(look, question, act, parent)
        self._mark, self._vial, self._now, self._record = mark, vial, now, record
        self._make_answers(look)
        self._add_answers(look)
        self.amount.edited.connect(self._amount_typed)
        for field in (self.ran, self.held):
            field.edited.connect(self._volume_typed)
        for choice in self._choices():
            show_edge(choice, look)
            choice.toggled.connect(self._typed)
        self.typed.toggled.connect(self._to_amount)
        self.typed.pressed.connect(self._much_chosen)
        self.sure.toggled.connect(self._typed)

    def _make_answers(self, look: Look) -> None:
        mark = self._mark
        self.typed = QRadioButton(self.tr("This &much:"))
        self.by_volume = QRadioButton(self.tr("By the &volume that ran:"))
        self.nothing = QRadioButton(self.tr("N&othing"))
        self.unknown = QRadioButton(self.tr("Not &known"))
        name = self.tr("How much went in")
        self.amount = NumberField("number", "mg", look, mark, name=name, width=110)
        ran, held = self.tr("Volume that ran"), self.tr("Volume of the whole infusion")
        self.ran = NumberField("number", "mL", look, mark, name=ran, width=90)
        self.held = NumberField("number", "mL", look, mark, name=held, width=90)
        self.sure = tick_box(self.tr("&It is so: I read it again"), look, 24)
        self.sure.setFont(look.font("body", "strong"))
        self.sure.hide()
        self._asked_of: WentIn | None = None
        self.refusals = RefusalNote(look)

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
        box.addWidget(self.sure)
        for choice in self._choices():
            choice.setFont(look.font("body"))
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertLayout(2, box)
            column.insertWidget(column.count() - 1, self.refusals)
        QWidget.setTabOrder(self.typed, self.amount.edit)
        QWidget.setTabOrder(self.amount.edit, self.by_volume)
        QWidget.setTabOrder(self.by_volume, self.ran.edit)
        QWidget.setTabOrder(self.ran.edit, self.held.edit)
        QWidget.setTabOrder(self.held.edit, self.nothing)
        QWidget.setTabOrder(self.nothing, self.unknown)
        QWidget.setTabOrder(self.unknown, self.sure)
        QWidget.setTabOrder(self.sure, self.reason)

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
        if isinstance(ran, Decimal) and isinstance(held, Decimal):
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

    def _much_chosen(self) -> None:
        """At once: Qt clicks a button by its letter a tenth of a second late, and a nurse types on."""
        self.typed.setChecked(True)
        self.amount.edit.setFocus()

    def _to_amount(self) -> None:
        if self.typed.isChecked() and self.amount.is_empty():
            self.amount.edit.setFocus()

    def accept(self) -> None:
        """Record it; what is refused stays on the form, with everything typed."""
        went_in = self.went_in()
        if went_in is None:
            return
        asked = self._judged().asked
        reason = f"{self.text()}; read again: {asked}" if asked else self.text()
        recorded, why = self._record(went_in, reason)
        self.refusals.show_reasons(why)
        if recorded:
            super().accept()

    def _judged(self) -> Judged:
        return judge_went_in(self._vial, self.went_in(), self._now(), self._mark)

    def _typed(self) -> None:
        """Say at the field what cannot be and what is asked; only what can be is recorded."""
        went_in, judged = self.went_in(), self._judged()
        for field, choice in ((self.amount, self.typed), (self.ran, self.by_volume)):
            if field.refusal():
                continue  # it says itself why it cannot be read
            words = (judged.refused or judged.asked) if choice.isChecked() else ""
            field.set_note(words, "impossible" if judged.refused else "unusual")
        if went_in != self._asked_of:  # another amount is asked about anew
            self._asked_of = went_in
            self.sure.setChecked(False)
        self.sure.setVisible(bool(judged.asked))
        open_question = judged.asked and not self.sure.isChecked()
        may = went_in is not None and not judged.refused and not open_question
        self.act.setEnabled(bool(self.text()) and may)


def ask_break_off(
    parent: QWidget,
    look: Look,
    mark: str,
    vial: RunningVial,
    now: Callable[[], datetime],
    record: Record,
    corrected: str = "",
) -> bool:
    """Ask how much went in and why, and record it; whether it was recorded."""
    dialog = BreakOffDialog(look, mark, vial, now, record, parent, corrected)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
