"""Draws the whole treatment on one page: the road so far and to come, and what it adds up to."""

from datetime import timedelta

from bedside.documents.flow import draw_pages, low_edge
from bedside.documents.frame import particulars
from bedside.documents.page import HAIR, HAIR_GREY, LANDSCAPE, THIN, Paper
from bedside.documents.typed import IDENTITY, MARK, legible_value
from bedside.documents.whole_lists import SETTINGS, Lists, lay_lists
from bedside.documents.whole_road import (
    BAND,
    EVENT_ROW,
    FLAG,
    LABELS,
    MONTHS,
    MOST_EVENTS,
    ROAD,
    SPINAL,
    RoadMap,
    draw_events,
    draw_labels,
    draw_months,
    draw_road,
    draw_spinal,
    draw_today,
    draw_triangle,
    flag_of,
    has_room,
    lay_events,
    lay_road,
)
from bedside.documents.whose_box import (
    BLACK_BAR,
    BarWords,
    draw_whose,
    foot_of,
    lay_whose,
)
from bedside.documents.wording import dated, paper_date, weekday_date
from bedside.documents.words import (
    BODY,
    STRONG,
    WHITE,
    fit,
)
from bedside.papers.whole_treatment import RoadEvent, WholeTreatment
from bedside.units.refusal import Refused

PLAN = "A record and a plan, not an order"
_CYCLES, _CYCLE_ROW = 11.4, 4.8
_ACROSS = 8  # cycles side by side


def draw_whole_treatment(value: WholeTreatment) -> bytes:
    """Draw the whole treatment as a PDF; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole and safely; each reason says what.
    """
    subject = f"{value.whose.protocol}, whole treatment: {PLAN.lower()}"
    paper = Paper(LANDSCAPE, particulars(value.head, "Whole treatment", subject))
    compose(paper, value)
    return paper.finish()


def compose(paper: Paper, value: WholeTreatment) -> None:
    """Draw the whole treatment onto a paper."""
    value = legible_value(value, IDENTITY | MARK)
    if not value.road:
        raise Refused("Not printed: no course has a date yet. Record day 1 of the first course.")
    day_1 = "" if value.day_1 is None else f", day 1 of Induction = {weekday_date(value.day_1)}"
    bar = BarWords(BLACK_BAR, "WHOLE TREATMENT", f"{value.whose.protocol}{day_1}", PLAN)
    about = f"Today: {value.as_of.where}. No dose is given from this paper."
    box = lay_whose(LANDSCAPE, bar, value.head, value.whose, value.as_of, about)
    foot = foot_of(paper, value.head, value.whose)
    road = lay_road(value)
    top, low = box.first_bottom, low_edge(foot)
    shown, lists, y = _fitted(value, road, top, low)

    def draw_top(_at: int) -> None:
        draw_whose(paper, box, first=True)
        _draw_drawn(paper, value, road, shown, top)
        lists.draw(paper, y)

    draw_pages(paper, value.head, [[]], foot, draw_top)


def _fitted(
    value: WholeTreatment, road: RoadMap, top: float, low: float
) -> tuple[list[RoadEvent], Lists, float]:
    """The events over the road, both lists and their upper edge, so that all stands on one page.

    Raises:
        Refused: it does not, however closely it is set; nothing is ever cut.
    """
    for setting in SETTINGS:
        for most in range(MOST_EVENTS, 1, -1):
            shown, below = _events_shown(value, road, most)
            y = top + _height(value, road, len(shown))
            lists = lay_lists(value, road.legend, below, setting)
            if y + lists.height <= low:
                return shown, lists, y
    raise Refused(
        "Not printed: the whole treatment does not fit its one page, and nothing is cut. Shorten the "
        "reasons of holds, or print the roadmaps of the courses instead."
    )


def _events_shown(
    value: WholeTreatment, road: RoadMap, most: int
) -> tuple[list[RoadEvent], list[RoadEvent]]:
    """The events over the road, and those that stand in words below: the oldest, and the long ones."""
    events = list(value.events)
    shown = events[-most:]
    return shown, [each for each in events if each not in shown or not has_room(road, each)]


def _height(value: WholeTreatment, road: RoadMap, events: int) -> float:
    """How high the drawing is: events, months, road, labels, intrathecal days, DLT, Maintenance."""
    blocks = any(stop.course.priming for stop in road.stops)
    return (
        MONTHS
        + EVENT_ROW * events
        + FLAG
        + ROAD
        + (LABELS if blocks or value.spinal else 2.4)
        + (SPINAL if value.spinal else 0)
        + (BAND if value.dlt_words else 0)
        + _maintenance_height(value)
        + 1.2
    )


def _draw_drawn(
    paper: Paper, value: WholeTreatment, road: RoadMap, shown: list[RoadEvent], y: float
) -> None:
    draw_months(paper, road, y)
    y += MONTHS
    road_top = y + EVENT_ROW * len(shown) + FLAG
    today = value.as_of.today
    draw_events(paper, lay_events(road, shown), y, road_top, flag_of(road, today))
    draw_today(paper, road, today, road_top - FLAG)
    draw_road(paper, road, today, road_top)
    y = draw_labels(paper, road, road_top + ROAD, spinal=bool(value.spinal))
    if value.spinal:
        draw_spinal(paper, road, value.spinal, y)
        y += SPINAL
    if value.dlt_words:
        _draw_dlt(paper, value, road, y)
        y += BAND
    _draw_maintenance(paper, value, y)


def _draw_dlt(paper: Paper, value: WholeTreatment, road: RoadMap, y: float) -> None:
    """The DLT period as a band under its days, hatched while it is open."""
    line = fit(dated(value.dlt_words), STRONG.at(8.5), "DLT period", paper.form.room - 4, 6.5)
    high = BAND - 1.4
    if value.dlt is None:
        paper.put(line, paper.form.left + 1.5, y + 3.4)
        return
    opened, until = value.dlt
    left = road.place(opened)
    right = max(road.place(until) if until else road.marks[-1][1], left + 6)
    if value.dlt_open:
        step = 2.2
        for at in range(int((right - left) / step)):
            x = left + at * step
            run = min(high, right - x)
            paper.rule((x, y + high), (x + run, y + high - run), HAIR, HAIR_GREY)
    inside = line.width + 4 <= right - left
    x = left + 3
    if not inside:  # after the band, or before it where the page ends
        after = right + line.width + 3 < paper.form.right
        x = right + 2 if after else max(paper.form.left + 1, left - line.width - 2)
    if inside:
        paper.box((x - 1, y + 0.4), (line.width + 2, high - 0.8), 0, WHITE)
    paper.box((left, y), (right - left, high), 1.0)
    paper.put(line, x, y + 3.5)


def _maintenance_height(value: WholeTreatment) -> float:
    if not value.cycles:
        return _CYCLE_ROW if value.maintenance_words else 0.0
    rows = -(-len(value.cycles) // _ACROSS)
    return _CYCLE_ROW + rows * _CYCLES + 2.0


def _draw_maintenance(paper: Paper, value: WholeTreatment, y: float) -> None:
    """The cycles of Maintenance in rows, not to scale; the end of therapy at the right."""
    left, right = paper.form.left, paper.form.right
    end = fit(dated(value.end_words), STRONG.at(8.5), "end of therapy", 130.0, 6.5)
    paper.put(end, right, y + 3.6, "right")
    room = right - left - end.width - 4
    said = fit(dated(value.maintenance_words), BODY.at(8.5), "Maintenance", room, 6.5)
    paper.put(said, left, y + 3.6)
    if not value.cycles:
        return
    y += _CYCLE_ROW
    across = min(_ACROSS, len(value.cycles))
    wide = (right - left - 1.4) / across
    for number, (title, begins) in enumerate(value.cycles):
        x = left + wide * (number % across)
        top = y + _CYCLES * (number // across)
        begun = begins <= value.as_of.today
        paper.box((x, top), (wide, _CYCLES), THIN, (0.83, 0.83, 0.83) if begun else None)
        name = fit(title, STRONG.at(8.5), "cycle", wide - 2.5, 6.5)
        day = fit(
            paper_date(begins), STRONG.at(8) if begun else BODY.at(8), "day 1", wide - 2.5, 6.5
        )
        paper.put(name, x + 1.5, top + 3.6)
        paper.put(day, x + 1.5, top + 7.2)
    rows = -(-len(value.cycles) // across)
    paper.box((right - 1.4, y - 0.6), (1.4, rows * _CYCLES + 1.2), 0, (0, 0, 0))
    _draw_spinal(paper, value, (left, y, wide, across))


def _draw_spinal(
    paper: Paper, value: WholeTreatment, grid: tuple[float, float, float, int]
) -> None:
    """The intrathecal days of Maintenance, along the lower edge of their cycle."""
    left, top, wide, across = grid
    starts = [begins for _, begins in value.cycles]
    ends = [*starts[1:], value.ends_on or starts[-1] + timedelta(days=84)]
    for day in value.spinal:
        for number, (begins, until) in enumerate(zip(starts, ends, strict=True)):
            if begins <= day.on < until:
                share = (day.on - begins).days / max((until - begins).days, 1)
                x = left + wide * (number % across) + 2.9 + share * (wide - 6)
                low = top + _CYCLES * (number // across + 1)
                draw_triangle(paper, x, low - 3.2, day.state)
