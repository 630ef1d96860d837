"""The acts on a vial of the page Doses: start its clock, infuse, finish, plan shorter, discard."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from bedside.desktop.doses_paper import PaperPage
from bedside.desktop.look import Look
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import saving
from bedside.desktop.session import Session
from bedside.desktop.vial_panel import VialPanel
from bedside.units.refusal import Refused
from bedside.ward.giving import (
    break_off,
    finish_infusion,
    lose_vial,
    shorten_infusion,
    start_vial,
)
from bedside.ward.vial_before_order import made_before_order
from bedside.ward.views.marks import VialClockView
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.ward.broken_off import WentIn
    from bedside.ward.views.check_state import Planned


class VialPage(PaperPage):
    """A page of one infant with a vial clock."""

    keeps_typing = True

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self._reason = ""
        self.vial = VialPanel(ward, look, ward.decimal_mark)

    def start_clock(self) -> None:
        """Start the vial clock of the day that is due; a vial made before its order needs a why."""
        self._reason = ""
        words = self._made_before()
        if words:
            self._reason = ask_reason(self, self.look, words, self.tr("&Start its clock"))
            if not self._reason:
                return
        if self._act(self._start_clock):
            self.vial.clear()
            self.recorded_now()

    def start_infusing(self) -> None:
        """Record that the infusion starts now, after the last look at the band and the signature."""
        from bedside.desktop.start_infusion_dialog import open_start

        clock, planned = self._clock(), self._next_dose()
        if clock is None or planned is None:
            return
        given = (self.ward, self.look, self.session, self._infant())
        done, said = open_start(*given, planned, clock, self)
        self.refusals.show_reasons(said)
        if done:
            self.recorded_now()

    def _next_dose(self) -> "Planned | None":
        from bedside.desktop.check_doors import next_dose

        return next_dose(self._view, self.ward.today())

    def finish_infusing(self) -> None:
        """Record that all of it is in now; sooner than the protocol allows only with a reason."""
        clock = self._clock()
        if clock is None or clock.started_at is None:
            return
        self._reason = ""
        took = self.ward.now() - clock.started_at
        if took < timedelta(minutes=clock.shortest_minutes):
            words = self.tr(
                "The infusion began {0} min ago and takes at least {1}. Is all of it in?"
            ).format(int(took.total_seconds() // 60), clock.shortest_minutes)
            self._reason = ask_reason(self, self.look, words, self.tr("&Record as finished"))
            if not self._reason:
                return
        self._clock_act(self._finish_infusing)

    def plan_shorter(self) -> None:
        """Plan the shortest allowed infusion, with who agreed to it."""
        clock = self._clock()
        if clock is None:
            return
        words = self.tr("Plan an infusion of {0} min, the shortest allowed? Who agreed?").format(
            clock.shortest_minutes
        )
        self._reason = ask_reason(self, self.look, words, self.tr("&Plan it"))
        if self._reason:
            self._clock_act(self._plan_shorter)

    def discard(self) -> None:
        """Discard the vial, with the reason; of a started infusion with how much went in."""
        clock = self._clock()
        if clock is None:
            return
        if clock.started_at is not None:
            self._break_off()
            return
        words = self.tr("Discard this vial? The day can be given from a new one.")
        self._reason = ask_reason(self, self.look, words, self.tr("&Discard vial"))
        if self._reason:
            self._clock_act(self._discard)

    def _break_off(self) -> None:
        from bedside.desktop.break_off_dialog import ask_break_off
        from bedside.ward.break_off_asked import running_vial

        ward, dose_id = self.ward, self._running().dose_id

        def record(went_in: "WentIn", reason: str) -> tuple[bool, tuple[str, ...]]:
            done = saving(
                self, lambda: break_off(ward, dose_id, went_in, reason, who=self.session.who)
            )
            return done.saved, done.reasons

        vial, mark = running_vial(ward, dose_id), ward.decimal_mark
        if ask_break_off(self, self.look, mark, vial, ward.now, record):
            self.recorded_now()

    def _clock(self) -> VialClockView | None:
        return None if self._view is None else self._view.clock

    def _running(self) -> VialClockView:
        clock = self._clock()
        if clock is None:
            raise Refused(self.tr("No vial clock runs for this infant any more."))
        return clock

    def _start_clock(self) -> None:
        at, minutes, day = self.vial.reconstituted().at, self.vial.typed_minutes(), self.vial.day
        if at is None or minutes is None or day is None or self._view is None:
            raise Refused(self.tr("Type when the vial was reconstituted and the planned minutes."))
        start_vial(
            self.ward,
            self._infant(),
            self._view.course_key,
            day.day,
            at,
            minutes,
            who=self.session.who,
            reason=self._reason,
        )

    def _made_before(self) -> str:
        at, planned = self.vial.reconstituted().at, self._next_dose()
        if at is None or planned is None:
            return ""
        return made_before_order(self.ward, self._infant(), planned, at)

    def _finish_infusing(self) -> None:
        finish_infusion(
            self.ward,
            self._running().dose_id,
            self.ward.now(),
            who=self.session.who,
            reason=self._reason,
        )

    def _plan_shorter(self) -> None:
        clock = self._running()
        shorten_infusion(
            self.ward,
            clock.dose_id,
            clock.shortest_minutes,
            who=self.session.who,
            reason=self._reason,
        )

    def _discard(self) -> None:
        lose_vial(self.ward, self._running().dose_id, self._reason, who=self.session.who)

    def _act(self, act: Callable[[], None]) -> bool:
        return saving(self, act).saved

    def _clock_act(self, act: Callable[[], None]) -> None:
        if self._act(act):
            self.recorded_now()
