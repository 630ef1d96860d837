"""The round of one infant on one screen: open ones, the laboratory, what is asked by name, finish.

Decision: answers are kept here until the round is finished, and then recorded in one change with who
and when. Leaving the page keeps them as this infant's draft. What has no answer is said before the
round is finished, and recorded as not assessed.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.gloves import wear
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label, rule
from bedside.desktop.last_line import MoreBelow
from bedside.desktop.look import Look
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.round_answers import Answered
from bedside.desktop.round_asked_line import AskedLine
from bedside.desktop.round_current import CurrentLine
from bedside.desktop.round_missing import missing_words
from bedside.desktop.round_parts import column_heads, heading, quiet_line
from bedside.desktop.round_press import PressedOnce
from bedside.desktop.round_proposal import ProposalLine
from bedside.desktop.round_questions import asked_above, in_order
from bedside.desktop.round_row import OpenLine, RoundLine, heads
from bedside.desktop.tall_area import TallArea
from bedside.ward.views.round import LaboratoryProposal, OpenAnswer, RoundAnswers, RoundView


class RoundPanel(PressedOnce):
    """The round.

    Signals:
        finish_asked: the person finishes; ``answers`` holds what was said.
        paused: back to the log, the answers stay here.
        new_asked: a toxicity that is not in the log yet.
        said: a question was answered; the proposals are to be read again.
        answered: something was answered or taken back.
        present: a term asked for is there and is to be entered (its key and name).
    """

    finish_asked = Signal()
    paused = Signal()
    new_asked = Signal()
    said = Signal()
    answered = Signal()
    present = Signal(str, str)

    def __init__(self, look: Look, mark: str = ".") -> None:
        super().__init__()
        self._look, self._mark = look, mark
        self._view: RoundView | None = None
        self.began: datetime  # when the round in sight began
        self._said: dict[str, dict[str, str]] = {}
        self.opens: list[OpenLine] = []
        self.proposals: list[ProposalLine] = []
        self.asked: list[AskedLine] = []
        self._present: dict[str, str] = {}  # by term key: which line comes after it
        self.setAccessibleName(self.tr("Toxicity round"))
        wear(self)
        self.title = label("", look, "body", colour="quiet", wrap=True)
        self.count = label("", look, "body", "strong")
        self.lines = QVBoxLayout()
        self.lines.setContentsMargins(0, 0, 8, 0)
        self.lines.setSpacing(0)
        self._build(look)

    # ---- showing -------------------------------------------------------------------------------
    def show_view(self, view: RoundView) -> None:
        """Begin a round, or read it again: what was answered of the same infant stays."""
        again = self._view is not None and self._view.infant_id == view.infant_id
        answered = self._answered() if again else Answered()
        if not again:
            self._said = {}
            self._present = {}
        held = again and self.current.remember()
        order = [row.proposal.term_key for row in self.proposals] if again else []
        began = self.began if again else view.now
        self._view = view = replace(view, proposals=in_order(view.proposals, order))
        self.began = began
        self._fill(view)
        answered.give_back(self.opens, self.proposals, self.asked)
        self._count()
        if held:
            self.current.restore()
        self._settle_present()

    def begin_anew(self) -> None:
        """Forget every answer: the round is recorded, or another begins."""
        self._view = None
        self._said = {}
        self._present = {}
        self._empty()
        self.current.forget()

    @property
    def said_so_far(self) -> Mapping[str, Mapping[str, str]]:
        """The answers to questions, by term and question."""
        return self._said

    def is_dirty(self) -> bool:
        """Whether something was answered and is not recorded."""
        touched = any(line.touched for line in self.opens) or bool(self._answered().asked)
        return touched or any(row.answer is not None for row in self.proposals) or bool(self._said)

    def answers(self) -> RoundAnswers:
        """The round as it stands."""
        if self._view is None:
            raise ValueError("no round is open")
        answered = self._answered()
        return RoundAnswers(
            began_at=self.began,
            opens=tuple(answered.opens.values()),
            proposals=tuple(answered.proposals.values()),
            said=self._said,
            asked=tuple(answered.asked.values()),
        )

    def entered(self, term_key: str) -> None:
        """A term asked for was entered: it stands among the open ones now, answered as entered."""
        keys = [line.item.term_key for line in self.asked]
        after = keys[keys.index(term_key) + 1 :]
        self._present[term_key] = after[0] if after else ""

    def take_focus(self) -> None:
        """The keyboard goes on at the line where it was, or begins at the first."""
        if self.current.go_back() is None:
            self.pause_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """While a line asks something, Esc goes back one step, before the window's own Esc."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            line = self.current.line()
            held = event.isAutoRepeat() or self.presses.down == event.key()
            if event.key() == Qt.Key.Key_Escape and line is not None and (held or line.asks()):
                event.accept()
                return True  # it comes back as a pressed key, to the line
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A takes every graded proposal, F finishes, Insert is a new toxicity, P pauses."""
        keys = {
            Qt.Key.Key_A: self.take_all,
            Qt.Key.Key_F: self._finish,
            Qt.Key.Key_P: self.paused.emit,
            Qt.Key.Key_Insert: self.new_asked.emit,
        }
        act = keys.get(Qt.Key(event.key()))
        if self.presses.is_repeat(event):
            event.accept()
        elif act is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            self.presses.answered(event)
            act()

    def take_all(self) -> None:
        """Accept every proposal that has a grade and was not refused.

        The keyboard goes to the first that has none and still waits for an answer: a key meant for
        that one must not answer another. Where none waits, it goes on; from an open toxicity it does
        not move.
        """
        for row in self.proposals:
            if row.answer is None:
                row.take()
        self._count()
        waiting = next((row for row in self.proposals if row.answer is None), None)
        if any(line is self.focusWidget() for line in self.opens):
            return
        if waiting is not None:
            self.current.go_to(waiting)
        elif self.asked and any(row is self.focusWidget() for row in self.proposals):
            self.current.go_to(self.asked[0])

    # ---- building ------------------------------------------------------------------------------
    def _build(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(self.tr("Toxicity round"), look, "page_title", "strong"))
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        column.addLayout(head)
        column.addWidget(rule(look, "edge"))
        inside = QFrame()
        inside.setObjectName("roundlines")
        inside.setStyleSheet("#roundlines { border: 0; background: transparent; }")
        inside.setLayout(self.lines)
        self.area = TallArea(inside, self.tr("What the round asks"))
        self.current = CurrentLine(self.area, self._every)
        self.more = MoreBelow(self.area, self._parts, self._every, look)
        column.addWidget(self.area, 1)
        column.addWidget(rule(look, "edge"))
        column.addLayout(self._buttons(look))

    def _buttons(self, look: Look) -> QHBoxLayout:
        self.finish_button = KeyButton(self.tr("Finish the round"), "F", look, bound=False)
        self.pause_button = KeyButton(self.tr("Pause, keep the answers"), "P", look, bound=False)
        self.new_button = KeyButton(self.tr("New toxicity"), "Ins", look, bound=False)
        self.missing = label("", look, "small", colour="quiet", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.pause_button, self.new_button, self.finish_button):
            row.addWidget(button)
        row.addWidget(self.missing, 1)
        self.finish_button.clicked.connect(self._finish)
        self.pause_button.clicked.connect(self.paused)
        self.new_button.clicked.connect(self.new_asked)
        return row

    def _fill(self, view: RoundView) -> None:
        self._empty()
        look = self._look
        self.title.setText(
            self.tr("{0}. CTCAE {1}, fixed at enrolment. {2}").format(
                view.course_text,
                view.ctcae,
                view.last_round[:1].upper() + view.last_round[1:] or self.tr("No round yet."),
            )
        )
        self._heading(self.tr("Open"), self.tr("one key each; ↓ goes to the next"))
        if view.items:
            self._put(column_heads(look, heads(view.dlt_rule, look)))
        for item in view.items:
            self._add(OpenLine(look, item))
        if not view.items:
            self._quiet(self.tr("None is open that a person grades."))
        self._heading(
            self.tr("Laboratory"),
            self.tr("nothing is kept until a person accepts it"),
            self._take_all_button() if view.proposals else None,
        )
        above = asked_above(view.proposals)
        for proposal in view.proposals:
            self._add_proposal(proposal, above.get(proposal.term_key, {}))
        if not view.proposals:
            self._quiet(self.tr("No result asks for a new grade."))
        if view.unchanged:
            self._quiet(self.tr("open, no new grade: {0}").format("; ".join(view.unchanged)))
        if view.pending:
            words = self.tr("unknown, no grade before the result: {0}")
            self._quiet(words.format("; ".join(view.pending)))
        self._fill_asked(view)
        self.lines.addStretch(1)

    def _fill_asked(self, view: RoundView) -> None:
        if not view.asked:
            return
        self._heading(self.tr("Asked for"), self.tr("by name, in the log or not; the site's list"))
        for item in view.asked:
            line = AskedLine(self._look, item)
            line.moved.connect(self._moved)
            line.answered.connect(self._count)
            line.present.connect(self.present)
            self.asked.append(line)
            line.presses = self.presses
            self._put(line)

    def _heading(self, title: str, about: str, button: QWidget | None = None) -> None:
        self._put(heading(self._look, title, about, button))

    def _take_all_button(self) -> KeyButton:
        button = KeyButton(self.tr("Accept all that are graded"), "A", self._look, bound=False)
        button.clicked.connect(self.take_all)
        self.all_button = button
        return button

    def _quiet(self, words: str) -> None:
        self._put(quiet_line(self._look, words))

    def _put(self, part: QWidget) -> None:
        self.lines.addWidget(part)
        part.show()  # at once: the places of the lines hang on it, and a line can take the keyboard

    def _add(self, line: OpenLine) -> None:
        line.presses = self.presses
        line.moved.connect(self._moved)
        line.answered.connect(self._count)
        self.opens.append(line)
        self._put(line)

    def _add_proposal(self, proposal: LaboratoryProposal, above: Mapping[str, str]) -> None:
        dlt = None if self._view is None else self._view.proposed_dlt.get(proposal.term_key)
        said = self._said.get(proposal.term_key, {})
        row = ProposalLine(self._look, proposal, self._mark, dlt, above=above, said=said)
        row.presses = self.presses
        row.moved.connect(self._moved)
        row.answered.connect(self._count)
        row.said.connect(self._question_said)
        row.refusal_asked.connect(self._ask_why)
        self.proposals.append(row)
        self._put(row)

    def _empty(self) -> None:
        self.opens, self.proposals, self.asked = [], [], []
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    # ---- answering -----------------------------------------------------------------------------
    def _every(self) -> list[RoundLine]:
        return [*self.opens, *self.proposals, *self.asked]

    def _parts(self) -> list[QWidget]:
        """Lines, headings and quiet lines, from above."""
        items = (self.lines.itemAt(at) for at in range(self.lines.count()))
        return [part for item in items if item is not None and (part := item.widget()) is not None]

    def _moved(self, step: int) -> None:
        every = self._every()
        line = self.sender()
        at = next((number for number, one in enumerate(every) if one is line), -1) + step
        if 0 <= at < len(every):
            self.current.go_to(every[at])
        elif at == len(every):
            self.finish_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _settle_present(self) -> None:
        """What was entered during this round needs no second answer; the keyboard goes on after it."""
        for line in self.opens:
            logged = line.item.toxicity
            after = self._present.get(logged.term_key)
            if after is None or line.touched:
                continue
            line.restore(OpenAnswer(logged.toxicity_id, "same", logged.grade))
            for one in self.asked:
                if one.item.term_key == after:
                    self.current.go_to(one)

    def _ask_why(self, row: ProposalLine) -> None:
        words = self.tr("Refuse {0}?").format(row.proposal.term)
        row.refuse(ask_reason(self, self._look, words, self.tr("&Refuse")))

    def _question_said(self, question: str, answer: str) -> None:
        row = self.sender()
        if isinstance(row, ProposalLine):
            kept = self._said.setdefault(row.proposal.term_key, {})
            if kept.get(question, "") != answer:
                kept[question] = answer
                if not answer:
                    del kept[question]
                if not kept:
                    del self._said[row.proposal.term_key]
                self.said.emit()
                for one in self.proposals:
                    if one is self.window().focusWidget():
                        one.go_on()

    def _answered(self) -> Answered:
        return Answered.of(self.opens, self.proposals, self.asked, self._present)

    def _finish(self) -> None:
        if self.finish_button.isEnabled():
            self.finish_asked.emit()

    def _count(self) -> None:
        answered = self._answered()
        opens, rows = len(answered.opens), len(answered.proposals)
        left = [line.item.term for line in self.asked if line.answer is None]
        done = opens + rows + len(self.asked) - len(left)
        total = len(self._every())
        asks = [line for line in self.opens if line.touched and line.answer is None]
        self.count.setText(self.tr("{0} of {1} answered").format(done, total))
        self.finish_button.setEnabled(done > 0 and not asks)
        without = (len(self.opens) - opens, len(self.proposals) - rows)
        asked = asks[0].item.toxicity.term if asks else ""
        words = missing_words(without, left, asked, done=done, total=total)
        self.missing.setText(words)
        self.answered.emit()
