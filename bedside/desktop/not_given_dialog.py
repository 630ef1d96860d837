"""Records a planned dose as not given: which, why, when, on whose word; what follows is said before."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bedside.desktop.fields import Choice, DateField, PlainEdit, TypedField
from bedside.desktop.form_dialog import FormDialog, caption
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.signer_fields import SignerFields
from bedside.desktop.time_field import TimeField
from bedside.units.dates import write_time
from bedside.units.refusal import Refused
from bedside.ward.not_given import not_given_days, not_given_form, record_not_given
from bedside.ward.views.given import OfDay
from bedside.ward.views.not_given import LeftOut
from bedside.ward.views.orders import OrderKey
from bedside.ward.ward import Ward

_WIDE = 860
_OWN = "own words"
_MOST_FOLLOWS = 7


class NotGivenDialog(FormDialog):
    """Nothing is chosen beforehand where there is a choice of doses; the form carries no amount.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        days: the planned doses that may be meant, the likeliest first: each with its words.
        parent: the window it belongs to.
        hour: an hour of the drug beside its planned day; None for the day's own doses.

    Raises:
        Refused: the first of them is not planned, has not come yet, is recorded, or runs.
    """

    gloved = True

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        days: Sequence[tuple[OrderKey, str]],
        parent: QWidget | None = None,
        hour: int | None = None,
    ) -> None:
        self._of = None if hour is None else OfDay(hour)
        self.planned = days[0][0]
        self.form = not_given_form(ward, infant_id, self.planned, self._of)
        super().__init__(
            look,
            session,
            self.tr("Record a dose as not given"),
            self.tr("Record as not gi&ven"),
            parent,
            infant=patient_line_of(ward, infant_id),
            about=self.form.words,
            width=_WIDE,
        )
        self.ward, self.infant_id, self._days = ward, infant_id, tuple(days)
        self._make_fields(ward, look, session)
        self._lay_out(look)
        self._before = self._typed_now()

    def _make_fields(self, ward: Ward, look: Look, session: Session) -> None:
        self.day: Choice | None = None
        if len(self._days) > 1:
            listed = [(str(at), words) for at, (_, words) in enumerate(self._days)]
            self.day = Choice(self.tr("Day"), listed, look)
            self.day.choose("0")
            self.day.edited.connect(self._show_day)
        self.of_day: Choice | None = None
        if self.form.choices:
            listed = [(str(at), one.words) for at, one in enumerate(self.form.choices)]
            self.of_day = Choice(self.tr("Dose of the day"), listed, look, self.tr("choose"))
            if len(listed) == 1:
                self.of_day.choose("0")
        said = {words: words for words in self.form.reasons}
        said[_OWN] = self.tr("another reason: in your own words")
        self.why = Choice(self.tr("Why"), tuple(said.items()), look, self.tr("choose"))
        self.words = PlainEdit(self.tr("In your own words"))
        self.words.setPlaceholderText(self.tr("needed where no reason of the list is chosen"))
        self.physician = PlainEdit(self.tr("Physician who decided it"))
        self.physician.setPlaceholderText(self.tr("name and role, where one decided"))
        self.on = DateField(self.tr("Decided, date"), look)
        self.at = TimeField(self.tr("Decided, time"), look)
        self.at.follow(self.on, ward.wall_clock)
        self.on.set_value(ward.today())
        self.signer = SignerFields(ward, look, session)
        self.signer.entered.connect(self.record)

    def _lay_out(self, look: Look) -> None:
        self.held = label("", look, "body", "bold", "hold", wrap=True)
        self.told = label("", look, "body", wrap=True)
        self.body.addWidget(self.held)
        if self.day is not None:
            self.body.addLayout(self.line(self.tr("&Day"), self.day))
        self.body.addWidget(self.told)
        if self.of_day is not None:
            self.body.addLayout(self.line(self.tr("Dose &of the day"), self.of_day))
        self.body.addLayout(self.line(self.tr("&Why"), self.why))
        self.body.addLayout(self.line(self.tr("In your own wo&rds"), self.words))
        self.body.addLayout(self.line(self.tr("On whos&e word"), self.physician))
        self.body.addLayout(self._times(look))
        self.follows: list[QLabel] = []
        for _ in range(_MOST_FOLLOWS):
            line = label("", look, "body", wrap=True)
            self.follows.append(line)
            self.body.addWidget(line)
        self.body.addStretch(1)
        self.sign_with(self.signer)
        self._tell()

    def _times(self, look: Look) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        top, high = Qt.AlignmentFlag.AlignTop, self.on.edit.sizeHint().height()
        name = caption(self.tr("De&cided at"), self.on.edit, look)
        name.setFixedSize(look.px(150), high)
        row.addWidget(name, 0, top)
        for field in (self.on, self.at):
            _keep_room(field)
            row.addWidget(field, 0, top)
        now = self.tr("recorded {0}").format(write_time(self.ward.now()))
        recorded = label(now, look, "body", colour="quiet")
        recorded.setFixedHeight(high)
        row.addWidget(recorded, 0, top)
        row.addStretch(1)
        return row

    def _tell(self) -> None:
        """What the dose is, and what follows once it is recorded."""
        form = self.form
        self.about.setText(form.words)
        self.held.setText(unbroken(form.held))
        self.held.setVisible(bool(form.held))
        told = self.tr("Of this day so far: {0}.").format(form.day_told) if form.day_told else ""
        self.told.setText(unbroken(told))
        self.told.setVisible(bool(told))
        for at, line in enumerate(self.follows):
            words = form.follows[at] if at < len(form.follows) else ""
            line.setText(unbroken(words))
            line.setVisible(bool(words))

    def _show_day(self) -> None:
        at = None if self.day is None else self.day.value()
        if at is None:
            return
        self.planned = self._days[int(at)][0]
        try:
            self.form = not_given_form(self.ward, self.infant_id, self.planned)
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        self._tell()

    def _typed_now(self) -> tuple[object, ...]:
        chosen = [None if one is None else one.value() for one in (self.day, self.of_day, self.why)]
        words = (self.words.text(), self.physician.text(), self.on.text(), self.at.text())
        return (*chosen, *words)

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        return self._typed_now() != self._before or self.signer.is_dirty()

    def record(self) -> None:
        """Record it, or say why not; what was typed stays."""
        if saving(self, self._keep, button=self.act_button):
            self.accept()

    def _keep(self) -> int:
        on, at = self.on.value(), self.at.value()
        if on is None or at is None:
            (self.on if on is None else self.at).edit.setFocus()  # the next keys belong there
            why = self.on.refusal() or self.at.refusal()
            raise Refused(why or self.tr("When was it decided? Type date and time."))
        moment = self.at.moment()
        if moment.at is None:
            raise Refused(moment.words)
        reason = self.why.value() or ""
        chosen = None if self.of_day is None else self.of_day.value()
        of = self._of if chosen is None else self.form.choices[int(chosen)].of
        left_out = LeftOut(
            "" if reason == _OWN else reason,
            self.words.text(),
            self.physician.text(),
            moment.at,
            self.signer.take(),
            of,
        )
        return record_not_given(
            self.ward, self.infant_id, self.planned, left_out, who=self.session.who
        )


def _keep_room(field: TypedField) -> None:
    """Keep the room of its refusal: a field that slips away under the hand takes the next word typed."""
    note, lines = field.note, 2
    kept = note.sizePolicy()
    kept.setRetainSizeWhenHidden(True)
    note.setSizePolicy(kept)
    note.setMinimumHeight(lines * note.fontMetrics().lineSpacing())


def open_not_given(
    ward: Ward,
    look: Look,
    session: Session,
    infant_id: int,
    planned: OrderKey,
    parent: QWidget,
    hour: int | None = None,
) -> tuple[bool, tuple[str, ...]]:
    """Show the form; whether the dose was recorded, and why no form could be shown."""
    return _open(ward, look, session, infant_id, [(planned, "")], parent, hour)


def open_not_given_day(
    ward: Ward, look: Look, session: Session, infant_id: int, parent: QWidget
) -> tuple[bool, tuple[str, ...]]:
    """The same for the azacitidine days up to today that nobody recorded, the latest first."""
    days = not_given_days(ward, infant_id)
    if not days:
        said = QCoreApplication.translate(
            "NotGivenDialog", "Every azacitidine day up to today is recorded: nothing was changed."
        )
        return False, (said,)
    return _open(ward, look, session, infant_id, days, parent, None)


def _open(
    ward: Ward,
    look: Look,
    session: Session,
    infant_id: int,
    days: Sequence[tuple[OrderKey, str]],
    parent: QWidget,
    hour: int | None,
) -> tuple[bool, tuple[str, ...]]:
    try:
        dialog = NotGivenDialog(ward, look, session, infant_id, days, parent, hour)
    except Refused as refused:
        return False, refused.reasons
    done = dialog.exec() == NotGivenDialog.DialogCode.Accepted
    dialog.deleteLater()
    return done, ()
