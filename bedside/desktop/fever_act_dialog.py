"""Asks for what was done in a fever: the time (now, unless another is typed) and the words."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from bedside.desktop.fields import DateField, PlainEdit, TimeField
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.identity_fields import NO_ALLERGIES
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.typed_moment import typed_moment
from bedside.units.refusal import Refused

Record = Callable[[datetime, str], object]


class FeverActDialog(FormDialog):
    """One thing that was done.

    Args:
        look: fonts and colours.
        session: who records.
        title: what is recorded.
        ask: the label of the words, with its mnemonic.
        act: the verb on the button.
        now: the time that is filled in, in the ward's zone.
        wall: the workstation's time with its zone's rules, to read a typed time of day.
        record: records time and words, or refuses.
        choices: words that are often typed, one key each (whom to call).
        allergies: what the infant is allergic to, where a drug is named here; None: not shown.
        parent: the page.
    """

    def __init__(
        self,
        look: Look,
        session: Session,
        title: str,
        ask: str,
        act: str,
        now: datetime,
        wall: datetime,
        record: Record,
        *,
        choices: tuple[str, ...] = (),
        allergies: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, session, title, act, parent, width=560)
        self._now, self._wall, self._record = now, wall, record
        self.date = DateField(self.tr("Date"), look)
        self.time = TimeField(self.tr("Time"), look)
        self.words = PlainEdit(ask.replace("&", ""))
        self.words.setFont(look.font("body_strong_banner"))
        self.date.set_value(now.date())
        self.time.set_value(now.time())
        self._filled = self.time.text()
        if allergies is not None:
            self._show_allergies(allergies, look)
        self.body.addLayout(self.line(ask, self.words))
        for words in choices:
            self.body.addWidget(label(words, look, "small", colour="quiet"))
        self.body.addLayout(self.line(self.tr("a&t"), self.time))
        self.body.addLayout(self.line(self.tr("&on"), self.date))
        self.words.setFocus()

    def _show_allergies(self, allergies: str, look: Look) -> None:
        """Before a drug is named: what she must not have, or that nobody knows."""
        text = self.tr("Allergies: {0}").format(allergies)
        if allergies == "unknown":
            text = self.tr("Allergies: unknown. Ask before the first dose.")
        self.allergies = label(text, look, "body", "strong", "stop", wrap=True)
        self.allergies.setAccessibleName(text)
        if allergies == NO_ALLERGIES:
            dress(self.allergies, look, "body", "text", "ink")
        self.words.setAccessibleDescription(text)
        self.body.addWidget(self.allergies)

    def is_dirty(self) -> bool:
        """Whether words would be lost."""
        return bool(self.words.text().strip()) or self.time.text() != self._filled

    def record(self) -> None:
        """Record it; a refusal keeps what was typed."""
        if saving(self, self._act, button=self.act_button).saved:
            self.accept()

    def _act(self) -> object:
        day, time = self.date.value(), self.time.value()
        if day is None or time is None:
            raise Refused(self.tr("The time cannot be read: write it as 10:42."))
        if self.time.text() == self._filled and day == self._now.date():
            return self._record(self._now, self.words.text())
        moment = typed_moment(day, time, self._wall)
        if moment.at is None:
            raise Refused(moment.words)
        return self._record(moment.at, self.words.text())
