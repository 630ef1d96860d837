"""The last look before an infusion starts: two identifiers off the band, and the signature "given"."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from bedside.desktop.flowing import whole
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.giving_fields import GivingFields, PaperFields
from bedside.desktop.label_ask import LabelAsk
from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look
from bedside.desktop.patient_line import band_line_of
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.vial_words import vial_words
from bedside.units.dates import write_time
from bedside.units.refusal import Refused
from bedside.ward.check_standing import check_state
from bedside.ward.checked_amount import checked_amount
from bedside.ward.giving import start_infusion
from bedside.ward.giving_gate import checked_before
from bedside.ward.views.check_state import Planned
from bedside.ward.views.marks import VialClockView
from bedside.ward.ward import Ward

_TICK_MS = 1000


class StartInfusionDialog(FormDialog):
    """Asks nothing that was asked before the vial was made: its 45 minutes run.

    Args:
        ward: the ward.
        look: colours and fonts.
        session: who records.
        infant_id: the infant.
        planned: course key, course day, drug and route of the dose whose vial runs.
        clock: its vial clock.
        parent: the window it belongs to.

    Raises:
        Refused: the order or its check was struck out since the vial was made.
    """

    gloved = True

    def __init__(
        self,
        ward: Ward,
        look: Look,
        session: Session,
        infant_id: int,
        planned: Planned,
        clock: VialClockView,
        parent: QWidget | None = None,
    ) -> None:
        check = checked_before(ward, infant_id, planned)
        name = ward.drugs.display_name(planned[2])
        super().__init__(
            look,
            session,
            self.tr("Start the infusion"),
            self.tr("Sign: infusion &started"),
            parent,
            infant=band_line_of(ward, infant_id),
            about=self.tr("{0}, day {1}, planned {2} min").format(
                name, planned[1], clock.infusion_minutes
            ),
            width=820,
        )
        self.ward, self.clock = ward, clock
        self._ask = LabelAsk(ward, infant_id, planned)
        self._amount = checked_amount(ward, infant_id, planned) if check else None
        self._lay_out(check_state(ward, infant_id, *planned).words if check else "")

    def _lay_out(self, check_words: str) -> None:
        """The deadline, how it was checked, and who gives it."""
        ward, look, session, clock = self.ward, self.look, self.session, self.clock
        self.giving = GivingFields(ward, look, session, self._ask)
        self.giving.signer.entered.connect(self.record)
        self.paper: PaperFields | None = None
        latest = self.tr("Start by {0}; finish by {1}.").format(
            write_time(clock.latest_start), write_time(clock.finish_by)
        )
        self._in_time = latest
        self.latest = label(latest, look, "body_strong_banner", "strong", "priming", wrap=True)
        self.latest.setAccessibleName(self.tr("Until when it can start"))
        self.body.addWidget(self.latest)
        if not check_words:
            self.paper = PaperFields(look, (self.tr("This vial was made without an order here."),))
            self.body.addWidget(self.paper)
        else:
            self._say_amount()
            said = self.tr("Second check: {0}.").format(check_words)
            self.body.addWidget(label(said, look, "body", wrap=True))
        self.body.addWidget(self.giving)
        self.sign_with(self.giving.signer)
        self.body.addStretch(1)
        timer = QTimer(self)
        timer.timeout.connect(self.tick)
        timer.start(_TICK_MS)
        self.tick()

    def _say_amount(self) -> None:
        """What is signed for: only what two people have counted alike, and nothing before."""
        if self._amount is None:
            return
        words = self.tr("Dose {0}, volume {1}, as both counted it.").format(*self._amount)
        self.amount = label(whole(words), self.look, "body_strong_banner", "strong", wrap=True)
        self.amount.setAccessibleName(self.tr("Dose and volume"))
        self.body.addWidget(self.amount)

    def tick(self) -> None:
        """Say how the vial stands now: soon, and that its latest start has passed while this was open."""
        told = vial_words(self.clock, self.ward.now())
        late = told.state not in ("running", "soon")
        words = (
            f"{self._in_time} {told.sentence}" if late or told.state == "soon" else self._in_time
        )
        if words == self.latest.text():
            return
        voice = "stop" if late else "hold" if told.state == "soon" else "priming"
        dress(self.latest, self.look, "body_strong_banner", "strong", voice)
        self.latest.setText(words)
        self.act_button.setEnabled(not late)
        self.act_button.setText(
            self.tr("Too late to start") if late else self.tr("Sign: infusion &started")
        )
        self.act_button.setAccessibleDescription(words if late else "")

    def take_scan(self, read: str) -> None:
        """Take band or label, scanned while no field had the keyboard."""
        self.giving.identifiers.take_scan(read)

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        typed_paper = self.paper is not None and not self.paper.is_empty()
        return typed_paper or self.giving.is_dirty()

    def record(self) -> None:
        """Record the start as of now, or say why not; what was typed stays."""
        if saving(self, self._start, button=self.act_button):
            self.accept()

    def _start(self) -> None:
        by = self.giving.taken(self.paper)
        start_infusion(self.ward, self.clock.dose_id, self.ward.now(), by, who=self.session.who)


def open_start(
    ward: Ward,
    look: Look,
    session: Session,
    infant_id: int,
    planned: Planned,
    clock: VialClockView,
    parent: QWidget,
) -> tuple[bool, tuple[str, ...]]:
    """Show the dialog; return whether the start was recorded, and why no dialog could be shown."""
    try:
        dialog = StartInfusionDialog(ward, look, session, infant_id, planned, clock, parent)
    except Refused as refused:
        return False, refused.reasons
    done = dialog.exec() == StartInfusionDialog.DialogCode.Accepted
    dialog.deleteLater()
    return done, ()
