"""Draws the downtime sheets: one infant after the other, a page each where it fits, all of it readable.

An infant of whom something cannot be printed gets a page that says so, by bed: one name never costs
the whole ward its paper.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from bedside.documents.downtime_blocks import blocks, infant_box
from bedside.documents.downtime_parts import Block, draw_notes, draw_typing_back, notes_fit
from bedside.documents.fonts import Face
from bedside.documents.footer import CHECK_AGAINST, in_fours
from bedside.documents.frame import (
    INVENTED,
    LATER_MISSING,
    ORANGE,
    UNCONFIRMED,
    draw_bar,
    draw_margin,
)
from bedside.documents.marked_foot import draw_marked_foot
from bedside.documents.page import HEAVY, PORTRAIT, Paper, Particulars
from bedside.documents.typed import legible, legible_value
from bedside.documents.wording import (
    paper_date,
    paper_moment,
    paper_weekday_moment,
    short_weekday_date,
)
from bedside.documents.words import BODY, MM, STRONG, Style, settle, words
from bedside.papers.downtime import DowntimeInfant, DowntimeSheets
from bedside.papers.standing import stamp_of
from bedside.units.dates import write_time
from bedside.units.refusal import Refused

FOOT = 31.0
_NOT_PRINTED = (
    "Something of this infant has signs that no paper shows, or is too long for its box.",
    "Look at Doses and papers in Bedside: it names the text. Mend it, then print again.",
)
_NOT_WORKED_OUT = (
    "What is on record of this infant could not be worked out: an error of Bedside.",
    "Give from signed sheets only, ask the physician, and tell whoever looks after Bedside.",
)
_BOTTOM = 297.0 - FOOT - 1  # millimetres: what stands on the page ends here
_GAP = 3.0
_TOP = 19.0


def draw_downtime(sheets: DowntimeSheets, each: Callable[[int], None] | None = None) -> bytes:
    """Draw the sheets as one PDF; the same value gives the same bytes.

    Args:
        sheets: of the whole ward.
        each: is told the number of each infant, from 0, before she is drawn; what it raises ends it.
    """
    paper = Paper(PORTRAIT, _particulars(sheets))
    compose(paper, sheets, each)
    return paper.finish()


def compose(
    paper: Paper, sheets: DowntimeSheets, each: Callable[[int], None] | None = None
) -> None:
    """Draw every infant's pages onto a paper."""
    sheets = replace(sheets, contacts=legible_value(sheets.contacts), fever=legible(sheets.fever))
    sheets = replace(sheets, printed_by=legible(sheets.printed_by))
    for at, typed in enumerate(sheets.infants):
        infant = legible_value(typed)
        if each is not None:
            each(at)
        if at:
            paper.next_page()
        if infant.missing:
            _say_missing(paper, sheets, infant, at)
            continue
        try:
            # on trial first: a refusal may come half-way down a page
            pages = _compose_one(Paper(PORTRAIT, _particulars(sheets)), sheets, infant, 0)
        except Refused:
            _say_missing(paper, sheets, infant, at)
            continue
        _compose_one(paper, sheets, infant, pages)


def _particulars(sheets: DowntimeSheets) -> Particulars:
    return Particulars(
        title=f"Downtime sheets, {paper_moment(sheets.printed_at)}",
        author=sheets.site,
        subject="What the ward needs for 72 hours without Bedside; no dosing sheet",
        keywords="",
        program=sheets.program,
    )


def _compose_one(paper: Paper, sheets: DowntimeSheets, infant: DowntimeInfant, pages: int) -> int:
    """Draw one infant; return how many pages she took."""
    page = 1
    top = y = _head(paper, sheets, infant)
    for block in blocks(sheets, infant, _BOTTOM - y - 2 * _GAP):
        if y + _GAP + block.height > _BOTTOM:
            _foot(paper, sheets, infant, page, pages)
            paper.next_page()
            page += 1
            y = _head(paper, sheets, infant)
        top = y + _GAP
        y = _draw_block(paper, block, top)
    rows = notes_fit(y + _GAP, _BOTTOM) if page > 1 else 0
    draw_typing_back(paper, top, notes=bool(rows))  # beside the last block
    if rows:
        draw_notes(paper, y + _GAP, rows)
    _foot(paper, sheets, infant, page, pages)
    return page


def _draw_block(paper: Paper, block: Block, y: float) -> float:
    block.draw(paper, y)
    return y + block.height


def _head(paper: Paper, sheets: DowntimeSheets, infant: DowntimeInfant) -> float:
    y = _bar(paper, sheets, commissioned=not infant.uncommissioned)
    return infant_box(paper, infant, y)


def _bar(paper: Paper, sheets: DowntimeSheets, *, commissioned: bool = True) -> float:
    form = paper.form
    begins = f"{short_weekday_date(sheets.begins.date())} {write_time(sheets.begins)}"
    draw_bar(
        paper,
        ORANGE,
        11.0,
        ("DOWNTIME, 72 hours", "title", 17.0),
        ("", "kind of paper"),
        (f"{begins} until {paper_weekday_moment(sheets.until)}", "72 hours"),
    )
    margin = ([INVENTED] if sheets.demonstration else []) + (
        [f"{sheets.emergency}. {LATER_MISSING}"] if sheets.emergency else []
    )
    margin += [] if commissioned else [UNCONFIRMED]
    draw_margin(paper, margin)
    right = form.right
    stamps = ["DEMONSTRATION"] if sheets.demonstration else []
    stamps += [" ".join(stamp_of(sheets.emergency))] if sheets.emergency else []
    stamps += [] if commissioned else ["NOT COMMISSIONED"]
    for stamp in stamps:
        line = words(stamp, STRONG)
        paper.box((right - line.width - 4, 21), (line.width + 4, 8), HEAVY, None, (3.0, 2.0))
        paper.put(line, right - 2, 26.2, "right")
        right -= line.width + 6
    room = right - form.left - 3
    site = sheets.site if _prints(sheets.site, 3 * room) else "(the site's name does not print)"
    small = [
        (STRONG, 1),
        (STRONG.at(8), 1),
        (STRONG.at(8), 2),
        (STRONG.at(7), 2),
        (STRONG.at(6), 2),
        (STRONG.at(5), 4),
    ]
    paper.put_lines(settle(site, small, "site", room), form.left, _TOP + 3.6, 2.2)
    told = "Only while Bedside cannot be reached. NOT a dosing sheet: give from signed sheets only."
    lines = settle(told, [(BODY, 1), (BODY.at(7), 2)], "use", room)
    paper.put_lines(lines, form.left, _TOP + 9.2 - 2.6 * (len(lines) - 1), 2.6)
    return 31.0


def _foot(
    paper: Paper, sheets: DowntimeSheets, infant: DowntimeInfant, page: int, pages: int
) -> None:
    saved = "nothing recorded" if sheets.last_saved is None else paper_moment(sheets.last_saved)
    head = "" if infant.mark is not None else f"Audit head {in_fours(sheets.audit_head)}. "
    lines = (
        f"As recorded up to {saved}. Printed {paper_moment(sheets.printed_at)}, {sheets.printed_by}.",
        f"A newer sheet voids this one; the next: {paper_moment(sheets.next_at)}. "
        f"{head}{sheets.program}. {CHECK_AGAINST}",
    )
    who = (
        f"{infant.family}, {infant.given}   {infant.hospital_number}   "
        f"born\u00a0{paper_date(infant.born)}"
    )
    draw_marked_foot(paper, infant.mark, lines, who, (page, pages or page), FOOT)


def _say_missing(paper: Paper, sheets: DowntimeSheets, infant: DowntimeInfant, at: int) -> None:
    """A page in the place of a sheet that could not be drawn."""
    bed = infant.bed if _prints(infant.bed) else f"number {at + 1} of the list"
    number = infant.hospital_number if _prints(infant.hospital_number) else "not printable"
    y = _bar(paper, sheets)
    big = Style(Face.BOLD, 16)
    said: Sequence[str] = (
        "THIS SHEET IS MISSING",
        f"Bed {bed}, hospital number {number}.",
        *(_NOT_WORKED_OUT if infant.missing else _NOT_PRINTED),
    )
    for place, text in enumerate(said):
        style = big if not place else BODY.at(12)
        lines = settle(text, [(style, 2), (style.at(9), 3)], "missing sheet", paper.form.room)
        paper.put_lines(lines, paper.form.left, y + 14 + place * 14, style.size / MM * 1.3)
    draw_marked_foot(paper, infant.mark, (), f"{number}   bed {bed}", (1, 1), FOOT)


def _prints(text: str, room: float = 60.0) -> bool:
    try:
        return words(text, STRONG).width < room
    except Refused:
        return False
