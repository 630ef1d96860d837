"""The page Fever: the antibiotic clock, what was done, what the signs mean, and their entry by keyboard."""

from datetime import datetime
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.beside import Beside
from bedside.desktop.fever_act_dialog import FeverActDialog
from bedside.desktop.fever_clock_panel import FeverClockPanel, act_words
from bedside.desktop.fever_state_panel import FeverStatePanel
from bedside.desktop.fever_trend import TemperatureTrend
from bedside.desktop.first_field import first_field
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import RefusalNote, saving
from bedside.desktop.session import Session
from bedside.desktop.tall_area import TallArea, begin_at_top
from bedside.desktop.vital_form import VitalForm
from bedside.desktop.vital_table import WIDTHS, VitalTable
from bedside.units.refusal import Refused
from bedside.ward.fever_acts import (
    NO_ANSWERS,
    DrugAnswers,
    record_act,
    start_clock,
    steady_now,
    void_act,
)
from bedside.ward.fever_definition import choose_definition
from bedside.ward.fever_expected import answer_fall
from bedside.ward.fever_page import fever_page
from bedside.ward.fever_signs import NewSign, judge_typed, record_signs, void_sign
from bedside.ward.views.fever import FeverView
from bedside.ward.views.pages import Judged
from bedside.ward.ward import Ward

_TICK_MS = 1000
_TABLE_LEAST = 28 + 3 * 26
_LEFT_WIDE, _LEFT_NARROW = 540, 470
_SIDE_BY_SIDE = 1000  # in a narrower page the vital signs stand below the clock
_MARGIN, _ANY = 16, 16_777_215  # the widest that Qt knows
_ROOMY_FROM = 1240  # so wide a page has room for the wider left half


class FeverPage(Page):
    """Fever and vital signs of one infant."""

    least_size = (780, 460)
    keeps_typing = True

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self._view: FeverView | None = None
        self._was_dirty = False
        self._ran = QElapsedTimer()
        self._seen: datetime | None = None
        self.refusals = RefusalNote(look)
        self.clock = FeverClockPanel(look)
        self.state = FeverStatePanel(look)
        self.form = VitalForm(look, self._judge, ward.wall_clock)
        self.trend = TemperatureTrend(look, ward.decimal_mark)
        self.model = VitalTable(look, self)
        self.table = PlainTable(self.tr("Vital signs, newest first"), look)
        self.table.setModel(self.model)
        self.table.set_widths(WIDTHS)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setMinimumHeight(look.px(_TABLE_LEAST))
        self.row_words = label("", look, "small", colour="quiet", wrap=True)
        self.row_words.setAccessibleName(self.tr("The chosen vital signs, in words"))
        self.void_button = KeyButton(self.tr("Strike out…"), "Alt+X", look)
        self.setAccessibleName(self.tr("Fever"))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._build(look)
        self._connect()

    def show_infant(self, infant_id: int) -> None:
        """Show another infant; how far the workstation's clock can be trusted is watched from here."""
        self._watch()
        super().show_infant(infant_id)

    def refresh(self) -> None:
        """Read the facts again; typed text is left alone."""
        if self.infant_id is None:
            return
        self._view = fever_page(self.ward, self.infant_id, self._ran_since())
        now = self._now()
        self.clock.show_view(self._view, now)
        self.state.show_view(self._view)
        self.trend.show_points(self._view.trend, self._view.limit_celsius, now)
        self.model.show_sets(self._view.sets)
        self._tell_row()
        self.form.start(self.ward.wall_clock())
        self.void_button.setEnabled(bool(self._view.sets) or bool(self._view.acts))

    def take_focus(self) -> None:
        """Work begins with the temperature; below a running clock, with the clock, which must be seen."""
        clock = None if self._view is None else self._view.clock
        stop = first_field(self.clock) if clock is not None and self._is_narrow() else None
        if stop is None:
            self.form.temperature.edit.setFocus()
        else:
            stop.setFocus()
            begin_at_top(self)

    def is_dirty(self) -> bool:
        """Whether typed values would be lost."""
        return self.form.is_dirty()

    def tick(self) -> None:
        """Move the clock on; a workstation clock that jumped is said at once."""
        if self._view is None:
            return
        steady = steady_now(self.ward, self._ran_since())
        if bool(steady.words) != bool(self._jump_said()):
            self.refresh()
        self.clock.tick(steady.now)

    def record(self) -> None:
        """Record what is typed; a refusal keeps it."""
        done = saving(self, self._record, button=self.form.record_button)
        if done.saved:
            self.form.clear(self.ward.wall_clock())
            self._recorded()
            self.form.temperature.edit.setFocus()
        elif {*self.form.note.text().split("\n")} <= {*self.refusals.text().split("\n")}:
            self.form.note.hide()  # said once is enough, and leaves room for the rest

    def ask_act(self, kind: str) -> None:
        """Open the form for something that was done."""
        if self._view is None:
            return
        title, ask, act = self._words_of(kind)
        dialog = FeverActDialog(
            self.look,
            self.session,
            title,
            ask,
            act,
            self._now(),
            self.ward.wall_clock,
            partial(self._act, kind),
            choices=self._view.contacts if kind == "called" else (),
            allergies=self._view.allergies if kind == "antibiotics" else None,
            fever_at=None if self._view.clock is None else self._view.clock.first_fever_at,
            parent=self,
        )
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted:
            self._recorded()

    def strike_out(self) -> None:
        """Strike out the last act, or where the table has the focus, the chosen vital signs."""
        if self._view is None:
            return
        chosen = self.model.set_at(self.table.currentIndex().row())
        if chosen is not None:
            when = self.model.index(self.table.currentIndex().row(), 0).data()
            words = self.tr("Strike out the vital signs of {0}?").format(when)
            ids = [cell.record_id for cell in chosen.cells.values()]
            self._strike(words, partial(self._void_signs, ids))
        elif self._view.acts:
            last = max(self._view.acts, key=lambda act: act.act_id)
            words = self.tr("Strike out “{0}”?").format(act_words(last))
            self._strike(words, partial(self._void_act, last.act_id))

    def showEvent(self, event: QShowEvent) -> None:
        """The clock runs while it can be seen, and is right at once after a pause."""
        super().showEvent(event)
        self.tick()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while hidden."""
        super().hideEvent(event)
        self._timer.stop()

    # ---- time -----------------------------------------------------------------------------------
    def _watch(self) -> None:
        self._seen = self.ward.now()
        self._ran.start()

    def _ran_since(self) -> tuple[datetime, int] | None:
        return None if self._seen is None else (self._seen, self._ran.elapsed() // 1000)

    def _now(self) -> datetime:
        return steady_now(self.ward, self._ran_since()).now

    def _jump_said(self) -> bool:
        notes = () if self._view is None else self._view.clock_notes
        return any("clock" in words and "workstation" in words for words in notes)

    # ---- what is recorded -----------------------------------------------------------------------
    def _judge(self, sign: NewSign) -> Judged:
        if self.infant_id is None:
            return Judged("usual", "", "")
        at = self.form.taken().at or self._now()
        return judge_typed(self.ward, self.infant_id, sign, at)

    def _record(self) -> object:
        moment = self.form.taken()
        if self.infant_id is None or moment.at is None:
            raise Refused(moment.words or self.tr("The time cannot be read: write it as 10:42."))
        form = self.form.reading(moment.at)
        return record_signs(self.ward, self.infant_id, form, who=self.session.who)

    def _act(
        self, kind: str, at: datetime, words: str, answers: DrugAnswers = NO_ANSWERS
    ) -> object:
        if self.infant_id is None:
            raise ValueError("no infant is shown")
        who = self.session.who
        if kind == "start":
            return start_clock(self.ward, self.infant_id, at, words, who=who)
        return record_act(self.ward, self.infant_id, cast(Any, kind), at, words, answers, who=who)

    def _words_of(self, kind: str) -> tuple[str, str, str]:
        record = self.tr("&Record")
        return {
            "antibiotics": (
                self.tr("First antibiotic started"), self.tr("&Which antibiotic"), record
            ),
            "blood culture": (self.tr("Blood culture taken"), self.tr("&From where"), record),
            "culture result": (self.tr("Blood culture, result"), self.tr("&What grew"), record),
            "called": (self.tr("Called"), self.tr("&Whom"), record),
            "closed": (
                self.tr("Close the clock"), self.tr("&What was done"), self.tr("&Close the clock")
            ),
            "start": (self.tr("Start the clock"), self.tr("&Why"), self.tr("&Start the clock")),
        }[kind]  # fmt: skip

    def _choose(self, key: str) -> None:
        saving(self, partial(self._choose_definition, key))
        self.refresh()

    def _choose_definition(self, key: str) -> None:
        choose_definition(self.ward, key, who=self.session.who)

    def ask_own(self) -> None:
        """Open the site's own definition: read it, type it as one of two people, or take it out."""
        from bedside.desktop.fever_rule_dialog import FeverRuleDialog

        dialog = FeverRuleDialog(self.ward, self.look, self.session, self)
        dialog.exec()
        changed = dialog.changed
        dialog.deleteLater()
        if changed:
            self._recorded()

    def _answer_fall(self, answer: str) -> None:
        infant_id = self.infant_id
        if infant_id is None:
            return

        def act() -> object:
            return answer_fall(self.ward, infant_id, cast(Any, answer), who=self.session.who)

        if saving(self, act).saved:
            self._recorded()
        else:
            self.refresh()

    def _tell_row(self) -> None:
        """Say the chosen vital signs in words, or the newest."""
        self.row_words.setText(self.model.spoken(max(self.table.currentIndex().row(), 0)))

    def _strike(self, words: str, act: Any) -> None:
        reason = ask_reason(self, self.look, words, self.tr("&Strike out"))
        if reason and saving(self, partial(act, reason)).saved:
            self._recorded()

    def _void_signs(self, ids: list[int], reason: str) -> None:
        for one in ids:
            void_sign(self.ward, one, reason, who=self.session.who)

    def _void_act(self, act_id: int, reason: str) -> None:
        void_act(self.ward, act_id, reason, who=self.session.who)

    def _recorded(self) -> None:
        self.refresh()
        self._typed()
        if self.infant_id is not None:
            self.recorded.emit(self.infant_id)

    def _typed(self) -> None:
        dirty = self.is_dirty()
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            self.dirty_changed.emit(dirty)

    # ---- how it is laid out ---------------------------------------------------------------------
    def _build(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 6, _MARGIN, 4)
        column.setSpacing(6)
        self._judged = TallArea(self.state, self.tr("What it means"))
        upper = Beside(look, _SIDE_BY_SIDE)
        below = QWidget()
        left = QVBoxLayout(below)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(4)
        left.addWidget(self.clock)
        left.addWidget(rule(look))
        left.addWidget(self._judged, 1)
        self._fit_left()
        beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Vital signs now"), look, "body", "strong"))
        keys = self.tr("no value, in any field:  -  not done   x  unusable")
        head.addSpacing(16)
        head.addWidget(label(keys, look, "caption", colour="quiet"))
        head.addStretch(1)
        head.addWidget(self.void_button)
        right.addLayout(head)
        right.addWidget(self.form)
        right.addWidget(self.refusals)
        right.addWidget(rule(look))
        right.addWidget(self.trend, 2)
        right.addWidget(self.table, 3)
        right.addWidget(self.row_words)
        upper.row.addWidget(below)
        upper.row.addWidget(rule(look, upright=True))
        upper.row.addWidget(beside, 1)
        column.addWidget(upper, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the clock gives way, so that no vital sign is cut."""
        super().resizeEvent(event)
        self._fit_left()

    def _fit_left(self) -> None:
        narrow = self.width() < self.look.px(_ROOMY_FROM)
        wide = self.look.px(_LEFT_NARROW if narrow else _LEFT_WIDE)
        for part in (self.clock, self._judged):
            part.setMinimumWidth(wide)
            part.setMaximumWidth(_ANY if self._is_narrow() else wide)

    def _is_narrow(self) -> bool:
        """Whether nothing stands beside the clock: the vital signs are below it."""
        return self.width() < self.look.px(_SIDE_BY_SIDE)

    def _connect(self) -> None:
        self.form.record_button.clicked.connect(self.record)
        self.form.edited.connect(self._typed)
        self.clock.act_asked.connect(self.ask_act)
        self.state.definition_chosen.connect(self._choose)
        self.state.own_asked.connect(self.ask_own)
        self.state.fall.answered.connect(self._answer_fall)
        self.table.selectionModel().currentChanged.connect(self._tell_row)
        self.void_button.clicked.connect(self.strike_out)
