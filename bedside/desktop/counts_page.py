"""The page Counts: entry on the left, trend or table on the right, and what this count would open."""

from decimal import Decimal

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from bedside.desktop.beside import ROOMY, Beside, as_wide
from bedside.desktop.buttons import make_tall
from bedside.desktop.counts_form import CountsForm
from bedside.desktop.counts_last import last_values
from bedside.desktop.counts_striking import strike_out
from bedside.desktop.counts_table import CountsTable
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.desktop.start_preview import StartPreview, previewed
from bedside.desktop.trend import TrendChart, row_words
from bedside.desktop.trend_choice import TrendChoice
from bedside.units.quantities import Anc, Haemoglobin, Platelets, WhiteCells
from bedside.units.quantity_reader import Quantity
from bedside.ward.count_judging import judge_count, judge_share, judge_worked_out
from bedside.ward.count_normal import usual_set
from bedside.ward.counting import record_counts, work_out_anc
from bedside.ward.counts_page import counts_page
from bedside.ward.forms import EnteredCount
from bedside.ward.laboratory_trend import series_of, still_pending
from bedside.ward.views.pages import CountsView, Judged
from bedside.ward.ward import Ward

_ENTRY_WIDE = 684
FIRST_PAGE = 0
_COUNTED = (WhiteCells, Anc, Platelets, Haemoglobin)
_WIDTHS = (150, 78, 84, 84, 88, 76, 120, 230, 330, 440, 110, 240, 220)


class CountsPage(Page):
    """Entry, trend and history of the blood counts of one infant; `page_asked` wants another page of hers."""

    page_asked = Signal(int)
    keeps_typing = True

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self._view: CountsView | None = None
        self._leaving = False
        self._was_dirty = False
        self.refusals = RefusalNote(look)
        judge, wall = (self._judge, self._judge_worked_out), ward.wall_clock
        self.form = CountsForm(look, ward.decimal_mark, *judge, work_out_anc, wall)
        self.trend = TrendChart(look)
        self.analytes = TrendChoice(look)
        self.model = CountsTable(look.colour("quiet"), self)
        self.table = PlainTable(self.tr("Blood counts, newest first"), look)
        self.table.when_empty(
            self.tr("No blood count is recorded yet: type the first one in the form of this page.")
        )
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.horizontalHeader().setFixedHeight(look.px(42))
        self.preview = StartPreview(look)
        self.setAccessibleName(self.tr("Counts"))
        self._build(look)
        self._connect()

    def show_infant(self, infant_id: int) -> None:
        """Show an infant's counts, with an empty form."""
        self.form.set_usual(usual_set(self.ward))
        self.form.clear()
        self.analytes.forget()
        super().show_infant(infant_id)

    def refresh(self) -> None:
        """Read the counts again; what is typed stays."""
        if self.infant_id is not None:
            self.show_view(counts_page(self.ward, self.infant_id))
            series = series_of(self.ward, self.infant_id)
            self.analytes.show_series(series)
            self._tell_pending(still_pending(series))

    def show_view(self, view: CountsView) -> None:
        """Show finished counts."""
        self._view = view
        self.form.anc.limits = view.anc_limits
        self.model.show_view(view, self.ward.decimal_mark)
        self.trend.show_view(view)
        texts, head = last_values(view, self.ward.decimal_mark, self.form.usual_units())
        self.form.set_last(texts, head)
        if self.form.when.date.is_empty():
            self.form.when.date.set_value(view.now.date())
        self._draw_typed()
        self._tell_row()

    def is_dirty(self) -> bool:
        """Whether a typed count would be lost."""
        return not self.form.is_empty() and not self._leaving

    def leave(self) -> None:
        """Go to the infant's first page; what is typed stays here as a draft, and is not asked about."""
        self._leaving = True
        try:
            self.page_asked.emit(FIRST_PAGE)
        finally:
            self._leaving = False
        if self.is_dirty():
            if self not in self.session.unsure:
                self.state_words.setText(self.tr("draft, not recorded: it stays with this infant"))
            self.dirty_changed.emit(True)

    def record(self) -> None:
        """Record the typed count, if nothing stands against it."""
        infant = self.infant_id
        if infant is None:
            return
        outcome = saving(self, self._record, button=self.record_button)
        if outcome.saved:
            self.form.clear()
            self._start_date()
            self.refresh()
            self.recorded.emit(infant)
        self._draw_typed()
        if outcome.saved:
            self._say_recorded()
            self.form.when.time.edit.setFocus()

    def _tell_pending(self, pending: int) -> None:
        """Say on the door how many results the laboratory still owes."""
        text = self.tr("Chemistry and levels…")
        if pending:
            text = self.tr("Chemistry and levels, {0} pending").format(pending)
        self.chemistry_button.setText(text)

    def _tell_recorded(self) -> None:
        if self.infant_id is not None:
            self.recorded.emit(self.infant_id)

    def _say_recorded(self) -> None:
        """Say what was kept; the words stay until something is typed."""
        if self._view is not None and self._view.rows:
            newest = max(self._view.rows, key=lambda row: row.count_id)
            self.state_words.setText(self.tr("Recorded: {0}").format(row_words(newest)))
            self.state_words.setToolTip("")
            self.record_button.setAccessibleDescription(self.state_words.text())

    def void_chosen(self) -> None:
        """Strike the chosen count out, with a reason; it stays visible."""
        row = self.model.count_at(self.table.currentIndex().row())
        if row is None or row.voided or self.infant_id is None:
            return
        struck = strike_out(self, self.infant_id, row)
        if struck is not None:
            self.refresh()
            self.recorded.emit(self.infant_id)
            self.refusals.show_reasons((struck,) if struck else ())

    def open_chemistry(self) -> None:
        """Open chemistry and levels of this infant; a count typed here stays as it is."""
        infant = self.infant_id
        if infant is None:
            return
        from bedside.desktop.laboratory_dialog import LaboratoryDialog

        dialog = LaboratoryDialog(self.ward, self.look, self.session, infant, self)
        try:
            dialog.recorded.connect(self.refresh)
            dialog.recorded.connect(self._tell_recorded)
            dialog.exec()
        finally:
            dialog.deleteLater()

    def open_limits(self) -> None:
        """Open units and limits of normal of this count; what is typed stays as it is."""
        infant = self.infant_id
        if infant is None:
            return
        from bedside.desktop.counts_limits_dialog import CountLimitsDialog

        form = self.form
        dialog = CountLimitsDialog(self.ward, self.look, self.session, infant, form.normal, self)
        try:
            if dialog.exec() and dialog.chosen is not None:
                form.set_usual(usual_set(self.ward))
                form.set_normal(dialog.chosen)
        finally:
            dialog.deleteLater()

    def show_table(self, shown: bool) -> None:
        """Show the table instead of the trend, at the count under the focus line."""
        row = self.trend.focused_row
        if shown and row is not None:
            index = self.model.index(self.model.row_of(row.count_id), 0)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)
        self.stack.setCurrentIndex(1 if shown else 0)
        self.table_button.setText(self.tr("As trend") if shown else self.tr("As table"))
        self.void_button.setVisible(shown)
        self.analytes.setVisible(not shown)
        (self.table if shown else self.trend).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_focus(self) -> None:
        """Begin where the nurse begins: with the time on the slip."""
        self.form.when.time.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _record(self) -> int:
        if self.infant_id is None or self._view is None:
            raise ValueError("no infant is shown")
        counts = self.form.new_counts()
        return record_counts(self.ward, self.infant_id, counts, who=self.session.who)

    def _build(self, look: Look) -> None:
        two = Beside(look, ROOMY)
        two.row.addWidget(self._entry(look))
        two.row.addWidget(self._right(look), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.addWidget(two)

    def _entry(self, look: Look) -> QWidget:
        entry = QWidget()
        as_wide(entry, _ENTRY_WIDE, look)
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Record counts"), look, "page_title", "strong"))
        head.addStretch(1)
        self.limits_button = KeyButton(self.tr("Units, limits…"), "Alt+O", look)
        head.addWidget(self.limits_button)
        self.chemistry_button = KeyButton(self.tr("Chemistry and levels…"), "Alt+G", look)
        head.addWidget(self.chemistry_button)
        column.addLayout(head)
        column.addWidget(self.form, 1)
        column.addWidget(self.refusals)
        column.addLayout(self._buttons(look))
        return entry

    def _buttons(self, look: Look) -> QHBoxLayout:
        self.leave_button = QPushButton(self.tr("Lea&ve, keep the draft"))
        self.record_button = QPushButton(self.tr("&Record counts"))
        for button in (self.leave_button, self.record_button):
            make_tall(button, look)
        self.record_button.setProperty("role", "act")
        self.state_words = label("", look, "small", colour="quiet", wrap=True)
        self.state_words.setAccessibleName(self.tr("Why the count cannot be recorded yet"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.leave_button)
        row.addWidget(self.record_button)
        row.addWidget(self.state_words, 1)
        return row

    def _right(self, look: Look) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Trend"), look, "body", "strong"))
        head.addWidget(
            label(self.tr("to scale; ← → move the line"), look, "caption", colour="quiet")
        )
        head.addStretch(1)
        self.void_button = QPushButton(self.tr("Strike o&ut…"))
        self.void_button.setAutoDefault(False)
        self.void_button.hide()
        self.table_button = KeyButton(self.tr("As table"), "Alt+T", look)
        for button in (self.void_button, self.analytes, self.table_button):
            head.addWidget(button)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.trend)
        self.stack.addWidget(self.table)
        column.addLayout(head)
        column.addWidget(rule(look, "edge"))
        column.addWidget(self.stack, 1)
        column.addWidget(self.preview)
        return right

    def _connect(self) -> None:
        self.form.edited.connect(self._typed)
        self.record_button.clicked.connect(self.record)
        self.leave_button.clicked.connect(self.leave)
        self.table_button.clicked.connect(self._toggle_table)
        self.analytes.chosen.connect(self.trend.show_added)
        self.chemistry_button.clicked.connect(self.open_chemistry)
        self.limits_button.clicked.connect(self.open_limits)
        self.void_button.clicked.connect(self.void_chosen)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)

    def _toggle_table(self) -> None:
        self.show_table(self.stack.currentIndex() == 0)

    def _row_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        row = self.model.count_at(current.row())
        self._tell_row()
        if row is not None and not row.voided:
            self.trend.focus_count(row.count_id)

    def _tell_row(self) -> None:
        row = self.model.count_at(self.table.currentIndex().row())
        self.void_button.setEnabled(row is not None and not row.voided)

    def _judge(self, key: str, value: Quantity, entered: EnteredCount) -> Judged | None:
        if self.infant_id is not None and isinstance(value, Decimal):
            return judge_share(self.ward, self.infant_id, key, value)
        if self.infant_id is None or not isinstance(value, _COUNTED):
            return None
        return judge_count(self.ward, self.infant_id, value, entered)

    def _judge_worked_out(self, anc: Anc, white: WhiteCells, sign: str) -> Judged | None:
        infant = self.infant_id
        return None if infant is None else judge_worked_out(self.ward, infant, anc, white, sign)

    def _typed(self) -> None:
        """Why it was refused holds no more once something is mended; all is judged anew."""
        self.refusals.show_reasons(())
        self._draw_typed()

    def _draw_typed(self) -> None:
        """Judge, preview and draw what is typed, at each change."""
        if self._view is None or self.infant_id is None:
            return
        reading = self.form.reading()
        now = self.ward.wall_clock()
        self.form.when.show_age(now)
        typed = reading.typed_at(self.form.when.taken().at or now)
        self.trend.show_typed(typed if reading.anything else None)
        rules, as_if = previewed(self.ward, self.infant_id, self.form, reading)
        shown = typed if reading.anything or reading.suspect else None
        self.preview.show_rules(self._view.rule_course, rules, shown, as_if)
        self._tell_button(reading.missing)
        self._tell_dirty()

    def _tell_button(self, missing: tuple[str, ...]) -> None:
        dirty = self.is_dirty()
        self.record_button.setEnabled(dirty and not missing)
        if dirty:
            text = self._state(missing)
            self.state_words.setText(text)
            self.state_words.setToolTip("\n".join(missing))
        else:
            self.state_words.setText(self.tr("nothing typed yet"))
        self.record_button.setAccessibleDescription(self.state_words.text())

    def _state(self, missing: tuple[str, ...]) -> str:
        """How far what is typed is from being recorded."""
        if self in self.session.unsure:
            return self.tr("perhaps recorded already: look before you record it again")
        if not missing:
            asked = self.form.when.specimen.value() is None
            return self.tr("ready; from where? not said") if asked else self.tr("ready to record")
        left = len(missing) - 2
        more = self.tr(", and {0} more").format(left) if left > 0 else ""
        return self.tr("not yet: {said}").format(said="; ".join(missing[:2]) + more)

    def _tell_dirty(self) -> None:
        dirty = self.is_dirty()
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            self.dirty_changed.emit(dirty)

    def _start_date(self) -> None:
        self.form.when.date.set_value(self.ward.now().date())
