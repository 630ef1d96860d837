"""Chemistry and drug levels of one infant: typed on one side, every result so far on the other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from bedside.desktop.captions import name_field
from bedside.desktop.counts_taken import TakenRow
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import dress, label
from bedside.desktop.laboratory_correct_dialog import LabCorrectDialog
from bedside.desktop.laboratory_form import LabForm
from bedside.desktop.laboratory_table import LabTable
from bedside.desktop.laboratory_words import look_again, made_since, result_taken_along
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line_of
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.laboratory_depends import resting_on
from bedside.ward.laboratory_page import laboratory_page
from bedside.ward.laboratory_reading import NewResult, look_at
from bedside.ward.laboratory_recording import (
    NewSpecimen,
    entered_already,
    entered_at,
    record_results,
    void_result,
)
from bedside.ward.views.laboratory import LabRow, LabSeen
from bedside.ward.ward import Ward

_SIZE = (1330, 744)
_HINT_WIDE, _HINT_MOST = 700, 880  # in large text the buttons need more of the line
_NAMED = 2  # results that are named where a specimen is recorded already
_MOST_WIDE = 300  # a column of the table, in pixels: longer words stand in the tooltip


class LaboratoryDialog(FormDialog):
    """Entry and history of chemistry and levels; the form belongs to its infant and to no other.

    Signals:
        recorded: something of this infant was recorded.
    """

    recorded = Signal()

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        parent: QWidget | None = None,
    ) -> None:
        self.view = laboratory_page(ward, infant_id)
        super().__init__(
            look,
            session,
            self.tr("Chemistry and levels"),
            self.tr("&Record results"),
            parent,
            infant=patient_line_of(ward, infant_id),
            width=1330,
        )
        self.setAccessibleName(self.tr("Chemistry and levels of {0}").format(self.view.infant))
        self._ward, self._infant = ward, infant_id
        self._entered: dict[str, str] = {}  # of the specimen whose time is typed, by analyte
        self.when = TakenRow(look, ward.wall_clock)
        self.laboratory = PlainEdit(self.tr("Laboratory"))
        self.form = LabForm(self.view, look, self._judge)
        self.model = LabTable(look.colour("quiet"), look.colour("hold"), self)
        self.table = PlainTable(self.tr("Results, newest first"), look)
        self.hint.setWordWrap(True)  # every row that waits is named
        self.hint.setMinimumWidth(min(look.px(_HINT_WIDE), _HINT_MOST))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._build()
        self._connect()
        self._start()
        self.when.time.edit.setFocus()
        self.resize(*look.fitting(*_SIZE))

    def is_dirty(self) -> bool:
        """Whether a typed result would be lost."""
        return not self.form.is_empty()

    def record(self) -> None:
        """Record what is typed, if nothing stands against it."""
        outcome = saving(self, self._record, button=self.act_button)
        if outcome.value is not None:
            self.form.clear()
            self._start()
            self._refresh()
            words = self.tr("Recorded: {0} results").format(len(outcome.value))
            if len(outcome.value) == 1:
                words = self.tr("Recorded: 1 result")
            self.hint.setText(words)
            self.when.time.edit.setFocus()
        else:
            self._retimed()  # meanwhile the hour may have come twice: which one is asked now

    def show_table(self, shown: bool) -> None:
        """Show every result instead of the form."""
        self.stack.setCurrentIndex(1 if shown else 0)
        self.table_button.setText(self.tr("As form") if shown else self.tr("As table"))
        for button in (self.correct_button, self.void_button):
            button.setVisible(shown)
        for part in (self.keys, self.when):  # of a new report only
            part.setVisible(not shown)
        (self.table if shown else self.when.time.edit).setFocus()

    def correct_chosen(self) -> None:
        """Correct the chosen result, or record that it came in."""
        row = self._chosen()
        if row is None or row.voided:
            return
        dialog = LabCorrectDialog(self._ward, self.look, self.session, self._infant, row, self)
        try:
            dialog.exec()
            if dialog.replaced:
                self._changed_row(self.tr("Struck out and replaced."), dialog.depends)
        finally:
            dialog.deleteLater()

    def void_chosen(self) -> None:
        """Strike the chosen result out, with a reason; it stays visible."""
        row = self._chosen()
        if row is None or row.voided:
            return
        depends = resting_on(self._ward, row.source)
        words = self.tr("Strike out {0} {1}?").format(row.title, row.entered)
        words += result_taken_along(self._ward, self._infant, row.source) + made_since(depends)
        reason = ask_reason(self, self.look, words, self.tr("&Strike out"))
        if reason and saving(self, _Void(self._ward, self.session, row, reason)).saved:
            self._changed_row(self.tr("Struck out."), depends)

    def _record(self) -> tuple[int, ...]:
        taken = self.when.taken()
        if taken.at is None:
            raise Refused(taken.words or self.tr("Type when the specimen was taken."))
        specimen = NewSpecimen(
            taken.at, self.when.specimen.value() or "", self.laboratory.text(), self.form.results()
        )
        return record_results(self._ward, self._infant, specimen, who=self.session.who)

    def _judge(self, typed: NewResult) -> LabSeen:
        at = self.when.taken().at
        entered = self._entered.get(typed.analyte)
        if entered is not None:
            return LabSeen("impossible", "", entered, self.tr("entered already"))
        return look_at(self._ward, self._infant, typed, at)

    def _build(self) -> None:
        look = self.look
        head = QHBoxLayout()
        head.setSpacing(8)
        room = self.when.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.when.setSizePolicy(room)
        head.addWidget(self.when, 1)
        name = label(self.tr("La&boratory"), look, "body", colour="quiet")
        name.setTextFormat(name.textFormat().AutoText)
        name_field(name, self.laboratory)
        self.laboratory.setFixedWidth(look.px(180))
        self.table_button = KeyButton(self.tr("As table"), "Alt+T", look)
        for widget in (name, self.laboratory, self.table_button):
            head.addWidget(widget)
        self.body.addLayout(head)
        self.keys = label(self._keys_words(), look, "small", colour="quiet", wrap=True)
        self.keys.setMinimumHeight(2 * self.keys.fontMetrics().lineSpacing())
        self.body.addWidget(self.keys)
        self.table.setModel(self.model)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.form)
        self.stack.addWidget(self._history())
        self.body.addWidget(self.stack, 1)

    def _history(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        self.correct_button = QPushButton(self.tr("&Correct…"))
        self.void_button = QPushButton(self.tr("Strike o&ut…"))
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.correct_button, self.void_button):
            button.setAutoDefault(False)
            button.hide()
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        return side

    def _connect(self) -> None:
        self.form.edited.connect(self._tell)
        self.when.edited.connect(self._retimed)
        self.laboratory.textChanged.connect(self.form.set_laboratory)
        self.table_button.clicked.connect(self._toggle)
        self.correct_button.clicked.connect(self.correct_chosen)
        self.void_button.clicked.connect(self.void_chosen)
        self.table.selectionModel().currentRowChanged.connect(self._tell_row)

    def _start(self) -> None:
        self.when.clear()
        self.when.date.set_value(self._ward.today())
        if not self.laboratory.text() and self.view.laboratories:
            self.laboratory.setText(self.view.laboratories[0])
        self.model.show_rows(self.view.rows)
        self.table.fit_to_words(_MOST_WIDE)
        self._tell()
        self._tell_row()

    def _refresh(self) -> None:
        self.view = laboratory_page(self._ward, self._infant)
        self.model.show_rows(self.view.rows)
        self.table.fit_to_words(_MOST_WIDE)
        self.form.show_fields(self.view)
        self._tell()
        self._tell_row()
        self.recorded.emit()

    def _changed_row(self, words: str, depends: tuple[str, ...]) -> None:
        """After a correction: what was made of the old value is said again."""
        self._refresh()
        self.refusals.show_reasons((look_again(depends),) if depends else ())
        self.hint.setText(words)

    def _retimed(self) -> None:
        self.when.show_age(self._ward.wall_clock())
        self._tell_entered()
        self.form.judge_again()
        self._tell()

    def _tell_entered(self) -> None:
        """A specimen that is recorded already is said as soon as its time is typed."""
        at = self.when.taken().at
        words: tuple[str, ...] = ()
        self._entered = {}
        if at is not None:
            place = self.when.specimen.value() or ""
            self._entered = entered_already(self._ward, self._infant, at, place)
            words = entered_at(self._ward, self._infant, at)
        said = self.tr(
            "Recorded already as taken at this time: {0}. What is wrong there is corrected in the "
            "table (Alt+T); only what is missing is typed here."
        )
        if (
            len(words) > _NAMED
        ):  # each row says it, too; a longer line would move the rows under a hand
            rest = self.tr("and {0} more").format(len(words) - _NAMED)
            words = (*words[:_NAMED], rest)
        dress(self.keys, self.look, "small", *(("strong", "hold") if words else ("text", "quiet")))
        self.keys.setText(said.format("; ".join(words)) if words else self._keys_words())

    def _keys_words(self) -> str:
        return self.tr(
            "A value, or one letter: p pending, h haemolysed, c clotted, s sample too small; "
            "n not done and u unusable, each with the reason after it. < and > before the value."
        )

    def _tell(self) -> None:
        missing = list(self.form.missing())
        taken = self.when.taken()
        if taken.at is None:
            missing = [*(self.when.missing() or (taken.words,)), *missing]
        dirty = self.is_dirty()
        self.act_button.setEnabled(dirty and not missing)
        text = self.tr("nothing typed yet")
        if dirty:
            text = self.tr("not yet: {said}").format(said="; ".join(missing)) if missing else ""
        self.hint.setText(text)
        self.act_button.setAccessibleDescription(text)

    def _tell_row(self) -> None:
        row = self._chosen()
        standing = row is not None and not row.voided
        self.correct_button.setEnabled(standing)
        self.void_button.setEnabled(standing)
        pending = row is not None and row.state == "pending"
        self.correct_button.setText(
            self.tr("Result &came in…") if pending else self.tr("&Correct…")
        )

    def _toggle(self) -> None:
        self.show_table(self.stack.currentIndex() == 0)

    def _chosen(self) -> LabRow | None:
        return self.model.result_at(self.table.currentIndex().row())


class _Void:
    """The act of striking a result out, read when it runs (the person may be asked first)."""

    def __init__(self, ward: Ward, session: Session, row: LabRow, reason: str) -> None:
        self._ward, self._session, self._row, self._reason = ward, session, row, reason

    def __call__(self) -> None:
        void_result(self._ward, self._row.result_id, self._reason, who=self._session.who)
