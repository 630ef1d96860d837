"""The form of a site's own definition of fever: limits for each site of measurement, counts, the document."""

from typing import Literal

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.fields import DateField, PlainEdit
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.segments import Segments
from bedside.ward.fever_rule_reading import NewFeverRule, NewLimits

_NARROW = 76


class FeverRuleForm(QWidget):
    """Everything a definition says, typed; nothing is filled in.

    Args:
        look: fonts and colours.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.title = PlainEdit(self.tr("Name of the definition"))
        self.source = PlainEdit(self.tr("Document"))
        self.edition = PlainEdit(self.tr("Edition"))
        self.dated = DateField(self.tr("Date of the document"), look)
        self.neutrophils = _narrow(self.tr("Neutrophils below, per µL"))
        self.expected = _narrow(self.tr("Neutrophils expected to fall, within hours"))
        self.low = _narrow(self.tr("Low temperature below, °C"))
        self.minutes = _narrow(self.tr("First antibiotic within minutes"))
        self.edge = Segments(
            (self.tr("counts"), self.tr("does not")), self.tr("The limit itself"), look
        )
        self.signs = Segments((self.tr("yes"), self.tr("no")), self.tr("Signs alone"), look)
        parts = (self.tr("one reading"), self.tr("lasting"), self.tr("minutes"))
        self.names = (self.tr("Arm"), self.tr("Mouth"), self.tr("Ear"), self.tr("Rectal"))
        for choice in (self.edge, self.signs):
            choice.setMinimumHeight(look.px(28))
        self.limits = tuple(
            tuple(_narrow(f"{name}: {part}") for part in parts) for name in self.names
        )
        self._build()

    def edits(self) -> tuple[PlainEdit, ...]:
        """All fields that are typed, in their order."""
        limits = tuple(edit for edits in self.limits for edit in edits)
        named = (self.title, self.source, self.edition, self.dated.edit)
        return (*named, *limits, self.neutrophils, self.expected, self.low, self.minutes)

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        return any(edit.text().strip() for edit in self.edits())

    def clear(self) -> None:
        """Empty the form."""
        for edit in self.edits():
            edit.clear()
        for choice in (self.edge, self.signs):
            choice.choose(-1)

    def typed(self) -> NewFeverRule:
        """What is typed, as text."""
        arm, mouth, ear, rectal = (
            NewLimits(*(edit.text() for edit in edits)) for edits in self.limits
        )
        edges: tuple[Literal["", "at least", "above"], ...] = ("at least", "above", "")
        signs: tuple[Literal["", "yes", "no"], ...] = ("yes", "no", "")
        return NewFeverRule(
            title=self.title.text(),
            source=self.source.text(),
            edition=self.edition.text(),
            dated=self.dated.value(),
            limits=(arm, mouth, ear, rectal),
            edge=edges[self.edge.value()],
            neutrophils=self.neutrophils.text(),
            expected=self.expected.text(),
            low=self.low.text(),
            signs=signs[self.signs.value()],
            minutes=self.minutes.text(),
        )

    # ---- how it is laid out ---------------------------------------------------------------------
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        document: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Name, as the page says it"), self.title),
            (self.tr("Document"), self.source),
            (self.tr("Edition"), self.edition),
            (self.tr("Of (date of the document)"), self.dated),
        )
        for words, field in document:
            column.addLayout(self._line(words, field))
        column.addLayout(self._limit_grid())
        column.addLayout(self._line(self.tr("A temperature at the very limit"), self.edge))
        rest: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Neutrophils below, per µL"), self.neutrophils),
            (
                self.tr("or expected to fall below it within, h (empty: not part of it)"),
                self.expected,
            ),
            (self.tr("Act on a temperature below, °C (empty: not stated)"), self.low),
            (self.tr("Act on signs of sepsis alone"), self.signs),
            (self.tr("First antibiotic within, min"), self.minutes),
        )
        for words, field in rest:
            column.addLayout(self._line(words, field))

    def _line(self, words: str, field: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        name = label(words, self._look, "body", "medium")
        name.setFixedWidth(self._look.px(380))
        name_field(name, field)
        row.addWidget(name)
        row.addWidget(field)
        row.addStretch(1)
        for wide in (self.title, self.source):
            wide.setMinimumWidth(self._look.px(300))
        return row

    def _limit_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        heads = (
            self.tr("Fever, °C (empty: no limit for this site)"),
            self.tr("one reading"),
            self.tr("or lasting"),
            self.tr("for minutes"),
        )
        for number, head in enumerate(heads):
            size = "body" if number == 0 else "caption"
            grid.addWidget(label(head, self._look, size, "medium"), 0, number)
        for row, (name, edits) in enumerate(zip(self.names, self.limits, strict=True), 1):
            grid.addWidget(label(name, self._look, "body"), row, 0)
            for number, edit in enumerate(edits, 1):
                grid.addWidget(edit, row, number)
        grid.setColumnMinimumWidth(0, self._look.px(380))
        grid.setColumnStretch(4, 1)
        return grid


def _narrow(name: str) -> PlainEdit:
    edit = PlainEdit(name)
    edit.setFixedWidth(_NARROW)
    return edit
