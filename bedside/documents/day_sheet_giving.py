"""What is looked at before, and written down while, a dose of a day's sheet is given."""

from bedside.documents.day_sheet_parts import Block, tick_choice
from bedside.documents.frame import draw_head
from bedside.documents.marks import clock_colon, stop_octagon, tick_disc, unknown_ring
from bedside.documents.page import HAIR, HAIR_GREY, THIN, Paper
from bedside.documents.typed import told
from bedside.documents.wording import dated, short_moment
from bedside.documents.words import BODY, CAPTION, STRONG, Words, fit, settle, words
from bedside.papers.day_sheet import DaySheet, SettledDose, SheetCount
from bedside.units.dates import write_time

_HEAD, _ROW, _LINE = 9.5, 5.1, 3.6
NOTHING_TO_SIGN = "Nothing to sign here."
_SAID_FROM = 2  # number and planned hour stay where a dose is on record
_MANY = 4  # lines of a day: such a sheet goes on on a second page, and the first has room
_COLUMNS = (0.0, 40.0, 93.0, 121.0, 166.0)
_CAPTIONS = ("Test", "Value", "Taken at", "Limit", "Met?")
PLATELETS = "Platelets"
Cells = tuple[tuple[Words, ...], ...]


def lay_counts(sheet: DaySheet, number: str) -> Block:
    """Measure the counts before a dose; before a needle with the question of the CSF sample.

    Raises:
        Refused: a value cannot be printed or does not fit.
    """
    spinal = sheet.kind == "intrathecal"
    title = "Before the needle" if spinal else "Counts, as last seen"
    # before a needle the platelets decide, as on the layouts that wards know
    shown = [each for each in sheet.counts if not spinal or each.test == PLATELETS]
    rows = [(_cells(each), each) for each in shown]
    note = dated(sheet.counts_note)
    heights = [_ROW + (max(map(len, cells)) - 1) * _LINE for cells, _ in rows]
    extra = 6.4 if spinal else 0.0
    least = _HEAD + sum(heights) + extra

    def draw(paper: Paper, y: float, _height: float) -> None:
        left, right = paper.form.left, paper.form.right
        draw_head(paper, y, number, title, note)
        for caption, x in zip(_CAPTIONS, _COLUMNS, strict=True):
            paper.put(words(caption, CAPTION), left + 1 + x, y + 8.3)
        y += _HEAD
        for (cells, each), height in zip(rows, heights, strict=True):
            paper.rule((left, y), (right, y), HAIR, HAIR_GREY)
            for x, cell in zip(_COLUMNS, cells, strict=False):
                paper.put_lines(cell, left + 1 + x, y + 3.6, _LINE)
            _verdict(paper, each, left + 1 + _COLUMNS[4], y + 2.6)
            y += height
        paper.rule((left, y), (right, y), HAIR, HAIR_GREY)
        if spinal:
            _sample(paper, y)

    return Block(least, least, draw)


def _cells(each: SheetCount) -> Cells:
    taken = short_moment(each.taken_at) if each.taken_at is not None else "not taken"
    cells = []
    for at, text in enumerate((each.test, each.value, taken, each.limit)):
        style = STRONG if at == 1 else BODY
        room = _COLUMNS[at + 1] - _COLUMNS[at] - 2
        ways = ((style, 1), (style.at(8), 1), (style.at(8), 3))
        way = told if at == 1 else settle  # why there is no value may be typed
        cells.append(way(dated(text), ways, f"{_CAPTIONS[at].lower()} of a count", room))
    return tuple(cells)


def _verdict(paper: Paper, each: SheetCount, x: float, y: float) -> None:
    if not each.result:
        paper.box((x + 0.4, y - 1.9), (3.8, 3.8), THIN)  # for the prescriber's own verdict
        paper.put(words("met", BODY), x + 5.4, y + 1.1)
        return
    mark = {"met": tick_disc, "unknown": unknown_ring, "not met": stop_octagon}[each.result]
    mark(paper, x + 1.8, y)
    paper.put(words(each.result, STRONG.at(8), "verdict"), x + 4.6, y + 1.1)


def _sample(paper: Paper, y: float) -> None:
    left = paper.form.left
    paper.put(words("CSF sample", BODY), left + 1, y + 4.7)
    x = left + 1 + _COLUMNS[1]
    for choice in ("taken before this drug", "none ordered"):
        x = tick_choice(paper, choice, x, y + 4.7) + 8


def lay_needle(sheet: DaySheet, number: str) -> list[Block]:
    """Measure what is written at the needle; nothing on other sheets."""
    if sheet.kind != "intrathecal":
        return []
    captions = (
        ("Needle in", 29.0, True),
        ("Drug started", 29.0, True),
        ("Needle out", 29.0, True),
        ("CSF taken out, mL", 48.0, False),
        ("Volume given, mL", 49.0, False),
    )

    def draw(paper: Paper, y: float, height: float) -> None:
        left, room = paper.form.left, paper.form.room
        draw_head(paper, y, number, "At the needle", "write; nothing is assumed")
        top, below = y + 5.6, 7.4
        boxes = height - 5.6 - below
        paper.box((left, top), (room, boxes + below), THIN)
        paper.rule((left, top + boxes), (left + room, top + boxes), THIN)
        x = left
        for caption, wide, timed in captions:
            if x > left:
                paper.rule((x, top), (x, top + boxes), THIN)
            paper.put(words(caption, CAPTION), x + 1.2, top + 3.4)
            if timed:
                clock_colon(paper, x + wide / 2, top + (boxes + 3.6) / 2)
            x += wide
        base = top + boxes + 5.0
        x = paper.put(words("CSF looked", CAPTION), left + 1.2, base) + 5
        for choice in ("clear", "blood-stained", "cloudy", "no flow"):
            x = tick_choice(paper, choice, x, base) + 6
        paper.put(words("not given, why", CAPTION), x + 2, base)

    return [Block(5.6 + 9.4 + 7.4, 5.6 + 12.6 + 7.4, draw)]


def lay_giving(sheet: DaySheet, number: str) -> list[Block]:
    """Measure the lines in which each dose of the day is written down; none on an intrathecal sheet."""
    if sheet.kind == "intrathecal":
        return []
    halves = sheet.planned_halves or ("",) * len(sheet.planned_hours)
    planned = [
        (write_time(at), f"hour {hour}", half)
        for (hour, at), half in zip(sheet.planned_hours, halves, strict=True)
    ]
    count = len(planned) or sheet.drugs[0].times_a_day
    line = (7.4, 10.0 if count < _MANY else 15.0) if not any(halves) else (11.0, 15.0)
    columns = _mouth_columns() if sheet.kind == "mouth" else _needle_columns()
    title = "At the bedside" if count == 1 else f"At the bedside, {count} doses, a line each"
    settled = {one.number: one for one in sheet.settled}
    if settled:
        title = f"At the bedside, {len(settled)} of {count} on record"

    def draw(paper: Paper, y: float, height: float) -> None:
        left = paper.form.left
        draw_head(paper, y, number, title, "band read aloud, two people; write, nothing is assumed")
        edge = left
        for caption, wide, _ in columns:
            line = fit(caption, CAPTION, "caption of a line", wide - 1.2, 6.5)
            paper.put(line, edge + 1.0, y + 8.3)
            edge += wide
        row = (height - _HEAD) / count
        for at in range(count):
            hour = planned[at] if planned else None
            place = (y + _HEAD + at * row, row)
            _giving_line(paper, columns, place, at + 1, hour, settled.get(at + 1))

    return [Block(_HEAD + line[0] * count, _HEAD + line[1] * count, draw)]


Column = tuple[str, float, str]  # caption, width, what is printed in it


def _needle_columns() -> tuple[Column, ...]:
    return (
        ("Dose", 10.0, "number"),
        ("Planned", 19.0, "time"),
        ("Started", 19.0, "time"),
        ("Ended", 19.0, "time"),
        ("Given by", 39.0, ""),
        ("Checked with", 39.0, ""),
        ("Not given: why", 39.0, ""),
    )


def _mouth_columns() -> tuple[Column, ...]:
    return (
        ("Dose", 10.0, "number"),
        ("Planned", 19.0, "time"),
        ("Given at", 19.0, "time"),
        ("Given by", 44.0, ""),
        ("Checked with", 44.0, ""),
        ("Not given, or vomited: why, when", 48.0, ""),
    )


def _giving_line(
    paper: Paper,
    columns: tuple[Column, ...],
    place: tuple[float, float],
    number: int,
    planned: tuple[str, str, str] | None,
    settled: SettledDose | None,
) -> None:
    """One line to sign: its upper edge and height, its number, and the hour where that is known.

    Of a dose that is on record it says what became of it, and has no room to sign.
    """
    x, (top, row) = paper.form.left, place
    open_columns = columns if settled is None else columns[:_SAID_FROM]
    for caption, wide, kind in open_columns:
        paper.box((x, top), (wide, row), THIN)
        middle = x + wide / 2
        if kind == "number":
            paper.put(words(str(number), STRONG.at(12)), middle, top + row / 2 + 1.6, "centre")
        elif caption == "Planned" and planned is not None:
            _planned_time(paper, planned, (middle, wide), top + row / 2)
        elif kind == "time" and settled is None:
            clock_colon(paper, middle, top + row / 2)
        x += wide
    if settled is not None:
        _settled(paper, settled, (x, top), (paper.form.right - x, row))


def _settled(
    paper: Paper, dose: SettledDose, corner: tuple[float, float], size: tuple[float, float]
) -> None:
    """What became of a dose that is on record, across the fields in which it would be signed."""
    (x, top), (wide, high) = corner, size
    paper.box(corner, size, THIN)
    if dose.words.startswith("GIVEN"):
        tick_disc(paper, x + 3.4, top + high / 2)
    else:
        stop_octagon(
            paper, x + 3.4, top + high / 2, 2.2
        )  # stands clear of the words, as the disc does
    text, bold = dated(f"{dose.words}. {NOTHING_TO_SIGN}"), STRONG.at(9)
    ways = ((bold, 1), (bold.at(8), 2), (BODY.at(8), 2), (BODY.at(7), 3))
    lines = told(text, ways, "dose on record", wide - 8.5)
    paper.put_lines(lines, x + 7, top + high / 2 + 1.1 - (len(lines) - 1) * 1.65, 3.3)


def _planned_time(
    paper: Paper, planned: tuple[str, str, str], box: tuple[float, float], centre: float
) -> None:
    """The time of a dose with its hour below; between them which of two, where the hour comes twice."""
    middle, wide = box
    field = "planned hour"
    time, hour = words(planned[0], STRONG.at(12), field), words(planned[1], CAPTION, field)
    half = fit(planned[2], STRONG.at(8), field, wide - 1.4, 6)
    up = 1.8 if half.text else 0.0
    paper.put(time, middle, centre + 0.6 - up, "centre")
    paper.put(half, middle, centre + 1.9, "centre")
    paper.put(hour, middle, centre + 3.4 + up * 0.8, "centre")
