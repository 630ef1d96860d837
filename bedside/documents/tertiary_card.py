"""Draws the card "contact the tertiary team": one page, the numbers large enough to dial from a wall."""

from collections.abc import Sequence

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.footer import CHECK_AGAINST, in_fours
from bedside.documents.frame import INVENTED, LATER_MISSING, PURPLE, draw_bar, draw_margin
from bedside.documents.marked_foot import draw_marked_foot
from bedside.documents.page import FIRM, HAIR, PORTRAIT, THIN, Paper, Particulars
from bedside.documents.typed import IDENTITY, legible_value
from bedside.documents.wording import dated
from bedside.documents.words import BODY, MM, Style, Words, settle, words, wrap
from bedside.papers.tertiary_card import CardLine, TertiaryCard
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused

_NUMBER = Style(Face.BOLD, 20)
_NAME = Style(Face.BOLD, 12)
_TEXT = Style(Face.PLAIN, 11)
_HEAD = Style(Face.BOLD, 13)
_NAME_WIDE = 58.0
_GAP, _RULE, _WRITE = 7.5, 1.8, 8.0
FOOT = 31.0
_NOW = (
    "Temperature now, and the highest today",
    "Pulse, breathing, blood pressure, capillary refill",
    "Blood culture taken? Antibiotic begun at",
    "Rung at, by whom, whom reached",
    "What was advised; transfer?",
)
_WHY = (
    "During the DLT evaluation period the infant is seen at the tertiary centre. With any toxicity at "
    "another centre, ring the tertiary team first: for guidance and possible transfer."
)


def draw_tertiary_card(card: TertiaryCard) -> bytes:
    """Draw the card as a PDF of one page; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole, or it does not fit one page.
    """
    paper = Paper(
        PORTRAIT,
        Particulars(
            title="Contact the tertiary team",
            author=card.site,
            subject="DLT evaluation period: whom to ring and what to have ready",
            keywords="",
            program=card.program,
        ),
    )
    compose(paper, card)
    return paper.finish()


def compose(paper: Paper, card: TertiaryCard) -> None:
    """Draw the card onto a paper."""
    card = legible_value(card, IDENTITY | {"infant", "mark"})
    form = paper.form
    y = draw_bar(
        paper,
        PURPLE,
        14.0,
        ("Contact the tertiary team", "title", 18.5),
        ("", "kind of paper"),
        ("DLT period", "period"),
    )
    y = paper.put_lines(wrap(_WHY, _TEXT, "why", form.room, 3), form.left, y + 7, 5.2)
    y = _infant(paper, card, y + 3)
    y = _contacts(paper, card.contacts, _head(paper, "Ring", y + 8))
    graded = f", CTCAE {card.ctcae}" if card.ctcae else ""
    y = _head(paper, f"Toxicities now{graded}", y + _GAP)
    ready = _measured(card.ready, 10, form.room)
    below = 2 * (_GAP + _RULE) + sum(row.high for row in ready) + _WRITE * len(_NOW)
    y = _rows(paper, _chosen(card.toxicities, form.room, form.height - FOOT - 3 - below - y), y)
    y = _rows(paper, ready, _head(paper, "Have ready", y + _GAP))
    _write_in(paper, _head(paper, "Measure and write in", y + _GAP))
    _foot(paper, card)


class _Row(Struct, frozen=True):
    """A name and what is known of it, set and measured."""

    name: tuple[Words, ...]
    text: tuple[Words, ...]
    high: float


def _measured(rows: Sequence[CardLine], size: float, room: float) -> list[_Row]:
    found = []
    for row in rows:
        name = wrap(row.name, _NAME.at(size), "name of a line", _NAME_WIDE - 3, 3)
        text = wrap(row.words, _TEXT.at(size), row.name, room - _NAME_WIDE, 4)
        leading = size * 0.46
        found.append(_Row(name, text, leading * max(len(name), len(text)) + 2.6))
    return found


def _chosen(rows: Sequence[CardLine], room: float, height: float) -> list[_Row]:
    """The toxicities as large as they fit; where not all do, the worst of them, and how many more.

    Raises:
        Refused: not even one fits beside so many telephone numbers.
    """
    for size in (10.0, 8.5):
        found = _measured(rows, size, room)
        if sum(row.high for row in found) <= height:
            return found
    for kept in range(len(rows) - 1, 0, -1):
        more = len(rows) - kept
        rest = CardLine(f"and {more} more", "open in the log")
        found = _measured([*rows[:kept], rest], 8.5, room)
        if sum(row.high for row in found) <= height:
            return found
    raise Refused("Not printed: more telephone numbers than one card has room for.")


def _infant(paper: Paper, card: TertiaryCard, y: float) -> float:
    form = paper.form
    high = 25.0
    paper.box((form.left, y), (form.room, high), FIRM)
    name = settle(
        card.infant, [(Style(Face.BOLD, 16), 1), (Style(Face.BOLD, 12), 1)], "name", form.room - 8
    )
    paper.put_lines(name, form.left + 4, y + 8, 6)
    below = (
        f"born {card.born}; hospital number {card.hospital_number}; study number {card.study_number}",
        f"{card.protocol}; DLT period {card.period}",
    )
    for at, text in enumerate(below):
        line = settle(
            text, [(_TEXT, 1), (_TEXT.at(8.5), 1), (_TEXT.at(7), 1)], "infant", form.room - 8
        )
        paper.put_lines(line, form.left + 4, y + 15 + 6 * at, 5)
    return y + high


def _head(paper: Paper, text: str, y: float) -> float:
    form = paper.form
    paper.put(words(text, _HEAD), form.left, y)
    paper.rule((form.left, y + _RULE), (form.right, y + _RULE), THIN)
    return y + _RULE


def _contacts(paper: Paper, contacts: Sequence[CardLine], y: float) -> float:
    """Each number large, with whom it reaches beside it."""
    form = paper.form
    for contact in contacts:
        who = settle(contact.name, [(_NAME, 2), (_NAME.at(9), 2)], "contact", 84)
        number = settle(
            contact.words, [(_NUMBER, 1), (_NUMBER.at(13), 2), (_TEXT, 3)], "number", form.room - 90
        )
        high = max(11.0, 5.0 * len(who) + 4, _high(number))
        paper.put_lines(who, form.left, y + 7, 5)
        paper.put_lines(number, form.left + 90, y + 7.5, number[0].style.size / MM * 1.25)
        y += high
        paper.rule((form.left, y), (form.right, y), HAIR)
    return y


def _high(lines: Sequence[Words]) -> float:
    return 6.5 * len(lines) + 4


def _rows(paper: Paper, rows: Sequence[_Row], y: float) -> float:
    """A name and what is known of it, in two columns."""
    form = paper.form
    for row in rows:
        leading = row.name[0].style.size * 0.46
        paper.put_lines(row.name, form.left, y + leading + 0.9, leading)
        paper.put_lines(row.text, form.left + _NAME_WIDE, y + leading + 0.9, leading)
        y += row.high
        paper.rule((form.left, y), (form.right, y), HAIR)
    return y


def _write_in(paper: Paper, y: float) -> None:
    form = paper.form
    for text in _NOW:
        y += _WRITE
        after = paper.put(words(text, BODY), form.left, y) + 3
        paper.rule((after, y + 1), (form.right, y + 1), THIN)


def _foot(paper: Paper, card: TertiaryCard) -> None:
    printed = f"Printed {write_date_time(card.printed_at)}"
    by = f" by {card.printed_by}" if card.printed_by else ""
    alone = card.audit_head if card.mark is None else ""
    head = f" Audit head {in_fours(alone)}." if alone else ""
    said = INVENTED if card.demonstration else "What is on record; look at the infant first."
    lines = (f"{card.site}. {printed}{by}, {card.program}.{head}", f"{said} {CHECK_AGAINST}")
    who = f"{card.infant}   {card.hospital_number}   born\u00a0{dated(card.born)}"
    draw_marked_foot(paper, card.mark, lines, who, (1, 1), FOOT)
    margin = [f"{card.emergency}. {LATER_MISSING}"] if card.emergency else []
    if card.demonstration:
        margin.append(INVENTED)
    draw_margin(paper, margin)
