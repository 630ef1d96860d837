"""The fields a person types into: what is typed stays as typed, and what was read stands beside it.

Decision (hazards H1, H34): Qt's spin boxes, validators and date edits were rejected. They turn
"3,5" into 35 without a word, and a wheel over them changes a dose. Here a plain line edit keeps
every character, the strict reader judges the text at each edit, the read value is echoed with
its unit, and a refusal says what would be right.
"""

from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from bedside.desktop.choice import Choice
from bedside.desktop.flowing import whole
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.spoken import english_day
from bedside.units.dates import read_date, write_date, write_weekday_date
from bedside.units.quantities import (
    Anc,
    Blasts,
    BodyLength,
    BodyWeight,
    Haemoglobin,
    Platelets,
    WhiteCells,
)
from bedside.units.quantity_reader import Quantity, in_field
from bedside.units.refusal import Refused
from bedside.units.writer import (
    write_count,
    write_haemoglobin,
    write_length,
    write_number,
    write_weight,
)

__all__ = ["Choice", "DateField", "NumberField", "PlainEdit", "TypedField", "written"]


class Echo(QLabel):
    """What was read: in full where there is room for it, else in brief; never a part of a figure."""

    def __init__(self) -> None:
        super().__init__()
        self._full = self._brief = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, full: str, brief: str) -> None:
        """Show what was read; the room of the brief words is always kept."""
        self._full, self._brief = full, brief
        self.setMinimumWidth(self._wide(brief) if full else 0)
        self._fit()

    def text(self) -> str:
        """What was read, in full."""
        return self._full

    def drawn(self) -> str:
        """The words that are in sight."""
        return super().text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the words that fit."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the words that fit the room it is shown in."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        cut = self.isVisible() and self.width() < self._wide(self._full)
        self.setText(self._brief if cut else self._full)

    def _wide(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words) + 2


class TypedField(QWidget):
    """A line edit, what stands beside it, and the sentence below it.

    The parts are open, so that a page may set them into its own grid: ``edit``, ``unit_label``,
    ``echo`` and ``note``.

    Signals:
        edited: the text is another one.
    """

    edited = Signal()

    def __init__(self, name: str, look: Look, *, unit: str = "", width: int = 0) -> None:
        super().__init__()
        self.look = look
        self.edit = PlainEdit(name)
        self.unit_label = QLabel(unit)
        self.echo = Echo()
        self.note = QLabel()
        self._refusal = ""
        self._value: object = None
        self._arrange(width)
        self.setFocusProxy(self.edit)
        self.set_name(name)
        self.edit.textChanged.connect(self._text_changed)

    def _arrange(self, width: int) -> None:
        if width:
            self.edit.setFixedWidth(self.look.px(width))
        self.unit_label.setProperty("quiet", True)
        self.note.setWordWrap(True)
        self.note.hide()
        for label in (self.unit_label, self.echo):
            label.setFont(self.look.font("body"))
        for label in (self.unit_label, self.echo, self.note):
            label.setTextFormat(
                Qt.TextFormat.PlainText
            )  # what was typed is quoted letter by letter
        self.note.setFont(self.look.font("small"))
        self.edit.setFont(self.look.font("body_strong_banner", "strong"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.edit, 0, 0)
        grid.addWidget(self.unit_label, 0, 1)
        grid.addWidget(self.echo, 0, 2)
        grid.addWidget(self.note, 1, 0, 1, 3)
        grid.setColumnStretch(2 if width else 0, 1)
        self.unit_label.setVisible(bool(self.unit_label.text()))

    def set_name(self, name: str) -> None:
        """Set the name that is read out; every part takes its own from it."""
        self.name = name
        self.setAccessibleName(name)
        unit = self.unit_label.text()
        self.edit.setAccessibleName(f"{name}, {unit}" if unit else name)
        self.unit_label.setAccessibleName(self.tr("unit of {0}").format(name))
        self.echo.setAccessibleName(self.tr("{0}, read as").format(name))
        self.note.setAccessibleName(self.tr("{0}, note").format(name))

    def text(self) -> str:
        """Return the text exactly as typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put a text in, as if it were typed."""
        self.edit.setText(text)

    def clear(self) -> None:
        """Empty the field and its note; no Ctrl+Z brings back what was recorded or thrown away."""
        self.edit.setText("")  # unlike clear() it forgets what could be undone
        self.set_note("")

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.edit.text().strip()

    def refusal(self) -> str:
        """Return why the text cannot be read; "" when it can, or when the field is empty."""
        return self._refusal

    def set_note(self, words: str, level: str = "unusual") -> None:
        """Show a sentence below the field.

        Args:
            words: the sentence; "" takes it away.
            level: "usual" (quiet), "unusual" (asks to look again) or "impossible" (refused).
        """
        voice = {"unusual": "hold", "impossible": "stop"}.get(level, "quiet") if words else ""
        set_property(self.note, "voice", voice)
        self.note.setText(whole(words))
        self.note.setVisible(bool(words))
        set_property(self.edit, "trouble", voice == "stop")
        set_property(self.edit, "doubt", voice == "hold")
        self.edit.setAccessibleDescription(words or self.echo.text())

    def _text_changed(self, text: str) -> None:
        self._value, self._refusal, echo = None, "", ""
        if text.strip():
            try:
                self._value, echo = self._read(text)
            except Refused as refused:
                self._refusal = self._no_value(text) or " ".join(refused.reasons)
        self.echo.say(echo, self._brief(echo))
        self.set_note(self._refusal, "impossible")
        self.edited.emit()

    def _no_value(self, text: str) -> str:
        """What the text is, where it is known to be something else than a value; "" else."""
        return ""

    def _brief(self, echo: str) -> str:
        """The echo where there is little room; the figure and its unit stay."""
        return echo

    def _read(self, text: str) -> tuple[object, str]:
        """Read the text; return the value and its echo, or refuse."""
        return text, ""


class NumberField(TypedField):
    """A number with its unit beside it, read by the one strict reader.

    Args:
        kind: a kind of `bedside.units.quantity_reader`, e.g. "weight".
        unit: the unit that stands beside the field, "" for kind "number" where it is chosen or
            named elsewhere (`say_unit`).
        look: colours and fonts.
        mark: the station's decimal mark.
        name: what it is called when read out; the kind where it is left out.
    """

    def __init__(
        self, kind: str, unit: str, look: Look, mark: str = ".", *, name: str = "", width: int = 96
    ) -> None:
        self.kind, self.unit, self.mark = kind, unit, mark
        self._said = unit
        super().__init__(name or kind.capitalize(), look, unit=unit, width=width)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)

    def value(self) -> Quantity | None:
        """Return the typed value; None while the field is empty or refused."""
        value = self._value
        return value if isinstance(value, Quantity) else None

    def say_unit(self, unit: str) -> None:
        """Echo the figure with a unit that is chosen or named outside the field; "" for none yet."""
        self._said = unit or self.unit
        value = self.value()
        if value is not None:
            echo = self._echoed(value)
            self.echo.say(echo, self._brief(echo))
            self.edit.setAccessibleDescription(self.note.text() or echo)

    def _read(self, text: str) -> tuple[object, str]:
        value = in_field(self.kind, text, self.unit, self.mark)
        return value, self._echoed(value)

    def _no_value(self, text: str) -> str:
        """A band that was scanned in here is named as one."""
        from bedside.desktop.band_in_field import band_words

        return band_words(self, text)

    def _echoed(self, value: Quantity) -> str:
        return self.tr("read as {0}").format(written(value, self._said, self.mark))

    def _brief(self, echo: str) -> str:
        read_as = self.tr("read as {0}").partition("{0}")[0]
        return f"= {echo.removeprefix(read_as)}" if echo else ""


class DateField(TypedField):
    """A day, typed as 20-Nov-2026 or 2026-11-20; its weekday is echoed."""

    def __init__(self, name: str, look: Look, *, width: int = 126) -> None:
        super().__init__(name, look, width=width)
        self.edit.setPlaceholderText(self.tr("dd-MMM-yyyy"))

    def value(self) -> date | None:
        """Return the typed day; None while the field is empty or refused."""
        value = self._value
        return value if isinstance(value, date) else None

    def set_value(self, day: date) -> None:
        """Put a day in, as if it were typed."""
        self.set_text(write_date(day))

    def _read(self, text: str) -> tuple[object, str]:
        day = read_date(text)
        return day, write_weekday_date(day)

    def _text_changed(self, text: str) -> None:
        """Take a month in the letters of the screen's language, too; the field keeps the English ones."""
        day = english_day(text)
        if day != text:
            self.edit.setText(day)
        else:
            super()._text_changed(text)

    def _brief(self, echo: str) -> str:
        """The weekday: the rest of the date stands in the field."""
        return echo.partition(" ")[0]


def written(value: Quantity, unit: str, mark: str) -> str:
    """Write a typed quantity for its echo, always with its unit."""
    match value:
        case BodyWeight():
            return write_weight(value, mark)
        case BodyLength():
            return write_length(value, mark)
        case Anc() | Blasts() | Platelets() | WhiteCells():
            return write_count(value.per_ul)
        case Haemoglobin():
            return write_haemoglobin(value, mark)
    number = write_number(value, mark)
    return f"{number} {_of_one(unit) if number == '1' else unit}".strip()


def _of_one(unit: str) -> str:
    """A unit that is a counted word, for one of it; any other unit as it is."""
    say = QCoreApplication.translate
    ones = {
        say("Units", "minutes"): say("Units", "minute"),
        say("Units", "hours"): say("Units", "hour"),
        say("Units", "days"): say("Units", "day"),
        say("Units", "weeks"): say("Units", "week"),
    }
    return ones.get(unit, unit)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and let it be read again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
