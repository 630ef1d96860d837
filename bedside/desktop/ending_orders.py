"""Says before something is recorded which signed orders it would end (they are void from then on)."""

from datetime import date, timedelta

from PySide6.QtWidgets import QLabel

from bedside.desktop.flowing import whole
from bedside.desktop.labels import dress
from bedside.desktop.look import Look
from bedside.ward.order_ending_plan import (
    ends_by_ending_hold,
    ends_by_hold,
    ends_by_shift,
    ends_by_taking_back_shift,
)
from bedside.ward.views.delay import NewHold, NewShift
from bedside.ward.ward import Ward

_MOST_SHOWN = 6
SHIFT = "s"  # stands before the number of a shift that is taken back


class EndingOrders(QLabel):
    """Hidden while nothing would end; a line for each reason otherwise."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, look, "body", "medium", "hold")
        self.setWordWrap(True)
        self.setAccessibleName(self.tr("Signed orders that this ends"))
        self.hide()

    def show_lines(self, lines: tuple[str, ...], given: tuple[str, ...] = ()) -> None:
        """Show what would end, and which doses already given would be marked.

        Args:
            lines: the orders that end.
            given: the doses that were given on what is struck out.
        """
        ends = self.tr("Recording this makes signed orders void; they are prescribed anew:")
        marks = self.tr("Given already, and marked from then on:")
        shown = [*self._part(ends, lines), *self._part(marks, given)]
        self.setText(whole("\n".join(shown)))
        self.setAccessibleDescription("\n".join((*lines, *given)))
        self.setVisible(bool(shown))

    def _part(self, head: str, lines: tuple[str, ...]) -> list[str]:
        if not lines:
            return []
        more = len(lines) - _MOST_SHOWN
        rest = [self.tr("and {0} more").format(more)] if more > 0 else []
        return [head, *lines[:_MOST_SHOWN], *rest]


def ends_by_delay(
    ward: Ward,
    infant_id: int,
    ending: tuple[str, date | None],
    form: NewHold | NewShift | None,
) -> tuple[str, ...]:
    """What the form of holds and shifts would end.

    Args:
        ward: the ward.
        infant_id: the infant.
        ending: the hold (its number) or shift ("s" and its number) that ends, "" for none; and the
            day on which a hold goes on.
        form: the new hold or shift; None while something of it is missing.
    """
    which, goes_on = ending
    if which.startswith(SHIFT):
        return ends_by_taking_back_shift(ward, infant_id, int(which.removeprefix(SHIFT)))
    if which:
        last = None if goes_on is None else goes_on - timedelta(days=1)
        return () if last is None else ends_by_ending_hold(ward, infant_id, int(which), last)
    if isinstance(form, NewShift):
        return ends_by_shift(ward, infant_id, form)
    return () if form is None else ends_by_hold(ward, infant_id, form)
