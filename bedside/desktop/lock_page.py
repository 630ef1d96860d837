"""What stands on the screen while nobody may read it: who unlocks or signs in, and nothing of any infant.

A running clock is told with the time that is left, and with no name, bed or drug.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.flowing import whole
from bedside.desktop.form_dialog import caption
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.person_choice import PersonChoice
from bedside.desktop.save import RefusalNote
from bedside.desktop.secret_edit import SecretEdit
from bedside.units.dates import write_time
from bedside.units.refusal import Refused
from bedside.ward.clocks_running import next_deadline
from bedside.ward.people import people, sign_in
from bedside.ward.people_reading import found_by, who_text
from bedside.ward.signing_in import (
    PASSPHRASE,
    PIN,
    PIN_TRIES,
    takes_pin,
    unlock,
    wait_seconds,
    wrong_in_a_row,
)
from bedside.ward.ward import Ward

_WIDE = 460
_SECOND = 1000


class LockPage(QWidget):
    """The page in the window's place while it is locked, or while nobody is signed in.

    Args:
        ward: the open ward.
        look: fonts and colours.
        drafts_of: names of those whose typed, unrecorded text waits for them.

    Signals:
        opened: somebody has unlocked or signed in.
        left: who is signed in wants to be so no more.
    """

    opened = Signal()
    left = Signal()

    def __init__(
        self, ward: Ward, look: Look, *, choosing: bool, drafts_of: Callable[[], tuple[str, ...]]
    ) -> None:
        super().__init__()
        self._ward, self._look, self._drafts_of = ward, look, drafts_of
        self._minute = ""
        self._deadline: datetime | None = None
        self._pin = False  # whether a PIN opens it, as the page says
        self._wrong, self._said = 0, ""  # wrong tries when the page last said how many are left
        self.choosing = choosing or ward.signed_in is None
        self.setAccessibleName(self.tr("Locked"))
        self.title = label("", look, "answer", "title")
        self.about = label("", look, "body", colour="quiet", wrap=True)
        self.far = label("", look, "clock_primary", "title", "priming")
        self.far.setAccessibleName(self.tr("When the clock asks for somebody"))
        self.clock = label("", look, "course_day", "bold", "priming", wrap=True)
        self.person = self._person_choice()
        self.secret = SecretEdit(self.tr("Passphrase"))
        self.secret.setFont(look.font("body_strong_banner", "strong"))
        self.refusals = RefusalNote(look)
        self.drafts = label("", look, "small", "medium", "hold", wrap=True)
        self.act = QPushButton(self.tr("&Unlock"))
        self.other = QPushButton(self.tr("An&other person"))
        self.leave = QPushButton(self.tr("&Sign out"))
        self.time = label("", look, "banner_name", "bold")
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_SECOND)
        self.act.clicked.connect(self.enter)
        self.secret.entered.connect(self.enter)
        self.person.chosen.connect(self.secret.setFocus)
        self.other.clicked.connect(self._change_way)
        self.leave.clicked.connect(self.left)
        self._show_way()
        self._tick()

    # ---- what a person does -------------------------------------------------------------------
    def enter(self) -> None:
        """Try what was typed."""
        secret, ward = self.secret.take(), self._ward
        try:
            if self.choosing:
                person_id = self.person.person_id()
                if person_id is None:
                    raise Refused(self.tr("Whose passphrase? Choose the name first."))
                sign_in(ward, person_id, secret, ward.now())
            else:
                unlock(ward, secret, ward.now())
        except Refused as refused:
            self.refusals.show_reasons(refused.reasons)
            self._show_way()
            kind, tried = self._asked()
            self._wrong = 0 if tried is None else wrong_in_a_row(self._ward, tried, kind)
            self._said = self.refusals.text()
            return
        self.refusals.show_reasons(())
        self._timer.stop()
        self.opened.emit()

    def take_focus(self) -> None:
        """Put the cursor where typing begins."""
        field = self.person if self.choosing else self.secret
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """Make this the window that is typed into, and show the cursor where typing begins."""
        self.window().activateWindow()
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()  # Qt draws no cursor in a field that had the focus already
        self.take_focus()

    def _change_way(self) -> None:
        self.choosing = not self.choosing or self._ward.signed_in is None
        self.refusals.show_reasons(())
        self.secret.clear()
        self._show_way()
        self.take_focus()

    # ---- what it shows ------------------------------------------------------------------------
    def _show_way(self) -> None:
        signed_in = self._ward.signed_in
        who = "" if signed_in is None else signed_in.who
        self.person.setVisible(self.choosing)
        self.person_label.setVisible(self.choosing)
        self.other.setVisible(signed_in is not None)
        self.leave.setVisible(signed_in is not None)
        self._pin = signed_in is not None and takes_pin(self._ward, signed_in.person_id)
        if self.choosing:
            title, act, secret = self.tr("Sign in"), self.tr("Sign &in"), self.tr("&Passphrase")
            about = self._ward.emergency or self._ward.site_title[0]
            if who:
                about = self.tr("{0} is signed in here. Somebody else takes over.").format(who)
        else:
            title, act = self.tr("Locked"), self.tr("&Unlock")
            secret = self.tr("&PIN or passphrase") if self._pin else self.tr("&Passphrase")
            about = self.tr("{0} is signed in.").format(who)
        self.title.setText(title)
        self.about.setText(whole(about))
        self.act.setText(act)
        self.secret_label.setText(secret)
        self.secret.setAccessibleName(secret.replace("&", ""))
        self.other.setText(
            self.tr("&Back to {0}").format(who.partition(",")[0])
            if self.choosing
            else self.tr("An&other person")
        )
        self.setAccessibleName(title)
        waiting = self._drafts_of()
        words = self.tr("Typed and not recorded, kept for: {0}").format("; ".join(waiting))
        self.drafts.setText(whole(words) if waiting else "")
        self.drafts.setVisible(bool(waiting))

    def _tick(self) -> None:
        """The time, the running clock, and how long one has to wait."""
        now = self._ward.now()
        if write_time(now) != self._minute:
            self._minute = write_time(now)
            self.time.setText(self._minute)
            self._deadline = next_deadline(self._ward)
        self._show_clock(now)
        self._show_wait(now)

    def _show_clock(self, now: datetime) -> None:
        words, colour = "", "priming"
        if self._deadline is not None:
            left = (self._deadline - now) // timedelta(minutes=1)
            words = self.tr("A clock is running: {0}. {1} min left").format(self._verb(), left)
            if self._deadline <= now:
                words = self.tr("A clock has run out: {0} now").format(self._verb())
                colour = "stop"
            elif left < 1:
                words = self.tr("A clock is running: {0}. Less than 1 min left").format(
                    self._verb()
                )
        shown = self._deadline is not None and self._far_shown()
        self.far.setVisible(shown)
        self.far.setText(write_time(self._deadline) if self._deadline is not None else "")
        dress(self.far, self._look, "clock_primary", "title", colour)
        self.clock.setText(words)
        self.clock.setVisible(bool(words))
        dress(self.clock, self._look, "course_day", "bold", colour)

    def _far_shown(self) -> bool:
        """Whether the vial clock stood over the whole screen before: its time stays, and no other word."""
        from bedside.desktop.vial_door import clock_kept

        return clock_kept() is not None

    def _verb(self) -> str:
        return self.tr("sign in") if self.choosing else self.tr("unlock")

    def _show_wait(self, now: datetime) -> None:
        kind, person_id = self._asked()
        if not self.choosing and self._pin is not (kind == PIN):
            self.refusals.show_reasons(())  # its tries were used up at another station
            self._show_way()
        if person_id is not None and self._said and self._said == self.refusals.text():
            self._show_tries(kind, person_id)
        wait = 0 if person_id is None else wait_seconds(self._ward, person_id, kind, now)
        self.act.setEnabled(not wait)
        self.hint.setText(self.tr("next try in {0} s").format(wait) if wait else "")

    def _asked(self) -> tuple[str, int | None]:
        """Which secret is asked for, and whose."""
        signed_in = self._ward.signed_in
        if self.choosing or signed_in is None:
            return PASSPHRASE, self.person.person_id()
        takes = takes_pin(self._ward, signed_in.person_id)
        return (PIN if takes else PASSPHRASE), signed_in.person_id

    def _show_tries(self, kind: str, person_id: int) -> None:
        """How many tries are left stays true when another station counts one more, or none any more."""
        wrong = wrong_in_a_row(self._ward, person_id, kind)
        if wrong == self._wrong:
            return
        more, self._wrong = wrong > self._wrong > 0, wrong
        words = ""
        if kind == PIN and more:
            words = self.tr("A wrong PIN was typed at another station, too: {0} tries are left.")
            if wrong == PIN_TRIES - 1:
                words = self.tr("A wrong PIN was typed at another station, too: 1 try is left.")
        self.refusals.show_reasons((words.format(PIN_TRIES - wrong),) if words else ())
        self._said = self.refusals.text()

    # ---- building -----------------------------------------------------------------------------
    def _person_choice(self) -> PersonChoice:
        everybody = people(self._ward)

        def find(typed: str) -> list[int]:
            return [person.id for person in found_by(everybody, typed)]

        rows = [(person.id, who_text(person)) for person in everybody]
        return PersonChoice(self.tr("Name"), rows, find, self._look)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(self._look.px(_WIDE))
        look = self._look
        card.setStyleSheet(
            f"#card {{ background: {look.colour('surface').name()};"
            f" border: 1px solid {look.colour('line').name()}; border-radius: 4px; }}"
        )
        inner = QVBoxLayout(card)
        inner.setContentsMargins(28, 24, 28, 24)
        inner.setSpacing(8)
        self.person_label = caption(self.tr("&Name"), self.person, look)
        self.secret_label: QLabel = caption(self.tr("&Passphrase"), self.secret, look)
        self.hint = label("", look, "small", colour="quiet")
        for widget in (self.title, self.about, self.far, self.clock, self.person_label, self.person,
                       self.secret_label, self.secret, self.refusals):  # fmt: skip
            inner.addWidget(widget)
        inner.addLayout(self._buttons())
        inner.addWidget(self.drafts)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 10)
        column.addWidget(self.time, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(2)
        column.addLayout(middle)
        column.addStretch(3)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self.act.setProperty("role", "act")
        for button in (self.act, self.other, self.leave):
            button.setMinimumHeight(self._look.px(44 if button is self.act else 40))
            button.setFont(self._look.font("body", "strong"))
            button.setAutoDefault(False)
        row.addWidget(self.act)
        row.addWidget(self.hint)
        row.addStretch(1)
        row.addWidget(self.other)
        row.addWidget(self.leave)
        return row

    def changeEvent(self, event: QEvent) -> None:
        """The window came to the front again: the cursor stands where typing begins."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.take_focus()
