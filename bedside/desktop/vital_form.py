"""The form for vital signs: temperature first, everything by keyboard, each value judged as it is typed."""

import itertools
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bedside.desktop.fields import DateField, TimeField
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.typed_moment import TypedMoment, typed_moment
from bedside.desktop.vital_fields import (
    NUMBERS,
    WORDS,
    SignField,
    TemperatureField,
    WordField,
)
from bedside.units.refusal import Refused
from bedside.ward.fever_signs import NewSign, NewSigns
from bedside.ward.views.pages import Judged

Judge = Callable[[NewSign], Judged]
_FIRST = ("heart-rate", "breaths", "systolic", "diastolic", "spo2", "fio2", "refill")
_LAST = ("mean-pressure", "urine", "vasoactives")


class VitalForm(QWidget):
    """What a nurse types of one moment.

    Signals:
        edited: something in it changed.
    """

    edited = Signal()

    def __init__(self, look: Look, judge: Judge) -> None:
        super().__init__()
        self._look, self._judge = look, judge
        self._filled = ("", "")
        self._odd_before = ""
        self.temperature = TemperatureField(look)
        self.numbers = {key: SignField(name, unit, look) for key, name, unit in NUMBERS}
        self.choices = {key: WordField(name, words, look) for key, name, words in WORDS}
        self.date = DateField(self.tr("Taken, date"), look, width=126)
        self.time = TimeField(self.tr("Taken, time"), look, width=66)
        self.note = label("", look, "small", "medium", wrap=True)
        self.note.setAccessibleName(self.tr("About what is typed"))
        self.record_button = KeyButton(self.tr("Record vital signs"), "Ctrl+Return", look)
        self._build()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.temperature.edited.connect(self._typed)
        for field in self.numbers.values():
            field.edited.connect(self._typed)
        for choice in self.choices.values():
            choice.edited.connect(self._typed)
        for when in (self.date, self.time):
            when.edited.connect(self._typed)

    def start(self, now: datetime) -> None:
        """Fill in the time, unless something is typed already."""
        if self.is_dirty():
            return
        self.date.set_value(now.date())
        self.time.set_value(now.time())
        self._filled = (self.date.text(), self.time.text())
        self._typed()

    def clear(self, now: datetime) -> None:
        """Empty the form."""
        self.temperature.clear()
        for field in self.numbers.values():
            field.edit.clear()
        for choice in self.choices.values():
            choice.clear()
        self._odd_before = ""
        self._filled = (self.date.text(), self.time.text())
        self.start(now)

    def is_dirty(self) -> bool:
        """Whether typed values would be lost."""
        typed = any(field.text() for field in self.numbers.values())
        chosen = any(choice.value() for choice in self.choices.values())
        return (
            typed or chosen or bool(self.temperature.text()) or self.temperature.site.value() >= 0
        )

    def taken(self, wall: datetime) -> TypedMoment:
        """When they were taken, in the zone of ``wall``."""
        day, time = self.date.value(), self.time.value()
        return TypedMoment(None) if day is None or time is None else typed_moment(day, time, wall)

    def signs(self) -> tuple[NewSign, ...]:
        """What is typed or chosen."""
        found = []
        if self.temperature.text():
            unit, site = self.temperature.unit_words(), self.temperature.site_key()
            found.append(NewSign("temperature", self.temperature.text(), unit, site))
        for key, field in self.numbers.items():
            if field.text():
                found.append(NewSign(cast(Any, key), field.text()))
        for key, choice in self.choices.items():
            if choice.value():
                found.append(NewSign(cast(Any, key), word=choice.value()))
        return tuple(found)

    def reading(self, at: datetime) -> NewSigns:
        """The form as the ward takes it; unusual values count once they were looked at again."""
        odd = self._odd()
        reason = "typed a second time" if odd and odd == self._odd_before else ""
        self._odd_before = odd
        return NewSigns(at, self.signs(), reason)

    def _typed(self) -> None:
        worst = "usual"
        words: list[str] = []
        for sign in self.signs():
            try:
                judged = self._judge(sign)
            except Refused as refused:
                worst = "impossible"
                words += refused.reasons
                continue
            if judged.level == "impossible" or worst == "usual":
                worst = judged.level
            words += [judged.words] if judged.words else []
        colour = {"usual": "quiet", "unusual": "hold"}.get(worst, "stop")
        dress(self.note, self._look, "small", "medium", colour)
        self.note.setText(" ".join(words))
        self.record_button.setEnabled(bool(self.signs()))
        self.edited.emit()

    def _odd(self) -> str:
        """What is unusual in the form, as typed; "" when nothing is."""
        odd = []
        for sign in self.signs():
            try:
                if self._judge(sign).level == "unusual":
                    odd.append(f"{sign.kind} {sign.text} {sign.unit}")
            except Refused:
                continue
        return "; ".join(odd)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        first = QHBoxLayout()
        first.setSpacing(16)
        first.addWidget(self.temperature)
        when = QVBoxLayout()
        when.setSpacing(1)
        taken = label(self.tr("Ta&ken"), self._look, "caption")
        taken.setTextFormat(taken.textFormat().AutoText)
        taken.setBuddy(self.time.edit)
        at = QHBoxLayout()
        at.setSpacing(6)
        at.addWidget(self.time)
        at.addWidget(self.date)
        for field in (self.time, self.date):
            field.echo.hide()
        when.addWidget(taken)
        when.addLayout(at)
        first.addLayout(when)
        first.addStretch(1)
        column.addLayout(first)
        words, numbers = self.choices, self.numbers
        first_row = tuple(numbers[key] for key in _FIRST)
        column.addLayout(self._row(first_row))
        column.addLayout(self._row((words["unwell"], words["avpu"], numbers["gcs"])))
        column.addLayout(self._row((words["support"], words["pupils"])))
        column.addLayout(self._row(tuple(numbers[key] for key in _LAST)))
        last = QHBoxLayout()
        last.setSpacing(12)
        last.addWidget(self.record_button)
        last.addWidget(self.note, 1)
        column.addLayout(last)
        self._set_order()

    def _row(self, fields: tuple[QWidget, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in fields:
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        return row

    def _set_order(self) -> None:
        """Tab: temperature, unit, site, then the signs in the order they are taken, then the time."""
        numbers, words = self.numbers, self.choices
        order: list[QWidget] = [self.temperature.edit]
        order += [*self.temperature.unit.buttons, *self.temperature.site.buttons]
        order += [numbers[key].edit for key in _FIRST]
        order += [*words["unwell"].segments.buttons, *words["avpu"].segments.buttons]
        order.append(numbers["gcs"].edit)
        order += [*words["support"].segments.buttons, *words["pupils"].segments.buttons]
        order += [numbers[key].edit for key in _LAST]
        order += [self.record_button, self.time.edit, self.date.edit]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)
