"""Draws the toxicity report: each toxicity with its grades over time, then every grade by its day."""

from datetime import date, timedelta

from msgspec.structs import replace

from bedside.documents.counts_chart import TimeAxis, draw_dates, draw_titles
from bedside.documents.flow import (
    Captions,
    Column,
    Part,
    Picture,
    Row,
    Stack,
    Title,
    draw_pages,
    flow,
    low_edge,
    row,
    stacked,
)
from bedside.documents.fonts import Face
from bedside.documents.frame import particulars
from bedside.documents.page import HAIR, HAIR_GREY, LANDSCAPE, THIN, Paper
from bedside.documents.typed import IDENTITY, MARK, legible_value
from bedside.documents.whose_box import SLATE, BarWords, draw_whose, foot_of, lay_whose
from bedside.documents.wording import paper_date
from bedside.documents.words import STRONG, Style, words
from bedside.papers.reports import ReportedToxicity, ToxicityReport

RECORD = "A record, not an order"
_COLUMNS = (
    Column("Toxicity", 50.0, "toxicity", STRONG, typed=True),
    Column("Began", 42.0, "onset"),
    Column("Grade over time", 100.0, "grades"),
    Column("Attribution, and what was done", 85.0, "attribution", typed=True),
)
_LANE, _LANE_LEFT, _LANE_WIDE = 9.6, 92.0, 100.0
_STEP = 1.6  # millimetres for each grade
_GRADES = (
    Column("Toxicity", 58.0, "toxicity", STRONG, typed=True),
    Column("From", 26.0, "from"),
    Column("Last day", 32.0, "until"),
    Column("Grade", 34.0, "grade", STRONG),
    Column("CTCAE", 16.0, "CTCAE version"),
    Column("Where it came from", 111.0, "origin of a grade", typed=True),
)
_FILL = (0.8, 0.8, 0.8)


def draw_toxicity_report(value: ToxicityReport) -> bytes:
    """Draw the report as a PDF; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole and safely; each reason says what.
    """
    subject = f"{value.whose.protocol}, toxicities: {RECORD.lower()}"
    paper = Paper(LANDSCAPE, particulars(value.head, "Toxicity report", subject))
    compose(paper, value)
    return paper.finish()


def compose(paper: Paper, value: ToxicityReport) -> None:
    """Draw the report onto a paper."""
    value = legible_value(value, IDENTITY | MARK)
    bar = BarWords(SLATE, "TOXICITY REPORT", f"CTCAE {value.ctcae}", RECORD)
    standing = sum(each.gone_on is None for each in value.rows)
    about = f"{value.as_of.where}. In the log: {len(value.rows)}, open now: {standing}."
    box = lay_whose(LANDSCAPE, bar, value.head, value.whose, value.as_of, about)
    foot = foot_of(paper, value.head, value.whose)
    low = low_edge(foot)
    parts = [_overview(value), _every_grade(value)]
    pages = flow(parts, (box.first_bottom, low), (box.next_bottom, low))

    def draw_top(at: int) -> None:
        draw_whose(paper, box, first=at == 0)

    draw_pages(paper, value.head, pages, foot, draw_top)


def _overview(value: ToxicityReport) -> Part:
    left = LANDSCAPE.left + _LANE_LEFT + 1.0
    axis = TimeAxis(value.first, value.last, left, left + _LANE_WIDE - 2.0)
    note = (
        f"graded by CTCAE {value.ctcae} unless a line says otherwise; the higher the bar, the worse"
    )
    title = Title("1", "Each toxicity", note)
    axis_row = Picture(8.6, lambda paper, y: _draw_axis(paper, value, axis, y))
    rows = tuple(_row(value, each, axis) for each in value.rows)
    # the days of the bars on every page, not on the first alone
    again = Stack((Captions(_COLUMNS, title), axis_row))
    return Part(title, (Captions(_COLUMNS), axis_row, *rows), again=again)


def _draw_axis(paper: Paper, value: ToxicityReport, axis: TimeAxis, y: float) -> None:
    ends = [*(on for _, on, _ in value.courses[1:]), value.last + timedelta(days=1)]
    bands = [
        (on, until, title, block)
        for (title, on, block), until in zip(value.courses, ends, strict=True)
    ]
    draw_titles(paper, axis, y + 3.0, bands)
    draw_dates(paper, axis, y + 4.0)
    paper.rule((axis.left, y + 4.0), (axis.right, y + 4.0), HAIR, HAIR_GREY)


def _row(value: ToxicityReport, each: ReportedToxicity, axis: TimeAxis) -> Row:
    gone = "open" if each.gone_on is None else f"gone on {paper_date(each.gone_on)}"
    other = "" if each.ctcae == value.ctcae else f"CTCAE {each.ctcae}"
    causes = "; ".join(f"{cause} {step}" for cause, step in each.attributions)
    judged = f"Expected: {each.expected}. Serious: {each.serious}."
    done = "" if each.action in ("", "none") else f"Done: {each.action}."
    cells = (
        (each.term, f"worst grade {each.worst}", other),
        (paper_date(each.onset), each.course, gone),
        (),
        (
            causes or "attribution not assessed",
            judged,
            done,
            f"Comment: {each.comment}" if each.comment else "",
        ),
    )
    made = stacked(_COLUMNS, cells, 14, _LANE)
    return replace(made, paint=lambda paper, y, high: _draw_lane(paper, each, axis, y + high))


def _draw_lane(paper: Paper, each: ReportedToxicity, axis: TimeAxis, low: float) -> None:
    """Bars as high as the grade, each over the days it held, its figure in it or on it where it has room."""
    base = low - 0.6
    paper.rule((axis.left, base), (axis.right, base), HAIR, HAIR_GREY)
    for span in each.spans:
        until = span.until or axis.last + timedelta(days=1)
        if span.grade == 0 or until <= span.begins:
            continue
        left, right = axis.day(span.begins), axis.day(until)
        wide, high = max(right - left, 0.5), span.grade * _STEP
        paper.box((left, base - high), (wide, high), THIN, _FILL)
        figure = words(str(span.grade), Style(Face.BOLD, 8), "grade")
        inside = high >= 3.0  # else it stands on the bar: grade 1 is lower than a figure
        if wide >= figure.width + (0.8 if inside else 0):
            up = high / 2 - 1.0 if inside else high + 0.5
            paper.put(figure, left + wide / 2, base - up, "centre")


def _every_grade(value: ToxicityReport) -> Part:
    title = Title("2", "Every grade by its day", "one that was replaced on its own day stands, too")
    rows = [
        row(
            _GRADES,
            (
                each.term,
                paper_date(span.begins),
                _until(span.begins, span.until),
                span.words,
                each.ctcae,
                span.origin,
            ),
        )
        for each in value.rows
        for span in each.spans
    ]
    return Part(title, (Captions(_GRADES), *rows), again=Captions(_GRADES, title))


def _until(begins: date, until: date | None) -> str:
    if until is None:
        return "holds now"
    return "replaced that day" if until == begins else paper_date(until - timedelta(days=1))
