"""One row of a pass: what is asked, where it is typed, the unit to choose, and how it is read."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.choice import Choice
from bedside.desktop.flowing import whole
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.units.refusal import Refused
from bedside.ward.views.commissioning import PassRow

NOT_STATED = "not stated"
_WORDS, _EDIT, _LONG_EDIT, _UNIT = 250, 110, 240, 116

_UNITS = {
    "mg/m2": "mg per m²",
    "mg/kg": "mg per kg",
    "micrograms/m2": "micrograms per m²",
    "micrograms/kg": "micrograms per kg",
    "units/m2": "units per m²",
    "units/kg": "units per kg",
    "mg/mL": "mg per mL",
    "units/mL": "units per mL",
    "/µL": "per µL",
    "10^9/L": "× 10⁹ per L",
}

Read = Callable[[str], str]


class RowEdit(PlainEdit):
    """The field of a row; says when it has the keyboard.

    Signals:
        entered: the field has the keyboard.
    """

    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusInEvent(event)
        self.entered.emit()


class CommissionRow(QWidget):
    """One number of a pass.

    Args:
        at: its place, from 1.
        row: what is asked, and this person's own text.
        look: fonts and colours.
        read: how the ward reads a text; refuses what it cannot read.

    Signals:
        entered: the row has the keyboard.
        ready: the text is another one and can be read: to be recorded.
        edited: the text is another one.
    """

    entered = Signal()
    ready = Signal()
    edited = Signal()

    def __init__(self, at: int, row: PassRow, look: Look, read: Read) -> None:
        super().__init__()
        self.row, self._look, self._read = row, look, read
        self.recorded = row.typed
        name = f"{row.section}, {row.words}"
        self.edit = RowEdit(name)
        units = tuple((unit, _UNITS.get(unit, unit)) for unit in row.units)
        self.unit = Choice(f"unit of {name}", units, look)
        options = (*row.choices, (NOT_STATED, "not stated in my copy"))
        self.choice = Choice(name, options, look)
        self.echo = label("", look, "body", "strong", wrap=True)
        self.note = label("", look, "small", colour="stop", wrap=True)
        self.note.hide()
        self._arrange(at)
        self._fill(row.typed)
        for signal in (self.edit.textChanged, self.unit.edited, self.choice.edited):
            signal.connect(self._changed)
        self.edit.editingFinished.connect(self._left)
        self.edit.entered.connect(self.entered)
        self.unit.edited.connect(self._left)
        self.choice.edited.connect(self._left)
        self._show_reading()

    def _arrange(self, at: int) -> None:
        look, row = self._look, self.row
        self.setObjectName("row")
        number = label(str(at), look, "small", colour="quiet")
        number.setFixedWidth(look.px(22))
        words = label(row.words, look, wrap=True)
        words.setFixedWidth(look.px(_WORDS))
        name_field(words, self.field)
        self.edit.setFont(look.font("body_strong_banner", "strong"))
        self.edit.setFixedWidth(look.px(_EDIT if row.units else _LONG_EDIT))
        self.choice.setFixedWidth(look.px(_LONG_EDIT))
        self.unit.setFixedWidth(look.px(_UNIT))
        line = QHBoxLayout()
        line.setContentsMargins(8, 5, 8, 5)
        line.setSpacing(10)
        line.addWidget(number)
        line.addWidget(words)
        line.addWidget(self.field)
        if len(row.units) > 1 and not row.choices:
            line.addWidget(self.unit)
        elif row.units:
            line.addWidget(self._fixed_unit())
        line.addWidget(self.echo, 1)
        for part in (self.edit, self.choice, self.unit):
            part.setParent(self)
        self.edit.setVisible(not row.choices)
        self.choice.setVisible(bool(row.choices))
        self.unit.setVisible(len(row.units) > 1 and not row.choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.note)
        self.note.setContentsMargins(300, 0, 8, 5)
        self.show_focus(on=False)

    def _fixed_unit(self) -> QLabel:
        unit = label(self.row.units[0], self._look, colour="quiet")
        unit.setFixedWidth(self._look.px(_UNIT))
        return unit

    @property
    def field(self) -> QWidget:
        """Where this row is typed or chosen."""
        return self.choice if self.row.choices else self.edit

    def text(self) -> str:
        """The whole text: number and chosen unit, or the choice."""
        if self.row.choices:
            return self.choice.value() or ""
        typed = self.edit.text()
        unit = self.unit.value() if len(self.row.units) > 1 else None
        return f"{typed.strip()} {unit}" if unit and typed.strip() else typed

    def say_not_stated(self) -> None:
        """The copy states none."""
        if self.row.choices:
            self.choice.choose(NOT_STATED)
            return
        self.unit.choose(None)
        self.edit.setText(NOT_STATED)
        self.edit.selectAll()  # what is typed next replaces it
        self._left()

    def put(self, text: str) -> None:
        """Put a draft back, as it was typed."""
        if not self.row.choices:
            self.edit.setText(text)

    def is_draft(self) -> bool:
        """Whether something is typed that is not recorded."""
        return self.text().strip() != self.recorded.strip()

    def reading(self) -> str:
        """How the text is read; "" while it is empty or cannot be read."""
        return self._reading()[0]

    def show_focus(self, *, on: bool) -> None:
        """Show or take away the tint of the row in hand."""
        ground = self._look.colour("accent_tint" if on else "ground").name()
        line = self._look.colour("line").name()
        bar = self._look.colour("accent").name() if on else "transparent"
        self.setStyleSheet(
            f"#row {{ background: {ground}; border-bottom: 1px solid {line};"
            f" border-left: 3px solid {bar}; }}"
        )
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _fill(self, typed: str) -> None:
        if self.row.choices:
            self.choice.choose(typed or None)
            return
        head, _, unit = typed.rpartition(" ")
        if head and unit in self.row.units and len(self.row.units) > 1:
            self.edit.setText(head)
            self.unit.choose(unit)
        else:
            self.edit.setText(typed)

    def _reading(self) -> tuple[str, str]:
        """How the text is read, or why it is not."""
        text = self.text()
        if not text.strip():
            return "", ""
        try:
            return self._read(text), ""
        except Refused as refused:
            return "", " ".join(refused.reasons)

    def _waits_for_unit(self) -> bool:
        """Whether the number alone can be read: only its unit is missing, and none is the default."""
        if len(self.row.units) < 2 or self.row.choices or self.unit.value() is not None:
            return False
        try:
            self._read(f"{self.edit.text().strip()} {self.row.units[0]}")
        except Refused:
            return False
        return True

    def _changed(self) -> None:
        # a copy that states none has no unit either: Return goes on to the next row
        self.unit.setEnabled(self.edit.text().strip() != NOT_STATED)
        self._show_reading()
        self.edited.emit()

    def _show_reading(self) -> None:
        read, why = self._reading()
        waits = bool(why) and self._waits_for_unit()
        if read:
            words = self.tr("read as {0}").format(read)
        elif waits:
            words = self.tr("choose the unit")
        else:
            words = self.tr("not read") if why else self._empty_words()
        self.echo.setText(whole(words))
        dress(
            self.echo, self._look, "body", "strong" if read else "text", _colour(read, why, waits)
        )
        self.note.setText("" if waits else whole(why))
        self.note.setVisible(bool(why) and not waits)
        self.field.setAccessibleDescription(words if not why or waits else why)

    def _empty_words(self) -> str:
        """What to write, where it is not plain from the row itself."""
        if self.row.units or self.row.choices:
            return self.tr("empty")
        return self.tr("empty: {0}").format(self.row.how)

    def _left(self) -> None:
        if self.reading() and self.is_draft():
            self.ready.emit()


def _colour(read: str, why: str, waits: bool) -> str:
    if read:
        return "ink"
    return "stop" if why and not waits else "quiet"
