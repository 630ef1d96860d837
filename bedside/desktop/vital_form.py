"""The form for vital signs: temperature first, everything by keyboard, each value judged as it is typed."""

import itertools
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.fields import DateField, PlainEdit
from bedside.desktop.flowing import whole
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.time_field import TimeField
from bedside.desktop.typed_moment import TypedMoment
from bedside.desktop.vital_fields import (
    NUMBERS,
    WORDS,
    SignField,
    TemperatureField,
    WordField,
)
from bedside.desktop.vital_marks import Marked
from bedside.units.refusal import Refused
from bedside.ward.fever_signs import NewSign, NewSigns
from bedside.ward.views.pages import Judged

Judge = Callable[[NewSign], Judged]
_FIRST = ("heart-rate", "breaths", "systolic", "diastolic", "spo2", "fio2", "refill")
_LAST = ("gcs", "mean-pressure", "urine", "vasoactives")
_SELDOM = ("support", "pupils")  # words that are folded away with the numbers of _LAST


class VitalForm(QWidget):
    """What a nurse types of one moment.

    Signals:
        edited: something in it changed.
    """

    edited = Signal()

    def __init__(self, look: Look, judge: Judge, wall: Callable[[], datetime]) -> None:
        super().__init__()
        self._look, self._judge = look, judge
        self._filled = ("", "")
        self._odd_before = ""
        self.temperature = TemperatureField(look)
        self.numbers = {key: SignField(name, unit, look) for key, name, unit in NUMBERS}
        self.choices = {key: WordField(name, words, look) for key, name, words in WORDS}
        self.date = DateField(self.tr("Taken, date"), look, width=126)
        self.time = TimeField(self.tr("Taken, time"), look, width=66)
        self.time.follow(self.date, wall, self._ask_which)
        self.note = label("", look, "small", "medium", wrap=True)
        self.note.setAccessibleName(self.tr("About what is typed"))
        self.record_button = KeyButton(self.tr("Record vital signs"), "Ctrl+Return", look)
        self.more_button = KeyButton(self.tr("More signs"), "Alt+M", look)
        self.why = PlainEdit(self.tr("Why there is no value"))
        self.why.setPlaceholderText(self.tr("asleep, movement, no cuff of this size…"))
        self.more, self.why_row = QWidget(), QWidget()
        self._which = QHBoxLayout()  # which time is meant, where it comes twice
        self._build()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.temperature.edited.connect(self._typed)
        self.temperature.passed.connect(self._figure_passed)
        for field in self.numbers.values():
            field.edited.connect(self._typed)
        for choice in self.choices.values():
            choice.edited.connect(self._typed)
        for when in (self.date, self.time):
            when.edited.connect(self._typed)
        self.why.textChanged.connect(self._typed)
        self.more_button.clicked.connect(self.fold)

    def fold(self) -> None:
        """Show the signs that are seldom taken, or put them away; typed ones are kept."""
        self.more.setVisible(self.more.isHidden())
        self._tell_fold()

    def start(self, now: datetime) -> None:
        """Fill in the time, unless something is typed already."""
        if self.is_dirty():
            return
        self.date.set_value(now.date())
        self.time.set_now(now)
        self._filled = (self.date.text(), self.time.text())
        self._typed()

    def clear(self, now: datetime) -> None:
        """Empty the form."""
        self.temperature.clear()
        for field in self.numbers.values():
            field.edit.clear()
        for choice in self.choices.values():
            choice.clear()
        self.why.clear()
        self._odd_before = ""
        self._filled = (self.date.text(), self.time.text())
        self.start(now)

    def is_dirty(self) -> bool:
        """Whether typed values would be lost."""
        return bool(self.signs()) or self.temperature.site.value() >= 0 or bool(self.why.text())

    def taken(self) -> TypedMoment:
        """When they were taken."""
        return self.time.moment()

    def signs(self) -> tuple[NewSign, ...]:
        """What is typed or chosen."""
        found = []
        if self.temperature.text():
            unit, site = self.temperature.unit_words(), self.temperature.site_key()
            value = NewSign("temperature", self.temperature.text(), unit, site)
            found.append(self._marked("temperature", self.temperature.mark()) or value)
        for key, field in self.numbers.items():
            if field.text():
                number = NewSign(cast(Any, key), field.text())
                found.append(self._marked(key, field.mark()) or number)
        for key, choice in self.choices.items():
            word = NewSign(cast(Any, key), word=choice.value())
            marked = self._marked(key, choice.mark())
            if marked or word.word:
                found.append(marked or word)
        return tuple(found)

    def _marked(self, key: str, mark: Marked | None) -> NewSign | None:
        """A sign without a value, with the reason typed in its field or in the common line."""
        if mark is None:
            return None
        reason = mark.reason or self.why.text().strip()
        return NewSign(cast(Any, key), state=mark.state, reason=reason)

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
            if sign.state != "done":
                continue  # its reason is asked for beside it
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
        self.note.setText(whole("\n".join(words)))
        self.note.setVisible(bool(words))
        self.record_button.setEnabled(bool(self.signs()))
        self.why_row.setVisible(any(sign.state != "done" for sign in self.signs()))
        self._tell_fold()
        self.edited.emit()

    def _tell_fold(self) -> None:
        """Say on the button what it does, and how many folded signs are typed."""
        kinds = (*_SELDOM, *_LAST)
        typed = sum(1 for sign in self.signs() if sign.kind in kinds)
        if not self.more.isHidden():
            self.more_button.setText(self.tr("Fewer signs"))
        elif typed:
            self.more_button.setText(self.tr("More signs ({0} typed)").format(typed))
        else:
            self.more_button.setText(self.tr("More signs"))

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
        self._which.setSpacing(12)
        first = QHBoxLayout()
        first.setSpacing(16)
        first.addWidget(self.temperature)
        when = QVBoxLayout()
        when.setSpacing(1)
        taken = label(self.tr("Ta&ken"), self._look, "caption")
        taken.setTextFormat(taken.textFormat().AutoText)
        name_field(taken, self.time.edit)
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
        column.addLayout(self._which)
        words, numbers = self.choices, self.numbers
        column.addLayout(self._row(tuple(numbers[key] for key in _FIRST)))
        column.addLayout(self._row((words["unwell"], words["avpu"])))
        seldom = QVBoxLayout(self.more)
        seldom.setContentsMargins(0, 0, 0, 0)
        seldom.setSpacing(6)
        seldom.addLayout(self._row(tuple(words[key] for key in _SELDOM)))
        seldom.addLayout(self._row(tuple(numbers[key] for key in _LAST)))
        self.more.hide()
        column.addWidget(self.more)
        column.addWidget(self.why_row)
        self._build_why()
        self._build_last(column)
        self._set_order()

    def _ask_which(self, question: QWidget) -> None:
        """A line of its own: beside the time there is no room for the words."""
        self._which.addWidget(self.time.note, 1)
        self._which.addWidget(question)

    def _build_why(self) -> None:
        row = QHBoxLayout(self.why_row)
        row.setContentsMargins(0, 0, 0, 0)
        name = label(self.tr("&Why no value"), self._look, "small", "strong", "hold")
        name.setTextFormat(name.textFormat().AutoText)
        name_field(name, self.why)
        row.addWidget(name)
        row.addWidget(self.why, 1)
        self.why_row.hide()

    def _build_last(self, column: QVBoxLayout) -> None:
        last = QHBoxLayout()
        last.setSpacing(12)
        for part in (self.record_button, self.more_button):
            last.addWidget(part)
        last.addStretch(1)
        column.addLayout(last)
        column.addWidget(self.note)  # a line of its own: beside the buttons it was cut
        self.note.hide()

    def _row(self, fields: tuple[QWidget, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in fields:
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        return row

    def _set_order(self) -> None:
        """Tab: temperature, unit, site, then the signs in the order they are taken, then the time.

        No part that holds a field stands for it: one behind the last field would lead Tab back to the
        first, and nobody would come out of the form.
        """
        for holder in (self.time, self.date):
            holder.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none
        numbers, words = self.numbers, self.choices
        order: list[QWidget] = [self.temperature.edit]
        order += [*self.temperature.unit.buttons, *self.temperature.site.buttons]
        order += [numbers[key].edit for key in _FIRST]
        order += [*words["unwell"].segments.buttons, *words["avpu"].segments.buttons]
        order += [*words["support"].segments.buttons, *words["pupils"].segments.buttons]
        order += [numbers[key].edit for key in _LAST]
        order += [self.why, self.record_button, self.more_button, self.time.edit, self.date.edit]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)
        self._let_return_go_on()

    def _let_return_go_on(self) -> None:
        """Return goes from sign to sign and chooses no word: two Returns must not say "no"."""
        numbers, words = self.numbers, self.choices
        self.temperature.site.let_return_go_on(lambda: numbers[_FIRST[0]].edit)
        words["unwell"].segments.let_return_go_on(words["avpu"].segments.stop)
        words["avpu"].segments.let_return_go_on(self._after_words)
        words["support"].segments.let_return_go_on(words["pupils"].segments.stop)
        words["pupils"].segments.let_return_go_on(lambda: numbers[_LAST[0]].edit)

    def _after_words(self) -> QWidget:
        if not self.more.isHidden():
            return self.choices["support"].segments.stop()
        return self.record_button if self.why_row.isHidden() else self.why

    def _figure_passed(self, text: str) -> None:
        """A figure typed on the temperature's buttons is the next sign's, while that is empty."""
        edit = self.numbers[_FIRST[0]].edit
        if edit.text():
            self.temperature.refuse_key(text)
        else:
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            edit.insert(text)
