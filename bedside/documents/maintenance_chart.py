"""Draws the chart of Maintenance: counts and doses by mouth on one axis of time, as the page does."""

from collections.abc import Sequence

from bedside.documents.counts_chart import (
    Box,
    Scale,
    TimeAxis,
    anc_scale,
    draw_dates,
    draw_frame,
    draw_limit,
    draw_series,
    platelet_scale,
)
from bedside.documents.flow import (
    Captions,
    Column,
    Part,
    Picture,
    Row,
    Title,
    draw_pages,
    fact,
    flow,
    low_edge,
    row,
    stacked,
)
from bedside.documents.frame import particulars
from bedside.documents.page import LANDSCAPE, Paper
from bedside.documents.typed import IDENTITY, MARK, legible_value
from bedside.documents.whose_box import SLATE, BarWords, draw_whose, foot_of, lay_whose
from bedside.documents.wording import paper_date, weekday_date
from bedside.documents.words import BLACK, BODY, STRONG, WHITE, fit
from bedside.papers.reports import ChartDecision, ChartDose, ChartLimit, MaintenanceChart
from bedside.units.writer import write_number

RECORD = "A record, not an order"
_ROOM = LANDSCAPE.room
_LABELS, _EDGE = 17.0, 48.0
_HIGH = 104.0
_WORD = 3.6
_SIGNED = Column("Signed", 73.0, "signatures", BODY.at(8.5), typed=True)
_TOLD = (
    Column("Drug", 32.0, "drug", STRONG),
    Column("From", 23.0, "from"),
    Column("Dose", 46.0, "dose", STRONG),
    Column("Decision", 25.0, "decision"),
    Column("Reason", 46.0, "reason", typed=True),
    Column("Recorded", 32.0, "recorded by", typed=True),
)
_DECISIONS = (*_TOLD, _SIGNED)
_LINES: tuple[tuple[float, ...], ...] = ((), (3.4, 1.8), (1.2, 1.4), (5.0, 1.4, 1.2, 1.4))


def draw_maintenance_chart(value: MaintenanceChart) -> bytes:
    """Draw the chart as a PDF; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole and safely; each reason says what.
    """
    subject = f"{value.whose.protocol}, {value.course}: {RECORD.lower()}"
    paper = Paper(LANDSCAPE, particulars(value.head, "Maintenance chart", subject))
    compose(paper, value)
    return paper.finish()


def compose(paper: Paper, value: MaintenanceChart) -> None:
    """Draw the chart onto a paper."""
    value = legible_value(value, IDENTITY | MARK)
    subtitle = f"{value.course}, day 1 = {weekday_date(value.day_1)}"
    bar = BarWords(SLATE, "MAINTENANCE CHART", subtitle, RECORD)
    about = f"{value.as_of.where}. {value.rule}"
    box = lay_whose(LANDSCAPE, bar, value.head, value.whose, value.as_of, about)
    foot = foot_of(paper, value.head, value.whose)
    low = low_edge(foot)
    pages = flow(_parts(value), (box.first_bottom, low), (box.next_bottom, low))

    def draw_top(at: int) -> None:
        draw_whose(paper, box, first=at == 0)

    draw_pages(paper, value.head, pages, foot, draw_top)


def _parts(value: MaintenanceChart) -> list[Part]:
    note = "dashed heavy line = limit of the rule; hollow and dotted = decided, not signed yet"
    chart = Picture(_HIGH, lambda paper, y: _draw(paper, value, y))
    parts = [Part(Title("1", "Counts and doses by mouth", note), (chart,), together=True)]
    force = tuple(fact(_ROOM, drug, said, "dose in force", 60.0) for drug, said in value.in_force)
    if force:
        parts.append(Part(Title("2", "In force"), force))
    missing = [point for point in value.counts if point.words]
    if value.decisions:
        title = Title("3", "Every decision", "oldest first; one that was struck out stays readable")
        rows = [_decision(each) for each in value.decisions]
        captions = Captions(_DECISIONS, title)
        parts.append(Part(title, (Captions(_DECISIONS), *rows), again=captions))
    if missing:
        rows_ = tuple(
            fact(_ROOM, paper_date(point.at.date()), point.words, "count without a number", 30.0)
            for point in missing
        )
        parts.append(Part(Title("4", "Counts without a number, which no line shows"), rows_))
    return parts


def _decision(each: ChartDecision) -> Row:
    """A decision's row; each of its signatures begins a line of its own."""
    told = row(
        _TOLD,
        (
            each.drug,
            paper_date(each.begins),
            each.dose,
            f"STRUCK OUT: {each.void}" if each.void else each.decision,
            each.reason,
            each.by,
        ),
    )
    signed = stacked((_SIGNED,), (each.signed.split("; "),))
    return Row(_DECISIONS, (*told.cells, *signed.cells))


def _draw(paper: Paper, value: MaintenanceChart, y: float) -> None:
    left, right = paper.form.left + _LABELS, paper.form.right - _EDGE
    days = [point.at.date() for point in value.counts] + [dose.begins for dose in value.doses]
    first = min([value.day_1, *days])
    axis = TimeAxis(first, max([value.as_of.today, *days]), left, right)
    ancs = [(point.at, point.anc_per_ul) for point in value.counts]
    platelets = [(point.at, point.platelets_per_ul) for point in value.counts]
    for box, scale, points, limits, title, square in (
        (
            Box(left, y + 4.4, right, y + 33.5),
            anc_scale([number for _, number in ancs if number is not None]),
            ancs,
            value.anc_limits,
            "ANC per microlitre, by tens",
            False,
        ),
        (
            Box(left, y + 39.5, right, y + 63.0),
            platelet_scale([number for _, number in platelets if number is not None]),
            platelets,
            value.platelet_limits,
            "Platelets per microlitre",
            True,
        ),
    ):
        draw_frame(paper, box, scale, title)
        _draw_limits(paper, box, scale, limits)
        places = [(axis.moment(at), scale.y(n, box)) for at, n in points if n is not None]
        draw_series(paper, places, square=square)
    lower = Box(left, y + 69.0, right, y + 98.0)
    _draw_doses(paper, value, axis, lower)
    draw_dates(paper, axis, lower.bottom)


def _draw_limits(paper: Paper, box: Box, scale: Scale, limits: Sequence[ChartLimit]) -> None:
    free = box.bottom + 1.0
    for limit in sorted(limits, key=lambda one: one.per_ul):
        said = f"{limit.words} {write_number(limit.per_ul)}"
        free = draw_limit(paper, box, scale, limit.per_ul, said, free, paper.form.right)


def _draw_doses(paper: Paper, value: MaintenanceChart, axis: TimeAxis, box: Box) -> None:
    """Each drug as a line of steps in per cent; its name stands where the line ends."""
    most = max([100, *(int(dose.percent) for dose in value.doses)])
    high = -(-(most + 1) // 50) * 50
    scale = Scale(0, high, tuple(range(0, high + 1, 50)), by_tens=False)
    draw_frame(paper, box, scale, "Doses in per cent of the dose begun with")
    drugs = list(dict.fromkeys(dose.drug for dose in value.doses))
    free = box.bottom
    ends: list[tuple[float, str]] = []
    for number, drug in enumerate(drugs):
        own = [dose for dose in value.doses if dose.drug == drug]
        shift = 0.9 * number  # so that two equal doses are seen as two
        ends += _draw_steps(paper, own, (axis, box, scale), shift, _LINES[number % len(_LINES)])
    for y, said in sorted(ends, reverse=True):
        base = min(y + 1.0, free)
        line = fit(said, STRONG.at(8), "dose", _EDGE - 2, 6)
        paper.put(line, box.right + 1.5, base)
        free = base - _WORD


def _draw_steps(
    paper: Paper,
    doses: Sequence[ChartDose],
    place: tuple[TimeAxis, Box, Scale],
    shift: float,
    dashes: tuple[float, ...],
) -> list[tuple[float, str]]:
    """Draw one drug; return where its words stand and what they say."""
    axis, box, scale = place
    ends: list[tuple[float, str]] = []
    before: tuple[float, float] | None = None
    for dose in doses:
        x, y = axis.day(dose.begins), scale.y(float(dose.percent), box) + shift
        if dose.waiting:
            paper.rule((x, y), (box.right, y), 0.9, BLACK, (0.6, 1.4))
            paper.disc((x, y), 1.0, WHITE, 0.9)
            ends.append((y, f"{dose.drug} {write_number(dose.percent)} %, NOT SIGNED"))
            continue
        if before is not None:
            paper.rule(before, (x, before[1]), 1.4, BLACK, dashes)
            paper.rule((x, before[1]), (x, y), 1.4, BLACK, dashes)
        before = (x, y)
        last = dose
    if before is not None:
        paper.rule(before, (box.right, before[1]), 1.4, BLACK, dashes)
        ends.append((before[1], f"{last.drug} {write_number(last.percent)} %"))
    return ends
