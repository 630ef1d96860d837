"""Which figures of the page Doses are folded now: those of doses whose blind second check waits."""

from bedside.desktop.session import Session
from bedside.units.dates import write_time
from bedside.ward.check_waiting import veiled_check, waiting_checks, what_waits, without_figures
from bedside.ward.figures_seen import keep_seen
from bedside.ward.giving import DRUG
from bedside.ward.views.check_state import CheckState, Planned
from bedside.ward.views.pages import DosesView
from bedside.ward.ward import Ward


class FoldedFigures:
    """Folded until somebody shows them; folded again when a check is opened or the page is left.

    Args:
        ward: the ward.
        session: who shows them.
    """

    def __init__(self, ward: Ward, session: Session) -> None:
        self._ward, self._session = ward, session
        self._waiting: tuple[Planned, ...] = ()
        self.shown = ""  # "16:40 by E. Sørensen, RN"; "" while folded

    @property
    def folded(self) -> bool:
        """Whether figures are hidden now."""
        return bool(self._waiting) and not self.shown

    @property
    def waiting(self) -> str:
        """The doses that wait for their check, in words; "" where none does."""
        return what_waits(self._ward, self._waiting)

    def folding(self, view: DosesView) -> DosesView:
        """Find out what waits, and return the page as it may be drawn."""
        waiting = waiting_checks(self._ward, view.banner.infant_id, view.orders)
        if waiting != self._waiting:
            self._waiting, self.shown = waiting, ""
        return without_figures(view, waiting, DRUG) if self.folded else view

    def folding_check(
        self, state: CheckState | None, against: tuple[str, ...]
    ) -> tuple[CheckState | None, tuple[str, ...]]:
        """Where a check stands, as it may be drawn."""
        return veiled_check(state, against) if self.folded else (state, against)

    def turn(self, infant_id: int) -> None:
        """Show the figures, or fold them again; who shows them is on record, and told at the check.

        Raises:
            Refused: nobody is named, or the role may not; they stay folded.
        """
        if self.shown:
            self.fold()
            return
        who = self._session.who
        keep_seen(self._ward, infant_id, self._waiting, who=who)
        self.shown = f"{write_time(self._ward.now())} by {who}"

    def fold(self) -> None:
        """Hide them from now on."""
        self.shown = ""
