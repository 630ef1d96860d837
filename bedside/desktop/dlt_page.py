"""The page DLT: the period as a bar, each toxicity with verdict, rule and decision, and the decide door."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout

from bedside.desktop.beside import ROOMY, Beside
from bedside.desktop.direction import named
from bedside.desktop.dlt_bar import DltBar, count_words
from bedside.desktop.dlt_model import DltLedger
from bedside.desktop.dlt_side import DltSide
from bedside.desktop.dlt_table import DltTable
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.plain_edit import RETURN_KEYS
from bedside.desktop.save import RefusalNote
from bedside.desktop.session import Session
from bedside.desktop.tall_area import begin_at_top
from bedside.units.refusal import Refused
from bedside.ward.deciding_physician import why_not_taken_back
from bedside.ward.dlt_deciding import take_back_decision, take_back_not_evaluable
from bedside.ward.dlt_page import dlt_page
from bedside.ward.views.dlt import DecisionLine, DltToxicity, DltView
from bedside.ward.ward import Ward


class _Head(Beside):
    """What the state is and what is due in one line; since when beside it, or below, at their left edge."""

    def __init__(self, look: Look, headline: QLabel, due: QLabel, about: QLabel) -> None:
        super().__init__(look, ROOMY, 4)
        self._about = about
        words = QHBoxLayout()
        words.setSpacing(look.px(10))
        words.addWidget(headline)
        words.addWidget(due)
        words.addStretch(1)
        self.row.addLayout(words)
        self.row.addWidget(about, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set it to the right only where it stands at the right."""
        super().resizeEvent(event)
        side = Qt.AlignmentFlag.AlignLeft if self.stacked else Qt.AlignmentFlag.AlignRight
        self._about.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)


class DltPage(Page):
    """The DLT evaluation of one infant."""

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self._view: DltView | None = None
        self.refusals = RefusalNote(look)
        self.bar = DltBar(look)
        self.model = DltLedger(self)
        self.table = DltTable(self.tr("Toxicities, due ones first"), look, self.model)
        self.side = DltSide(look)
        self.setAccessibleName(self.tr("DLT"))
        self._build(look)
        self._connect()

    def refresh(self) -> None:
        """Read the evaluation again; the chosen row stays chosen."""
        if self.infant_id is None:
            return
        try:
            self.show_view(dlt_page(self.ward, self.infant_id))
        except Refused as refused:
            self._show_none(" ".join(refused.reasons))

    def show_view(self, view: DltView) -> None:
        """Show a finished evaluation."""
        chosen = self.chosen()
        self._view = view
        self.model.show_view(view)
        row = 0 if chosen is None else max(self.model.row_of(chosen.toxicity_id), 0)
        if view.rows:
            self.table.setCurrentIndex(self.model.index(row, 0))
        off = view.not_evaluable is not None
        also = off and view.state != "not evaluable"
        told = self.tr("{0} Recorded as not evaluable, too.") if also else "{0}"
        self.headline.setText(told.format(view.headline))
        self.due.setText(view.due_words)
        counts = [count_words(count) for count in view.counts[-1:]]
        self.about.setText(" ".join((view.period_words, *view.answers, *counts)))
        self.bar.show_view(view)
        self.table.show()
        self.side.show()
        self.side.show_rule(view)
        words = self.tr(
            "days filled: grade {0} or more; an arrow: it lasts; squares on the bar: counts that may "
            "close it, filled: they allow it"
        )
        self.legend.setText(words.format(view.filled_from))
        self.contact.setVisible(view.contact_due)
        self.off_button.setText(
            self.tr("Evaluable after all…") if off else self.tr("Not evaluable…")
        )
        self._set_usable(view.opened is not None)
        self._row_changed()

    def chosen(self) -> DltToxicity | None:
        """The toxicity of the row in focus."""
        return self.model.toxicity_at(self.table.currentIndex().row())

    def take_focus(self) -> None:
        """The ledger takes the keyboard; in large text the page begins at its top all the same."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        begin_at_top(self)

    def decide(self) -> None:
        """Open the form for a decision on the toxicity in focus."""
        row = self.chosen()
        if row is None or not row.in_period or self.infant_id is None:
            return
        from bedside.desktop.dlt_decide_dialog import DecideDialog

        self._run(DecideDialog(self.ward, self.infant_id, row, self.look, self.session, self))

    def take_back(self) -> None:
        """Strike out the newest decision on the toxicity in focus, with a reason and the secret."""
        line, row = self._newest(), self.chosen()
        if line is None or self.infant_id is None or not self._may_take_back():
            return
        of = row.term if row is not None and line in row.decisions else line.gone

        def strike(reason: str, secret: str) -> None:
            who = self.session.who
            take_back_decision(self.ward, line.decision_id, reason, who=who, secret=secret)

        self._ask_back(line, strike, of)

    def _ask_back(
        self, line: DecisionLine, take_back: Callable[[str, str], None], of: str = ""
    ) -> None:
        from bedside.desktop.dlt_take_back_dialog import TakeBackDialog

        infant_id = self.infant_id
        if infant_id is not None:
            parts = (self.ward, infant_id, line, self.look, self.session)
            self._run(TakeBackDialog(*parts, take_back, self, of=of))

    def _may_take_back(self) -> bool:
        """Refuse who may not decide before anything is written, as the form of D does."""
        role, who = self.session.why_not("decide-dlt"), self.session.who
        why = role or " ".join(why_not_taken_back(self.ward, who) if who else ())
        if why:
            from bedside.desktop.why_not_dialog import WhyNotDialog

            WhyNotDialog(why, self, plain=not role).exec()
        return not why

    def not_evaluable(self) -> None:
        """Record that the infant is not evaluable, or take that back."""
        if self._view is None or self._view.opened is None or self.infant_id is None:
            return
        banner = self._view.banner
        name = named(banner.family, banner.given)
        if self._view.not_evaluable is None:
            from bedside.desktop.dlt_off_dialog import NotEvaluableDialog

            self._run(
                NotEvaluableDialog(self.ward, self.infant_id, name, self.look, self.session, self)
            )
            return
        if not self._may_take_back():
            return

        def evaluable(reason: str, secret: str) -> None:
            infant_id, who = self.infant_id, self.session.who
            if infant_id is not None:
                take_back_not_evaluable(self.ward, infant_id, reason, who=who, secret=secret)

        self._ask_back(self._view.not_evaluable, evaluable)

    def show_card(self) -> None:
        """Show the card: whom to ring at the tertiary centre, and what to have ready."""
        if self.infant_id is None or not self.card_button.isEnabled():
            return
        from bedside.desktop.tertiary_card_dialog import TertiaryCardDialog

        dialog = TertiaryCardDialog(self.ward, self.infant_id, self.look, self.session, self)
        dialog.exec()
        dialog.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the page: D, X, N, K; Enter decides, unless a button has the keyboard."""
        from bedside.desktop.page_keys import button_in_hand

        keys = {
            Qt.Key.Key_D: self.decide,
            Qt.Key.Key_Return: self.decide,
            Qt.Key.Key_Enter: self.decide,
            Qt.Key.Key_X: self.take_back,
            Qt.Key.Key_N: self.not_evaluable,
            Qt.Key.Key_K: self.show_card,
        }
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in RETURN_KEYS and button_in_hand(self) is not None:
            super().keyPressEvent(event)  # Return on "Strike out" decides nothing
        elif event.key() in keys and plain:
            keys[Qt.Key(event.key())]()
        else:
            super().keyPressEvent(event)

    def _newest(self) -> DecisionLine | None:
        """The decision that X takes back: of the row in hand, else one whose toxicity is gone."""
        row, view = self.chosen(), self._view
        lines = () if row is None else row.decisions
        gone = () if view is None else view.gone
        return next((line for line in (*lines, *gone) if not line.struck_out), None)

    def _run(self, dialog: QDialog) -> None:
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted:
            self._recorded()

    def _recorded(self) -> None:
        self.refresh()
        self._go_on()
        if self.infant_id is not None:
            self.recorded.emit(self.infant_id)

    def _go_on(self) -> None:
        """To the next toxicity that is due; where none is, the one just decided stays in sight."""
        rows = () if self._view is None else self._view.rows
        due = next((number for number, row in enumerate(rows) if row.due), None)
        if due is not None:
            self.table.setCurrentIndex(self.model.index(due, 0))
        self.table.scrollTo(self.table.currentIndex())

    def _show_none(self, words: str) -> None:
        """Show why there is nothing; nothing of an infant shown before stays (hazard H25)."""
        self._view = None
        self.model.clear()
        self.headline.setText(words)
        self.due.setText("")
        self.about.setText("")
        for part in (self.bar, self.table, self.side, self.contact):
            part.hide()
        self._set_usable(False)
        self._row_changed()

    def _set_usable(self, usable: bool) -> None:
        self.off_button.setEnabled(usable)
        self.card_button.setEnabled(usable)

    def _row_changed(self) -> None:
        row = self.chosen()
        self.refusals.show_reasons(())  # they were of the row and the moment before
        self.decide_button.setEnabled(row is not None and row.in_period)
        self.back_button.setEnabled(self._newest() is not None)
        if self._view is not None:
            self.side.show_toxicity(row, self._view)

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._row_changed()

    def _build(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(6)
        self.headline = label("", look, "page_title", "strong")
        self.due = label("", look, "page_title", "strong", "hold")
        self.about = label("", look, "small", colour="quiet", wrap=True)
        self.head = _Head(look, self.headline, self.due, self.about)
        column.addWidget(self.head)
        self.contact = label(
            self.tr(
                "In the DLT period, and this is not a tertiary centre: contact the tertiary team "
                "(K shows the numbers and what to have ready)."
            ),
            look,
            "body",
            "strong",
            "hold",
            wrap=True,
        )
        column.addWidget(self.contact)
        column.addWidget(self.bar)
        column.addWidget(rule(look, "edge"))
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons(look))
        column.addWidget(self.refusals)
        column.addWidget(rule(look, "edge"))
        column.addWidget(self.side)
        column.addStretch(0)

    def _buttons(self, look: Look) -> QHBoxLayout:
        self.decide_button = KeyButton(self.tr("Decide…"), "D", look, bound=False)
        self.back_button = KeyButton(self.tr("Take back…"), "X", look, bound=False)
        self.off_button = KeyButton(self.tr("Not evaluable…"), "N", look, bound=False)
        self.card_button = KeyButton(self.tr("Tertiary team"), "K", look, bound=False)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.decide_button, self.back_button, self.off_button, self.card_button):
            row.addWidget(button)
        self.legend = label("", look, "caption", colour="quiet", wrap=True)
        row.addWidget(self.legend, 1)
        return row

    def _connect(self) -> None:
        self.decide_button.clicked.connect(self.decide)
        self.back_button.clicked.connect(self.take_back)
        self.off_button.clicked.connect(self.not_evaluable)
        self.card_button.clicked.connect(self.show_card)
        self.table.doubleClicked.connect(self.decide)
        self.table.selectionModel().currentRowChanged.connect(self._moved)
