"""The fields of the vital signs: a number with its unit, judged as it is typed, or a word chosen by a key."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.fields import PlainEdit
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.segments import Segments
from bedside.desktop.vital_marks import MARKS, Marked, read_mark

SITES = ("axillary", "oral", "tympanic", "rectal")
UNITS = ("°C", "°F")
_UNIT_LETTERS = {"c": 0, "f": 1}
NUMBERS = (
    ("heart-rate", "&Heart rate", "per min"),
    ("breaths", "B&reathing", "per min"),
    ("systolic", "S&ystolic", "mmHg"),
    ("diastolic", "&Diastolic", "mmHg"),
    ("mean-pressure", "Mea&n", "mmHg"),
    ("spo2", "SpO2", "%"),
    ("fio2", "Inspired O2", "%"),
    ("refill", "Refill", "s"),
    ("gcs", "GCS", "3 to 15"),
    ("urine", "Urine", "mL per kg per h"),
    ("vasoactives", "Vasoactive drugs", "running"),
)
WORDS = (
    ("support", "Breathing support", ("none", "oxygen or mask", "invasive")),
    ("avpu", "Consciousness", ("alert", "voice", "pain", "unresponsive")),
    ("pupils", "Pupils", ("both react", "one fixed", "both fixed")),
    ("unwell", "Looks ill, or a parent worries", ("no", "yes")),
)


class SignField(QWidget):
    """One number: its name, the edit, the unit beside it.

    Signals:
        edited: the text is another one.
    """

    edited = Signal()

    def __init__(self, name: str, unit: str, look: Look, *, width: int = 50) -> None:
        super().__init__()
        self._look, self._unit = look, unit
        plain = name.replace("&", "")
        self.edit = PlainEdit(plain)
        self.edit.setFixedWidth(look.px(width))
        self.edit.setFont(look.font("body_strong_banner", "strong"))
        self.edit.setAccessibleName(f"{plain}, {unit}")
        caption = QLabel(name)
        caption.setFont(look.font("caption"))
        name_field(caption, self.edit)
        self.unit = label(unit, look, "caption", colour="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(caption)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.edit)
        row.addWidget(self.unit)
        row.addStretch(1)
        column.addLayout(row)
        self.edit.textChanged.connect(self._changed)
        self.edit.editingFinished.connect(self._show_start)

    def text(self) -> str:
        """What is typed."""
        return self.edit.text().strip()

    def mark(self) -> Marked | None:
        """That it has no value; None where one is meant."""
        return read_mark(self.edit.text())

    def _show_start(self) -> None:
        """Show the key of a long reason rather than its end."""
        self.edit.setCursorPosition(0)

    def _changed(self) -> None:
        tell_mark(self.unit, self._unit, self.mark(), self._look, "quiet")
        self.edited.emit()


def tell_mark(
    part: QLabel, plain: str, mark: Marked | None, look: Look, colour: str = "ink"
) -> None:
    """Say in a field's own label that it has no value, or what the label says else."""
    part.setText(plain if mark is None else mark.state)
    weight = "text" if mark is None else "strong"
    dress(part, look, "caption", weight, colour if mark is None else "hold")


class WordField(QWidget):
    """One sign that is a word; nothing is chosen until a person chooses it.

    Signals:
        edited: another word is chosen.
    """

    edited = Signal()

    def __init__(self, name: str, words: tuple[str, ...], look: Look) -> None:
        super().__init__()
        self.words = words
        self._look, self._name = look, name
        self._mark: Marked | None = None
        self.segments = Segments(words, name, look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self.caption = label(name, look, "caption")
        column.addWidget(self.caption)
        row = QHBoxLayout()
        row.addWidget(self.segments)
        row.addStretch(1)
        column.addLayout(row)
        self.segments.setMinimumHeight(look.px(28))
        self.segments.chosen.connect(self._chosen)
        self.segments.unmatched.connect(self._keyed)

    def mark(self) -> Marked | None:
        """That it has no value; None where a word is chosen, or nothing."""
        return self._mark

    def value(self) -> str:
        """The chosen word; "" while none is."""
        number = self.segments.value()
        return "" if number < 0 else self.words[number]

    def clear(self) -> None:
        """Choose none."""
        self._set_mark(None)
        self.segments.choose(-1)

    def _chosen(self, number: int) -> None:
        self._set_mark(None)
        self.edited.emit()

    def _keyed(self, text: str) -> None:
        """Minus says not done, x unusable; the same key again takes it back."""
        state = MARKS.get(text.casefold())
        if state is None:
            self.caption.setText(not_taken(self._name, text))
            dress(self.caption, self._look, "caption", "strong", "hold")
            return
        again = self._mark is not None and self._mark.state == state
        self._set_mark(None if again else Marked(state))
        self.segments.choose(-1)
        self.edited.emit()

    def _set_mark(self, mark: Marked | None) -> None:
        self._mark = mark
        words = self._name if mark is None else f"{self._name}: {mark.state}"
        tell_mark(self.caption, self._name, None if mark is None else mark, self._look)
        self.caption.setText(words)


def not_taken(name: str, text: str) -> str:
    """Say aloud that a key did nothing here: none of the words begins with it."""
    words = QCoreApplication.translate("SignField", "{0}: “{1}” is not taken here")
    return words.format(name, text)


class TemperatureField(QWidget):
    """The temperature: a large field, its unit, and where it was taken.

    Signals:
        edited: something in it changed.
        passed: a figure was typed on its buttons, where no figure goes.
    """

    edited = Signal()
    passed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        name = self.tr("Temperature")
        self.edit = PlainEdit(name)
        self.edit.setFixedWidth(look.px(92))
        self.edit.setFont(look.font("page_title", "strong"))
        self.edit.setMinimumHeight(look.px(34))
        caption = QLabel(self.tr("&Temperature"))
        caption.setFont(look.font("caption"))
        name_field(caption, self.edit)
        self.unit = Segments(UNITS, self.tr("Unit of the temperature"), look)
        self.unit.choose(0)
        sites = (self.tr("arm"), self.tr("mouth"), self.tr("ear"), self.tr("rectal"))
        self.site = Segments(sites, self.tr("Where it was taken"), look)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.addWidget(caption, 0, 0)
        self.where = label(self.tr("taken where? A M E R"), look, "caption")
        grid.addWidget(self.where, 0, 2)
        for column, part in enumerate((self.edit, self.unit, self.site)):
            grid.addWidget(part, 1, column)
        grid.setColumnStretch(3, 1)
        self.edit.textChanged.connect(self._retyped)
        self.unit.chosen.connect(self._chosen)
        self.site.chosen.connect(self._chosen)
        self.unit.unmatched.connect(self._keyed)
        self.site.unmatched.connect(self._keyed)
        self.edit.goes_on = self.site.stop
        self.unit.let_return_go_on(self.site.stop)

    def text(self) -> str:
        """What is typed."""
        return self.edit.text().strip()

    def mark(self) -> Marked | None:
        """That it has no value; None where one is meant."""
        return read_mark(self.edit.text())

    def unit_words(self) -> str:
        """The unit beside the field."""
        return UNITS[max(self.unit.value(), 0)]

    def site_key(self) -> str:
        """Where it was taken; "" while nobody said."""
        number = self.site.value()
        return "" if number < 0 else SITES[number]

    def clear(self) -> None:
        """Empty it; the unit is °C again."""
        self.edit.clear()
        self.unit.choose(0)
        self.site.choose(-1)
        self.tell()

    def tell(self) -> None:
        """Say what is missing, or that a rectal temperature is not advised."""
        mark = self.mark()
        if mark is not None:
            tell_mark(self.where, "", mark, self._look)
            return
        rectal = self.site_key() == "rectal"
        text = self.tr("not advised: neutropenia") if rectal else self.tr("taken where? A M E R")
        self.where.setText(text)
        dress(self.where, self._look, "caption", colour="hold" if rectal else "ink")

    def refuse_key(self, text: str) -> None:
        """Say that a typed key was not taken."""
        self.where.setText(not_taken(self.tr("taken where? A M E R"), text))
        dress(self.where, self._look, "caption", "strong", "hold")

    def _keyed(self, text: str) -> None:
        """A letter of the other row of buttons, from either: the unit's C and F, the site's A M E R."""
        unit = _UNIT_LETTERS.get(text.casefold())
        if unit is not None:
            self.unit.choose(unit)
            self._chosen(unit)
        elif text.isdecimal():
            self.passed.emit(text)
        elif not self.site.take_letter(text):
            self.refuse_key(text)

    def _chosen(self, number: int) -> None:
        self.tell()
        self.edited.emit()

    def _retyped(self) -> None:
        self.tell()
        self.edited.emit()
