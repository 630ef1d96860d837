"""The vial clock and what may be done with it: start, infuse, finish, or discard with the reason."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.buttons import beside, make_tall
from bedside.desktop.captions import name_field
from bedside.desktop.day_words import DayWords
from bedside.desktop.fields import DateField, NumberField
from bedside.desktop.flowing import whole
from bedside.desktop.focus_ring import FocusRing
from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import dress, label, rule
from bedside.desktop.look import Look
from bedside.desktop.steady_now import SteadyNow
from bedside.desktop.tall_area import TallArea
from bedside.desktop.time_field import TimeField
from bedside.desktop.typed_moment import TypedMoment
from bedside.desktop.vial_dial import VialDial
from bedside.desktop.vial_parts import CheckLine, VialTimes
from bedside.desktop.vial_words import vial_words, void_words
from bedside.ward.vial_order import running_order_ended
from bedside.ward.views.marks import VialClockView
from bedside.ward.views.pages import DoseDay, DosesView
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.ward.views.check_state import CheckState

_TICK_MS = 1000


class VialPanel(QStackedWidget):
    """Either the form that starts a clock, or the running clock.

    Signals:
        start_asked, infusion_started, infusion_finished, shorter_asked, discard_asked, check_asked,
            paper_asked, left_out_asked: a button.
        edited: the form of the start changed.
    """

    start_asked = Signal()
    infusion_started = Signal()
    infusion_finished = Signal()
    shorter_asked = Signal()
    discard_asked = Signal()
    check_asked = Signal()
    paper_asked = Signal()
    left_out_asked = Signal()
    edited = Signal()

    def __init__(self, ward: Ward, look: Look, mark: str) -> None:
        super().__init__()
        self._ward, self._look = ward, look
        self._clock: VialClockView | None = None
        self._now = SteadyNow(ward.now)
        self._day: DoseDay | None = None
        self._against: tuple[str, ...] = ()
        self._void = False
        self.dial = VialDial(look)
        self.date = DateField(self.tr("Reconstituted, date"), look)
        self.time = TimeField(self.tr("Reconstituted, time"), look)
        self.time.follow(self.date, ward.wall_clock)
        self.minutes = NumberField(
            "minutes", "min", look, mark, name=self.tr("Planned infusion"), width=72
        )
        self.start_button = self._button(self.tr("Start &vial clock"), "act")
        self.infuse_button = self._button(self.tr("Start &infusion"), "act")
        self.finish_button = self._button(self.tr("Infusion &finished"), "act")
        self.shorter_button = self._button(self.tr("Pla&n a shorter infusion"), "")
        self.discard_button = self._button(self.tr("Dis&card vial…"), "stop")
        self.full_button = KeyButton(self.tr("Full screen"), "Ctrl+Shift+V", look, bound=False)
        self.check_line = CheckLine(look)
        self.check_button = self.check_line.button
        self.paper_button = self._button(self.tr("&Given on paper…"), "")
        self.left_out_button = self._button(self.tr("Day no&t given…"), "")
        self.addWidget(self._start_form())
        self.addWidget(self._running())
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._connect()

    @property
    def clock(self) -> VialClockView | None:
        """The running clock."""
        return self._clock

    @property
    def day(self) -> DoseDay | None:
        """The day for which a clock may be started."""
        return self._day

    def show_view(self, view: DosesView) -> None:
        """Show the running clock, or the form for a new one."""
        if view.clock is None or self._clock is None:
            self._now = SteadyNow(self._ward.now)
        self._clock = view.clock
        self._void = running_order_ended(view)
        days = [day for day in view.days if day.may_start_vial]
        self._day = days[0] if days else None
        begun = self.currentIndex() == 0 and view.clock is not None and self.isVisible()
        self.setCurrentIndex(0 if view.clock is None else 1)
        self.days.show_days(view.days)
        unrecorded = ("due", "missed", "vial lost")
        for button in (self.paper_button, self.left_out_button):
            button.setVisible(any(day.state in unrecorded for day in view.days))
        self._tell_form(view)
        self.tick()
        self._run_or_rest()
        if (
            begun
        ):  # the form went, and the focus with it: wherever Qt puts it, not on the red button
            self._safe().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_check(self, state: "CheckState | None", against: tuple[str, ...]) -> None:
        """Show where the second check stands; a vial is not made while something stands against it.

        Args:
            state: of the dose that is next; None where there is none.
            against: why that dose may not be given now.
        """
        self._against = against
        self.check_line.show_state(state)
        self._tell_start()

    def reconstituted(self) -> TypedMoment:
        """The typed time of reconstitution."""
        return self.time.moment()

    def typed_minutes(self) -> int | None:
        """The planned minutes; None while they are not typed or refused."""
        value = self.minutes.value()
        return value if isinstance(value, int) else None

    def is_dirty(self) -> bool:
        """Whether a typed time would be lost."""
        return self.currentIndex() == 0 and not self.time.is_empty()

    def clear(self) -> None:
        """Empty the form."""
        for field in (self.date, self.time, self.minutes):
            field.clear()

    def tick(self) -> None:
        """Show the clock as it stands now."""
        clock = self._clock
        if clock is None:
            return
        now = self._now()
        told = vial_words(clock, now)
        on_discard = self._on_discard()
        self.dial.show_clock(clock, now)
        waits = clock.started_at is None
        said = void_words(waits=waits) if self._void else told.sentence
        if self._now.set_back():
            said += " " + self.tr("The computer's clock was set back: real minutes are counted.")
        self.sentence.setText(said)
        voices = {} if self._void else {"running": "ink", "infusing": "ink", "soon": "hold"}
        dress(self.sentence, self._look, "body", "strong", voices.get(told.state, "stop"))
        self.infuse_button.setVisible(waits)
        self.infuse_button.setEnabled(told.state in ("running", "soon") and not self._void)
        self.finish_button.setVisible(not waits)
        self.shorter_button.setVisible(told.state == "too late")
        self.discard_button.setEnabled(True)
        self.shorter_button.setText(self.tr("Pla&n {0} min").format(clock.shortest_minutes))
        self.times.show_clock(clock, soon=told.state == "soon")
        if not on_discard:
            self._leave_discard()

    def _leave_discard(self) -> None:
        """A button that went took the focus along: it never comes to rest on the red one."""
        if self._on_discard():
            self._safe().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_discard(self) -> bool:
        """Whether the next Return is the red one's, though a form is still in front of the window."""
        return self.window().focusWidget() is self.discard_button

    def _safe(self) -> QWidget:
        buttons = (self.infuse_button, self.finish_button, self.shorter_button)
        safe = (one for one in buttons if one.isVisible() and one.isEnabled())
        return next(safe, self.dial)

    def showEvent(self, event: QShowEvent) -> None:
        """The clock runs while it can be seen; it is right at once after a pause."""
        super().showEvent(event)
        self.tick()
        self._run_or_rest()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while hidden."""
        super().hideEvent(event)
        self._timer.stop()

    def _run_or_rest(self) -> None:
        if self._clock is not None and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _button(self, text: str, role: str) -> QPushButton:
        button = QPushButton(text)
        make_tall(button, self._look)
        if role:
            button.setProperty("role", role)
        return button

    def _start_form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.title = label(self.tr("Vial clock"), self._look, "page_title", "strong")
        self.about = label("", self._look, "body", colour="quiet", wrap=True)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(rule(self._look, "edge"))
        column.addWidget(self.check_line)
        column.addLayout(self._fields())
        self.why = label("", self._look, "small", colour="quiet", wrap=True)
        self.why.setAccessibleName(self.tr("Why the clock cannot be started"))
        row_of_buttons = QHBoxLayout()
        row_of_buttons.setSpacing(12)
        row_of_buttons.addWidget(self.start_button)
        row_of_buttons.addWidget(self.why, 1)
        column.addLayout(row_of_buttons)
        self.days = DayWords(self._look)
        column.addSpacing(12)
        column.addWidget(self.days)
        column.addSpacing(4)
        column.addLayout(beside(self.paper_button, self.left_out_button))
        column.addStretch(1)
        # beneath a red bar and a refusal there is less room: it scrolls, no line is crushed
        return TallArea(form, self.tr("Vial clock"), tab_stop=False)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        at = QHBoxLayout()
        at.setSpacing(self._look.px(14))  # the weekday belongs to the date, not to the time
        at.addWidget(self.date)
        at.addWidget(self.time)
        at.addStretch(1)
        for row, (text, buddy) in enumerate(
            (
                (self.tr("&Reconstituted at"), self.date.edit),
                (self.tr("Planned i&nfusion"), self.minutes.edit),
            )
        ):
            name = QLabel(text)
            name.setFont(self._look.font("body", "medium"))
            name_field(name, buddy)
            grid.addWidget(name, row, 0)
        grid.addLayout(at, 0, 1)
        grid.addWidget(self.minutes, 1, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _running(self) -> QWidget:
        running = QWidget()
        column = QVBoxLayout(running)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.dial, 1)
        column.addWidget(rule(self._look, "edge"))
        self.times = VialTimes(self._look)
        column.addWidget(self.times)
        column.addWidget(rule(self._look, "edge"))
        self.sentence = label("", self._look, "body", wrap=True)
        self.sentence.setAccessibleName(self.tr("What to do now"))
        column.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.discard_button, self.full_button):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.shorter_button, self.infuse_button, self.finish_button):
            row.addWidget(button)
        column.addLayout(row)
        self._last_stop()
        return running

    def _last_stop(self) -> None:
        self.dial.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self.dial)
        QWidget.setTabOrder(self.finish_button, self.discard_button)  # the red one comes last

    def _tell_form(self, view: DosesView) -> None:
        if self.date.is_empty():
            self.date.set_value(self._ward.today())
        if self.minutes.is_empty() and view.planned_minutes is not None:
            self.minutes.set_text(str(view.planned_minutes))
        allowed = view.infusion_range
        words = self.tr("No vial is reconstituted. Type the time at which the first one was.")
        if allowed is not None:
            words += self.tr(" Allowed infusion: {0} to {1} min.").format(*allowed)
        self.about.setText(words)
        if self._day is None:
            reasons = view.blocked_by or (self.tr("No dose of this block is due now."),)
            self.why.setText(self.tr("not now: {0}").format(" ".join(reasons)))
        self._tell_start()

    def _tell_start(self) -> None:
        moment = self.reconstituted()
        ready = moment.at is not None and self.typed_minutes() is not None
        self.start_button.setEnabled(self._day is not None and ready and not self._against)
        if self._day is not None:
            text = self.tr("for day {0}").format(self._day.day)
            if moment.words:
                text = f"{text}. {moment.words}"
            elif self._against:
                text = whole(self.tr("not now: {0}").format(" ".join(self._against)))
            elif not ready:
                text = self.tr("{0}: type the time and the minutes").format(text)
            self.why.setText(text)
        self.start_button.setAccessibleDescription(self.why.text())

    def _changed(self) -> None:
        self._tell_start()
        self.edited.emit()

    def _connect(self) -> None:
        for field in (self.date, self.time, self.minutes):
            field.edited.connect(self._changed)
        self.start_button.clicked.connect(self.start_asked)
        self.infuse_button.clicked.connect(self.infusion_started)
        self.finish_button.clicked.connect(self.infusion_finished)
        self.shorter_button.clicked.connect(self.shorter_asked)
        self.discard_button.clicked.connect(self.discard_asked)
        self.full_button.clicked.connect(self._show_full)
        self.check_button.clicked.connect(self.check_asked)
        self.paper_button.clicked.connect(self.paper_asked)
        self.left_out_button.clicked.connect(self.left_out_asked)

    def _show_full(self) -> None:
        """Press the window's key for it."""
        key = self.window().findChild(QShortcut, "vial clock")
        if key is not None:
            key.activated.emit()
