"""Where the trend's points stand: one time axis for both series, a logarithmic one for the ANC."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil, floor, log10

from msgspec import Struct
from PySide6.QtCore import QRectF

from bedside.ward.views.pages import CountRow, CountsView

LEAST_SPAN = timedelta(days=7)
ZERO_ROOM = 16.0  # below the lowest decade: where a count of 0 is drawn, never hidden


class TypedNow(Struct, frozen=True):
    """The count being typed: drawn hollow, never joined to what is recorded."""

    at: datetime
    anc: int | None
    platelets: int | None
    anc_suspect: bool = False
    platelets_suspect: bool = False


class TimeAxis(Struct, frozen=True):
    """Time to pixels, linear, worked out from UTC."""

    first: datetime
    last: datetime
    left: float
    right: float

    def x(self, at: datetime) -> float:
        """Where a moment stands."""
        return self.xs((at,))[0]

    def xs(self, moments: Iterable[datetime]) -> list[float]:
        """Where many moments stand."""
        first = self.first.timestamp()
        per_second = (self.right - self.left) / (self.last.timestamp() - first)
        left = self.left
        return [left + (at.timestamp() - first) * per_second for at in moments]


_SHOWN: list[tuple[CountsView, tuple[CountRow, ...]]] = []


class LogAxis(Struct, frozen=True):
    """Counts to pixels on decades; 0 (and less than the lowest decade) stands on the floor."""

    box: QRectF
    lowest: int  # power of ten
    highest: int

    def y(self, value: int) -> float:
        """Where a count stands."""
        if value < 10**self.lowest:
            return self.floor
        part = (log10(value) - self.lowest) / (self.highest - self.lowest)
        return self.base - min(part, 1.0) * (self.base - self.box.top())

    def ys(self, values: Iterable[int]) -> list[float]:
        """Where many counts stand, as `y` says of each."""
        lowest, span = self.lowest, self.highest - self.lowest
        least, floor, base = 10**lowest, self.floor, self.base
        high = base - self.box.top()
        return [
            floor if value < least else base - min((log10(value) - lowest) / span, 1.0) * high
            for value in values
        ]

    @property
    def base(self) -> float:
        """Where the lowest decade stands."""
        return self.box.bottom() - ZERO_ROOM

    @property
    def floor(self) -> float:
        """Where 0 is drawn."""
        return self.box.bottom()

    @property
    def decades(self) -> tuple[int, ...]:
        """The values that have a line."""
        return tuple(10**power for power in range(self.lowest, self.highest + 1))


class LinearAxis(Struct, frozen=True):
    """Counts to pixels, from 0 up."""

    box: QRectF
    most: int
    step: int

    def y(self, value: int) -> float:
        """Where a count stands; above the top it stays at the edge."""
        part = min(value / self.most, 1.0)
        return self.box.bottom() - part * self.box.height()

    @property
    def lines(self) -> tuple[int, ...]:
        """The values that have a line."""
        return tuple(range(0, self.most + 1, self.step))


def shown_rows(view: CountsView) -> tuple[CountRow, ...]:
    """The rows that are drawn: recorded, not struck out, with an ANC or platelets or a bound of them.

    Each part of one drawing asks for them: those of the view asked for last are kept.
    """
    if not _SHOWN or _SHOWN[0][0] is not view:
        rows = tuple(
            row
            for row in view.rows
            if not row.voided and (anc_place(row) is not None or platelets_place(row) is not None)
        )
        _SHOWN[:] = [(view, rows)]
    return _SHOWN[0][1]


def anc_place(row: CountRow) -> int | None:
    """Where the ANC of a count lies on its axis, a bound at itself; None where there is neither."""
    return row.anc_bound_per_ul if row.anc_per_ul is None else row.anc_per_ul


def platelets_place(row: CountRow) -> int | None:
    """Where the platelets of a count lie on their axis, a bound at itself."""
    return row.platelets_bound_per_ul if row.platelets_per_ul is None else row.platelets_per_ul


def time_axis(view: CountsView, left: float, right: float) -> TimeAxis:
    """The axis from the first count (or the first course) to now, a week at least."""
    starts = [row.taken_at for row in shown_rows(view)]
    zone = view.now.tzinfo
    starts += [datetime(day.year, day.month, day.day, tzinfo=zone) for _, day, _, _ in view.bands]
    first = min([*starts, view.now - LEAST_SPAN])
    last = max([*(row.taken_at for row in shown_rows(view)), view.now])
    return TimeAxis(first, last + (last - first) / 60, left, right)


def anc_axis(view: CountsView, typed: TypedNow | None, box: QRectF) -> LogAxis:
    """Decades that hold every ANC, the threshold and the typed value."""
    values = [anc_place(row) for row in shown_rows(view)]
    values += [view.anc_at_least, None if typed is None or typed.anc_suspect else typed.anc]
    positive = [value for value in values if value is not None and value > 0]
    lowest = min([floor(log10(value)) for value in positive], default=1)
    highest = max([ceil(log10(value)) for value in positive], default=3)
    return LogAxis(box, min(lowest, 1), max(highest, 3))


def platelet_axis(view: CountsView, typed: TypedNow | None, box: QRectF) -> LinearAxis:
    """From 0 to above every platelet count, the threshold and the typed value."""
    values = [platelets_place(row) for row in shown_rows(view)]
    typed_value = None if typed is None or typed.platelets_suspect else typed.platelets
    values += [view.platelets_at_least, typed_value]
    most = max([value for value in values if value is not None], default=0)
    step = 50_000 if most <= 200_000 else 100_000
    while most > step * 5:
        step *= 2
    return LinearAxis(box, max(ceil(most * 1.06 / step) * step, step * 2), step)
