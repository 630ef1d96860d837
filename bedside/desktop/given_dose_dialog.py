"""Records a planned dose as given: how much of it, when, by whom signed, and how it was checked."""

from datetime import datetime
from decimal import Decimal
from typing import cast

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.fields import Choice, DateField, NumberField, PlainEdit
from bedside.desktop.form_dialog import FormDialog, caption
from bedside.desktop.giving_fields import GivingFields, PaperFields
from bedside.desktop.label_ask import LabelAsk
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.meant_amount import AmountPerKg, meant_words
from bedside.desktop.patient_line import band_line_of
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.time_field import TimeField
from bedside.units.dates import write_date, write_time
from bedside.units.quantities import DrugAmount, DrugUnit
from bedside.units.refusal import Refused
from bedside.ward.given_doses import given_form, record_given
from bedside.ward.views.given import DayChoice, GivenAs, OfDay
from bedside.ward.ward import Ward

Planned = tuple[str, int, str, str]


class GivenDoseDialog(FormDialog):
    """The amount is typed, never there beforehand; what is not as worked out needs its reason.

    Three times are told apart: planned (the day), given (typed), recorded (now).

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        planned: course key, course day, drug and route.
        parent: the window it belongs to.
        hour: an hour of the drug beside this planned day; None for the day's own doses.
        from_paper: it was given on an earlier day, and is recorded now from paper.

    Raises:
        Refused: the dose is not planned, lies ahead, or is recorded already.
    """

    gloved = True

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        planned: Planned,
        parent: QWidget | None = None,
        hour: int | None = None,
        *,
        from_paper: bool = False,
    ) -> None:
        of = None if hour is None else OfDay(hour)
        self.form = given_form(ward, infant_id, *planned, of)
        self.from_paper = from_paper
        self.asked_paper = False
        super().__init__(
            look,
            session,
            self.tr("Record a day of a continuous infusion")
            if self.form.run_words
            else self.tr("Record a dose as given"),
            self.tr("&Record that it ran") if self.form.run_words else self.tr("&Record as given"),
            parent,
            infant=band_line_of(ward, infant_id),
            about=self.form.words,
            width=860,
        )
        self.ward, self.infant_id, self.planned = ward, infant_id, planned
        self._make_fields(ward, look, session)
        self._make_per_kg(look)
        self._before = self._typed_now()
        self._lay_out()
        self._tell_per_kg()
        self.amount.setFocus()
        if self.in_spite is not None:  # the first question, and the first stop of the keyboard
            QWidget.setTabOrder(self.in_spite, self.amount.edit)
            self.in_spite.setFocus()

    def _make_of_day(self, look: Look) -> None:
        """Which dose of the day, of a drug that is given several times; the earliest is proposed."""
        self.of_day: Choice | None = None
        self.at_reason: PlainEdit | None = None
        if not self.form.choices:
            return
        listed = [(str(at), one.words) for at, one in enumerate(self.form.choices)]
        self.of_day = Choice(self.tr("Dose of the day"), listed, look)
        self.of_day.choose("0")
        self.of_day.edited.connect(self._say_meant)
        self.at_reason = PlainEdit(self.tr("Why at this time"))
        said = self.tr("needed where it is far from its hour, or near another dose")
        self.at_reason.setPlaceholderText(said)

    def _chosen(self) -> DayChoice | None:
        at = None if self.of_day is None else self.of_day.value()
        return None if at is None else self.form.choices[int(at)]

    def _of_day_chosen(self) -> OfDay | None:
        """Which dose of the day its label must be of; None of a drug given once a day."""
        chosen = self._chosen()
        return None if chosen is None else chosen.of

    def _say_meant(self) -> None:
        """What is meant: one dose, or the whole of an earlier day; a label that was read is judged anew."""
        self.giving.identifiers.judge_again()
        for shown, words in zip(
            self._meant_labels, meant_words(self.form, self._chosen()), strict=False
        ):
            shown.setText(unbroken(words))

    def _make_fields(self, ward: Ward, look: Look, session: Session) -> None:
        worked = self.form.worked
        self._make_of_day(look)
        self._meant_labels: list[QLabel] = []
        self.amount = NumberField(
            "number", "", look, ward.decimal_mark, name=self.tr("Amount given"), width=130
        )
        units = (("mg", "mg"), ("micrograms", self.tr("micrograms")), ("units", self.tr("units")))
        self.unit = Choice(self.tr("Unit"), units, look)
        self.reason = PlainEdit(self.tr("Reason"))
        self.reason.setPlaceholderText(self.tr("needed where it is not what was meant"))
        self.second = PlainEdit(self.tr("Second person who read the amount"))
        self.second.setPlaceholderText(self.tr("needed where it is far from what was meant"))
        self.in_spite: PlainEdit | None = None
        if self.form.held:
            self.in_spite = PlainEdit(self.tr("Given in spite of the hold: why"))
            self.in_spite.setPlaceholderText(self.tr("needed: this dose is held"))
        self.again: NumberField | None = None
        if not self.form.compared:
            words = self.tr("Amount, typed a second time")
            self.again = NumberField("number", "", look, ward.decimal_mark, name=words, width=130)
        self.unit.edited.connect(self._say_unit)
        if worked is not None:
            self.unit.choose(worked.unit)
        self.on = DateField(self.tr("Given, date"), look)
        self.at = TimeField(self.tr("Given, time"), look)
        self.at.follow(self.on, ward.wall_clock)
        self.on.set_value(ward.today())
        # its order and its check stand now: a dose of yesterday evening is given like one of today
        on_paper = bool(self.form.why_paper) or self.from_paper
        ask = LabelAsk(ward, self.infant_id, self.planned, on_paper, self._of_day_chosen)
        self.giving = GivingFields(ward, look, session, ask)
        self.paper: PaperFields | None = None
        if on_paper:
            early = (self.tr("An earlier day is recorded from paper."),)
            self.paper = PaperFields(look, self.form.why_paper or early)
            if self.form.planned_on != ward.today():
                self.on.set_value(self.form.planned_on)

    def take_scan(self, read: str) -> None:
        """Take band or label, scanned while no field had the keyboard."""
        self.giving.identifiers.take_scan(read)

    def _say_unit(self) -> None:
        """What was read is echoed with the unit that is chosen."""
        for field in (self.amount, self.again):
            if field is not None:
                field.say_unit(self.unit.value() or "")

    def _lay_out(self) -> None:
        colour = "hold" if self.form.waiting else "ink"
        if self.in_spite is not None:
            told = label(unbroken(self.form.held), self.look, "body", "bold", "stop", wrap=True)
            self.body.addWidget(told)
            self.body.addLayout(self.line(self.tr("G&iven in spite of it"), self.in_spite))
        self._lay_out_late()
        self._lay_out_of_day()
        for words in meant_words(self.form, self._chosen()):
            shown = label(unbroken(words), self.look, "body", "strong", colour, wrap=True)
            self._meant_labels.append(shown)
            self.body.addWidget(shown)
        if self.form.run_words:
            run = label(unbroken(self.form.run_words), self.look, "body", wrap=True)
            self.body.addWidget(run)
        self.body.addLayout(self.line(self.tr("&Amount given"), self.amount))
        self.body.addLayout(self.line(self.tr("&Unit"), self.unit))
        self.body.addWidget(self.per_kg)
        if self.again is not None:
            self.body.addLayout(self.line(self.tr("T&ype it again"), self.again))
        self.body.addLayout(self.line(self.tr("&Why otherwise"), self.reason))
        self.body.addWidget(self.second_row)
        self.body.addLayout(self._times())
        if self.at_reason is not None:
            self.body.addLayout(self.line(self.tr("Why at this ti&me"), self.at_reason))
        if self.paper is not None:
            self.body.addWidget(self.paper)
        else:
            said = self.tr("Second check: {0}.").format(self.form.check_words)
            self.body.addWidget(label(said, self.look, "body", wrap=True))
        self.body.addWidget(self.giving)
        self.sign_with(self.giving.signer)
        steps = unbroken("\n".join(self.form.steps))
        self.body.addWidget(label(steps, self.look, "small", colour="quiet", wrap=True))
        self.body.addStretch(1)

    def _lay_out_late(self) -> None:
        """A dose of an earlier day whose check stands now; it may have been given before midnight, too."""
        if self.paper is not None or self.form.planned_on == self.ward.today():
            return
        said = self.tr(
            "Planned for {0}. Its order and its second check stand: it is given like a dose of today."
        ).format(write_date(self.form.planned_on))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label(unbroken(said), self.look, "body", "strong", "hold", wrap=True), 1)
        self.paper_button = QPushButton(self.tr("Given before toda&y: from paper…"))
        make_tall(self.paper_button, self.look, FIELD_HIGH)
        self.paper_button.clicked.connect(self._ask_paper)
        row.addWidget(self.paper_button)
        self.body.addLayout(row)

    def _ask_paper(self) -> None:
        """Close this form for that of paper hours; what was typed is left only where she says so."""
        self.asked_paper = True
        self.reject()
        self.asked_paper = self.asked_paper and not self.isVisible()

    def _lay_out_of_day(self) -> None:
        if self.of_day is None:
            return
        if self.form.day_told:
            told = self.tr("Of this day so far: {0}.").format(self.form.day_told)
            self.body.addWidget(label(unbroken(told), self.look, "body", wrap=True))
        self.body.addLayout(self.line(self.tr("Dose &of the day"), self.of_day))

    def _make_per_kg(self, look: Look) -> None:
        self.second_row = QWidget()
        read_by = self.line(self.tr("Read by a secon&d"), self.second)
        read_by.setContentsMargins(0, 0, 0, 0)
        self.second_row.setLayout(read_by)
        room = self.second_row.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.second_row.setSizePolicy(room)
        self.per_kg = AmountPerKg(self.ward, look, self.form)
        self.amount.edited.connect(self._tell_per_kg)
        self.unit.edited.connect(self._tell_per_kg)

    def _tell_per_kg(self) -> None:
        """Before it is recorded: the amount per kg; above every known dose a second person is asked for."""
        value, unit = self.amount.value(), self.unit.value()
        read = None
        if isinstance(value, Decimal) and unit is not None:
            read = DrugAmount(value, cast(DrugUnit, unit))
        above = self.per_kg.tell(read)
        self.second_row.setVisible(self.again is None or above or bool(self.second.text()))

    def _times(self) -> QHBoxLayout:
        """Planned, given and recorded stand side by side."""
        row = QHBoxLayout()
        row.setSpacing(8)
        planned = self.tr("Planned {0}").format(write_date(self.form.planned_on))
        row.addWidget(label(planned, self.look, "body"))
        row.addSpacing(12)
        row.addWidget(caption(self.tr("Gi&ven at"), self.on.edit, self.look))
        row.addWidget(self.on)
        row.addWidget(self.at)
        now = self.tr("recorded {0}").format(write_time(self.ward.now()))
        row.addWidget(label(now, self.look, "body", colour="quiet"))
        row.addStretch(1)
        return row

    def _typed_now(self) -> tuple[object, ...]:
        of_day = None if self.of_day is None else self.of_day.value()
        fields = (of_day, self.amount.text(), self.unit.value(), self.on.text(), self.at.text())
        typed = (self.second.text(), "" if self.again is None else self.again.text())
        return (*fields, *typed, self.paper is None or self.paper.is_empty())

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        asked = (self.reason, self.in_spite, self.at_reason)
        reasoned = any(one is not None and one.text().strip() for one in asked)
        return reasoned or self._typed_now() != self._before or self.giving.is_dirty()

    def record(self) -> None:
        """Record the dose, or say why not; what was typed stays."""
        if saving(self, self._keep, button=self.act_button):
            self.accept()

    def _keep(self) -> int:
        again, in_spite = self._again(), self._spite()
        of = None if (chosen := self._chosen()) is None else chosen.of
        given = GivenAs(self._typed(), self.reason.text(), self.second.text(), again, in_spite, of)
        given = replace(given, at_reason="" if self.at_reason is None else self.at_reason.text())
        at = self._given_at()
        by = replace(self.giving.taken(self.paper), at=at)
        return record_given(
            self.ward, self.infant_id, *self.planned, by, who=self.session.who, given=given
        )

    def _given_at(self) -> datetime:
        """When it was given.

        Raises:
            Refused: date or time is not typed or cannot be read, or there is no such time.
        """
        on, at = self.on.value(), self.at.value()
        if on is None or at is None:
            why = self.on.refusal() or self.at.refusal()
            self.come_to(self.on if on is None else self.at)
            raise Refused(why or self.tr("When was it given? Type date and time."))
        moment = self.at.moment()
        if moment.at is None:
            self.come_to(self.at)
            raise Refused(moment.words)
        return moment.at

    def _typed(self) -> DrugAmount | None:
        if self.amount.is_empty():
            if not self.reason.text().strip():
                raise Refused(
                    self.tr("Type how much was given; where nobody knows it, say why below.")
                )
            return None
        return self._read(self.amount)

    def _spite(self) -> str:
        return "" if self.in_spite is None else self.in_spite.text()

    def _again(self) -> DrugAmount | None:
        return None if self.again is None or self.again.is_empty() else self._read(self.again)

    def _read(self, field: NumberField) -> DrugAmount:
        value, unit = field.value(), self.unit.value()
        if not isinstance(value, Decimal | int):
            raise Refused(field.refusal())
        if unit is None:
            raise Refused(self.tr("Choose the unit as it stands on the order."))
        return DrugAmount(Decimal(value), cast(DrugUnit, unit))


def open_given(
    ward: Ward,
    look: Look,
    session: Session,
    infant_id: int,
    planned: Planned,
    parent: QWidget,
    hour: int | None = None,
) -> tuple[bool, tuple[str, ...]]:
    """Show the dialog; return whether the dose was recorded, and why no dialog could be shown."""
    done = False
    for from_paper in (False, True):
        try:
            dialog = GivenDoseDialog(
                ward, look, session, infant_id, planned, parent, hour, from_paper=from_paper
            )
        except Refused as refused:
            return False, refused.reasons
        done = dialog.exec() == GivenDoseDialog.DialogCode.Accepted
        dialog.deleteLater()
        if not dialog.asked_paper:
            break
    return done, ()
