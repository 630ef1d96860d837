"""The second page of a transfer summary: counts, open toxicities, what was given, room to write back."""

from collections.abc import Sequence
from datetime import date

from bedside.documents.counts_chart import (
    Box,
    Scale,
    TimeAxis,
    anc_scale,
    draw_bands,
    draw_dates,
    draw_frame,
    draw_limit,
    draw_series,
    draw_titles,
    platelet_scale,
)
from bedside.documents.flow import Captions, Column, Part, Picture, Piece, Row, Title, row
from bedside.documents.marks import held_square, tick_box
from bedside.documents.page import HAIR, HAIR_GREY, PORTRAIT, THIN, Paper
from bedside.documents.wording import dated, paper_date, short_date
from bedside.documents.words import BODY, CAPTION, STRONG, Words, settle, words
from bedside.papers.transfer import CountPoint, GivenLine, TransferSummary
from bedside.units.writer import write_number

_ROOM = PORTRAIT.room
_LABELS, _EDGE = 17.0, 25.0  # millimetres for values at the left, for limits at the right
_LAST, _CROWDED = 7, 6  # counts side by side
_TOX = (
    Column("Term", 52.0, "toxicity", STRONG, typed=True),
    Column("Grade", 14.0, "grade", STRONG),
    Column("Since", 24.0, "onset"),
    Column("Attribution, action", 66.0, "attribution", typed=True),
    Column("DLT decision", 28.0, "DLT decision"),
)
_UNITS = "ANC and platelets per microlitre, haemoglobin in g per litre"
_BACK = (26.0, 94.0, 36.0, 28.0)
_BACK_CAPTIONS = (
    "Date and time",
    "Seen, measured, given (drug, dose, route)",
    "Advice from",
    "Initials",
)


def back_parts(value: TransferSummary) -> list[Part]:
    """Measure the second page.

    Raises:
        Refused: something cannot be printed or does not fit.
    """
    number = 6 if value.dlt_words else 5
    parts: list[Part] = []
    if value.counts:
        note = "dashed line = limit of the start rule" if value.anc_limit else ""
        chart = Part(
            Title(str(number), "Counts since diagnosis", note),
            (_chart(value),),
            together=True,
            turn=True,
        )
        last = Part(
            Title(str(number + 1), "Last counts", _UNITS),
            _last_counts(value.counts[-_LAST:]),
            together=True,
        )
        parts += [chart, last]
        number += 2
    title = Title(str(number), "Open toxicities", f"CTCAE {value.ctcae}")
    parts.append(
        Part(title, _toxicities(value), again=Captions(_TOX, title), turn=not value.counts)
    )
    parts.append(_given_part(value, str(number + 1)))
    back = Title(
        str(number + 2), "What happened with you, back to us", "send the page back with her"
    )
    if value.whose.sex == "male":
        back = Title(back.number, back.title, "send the page back with him")
    parts.append(Part(back, (_write_back(),), together=True))
    return parts


def _chart(value: TransferSummary) -> Picture:
    return Picture(64.0, lambda paper, y: _draw_chart(paper, value, y))


def _draw_chart(paper: Paper, value: TransferSummary, y: float) -> None:
    left, right = paper.form.left + _LABELS, paper.form.right - _EDGE
    first = min(
        value.counts[0].at.date(), *(band.begins for band in value.bands), value.as_of.today
    )
    axis = TimeAxis(first, value.as_of.today, left, right)
    upper, lower = Box(left, y + 8.0, right, y + 32.0), Box(left, y + 38.5, right, y + 59.5)
    bands = [(band.begins, band.until, band.title, band.priming) for band in value.bands]
    ancs = [(point.at, point.anc_per_ul) for point in value.counts]
    platelets = [(point.at, point.platelets_per_ul) for point in value.counts]
    scales = (
        anc_scale([number for _, number in ancs if number is not None]),
        platelet_scale([number for _, number in platelets if number is not None]),
    )
    draw_titles(paper, axis, y + 3.2, bands)
    for box, scale, points, limit, title, square in (
        (upper, scales[0], ancs, value.anc_limit, "Neutrophils (ANC), by tens", False),
        (lower, scales[1], platelets, value.platelets_limit, "Platelets", True),
    ):
        draw_bands(paper, axis, box, bands)
        draw_frame(paper, box, scale, title)
        places = [(axis.moment(at), scale.y(n, box)) for at, n in points if n is not None]
        draw_series(paper, places, square=square)
        newest = points[-1][1]
        _draw_edge(paper, box, scale, newest, limit)
    draw_dates(paper, axis, lower.bottom)


def _draw_edge(paper: Paper, box: Box, scale: Scale, newest: int | None, limit: int | None) -> None:
    """The limit and the newest value at the right, apart from one another."""
    edge = paper.form.right
    free = box.bottom + 1.0
    told: list[tuple[int, str, bool]] = []
    if limit is not None:
        told.append((limit, f"limit {write_number(limit)}", True))
    if newest is not None:
        told.append((newest, f"now {write_number(newest)}", False))
    for per_ul, said, dashed in sorted(told):
        if dashed:
            free = draw_limit(paper, box, scale, per_ul, said, free, edge)
        else:
            base = min(scale.y(per_ul, box) + 1.0, free)
            paper.put(words(said, STRONG.at(8)), box.right + 1.5, base)
            free = base - 3.4


def _last_counts(points: Sequence[CountPoint]) -> tuple[Piece, ...]:
    """The last counts side by side, each with its day."""
    wide = (_ROOM - 26.0) / len(points)
    bold = STRONG if len(points) < _CROWDED else STRONG.at(8)  # else the columns all but touch
    columns = (
        Column("", 26.0, "count", BODY),
        *(Column(short_date(point.at.date()), wide, "count", bold) for point in points),
    )
    rows = (
        ("ANC", *(point.anc for point in points)),
        ("Platelets", *(point.platelets for point in points)),
        ("Haemoglobin", *(point.haemoglobin.removesuffix(" g per litre") for point in points)),
    )
    return (Captions(columns), *(row(columns, texts, 3) for texts in rows))


def _toxicities(value: TransferSummary) -> tuple[Piece, ...]:
    rows = [
        row(_TOX, (each.term, each.grade, paper_date(each.since), each.now, each.dlt))
        for each in value.toxicities
    ]
    whole = (Column("", _ROOM, "toxicities", typed=True),)
    waiting = (row(whole, (dated(value.waiting),), 4),) if value.waiting else ()
    if not rows:
        said = row(whole, ("No toxicity is open in the log: say what is seen now.",))
        return (said, *waiting)
    return (Captions(_TOX), *rows, *waiting)


def _given_part(value: TransferSummary, number: str) -> Part:
    title = Title(number, "Chemotherapy of the last days", dated(value.given_note))
    if not value.given:
        none = (Column("", _ROOM, "doses"),)
        text = "None was planned or recorded in these days."
        return Part(title, (row(none, (text,)),), together=True)
    days = _days_row(value.days)
    lines = tuple(_given_row(line, len(value.days)) for line in value.given)
    return Part(title, (days, *lines), again=title)


_NAME, _FIRST = 64.0, 64.0


def _days_row(days: Sequence[date]) -> Picture:
    wide = (_ROOM - _NAME) / len(days)

    def paint(paper: Paper, y: float) -> None:
        left = paper.form.left
        months = (
            f"{days[0]:%b %Y}"
            if days[0].month == days[-1].month
            else f"{days[0]:%b} and {days[-1]:%b %Y}"
        )
        paper.put(words(f"{months}: tick given, bar held", CAPTION), left + 1, y + 3.3)
        for at, day in enumerate(days):
            number = words(f"{day:%d}", STRONG.at(8.5), "day")
            paper.put(number, left + _NAME + wide * (at + 0.5), y + 3.3, "centre")
        paper.rule((left, y + 4.6), (paper.form.right, y + 4.6), HAIR, HAIR_GREY)

    return Picture(4.6, paint)


def _given_row(line: GivenLine, days: int) -> Row:
    """A drug with a tick for each day it was given on, a word for every other planned day."""
    columns = (Column("", _NAME, "drug"),)
    said = f"{line.drug}, {line.route}"
    made = row(columns, (said,), 4)
    wide = (_ROOM - _NAME) / days
    other = sorted({cell for cell in line.cells if cell not in ("given", "held", "")})
    small: dict[str, tuple[Words, ...]] = {
        cell: settle(
            cell,
            ((CAPTION, 1), (CAPTION.at(7.5), 1), (CAPTION.at(7), 2), (CAPTION.at(6.5), 2)),
            "dose",
            wide - 0.6,
        )
        for cell in other
    }

    def paint(paper: Paper, y: float, high: float) -> None:
        for at, cell in enumerate(line.cells):
            x = paper.form.left + _NAME + wide * at
            paper.rule((x, y), (x, y + high), HAIR, HAIR_GREY)
            middle = y + high / 2
            if cell == "given":
                tick_box(paper, x + wide / 2 - 1.35, middle - 1.35)
            elif cell == "held":
                held_square(paper, x + wide / 2 - 1.7, middle - 1.7, 3.4)
            elif cell:
                lines = small[cell]
                base = middle + 1.0 - 1.4 * (len(lines) - 1)
                for at_line, words_ in enumerate(lines):
                    paper.put(words_, x + wide / 2, base + 2.8 * at_line, "centre")

    return Row(made.columns, made.cells, 6.4, paint)


def _write_back() -> Picture:
    rows, high = 3, 8.0

    def paint(paper: Paper, y: float) -> None:
        x = paper.form.left
        for wide, caption in zip(_BACK, _BACK_CAPTIONS, strict=True):
            paper.put(words(caption, CAPTION), x + 1, y + 3.2)
            for at in range(rows):
                paper.box((x, y + 4.4 + high * at), (wide, high), THIN)
            x += wide

    return Picture(4.4 + rows * high, paint)
