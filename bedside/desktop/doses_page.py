"""The page Doses and papers: the azacitidine dose and its vial clock, other drugs, and every paper."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.beside import Beside, InSight
from bedside.desktop.day_boxes import DayBoxes
from bedside.desktop.dose_panel import DosePanel
from bedside.desktop.doses_paper import AZACITIDINE, OTHERS, PAPERS
from bedside.desktop.figures_strip import FiguresStrip
from bedside.desktop.gloves import wear
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look
from bedside.desktop.order_strip import OrderStrip
from bedside.desktop.orders_panel import OrdersPanel
from bedside.desktop.recording_acts import RecordingPage
from bedside.desktop.save import saving
from bedside.desktop.segments import Segments
from bedside.desktop.session import Session
from bedside.ward.dosing import doses_page
from bedside.ward.giving import DRUG
from bedside.ward.views.pages import DosesView
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.order_dialogs import MakeForm
    from bedside.ward.views.check_state import Planned

_LEFT_WIDE = 540
_HEAD_HIGH = 34
_HEAD_ROOMY, _SIDE_BY_SIDE = 1000, 1000  # what stands at the right goes below in a narrower page


class DosesPage(RecordingPage):
    """Doses, the vial clock and the papers of one infant.

    Signals:
        check_asked: the blind second check of a dose, over everything: infant, planned dose.
        figures_hidden: whether weight and surface may stand in the banner beside this page.
    """

    check_asked = Signal(int, object)
    figures_hidden = Signal(bool)

    least_size = (780, 460)

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self._was_dirty = False
        self._sent_on = False  # away from azacitidine, of which nothing runs or comes next
        self._came = False  # another infant was opened: the page begins with what she has
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
        self.dose = DosePanel(look)
        self.figures = FiguresStrip(look)
        self.strip = OrderStrip(look)
        self.orders = OrdersPanel(look)
        self.stack = InSight()
        self.setAccessibleName(self.tr("Doses and papers"))
        wear(self)
        self._build(look)
        self._connect()
        self.show_part(AZACITIDINE)

    def show_infant(self, infant_id: int) -> None:
        """Show an infant's doses; the preview of another infant's paper goes."""
        self._paper = ""
        self._came = self._came or infant_id != self.infant_id
        self.papers.preview.clear()
        self.vial.clear()
        self.folded.fold()
        super().show_infant(infant_id)

    def refresh(self) -> None:
        """Read doses and papers again; typed text stays."""
        if self.infant_id is not None:
            self.show_view(doses_page(self.ward, self.infant_id))

    def show_view(self, view: DosesView) -> None:
        """Show finished doses; the figures of a dose whose second check waits are folded."""
        view = self.folded.folding(view)
        self._view = view
        self._show_fitting_part(view)
        self.figures.show_waiting(self.folded.waiting, self.folded.shown)
        if self.folded.folded:
            self._paper = ""
            self.papers.preview.clear()
        self.figures_hidden.emit(self.folded.folded)
        self.title.setText(view.course_title or self.tr("Doses"))
        self.days.show_days(view.days)
        self.days.fit_into(self.width(), self.views, self.title)
        self.vial.show_view(view)
        from bedside.desktop.check_doors import where_it_stands

        check = where_it_stands(self.ward, self._infant(), self._next_dose())
        self.vial.show_check(*self.folded.folding_check(*check))
        self.dose.show_view(view)
        today = self.ward.today()
        self.strip.show_board(view.orders, DRUG, today)
        self.orders.show_view(view, today)
        self.others.show_view(view)
        self.papers.show_view(view)

    @property
    def hides_figures(self) -> bool:
        """Whether weight, dose and volume are folded now."""
        return self.folded.folded

    def turn_figures(self) -> None:
        """Show the folded figures, or fold them again; who shows them is said on the page."""
        if saving(self, lambda: self.folded.turn(self._infant())):
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves the page leaves its figures folded."""
        super().hideEvent(event)
        folded = getattr(self, "folded", None)  # a page that is thrown away is hidden once more
        if folded is not None:
            folded.fold()

    def showEvent(self, event: QShowEvent) -> None:
        """What was folded while the page was away is drawn so."""
        super().showEvent(event)
        if self.folded.folded and self._view is not None and not self.figures.is_folded:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the days of the block are narrower, so that nothing beside them is cut."""
        super().resizeEvent(event)
        self.days.fit_into(event.size().width(), self.views, self.title)

    def show_part(self, part: int) -> None:
        """Show one part of the page: the azacitidine dose, orders, other drugs, or papers."""
        if (
            part != self.stack.currentIndex()
        ):  # what was refused on another part is not about this one
            self.refusals.show_reasons(())
        if part == PAPERS:
            self.papers.preview.hold_refusals(self.refusals)
        else:
            self._column.addWidget(self.refusals)
        self._follow(part)
        self.views.choose(part)
        self.stack.setCurrentIndex(part)
        for of_the_block in (self.title, self.days):
            of_the_block.setVisible(part == AZACITIDINE)

    def _follow(self, part: int) -> None:
        """The keyboard goes on from the button of the part that comes, not from that of the one that goes."""
        if self.window().focusWidget() is self.views.buttons[self.stack.currentIndex()]:
            self.views.buttons[part].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_fitting_part(self, view: DosesView) -> None:
        """No vial clock first for an infant who has no azacitidine now, none at all without it in the protocol."""
        self.views.buttons[AZACITIDINE].setVisible(view.azacitidine)
        came, self._came = self._came, False
        has = bool(view.course_title) or view.clock is not None
        at = self.stack.currentIndex()
        if at == AZACITIDINE and (not view.azacitidine or (came and not has)):
            self._sent_on = True
            self.show_part(OTHERS)
        elif came and has and self._sent_on:
            self._sent_on = False
            if at == OTHERS:
                self.show_part(AZACITIDINE)

    def take_focus(self) -> None:
        """Work begins with the part in sight."""
        self.views.buttons[self.stack.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    def is_dirty(self) -> bool:
        """Whether a typed time of reconstitution would be lost."""
        return self.vial.is_dirty()

    def check_next(self) -> None:
        """Open the blind second check of the azacitidine dose that is next."""
        planned = self._next_dose()
        if planned is not None:
            self._check(planned)

    def check_other(self) -> None:
        """Open the blind second check of the chosen dose of another drug."""
        chosen = self._chosen()
        if chosen is not None:
            self._check(chosen[:4], chosen[5])

    def _check(self, planned: "Planned", hour: int | None = None) -> None:
        from bedside.desktop.check_doors import why_not_count

        self.refusals.show_reasons(why := why_not_count(self.ward, self._infant(), planned, hour))
        if not why:
            self.folded.fold()
            self.check_asked.emit(self._infant(), planned)

    def preview_paper(self, key: str) -> None:
        """Show a paper as it would be printed now, unless it would give a dose away."""
        if self._told():
            super().preview_paper(key)

    def decide_doses(self) -> None:
        """Show and decide the doses by mouth of Maintenance."""
        from bedside.desktop.maintenance_dialog import open_maintenance

        if open_maintenance(self.ward, self.look, self.session, self._infant(), self):
            self.recorded_now()

    def record_continuous(self) -> None:
        """Record what happened to a continuous infusion."""
        from bedside.desktop.continuous_dialog import open_continuous

        if open_continuous(self.ward, self.look, self.session, self._infant(), self):
            self.recorded_now()

    def prescribe(self) -> None:
        """Prescribe doses of the running course; a broken-off infusion is decided on first."""
        from bedside.desktop.order_dialogs import PrescribeDialog

        if self._view is not None and self._view.orders is not None and self._view.orders.rests:
            self.decide_rest()
        self._sign(PrescribeDialog)

    def decide_rest(self) -> None:
        """Decide what is given after a broken-off infusion."""
        from bedside.desktop.rest_dialog import open_rests

        given = (self.ward, self.look, self.session, self._infant())
        if self._told() and open_rests(*given, self):
            self.recorded_now()

    def verify(self) -> None:
        """Verify prescribed doses, or send them back."""
        from bedside.desktop.order_dialogs import VerifyDialog

        self._sign(VerifyDialog)

    def release(self) -> None:
        """Release verified doses."""
        from bedside.desktop.order_dialogs import ReleaseDialog

        self._sign(ReleaseDialog)

    def withdraw(self) -> None:
        """Take prescribed doses back before they are given."""
        from bedside.desktop.withdraw_dialog import WithdrawDialog

        self._sign(WithdrawDialog)

    def _sign(self, kind: "MakeForm") -> None:
        if not self._told():
            return
        from bedside.desktop.order_dialogs import open_signing

        done, said = open_signing(kind, self.ward, self.look, self.session, self._infant(), self)
        self.refusals.show_reasons(said)
        if done:
            self.recorded_now()

    def reduce_dose(self) -> None:
        """Reduce a dose, or end a reduction; the page shows what holds then."""
        from bedside.desktop.reduction_dialog import open_reductions

        if self._told() and open_reductions(
            self.ward, self.look, self.session, self._infant(), self
        ):
            self.recorded_now()

    def show_cumulative(self) -> None:
        """Show cumulative doses: given, still planned, the protocol's total."""
        from bedside.desktop.exposure_dialog import open_cumulative

        if self._told():
            open_cumulative(self.ward, self.look, self._infant(), self)

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
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        head = Beside(look, _HEAD_ROOMY)
        views = QHBoxLayout()
        views.setSpacing(16)
        views.addStrut(_HEAD_HIGH)
        self.title = label("", look, "page_title", "strong")
        views.addWidget(self.views)
        views.addWidget(self.title)
        views.addStretch(1)
        head.row.addLayout(views, 1)
        head.row.addWidget(self.days)
        column.addWidget(head)
        column.addWidget(rule(look, "line"))
        column.addWidget(self.figures)
        giving = Beside(look, _SIDE_BY_SIDE, 24)
        row = giving.row
        self.vial.setFixedWidth(look.px(_LEFT_WIDE))
        row.addWidget(self.vial)
        right = QWidget()
        counted = QVBoxLayout(right)
        counted.setContentsMargins(0, 0, 0, 0)
        counted.setSpacing(6)
        counted.addWidget(self.strip)
        counted.addWidget(self.dose, 1)
        row.addWidget(right, 1)
        for part in (giving, self.orders, self.others, self.papers):
            self.stack.addWidget(part)
        column.addWidget(self.stack, 1)
        column.addWidget(self.refusals)

    def _connect(self) -> None:
        self.views.chosen.connect(self.show_part)
        self.figures.turned.connect(self.turn_figures)
        self.orders.reduce_asked.connect(self.reduce_dose)
        self.vial.edited.connect(self._tell_dirty)
        self.vial.start_asked.connect(self.start_clock)
        self.vial.infusion_started.connect(self.start_infusing)
        self.vial.infusion_finished.connect(self.finish_infusing)
        self.vial.shorter_asked.connect(self.plan_shorter)
        self.vial.discard_asked.connect(self.discard)
        self.vial.check_asked.connect(self.check_next)
        self.vial.paper_asked.connect(self.record_paper)
        self.vial.left_out_asked.connect(self.leave_out_day)
        self.others.check_asked.connect(self.check_other)
        self.orders.prescribe_asked.connect(self.prescribe)
        self.orders.rest_asked.connect(self.decide_rest)
        self.orders.verify_asked.connect(self.verify)
        self.orders.release_asked.connect(self.release)
        self.orders.withdraw_asked.connect(self.withdraw)
        self.orders.check_asked.connect(self._check)
        self.others.given_asked.connect(self.record_other)
        self.others.left_out_asked.connect(self.leave_out_other)
        self.others.mouth_asked.connect(self.decide_doses)
        self.others.past_asked.connect(self.record_past)
        self.others.continuous_asked.connect(self.record_continuous)
        self.others.cumulative_asked.connect(self.show_cumulative)
        self.papers.paper_asked.connect(self.preview_paper)
        self.papers.verify_asked.connect(self.verify_paper)
        self.papers.void_asked.connect(self.void_paper)
        self.papers.preview.save_asked.connect(self.save_paper)
        self.papers.preview.print_asked.connect(self.print_paper)
