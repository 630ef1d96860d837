"""The page Doses and papers: the azacitidine dose and its vial clock, other drugs, and every paper."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.buttons import FIELD_HIGH, make_tall
from bedside.desktop.day_boxes import DayBoxes
from bedside.desktop.dose_panel import DosePanel
from bedside.desktop.doses_paper import AZACITIDINE, PaperPage
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.order_strip import OrderStrip
from bedside.desktop.orders_panel import OrdersPanel
from bedside.desktop.other_drugs_panel import OtherDrugsPanel
from bedside.desktop.reason_dialog import ask_reason
from bedside.desktop.save import saving
from bedside.desktop.segments import Segments
from bedside.desktop.session import Session
from bedside.desktop.vial_panel import VialPanel
from bedside.units.refusal import Refused
from bedside.ward.dosing import doses_page
from bedside.ward.giving import (
    DRUG,
    finish_infusion,
    lose_vial,
    shorten_infusion,
    start_infusion,
    start_vial,
)
from bedside.ward.views.marks import VialClockView
from bedside.ward.views.pages import DosesView
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.order_dialogs import SigningForm

_LEFT_WIDE = 540


class DosesPage(PaperPage):
    """Doses, the vial clock and the papers of one infant."""

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self._reason = ""
        self._was_dirty = False
        self.views = Segments(
            (
                self.tr("&Azacitidine"),
                self.tr("Ord&ers"),
                self.tr("&Other drugs"),
                self.tr("&Papers"),
            ),
            self.tr("Part of the page"),
            look,
            high=30,
        )
        self.days = DayBoxes(look)
        self.vial = VialPanel(ward, look, ward.decimal_mark)
        self.dose = DosePanel(look)
        self.strip = OrderStrip(look)
        self.orders = OrdersPanel(look)
        self.others = OtherDrugsPanel(look)
        self.stack = QStackedWidget()
        self.setAccessibleName(self.tr("Doses and papers"))
        self._build(look)
        self._connect()
        self.show_part(AZACITIDINE)

    def show_infant(self, infant_id: int) -> None:
        """Show an infant's doses; the preview of another infant's paper goes."""
        self._paper = ""
        self.papers.preview.clear()
        self.vial.clear()
        super().show_infant(infant_id)

    def refresh(self) -> None:
        """Read doses and papers again; typed text stays."""
        if self.infant_id is not None:
            self.show_view(doses_page(self.ward, self.infant_id))

    def show_view(self, view: DosesView) -> None:
        """Show finished doses."""
        self._view = view
        self.title.setText(view.course_title or self.tr("Doses"))
        self.days.show_days(view.days)
        self.vial.show_view(view)
        self.dose.show_view(view)
        today = self.ward.today()
        self.strip.show_board(view.orders, DRUG, today)
        self.orders.show_view(view, today)
        self.others.show_view(view)
        self.papers.show_view(view)

    def show_part(self, part: int) -> None:
        """Show one part of the page: the azacitidine dose, orders, other drugs, or papers."""
        self.views.choose(part)
        self.stack.setCurrentIndex(part)

    def is_dirty(self) -> bool:
        """Whether a typed time of reconstitution would be lost."""
        return self.vial.is_dirty()

    def start_clock(self) -> None:
        """Start the vial clock of the day that is due."""
        if self._act(self._start_clock):
            self.vial.clear()
            self.recorded_now()

    def start_infusing(self) -> None:
        """Record that the infusion starts now."""
        self._clock_act(self._start_infusing)

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
        """Discard the vial, with the reason."""
        if self._clock() is None:
            return
        words = self.tr("Discard this vial? The day can be given from a new one.")
        self._reason = ask_reason(self, self.look, words, self.tr("&Discard vial"))
        if self._reason:
            self._clock_act(self._discard)

    def record_other(self) -> None:
        """Record the chosen planned dose as given, with its amount."""
        from bedside.desktop.given_dose_dialog import open_given

        chosen = self.others.chosen()
        if chosen is None:
            self.refusals.show_reasons((self.tr("Choose a planned dose first."),))
            return
        planned = chosen[:4]
        done, said = open_given(self.ward, self.look, self.session, self._infant(), planned, self)
        self.refusals.show_reasons(said)
        if done:
            self.recorded_now()

    def decide_doses(self) -> None:
        """Show and decide the doses by mouth of Maintenance."""
        from bedside.desktop.maintenance_dialog import open_maintenance

        if open_maintenance(self.ward, self.look, self.session, self._infant(), self):
            self.recorded_now()

    def prescribe(self) -> None:
        """Prescribe doses of the running course."""
        from bedside.desktop.order_dialogs import PrescribeDialog

        self._sign(PrescribeDialog)

    def verify(self) -> None:
        """Verify prescribed doses, or send them back."""
        from bedside.desktop.order_dialogs import VerifyDialog

        self._sign(VerifyDialog)

    def release(self) -> None:
        """Release verified doses."""
        from bedside.desktop.order_dialogs import ReleaseDialog

        self._sign(ReleaseDialog)

    def _sign(self, kind: "SigningForm") -> None:
        from bedside.desktop.order_dialogs import open_signing

        done, said = open_signing(kind, self.ward, self.look, self.session, self._infant(), self)
        self.refusals.show_reasons(said)
        if done:
            self.recorded_now()

    def reduce_dose(self) -> None:
        """Reduce a dose, or end a reduction; the page shows what holds then."""
        from bedside.desktop.reduction_dialog import open_reductions

        if open_reductions(self.ward, self.look, self.session, self._infant(), self):
            self.recorded_now()

    def show_cumulative(self) -> None:
        """Show cumulative doses: given, still planned, the protocol's total."""
        from bedside.desktop.exposure_dialog import open_cumulative

        open_cumulative(self.ward, self.look, self._infant(), self)

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
        )

    def _start_infusing(self) -> None:
        start_infusion(self.ward, self._running().dose_id, self.ward.now(), who=self.session.who)

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

    def recorded_now(self) -> None:
        """Read everything again after something was recorded, and tell the frame."""
        self.refresh()
        if self.infant_id is not None:
            self.recorded.emit(self.infant_id)
        self._tell_dirty()

    def _tell_dirty(self) -> None:
        dirty = self.is_dirty()
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            self.dirty_changed.emit(dirty)

    def _build(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(16)
        self.title = label("", look, "page_title", "strong")
        head.addWidget(self.views)
        head.addWidget(self.title)
        head.addStretch(1)
        self.reduce_button = QPushButton(self.tr("Re&duce a dose…"))
        make_tall(self.reduce_button, look, FIELD_HIGH)
        head.addWidget(self.reduce_button)
        head.addWidget(self.days)
        column.addLayout(head)
        column.addWidget(rule(look, "line"))
        giving = QWidget()
        below = QVBoxLayout(giving)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.strip)
        row = QHBoxLayout()
        row.setSpacing(24)
        below.addLayout(row, 1)
        self.vial.setFixedWidth(_LEFT_WIDE)
        row.addWidget(self.vial)
        row.addWidget(self.dose, 1)
        for part in (giving, self.orders, self.others, self.papers):
            self.stack.addWidget(part)
        column.addWidget(self.stack, 1)
        column.addWidget(self.refusals)

    def _connect(self) -> None:
        self.views.chosen.connect(self.show_part)
        self.reduce_button.clicked.connect(self.reduce_dose)
        self.vial.edited.connect(self._tell_dirty)
        self.vial.start_asked.connect(self.start_clock)
        self.vial.infusion_started.connect(self.start_infusing)
        self.vial.infusion_finished.connect(self.finish_infusing)
        self.vial.shorter_asked.connect(self.plan_shorter)
        self.vial.discard_asked.connect(self.discard)
        self.orders.prescribe_asked.connect(self.prescribe)
        self.orders.verify_asked.connect(self.verify)
        self.orders.release_asked.connect(self.release)
        self.others.given_asked.connect(self.record_other)
        self.others.mouth_asked.connect(self.decide_doses)
        self.others.cumulative_asked.connect(self.show_cumulative)
        self.papers.paper_asked.connect(self.preview_paper)
        self.papers.preview.save_asked.connect(self.save_paper)
        self.papers.preview.print_asked.connect(self.print_paper)
