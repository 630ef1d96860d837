"""Asks for what was done in a fever: the time (now, unless another is typed) and the words."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.desktop.choice import Choice
from bedside.desktop.fields import DateField, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.identity_fields import NO_ALLERGIES
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.time_field import TimeField
from bedside.units.dates import write_time
from bedside.units.refusal import Refused
from bedside.ward.fever_acts import DrugAnswers, asks_allergy

Record = Callable[..., object]


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
        record: records time and words (of a drug, its answers too), or refuses.
        choices: words that are often typed, one key each (whom to call).
        allergies: what the infant is allergic to, where a drug is named here; None: not shown.
        fever_at: of a drug, the first fever, in the ward's zone: an earlier time is asked about.
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
        wall: Callable[[], datetime],
        record: Record,
        *,
        choices: tuple[str, ...] = (),
        allergies: str | None = None,
        fever_at: datetime | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, session, title, act, parent, width=560)
        self._now, self._record = now, record
        self.date = DateField(self.tr("Date"), look)
        self.time = TimeField(self.tr("Time"), look)
        self.time.follow(self.date, wall)
        self.words = PlainEdit(ask.replace("&", ""))
        self.words.setFont(look.font("body_strong_banner"))
        self.date.set_value(now.date())
        self.time.set_now(now)
        self._filled = self.time.text()
        self._drug, self._fever_at = allergies is not None, fever_at
        self._make_drug_fields(look)
        if allergies is not None:
            self._show_allergies(allergies, look)
        self.body.addLayout(self.line(ask, self.words))
        for words in choices:
            self.body.addWidget(label(words, look, "small", colour="quiet"))
        self.body.addLayout(self.line(self.tr("a&t"), self.time))
        self.body.addLayout(self.line(self.tr("&on"), self.date))
        if self._drug:
            self._ask_of_drug(allergies or "", look)
        self.words.setFocus()

    def _make_drug_fields(self, look: Look) -> None:
        """What is asked of a drug only; shown where it applies."""
        self.despite = PlainEdit(self.tr("Right despite the allergy, because"))
        self.ran_before = Choice(
            self.tr("Before the fever"),
            (
                ("no", self.tr("no, the time is mistyped")),
                ("yes", self.tr("ran already; the clock asks on")),
            ),
            look,
        )
        self._early = QWidget()

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

    def _ask_of_drug(self, allergies: str, look: Look) -> None:
        """Of a drug: why, where an allergy is on record; whether it ran before, where the time says so."""
        if asks_allergy(allergies):
            self.body.insertLayout(2, self.line(self.tr("Right, &because"), self.despite))
        column = QVBoxLayout(self._early)
        column.setContentsMargins(0, 0, 0, 0)
        words = self.tr("This time lies before the first fever, {0}: it does not stop the clock.")
        told = "" if self._fever_at is None else write_time(self._fever_at)
        column.addWidget(label(words.format(told), look, "body", "strong", "hold", wrap=True))
        column.addLayout(self.line(self.tr("R&an before?"), self.ran_before))
        self.body.addWidget(self._early)
        self._early.hide()
        for field in (self.time, self.date):
            field.edited.connect(self._look_at_time)

    def _look_at_time(self) -> None:
        """Ask as it is typed whether an earlier dose ran before the fever."""
        at, fever = self._moment(), self._fever_at
        early = at is not None and fever is not None and at < fever.replace(second=0, microsecond=0)
        self._early.setVisible(early)
        if not early:
            self.ran_before.choose(None)

    def is_dirty(self) -> bool:
        """Whether words would be lost."""
        typed = self.words.text().strip() or self.despite.text().strip()
        return bool(typed) or self.time.text() != self._filled

    def record(self) -> None:
        """Record it; a refusal keeps what was typed."""
        if saving(self, self._act, button=self.act_button).saved:
            self.accept()

    def _moment(self) -> datetime | None:
        return self.time.moment().at

    def _act(self) -> object:
        day, time = self.date.value(), self.time.value()
        if day is None or time is None:
            raise Refused(self.tr("The time cannot be read: write it as 10:42."))
        moment = self.time.moment()
        if moment.at is None:
            raise Refused(moment.words)
        minute = self._now.replace(second=0, microsecond=0)
        filled = moment.at.astimezone(UTC) == minute.astimezone(UTC)
        return self._keep(self._now if filled else moment.at)

    def _keep(self, at: datetime) -> object:
        words = self.words.text()
        if not self._drug:
            return self._record(at, words)
        ran = self.ran_before.value() == "yes"
        return self._record(at, words, DrugAnswers(ran, self.despite.text()))
