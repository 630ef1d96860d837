"""Records an azacitidine infusion of paper hours: its day, three times, the amount, two names, why on paper."""

from datetime import datetime
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QWidget

from bedside.desktop.fields import Choice, DateField, NumberField, PlainEdit
from bedside.desktop.form_dialog import FormDialog, caption
from bedside.desktop.giving_fields import GivingFields, PaperFields
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import band_line_of
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.time_field import TimeField
from bedside.units.dates import write_time
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount
from bedside.ward.giving_paper import PaperDay, PaperInfusion, paper_days, record_paper_infusion
from bedside.ward.ward import Ward


class PaperInfusionDialog(FormDialog):
    """Nothing is filled in from the plan but the day: what was given is read off the paper.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        parent: the window it belongs to.

    Raises:
        Refused: no day of the running block is open.
    """

    gloved = True

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        parent: QWidget | None = None,
    ) -> None:
        self.days = paper_days(ward, infant_id)
        if not self.days:
            raise Refused(self.tr("No azaCITIDine day up to today is open: all are recorded."))
        super().__init__(
            look,
            session,
            self.tr("Given on paper: azaCITIDine"),
            self.tr("&Record from paper"),
            parent,
            infant=band_line_of(ward, infant_id),
            about=self.tr("Planned, given and recorded times are kept apart. Recorded {0}.").format(
                write_time(ward.now())
            ),
            width=900,
        )
        self.ward, self.infant_id = ward, infant_id
        self._make_fields(ward, look, session)
        self._lay_out()
        self._before = self._typed_now()
        self.day.setFocus()

    def _make_fields(self, ward: Ward, look: Look, session: Session) -> None:
        days = tuple((str(number), one.words) for number, one in enumerate(self.days))
        self.day = Choice(self.tr("Planned day"), days, look)
        self.day.choose("0" if len(self.days) == 1 else None)
        self.on = DateField(self.tr("Given on"), look)
        self.times = tuple(
            TimeField(name, look)
            for name in (
                self.tr("Reconstituted at"),
                self.tr("Infusion started at"),
                self.tr("Infusion finished at"),
            )
        )
        for field in self.times:
            field.follow(self.on, ward.wall_clock)
        self.amount = NumberField(
            "number", "mg", look, ward.decimal_mark, name=self.tr("Amount given"), width=110
        )
        self.reason = PlainEdit(self.tr("Why otherwise"))
        self.reason.setPlaceholderText(self.tr("needed where it is not what is worked out"))
        self.second = PlainEdit(self.tr("Second person who read the amount"))
        self.second.setPlaceholderText(self.tr("needed where it is far from that"))
        again = self.tr("Amount, typed a second time")
        self.again = NumberField("number", "mg", look, ward.decimal_mark, name=again, width=110)
        self.worked = label("", look, "small", colour="quiet", wrap=True)
        why = (self.tr("The vial clock and the blind check of this program were not used."),)
        self.paper = PaperFields(look, why)
        self.giving = GivingFields(ward, look, session)
        self.giving.signer.entered.connect(self.record)
        self.day.edited.connect(self._day_chosen)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(5, 1)
        names = (self.tr("Re&constituted"), self.tr("S&tarted"), self.tr("Fin&ished"))
        grid.addWidget(caption(self.tr("Planned &day"), self.day, self.look), 0, 0)
        grid.addWidget(self.day, 0, 1)
        grid.addWidget(caption(self.tr("Given &on"), self.on.edit, self.look), 0, 2)
        grid.addWidget(self.on, 0, 3)
        for row, (name, field) in enumerate(zip(names, self.times, strict=True), 1):
            grid.addWidget(caption(name, field.edit, self.look), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(caption(self.tr("&Amount given"), self.amount.edit, self.look), 1, 2)
        grid.addWidget(self.amount, 1, 3, 1, 2)
        grid.addWidget(caption(self.tr("Why other&wise"), self.reason, self.look), 2, 2)
        grid.addWidget(self.reason, 2, 3, 1, 3)
        self._second_caption = caption(self.tr("R&ead by a second"), self.second, self.look)
        self._again_caption = caption(self.tr("T&ype it again"), self.again.edit, self.look)
        grid.addWidget(self._second_caption, 3, 2)
        grid.addWidget(self.second, 3, 3, 1, 3)
        grid.addWidget(self._again_caption, 3, 2)
        grid.addWidget(self.again, 3, 3, 1, 3)
        grid.addWidget(self.worked, 4, 2, 1, 4)
        self.body.addLayout(grid)
        self.body.addWidget(self.paper)
        self.body.addWidget(self.giving)
        self.sign_with(self.giving.signer)
        self.body.addStretch(1)
        self._day_chosen()

    def chosen(self) -> PaperDay | None:
        """The planned day that is chosen; None while none is."""
        value = self.day.value()
        return None if not value else self.days[int(value)]

    def _day_chosen(self) -> None:
        day = self.chosen()
        words = ""
        if day is not None and day.worked is not None:
            words = self.tr("Worked out for {0}: {1}").format(day.words, write_amount(day.worked))
        elif day is not None and day.compared:
            words = self.tr("Cannot be worked out. It is compared with the last: {0}.")
            words = words.format(day.compared)
        elif day is not None:
            words = self.tr("Nothing is there to compare it with: type it a second time.")
        self.worked.setText(unbroken(words))
        twice = day is not None and not day.compared
        self.again.setVisible(twice)
        self._again_caption.setVisible(twice)
        self.second.setVisible(not twice)
        self._second_caption.setVisible(not twice)

    def _typed_now(self) -> tuple[object, ...]:
        fields = (self.on.text(), self.amount.text(), *(one.text() for one in self.times))
        more = (self.reason.text(), self.second.text(), self.again.text())
        return (*fields, *more, self.paper.is_empty())

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        return self._typed_now() != self._before or self.giving.is_dirty()

    def record(self) -> None:
        """Record it, or say why not; what was typed stays."""
        if saving(self, self._keep, button=self.act_button):
            self.accept()

    def _keep(self) -> int:
        day = self.chosen()
        if day is None:
            raise Refused(self.tr("Which planned day was it? Choose it."))
        made, begun, ended = (self._moment(field) for field in self.times)
        again = None if self.again.is_empty() else self._amount(self.again)
        given = PaperInfusion(
            made,
            begun,
            ended,
            self._amount(self.amount),
            self.reason.text(),
            self.second.text(),
            again,
        )
        by = self.giving.taken(self.paper)
        planned = (day.course_key, day.day)
        return record_paper_infusion(
            self.ward, self.infant_id, planned, given, by, who=self.session.who
        )

    def _moment(self, field: TimeField) -> datetime:
        on, at = self.on.value(), field.value()
        if on is None:
            raise Refused(self.on.refusal() or self.tr("On which date was it given? Type it."))
        if at is None:
            raise Refused(field.refusal() or self.tr("{0}: type the time.").format(field.name))
        moment = field.moment()
        if moment.at is None:
            raise Refused(moment.words)
        return moment.at

    def _amount(self, field: NumberField) -> DrugAmount:
        value = field.value()
        if not isinstance(value, Decimal | int):
            raise Refused(field.refusal() or self.tr("How much was given? Type it, in mg."))
        return DrugAmount(Decimal(value))


def open_paper_infusion(
    ward: Ward, look: Look, session: Session, infant_id: int, parent: QWidget
) -> tuple[bool, tuple[str, ...]]:
    """Show the dialog; return whether it was recorded, and why no dialog could be shown."""
    try:
        dialog = PaperInfusionDialog(ward, look, session, infant_id, parent)
    except Refused as refused:
        return False, refused.reasons
    done = dialog.exec() == PaperInfusionDialog.DialogCode.Accepted
    dialog.deleteLater()
    return done, ()
