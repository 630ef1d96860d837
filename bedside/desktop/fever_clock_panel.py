"""The antibiotic clock on the page Fever: readable from a metre, and what was done below it."""

from datetime import datetime

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.key_button import KeyButton
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.units.dates import write_date_time, write_time, write_times
from bedside.ward.fever_clock import clock_lines, figure_words, seconds_left
from bedside.ward.views.fever import ActRow, FeverClockView, FeverView

_BAR_HIGH = 14
_ACTS_SHOWN = 3
_BUTTON_WIDE = 210


class TimeBar(QWidget):
    """How much of the time is left, as a bar that runs empty."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._left, self._colour = 0.0, "accent"
        self.setFixedHeight(look.px(_BAR_HIGH))
        self.setAccessibleName(self.tr("Time left"))

    def show_left(self, left: float, colour: str, words: str) -> None:
        """Show a share from 0 to 1."""
        self._left, self._colour = left, colour
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, a line at each quarter."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._look.colour("line"))
            wide = self.width() * self._left
            painter.fillRect(QRectF(0, 0, wide, _BAR_HIGH), self._look.colour(self._colour))
            for quarter in (1, 2, 3):
                x = self.width() * quarter / 4
                painter.fillRect(QRectF(x, 0, 1, _BAR_HIGH), self._look.colour("edge"))


class FeverClockPanel(QWidget):
    """The clock, what was done, and the buttons for what is done now.

    Signals:
        act_asked: something is to be recorded: "start", "antibiotics", "blood culture",
            "culture result", "called" or "closed".
        void_asked: an act (its number) is to be struck out.
    """

    act_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._clock: FeverClockView | None = None
        self.title = label("", look, "body", "strong")
        self.figure = label("", look, "clock_primary", "bold")
        self.figure.setAccessibleName(self.tr("Antibiotic clock"))
        self.under = label("", look, "course_day", "strong")
        self.bar = TimeBar(look)
        self.because = label("", look, "small", colour="quiet", wrap=True)
        self.note = label("", look, "body", "strong", "stop", wrap=True)
        self.note.setAccessibleName(self.tr("About the clock"))
        self.acts = [label("", look, "small", wrap=True) for _ in range(_ACTS_SHOWN)]
        self.buttons: dict[str, KeyButton] = {}
        for kind, text, key in (
            ("antibiotics", self.tr("Antibiotics started…"), "Alt+A"),
            ("blood culture", self.tr("Blood culture taken…"), "Alt+B"),
            ("called", self.tr("Called…"), "Alt+L"),
            ("culture result", self.tr("Culture result…"), "Alt+U"),
            ("closed", self.tr("Close the clock…"), "Alt+Z"),
            ("start", self.tr("Start the clock…"), "Alt+S"),
        ):
            button = KeyButton(text, key, look)
            button.clicked.connect(self._clicked)
            button.setObjectName(kind)
            self.buttons[kind] = button
        self._build()

    def show_view(self, view: FeverView, now: datetime) -> None:
        """Show the open fever, or that none is open."""
        self._clock = view.clock
        self.note.setText("\n".join(view.clock_notes))
        self.note.setVisible(bool(view.clock_notes))
        self.because.setText(
            view.closed_before
            if view.clock is None
            else self.tr("since {0}: {1}").format(
                write_date_time(view.clock.first_fever_at), view.clock.because
            )
        )
        for line in self.acts:
            line.hide()
        shown = view.acts[-_ACTS_SHOWN:]
        for line, act in zip(self.acts, shown, strict=False):
            line.setText(act_words(act))
            line.show()
        for kind, button in self.buttons.items():
            button.setVisible((kind == "start") == (view.clock is None))
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Show the clock as it stands now."""
        clock = self._clock
        self.bar.setVisible(clock is not None)
        if clock is None:
            self.title.setText(self.tr("Antibiotic clock"))
            self.figure.setText(self.tr("no fever open"))
            dress(self.figure, self._look, "answer", "strong", "quiet")
            self.under.setText(self.tr("A recorded fever starts the clock."))
            dress(self.under, self._look, "body", colour="quiet")
            return
        told = clock_lines(clock, now)
        self._figure(clock, now, told.tone)
        self.bar.show_left(told.left_percent / 100, told.tone, told.second)

    def _figure(self, clock: FeverClockView, now: datetime, tone: str) -> None:
        due, fever = write_times(clock.due_at, clock.first_fever_at)
        if clock.given_at is not None:
            told = clock_lines(clock, now)
            self.title.setText(self.tr("First antibiotic started"))
            self.figure.setText(write_time(clock.given_at))
            words = self.tr("{0}; not closed yet")
            self.under.setText(words.format(told.second))
            colour = "hold" if tone == "hold" else "go"
        else:
            left = seconds_left(clock, now)
            passed = left < 0
            self.title.setText(
                self.tr("The {0} minutes have passed. No antibiotic is recorded.").format(
                    clock.minutes
                )
                if passed
                else self.tr("First antibiotic due in")
            )
            self.figure.setText(figure_words(abs(left)))
            over = self.tr("over: it was due at {0}").format(due)
            by = self.tr("give by {0}; first fever {1}").format(due, fever)
            self.under.setText(over if passed else by)
            colour = tone
        dress(self.title, self._look, "body", "strong", "stop" if tone == "stop" else "ink")
        dress(self.figure, self._look, "clock_primary", "bold", colour)
        dress(self.under, self._look, "course_day", "strong", "stop" if tone == "stop" else "ink")
        self.figure.setAccessibleDescription(f"{self.title.text()} {self.under.text()}")

    def _clicked(self) -> None:
        self.act_asked.emit(self.sender().objectName())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QVBoxLayout()
        head.setSpacing(0)
        for part in (self.figure, self.under):
            head.addWidget(part)
        head.addStretch(1)
        first = QVBoxLayout()
        first.setSpacing(5)
        for kind in ("antibiotics", "blood culture", "called", "start"):
            first.addWidget(self.buttons[kind])
        first.addStretch(1)
        for button in self.buttons.values():
            button.setMinimumWidth(self._look.px(_BUTTON_WIDE))
        column.addWidget(self.title)
        upper = QHBoxLayout()
        upper.addLayout(head, 1)
        upper.addLayout(first)
        column.addLayout(upper)
        column.addWidget(self.bar)
        column.addWidget(self.because)
        column.addWidget(self.note)
        for line in self.acts:
            column.addWidget(line)
        later = QHBoxLayout()
        later.setSpacing(6)
        for kind in ("culture result", "closed"):
            later.addWidget(self.buttons[kind])
        later.addStretch(1)
        column.addLayout(later)


def act_words(act: ActRow) -> str:
    """Something done, in one line: "10:21 blood culture: both lumens (E. Sørensen, RN)"."""
    return f"{write_time(act.at)}  {act.kind}: {act.words} ({act.who})"
