"""The doses of a day's sheet: the sum with each of its numbers, and the one final dose in the heavy box."""

from collections.abc import Sequence

from msgspec import Struct

from bedside.documents.day_sheet_parts import Block
from bedside.documents.fonts import Face
from bedside.documents.frame import draw_head, note_fits
from bedside.documents.page import HAIR, HAIR_GREY, PORTRAIT, THIN, Paper
from bedside.documents.wording import dose, no_day_range, typed_days, weekday_date, with_minus
from bedside.documents.words import (
    BODY,
    CAPTION,
    STRONG,
    Style,
    Words,
    fit,
    settle,
    too_long,
    words,
)
from bedside.papers.day_sheet import DaySheet, SheetDrug

_LEFT, _FINAL = 117.5, 66.1  # widths of the two boxes
_HEAD, _SUM, _SUM_TIGHT, _LABEL = 6.2, 12.7, 10.0, 22.0
_TIMES = {1: "once", 2: "twice a day", 3: "3 times a day", 4: "4 times a day"}
_MOST_LINES = 7  # of one note: hours off the plan are said in full
Notes = tuple[tuple[Words, tuple[Words, ...]], ...]


class Term(Struct, frozen=True):
    """One number of the sum with its caption."""

    sign: Words | None
    caption: Words
    value: Words

    @property
    def width(self) -> float:
        """Its width in millimetres."""
        before = self.sign.width + 1.2 if self.sign is not None else 0.0
        return before + max(self.caption.width, self.value.width)


class DoseRow(Struct, frozen=True):
    """One drug made ready: its sum and notes on the left, its dose in the heavy box on the right."""

    terms: tuple[tuple[Term, ...], ...]  # on one line to three
    notes: Notes
    drug: tuple[Words, ...]
    times: Words
    final: Words
    volume: Words | None  # beside the dose of an intrathecal drug, smaller
    giving: tuple[Words, ...]
    small: tuple[Words, ...]
    tight: bool = False  # one of several on a sheet

    @property
    def leading(self) -> float:
        """Millimetres between the lines of the notes."""
        return 3.4 if self.tight else 3.9

    @property
    def line(self) -> float:
        """The height of one line of the sum."""
        return _SUM_TIGHT if self.tight else _SUM

    @property
    def sums(self) -> float:
        """The height of the sum."""
        return self.line * len(self.terms)

    @property
    def height(self) -> float:
        """The least height of the row, in millimetres."""
        noted = sum(len(lines) for _, lines in self.notes)
        left = self.sums + 1.8 + self.leading * noted
        return max(left, self.right)

    @property
    def right(self) -> float:
        """The least height of the box with the final dose."""
        lines = 4.2 * (len(self.drug) - 1) + 4.0 * (len(self.giving) - 1)
        first = 17.2 if self.tight else 20.1
        return first + lines + 4.0 + 3.55 * max(0, len(self.small) - 1) + 1.4


def lay_doses(paper: Paper, sheet: DaySheet, number: str) -> list[Block]:
    """Measure the doses, a block each; the first carries the head.

    Raises:
        Refused: a dose does not fit or is worded as no paper may word it.
    """
    many = len(sheet.drugs)
    title = "Dose of this day" if many == 1 else f"Doses of this day: {many} drugs, one puncture"
    sources = {no_day_range(drug.source, "source of the dose") for drug in sheet.drugs}
    note = sources.pop() if len(sources) == 1 else ""
    if not note_fits(paper, title, note):
        note = ""
    rows = [_row(sheet, drug, sourced=not note) for drug in sheet.drugs]
    return [_headed(number, title, note, rows[0]), *map(_bare, rows[1:])]


def _headed(number: str, title: str, note: str, row: DoseRow) -> Block:
    def draw(page: Paper, y: float, height: float) -> None:
        draw_head(page, y, number, title, note)
        _draw_row(page, row, y + _HEAD, height - _HEAD)

    return Block(_HEAD + row.height, _HEAD + row.height, draw)


def _bare(row: DoseRow) -> Block:
    return Block(row.height, row.height, lambda page, y, height: _draw_row(page, row, y, height))


def _row(sheet: DaySheet, drug: SheetDrug, *, sourced: bool) -> DoseRow:
    inside, many = _FINAL - 6, len(sheet.drugs) > 1
    spinal = sheet.kind == "intrathecal"
    often = drug.often or _TIMES.get(drug.times_a_day, f"{drug.times_a_day} times a day")
    if drug.giving == "over 24 hours":
        often = "in 24 hours"  # it never stops: nothing is given once
    times = words(drug.rhythm or often, STRONG)  # weekly taken for daily kills
    final = dose(drug.final, "final dose")
    volume = None
    if spinal and drug.volume:
        volume = words(dose(f"in {drug.volume}", "volume"), STRONG.at(11 if many else 13))
    beside = 0.0 if volume is None else volume.width + 4
    bold = Style(Face.BOLD, 18 if many else 25)
    ways = ((STRONG.at(11), 1), (STRONG.at(10), 1), (STRONG, 2), (STRONG.at(8), 3))
    return DoseRow(
        terms=_terms(drug, _LEFT - 4),
        notes=_notes(sheet, drug, sourced=sourced),
        drug=settle(drug.drug, ways, "drug", inside - times.width - 3),
        times=times,
        final=fit(final, bold, "final dose", inside - beside, 14),
        volume=volume,
        giving=_giving(sheet, drug, inside),
        small=_small(drug, inside, spinal=spinal),
        tight=many,
    )


def _giving(sheet: DaySheet, drug: SheetDrug, room: float) -> tuple[Words, ...]:
    if sheet.kind == "intrathecal":
        return (words(sheet.route.upper(), STRONG.at(12)),)
    only = f"on {weekday_date(sheet.on)} only" if drug.rhythm else ""
    said = ", ".join(filter(None, (sheet.route, drug.giving, only)))
    return settle(said, ((STRONG.at(10), 1), (STRONG, 2), (STRONG, 3)), "route and duration", room)


def _small(drug: SheetDrug, room: float, *, spinal: bool) -> tuple[Words, ...]:
    quiet = Style(Face.PLAIN, 8)
    texts = [f"({drug.giving_note})"] if drug.giving_note else []
    texts += [dose(drug.drawn, "volume")]
    if spinal and drug.volume:
        texts = [no_day_range(drug.drawn, "volume")]
    return tuple(
        line
        for text in texts
        for line in settle(no_day_range(text, "volume"), ((quiet, 5),), "volume", room)
    )


def _terms(drug: SheetDrug, room: float) -> tuple[tuple[Term, ...], ...]:
    """The sum in the largest size in which it fits on one line, else on two or three."""
    for size in (10.5, 9.5, 8.5, 8):
        terms = tuple(_term(each, size) for each in drug.terms)
        if sum(term.width + 1.6 for term in terms) <= room:
            return (terms,)
    lines: list[list[Term]] = [[]]
    for term in terms:
        if lines[-1] and sum(one.width + 1.6 for one in (*lines[-1], term)) > room:
            lines.append([])
        lines[-1].append(term)
    if max(term.width for term in terms) > room or len(lines) > 3:
        longest = max((value for _, _, value in drug.terms), key=len)
        raise too_long(longest, "sum of the dose")
    return tuple(tuple(line) for line in lines)


def _term(each: tuple[str, str, str], size: float) -> Term:
    sign, caption, value = each
    bold = STRONG.at(size)
    said = value if "%" in value or "/" in value else dose(value, f"{caption} in the sum")
    return Term(
        words(sign, bold) if sign else None,
        words(caption, CAPTION.at(8 if size > 9 else 7)),
        words(said, bold, f"{caption} in the sum"),
    )


def _said(label: str, text: str) -> str:
    """A modification has a reason that somebody typed; every other note is ours."""
    typed = label == "Modified" or "; modified: " in text
    return typed_days(text) if typed else no_day_range(text, label.lower())


def _notes(sheet: DaySheet, drug: SheetDrug, *, sourced: bool) -> Notes:
    said = list(drug.notes)
    if len(sheet.drugs) > 1:  # the last two in one line: three drugs stand on one page
        (cap, capped), rounding, (_, as_modified) = said[1:]
        changed = "not modified" if as_modified.startswith("no:") else f"modified: {as_modified}"
        said[1:] = [(cap, f"{capped}; {changed}"), rounding]
    else:
        said += [("Hours", sheet.hours), ("Plan", sheet.plan_words)]
    if sourced:
        said.append(("Source", drug.source))
    room = _LEFT - _LABEL - 4
    ways = [(BODY.at(size), 1) for size in (9, 8.5, 8, 7.5)] + [(BODY.at(8), _MOST_LINES)]
    asked = [
        (STRONG.at(8), _MOST_LINES)
    ]  # hours and plan contradict each other: nobody overlooks it
    return tuple(
        (
            words(label, CAPTION.at(8.5)),
            settle(
                _said(label, with_minus(text)),
                asked if label == "Hours" and ": ask" in text else ways,
                label.lower(),
                room,
            ),
        )
        for label, text in said
        if text
    )


def _draw_row(paper: Paper, row: DoseRow, top: float, height: float) -> None:
    left = paper.form.left
    paper.box((left, top), (_LEFT, height), THIN)
    for at, line in enumerate(row.terms):
        _draw_terms(paper, line, top + row.line * at, row.line)
    paper.rule((left, top + row.sums), (left + _LEFT, top + row.sums), HAIR, HAIR_GREY)
    base = top + row.sums + 4.0
    for label, lines in row.notes:
        paper.put(label, left + 2, base)
        base = paper.put_lines(lines, left + _LABEL, base, row.leading) + row.leading
    _draw_final(paper, row, top, height)


def _draw_terms(paper: Paper, line: Sequence[Term], top: float, height: float) -> None:
    left = paper.form.left
    spare = _LEFT - 4 - sum(term.width for term in line)
    gap = min(spare / len(line), 6.0)
    x, base = left + 2, top + height - 2.4 - (0.7 if height > _SUM_TIGHT else 0.0)
    for term in line:
        if term.sign is not None:
            x = paper.put(term.sign, x, base) + 1.2
        paper.put(term.caption, x, top + (4.0 if height > _SUM_TIGHT else 3.3))
        paper.put(term.value, x, base)
        x += max(term.caption.width, term.value.width) + gap


def _draw_final(paper: Paper, row: DoseRow, top: float, height: float) -> None:
    x = paper.form.right - _FINAL
    paper.box((x, top), (_FINAL, height), 2.4)
    inside = x + 3
    air = min(max(0.0, height - row.right) / 4, 2.0)  # spare height goes between the lines
    paper.put(row.times, PORTRAIT.right - 2.4, top + 4.7 + air, "right")
    last = paper.put_lines(row.drug, inside, top + 4.7 + air, 4.2) + air
    last += 7.2 if row.tight else 9.1
    end = paper.put(row.final, inside, last)
    if row.volume is not None:
        paper.put(row.volume, end + 5, last)
    base = paper.put_lines(row.giving, inside, last + (5.3 if row.tight else 6.3) + air, 4.0)
    paper.put_lines(row.small, inside, base + 4.0, 3.55)
