"""Where the points of the Maintenance chart stand: counts and doses over one time axis."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil, floor, log10

from msgspec import Struct
from PySide6.QtCore import QRectF

from bedside.desktop.trend_layout import LEAST_SPAN, LinearAxis, LogAxis, TimeAxis
from bedside.units.writer import write_number
from bedside.ward.views.maintenance import CheckPoint, DecisionRow, MaintenanceView

LABELS, DATES, GAP, END = 58.0, 22.0, 26.0, 128.0


class DoseLine(Struct, frozen=True):
    """One drug's doses in per cent, from their days on, oldest first.

    ``points`` are in force; ``waiting`` are decided, and are not verified or released yet: from when,
    per cent, and what they wait for.
    """

    drug: str
    name: str
    points: tuple[tuple[date, Decimal], ...]
    waiting: tuple[tuple[date, Decimal, str], ...] = ()
    held: tuple[tuple[date, str], ...] = ()  # in force in words, those in milligrams only, too
    decided: tuple[tuple[date, str, str], ...] = ()  # and what waits, in words

    @property
    def drawn(self) -> tuple[tuple[date, Decimal], ...]:
        """Every point that needs room on the axes."""
        return (*self.points, *((on, percent) for on, percent, _ in self.waiting))

    def at(self, on: date) -> Decimal | None:
        """The dose in force on a day; None before the first."""
        past = [percent for day, percent in self.points if day <= on]
        return past[-1] if past else None

    def words_on(self, on: date) -> str:
        """The dose in force on a day in words: "100 %", "18 mg"; "" where none is."""
        past = [words for day, words in self.held if day <= on]
        return past[-1] if past else ""

    def waiting_on(self, on: date) -> tuple[tuple[str, str], ...]:
        """What was decided for a day after the dose in force, and waits: the dose, and for what."""
        since = max((day for day, _ in self.held if day <= on), default=None)
        return tuple(
            (words, waiting)
            for day, words, waiting in self.decided
            if day <= on and (since is None or day >= since)
        )


class ChartAxes(Struct, frozen=True):
    """The time axis and the three upright ones."""

    time: TimeAxis
    anc: LogAxis
    platelets: LinearAxis
    dose: LinearAxis


def drawn_checks(view: MaintenanceView) -> tuple[CheckPoint, ...]:
    """The checks that have something to draw."""
    return tuple(
        check
        for check in view.checks
        if check.anc_per_ul is not None or check.platelets_per_ul is not None
    )


def dose_lines(view: MaintenanceView) -> tuple[DoseLine, ...]:
    """Each drug's standing decisions that say a per cent; one kept in milligrams only is not drawn."""
    return tuple(
        DoseLine(
            line.drug,
            line.name,
            tuple(
                sorted(
                    (row.from_on, row.percent)
                    for row in view.decisions
                    if row.drug == line.drug and not row.voided and row.percent is not None
                    if not row.waiting
                )
            ),
            tuple(
                sorted(
                    (row.from_on, row.percent, row.waiting)
                    for row in view.decisions
                    if row.drug == line.drug and row.percent is not None and row.waiting
                )
            ),
            tuple(
                (row.from_on, _dose(row)) for row in _standing(view, line.drug) if not row.waiting
            ),
            tuple(
                (row.from_on, _dose(row), row.waiting)
                for row in _standing(view, line.drug)
                if row.waiting
            ),
        )
        for line in view.drugs
    )


def _standing(view: MaintenanceView, drug: str) -> list[DecisionRow]:
    """The decisions on a drug that stand, the oldest first."""
    own = [row for row in view.decisions if row.drug == drug and not row.voided]
    return sorted(own, key=lambda row: row.from_on)


def _dose(row: DecisionRow) -> str:
    return row.dose if row.percent is None else f"{write_number(row.percent)} %"


def chart_axes(view: MaintenanceView, wide: float, high: float) -> ChartAxes:
    """The axes for a chart so many pixels wide and high."""
    left, right = LABELS, wide - END
    free = high - 2 * GAP - DATES - 30
    anc = QRectF(left, 24, right - left, free * 0.42)
    platelets = QRectF(left, anc.bottom() + GAP, right - left, free * 0.28)
    dose = QRectF(left, platelets.bottom() + GAP, right - left, free * 0.30)
    return ChartAxes(
        time=_time_axis(view, left + 6, right - 4),
        anc=_anc_axis(view, anc),
        platelets=_platelet_axis(view, platelets),
        dose=_dose_axis(view, dose),
    )


def midnight(on: date, like: datetime) -> datetime:
    """The beginning of a day, in the zone of another time."""
    return datetime(on.year, on.month, on.day, tzinfo=like.tzinfo)


def _time_axis(view: MaintenanceView, left: float, right: float) -> TimeAxis:
    starts = [check.at for check in view.checks] + [midnight(view.day_1, view.now)]
    days = [on for line in dose_lines(view) for on, _ in line.drawn]
    first = min([*starts, view.now - LEAST_SPAN])
    last = max([view.now, *(midnight(on, view.now) + timedelta(days=1) for on in days)])
    return TimeAxis(first, last, left, right)


def _anc_axis(view: MaintenanceView, box: QRectF) -> LogAxis:
    values = [check.anc_per_ul for check in view.checks]
    values += [line.per_ul for line in view.anc_lines]
    positive = [value for value in values if value is not None and value > 0]
    lowest = min([floor(log10(value)) for value in positive], default=2)
    highest = max([ceil(log10(value)) for value in positive], default=3)
    return LogAxis(box, min(lowest, 2), max(highest, 3))


def _platelet_axis(view: MaintenanceView, box: QRectF) -> LinearAxis:
    values = [check.platelets_per_ul for check in view.checks]
    values += [line.per_ul for line in view.platelet_lines]
    most = max([value for value in values if value is not None], default=0)
    step = 100_000
    while most > step * 5:
        step *= 2
    return LinearAxis(box, max(ceil(most * 1.06 / step) * step, step * 2), step)


def _dose_axis(view: MaintenanceView, box: QRectF) -> LinearAxis:
    most = max(
        [int(percent) for line in dose_lines(view) for _, percent in line.drawn],
        default=100,
    )
    return LinearAxis(box, max(ceil(most * 1.06 / 50) * 50, 150), 50)
