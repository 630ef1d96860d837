"""Whose acts, of which kind, on which day, with which words: the line above the record."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.beside import ROOMY, Beside
from bedside.desktop.captions import name_field
from bedside.desktop.choice import Choice
from bedside.desktop.fields import DateField
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.ward.views.record import RecordView

_ALL = ""


class RecordFilters(QWidget):
    """Four filters; each that is left empty lets everything through.

    Args:
        look: fonts and colours.

    Signals:
        edited: something in it changed.
    """

    edited = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.search = PlainEdit(self.tr("Search the record"))
        self.who = Choice(self.tr("Who"), (), look, self.tr("everybody"))
        self.kind = Choice(self.tr("Kind of record"), (), look, self.tr("every kind"))
        self.day = DateField(self.tr("Day"), look, width=132)
        self.count = label("", look, "body", colour="quiet")
        self._lay_out()
        self.search.textChanged.connect(self.edited)
        for part in (self.who, self.kind, self.day):
            part.edited.connect(self.edited)

    def know(self, view: RecordView) -> None:
        """Offer the people and kinds of a record; what is chosen stays chosen where it is there."""
        offered = (
            (self.who, view.people, self.tr("everybody")),
            (self.kind, view.kinds, self.tr("every kind")),
        )
        for choice, names, everything in offered:
            kept = choice.value()
            choice.blockSignals(True)
            choice.clear()
            choice.addItem(everything, _ALL)
            for name in names:
                choice.addItem(name, name)
            choice.choose(kept if kept in names else None)
            choice.blockSignals(False)

    def clear(self) -> None:
        """Let everything through again."""
        self.search.clear()
        self.day.clear()
        self.who.choose(None)
        self.kind.choose(None)

    @property
    def text(self) -> str:
        """The words looked for."""
        return self.search.text()

    @property
    def person(self) -> str:
        """Whose acts; "" for everybody's."""
        return self.who.value() or _ALL

    @property
    def kind_name(self) -> str:
        """Which kind of record; "" for every kind."""
        return self.kind.value() or _ALL

    @property
    def on(self) -> date | None:
        """On which day; None for every day."""
        return self.day.value()

    def _lay_out(self) -> None:
        self.search.setFixedWidth(self._look.px(190))
        self.search.setFont(self._look.font("body"))
        self.who.setFixedWidth(self._look.px(190))
        self.kind.setFixedWidth(self._look.px(190))
        two = Beside(self._look, ROOMY, 8)
        people, kinds = QHBoxLayout(), QHBoxLayout()
        for number, (words, field, shown) in enumerate(
            (
                (self.tr("Sea&rch"), self.search, self.search),
                (self.tr("&Who"), self.who, self.who),
                (self.tr("&Kind"), self.kind, self.kind),
                (self.tr("Da&y"), self.day.edit, self.day.edit),
            )
        ):
            row = people if number < 2 else kinds
            row.setSpacing(8)
            row.addWidget(buddy(words, field, self._look))
            row.addWidget(shown)
        people.addStretch(1)
        kinds.addWidget(self.count, 1, Qt.AlignmentFlag.AlignRight)
        two.row.addLayout(people)
        two.row.addLayout(kinds, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(two)
        self.day.setParent(self)
        self.day.hide()  # its parts stand in this row, it itself does not


def buddy(words: str, field: QWidget, look: Look) -> QLabel:
    """A label whose letter with Alt goes to a field."""
    made = label(words, look, "body", colour="quiet")
    made.setTextFormat(Qt.TextFormat.AutoText)
    name_field(made, field)
    return made
