"""Doses that are known in milligrams only, on the Maintenance chart: a lane each, in words on its days.

They have no height on the axis of per cent: what share of the dose begun with they are is not known.
"""

from datetime import date

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from bedside.desktop.look import Look
from bedside.desktop.maintenance_chart_layout import (
    END,
    ChartAxes,
    DoseLine,
    dose_lines,
    midnight,
)
from bedside.ward.views.maintenance import MaintenanceView

LANE_HIGH = 19.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Lane(Struct, frozen=True):
    """One drug's doses in milligrams: from which day, in words, and what each still waits for."""

    drug: str
    name: str
    steps: tuple[tuple[date, str, str], ...]


def amount_lanes(view: MaintenanceView) -> tuple[Lane, ...]:
    """A lane for each drug of which no dose is known as a share, and some dose in milligrams is."""
    return tuple(_lane(line) for line in dose_lines(view) if _in_amounts(line))


def amounts_only(view: MaintenanceView) -> bool:
    """Whether every dose that is known is in milligrams."""
    return bool(amount_lanes(view)) and not any(line.drawn for line in dose_lines(view))


def _in_amounts(line: DoseLine) -> bool:
    return not line.drawn and bool(line.held or line.decided)


def _lane(line: DoseLine) -> Lane:
    steps = (*((on, words, "") for on, words in line.held), *line.decided)
    return Lane(line.drug, line.name, tuple(sorted(steps)))


def paint_amounts(
    painter: QPainter,
    look: Look,
    view: MaintenanceView,
    axes: ChartAxes,
    colours: dict[str, tuple[str, Qt.PenStyle]],
) -> None:
    """Draw the lanes in the part of the doses, from its foot up.

    Args:
        painter: on the chart.
        look: colours and fonts.
        view: the page.
        axes: as drawn.
        colours: of each drug's line.
    """
    for number, lane in enumerate(amount_lanes(view)):
        y = axes.dose.box.bottom() - 9 - LANE_HIGH * number
        colour, style = colours.get(lane.drug, ("ink", Qt.PenStyle.SolidLine))
        _paint_lane(painter, look, lane, axes, (y, colour, style))


def _paint_lane(
    painter: QPainter,
    look: Look,
    lane: Lane,
    axes: ChartAxes,
    drawn: tuple[float, str, Qt.PenStyle],
) -> None:
    y, colour, style = drawn
    tone, right = look.colour(colour), axes.time.right
    painter.setFont(look.font("caption", "strong"))
    metrics, free = QFontMetricsF(painter.font()), right
    for on, words, waiting in reversed(lane.steps):  # the newest words stand, older where room is
        x = axes.time.x(midnight(on, axes.time.first))
        pen_style = Qt.PenStyle.DotLine if waiting else style
        painter.setPen(QPen(tone, 1.8, pen_style))
        painter.drawLine(QPointF(x, y), QPointF(free, y))
        painter.setPen(QPen(tone, 1.8))
        painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
        told = _told(words, waiting)
        wide = metrics.horizontalAdvance(told) + 4
        left = min(x + 3, axes.dose.box.right() - wide)
        if free >= right or left + wide <= free:
            painter.setPen(tone)
            painter.drawText(QRectF(left, y - 16, wide, 14), _LEFT, told)
        free = min(free, x)
    painter.setPen(tone)
    beside = QRectF(axes.dose.box.right() + 5, y - 8, END - 6, 16)
    painter.drawText(beside, _LEFT, lane.name)


def _told(words: str, waiting: str) -> str:
    if not waiting:
        return words
    told = QCoreApplication.translate("MaintenanceChart", "{0}, NOT {1}")
    return told.format(words, waiting)
