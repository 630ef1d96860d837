"""Hold or delay: everything that would move is shown before anything is recorded."""

from datetime import date, timedelta

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bedside.desktop.delay_bands import DelayBands
from bedside.desktop.delay_fields import DelayFields
from bedside.desktop.delay_table import DelayTable
from bedside.desktop.ending_orders import EndingOrders, ends_by_delay
from bedside.desktop.fields import Choice
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.plain_table import ROW_HIGH, USUAL_PERCENT, PlainTable
from bedside.desktop.save import saving
from bedside.desktop.screen_room import room_of
from bedside.desktop.session import Session
from bedside.desktop.standing_holds import StandingHolds
from bedside.desktop.what_else import WhatElse
from bedside.units.refusal import Refused
from bedside.ward.holding import delay_form, end_hold, preview, save_hold
from bedside.ward.shifting import preview_shift, save_shift, take_back_shift
from bedside.ward.views.delay import DelayView
from bedside.ward.ward import Ward

_WIDEST = (
    "Drug days that move",
    "Delayed Intensification part 1 day",
    "29-Sep-2026",
    "29-Sep-2026",
)
_BY = "+365 days"  # the widest word of the column "Later"
_CELL = 22  # pixels around the words of a cell

_MOST_REASONS, _WIDE, _HIGH = 3, 1280, 720
_BESIDE = 1100  # narrower than this, what else changes stands below the table
_TAKE_BACK = "s"  # stands before the number of a shift that is taken back


class DelayDialog(FormDialog):
    """Holds a course or one drug of it, delays a start, shifts a drug's doses, or ends any of it.

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
            width=min(_WIDE, QGuiApplication.primaryScreen().availableGeometry().width() - 24),
        )
        self.setAccessibleName(self.tr("Hold or delay"))
        self.back_button.setText(self.tr("&Keep as planned"))
        self.ward = ward
        self.infant_id = infant_id
        self.view: DelayView | None = None
        self._offered: date | None = None
        self._make_fields()
        self._lay_out()
        self._connect()
        self._put_in_focus(course_key, on, drug)
        self.course.setFocus()
        # tall from the first, so that nothing scrolls once the bands are there
        room = room_of(self).height() - 40
        self.resize(self.width(), min(look.fitting(_WIDE, _HIGH)[1], room))

    def _put_in_focus(self, course_key: str, on: date | None, drug: str) -> None:
        """Choose what was in focus where the form was asked for; without a day, what runs now."""
        if on is None:
            course_key = self.form.running or course_key  # what is being given comes first
        if any(key == course_key for key, _, _ in self.form.courses):
            self.course.choose(course_key)
            if on is not None:
                self.from_on.set_value(on)
            if drug and self.drug.findText(drug) >= 0:
                self.drug.setCurrentIndex(self.drug.findText(drug))

    def show_move(self, drug: str, route: str, on: date, to: date) -> None:
        """Show what a later day would move, as it was taken on the timeline; the reason comes next.

        Args:
            drug: the display name of the one drug whose doses are given later, "" for the course.
            route: of that drug.
            on: the day it stands on.
            to: the day it would stand on.
        """
        if drug:
            self.fields.take_shift(drug, route)
        self.from_on.set_value(on)
        self.goes_on.set_value(to)
        self._look_again()
        self.reason.setFocus()

    def _make_fields(self) -> None:
        look = self.look
        self.fields = DelayFields(self.form, look)
        self.course, self.way, self.drug = self.fields.course, self.fields.way, self.fields.drug
        self.from_on, self.goes_on = self.fields.from_on, self.fields.goes_on
        self.reason = self.fields.reason
        none = ("", self.tr("none: record another hold or delay"))
        open_holds = tuple(row for row in self.form.holds if row.is_open)
        holds = (
            *((str(row.hold_id), row.words) for row in open_holds),
            *((f"{_TAKE_BACK}{row.shift_id}", row.words) for row in self.form.shifts),
        )
        self.open_hold = Choice(
            self.tr("Hold that ends, or shift that is taken back"),
            (none, *holds),
            look,
        )
        self.open_hold.choose("")
        self._narrow_in_large_text()
        self.standing = StandingHolds(open_holds, self.form.shifts, look)
        self.bands = DelayBands(look)
        self.summary = label("", look, "body", "strong", wrap=True)
        self.against = label("", look, "body", "strong", "hold", wrap=True)
        self.ending = EndingOrders(look)
        self.also = WhatElse(look)
        self.model = DelayTable(self)
        self.table = PlainTable(self.tr("What moves"), look)
        self.table.setModel(self.model)
        self._dress_table()
        self.also_head = label(self.tr("What else changes"), look, "body", "bold")

    def _dress_table(self) -> None:
        """Widths that fit the widest words; a long name and its session are read in full."""
        if self.look.percent > USUAL_PERCENT:  # two dates and a drug's name beside one another
            self.table.setFont(self.look.font("small"))
        measured = self.table.fontMetrics()
        self.table.set_widths(
            tuple(measured.horizontalAdvance(words) + _CELL for words in (*_WIDEST, _BY))
        )
        self.table.setWordWrap(True)
        self.table.verticalHeader().setMinimumSectionSize(self.look.px(ROW_HIGH))
        self.table.setMinimumHeight(self.look.px(160))

    def _narrow_in_large_text(self) -> None:
        """The hold that ends stands in full in the list above: its field may be narrower."""
        if self.look.percent > USUAL_PERCENT:
            kinds = Choice.SizeAdjustPolicy
            self.open_hold.setSizeAdjustPolicy(kinds.AdjustToMinimumContentsLengthWithIcon)

    def _lay_out(self) -> None:
        if any(row.is_open for row in self.form.holds) or self.form.shifts:
            words = self.tr("Holds and shifts that stand")
            self.body.addWidget(label(words, self.look, "body", "bold"))
            self.body.addWidget(self.standing)
            self.body.addLayout(self.line(self.tr("&End this one"), self.open_hold, wide=160))
        else:
            self.standing.setParent(self)
            self.standing.hide()
            self.open_hold.setParent(self)
            self.open_hold.hide()
        self.body.addWidget(self.fields)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.against)
        self.body.addWidget(self.ending)
        self._lay_out_what_moves()
        for widget in (self.bands, self.table, self.also_head, self.against):
            widget.hide()

    def _lay_out_what_moves(self) -> None:
        """What else changes stands beside bands and table; with less room beside the table, or below."""
        wide = self.minimumWidth()
        beside = wide >= _BESIDE
        both = QBoxLayout(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        both.setSpacing(24)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(10)
        # in large text the bands need the whole width for the names in them
        (left if wide >= self.look.px(_BESIDE) else self.body).addWidget(self.bands)
        left.addWidget(self.table, 1)
        right.setSpacing(8)
        self.also_head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        right.addWidget(self.also_head)
        right.addWidget(self.also, 1)
        both.addLayout(left, 3)
        both.addLayout(right, 1)
        self.body.addLayout(both)

    def _connect(self) -> None:
        # what changes nothing is the filled button: looking at a delay must not look like asking for one
        self.back_button.setProperty("role", "act")
        self.act_button.setProperty("role", "")
        self.course.edited.connect(self._course_chosen)
        self.way.edited.connect(self._course_chosen)
        self.open_hold.edited.connect(self._look_again)
        self.standing.ended.connect(self._begin_end)
        self.standing.taken_back.connect(self._begin_taking_back)
        self.standing.shift_taken_back.connect(self._begin_shift_back)
        for field in (self.drug, self.from_on, self.goes_on):
            field.edited.connect(self._look_again)

    def _course_chosen(self) -> None:
        self.fields.offer_drugs()
        key = self.course.value()
        start = next((start for course, _, start in self.form.courses if course == key), None)
        offered = self.from_on.is_empty() or self.from_on.value() == self._offered
        if start is not None and offered:  # a day that was typed stays
            self._offered = max(start, self.ward.today())
            self.from_on.set_value(self._offered)
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

    def _begin_shift_back(self, shift_id: int) -> None:
        """Choose the shift; why it is taken back is typed next."""
        self.open_hold.choose(f"{_TAKE_BACK}{shift_id}")
        self._look_again()
        self.reason.setFocus()

    def _preview(self) -> DelayView | None:
        """What would move by what is typed; None while something is missing."""
        if self.open_hold.value():
            return None
        if self.fields.is_shift:
            shift = self.fields.new_shift()
            return None if shift is None else preview_shift(self.ward, self.infant_id, shift)
        form = self.fields.new_hold()
        return None if form is None else preview(self.ward, self.infant_id, form)

    def _look_again(self) -> None:
        self.refusals.show_reasons(())
        self.view = None
        said: tuple[str, ...] = ()
        try:
            self.view = self._preview()
            said = () if self.view is None else self.view.against
        except Refused as refused:
            said = refused.reasons
        self.act_button.setText(self._act())
        self.against.setText("\n".join(self._shortened(said)))
        self.against.setVisible(bool(said))
        self.ending.show_lines(self._ends())
        self._show(self.view)

    def _ends(self) -> tuple[str, ...]:
        """The signed orders that what is typed would end."""
        if self.view is not None and self.view.against:
            return ()
        asked = (self.open_hold.value() or "", self.goes_on.value())
        forms = (self.fields.new_shift() if self.fields.is_shift else self.fields.new_hold(),)
        return ends_by_delay(self.ward, self.infant_id, asked, *forms)

    def _act(self) -> str:
        if self._ends_shift():
            return self.tr("&Take the shift back")
        if self.open_hold.value():
            return self.tr("&Record the end of the hold")
        return (
            self.tr("&Record the shift") if self.fields.is_shift else self.tr("&Record the delay")
        )

    def _ends_shift(self) -> bool:
        return (self.open_hold.value() or "").startswith(_TAKE_BACK)

    def _shortened(self, said: tuple[str, ...]) -> tuple[str, ...]:
        """The first few reasons and how many more: the bands below stay in sight."""
        if len(said) <= _MOST_REASONS:
            return said
        more = self.tr("and {0} more of the same kind").format(len(said) - _MOST_REASONS)
        return (*said[:_MOST_REASONS], more)

    def _show(self, view: DelayView | None) -> None:
        for widget in (self.bands, self.also_head):
            widget.setVisible(view is not None)
        self.table.setVisible(view is not None and bool(view.moves))
        ending = bool(self.open_hold.value())
        for field in (self.course, self.way, self.drug, self.from_on):
            field.setEnabled(not ending)  # of a hold that ends, only its end is typed
        self.goes_on.setEnabled(not self._ends_shift())
        self.bands.show_view(view, self.fields.held())
        ends = (
            self.tr("Its doses go back to where they stood without it: say why.")
            if self._ends_shift()
            else self.tr(
                "Type the day on which it goes on (its first day where taken back) and why."
            )
        )
        said = ends if ending else "" if view is None else view.summary
        self.summary.setText(unbroken(said))
        self.also.show_notes(() if view is None else view.also)
        self.model.show_moves(() if view is None else view.moves)
        self.table.resizeRowsToContents()

    def is_dirty(self) -> bool:
        """Whether a reason was typed."""
        return bool(self.reason.text().strip())

    def record(self) -> None:
        """Record the hold, the shift or an end, or say why not; what was typed stays."""
        missing = self._missing()
        if missing:
            self.refusals.show_reasons(missing)
            return
        if saving(self, self._keep, button=self.act_button):
            self.accept()

    def _missing(self) -> tuple[str, ...]:
        """What has to be typed before anything can be recorded."""
        if self._ends_shift():
            return ()
        if self.open_hold.value():
            if self.goes_on.value() is not None:
                return ()
            return (self.goes_on.refusal() or self.tr("Type the day on which it goes on."),)
        return self.fields.missing()

    def _keep(self) -> bool:
        ending, resumes = self.open_hold.value() or "", self.goes_on.value()
        who, why = self.session.who, self.reason.text()
        if self._ends_shift():
            shift_id = int(ending.removeprefix(_TAKE_BACK))
            take_back_shift(self.ward, self.infant_id, shift_id, why, who=who)
        elif ending and resumes is not None:
            last = resumes - timedelta(days=1)
            end_hold(self.ward, self.infant_id, int(ending), last, why, who=who)
        elif self.fields.is_shift:
            self._keep_shift(who)
        else:
            self._keep_hold(who)
        return True

    def _keep_shift(self, who: str) -> None:
        shift = self.fields.new_shift()
        if shift is None:
            raise TypeError("the form was checked before")
        save_shift(self.ward, self.infant_id, shift, who=who)

    def _keep_hold(self, who: str) -> None:
        form = self.fields.new_hold()
        if form is None:
            raise TypeError("the form was checked before")
        save_hold(self.ward, self.infant_id, form, who=who)
