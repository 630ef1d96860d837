"""What is recorded of planned doses on the page Doses: given, not given, from paper, of earlier courses."""

from bedside.desktop.folded_figures import FoldedFigures
from bedside.desktop.look import Look
from bedside.desktop.other_drugs_panel import OtherDrugsPanel
from bedside.desktop.session import Session
from bedside.desktop.vial_acts import VialPage
from bedside.ward.views.pages import ToRecord
from bedside.ward.ward import Ward


class RecordingPage(VialPage):
    """A page of one infant from which planned doses are recorded; a form never unfolds figures."""

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self.folded = FoldedFigures(ward, session)
        self.others = OtherDrugsPanel(look)

    def _chosen(self) -> ToRecord | None:
        chosen = self.others.chosen()
        if chosen is None:
            self.refusals.show_reasons((self.tr("Choose a planned dose first."),))
        return chosen

    def _told(self) -> bool:
        """Whether forms and papers with figures may open; says why not while a check waits."""
        why = self.tr(
            "The second check of {0} waits, and what you asked for carries its figures. "
            "Count first, or press Show figures."
        )
        folded = self.folded.folded
        self.refusals.show_reasons((why.format(self.folded.waiting),) if folded else ())
        return not folded

    def record_other(self) -> None:
        """Record the chosen planned dose as given, with its amount."""
        from bedside.desktop.given_dose_dialog import open_given

        chosen = self._chosen()
        if chosen is None or not self._told():
            return
        given = (self.ward, self.look, self.session, self._infant(), chosen[:4], self)
        done, said = open_given(*given, chosen[5])
        self.refusals.show_reasons(said)
        if done:
            self.recorded_now()

    def record_paper(self) -> None:
        """Record an azacitidine infusion of paper hours."""
        from bedside.desktop.paper_infusion_dialog import open_paper_infusion

        if not self._told():
            return
        given = (self.ward, self.look, self.session, self._infant())
        done, said = open_paper_infusion(*given, self)
        self.refusals.show_reasons(said)
        if done:
            self.recorded_now()

    def leave_out_other(self) -> None:
        """Record the chosen planned dose as not given; its form carries no figures."""
        from bedside.desktop.not_given_dialog import open_not_given

        chosen = self._chosen()
        if chosen is None:
            return
        given = (self.ward, self.look, self.session, self._infant(), chosen[:4], self)
        done, said = open_not_given(*given, chosen[5])
        self.refusals.show_reasons(said)
        if done:
            self.recorded_now()

    def leave_out_day(self) -> None:
        """Record an azacitidine day as not given."""
        from bedside.desktop.not_given_dialog import open_not_given_day

        given = (self.ward, self.look, self.session, self._infant())
        done, said = open_not_given_day(*given, self)
        self.refusals.show_reasons(said)
        if done:
            self.recorded_now()

    def record_past(self) -> None:
        """Show the doses of earlier courses that nobody recorded."""
        from bedside.desktop.past_doses_dialog import open_past

        if self._told() and open_past(self.ward, self.look, self.session, self._infant(), self):
            self.recorded_now()
