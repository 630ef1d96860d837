"""One figure that a person counts: the field, what was read of it, and the first person's, hidden."""

from decimal import Decimal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.fields import NumberField
from bedside.desktop.flowing import whole
from bedside.desktop.hatched import Hatched
from bedside.desktop.labels import dress, label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.units.quantities import BodyWeight
from bedside.units.quantity_reader import Quantity
from bedside.units.refusal import Refused
from bedside.units.writer import write_number

_FIELD = (112, 40)
_HIDDEN = (116, 40)
_READ_WIDE = 158


class CountField(NumberField):
    """A figure above nought, read by the one strict reader."""

    places = 3  # decimals that are taken

    def _read(self, text: str) -> tuple[object, str]:
        value, echo = super()._read(text)
        figure = value.kg if isinstance(value, BodyWeight) else value
        if not isinstance(figure, Decimal | int) or figure <= 0:
            raise Refused(self.tr("Nought is no count: type what you counted."))
        if figure >= 1_000_000 or figure * 10**self.places % 1:
            words = self.tr("Below a million, with at most {0} decimals.")
            raise Refused(words.format(self.places))
        return value, echo


class CountEntry(QObject):
    """A row of the form: it puts its parts into the form's own grid.

    Args:
        kind: "weight" or "number", as the strict reader calls it.
        title: the name with its mnemonic, e.g. "&Weight".
        unit: stands beside the field.
        look: colours and fonts.
        form: the form that it belongs to.
        mark: the station's decimal mark.
        places: decimals that are taken.

    Signals:
        changed: the text is another one.
    """

    changed = Signal()

    def __init__(
        self,
        kind: str,
        title: str,
        unit: str,
        look: Look,
        form: QWidget,
        mark: str,
        *,
        places: int = 3,
    ) -> None:
        super().__init__(form)
        self._look, self.unit = look, unit
        self.then: QWidget | None = None  # where Return goes on; None is where Tab goes
        name = title.replace("&", "")
        self.field = CountField(kind, unit, look, mark, name=name, width=_FIELD[0])
        self.field.places = places
        self.field.setParent(form)  # its parts stand in the form's grid, itself nowhere
        self.field.hide()
        self.field.edit.setFixedWidth(look.px(_FIELD[0]))
        self.field.edit.setStyleSheet(f"QLineEdit {{ min-height: {_FIELD[1] - 2}px; }}")
        self.field.edit.setFont(look.font("banner_name", "title"))
        # a refused figure keeps nobody: what is typed on blindly, a PIN at last, would stand in it in clear
        self.field.edit.goes_on = lambda: self.then
        self.title = QLabel(title)
        self.title.setFont(look.font("body", "strong"))
        name_field(self.title, self.field.edit)
        self.mark = MarkLabel("go", look, 16)
        self.strong = label("", look, "body", wrap=True)
        self.small = label("", look, "small", colour="quiet", wrap=True)
        self.hidden = Hatched(
            self.tr("hidden"), look, self.tr("{0} of the first person").format(name), _HIDDEN
        )
        self.field.edited.connect(self._tell)
        self._tell()

    def put_into(self, grid: QGridLayout, row: int) -> None:
        """Lay the parts into a row of the grid."""
        top = Qt.AlignmentFlag.AlignTop
        self.title.setFixedHeight(self._look.px(_FIELD[1]))
        grid.addWidget(self.title, row, 0, top)
        typed = QHBoxLayout()
        typed.setSpacing(8)
        typed.addWidget(self.field.edit)
        typed.addWidget(label(self.unit, self._look, "course_day", "medium"))
        typed.addStretch(1)
        grid.addLayout(typed, row, 1, top)
        said = QWidget()
        said.setMinimumWidth(self._look.px(_READ_WIDE))
        line = QHBoxLayout(said)
        line.setContentsMargins(0, 4, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.mark, 0, top)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.strong)
        words.addWidget(self.small)
        words.addStretch(1)
        line.addLayout(words, 1)
        grid.addWidget(said, row, 2, top)
        grid.addWidget(self.hidden, row, 3, top)

    def value(self) -> Quantity | None:
        """What was read; None while it is empty or refused."""
        return self.field.value()

    def say_beside(self, words: str, level: str = "usual") -> None:
        """Show a comparison below what was read; it asks to look again where it is unusual."""
        self.small.setText(whole(unbroken(words)))
        colour = "quiet" if level == "usual" else "hold"
        dress(self.small, self._look, "small", colour=colour)

    def _tell(self) -> None:
        typed, refusal = self.field.text().strip(), self.field.refusal()
        self.mark.setVisible(bool(typed))
        if not typed:
            self._say(self.tr("not yet entered"), "", "quiet", "text")
        elif refusal:
            self.mark.set_mark("stop")
            self._say(self.tr("{0} not read").format(typed), refusal, "stop", "strong")
        else:
            self.mark.set_mark("go")
            self._say(self.field.echo.text(), "", "ink", "strong")
        self.changed.emit()

    def _say(self, strong: str, small: str, colour: str, weight: str) -> None:
        self.strong.setText(strong)
        dress(self.strong, self._look, "body", weight, colour)
        self.small.setText(whole(small))
        dress(self.small, self._look, "small", colour="ink" if colour == "stop" else "quiet")


def figure_words(figure: Decimal, unit: str, mark: str) -> str:
    """A figure with its unit, as it is compared: "1.55 mL"."""
    return f"{write_number(figure, mark)} {unit}"
