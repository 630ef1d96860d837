"""Counts over time on paper: points, limits and courses on one axis, in black on white."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import log10

from msgspec import Struct

from bedside.documents.page import HAIR, HAIR_GREY, THIN, Paper
from bedside.documents.wording import short_date
from bedside.documents.words import BLACK, CAPTION, STRONG, WHITE, Colour, fit, fitting, words
from bedside.units.writer import write_number

BAND: Colour = (0.93, 0.93, 0.93)
BLOCK: Colour = (0.8, 0.8, 0.8)
_WORD = 3.4  # height of a line of words at the right edge


class Box(Struct, frozen=True):
    """The room of one plot, in millimetres."""

    left: float
    top: float
    right: float
    bottom: float


class TimeAxis(Struct, frozen=True):
    """Days across a plot."""

    first: date
    last: date  # the last day that is shown
    left: float
    right: float

    def day(self, on: date) -> float:
        """Where a day begins."""
        share = (on - self.first).days / max((self.last - self.first).days + 1, 1)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def moment(self, at: datetime) -> float:
        """Where a time of a day stands."""
        share = (at.hour * 60 + at.minute) / 1440
        return self.day(at.date()) + share * (
            self.day(at.date() + timedelta(days=1)) - self.day(at.date())
        )


class Scale(Struct, frozen=True):
    """Values up a plot: even, or by tens."""

    low: int
    high: int
    ticks: tuple[int, ...]
    by_tens: bool

    def y(self, value: float, box: Box) -> float:
        """Where a value stands; one beyond the ends stands at the end."""
        if self.by_tens:
            share = log10(max(value, self.low) / self.low) / log10(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return box.bottom - (box.bottom - box.top) * min(max(share, 0.0), 1.0)


def anc_scale(values: Sequence[int]) -> Scale:
    """By tens, from 10 up to the highest value at least."""
    high = 1000
    while high < max(values, default=0):
        high *= 10
    ticks, at = [], 10
    while at <= high:
        ticks.append(at)
        at *= 10
    return Scale(10, high, tuple(ticks), by_tens=True)


def platelet_scale(values: Sequence[int]) -> Scale:
    """Even, from 0 up to the highest value at least."""
    step = 50_000
    while step * 4 < max(values, default=0):
        step *= 2
    high = max(step * 2, -(-max(values, default=0) // step) * step)
    return Scale(0, high, tuple(range(0, high + 1, step)), by_tens=False)


def draw_frame(paper: Paper, box: Box, scale: Scale, title: str) -> None:
    """Draw the edges of a plot, its lines with their values, and its name above."""
    for tick in scale.ticks:
        y = scale.y(tick, box)
        if box.top + 0.3 < y < box.bottom - 0.3:
            paper.rule((box.left, y), (box.right, y), HAIR, HAIR_GREY)
        paper.put(words(write_number(tick), CAPTION.at(8)), box.left - 1.5, y + 1.0, "right")
    paper.box((box.left, box.top), (box.right - box.left, box.bottom - box.top), THIN)
    paper.put(words(title, STRONG.at(8)), box.left, box.top - 1.2)


def draw_bands(
    paper: Paper, axis: TimeAxis, box: Box, bands: Sequence[tuple[date, date, str, bool]]
) -> None:
    """Draw courses behind a plot: first day, first day after, title, whether an azacitidine block."""
    for begins, until, _, block in bands:
        left, right = axis.day(begins), axis.day(until)
        if right > left:
            size = (right - left, box.bottom - box.top)
            paper.box((left, box.top), size, 0, BLOCK if block else BAND)
    for begins, _, _, _ in bands:
        x = axis.day(begins)
        if box.left + 0.5 < x < box.right - 0.5:
            paper.rule((x, box.top), (x, box.bottom), HAIR, WHITE)


def draw_titles(
    paper: Paper, axis: TimeAxis, y: float, bands: Sequence[tuple[date, date, str, bool]]
) -> None:
    """Write the courses' names along a line, each where it has room; the others are told below."""
    free = axis.left
    for begins, until, title, block in bands:
        left = max(axis.day(begins) + 0.6, free)
        room = axis.day(until) - left - 0.4
        line = fitting(title, STRONG.at(8) if block else CAPTION.at(8), "course", room, 6.5)
        if line is not None:
            free = paper.put(line, left, y) + 0.8


def draw_limit(
    paper: Paper, box: Box, scale: Scale, per_ul: int, said: str, free: float, edge: float
) -> float:
    """Draw a dashed line of a rule with its words at the right; return the next free height.

    Args:
        paper: the page.
        box: the plot.
        scale: its values.
        per_ul: the limit.
        said: its words.
        free: the lowest height at which words may still stand (limits come lowest first).
        edge: the right edge of the words.
    """
    y = scale.y(per_ul, box)
    paper.rule((box.left, y), (box.right, y), 0.9, BLACK, (2.6, 1.8))
    base = min(y + 1.0, free)
    line = fit(said, STRONG.at(8), "limit", edge - box.right - 1.5, 6)
    paper.put(line, box.right + 1.5, base)
    return base - _WORD


def draw_series(
    paper: Paper, points: Sequence[tuple[float, float]], *, square: bool = False
) -> None:
    """Draw points joined by a line: discs, or squares."""
    for one, other in pairwise(points):
        paper.stroke([one, other], 1.1)
    for x, y in points:
        if square:
            paper.box((x - 0.8, y - 0.8), (1.6, 1.6), 0, BLACK)
        else:
            paper.disc((x, y), 0.85)


def draw_dates(paper: Paper, axis: TimeAxis, y: float) -> None:
    """Write days along the lower edge, as many as have room."""
    days = (axis.last - axis.first).days + 1
    step = next(
        (each for each in (1, 2, 7, 14, 28, 56, 112, 224) if days / each <= 9), max(days // 8, 1)
    )
    on, free = axis.first, 0.0
    while on <= axis.last:
        x = axis.day(on)
        line = words(short_date(on), CAPTION.at(8), "date")
        left = min(x, axis.right - line.width)
        if left >= free:
            paper.rule((x, y), (x, y + 1.0), HAIR, HAIR_GREY)
            free = paper.put(line, left, y + 3.8) + 2
        on += timedelta(days=step)
