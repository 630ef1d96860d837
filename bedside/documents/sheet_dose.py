"""Block 2 of the dosing sheet: the sum with each of its numbers, and the one final dose in the heavy box."""

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.frame import draw_head, note_fits
from bedside.documents.marks import tick_disc
from bedside.documents.page import HAIR, HAIR_GREY, THIN, Paper
from bedside.documents.wording import dated, dose, no_day_range, short_date, typed_days, with_minus
from bedside.documents.words import BODY, CAPTION, STRONG, Style, Words, fit, settle, words, wrap
from bedside.papers.values import DosingSheet

_LEFT_ROOM, _FINAL_ROOM = 117.5, 66.1  # widths of the two boxes; a gap of 0.4 between
_SECOND_ROOM = 31.0  # the second person's own figure
_SUM_ROOM = _LEFT_ROOM - _SECOND_ROOM - 3
_TOP, _SUM = 6.2, 12.7
_LABEL = 22.0
_DRUG_DOWN, _FINAL_DOWN, _GIVING_DOWN = 4.7, 13.6, 18.7  # baselines in the box of the final dose
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven")


class Term(Struct, frozen=True):
    """One number of the sum with its caption; ``joined`` is the sign before it."""

    joined: Words | None
    caption: Words
    value: Words

    @property
    def width(self) -> float:
        """The width it takes, in millimetres."""
        before = self.joined.width + 1.2 if self.joined else 0.0
        return before + max(self.caption.width, self.value.width)


class DoseBlock(Struct, frozen=True):
    """Block 2 made ready."""

    title: str
    note: str
    terms: tuple[Term, ...]
    second: Words | None
    notes: tuple[tuple[Words, tuple[Words, ...]], ...]
    drug: Words
    each: Words
    final: Words
    giving: tuple[Words, ...]
    small: tuple[Words, ...]
    signable: bool = True  # two people of this site have confirmed what the sheet rests on

    @property
    def leading(self) -> float:
        """Millimetres between the lines of the notes."""
        return 4.3 if self._lines <= 4 else 3.8

    @property
    def _lines(self) -> int:
        return sum(len(lines) for _, lines in self.notes)

    def height(self) -> float:
        """The block's height in millimetres, without the gap after it."""
        left = _SUM + 1.6 + self.leading * self._lines
        giving = _GIVING_DOWN + 4.0 * (len(self.giving) - 1)
        right = giving + 4.0 + 3.55 * (len(self.small) - 1) + 2.2
        return _TOP + max(left, right, 30.0)


def lay_dose(paper: Paper, sheet: DosingSheet) -> DoseBlock:
    """Measure block 2.

    Raises:
        Refused: a dose is not written safely, or something does not fit.
    """
    count = len(sheet.left)
    title = _title(count, left=bool(sheet.settled))
    source = dated(sheet.source_words)
    beside = note_fits(paper, title, source)
    labelled = [
        ("Age factor", sheet.age_factor_words),
        ("Cap", sheet.cap_words),
        ("Rounding", with_minus(sheet.rounding_words)),
        ("Modified", sheet.modified_words),
    ]
    if not beside:
        labelled.append(("Source", source))
    minutes = sheet.infusion_minutes
    # a line for the prescriber's hand where no length is ordered: none is ever proposed
    giving = f"{sheet.route}, over {'______' if minutes is None else minutes} minutes"
    inside = _FINAL_ROOM - 6
    final = dose(sheet.final, "final dose")
    return DoseBlock(
        title,
        source if beside else "",
        _terms(sheet),
        _second(sheet),
        tuple(_note(label, text) for label, text in labelled),
        fit(sheet.drug, STRONG.at(11), "drug", inside - 20, 8),
        words("each date" if count > 1 else "once", STRONG.at(9)),
        fit(final, Style(Face.BOLD, 25), "final dose", inside, 16),
        settle(giving, ((STRONG.at(10), 1), (STRONG, 2)), "route and duration", inside),
        _small(sheet, inside),
        sheet.head.commissioned,
    )


def _title(count: int, *, left: bool) -> str:
    """Which dates the dose is for; those already given or past are not among them."""
    if count == 1:
        return "Dose, for the one date left" if left else "Dose"
    return f"Dose, the same on each of the {_COUNTS[count]} dates{' left' if left else ''}"


def _small(sheet: DosingSheet, room: float) -> tuple[Words, ...]:
    low, high = sheet.infusion_range
    quiet = Style(Face.PLAIN, 8)
    allowed = wrap(f"(protocol: {low} to {high} minutes)", quiet, "allowed duration", room, 1)
    volume = dose(sheet.volume_words, "volume") if sheet.volume_words else ""
    drawn = wrap(volume, quiet, "volume", room, 5) if volume else ()
    return (*allowed, *drawn)


def _terms(sheet: DosingSheet) -> tuple[Term, ...]:
    weighed = f"weight {short_date(sheet.infant.weight_at.date())}"
    parts = [
        ("", "protocol dose", dose(sheet.rate_words, "protocol dose")),
        ("×", weighed, dose(sheet.weight_words, "weight in the sum")),
    ]
    if sheet.age_factor:
        parts.append(("×", "age factor", sheet.age_factor))
    parts.append(("=", "calculated", dose(sheet.calculated, "calculated dose")))
    for size in (10.5, 9.5, 8.5, 8, 7.5):
        terms = tuple(_term(sign, caption, value, size) for sign, caption, value in parts)
        if sum(term.width + 1.6 for term in terms) <= _SUM_ROOM:
            return terms
    longest = max((value for _, _, value in parts), key=len)
    fit(longest, STRONG, "sum of the dose", 0, 8)  # refuses, naming the field
    return terms


def _term(sign: str, caption: str, value: str, size: float) -> Term:
    bold = STRONG.at(size)
    return Term(
        words(sign, bold) if sign else None,
        words(caption, CAPTION.at(8 if size > 9 else 7)),
        words(value, bold, f"{caption} in the sum"),
    )


def _second(sheet: DosingSheet) -> Words | None:
    if not sheet.second_figure:
        return None
    text = dose(sheet.second_figure, "second person's dose")
    return fit(text, STRONG.at(10.5), "second person's dose", 24, 8)


def _note(label: str, text: str) -> tuple[Words, tuple[Words, ...]]:
    typed = label == "Modified"  # its reason is what somebody typed
    said = typed_days(text) if typed else no_day_range(text, label.lower())
    room = _LEFT_ROOM - _LABEL - 4
    ways = ((BODY, 1), (BODY.at(8.5), 1), (BODY.at(8), 3))
    return words(label, CAPTION.at(8.5)), settle(said, ways, label.lower(), room)


def draw_dose(paper: Paper, block: DoseBlock, y: float) -> None:
    """Draw block 2 from its upper edge."""
    left = paper.form.left
    draw_head(paper, y, "2", block.title, block.note)
    top, bottom = y + _TOP, y + block.height()
    paper.box((left, top), (_LEFT_ROOM, bottom - top), THIN)
    paper.rule((left, top + _SUM), (left + _LEFT_ROOM, top + _SUM), HAIR, HAIR_GREY)
    _draw_sum(paper, block, top)
    base = top + _SUM + 4.2
    for label, lines in block.notes:
        paper.put(label, left + 2, base)
        base = paper.put_lines(lines, left + _LABEL, base, block.leading) + block.leading
    _draw_final(paper, block, top, bottom)


def _draw_sum(paper: Paper, block: DoseBlock, top: float) -> None:
    left = paper.form.left
    spare = _SUM_ROOM - sum(term.width for term in block.terms)
    gap = min(spare / len(block.terms), 5.0)
    x = left + 2
    for term in block.terms:
        if term.joined is not None:
            x = paper.put(term.joined, x, top + 9.6) + 1.2
        paper.put(term.caption, x, top + 4.0)
        paper.put(term.value, x, top + 9.6)
        x += max(term.caption.width, term.value.width) + gap
    box = left + _LEFT_ROOM - _SECOND_ROOM
    if block.second is not None:
        paper.put(words("second, blind", CAPTION), box, top + 4.0)
        end = paper.put(block.second, box, top + 9.6)
        tick_disc(paper, end + 3.5, top + 8.4)
        return
    paper.box((box, top), (_SECOND_ROOM, _SUM), THIN)
    paper.put(words("second, own figures", CAPTION), box + 1.2, top + 4.0)
    if not block.signable:
        paper.put(words("not open", CAPTION), box + _SECOND_ROOM / 2, top + 9.6, "centre")


def _draw_final(paper: Paper, block: DoseBlock, top: float, bottom: float) -> None:
    x = paper.form.right - _FINAL_ROOM
    paper.box((x, top), (_FINAL_ROOM, bottom - top), 2.4)
    inside = x + 3
    paper.put(block.drug, inside, top + _DRUG_DOWN)
    paper.put(block.each, paper.form.right - 2.4, top + _DRUG_DOWN, "right")
    paper.put(block.final, inside, top + _FINAL_DOWN)
    base = paper.put_lines(block.giving, inside, top + _GIVING_DOWN, 4.0)
    paper.put_lines(block.small, inside, base + 4.0, 3.55)
