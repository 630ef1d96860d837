"""The record: every act in its order, as it stood at any past moment, and whether a paper belongs to it.

Nothing can be entered here. What is shown of a past moment is marked so on every picture of it.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.beside import ROOMY, Beside
from bedside.desktop.fields import DateField
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import dress, label, rule
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.record_details import RecordDetails
from bedside.desktop.record_filters import RecordFilters, buddy
from bedside.desktop.record_model import RecordModel
from bedside.desktop.save import RefusalNote
from bedside.desktop.time_field import TimeField
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.audit_reader import chosen, find_head
from bedside.ward.views.record import RecordView
from bedside.ward.ward import Ward

Read = Callable[[datetime | None], RecordView]
_WIDTHS = (144, 144, 190, 164)
_LEAST_HIGH = 150  # of the table, in pixels


class RecordPanel(QWidget):
    """The record of one infant, or of the ward.

    Args:
        ward: the open ward.
        look: fonts and colours.
        read: gives the record, now (None) or as it stood at a moment.
    """

    def __init__(self, ward: Ward, look: Look, read: Read) -> None:
        super().__init__()
        self.ward, self.look, self.read = ward, look, read
        self.view: RecordView | None = None
        self.as_of: datetime | None = None
        self.filters = RecordFilters(look)
        self.model = RecordModel(look, self)
        self.table = PlainTable(self.tr("Every act, newest first"), look)
        self._say_empty()
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.setMinimumHeight(look.px(_LEAST_HIGH))
        self.details = RecordDetails(look)
        self.refusals = RefusalNote(look)
        self.past = _PastStrip(look)
        self.date = DateField(self.tr("As it stood on, date"), look, width=132)
        self.time = TimeField(self.tr("As it stood on, time"), look, width=80)
        self.time.follow(self.date, ward.wall_clock)
        self.show_button = KeyButton(self.tr("Show"), "Alt+S", look)
        self.head = PlainEdit(self.tr("Audit head from a paper"))
        self.find_button = KeyButton(self.tr("Find"), "Alt+F", look)
        self.found = label("", look, "body", "strong", wrap=True)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read the record again, of now or of the moment that is shown."""
        try:
            self.view = self.read(self.as_of)
        except Refused as refused:
            self.view = None
            self.model.show_lines(())
            self.details.show_line(None)
            self.table.when_empty("")  # the refusal says why: it is not that nothing is recorded
            self.refusals.show_reasons(refused.reasons)
            return
        self.refusals.show_reasons(())
        self._say_empty()
        self.past.show_moment(self.as_of)
        self.filters.know(self.view)
        self._filter()

    def show_now(self) -> None:
        """Back to what holds now."""
        self.as_of = None
        self.date.clear()
        self.time.clear()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_past(self) -> None:
        """Show the record as it stood at the typed moment."""
        day, time = self.date.value(), self.time.value()
        now = self.ward.wall_clock()
        if day is None or time is None:
            wanted = self.date.refusal() or self.time.refusal()
            self._refuse(wanted or self.tr("Type a date and a time, e.g. 20-Nov-2026 and 10:42."))
            return
        moment = self.time.moment()
        if moment.at is None:
            self._refuse(moment.words)
            return
        if moment.at > now:
            self._refuse(self.tr("This moment lies in the future: nothing stood then yet."))
            return
        self.as_of = moment.at
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_typed(self) -> None:
        """Look for the typed audit head in the trail."""
        try:
            found = find_head(self.ward, self.head.text())
        except Refused as refused:
            self._say(" ".join(refused.reasons), "stop")
            return
        self._say(found.words, "ink" if found.seq is not None else "stop")

    def start_anew(self) -> None:
        """Forget filters, moment and head: another infant is shown."""
        self.as_of = None
        self.filters.clear()
        for field in (self.date, self.time, self.head):
            field.clear()
        self._say("", "ink")

    def _say_empty(self) -> None:
        self.table.when_empty(
            self.tr(
                "No act is shown: nothing is recorded yet, or what is chosen above leaves nothing. Choose less above to see more."
            )
        )

    def _say(self, words: str, colour: str) -> None:
        dress(self.found, self.look, "body", "strong", colour)
        self.found.setText(words)

    def _refuse(self, words: str) -> None:
        self.refusals.show_reasons((words,))

    def _filter(self) -> None:
        if self.view is None:
            return
        wanted = self.filters
        lines = chosen(
            self.view, text=wanted.text, who=wanted.person, kind=wanted.kind_name, day=wanted.on
        )
        self.model.show_lines(lines[::-1])
        what = self.tr("{0} of {1} acts") if self.as_of is None else self.tr("{0} of {1} records")
        count = what.format(len(lines), len(self.view.lines))
        if self.view.more:
            count = self.tr("{0}; older ones are in the trail").format(count)
        wanted.count.setText(count)
        if lines:
            self.table.selectRow(0)
        else:
            self.details.show_line(None)

    def _focused(self) -> None:
        self.details.show_line(self.model.line_at(self.table.currentIndex().row()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.past)
        column.addWidget(self.filters)
        middle = Beside(self.look, ROOMY, 0)
        middle.row.addWidget(self.table, 3)
        middle.row.addWidget(rule(self.look, upright=True))
        middle.row.addWidget(self.details, 2)
        column.addWidget(middle, 1)
        order = self.tr(
            "In the order in which it was recorded, newest first. An entry made late keeps the "
            "time it tells of, so times may go back and forth."
        )
        column.addWidget(label(order, self.look, "small", colour="quiet", wrap=True))
        column.addWidget(rule(self.look, "edge"))
        column.addWidget(self.refusals)
        column.addWidget(self._foot())

    def _foot(self) -> Beside:
        look = self.look
        row, found = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(8)
        found.setSpacing(8)
        row.addWidget(buddy(self.tr("As it stood &on"), self.date.edit, look))
        for field in (self.date, self.time):
            row.addWidget(field.edit)
            field.setParent(self)
            field.hide()
        row.addWidget(self.show_button)
        row.addStretch(1)
        found.addWidget(buddy(self.tr("Audit &head on a paper"), self.head, look))
        self.head.setFixedWidth(look.px(172))
        self.head.setFont(look.font("body"))
        found.addWidget(self.head)
        found.addWidget(self.find_button)
        self.found.setAccessibleName(self.tr("Whether the head is in the trail"))
        found.addWidget(self.found, 1)
        foot = Beside(look, ROOMY, 20)
        foot.row.addLayout(row)
        foot.row.addLayout(found, 1)
        return foot

    def _connect(self) -> None:
        self.filters.edited.connect(self._filter)
        self.table.selectionModel().currentRowChanged.connect(self._focused)
        self.show_button.clicked.connect(self.show_past)
        self.find_button.clicked.connect(self.find_typed)
        self.past.now_button.clicked.connect(self.show_now)
        self.time.edit.goes_on = self._after_time
        self.head.goes_on = self._after_head

    def _after_time(self) -> QWidget:
        self.show_past()
        return self.time.edit if self.as_of is None else self.table

    def _after_head(self) -> QWidget:
        self.find_typed()
        return self.head


class _PastStrip(QWidget):
    """Says over the whole page that it shows a past moment; hidden while it shows now."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("past_strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            f"#past_strip {{ background: {look.colour('hold_tint').name()};"
            f" border: 2px solid {look.colour('hold').name()}; }}"
        )
        self.words: QLabel = label("", look, "body_strong_banner", "bold", wrap=True)
        self.now_button = KeyButton(self.tr("Back to now"), "Alt+B", look)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.addWidget(self.words, 1)
        row.addWidget(self.now_button)
        self.hide()

    def show_moment(self, moment: datetime | None) -> None:
        """Show a moment; None hides the strip."""
        self.setVisible(moment is not None)
        if moment is not None:
            words = self.tr(
                "AS IT STOOD ON {0}. What was recorded or struck out later is not in it; nothing "
                "can be entered from here."
            )
            self.words.setText(words.format(write_date_time(moment)))
