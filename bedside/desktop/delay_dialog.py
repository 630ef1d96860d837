"""Hold or delay: everything that would move is shown before anything is recorded."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.delay_bands import DelayBands
from bedside.desktop.delay_table import DelayTable
from bedside.desktop.fields import Choice, DateField, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.standing_holds import StandingHolds
from bedside.units.refusal import Refused
from bedside.ward.holding import delay_form, end_hold, preview, save_hold
from bedside.ward.views.delay import DelayView, NewHold
from bedside.ward.ward import Ward

_WIDTHS = (120, 220, 112, 112, 76, 200)

_MOST_REASONS, _HIGH = 3, 720


class DelayDialog(FormDialog):
    """Holds a course or one drug of it, delays a start, or ends a hold.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        parent: the window it belongs to.
        course_key: the course in focus, "" for none.
        on: the day in focus.
        drug: the display name of the drug in focus, "" for the whole course.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        parent: QWidget | None = None,
        course_key: str = "",
        on: date | None = None,
        drug: str = "",
    ) -> None:
        self.form = delay_form(ward, infant_id)
        super().__init__(
            look,
            session,
            self.tr("Hold or delay: what would move"),
            self.tr("&Record the delay"),
            parent,
            infant=patient_line(self.form.banner),
            width=1280,
        )
        self.setWindowTitle(self.tr("Hold or delay"))
        self.back_button.setText(self.tr("&Keep as planned"))
        self.ward = ward
        self.infant_id = infant_id
        self.view: DelayView | None = None
        self._make_fields()
        self._lay_out()
        self._connect()
        if any(key == course_key for key, _, _ in self.form.courses):
            self.course.choose(course_key)
            if on is not None:
                self.from_on.set_value(on)
            if drug and self.drug.findText(drug) >= 0:
                self.drug.setCurrentIndex(self.drug.findText(drug))
        self.course.setFocus()
        # tall from the first, so that nothing scrolls once the bands are there
        self.resize(self.width(), min(_HIGH, self.screen().availableGeometry().height() - 40))

    def _make_fields(self) -> None:
        look = self.look
        courses = tuple((key, title) for key, title, _ in self.form.courses)
        self.course = Choice(self.tr("Course"), courses, look)
        self.drug = Choice(self.tr("What is held"), (("", self.tr("the whole course")),), look)
        self.drug.choose("")
        self.from_on = DateField(self.tr("First held day"), look)
        self.goes_on = DateField(self.tr("Goes on, or new day 1"), look)
        self.reason = PlainEdit(self.tr("Reason"))
        self.reason.setPlaceholderText(self.tr("cannot be empty; kept with the plan"))
        none = ("", self.tr("none: record another hold or delay"))
        holds = tuple((str(row.hold_id), row.words) for row in self.form.holds if row.is_open)
        self.open_hold = Choice(
            self.tr("Hold that ends; it goes on from its first day where it is taken back"),
            (none, *holds),
            look,
        )
        self.open_hold.choose("")
        self.standing = StandingHolds(tuple(row for row in self.form.holds if row.is_open), look)
        self.bands = DelayBands(look)
        self.summary = label("", look, "body", "strong", wrap=True)
        self.against = label("", look, "body", "strong", "hold", wrap=True)
        self.also = label("", look, "small", wrap=True)
        self.also.setTextFormat(Qt.TextFormat.PlainText)
        self.also.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.also.setAccessibleName(self.tr("What else changes"))
        self.model = DelayTable(self)
        self.table = PlainTable(self.tr("What moves"), look)
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.setMinimumHeight(160)
        self.also_head = label(self.tr("What else changes"), look, "body", "bold")

    def _lay_out(self) -> None:
        if any(row.is_open for row in self.form.holds):
            self.body.addWidget(label(self.tr("Holds that stand"), self.look, "body", "bold"))
            self.body.addWidget(self.standing)
            self.body.addLayout(self.line(self.tr("&End this hold"), self.open_hold, wide=160))
        else:
            self.standing.setParent(self)
            self.standing.hide()
            self.open_hold.setParent(self)
            self.open_hold.hide()
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addLayout(self.line(self.tr("&Course"), self.course, wide=110), 1)
        first.addLayout(self.line(self.tr("&What is held"), self.drug, wide=110), 1)
        second.addLayout(self.line(self.tr("&First held day"), self.from_on, wide=110), 1)
        second.addLayout(self.line(self.tr("&Goes on / day 1"), self.goes_on, wide=130), 1)
        self.body.addLayout(first)
        self.body.addLayout(second)
        self.body.addLayout(self.line(self.tr("Rea&son"), self.reason, wide=110))
        self.body.addWidget(self.summary)
        self.body.addWidget(self.against)
        self.body.addWidget(self.bands)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self.table, 3)
        right = QVBoxLayout()
        right.addWidget(self.also_head)
        right.addWidget(self.also, 1)
        both.addLayout(right, 1)
        self.body.addLayout(both)
        for widget in (self.bands, self.table, self.also_head, self.against):
            widget.hide()

    def _connect(self) -> None:
        # what changes nothing is the filled button: looking at a delay must not look like asking for one
        self.back_button.setProperty("role", "act")
        self.act_button.setProperty("role", "")
        self.course.edited.connect(self._course_chosen)
        self.open_hold.edited.connect(self._look_again)
        self.standing.ended.connect(self._begin_end)
        self.standing.taken_back.connect(self._begin_taking_back)
        for field in (self.drug, self.from_on, self.goes_on):
            field.edited.connect(self._look_again)

    def _course_chosen(self) -> None:
        key = self.course.value()
        self.drug.clear()
        self.drug.addItem(self.tr("the whole course"), "")
        for course, drug, name in self.form.drugs:
            if course == key:
                self.drug.addItem(name, drug)
        self.drug.choose("")
        start = next((start for course, _, start in self.form.courses if course == key), None)
        if start is not None and self.from_on.is_empty():
            self.from_on.set_value(max(start, self.ward.today()))
        self._look_again()

    def _begin_end(self, hold_id: int) -> None:
        """Choose the hold; the day on which it goes on is typed next."""
        self.open_hold.choose(str(hold_id))
        self.goes_on.clear()
        self._look_again()
        self.goes_on.setFocus()

    def _begin_taking_back(self, hold_id: int) -> None:
        """Choose the hold and let it go on from its own first day; the reason is typed next."""
        first = next(row.from_on for row in self.form.holds if row.hold_id == hold_id)
        self.open_hold.choose(str(hold_id))
        self.goes_on.set_value(first)
        self._look_again()
        self.reason.setFocus()

    def _new_hold(self) -> NewHold | None:
        course, since, resumes = self.course.value(), self.from_on.value(), self.goes_on.value()
        if course is None or since is None or (resumes is None and not self.goes_on.is_empty()):
            return None
        until = None if resumes is None else resumes - timedelta(days=1)
        return NewHold(course, self.drug.value() or "", since, until, self.reason.text())

    def _look_again(self) -> None:
        self.refusals.show_reasons(())
        form = self._new_hold()
        self.view = None
        said: tuple[str, ...] = ()
        if form is not None and not self.open_hold.value():
            try:
                self.view = preview(self.ward, self.infant_id, form)
                said = self.view.against
            except Refused as refused:
                said = refused.reasons
        ending = bool(self.open_hold.value())
        self.act_button.setText(
            self.tr("&Record the end of the hold") if ending else self.tr("&Record the delay")
        )
        self.against.setText("\n".join(self._shortened(said)))
        self.against.setVisible(bool(said))
        self._show(self.view)

    def _shortened(self, said: tuple[str, ...]) -> tuple[str, ...]:
        """The first few reasons and how many more: the bands below stay in sight."""
        if len(said) <= _MOST_REASONS:
            return said
        more = self.tr("and {0} more of the same kind").format(len(said) - _MOST_REASONS)
        return (*said[:_MOST_REASONS], more)

    def _show(self, view: DelayView | None) -> None:
        for widget in (self.bands, self.table, self.also_head):
            widget.setVisible(view is not None)
        ending = bool(self.open_hold.value())
        for field in (self.course, self.drug, self.from_on):
            field.setEnabled(not ending)  # of a hold that ends, only its end is typed
        self.bands.show_view(view)
        ends = self.tr("Type the day on which it goes on (its first day where taken back) and why.")
        self.summary.setText(ends if ending else "" if view is None else view.summary)
        also = () if view is None else view.also
        self.also.setText(unbroken("\n\n".join(f"{title}\n{words}" for title, words in also)))
        self.model.show_moves(() if view is None else view.moves)

    def is_dirty(self) -> bool:
        """Whether a reason was typed."""
        return bool(self.reason.text().strip())

    def record(self) -> None:
        """Record the hold or its end, or say why not; what was typed stays."""
        if self.open_hold.value():
            if self.goes_on.value() is None:
                words = self.goes_on.refusal() or self.tr("Type the day on which it goes on.")
                self.refusals.show_reasons((words,))
                return
        elif self._new_hold() is None:
            fields = (self.from_on, self.goes_on)
            faults = tuple(field.refusal() for field in fields if field.refusal())
            words = self.tr("Choose the course and type the first held day.")
            self.refusals.show_reasons(faults or (words,))
            return
        if saving(self, self._keep, button=self.act_button):
            self.accept()

    def _keep(self) -> int | None:
        ending, resumes, form = self.open_hold.value(), self.goes_on.value(), self._new_hold()
        who = self.session.who
        if ending and resumes is not None:
            last = resumes - timedelta(days=1)
            return end_hold(
                self.ward, self.infant_id, int(ending), last, self.reason.text(), who=who
            )
        if form is None:
            raise TypeError("the form was checked before")
        return save_hold(self.ward, self.infant_id, form, who=who)
