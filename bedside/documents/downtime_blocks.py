"""The numbered blocks of a downtime sheet, each measured before it is drawn.

Where she is up to, what is planned, counts and observations to write in, toxicities, whom to ring,
typing it back.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from bedside.documents.cells import Fact, draw_cells, lay_cells
from bedside.documents.fonts import Face
from bedside.documents.marks import clock_colon, stop_octagon, tick_disc, unknown_ring
from bedside.documents.page import FIRM, HAIR, PORTRAIT, THIN, TINT, Paper
from bedside.documents.wording import dated, no_day_range, paper_date, short_moment, weekday_date
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
    wrap,
    wrap_runs,
)
from bedside.papers.downtime import (
    DowntimeDose,
    DowntimeInfant,
    DowntimeLine,
    DowntimeSheets,
    State,
)

_HEAD = 6.0
_LINE = 4.6
_DOSE = 8.2
_COUNT = 7.4
_SIDE = PORTRAIT.left
_ROOM = PORTRAIT.room
_HALF = _ROOM / 2 - 2


class Block(Struct, frozen=True):
    """A block made ready.

    Args:
        height: millimetres.
        draw: draws it from its upper edge.
    """

    height: float
    draw: Callable[[Paper, float], None]


class DoseRow(Struct, frozen=True):
    """One planned line made ready; what stands against it takes the place of the boxes."""

    day: Words
    drug: Words
    route: Words
    state: State
    against: tuple[Words, ...]


def infant_box(paper: Paper, infant: DowntimeInfant, top: float) -> float:
    """Draw who she is; return the lower edge."""
    split = _SIDE + 112
    bold = Style(Face.BOLD, 16)
    styles = [(bold, 1), (bold.at(13), 1), (bold.at(11), 2), (bold.at(9), 3), (bold.at(8), 4)]
    name = settle(f"{infant.family}, {infant.given}", styles, "name", 106)
    leading = name[0].style.size * 0.42
    upper = 14.0 + (len(name) - 1) * leading
    rows = lay_cells(
        [
            Fact("Weight", infant.weight, "weight", infant.weight_on),
            Fact("Length", infant.length, "length"),
            Fact("Allergies", infant.allergies, "allergies"),
            Fact("Line", infant.line, "line"),
            Fact("Gene, risk", infant.gene, "gene and risk"),
        ],
        _ROOM,
        10,
    )
    high = upper + sum(row.height for row in rows)
    paper.box((_SIDE, top), (_ROOM, high), FIRM)
    paper.put_lines(name, _SIDE + 3, top + 6.8, leading)
    born = f"{infant.sex.capitalize()}, born {paper_date(infant.born)}, {infant.age_words}. Bed {infant.bed}"
    line = settle(born, [(BODY, 1), (BODY.at(8), 1), (BODY.at(7), 2)], "birth and bed", 106)
    paper.put_lines(line, _SIDE + 3, top + 11.8 + (len(name) - 1) * leading, 3)
    paper.rule((split, top), (split, top + upper), THIN)
    for at, (caption, value) in enumerate(
        (("Hospital number", infant.hospital_number), ("Study number", infant.study_number))
    ):
        x = split + 3 + at * 37
        paper.put(words(caption, CAPTION), x, top + 4.4)
        paper.put(fit(value, Style(Face.BOLD, 11), caption, 33, 6), x, top + 10.4)
    y = top + upper
    for row in rows:
        paper.rule((_SIDE, y), (_SIDE + _ROOM, y), HAIR)
        draw_cells(paper, row, _SIDE, y, _ROOM)
        y += row.height
    return y


def _where(_sheets: DowntimeSheets, infant: DowntimeInfant) -> Block:
    """1: where she is up to, and what stands against going on."""
    lines = [_said(line) for line in infant.standing]
    big = Style(Face.BOLD, 13)
    title = settle(infant.where, [(big, 1), (big.at(10), 2)], "course and day", 112)
    note = settle(infant.protocol, [(BODY, 1), (BODY.at(7.5), 2)], "protocol", 66)
    high = _HEAD + 6.5 + sum(len(rows) * _LINE for _, rows in lines)
    if infant.dlt_open:
        high += _LINE

    def draw(paper: Paper, y: float) -> None:
        _block_head(paper, y, _SIDE, _ROOM, "1", "Where she is up to")
        paper.put_lines(title, _SIDE, y + _HEAD + 4, 4.6)
        paper.put_lines(note, _SIDE + 116, y + _HEAD + 3.6, 3)
        at = y + _HEAD + 10
        for state, rows in lines:
            _mark(paper, state, _SIDE + 2, at - 1.2)
            for row in rows:
                paper.put_row(row, _SIDE + 6, at)
                at += _LINE
        if infant.dlt_open:
            _mark(paper, "clock", _SIDE + 2, at - 1.2)
            paper.put(words("DLT period OPEN: write every toxicity down.", STRONG), _SIDE + 6, at)

    return Block(high, draw)


def _planned(_sheets: DowntimeSheets, infant: DowntimeInfant) -> Block:
    """2: what is planned, without amounts, with room for what was done."""
    rows = [_dose_cells(dose) for dose in infant.doses]
    notes = [_intrathecal(infant)] if infant.intrathecal else []
    if infant.plan_note:
        notes.append(infant.plan_note)
    if not rows and not notes:
        notes.append("Nothing is planned in these 72 hours.")
    said = [line for text in notes for line in wrap(dated(text), STRONG, "plan", _ROOM, 3)]
    spare = 2 if len(rows) < 4 else 1
    many = len(rows) + spare
    high = _HEAD + 4.6 + _DOSE * many + _LINE * len(said) + 1.5

    def draw(paper: Paper, y: float) -> None:
        note = "no amounts here: from signed sheets only"
        _block_head(paper, y, _SIDE, _ROOM, "2", "Planned in these 72 hours", note)
        at = y + _HEAD + 3.4
        for x, text in ((9, "Date"), (44, "Drug, route, from which day"), (116, "Given at"),
                        (134, "By, with"), (160, "Not given: why")):  # fmt: skip
            paper.put(words(text, CAPTION), _SIDE + x, at)
        at = y + _HEAD + 4.6
        for number in range(many):
            _dose_row(paper, at, number, rows[number] if number < len(rows) else None)
            at += _DOSE
        paper.put_lines(said, _SIDE, at + 4.2, _LINE)

    return Block(high, draw)


def _counts(_sheets: DowntimeSheets, infant: DowntimeInfant) -> Block:
    """3: the last count, and room for three read by telephone."""
    columns = ((0, 9), (9, 40), (49, 28), (77, 28), (105, 28), (133, 22), (155, 29))
    heads = ("", "Taken on, at", "White cells", "ANC", "Platelets", "Hb", "Read back by")
    high = _HEAD + 4.6 + _COUNT * 4
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
        note = "per microlitre, Hb in g per L; read back; compare with the last line"
        _block_head(paper, y, _SIDE, _ROOM, "3", "Counts read to you by telephone", note)
        top = y + _HEAD + 4.6
        for row in range(4):
            at = top + row * _COUNT
            for (x, wide), text in zip(columns, last, strict=True):
                paper.box((_SIDE + x, at), (wide, _COUNT), THIN, TINT if row == 0 else None)
                if row == 0 and text:
                    line = fit(text, STRONG if x else CAPTION, "last count", wide - 2, 5.5)
                    paper.put(line, _SIDE + x + 1.2, at + 4.9)
            if row:
                _tab(paper, at, _COUNT, f"C{row}")
        for (x, _), text in zip(columns, heads, strict=True):
            if text:
                paper.put(words(text, CAPTION), _SIDE + x + 1.2, y + _HEAD + 3.4)

    return Block(high, draw)


def _watch(_sheets: DowntimeSheets, infant: DowntimeInfant) -> Block:
    """4 and 5: fever and temperatures at the left, toxicities at the right."""
    open_ones = infant.toxicities or ("no open toxicity on record",)
    lines = [
        row for text in open_ones for row in wrap(dated(text), BODY.at(8), "toxicity", _HALF, 3)
    ]
    left, right = _HEAD + 9.5 + 11.0, _HEAD + 1 + 3.6 * len(lines) + 1.5 + 9 * 2
    high = max(left, right)

    def draw(paper: Paper, y: float) -> None:
        _block_head(paper, y, _SIDE, _HALF, "4", "Fever and temperature", "never rectal")
        for at, text in enumerate(
            ("F1  fever seen at", "F2  team rung at", "F3  antibiotic in at")
        ):
            x = _SIDE + at * _HALF / 3
            paper.box((x, y + _HEAD), (_HALF / 3, 9.5), THIN)
            paper.put(words(text, CAPTION.at(7)), x + 1, y + _HEAD + 2.8)
            clock_colon(paper, x + _HALF / 6, y + _HEAD + 6.4)
        for at in range(5):
            x = _SIDE + at * _HALF / 5
            paper.box((x, y + _HEAD + 11), (_HALF / 5, 9.5), THIN)
            paper.put(words(f"°C, when  F{at + 4}", CAPTION.at(6.5)), x + 0.8, y + _HEAD + 13.6)
        x = _SIDE + _HALF + 4
        _block_head(paper, y, x, _HALF, "5", "Toxicities", "open ones, then new ones")
        after = paper.put_lines(lines, x, y + _HEAD + 3, 3.6)
        for at in (0, 1):
            top = after + 2.2 + at * 9
            paper.box((x, top), (_HALF, 9), THIN)
            paper.box((x, top), (9, 9), THIN, (0, 0, 0))
            paper.put(words(f"T{at + 1}", Style(Face.BOLD, 9, WHITE)), x + 4.5, top + 5.6, "centre")
            paper.put(words("what, grade, from, at, by", CAPTION.at(7)), x + 10, top + 2.8)

    return Block(high, draw)


def _ring(sheets: DowntimeSheets, _infant: DowntimeInfant) -> Block:
    """6 and 7: whom to ring at the left, typing back at the right."""
    rows = []
    for name, number in sheets.contacts:
        bold = Style(Face.BOLD, 12)
        rows.append(
            (
                settle(name, [(BODY, 1), (BODY.at(7.5), 2), (BODY.at(7), 3)], "contact", 50),
                settle(
                    number, [(bold, 1), (bold.at(9), 1), (bold.at(7.5), 3)], "number", _HALF - 46
                ),
            )
        )
    highs = [max(6.0, 3.2 * len(name) + 1.5, 3.4 * len(number) + 1.5) for name, number in rows]
    high = _HEAD + max(sum(highs), 16.0, 8.0)

    def draw(paper: Paper, y: float) -> None:
        _block_head(paper, y, _SIDE, _HALF, "6", "Ring", "day and night")
        at = y + _HEAD
        if not rows:
            paper.put(words("No number is entered: write them here.", STRONG), _SIDE, at + 4)
        for (name, number), tall in zip(rows, highs, strict=True):
            paper.put_lines(name, _SIDE, at + 4, 3.0)
            for place, line in enumerate(number):
                paper.put(line, _SIDE + _HALF, at + 4.4 + place * 3.4, "right")
            at += tall
        x = _SIDE + _HALF + 4
        _block_head(paper, y, x, _HALF, "7", "When Bedside is back")
        paper.put(
            words("Type in D, C, F and T in turn; then void this sheet.", BODY.at(8)),
            x,
            y + _HEAD + 3,
        )
        for place, text in enumerate(("typed in by, at", "checked by, at")):
            left = x + place * _HALF / 2
            paper.box((left, y + _HEAD + 5), (_HALF / 2, 10), THIN)
            paper.put(words(text, CAPTION.at(7)), left + 1, y + _HEAD + 8)

    return Block(high, draw)


def _said(line: DowntimeLine) -> tuple[State, list[list[Words]]]:
    runs = [(dated(line.name), STRONG)] if line.name else []
    if line.words:
        runs.append((no_day_range(line.words, "standing"), BODY))
    return line.state, wrap_runs(runs, "standing", _ROOM - 6, 4)


def _intrathecal(infant: DowntimeInfant) -> str:
    days = ", ".join(weekday_date(day) for day in infant.intrathecal)
    return f"Intrathecal due: {days}. From its own sheet only, never recorded here."


def _dose_cells(dose: DowntimeDose) -> DoseRow:
    ways = [(STRONG, 1), (STRONG.at(8), 1), (STRONG.at(7), 2), (STRONG.at(6), 3)]
    against = "" if dose.state == "go" else no_day_range(dose.note, "plan")
    return DoseRow(
        day=words(weekday_date(dose.on), STRONG.at(8.5), "date"),
        drug=fit(dose.drug, STRONG if not against else BODY, "drug", 69, 7),
        route=fit(no_day_range(dose.route, "plan"), BODY.at(7.5), "plan", 69, 5.5),
        state=dose.state,
        against=settle(against, ways, "plan", 61) if against else (),
    )


def _dose_row(paper: Paper, at: float, number: int, row: DoseRow | None) -> None:
    """One line: what is planned, and room for what was done, or in its place why it is not given."""
    for x, wide in ((9, 34), (43, 72)):
        paper.box((_SIDE + x, at), (wide, _DOSE), THIN)
    _tab(paper, at, _DOSE, f"D{number + 1}")
    if row is None or not row.against:
        for x, wide in ((115, 18), (133, 26), (159, 25)):
            paper.box((_SIDE + x, at), (wide, _DOSE), THIN)
        clock_colon(paper, _SIDE + 124, at + _DOSE / 2)
    if row is None:
        return
    paper.put(row.day, _SIDE + 10, at + 5.0)
    paper.put(row.drug, _SIDE + 44.5, at + 3.5)
    paper.put(row.route, _SIDE + 44.5, at + 6.8)
    if row.against:
        paper.box((_SIDE + 115, at), (69, _DOSE), THIN, TINT)
        _mark(paper, row.state, _SIDE + 118, at + _DOSE / 2)
        leading = row.against[0].style.size * 0.4
        first = at + _DOSE / 2 + 1.1 - leading * (len(row.against) - 1) / 2
        paper.put_lines(row.against, _SIDE + 121.5, first, leading)


def _tab(paper: Paper, at: float, high: float, text: str) -> None:
    """The name of a line, white on black: it is typed back under this name."""
    paper.box((_SIDE, at), (9, high), THIN, (0, 0, 0))
    paper.put(words(text, Style(Face.BOLD, 9, WHITE)), _SIDE + 4.5, at + high / 2 + 1.2, "centre")


def _mark(paper: Paper, state: State, x: float, y: float) -> None:
    if state == "go":
        tick_disc(paper, x, y)
    elif state == "stop":
        stop_octagon(paper, x, y, 1.9)
    elif state == "unknown":
        unknown_ring(paper, x, y)
    else:
        paper.disc((x, y), 1.8, None, 1)
        paper.stroke([(x, y - 1.2), (x, y), (x + 0.9, y)], THIN)


def _block_head(
    paper: Paper, y: float, left: float, room: float, number: str, title: str, note: str = ""
) -> None:
    paper.rule((left, y), (left + room, y), FIRM)
    end = paper.put(words(f"{number}  {title}", Style(Face.BOLD, 9.5)), left, y + 4)
    if note:
        line = fit(note, CAPTION, f"note to {title}", left + room - end - 2, 6.5)
        paper.put(line, left + room, y + 4, "right")


BLOCKS: Sequence[Callable[[DowntimeSheets, DowntimeInfant], Block]] = (
    _where,
    _planned,
    _counts,
    _watch,
    _ring,
)
