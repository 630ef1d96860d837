"""Draws the list of what a restore lost: a line for each act, with room to tick and to sign it off."""

from collections.abc import Sequence

from msgspec import Struct

from bedside.documents.frame import INVENTED, LATER_MISSING, ORANGE, draw_bar, draw_margin
from bedside.documents.marked_foot import draw_marked_foot
from bedside.documents.page import FIRM, HAIR, PORTRAIT, THIN, TINT, Paper, Particulars
from bedside.documents.typed import legible_value
from bedside.documents.wording import dated, paper_moment
from bedside.documents.words import BODY, CAPTION, STRONG, Words, settle, words, wrap
from bedside.papers.restored import RestoredLine, RestoredList

FOOT = 24.0
_BOTTOM = 297.0 - FOOT - 2
_LINE = 4.2
_SMALL = BODY.at(8.5)
# left edge and width of each column, millimetres from the left margin
_DONE, _WHAT, _WHO, _BOX = (0.0, 26.0), (27.0, 82.0), (110.0, 32.0), (143.0, 41.0)
_HEADS = (
    (_DONE, "Done"),
    (_WHAT, "Infant, and what"),
    (_WHO, "By"),
    (_BOX, "Settled how: by, at"),
)


class _Row(Struct, frozen=True):
    done: tuple[Words, ...]
    what: tuple[Words, ...]
    who: tuple[Words, ...]
    stops: bool

    @property
    def height(self) -> float:
        return max(9.0, _LINE * max(len(self.done), len(self.what), len(self.who)) + 3.0)


def draw_restored(paper_list: RestoredList) -> bytes:
    """Draw the list as a PDF; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole.
    """
    paper = Paper(PORTRAIT, _particulars(paper_list))
    compose(paper, paper_list)
    return paper.finish()


def _particulars(paper_list: RestoredList) -> Particulars:
    return Particulars(
        title=paper_list.title,
        author=paper_list.site,
        subject="What was recorded after a copy of the ward was made",
        keywords="",
        program=paper_list.program,
    )


def compose(paper: Paper, paper_list: RestoredList) -> None:
    """Draw the list onto a paper, as many pages as it takes."""
    paper_list = legible_value(paper_list, {"mark"})  # one name never costs the ward its list
    rows = [_row(line) for line in paper_list.lines]
    trial = Paper(PORTRAIT, _particulars(paper_list))  # how many pages it takes is said on each
    pages = _draw_pages(trial, paper_list, rows, 0)
    _draw_pages(paper, paper_list, rows, pages)


def _draw_pages(paper: Paper, paper_list: RestoredList, rows: Sequence[_Row], pages: int) -> int:
    page, y = 1, _head(paper, paper_list)
    for row in rows:
        if y + row.height > _BOTTOM:
            _foot(paper, paper_list, page, pages)
            paper.next_page()
            page, y = page + 1, _head(paper, paper_list)
        y = _draw(paper, row, y)
    _foot(paper, paper_list, page, pages)
    return page


def _head(paper: Paper, paper_list: RestoredList) -> float:
    form = paper.form
    count = len(paper_list.lines)
    acts = "1 act" if count == 1 else f"{count} acts"
    y = draw_bar(paper, ORANGE, 11.0, ("RESTORE", "title", 17.0), ("", "kind"), (acts, "acts"))
    margin = [f"{paper_list.emergency}. {LATER_MISSING}"] if paper_list.emergency else []
    draw_margin(paper, [*margin, *([INVENTED] if paper_list.demonstration else [])])
    title = wrap(dated(paper_list.title), STRONG.at(12), "title", form.room, 2)
    y = paper.put_lines(title, form.left, y + 7, 5.2) + 1
    about = paper_list.about
    if paper_list.infant:
        about = f"{paper_list.infant}. {about}"
    y = paper.put_lines(wrap(about, BODY, "about", form.room, 4), form.left, y + 4, _LINE) + 1.6
    paper.rule((form.left, y), (form.right, y), FIRM)
    for (x, _), text in _HEADS:
        paper.put(words(text, CAPTION), form.left + x, y + 4)
    return y + 6


def _row(line: RestoredLine) -> _Row:
    infant = settle(line.infant, ((STRONG, 3),), "infant", _WHAT[1])  # a name is never parted
    what = wrap(dated(line.words), _SMALL, "what was done", _WHAT[1], 24)
    if line.stops:
        what = (
            *what,
            *wrap(f"Until settled it stops {line.stops}.", STRONG.at(8), "stops", _WHAT[1], 2),
        )
    return _Row(
        wrap(dated(line.done), _SMALL, "when", _DONE[1], 2),
        (*infant, *what),
        wrap(line.who, _SMALL, "who", _WHO[1], 4) if line.who else (),
        bool(line.stops),
    )


def _draw(paper: Paper, row: _Row, y: float) -> float:
    left = paper.form.left
    if row.stops:
        paper.box((left, y), (_WHO[0] + _WHO[1], row.height), HAIR, TINT)
    for (x, _), lines in ((_DONE, row.done), (_WHAT, row.what), (_WHO, row.who)):
        paper.put_lines(lines, left + x + 1, y + 4.2, _LINE)
    paper.box((left + _BOX[0], y + 1), (_BOX[1], row.height - 2), THIN)
    paper.rule((left, y + row.height), (paper.form.right, y + row.height), HAIR)
    return y + row.height


def _foot(paper: Paper, paper_list: RestoredList, page: int, pages: int) -> None:
    by = paper_list.printed_by or "nobody named"
    printed = f"Printed {paper_moment(paper_list.printed_at)} by {by}"
    lines = (f"{paper_list.site}. {printed}. {paper_list.program}.",)
    draw_marked_foot(paper, paper_list.mark, lines, paper_list.infant, (page, pages or page), FOOT)
