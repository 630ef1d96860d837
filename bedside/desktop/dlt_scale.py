"""The time scale of the DLT page: days to pixels, the same for the bar and for every row below it."""

from datetime import date, timedelta

from msgspec import Struct

from bedside.ward.views.dlt import DltView

_ROOM = timedelta(days=3)


class DltScale(Struct, frozen=True):
    """Days drawn from ``first`` to ``last``, true to scale."""

    first: date
    last: date

    def x(self, day: date, left: float, width: float) -> float:
        """Where a day begins, within a strip."""
        whole = max((self.last - self.first).days, 1)
        return left + width * min(max((day - self.first).days, 0), whole) / whole


def scale_of(view: DltView) -> DltScale | None:
    """The scale of a page; None before the period has opened."""
    if view.opened is None:
        return None
    ends = [view.today, view.closed, view.projected_close, *(each.after for each in view.courses)]
    last = max(day for day in ends if day is not None)
    if view.closed is not None:
        last = max(view.closed, *(each.onset for each in view.rows), view.opened)
        last = max([last, *(each.after for each in view.courses if each.first <= view.closed)])
    return DltScale(view.opened - _ROOM, last + _ROOM)
