"""Reduces a dose: what was ordered, each dose before and after, and the reductions that stand."""

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.ending_orders import EndingOrders
from bedside.desktop.fields import Choice, NumberField, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.text_table import TextTable
from bedside.units.refusal import Refused
from bedside.ward.order_ending import ends_by_reduction
from bedside.ward.reductions import preview_reduction, reduction_form, save_reduction
from bedside.ward.views.reductions import NewReduction, ReductionRow, ReductionView
from bedside.ward.ward import Ward

_WIDTHS = (330, 190, 190)
_MOST_SHOWN = 6


class ReductionDialog(FormDialog):
    """Records a reduced dose, and leads to ending or taking back one that stands.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        parent: the window it belongs to.
    """

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        parent: QWidget | None = None,
    ) -> None:
        self.form = reduction_form(ward, infant_id)
        super().__init__(
            look,
            session,
            self.tr("Reduce a dose"),
            self.tr("&Record the reduction"),
            parent,
            infant=patient_line(self.form.banner),
            width=940,
        )
        self.back_button.setText(self.tr("&Keep the dose"))
        self.ward, self.infant_id = ward, infant_id
        self.changed = False
        self.view: ReductionView | None = None
        self.standing, self.ended = QVBoxLayout(), QVBoxLayout()
        self._make_fields()
        self._lay_out()
        self._connect()
        self._show_rows()
        if self.form.courses:
            self.course.choose(self.form.courses[0][0])
        self.course.setFocus()

    def _make_fields(self) -> None:
        look, mark = self.look, self.ward.decimal_mark
        courses = tuple((key, title) for key, title, _ in self.form.courses)
        self.course = Choice(self.tr("Course"), courses, look)
        self.drug = Choice(self.tr("Drug"), (), look)
        self.from_day = NumberField("number", "", look, mark, name=self.tr("First course day"))
        self.until_day = NumberField("number", "", look, mark, name=self.tr("Last course day"))
        self.until_day.edit.setPlaceholderText(self.tr("to its end"))
        self.percent = NumberField("percent", "%", look, mark, name=self.tr("Reduce to"))
        of_what = (
            ("standard", self.tr("of the protocol's own dose")),
            ("last", self.tr("of the dose given last")),
        )
        self.of_what = Choice(self.tr("Per cent of what"), of_what, look)
        self.of_what.choose("standard")
        self.ordered_by = PlainEdit(self.tr("Ordered by"))
        self.reason = PlainEdit(self.tr("Reason"))
        for field in (self.ordered_by, self.reason):
            field.setPlaceholderText(self.tr("cannot be empty; printed with the dose"))
        self._ordered = "" if self.ward.signed_in is None else self.ward.signed_in.who
        if self._ordered:  # with people nobody orders in another's name
            self.ordered_by.setText(self._ordered)
            self.ordered_by.setReadOnly(True)
            self.ordered_by.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.against = label("", look, "body", "strong", "hold", wrap=True)
        self.steps = label("", look, "small", wrap=True)
        self.table = PlainTable(self.tr("Doses before and after"), look)
        self.table.setMinimumHeight(look.px(120))
        self.table.hide()

    def _lay_out(self) -> None:
        self.body.addLayout(self.standing)  # first: what holds now, each with its button
        for pair in (
            ((self.tr("&Course"), self.course), (self.tr("&Drug"), self.drug)),
            (
                (self.tr("&First course day"), self.from_day),
                (self.tr("&Last course day"), self.until_day),
            ),
            ((self.tr("Reduce &to"), self.percent), (self.tr("Per cent &of"), self.of_what)),
            ((self.tr("Ordered &by"), self.ordered_by), (self.tr("Rea&son"), self.reason)),
        ):
            row = QHBoxLayout()
            row.setSpacing(16)
            for text, field in pair:
                row.addLayout(self.line(text, field, wide=130), 1)
            self.body.addLayout(row)
        self.body.addWidget(self.against)
        self.ending = EndingOrders(self.look)
        self.body.addWidget(self.ending)
        self.body.addWidget(self.table)
        self.body.addWidget(self.steps)
        self.body.addLayout(self.ended)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.course.edited.connect(self._course_chosen)
        for field in (self.drug, self.from_day, self.until_day, self.percent, self.of_what):
            field.edited.connect(self._look_again)
        for typed in (self.ordered_by, self.reason):
            typed.textChanged.connect(self._look_again)

    def _show_rows(self) -> None:
        """What stands, each with its button; at the foot what ended."""
        for part in (self.standing, self.ended):
            while (item := part.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.deleteLater()
        self.end_buttons: list[QPushButton] = []
        for row in self.form.rows:
            part = self.ended if row.struck else self.standing
            part.addWidget(self._row_of(row))

    def _row_of(self, row: ReductionRow) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        if row.struck:
            words = self.tr("Ended: {0}. Why: {1}").format(row.words, row.struck)
            line.addWidget(label(unbroken(words), self.look, "small", colour="quiet", wrap=True), 1)
            return made
        line.addWidget(label(unbroken(row.words), self.look, "small", wrap=True), 1)
        button = QPushButton(self.tr("&End or take back…"))
        make_tall(button, self.look, FIELD_HIGH)
        button.setAutoDefault(False)
        button.setAccessibleDescription(row.words)
        button.clicked.connect(partial(self.end, row))
        self.end_buttons.append(button)
        line.addWidget(button)
        return made

    def end(self, row: ReductionRow) -> None:
        """Ask for the last day of a reduction and why it ends."""
        from bedside.desktop.end_reduction_dialog import EndReductionDialog

        dialog = EndReductionDialog(self.ward, self.look, self.session, self.infant_id, row, self)
        dialog.exec()
        dialog.deleteLater()
        if dialog.ended:
            self.changed = True
            self.form = reduction_form(self.ward, self.infant_id)
            self._show_rows()
            self._look_again()

    def _course_chosen(self) -> None:
        key = self.course.value()
        self.drug.clear()
        self.drug.addItem(self.tr("every drug of the course"), "")
        for course, drug, name in self.form.drugs:
            if course == key:
                self.drug.addItem(name, drug)
        self.drug.choose(None)
        day = next((day for course, _, day in self.form.courses if course == key), None)
        if day is not None and self.from_day.is_empty():
            self.from_day.set_text(str(day))
        self._look_again()

    def _typed(self) -> NewReduction | None:
        course, drug, percent = self.course.value(), self.drug.value(), self.percent.value()
        first, last = whole_day(self.from_day), whole_day(self.until_day)
        ended = self.until_day.is_empty() or last is not None
        if course is None or drug is None or first is None or not ended:
            return None
        if not isinstance(percent, Decimal):
            return None
        return NewReduction(
            course,
            drug,
            first,
            last,
            percent,
            "last" if self.of_what.value() == "last" else "standard",
            self.reason.text(),
            self.ordered_by.text(),
        )

    def _look_again(self) -> None:
        self.refusals.show_reasons(())
        form = self._typed()
        self.view = None
        said: tuple[str, ...] = ()
        if form is not None:
            try:
                self.view = preview_reduction(self.ward, self.infant_id, form)
                said = self.view.against
            except Refused as refused:
                said = refused.reasons
        self.against.setText("\n".join(said[:_MOST_SHOWN]))
        ended = () if form is None else ends_by_reduction(self.ward, self.infant_id, form)
        self.ending.show_lines(ended)
        self._show(self.view)

    def _show(self, view: ReductionView | None) -> None:
        changes = () if view is None else view.changes
        self.table.setVisible(bool(changes))
        heads = (self.tr("Planned dose"), self.tr("Now"), self.tr("Reduced"))
        rows = tuple((one.words, one.before, one.after) for one in changes)
        self.table.setModel(TextTable(heads, self.table, rows=rows))
        self.table.set_widths(_WIDTHS)
        lines: tuple[str, ...] = ()
        if changes:
            first = self.tr("How {0} is counted:").format(changes[0].words)
            lines = (first, *changes[0].steps)
        self.steps.setText(unbroken("\n".join(lines)))

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        ordered = "" if self._ordered else self.ordered_by.text()
        typed = (self.percent.text(), ordered, self.reason.text())
        return any(text.strip() for text in typed)

    def record(self) -> None:
        """Record the reduction, or say why not; what was typed stays."""
        if self._typed() is None:
            fields = (self.from_day, self.until_day, self.percent)
            faults = tuple(field.refusal() for field in fields if field.refusal())
            words = self.tr(
                "Choose course and drug; type the first course day as a whole number, and the per "
                "cent."
            )
            self.refusals.show_reasons(faults or (words,))
            return
        if saving(self, self._keep, button=self.act_button):
            self.changed = True
            self.accept()

    def _keep(self) -> int:
        form = self._typed()
        if form is None:
            raise TypeError("the form was checked before")
        return save_reduction(self.ward, self.infant_id, form, who=self.session.who)


def whole_day(field: NumberField) -> int | None:
    """A typed course day; None while it is empty, refused or not whole."""
    value = field.value()
    if not isinstance(value, Decimal | int) or value % 1:
        return None
    return int(value)


def open_reductions(
    ward: Ward, look: Look, session: Session, infant_id: int, parent: QWidget
) -> bool:
    """Show the dialog; return whether a reduction was recorded, ended or taken back."""
    dialog = ReductionDialog(ward, look, session, infant_id, parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.changed
