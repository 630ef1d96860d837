"""Units and limits of normal that go with one count: opened on demand, filled in by a person only."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.choice import Choice
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.tick_box import tick_box
from bedside.units.dates import write_date
from bedside.ward.count_normal import (
    Normal,
    NormalSet,
    ProposedNormal,
    check_normal,
    proposed_normals,
    set_usual_units,
    usual_units,
)
from bedside.ward.laboratory_counted import MEASURES, units_of
from bedside.ward.ward import Ward

_LIMIT_WIDE, _UNIT_WIDE = 92, 118


class CountLimitsDialog(FormDialog):
    """The door "Units and limits…" of the counts form.

    Args:
        ward: the open ward.
        look: colours and fonts.
        session: who records.
        infant_id: whose count it is.
        now: units and limits as they stand in the form.
        parent: the page it belongs to.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        now: NormalSet,
        parent: QWidget | None = None,
    ) -> None:
        title = self.tr("Units and limits of normal of this count")
        super().__init__(
            look,
            session,
            title,
            self.tr("&Use for this count"),
            parent,
            infant=patient_line_of(ward, infant_id),
            width=640,
        )
        self.chosen: NormalSet | None = None
        self._ward, self._now = ward, now
        self._proposed = proposed_normals(ward, infant_id)
        self._offered: ProposedNormal | None = None
        self.laboratory = PlainEdit(self.tr("Laboratory"))
        self.units: dict[str, Choice] = {}
        self.lows: dict[str, PlainEdit] = {}
        self.highs: dict[str, PlainEdit] = {}
        self.offer = QFrame()
        self.offer_words = label("", look, "body", wrap=True)
        self.take_button = QPushButton(self.tr("&Take these"))
        self.usual = tick_box(
            self.tr("&From now on, these units are the usual ones on this ward"), look, 24
        )
        self._build()
        self.show_normal(now)
        self.laboratory.textChanged.connect(self._tell_offer)
        self.take_button.clicked.connect(self.take)
        self.laboratory.setFocus()

    def normal(self) -> NormalSet:
        """What is typed and chosen now."""
        by_measure = {
            name: Normal(
                self.units[name].value() or self._now.by_measure[name].unit,
                self.lows[name].text().strip(),
                self.highs[name].text().strip(),
            )
            for name in MEASURES
        }
        return NormalSet(self.laboratory.text().strip(), by_measure)

    def show_normal(self, normal: NormalSet) -> None:
        """Show units and limits."""
        self.laboratory.setText(normal.laboratory)
        for name, one in normal.by_measure.items():
            self.units[name].choose(one.unit)
            self.lows[name].setText(one.low)
            self.highs[name].setText(one.high)
        self._tell_offer()

    def take(self) -> None:
        """Fill in the offered limits; they are used only when the form is confirmed."""
        if self._offered is not None:
            self.show_normal(self._offered.normal)
            self.act_button.setFocus()

    def record(self) -> None:
        """Hand the units and limits to the form, if they can be read."""
        if saving(self, self._checked, button=self.act_button).saved:
            self.chosen = self.normal()
            self.accept()

    def is_dirty(self) -> bool:
        """Whether something typed here would be lost."""
        return self.normal() != self._now

    def _checked(self) -> None:
        normal = self.normal()
        check_normal(self._ward, normal)
        if self.usual.isChecked():
            units = {name: one.unit for name, one in normal.by_measure.items()}
            if units != usual_units(self._ward):
                set_usual_units(self._ward, units, who=self.session.who)

    def _build(self) -> None:
        words = self.tr(
            "The limits travel with this count and grade it. Without them the fall-back by age "
            "stands, labelled as such. They are not carried to the next count by themselves."
        )
        self.body.addWidget(label(words, self.look, "small", colour="quiet", wrap=True))
        row = QHBoxLayout()
        name = label(self.tr("&Laboratory"), self.look, "body", "medium")
        name.setTextFormat(Qt.TextFormat.AutoText)
        name_field(name, self.laboratory)
        self.laboratory.setFixedWidth(self.look.px(240))
        for widget in (name, self.laboratory):
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addLayout(row)
        self._build_offer()
        self.body.addLayout(self._grid())
        self.body.addWidget(self.usual)
        self.usual.setFont(self.look.font("body"))

    def _build_offer(self) -> None:
        tint, edge = self.look.colour("accent_tint").name(), self.look.colour("accent").name()
        self.offer.setObjectName("offer")  # the rule is not for the words in it
        self.offer.setStyleSheet(
            f"#offer {{ background: {tint}; border: none; border-left: 3px solid {edge}; }}"
        )
        row = QHBoxLayout(self.offer)
        row.setContentsMargins(10, 8, 10, 8)
        self.take_button.setAutoDefault(False)
        self.take_button.setStyleSheet("")
        self.offer_words.setAccessibleName(self.tr("Limits of the last count"))
        row.addWidget(self.offer_words, 1)
        row.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.offer)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        heads = (
            self.tr("Measure"),
            self.tr("Unit"),
            self.tr("Lower limit"),
            self.tr("Upper limit"),
        )
        for column, text in enumerate(heads):
            grid.addWidget(label(text, self.look, "caption", colour="quiet"), 0, column)
        grid.addWidget(rule(self.look, "edge"), 1, 0, 1, 5)
        titles = {
            "wbc": self.tr("White cells"),
            "anc": self.tr("Neutrophils (ANC)"),
            "platelets": self.tr("Platelets"),
            "haemoglobin": self.tr("Haemoglobin"),
        }
        for number, (name, title) in enumerate(titles.items()):
            self._line(grid, number + 2, name, title)
        grid.setColumnStretch(4, 1)
        return grid

    def _line(self, grid: QGridLayout, row: int, name: str, title: str) -> None:
        unit = Choice(self.tr("{0}, unit").format(title), units_of(name), self.look)
        low = PlainEdit(self.tr("{0}, lower limit of normal").format(title))
        high = PlainEdit(self.tr("{0}, upper limit of normal").format(title))
        unit.setFixedWidth(self.look.px(_UNIT_WIDE))
        for edit in (low, high):
            edit.setFixedWidth(self.look.px(_LIMIT_WIDE))
            edit.setFont(self.look.font("body", "strong"))
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.units[name], self.lows[name], self.highs[name] = unit, low, high
        unit.edited.connect(lambda: self._unit_changed(name))
        words = label(title, self.look, "body", "strong")
        name_field(words, unit)
        for column, widget in enumerate((words, unit, low, high)):
            grid.addWidget(widget, row, column)

    def _unit_changed(self, name: str) -> None:
        """Limits of another unit are not this unit's: they go with it."""
        for edits in (self.lows, self.highs):
            if name in edits:
                edits[name].clear()

    def _tell_offer(self) -> None:
        """Offer the last limits of the laboratory named, or of the newest while none is named."""
        place = self.laboratory.text().strip().casefold()
        same = [
            one for one in self._proposed if not place or one.normal.laboratory.casefold() == place
        ]
        self._offered = same[0] if same else None
        shown = self._offered is not None and self._offered.normal != self.normal()
        self.offer.setVisible(shown)
        if self._offered is not None:
            whose = self._offered.normal.laboratory or self.tr("no laboratory named")
            on = write_date(self._offered.taken_at.date())
            words = self.tr("Last time, {0}, count of {1}: {2}. Not in force until taken.")
            self.offer_words.setText(words.format(whose, on, self._offered.words))
