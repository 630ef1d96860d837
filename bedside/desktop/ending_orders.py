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

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show what would end."""
        shown = list(lines[:_MOST_SHOWN])
        if len(lines) > _MOST_SHOWN:
            shown.append(self.tr("and {0} more").format(len(lines) - _MOST_SHOWN))
        head = self.tr("Recording this makes signed orders void; they are prescribed anew:")
        self.setText(whole("\n".join((head, *shown))) if lines else "")
        self.setAccessibleDescription("\n".join(lines))
        self.setVisible(bool(lines))


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
