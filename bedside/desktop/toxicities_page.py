"""The page Toxicities: the log, entry by hand, the round, and the answer that a start rule asks for."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.beside import InSight
from bedside.desktop.grade_box import GradeBox
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.resolved_answer import ResolvedAnswer
from bedside.desktop.round_next import NextInRound
from bedside.desktop.round_panel import RoundPanel
from bedside.desktop.round_paused import show_paused
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.desktop.toxicity_buttons import ToxicityButtons
from bedside.desktop.toxicity_change_dialog import ToxicityChangeDialog
from bedside.desktop.toxicity_details import ToxicityDetails
from bedside.desktop.toxicity_dialog import ToxicityDialog
from bedside.desktop.toxicity_model import Column, ToxicityTable, is_open, log_words
from bedside.desktop.toxicity_striking import struck_out
from bedside.ward.toxicities import answer_resolved, toxicities_page
from bedside.ward.views.pages import ToxicitiesView, ToxicityRow
from bedside.ward.ward import Ward

_WIDTHS = (192, 118, 78, 106, 188, 176, 100)
_ROW = 30
_LOG, _ROUND = 0, 1


class ToxicitiesPage(Page):
    """The toxicity log of one infant, and her round.

    Signals:
        infant_asked: another infant's round is wanted (her id).
    """

    infant_asked = Signal(int)
    keeps_typing = True

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self._view: ToxicitiesView | None = None
        self._given: tuple[Literal["yes", "no"], str] = ("no", "")
        self.refusals = RefusalNote(look)
        self.model = ToxicityTable(look.colour("quiet"), self)
        self.table = PlainTable(self.tr("Toxicities, open ones first"), look)
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.grow_rows(_ROW)  # nothing clinical is cut: a long attribution takes two lines
        none = self.tr("No toxicity is recorded. T begins the round; Ins enters one by hand.")
        self.table.when_empty(none)
        self._boxes = GradeBox(look, self.table)
        self.table.setItemDelegateForColumn(Column.NOW, self._boxes)
        self.answer = ResolvedAnswer(look)
        self.round = RoundPanel(look, ward.decimal_mark)
        self.stack = InSight()
        self._was_dirty = False
        self.details = ToxicityDetails(look)
        self.buttons = ToxicityButtons(look)
        self.setAccessibleName(self.tr("Toxicities"))
        self._build(look)
        self._connect()

    def show_infant(self, infant_id: int) -> None:
        """Show an infant's log; a round of the infant before is over."""
        self.round.begin_anew()
        self.next_button.hide()  # it may have led here
        self.stack.setCurrentIndex(_LOG)
        super().show_infant(infant_id)

    def take_focus(self) -> None:
        """The log itself, or the line of the round that was left: letter keys act at once."""
        if self.in_round:
            self.round.take_focus()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the log again; the chosen row stays chosen, and so do the answers of a round."""
        if self.infant_id is None:
            return
        self.show_view(toxicities_page(self.ward, self.infant_id))
        if self.in_round:
            self._read_round()

    @property
    def in_round(self) -> bool:
        """Whether the round is in sight."""
        return self.stack.currentIndex() == _ROUND

    def is_dirty(self) -> bool:
        """Whether a round was begun and is not recorded."""
        return self.round.is_dirty()

    def asks_before_leaving(self) -> bool:
        """A round that was paused stays as this infant's draft without a question."""
        return self.in_round and self.is_dirty()

    def begin_round(self) -> None:
        """Show the round; answers of a paused one are there again."""
        if self.infant_id is None:
            return
        self.stack.setCurrentIndex(_ROUND)
        self._read_round()
        self.round.take_focus()

    def show_log(self) -> None:
        """Back to the log; what was answered in the round stays, and its button says so."""
        self.stack.setCurrentIndex(_LOG)
        show_paused(self.round_button, self.round)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_ward_round(self) -> None:
        """Choose from the whole ward whose round comes next."""
        from bedside.desktop.round_list_dialog import ward_round_dialog

        dialog = ward_round_dialog(self.ward, self.look, self)
        self._run(dialog, recorded=False)
        if dialog.infant_id is not None:
            self.infant_asked.emit(dialog.infant_id)

    def judge(self) -> None:
        """Say of the chosen toxicity what it is put down to, expected, serious, what was done."""
        from bedside.desktop.toxicity_judge_dialog import ToxicityJudgeDialog

        row = self.chosen()
        if row is None or row.log is None or row.voided:
            return
        self._run(ToxicityJudgeDialog(self.ward, row.log, self.look, self.session, self))

    def show_view(self, view: ToxicitiesView) -> None:
        """Show a finished log."""
        chosen = self.chosen()
        self._view = view
        self.model.show_view(view)
        row = -1 if chosen is None else self.model.row_of(chosen.toxicity_id)
        if view.rows:
            self.table.setCurrentIndex(self.model.index(max(row, 0), 0))
        self.about.setText(log_words(view))
        self.answer.show_view(view)
        show_paused(self.round_button, self.round)
        self._row_changed()

    def chosen(self) -> ToxicityRow | None:
        """The toxicity of the row in focus."""
        return self.model.toxicity_at(self.table.currentIndex().row())

    def enter_new(self) -> None:
        """Open the form for a new toxicity."""
        if self._view is None or self.infant_id is None:
            return
        self._run(self._new_form(self.infant_id, self._view))

    def enter_present(self, key: str, term: str) -> None:
        """Open the form for a term that the round asked for and that is there."""
        if self._view is None or self.infant_id is None:
            return
        dialog = self._new_form(self.infant_id, self._view)
        dialog.begin_with(term)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted:
            self.round.entered(key)
            self._recorded()

    def _new_form(self, infant_id: int, view: ToxicitiesView) -> ToxicityDialog:
        return ToxicityDialog(self.ward, infant_id, view, self.look, self.session, self)

    def grade_anew(self) -> None:
        """Ask for the grade of the chosen toxicity now."""
        self._change(gone=False)

    def say_gone(self) -> None:
        """Ask since when the chosen toxicity is gone."""
        self._change(gone=True)

    def strike_out(self) -> None:
        """Strike the chosen toxicity out, with a reason; it stays visible."""
        row = self.chosen()
        if row is None or row.voided:
            return
        if struck_out(self, row):
            self._recorded()

    def correct(self) -> None:
        """Correct a grade of the chosen toxicity, in the open."""
        from bedside.desktop.toxicity_correct_dialog import ToxicityCorrectDialog

        row = self.chosen()
        if row is None or row.log is None or row.voided:
            return
        self._run(ToxicityCorrectDialog(self.ward, row.log, self.look, self.session, self))

    def answer_yes(self) -> None:
        """Answer yes, after one more look."""
        self._answer("yes")

    def answer_no(self) -> None:
        """Answer no; another answer that stands is shown first."""
        self._answer("no")

    def _answer(self, answer: Literal["yes", "no"]) -> None:
        from bedside.desktop.resolved_dialog import ask_resolved

        if self._view is None:
            return
        accepted, reason = ask_resolved(self, self.look, self._view, answer)
        if accepted:
            self._give(answer, reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the log: insert, G, R, J, C, X, T, W; the round has its own."""
        keys = {
            Qt.Key.Key_Insert: self.enter_new,
            Qt.Key.Key_G: self.grade_anew,
            Qt.Key.Key_R: self.say_gone,
            Qt.Key.Key_X: self.strike_out,
            Qt.Key.Key_J: self.judge,
            Qt.Key.Key_C: self.correct,
            Qt.Key.Key_T: self.begin_round,
            Qt.Key.Key_W: self.show_ward_round,
        }
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.window().focusWidget() is self.next_button:
            self._go_to_next()
        elif event.key() in keys and not event.modifiers() and not self.in_round:
            keys[Qt.Key(event.key())]()
        else:
            super().keyPressEvent(event)

    def _change(self, *, gone: bool) -> None:
        row = self.chosen()
        if row is None or not is_open(row):
            return
        dialog = ToxicityChangeDialog(
            self.ward, row, gone=gone, look=self.look, session=self.session, parent=self
        )
        self._run(dialog)

    def _run(self, dialog: QDialog, *, recorded: bool = True) -> None:
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted and recorded:
            self._recorded()

    def _read_round(self) -> None:
        from bedside.ward.toxicity_round import round_of

        if self.infant_id is not None:
            said = self.round.said_so_far
            self.round.show_view(round_of(self.ward, self.infant_id, said=said))

    def _finish_round(self) -> None:
        if saving(self, self._record_round, button=self.round.finish_button).saved:
            self.round.begin_anew()
            self.show_log()
            self._recorded()
            if self.infant_id is not None:
                self.next_button.offer(self.ward, self.infant_id)

    def _record_round(self) -> int:
        from bedside.ward.toxicity_round import finish_round

        if self.infant_id is None:
            raise ValueError("no infant is shown")
        return finish_round(self.ward, self.infant_id, self.round.answers(), who=self.session.who)

    def _go_to_next(self) -> None:
        if self.next_button.infant_id is not None:
            self.infant_asked.emit(self.next_button.infant_id)

    def _round_touched(self) -> None:
        dirty = self.is_dirty()
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            self.dirty_changed.emit(dirty)

    def _give(self, answer: Literal["yes", "no"], reason: str = "") -> None:
        self._given = (answer, reason)
        if saving(self, self._record_answer).saved:
            self._recorded()

    def _record_answer(self) -> int:
        if self.infant_id is None:
            raise ValueError("no infant is shown")
        answer, reason = self._given
        who = self.session.who
        return answer_resolved(self.ward, self.infant_id, answer, who=who, reason=reason)

    def _recorded(self) -> None:
        self.refresh()
        if self.infant_id is not None:
            self.recorded.emit(self.infant_id)

    def _row_changed(self) -> None:
        row = self.chosen()
        self.refusals.show_reasons(())  # they were of the row and the moment before
        standing = row is not None and not row.voided
        open_one = row is not None and is_open(row)
        self.buttons.allow(open_one=open_one, standing=standing, rows=self.table)
        self.details.show_toxicity(None if row is None else row.log)

    def _build(self, look: Look) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 10, 16, 10)
        outer.setSpacing(8)
        outer.addWidget(self.stack, 1)
        outer.addWidget(self.refusals)
        log = QWidget()
        column = QVBoxLayout(log)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head(look))
        column.addWidget(rule(look, "edge"))
        column.addWidget(self.table, 1)
        column.addWidget(self.buttons)
        column.addWidget(self.details)
        column.addWidget(rule(look, "edge"))
        column.addWidget(self.answer)
        self.stack.addWidget(log)
        self.stack.addWidget(self.round)

    def _head(self, look: Look) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        self.about = label("", look, "body", colour="quiet", wrap=True)
        self.round_button = KeyButton(self.tr("Toxicity round"), "T", look, bound=False)
        self.ward_button = KeyButton(self.tr("Ward's round…"), "W", look, bound=False)
        self.next_button = NextInRound(look)
        head.addWidget(label(self.tr("Toxicities"), look, "page_title", "strong"))
        head.addWidget(self.about, 1)
        for button in (self.next_button, self.round_button, self.ward_button):
            head.addWidget(button)
        return head

    def _connect(self) -> None:
        self.buttons.new.clicked.connect(self.enter_new)
        self.buttons.grade.clicked.connect(self.grade_anew)
        self.buttons.gone.clicked.connect(self.say_gone)
        self.buttons.void.clicked.connect(self.strike_out)
        self.buttons.judge.clicked.connect(self.judge)
        self.buttons.correct.clicked.connect(self.correct)
        self.round_button.clicked.connect(self.begin_round)
        self.ward_button.clicked.connect(self.show_ward_round)
        self.next_button.clicked.connect(self._go_to_next)
        self.round.finish_asked.connect(self._finish_round)
        self.round.paused.connect(self.show_log)
        self.round.new_asked.connect(self.enter_new)
        self.round.present.connect(self.enter_present)
        self.round.said.connect(self._read_round)
        self.round.answered.connect(self._round_touched)
        self.answer.yes.clicked.connect(self.answer_yes)
        self.answer.no.clicked.connect(self.answer_no)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._row_changed())
