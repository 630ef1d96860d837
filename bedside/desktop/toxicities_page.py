"""The page Toxicities: the log, entry by hand, and the answer that a start rule asks for."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from bedside.desktop.grade_box import GradeBox
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.resolved_answer import ResolvedAnswer
from bedside.desktop.resolved_dialog import ResolvedDialog
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.desktop.toxicity_change_dialog import ToxicityChangeDialog
from bedside.desktop.toxicity_dialog import ToxicityDialog
from bedside.desktop.toxicity_model import Column, ToxicityTable, is_open
from bedside.ward.toxicities import answer_resolved, toxicities_page, void_toxicity
from bedside.ward.views.pages import ToxicitiesView, ToxicityRow
from bedside.ward.ward import Ward

_WIDTHS = (174, 140, 72, 108, 160, 186, 144)
_ROW = 30


class ToxicitiesPage(Page):
    """The toxicity log of one infant."""

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self._view: ToxicitiesView | None = None
        self._answer_given = ""
        self.refusals = RefusalNote(look)
        self.model = ToxicityTable(look.colour("quiet"), self)
        self.table = PlainTable(self.tr("Toxicities, open ones first"), look)
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self._boxes = GradeBox(look, self.table)
        self.table.setItemDelegateForColumn(Column.NOW, self._boxes)
        self.answer = ResolvedAnswer(look)
        self.setAccessibleName(self.tr("Toxicities"))
        self._build(look)
        self._connect()

    def refresh(self) -> None:
        """Read the log again; the chosen row stays chosen."""
        if self.infant_id is not None:
            self.show_view(toxicities_page(self.ward, self.infant_id))

    def show_view(self, view: ToxicitiesView) -> None:
        """Show a finished log."""
        chosen = self.chosen()
        self._view = view
        self.model.show_view(view)
        row = -1 if chosen is None else self.model.row_of(chosen.toxicity_id)
        if view.rows:
            self.table.setCurrentIndex(self.model.index(max(row, 0), 0))
        open_rows = tuple(row for row in view.rows if is_open(row))
        self.about.setText(
            self.tr("{0} open. Graded by CTCAE {1}, fixed at enrolment.").format(
                len(open_rows) or self.tr("none"), view.ctcae
            )
        )
        self.answer.show_view(view)
        self._row_changed()

    def chosen(self) -> ToxicityRow | None:
        """The toxicity of the row in focus."""
        return self.model.toxicity_at(self.table.currentIndex().row())

    def enter_new(self) -> None:
        """Open the form for a new toxicity."""
        if self._view is None or self.infant_id is None:
            return
        dialog = ToxicityDialog(
            self.ward, self.infant_id, self._view, self.look, self.session, self
        )
        self._run(dialog)

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
        words = self.tr("Strike out {0}, grade {1}?").format(row.term, row.worst)
        reason = ask_reason(self, self.look, words, self.tr("&Strike out"))
        if reason and saving(self, _StrikeOut(self, row.toxicity_id, reason)).saved:
            self._recorded()

    def answer_yes(self) -> None:
        """Answer yes, after one more look: one key must not open a part of a start rule."""
        if self._view is None:
            return
        open_rows = tuple(row for row in self._view.rows if is_open(row))
        dialog = ResolvedDialog(self.look, self._view.asked_for, open_rows, self)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted:
            self._give("yes")

    def answer_no(self) -> None:
        """Answer no."""
        self._give("no")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the list: insert, G, R, X."""
        keys = {
            Qt.Key.Key_Insert: self.enter_new,
            Qt.Key.Key_G: self.grade_anew,
            Qt.Key.Key_R: self.say_gone,
            Qt.Key.Key_X: self.strike_out,
        }
        if event.key() in keys and not event.modifiers():
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

    def _run(self, dialog: QDialog) -> None:
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted:
            self._recorded()

    def _give(self, answer: str) -> None:
        self._answer_given = answer
        if saving(self, self._record_answer).saved:
            self._recorded()

    def _record_answer(self) -> int:
        if self.infant_id is None:
            raise ValueError("no infant is shown")
        given = self._answer_given
        return answer_resolved(
            self.ward, self.infant_id, "yes" if given == "yes" else "no", who=self.session.who
        )

    def _recorded(self) -> None:
        self.refresh()
        if self.infant_id is not None:
            self.recorded.emit(self.infant_id)

    def _row_changed(self) -> None:
        row = self.chosen()
        open_one = row is not None and is_open(row)
        self.grade_button.setEnabled(open_one)
        self.gone_button.setEnabled(open_one)
        self.void_button.setEnabled(row is not None and not row.voided)

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._row_changed()

    def _build(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        self.about = label("", look, "body", colour="quiet")
        head.addWidget(label(self.tr("Toxicities"), look, "page_title", "strong"))
        head.addWidget(self.about)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(rule(look, "edge"))
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons(look))
        column.addWidget(self.refusals)
        column.addWidget(rule(look, "edge"))
        column.addWidget(self.answer)

    def _buttons(self, look: Look) -> QHBoxLayout:
        self.new_button = KeyButton(self.tr("New toxicity"), "Ins", look, bound=False)
        self.grade_button = KeyButton(self.tr("Grade now…"), "G", look, bound=False)
        self.gone_button = KeyButton(self.tr("Gone…"), "R", look, bound=False)
        self.void_button = KeyButton(self.tr("Strike out…"), "X", look, bound=False)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.new_button, self.grade_button, self.gone_button, self.void_button):
            row.addWidget(button)
        row.addSpacing(8)
        words = self.tr("for the row in focus; the order stays as it is")
        row.addWidget(label(words, look, "caption", colour="quiet"))
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.enter_new)
        self.grade_button.clicked.connect(self.grade_anew)
        self.gone_button.clicked.connect(self.say_gone)
        self.void_button.clicked.connect(self.strike_out)
        self.answer.yes.clicked.connect(self.answer_yes)
        self.answer.no.clicked.connect(self.answer_no)
        self.table.selectionModel().currentRowChanged.connect(self._moved)


class _StrikeOut:
    """The act of striking a toxicity out, read when it runs."""

    def __init__(self, page: ToxicitiesPage, toxicity_id: int, reason: str) -> None:
        self._page, self._id, self._reason = page, toxicity_id, reason

    def __call__(self) -> None:
        void_toxicity(self._page.ward, self._id, self._reason, who=self._page.session.who)
