"""Continuous infusions of an infant: what was recorded, how long each day it ran, and what happened now."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.desktop.fields import Choice, DateField, PlainEdit
from bedside.desktop.form_dialog import FormDialog, caption
from bedside.desktop.labels import label, unbroken
from bedside.desktop.look import Look
from bedside.desktop.patient_line import patient_line
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.time_field import TimeField
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.continuous import continuous_runs, record_infusion
from bedside.ward.facts import facts_of
from bedside.ward.infants import banner
from bedside.ward.views.continuous import ContinuousRun, Event
from bedside.ward.ward import Ward

_WIDE = 760


class ContinuousDialog(FormDialog):
    """One continuous infusion: started, bag changed, paused, resumed or ended.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        run: the infusion, from `continuous_runs`.
        parent: the window it belongs to.
    """

    gloved = True

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        run: ContinuousRun,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            session,
            self.tr("Continuous infusion"),
            self.tr("&Record"),
            parent,
            infant=patient_line(banner(ward, infant_id)),
            about=run.name,
            width=_WIDE,
        )
        self.ward, self.infant_id, self.run = ward, infant_id, run
        words = {
            "started": self.tr("started"),
            "bag changed": self.tr("bag changed"),
            "paused": self.tr("paused"),
            "resumed": self.tr("resumed after a pause"),
            "ended": self.tr("ended"),
        }
        options = [(one, words[one]) for one in run.may()]
        self.event_choice = Choice(self.tr("What happened"), options, look)
        self.on = DateField(self.tr("Date"), look)
        self.at = TimeField(self.tr("Time"), look)
        self.at.follow(self.on, ward.wall_clock)
        self.on.set_value(ward.today())
        self.note = PlainEdit(self.tr("Note"))
        self.note.setFont(look.font("body"))
        self.note.setPlaceholderText(
            self.tr("why it was paused or ended early; how it was checked")
        )
        self._before = self.on.text()
        self._fill(look)

    def _fill(self, look: Look) -> None:
        colour = "ink" if self.run.state == "running" else "hold"
        words = unbroken(self.run.words)
        self.body.addWidget(label(words, look, "body", "strong", colour, wrap=True))
        self.body.addLayout(self.line(self.tr("&What happened"), self.event_choice))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(caption(self.tr("W&hen"), self.on.edit, look))
        row.addWidget(self.on)
        row.addWidget(self.at)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addLayout(self.line(self.tr("&Note"), self.note))
        day = self.tr("day {0}, {1}: {2}")
        told = [
            day.format(one.day, write_date(one.on), one.words) for one in reversed(self.run.days)
        ]
        for title, lines in (
            (self.tr("Recorded, newest first"), self.run.events),
            (self.tr("What ran on each day"), told),
        ):
            if lines:
                self.body.addWidget(label(title, look, "body", "strong"))
                text = unbroken("\n".join(lines))
                self.body.addWidget(label(text, look, "small", wrap=True))
        self.body.addStretch(1)

    def is_dirty(self) -> bool:
        """Whether anything chosen or typed would be lost."""
        typed = self.note.text().strip() or self.at.text() or self.on.text() != self._before
        return bool(typed) or self.event_choice.value() is not None

    def record(self) -> None:
        """Record it, or say why not; what was typed stays."""
        if saving(self, self._keep, button=self.act_button):
            self.accept()

    def _keep(self) -> int:
        events: dict[str, Event] = {one: one for one in self.run.may()}
        event = events.get(self.event_choice.value() or "")
        if event is None:
            raise Refused(self.tr("What happened? Choose it."))
        line = (self.run.course_key, self.run.drug, self.run.route)
        at = self._typed_at()
        return record_infusion(
            self.ward,
            self.infant_id,
            line,
            event,
            at,
            who=self.session.who,
            note=self.note.text(),
        )

    def _typed_at(self) -> datetime:
        on, at = self.on.value(), self.at.value()
        if on is None or at is None:
            why = self.on.refusal() or self.at.refusal()
            raise Refused(why or self.tr("When was it? Type date and time."))
        moment = self.at.moment()
        if moment.at is None:
            raise Refused(moment.words)
        return moment.at


def open_continuous(
    ward: Ward, look: Look, session: Session, infant_id: int, parent: QWidget
) -> bool:
    """Show each continuous infusion of an infant; whether anything was recorded."""
    recorded = False
    for run in continuous_runs(ward, facts_of(ward, infant_id)):
        dialog = ContinuousDialog(ward, look, session, infant_id, run, parent)
        recorded |= dialog.exec() == ContinuousDialog.DialogCode.Accepted
        dialog.deleteLater()
    return recorded
