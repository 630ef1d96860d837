"""The numbered blocks of a downtime sheet, each measured before it is drawn.

Where she is up to, what is planned, counts and observations to write in, toxicities, whom to ring,
typing it back.
"""

from bedside.documents.cells import Fact, draw_cells, lay_cells
from bedside.documents.downtime_doses import planned
from bedside.documents.downtime_parts import (
    HALF,
    HEAD,
    LINE,
    ROOM,
    SIDE,
    Block,
    block_head,
    mark,
    tab,
)
from bedside.documents.fonts import Face
from bedside.documents.marks import clock_colon
from bedside.documents.numbers_box import draw_numbers, lay_numbers
from bedside.documents.page import FIRM, HAIR, HEAVY, THIN, TINT, Paper
from bedside.documents.typed import TOO_LONG, told, told_runs
from bedside.documents.wording import dated, paper_date, short_moment, typed_days
from bedside.documents.words import (
    BODY,
    CAPTION,
    STRONG,
    WHITE,
    Style,
    Words,
    fit,
    settle,
    words,
    wrapped,
)
from bedside.papers.downtime import (
    DowntimeInfant,
    DowntimeLine,
    DowntimeSheets,
    State,
)

_COUNT, _LAST = 8.3, 5.6  # a row that a hand writes in; the last one, printed
_MOST_ROWS = 8  # of one line of what stands; a block that is too high goes to the next page
_MOST_TOXICITIES = 14


def infant_box(paper: Paper, infant: DowntimeInfant, top: float) -> float:
    """Draw who she is; return the lower edge."""
    split = SIDE + 112
    bold = Style(Face.BOLD, 16)
    styles = [(bold, 1), (bold.at(13), 1), (bold.at(11), 2), (bold.at(9), 3), (bold.at(8), 4)]
    name = settle(f"{infant.family}, {infant.given}", styles, "name", 106)
    leading = name[0].style.size * 0.42
    upper = 14.0 + (len(name) - 1) * leading
    rows = lay_cells(
        [
            Fact("Weight", infant.weight, "weight", infant.weight_on),
            Fact("Length", infant.length, "length"),
            Fact("Allergies", infant.allergies, "allergies", typed=True),
            Fact("Line", infant.line, "line", typed=True),
            Fact("Gene, risk", infant.gene, "gene and risk", typed=True),
        ],
        ROOM,
        10,
    )
    high = upper + sum(row.height for row in rows)
    paper.box((SIDE, top), (ROOM, high), FIRM)
    paper.put_lines(name, SIDE + 3, top + 6.8, leading)
    sex = {"female": "Girl", "male": "Boy"}.get(infant.sex, infant.sex.capitalize())
    born = f"{sex}, born {paper_date(infant.born)}, {infant.age_words}. Bed "
    ways = [(BODY, 1), (BODY.at(8), 1), (BODY.at(7), 2)]
    long = wrapped(f"{born}{infant.bed}", BODY.at(7), "birth and bed", 106, 2) is None
    line = settle(f"{born}{TOO_LONG if long else infant.bed}", ways, "birth and bed", 106)
    paper.put_lines(line, SIDE + 3, top + 11.8 + (len(name) - 1) * leading, 3)
    paper.rule((split, top), (split, top + upper), THIN)
    numbers = lay_numbers(infant.hospital_number, infant.study_number, (34, 32), (11, 11))
    draw_numbers(paper, numbers, split + 3, top)
    y = top + upper
    for row in rows:
        paper.rule((SIDE, y), (SIDE + ROOM, y), HAIR)
        draw_cells(paper, row, SIDE, y, ROOM)
        y += row.height
    return y


def _where(_sheets: DowntimeSheets, infant: DowntimeInfant) -> Block:
    """1: where the infant is up to, and what stands against going on."""
    whom = {"female": "she is", "male": "he is"}.get(infant.sex, "the infant is")
    lines = [_said(line) for line in infant.standing]
    big = Style(Face.BOLD, 13)
    title = told(infant.where, [(big, 1), (big.at(10), 2)], "course and day", 112)
    note = told(infant.protocol, [(BODY, 1), (BODY.at(7.5), 2)], "protocol", 66)
    high = HEAD + 6.5 + sum(len(rows) * LINE for _, rows in lines)
    if infant.dlt_open:
        high += LINE

    def draw(paper: Paper, y: float) -> None:
        block_head(paper, y, SIDE, ROOM, "1", f"Where {whom} up to")
        paper.put_lines(title, SIDE, y + HEAD + 4, 4.6)
        paper.put_lines(note, SIDE + 116, y + HEAD + 3.6, 3)
        at = y + HEAD + 10
        for state, rows in lines:
            mark(paper, state, SIDE + 2, at - 1.2)
            for row in rows:
                paper.put_row(row, SIDE + 6, at)
                at += LINE
        if infant.dlt_open:
            mark(paper, "clock", SIDE + 2, at - 1.2)
            paper.put(words("DLT period OPEN: write every toxicity down.", STRONG), SIDE + 6, at)

    return Block(high, draw)


def _counts(_sheets: DowntimeSheets, infant: DowntimeInfant) -> Block:
    """3: the last count, and room for three read by telephone."""
    columns = ((0, 9), (9, 40), (49, 28), (77, 28), (105, 28), (133, 22), (155, 29))
    heads = ("", "Taken on, at", "White cells", "ANC", "Platelets", "Hb", "Read back by")
    high = HEAD + 4.6 + _LAST + _COUNT * 3
    count = infant.count
    last = ("last", "none on record", "", "", "", "", "")
    if count is not None:
        last = (
            "last",
            short_moment(count.taken_at),
            count.white_cells,
            count.anc,
            count.platelets,
            count.haemoglobin,
            "",
        )

    def draw(paper: Paper, y: float) -> None:
        note = "per microlitre, Hb in g per litre; read back; compare with the last line"
        block_head(paper, y, SIDE, ROOM, "3", "Counts read to you by telephone", note)
        top = y + HEAD + 4.6
        for row in range(4):
            at = top + (_LAST + (row - 1) * _COUNT if row else 0)
            for (x, wide), text in zip(columns, last, strict=True):
                size = (wide, _COUNT if row else _LAST)
                paper.box((SIDE + x, at), size, THIN, None if row else TINT)
                if row == 0 and text:
                    line = fit(text, STRONG if x else CAPTION, "last count", wide - 2, 5.5)
                    paper.put(line, SIDE + x + 1.2, at + 4.0)
            if row:
                tab(paper, at, _COUNT, f"C{row}")
        for (x, _), text in zip(columns, heads, strict=True):
            if text:
                paper.put(words(text, CAPTION), SIDE + x + 1.2, y + HEAD + 3.4)

    return Block(high, draw)


def _fever(sheets: DowntimeSheets) -> Block:
    """4: when fever was seen, by when the antibiotic is due, when it was in; then the temperatures."""
    said = (
        told(dated(sheets.fever), ((STRONG.at(8), 5),), "fever rule", HALF)
        if sheets.fever
        else (words("Never rectal.", STRONG.at(8)),)
    )
    third, fifth = HALF / 3, HALF / 5
    below = HEAD + 10.4 + 3.4 * len(said) + 1.0
    by = f"IN BY: + {sheets.fever_minutes} min" if sheets.fever_minutes else "IN BY"

    def draw(paper: Paper, y: float) -> None:
        block_head(paper, y, SIDE, HALF, "4", "Fever and temperature", "never rectal")
        for at, text in enumerate(("F1  fever seen at", by, "F2  antibiotic in at")):
            x = SIDE + at * third
            middle = at == 1
            paper.box((x, y + HEAD), (third, 9.5), HEAVY if middle else THIN)
            style = STRONG.at(8) if middle else CAPTION
            paper.put(fit(text, style, "caption", third - 1.4, 7), x + 1.2, y + HEAD + 3.0)
            clock_colon(paper, x + third / 2, y + HEAD + 6.5)
        paper.put_lines(said, SIDE, y + HEAD + 13.4, 3.4)
        for at in range(5):
            x = SIDE + at * fifth
            paper.box((x, y + below), (fifth, 9.5), THIN)
            text = "F3 rung at" if at == 0 else f"F{at + 3} °C, at"
            paper.put(fit(text, CAPTION, "caption", fifth - 1.0, 7), x + 0.8, y + below + 2.8)

    return Block(below + 9.5, draw)


def _watch(sheets: DowntimeSheets, infant: DowntimeInfant) -> Block:
    """4 and 5: fever and temperatures at the left, toxicities at the right."""
    open_ones = infant.toxicities or ("no open toxicity on record",)
    if len(open_ones) > _MOST_TOXICITIES:
        more = len(open_ones) - _MOST_TOXICITIES
        open_ones = (*open_ones[:_MOST_TOXICITIES], f"and {more} more in the log")
    lines = [
        row for text in open_ones for row in told(dated(text), ((BODY.at(8), 3),), "toxicity", HALF)
    ]
    fever = _fever(sheets)
    right = HEAD + 1 + 3.6 * len(lines) + 1.5 + 9 * 2
    high = max(fever.height, right)

    graded = f"CTCAE {infant.ctcae}; " if infant.ctcae else ""

    def draw(paper: Paper, y: float) -> None:
        fever.draw(paper, y)
        x = SIDE + HALF + 4
        block_head(paper, y, x, HALF, "5", "Toxicities", f"{graded}open ones, then new ones")
        after = paper.put_lines(lines, x, y + HEAD + 3, 3.6)
        for at in (0, 1):
            top = after + 2.2 + at * 9
            paper.box((x, top), (HALF, 9), THIN)
            paper.box((x, top), (9, 9), THIN, (0, 0, 0))
            paper.put(words(f"T{at + 1}", Style(Face.BOLD, 9, WHITE)), x + 4.5, top + 5.6, "centre")
            paper.put(words("what, grade, from, at, by", CAPTION), x + 10, top + 2.8)

    return Block(high, draw)


def _contact(name: str, number: str) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Whom to ring and under which number, each as large as it fits."""
    names = [(BODY, 1), (BODY.at(8), 2), (BODY.at(7.5), 3), (BODY.at(7), 3)]
    bold = Style(Face.BOLD, 12)
    numbers = [(bold, 1), (bold.at(9), 1), (bold.at(7.5), 3)]
    return told(name, names, "contact", 50), told(number, numbers, "number", HALF - 46)


def _ring(sheets: DowntimeSheets, _infant: DowntimeInfant) -> Block:
    """6: whom to ring, at the left; 7, typing back, is drawn beside it once the page is full."""
    rows = [_contact(name, number) for name, number in sheets.contacts]
    highs = [max(6.0, 3.2 * len(name) + 1.5, 3.4 * len(number) + 1.5) for name, number in rows]
    high = HEAD + max(sum(highs), 16.0, 8.0)

    def draw(paper: Paper, y: float) -> None:
        block_head(paper, y, SIDE, HALF, "6", "Ring", "day and night")
        at = y + HEAD
        if not rows:
            paper.put(words("No number is entered: write them here.", STRONG), SIDE, at + 4)
        for (name, number), tall in zip(rows, highs, strict=True):
            paper.put_lines(name, SIDE, at + 4, 3.0)
            for place, line in enumerate(number):
                paper.put(line, SIDE + HALF, at + 4.4 + place * 3.4, "right")
            at += tall

    return Block(high, draw)


def _said(line: DowntimeLine) -> tuple[State, list[list[Words]]]:
    runs = [(typed_days(line.name), STRONG)] if line.name else []
    if line.words:
        runs.append((typed_days(line.words), BODY))
    return line.state, told_runs(runs, "standing", ROOM - 6, _MOST_ROWS) if runs else [[]]


def blocks(sheets: DowntimeSheets, infant: DowntimeInfant, room: float) -> list[Block]:
    """Every block of one infant's sheet, in the order in which they stand.

    Args:
        sheets: of the whole ward.
        infant: whose.
        room: millimetres that the first page has for them.
    """
    where = _where(sheets, infant)
    return [
        where,
        *planned(sheets, infant, room - where.height),
        _counts(sheets, infant),
        _watch(sheets, infant),
        _ring(sheets, infant),
    ]
