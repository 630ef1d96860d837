"""The page of the blind second check: one person counts, then another, then the two are compared.

Decision (hazards H1, H2, H25, H42): the page is bound to one infant and one dose, and while it is
open nothing else of the window is there (`blind_cover`): no list, no timeline, no worked dose. Esc
leaves and keeps nothing, and asks first where something is typed; Return goes to the next field and
never presses a button that records; Tab goes from the figures to who signs, to the button that keeps.

Decision: a count is never kept over a crash either, unlike what is typed elsewhere
(`bedside.desktop.kept_typing`). Put back, its figures would stand there before anybody has looked at the
slip again, and would lie on the disk while another person counts; three numbers are soon counted anew.
"""

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from bedside.desktop.beside import Beside, as_wide
from bedside.desktop.check_count import CountPanel, card_style
from bedside.desktop.check_result import ResultPanel
from bedside.desktop.check_who import CheckWho
from bedside.desktop.gloves import wear
from bedside.desktop.labels import label, rule
from bedside.desktop.leave_dialog import may_leave
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import RETURN_KEYS
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.figures_seen import seen_today
from bedside.ward.second_check import check_sheet, record_first, record_second
from bedside.ward.views.check_state import Planned
from bedside.ward.views.second_check import CheckResult, CheckSheet, Counted
from bedside.ward.views.signatures import Signer
from bedside.ward.ward import Ward

_COUNT_WIDE = 640
_SIDE_BY_SIDE = 980  # who counts goes below the count in a narrower page
_WITH = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_ALONE = {  # what is held for another key to come, and a lock of the keyboard
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Shift,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}


class SecondCheckPage(QWidget):
    """Counting one dose, blind.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        planned: course key, course day, drug and route.

    Signals:
        left: the page is to be closed.
        counting: whether somebody counts now, so that everything else is hidden.
        recorded: something of this infant was recorded.
        dirty_changed: typed text appeared or went.

    Raises:
        Refused: nothing is ordered and released, or the check is matched already.
    """

    least_size = (700, 460)

    left = Signal()
    counting = Signal(bool)
    recorded = Signal(int)
    dirty_changed = Signal()

    def __init__(
        self, ward: Ward, look: Look, session: Session, infant_id: int, planned: Planned
    ) -> None:
        super().__init__()
        self.ward, self.look, self.session = ward, look, session
        self.infant_id, self.planned = infant_id, planned
        self.setAccessibleName(self.tr("Second check, blind"))
        wear(self)
        self.refusals = RefusalNote(look)
        self.count: CountPanel | None = None
        self.who: CheckWho | None = None
        self.result: ResultPanel | None = None
        self._typed = (
            False  # a key was pressed since the result was shown: a scanner may be sending
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 10)
        self._column.setSpacing(10)
        self._body: QWidget | None = None
        self._column.addWidget(self.refusals)
        session.locked.connect(self._locked)
        self._begin()

    # ---- counting ---------------------------------------------------------------------------
    def _begin(self) -> None:
        """Show a fresh form: for the first person, or for the second when one has counted."""
        sheet = check_sheet(self.ward, self.infant_id, self.planned)
        self.result = None
        self.count = CountPanel(self.ward, self.look, self.infant_id, sheet)
        self.who = CheckWho(self.ward, self.look, sheet.first, self.session.who)
        self.count.volume.then = self.who.first_field()
        self.who.fields()[-1].goes_on = self._after_signing
        self.count.leave_asked.connect(self.leave)
        self.count.compare_asked.connect(self.keep)
        self.count.edited.connect(self.dirty_changed)
        body = Beside(self.look, _SIDE_BY_SIDE, 20)
        row = body.row
        as_wide(self.count, _COUNT_WIDE, self.look)
        row.addWidget(self.count)
        row.addWidget(self._side(sheet), 1)
        self._show(self._head(sheet.title, self._people(sheet)), body)
        self._order_tabs(self.count, self.who)
        self.counting.emit(True)

    def _order_tabs(self, count: CountPanel, who: CheckWho) -> None:
        """Figures, who signs, the button that keeps them, and last the one that throws them away."""
        stops: list[QWidget] = [*(entry.field.edit for entry in count.entries), *who.fields()]
        stops += [count.compare_button, count.leave_button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _after_signing(self) -> QWidget | None:
        """Where Return goes on from the signature: a figure that was not read, else the button that keeps."""
        if self.count is None:
            return None
        missing = (one.field.edit for one in self.count.entries if one.value() is None)
        return next(missing, self.count.compare_button)

    def _people(self, sheet: CheckSheet) -> tuple[str, str]:
        if sheet.first is None:
            return self.tr("you"), self.tr("counts later")
        return sheet.first.words, self.tr("you")

    def _side(self, sheet: CheckSheet) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        card.setStyleSheet(card_style(self.look))
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(8)
        title = self.tr("Who counts first") if sheet.first is None else self.tr("Who counts second")
        column.addWidget(label(title, self.look, "page_title", "strong"))
        if self.who is not None:
            column.addWidget(self.who)
        column.addSpacing(8)
        for words in self._rules(sheet):
            column.addWidget(label(words, self.look, "body", wrap=True))
        column.addStretch(1)
        return card

    def _rules(self, sheet: CheckSheet) -> tuple[str, ...]:
        said: tuple[str, ...] = (
            self.tr("Each of the two counts alone, from the scale slip and the rule."),
            self.tr(
                "While you count, weight, dose and every other page are hidden. Leaving keeps "
                "nothing of what you typed, and asks first. If the program breaks off, nothing of it is "
                "kept either: count again."
            ),
            sheet.holds,
        )
        if sheet.first is not None:
            said = (*said, self.tr("The same person cannot count twice."))
        shown = seen_today(self.ward, self.infant_id, self.planned)
        if shown:
            words = self.tr("Figures of this dose were shown here at {0}: count from the slip.")
            said = (words.format(shown), *said)
        if sheet.try_number > 1:
            words = self.tr(
                "Count number {0}: the two before did not match. If they differ again, ring {1}."
            )
            ring = sheet.pharmacy or self.tr("the pharmacy")
            said = (words.format(sheet.try_number, ring), *said)
        return said

    def leave(self) -> None:
        """Leave and keep nothing; where something is typed it is thrown away only when one says so."""
        if self.is_dirty() or (self.who is not None and self.who.is_dirty()):
            words = self.tr("Leaving throws away what you counted and typed. Nothing is recorded.")
            throw = self.tr("&Throw my count away")
            if not may_leave(self.window(), self.look, words, throw):
                return
        self.left.emit()

    def keep(self) -> None:
        """Keep the count with its signature: as the first, or compared as the second."""
        if self.count is None:
            return
        if self.count.sheet.first is None:
            if saving(self, self._keep_first, button=self.count.compare_button):
                self.recorded.emit(self.infant_id)
                self.left.emit()
            return
        outcome = saving(self, self._keep_second, button=self.count.compare_button)
        if outcome.value is not None:
            self._show_result(outcome.value)
            self.recorded.emit(self.infant_id)

    def _keep_first(self) -> int:
        count, signer = self._typed_count()
        return record_first(
            self.ward, self.infant_id, self.planned, count, signer, who=self._recorder()
        )

    def _recorder(self) -> str:
        """Who records a count: who is signed in; where names are typed, whoever counted."""
        name = None if self.who is None else self.who.name
        return self.session.who if self.ward.signed_in is not None or name is None else name.text()

    def _keep_second(self) -> CheckResult:
        count, signer = self._typed_count()
        return record_second(
            self.ward, self.infant_id, self.planned, count, signer, who=self._recorder()
        )

    # ---- the result -----------------------------------------------------------------------------
    def _show_result(self, result: CheckResult) -> None:
        self.count = self.who = None
        self.result = ResultPanel(self.look, result, self.ward.decimal_mark)
        self.result.again_asked.connect(self.count_again)
        self.result.done_asked.connect(self.left)
        people = (result.first.words, result.second.words)
        self._show(self._head(result.title, people), self.result)
        self._typed = False
        self.result.safe_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.counting.emit(False)
        self.dirty_changed.emit()

    def count_again(self) -> None:
        """Both count again, each alone; no figure is taken over."""
        try:
            self._begin()
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            return
        self.take_focus()

    # ---- what the window asks --------------------------------------------------------------
    @property
    def is_counting(self) -> bool:
        """Whether somebody counts now, and nothing else may be seen."""
        return self.count is not None

    def is_dirty(self) -> bool:
        """Whether a typed figure would be lost by closing the window."""
        return self.count is not None and self.count.is_dirty()

    def take_focus(self) -> None:
        """Take the keyboard where counting begins; in large text its name is in sight, too."""
        if self.count is not None:
            QTimer.singleShot(0, self, self._to_beginning)  # once it is laid out
            self.count.weight.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_beginning(self) -> None:
        """Scroll as little as shows the first field with its name, and never to the side."""
        room = self.parentWidget()
        while room is not None and not isinstance(room, QScrollArea):
            room = room.parentWidget()
        if room is None or self.count is None:
            return
        room.verticalScrollBar().setValue(0)
        room.ensureWidgetVisible(self.count.weight.field.edit, 0, self.look.px(60))
        room.horizontalScrollBar().setValue(0)

    def say_stay(self) -> None:
        """Say why no other page opens now."""
        words = self.tr("A second check is open: leave it first (Esc). Then nothing of it is kept.")
        self.refusals.show_reasons((words,))

    # ---- keys -----------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        """Take Esc and Return before any shortcut of the window does."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True  # no shortcut of the window then; it comes back as a pressed key
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; Return answers the result, unless something else was typed just before."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            event.accept()
            self.leave()
        elif key in RETURN_KEYS and self.result is not None:
            event.accept()
            typed, self._typed = self._typed, False
            if not typed and not event.isAutoRepeat():
                self.result.safe_button.click()
        else:
            self._typed = self._typed or bool(event.text())
            if key in RETURN_KEYS and self.count is not None:
                self._say_return(self.count)
            if self._asks_for_more(event):
                self._say_why_not()
            super().keyPressEvent(event)

    def _asks_for_more(self, event: QKeyEvent) -> bool:
        """Whether a key that comes here would elsewhere open a page, a list or another size of text."""
        if event.key() in _ALONE:
            return False
        opens = bool(event.modifiers() & _WITH) or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        return opens or (self.result is not None and bool(event.text()))

    def _say_return(self, count: CountPanel) -> None:
        """Return on the button that keeps does nothing, as a reader sends it, too: say what does."""
        if count.compare_button.hasFocus():
            words = self.tr("Return keeps no count: press “{0}” with the space bar or its letter.")
            button = count.compare_button.text().replace("&", "")
            self.refusals.show_reasons((words.format(button),))

    def _say_why_not(self) -> None:
        """No key fails without a word: what is closed, and what closes this page."""
        if self.result is None:
            self.say_stay()
            return
        leave = self.result.done_button.text().replace("&", "").partition("   ")[0]
        words = self.tr(
            "That key does nothing while the result of a check is in sight. “{0}” or Esc closes it."
        )
        self.refusals.show_reasons((words.format(leave),))

    # ---- parts ----------------------------------------------------------------------------------
    def _typed_count(self) -> tuple[Counted, Signer]:
        """The three figures and who signs them; the secret is asked last, so that it is typed once."""
        counted = None if self.count is None else self.count.counted()
        if counted is None or self.who is None:
            raise Refused(self.tr("Three numbers that were read are needed: look at the fields."))
        return counted, self.who.signer()

    def _head(self, title: str, people: tuple[str, str]) -> QWidget:
        look = self.look
        head = QWidget()
        head.setMinimumHeight(look.measure("page_header"))
        two = Beside(look, _SIDE_BY_SIDE, 6)
        outer = QVBoxLayout(head)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(two)
        row, who = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(8)
        who.setSpacing(8)
        row.addWidget(label(self.tr("Second check, blind"), look, "page_title", "strong"))
        row.addSpacing(6)
        row.addWidget(label(title, look, "body", colour="quiet"))
        row.addStretch(1)
        two.row.addLayout(row, 1)
        two.row.addLayout(who)
        names = (self.tr("first person"), self.tr("second person"))
        for name, person in zip(names, people, strict=True):
            who.addWidget(label(name, look, "small", colour="quiet"))
            shown: QLabel = label(person, look, "body", "strong")
            who.addWidget(shown)
            who.addSpacing(6)
        return head

    def _show(self, head: QWidget, body: QWidget) -> None:
        """Put a head and a body in place of what was there; nothing of the old form stays."""
        self.refusals.show_reasons(())
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(head)
        column.addWidget(rule(self.look, "line"))
        column.addWidget(body, 1)
        old, self._body = self._body, whole
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._column.insertWidget(0, whole, 1)

    def _locked(self) -> None:
        if self.who is not None:
            self.who.forget_secret()
