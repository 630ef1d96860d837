"""The form of one count: what is given, three figures, and who signs; nothing of the other person."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.buttons import make_tall
from bedside.desktop.count_entry import CountEntry
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.where_parts import Chip
from bedside.units.dates import write_time
from bedside.units.quantities import BodyWeight, DrugAmount
from bedside.ward.check_sheet import compared_weight
from bedside.ward.views.second_check import CheckSheet, Counted, GivenLine
from bedside.ward.ward import Ward

_DOSE_PLACES = 6


class CountPanel(QFrame):
    """Count for yourself.

    Args:
        ward: the ward.
        look: colours and fonts.
        infant_id: the infant.
        sheet: what is given.

    Signals:
        leave_asked: drop what was typed.
        compare_asked: the three figures are read, and are to be kept.
        edited: a figure changed.
    """

    leave_asked = Signal()
    compare_asked = Signal()
    edited = Signal()

    def __init__(self, ward: Ward, look: Look, infant_id: int, sheet: CheckSheet) -> None:
        super().__init__()
        self._ward, self._look, self._infant_id, self.sheet = ward, look, infant_id, sheet
        mark = ward.decimal_mark
        self.weight = CountEntry("weight", self.tr("&Weight"), "kg", look, self, mark)
        self.dose = CountEntry(
            "number", self.tr("D&ose"), sheet.unit, look, self, mark, places=_DOSE_PLACES
        )
        self.volume = CountEntry("number", self.tr("&Volume"), "mL", look, self, mark)
        self.entries = (self.weight, self.dose, self.volume)
        self.leave_button = KeyButton(self.tr("Leave, keep nothing"), "Esc", look, bound=False)
        verb = self.tr("Keep &my count") if sheet.first is None else self.tr("Co&mpare")
        self.compare_button = QPushButton(verb)
        make_tall(self.compare_button, look)
        self.compare_button.setProperty("role", "act")
        self.why = label("", look, "small", colour="quiet")
        self.setObjectName("card")
        self.setStyleSheet(card_style(look))
        self._build()
        for entry in self.entries:
            entry.changed.connect(self._changed)
        self.leave_button.clicked.connect(self.leave_asked)
        self.compare_button.clicked.connect(self.compare_asked)
        self._changed()

    def counted(self) -> Counted | None:
        """The three figures; None while one of them is missing or refused."""
        weight, dose, volume = (entry.value() for entry in self.entries)
        if not isinstance(weight, BodyWeight):
            return None
        if not isinstance(dose, Decimal) or not isinstance(volume, Decimal):
            return None
        return Counted(weight, DrugAmount(dose, self.sheet.unit), volume)

    def is_dirty(self) -> bool:
        """Whether a typed figure would be lost."""
        return any(not entry.field.is_empty() for entry in self.entries)

    def _changed(self) -> None:
        weight = self.weight.value()
        if isinstance(weight, BodyWeight) and self.sheet.earlier is not None:
            self.weight.say_beside(
                *compared_weight(self._ward, self._infant_id, self.sheet.earlier, weight)
            )
        ready = self.counted() is not None and not self.sheet.cannot
        self.compare_button.setEnabled(ready)
        self.why.setText("" if ready else self.tr("needs 3 numbers that were read"))
        self.compare_button.setAccessibleDescription(self.why.text())
        self.edited.emit()

    def _build(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(3)
        column.addWidget(label(self.tr("Count for yourself"), look, "page_title", "strong"))
        column.addWidget(label(self._about(), look, "body", colour="quiet", wrap=True))
        column.addSpacing(6)
        column.addWidget(label(self.tr("You are given"), look, "body", "strong"))
        column.addWidget(rule(look, "edge"))
        for line in self.sheet.lines:
            column.addWidget(self._given(line))
            column.addWidget(rule(look, "line"))
        column.addSpacing(6)
        column.addLayout(self._form())
        for reason in self.sheet.cannot:
            column.addWidget(label(reason, look, "body", "strong", "hold", wrap=True))
        column.addStretch(1)
        as_high = QSizePolicy.Policy.Preferred  # as the button beside it
        self.leave_button.setSizePolicy(QSizePolicy.Policy.Minimum, as_high)
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        buttons.addWidget(self.why)
        buttons.addSpacing(8)
        buttons.addWidget(self.compare_button)
        column.addLayout(buttons)

    def _about(self) -> str:
        first = self.sheet.first
        if first is None:
            return self.tr("You count first: nobody sees your figures until a second has counted.")
        return self.tr("{0} counted at {1}; hidden until your three figures are read.").format(
            first.words, write_time(first.at)
        )

    def _given(self, line: GivenLine) -> QWidget:
        look = self._look
        holder = QWidget()
        holder.setFixedHeight(look.px(23))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        name = label(line.name, look, "body", colour="quiet")
        name.setFixedWidth(look.px(112))
        row.addWidget(name)
        words = QWidget()
        words.setFixedWidth(look.px(226))
        inner = QHBoxLayout(words)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(label(line.strong, look, "body", "strong"))
        inner.addWidget(label(line.plain, look, "body"))
        inner.addStretch(1)
        row.addWidget(words)
        row.addWidget(Chip(line.note, look) if line.site else label(line.note, look, "small"))
        row.addStretch(1)
        return holder

    def _form(self) -> QGridLayout:
        look = self._look
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        titles = ("", self.tr("Your count"), self.tr("What was read"), self.tr("First person"))
        if self.sheet.first is None:
            titles = (*titles[:3], "")
        for place, title in enumerate(titles):
            grid.addWidget(label(title, look, "caption", colour="quiet"), 0, place)
        grid.setColumnMinimumWidth(0, look.px(76))
        grid.setColumnStretch(2, 1)
        for number, entry in enumerate(self.entries, 1):
            entry.put_into(grid, number)
            grid.setRowMinimumHeight(number, look.px(62))
            if self.sheet.first is None:
                entry.hidden.hide()
        return grid


def card_style(look: Look) -> str:
    """A plain card with a hairline round it."""
    return (
        f"#card {{ background: {look.colour('surface').name()};"
        f" border: 1px solid {look.colour('line').name()}; }}"
    )
