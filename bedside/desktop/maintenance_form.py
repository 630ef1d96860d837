"""The form of one decision on a dose by mouth; nothing in it is chosen beforehand."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from bedside.desktop.fields import DateField, NumberField, PlainEdit, TypedField
from bedside.desktop.form_dialog import caption
from bedside.desktop.look import Look
from bedside.desktop.segments import Segments
from bedside.units.refusal import Refused
from bedside.ward.views.maintenance import MaintenanceView, NewTitration

DECISIONS = ("accepted", "overridden", "recorded")


class DecisionForm(QWidget):
    """Which drug, which decision, the dose where it is not the proposal's, from when, and why.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, view: MaintenanceView, look: Look, mark: str) -> None:
        super().__init__()
        self._today = view.today
        self._drugs = [line.drug for line in view.drugs]
        names = tuple(line.name for line in view.drugs)
        self.drug = Segments(names, self.tr("Drug"), look, high=30)
        self.decision = Segments(
            (
                self.tr("&Accept the proposal"),
                self.tr("Decide &otherwise"),
                self.tr("Record what &was decided"),
            ),
            self.tr("Decision"),
            look,
            high=30,
        )
        self._make_numbers(look, mark)
        self.start = DateField(self.tr("From, day of the dose"), look)
        self.reason = PlainEdit(self.tr("Reason"))
        self.reason.setFont(look.font("body"))
        self.reason.setPlaceholderText(
            self.tr("needed to decide otherwise, and to accept a higher dose")
        )
        self._arrange(look)
        self.clear()
        self._connect()

    def _make_numbers(self, look: Look, mark: str) -> None:
        self.percent, self.amount, self.again = (
            NumberField("number", "", look, mark, name=name, width=56)
            for name in (
                self.tr("Dose in per cent of the dose begun with"),
                self.tr("Dose in milligrams"),
                self.tr("The dose, typed a second time"),
            )
        )
        self.percent.say_unit("%")
        self.amount.say_unit("mg")

    def _connect(self) -> None:
        self.drug.chosen.connect(self.edited)
        self.decision.chosen.connect(self.edited)
        for field in (self.percent, self.amount, self.start, self.again):
            field.edited.connect(self.edited)
        self.reason.textChanged.connect(self.edited)

    def clear(self) -> None:
        """Take back every choice and text; the day is today again."""
        self.drug.choose(-1)
        self.decision.choose(-1)
        for field in (self.percent, self.amount, self.again):
            field.clear()
        self.ask_again(False)
        self.start.set_value(self._today)
        self.reason.clear()

    def ask_again(self, asked: bool) -> None:
        """Ask for the dose a second time, where it looks ten times too low."""
        for part in (self._again_caption, self.again):
            part.setVisible(asked)

    def is_dirty(self) -> bool:
        """Whether something was typed or chosen."""
        chosen = self.drug.value() >= 0 or self.decision.value() >= 0
        typed = not (self.percent.is_empty() and self.amount.is_empty())
        return chosen or typed or bool(self.reason.text().strip())

    def is_chosen(self) -> bool:
        """Whether drug and decision are chosen."""
        return self.drug.value() >= 0 and self.decision.value() >= 0

    def is_accepted(self) -> bool:
        """Whether the proposal is taken as it stands."""
        return self.decision.value() == DECISIONS.index("accepted")

    def decided(self, view: MaintenanceView) -> NewTitration:
        """The decision as typed.

        Raises:
            Refused: with everything that is missing or cannot be read.
        """
        missing = self._missing()
        start = self.start.value()
        if missing or start is None:
            raise Refused(*missing)
        drug = self._drugs[self.drug.value()]
        shown = next(line.shown for line in view.drugs if line.drug == drug)
        return NewTitration(
            drug=drug,
            from_on=start,
            decision=DECISIONS[self.decision.value()],
            percent=_number(self.percent),
            amount_mg=_number(self.amount),
            reason=self.reason.text(),
            shown=shown,
            again=_number(self.again),
        )

    def _missing(self) -> list[str]:
        reasons = []
        if self.drug.value() < 0:
            reasons.append(self.tr("Which drug? Choose one."))
        if self.decision.value() < 0:
            reasons.append(
                self.tr(
                    "Choose: accept the proposal, decide otherwise, or record what was decided."
                )
            )
        reasons += [one.refusal() for one in self._doses() if one.refusal()]
        if self.start.value() is None:
            reasons.append(self.start.refusal() or self.tr("From which day? Type it, 20-Nov-2026."))
        return reasons

    def _doses(self) -> tuple[NumberField, ...]:
        typed = (self.percent, self.amount)
        return typed if self.again.is_empty() else (*typed, self.again)

    def _arrange(self, look: Look) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        names = (self.tr("Drug"), self.tr("Decision"))
        rows = (self.drug, self.decision)
        for row, (name, segments) in enumerate(zip(names, rows, strict=True)):
            grid.addWidget(caption(name, segments, look), row, 0)
            grid.addWidget(segments, row, 1, Qt.AlignmentFlag.AlignLeft)
        dose = QHBoxLayout()
        dose.setSpacing(6)
        fields: tuple[tuple[str, TypedField], ...] = (
            (self.tr("P&er cent"), self.percent),
            (self.tr("&mg"), self.amount),
            (self.tr("&From"), self.start),
        )
        top = Qt.AlignmentFlag.AlignTop
        for name, part in fields:
            named = caption(name, part, look)
            if part is self.percent:  # at the edge of the captions above and below it
                grid.addWidget(named, 2, 0, top)
            else:
                dose.addWidget(named, 0, top)
            dose.addWidget(part, 1)
        grid.addLayout(dose, 2, 1)
        grid.addWidget(caption(self.tr("Wh&y"), self.reason, look), 3, 0)
        grid.addWidget(self.reason, 3, 1)
        self._again_caption = caption(self.tr("T&he dose again"), self.again, look)
        twice = QHBoxLayout()  # beside the grid: its caption must not push the choices aside
        twice.setSpacing(10)
        twice.addWidget(self._again_caption)
        twice.addWidget(self.again, 1)
        kept = self.again.sizePolicy()  # its room stays free: nothing below moves when it is asked
        kept.setRetainSizeWhenHidden(True)
        self.again.setSizePolicy(kept)
        grid.addLayout(twice, 4, 0, 1, 2)


def _number(field: NumberField) -> Decimal | None:
    value = field.value()
    return value if isinstance(value, Decimal) else None
