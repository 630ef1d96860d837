"""Draws the list of what a restore lost: a line for each act, with room to tick and to sign it off."""

from msgspec import Struct

from bedside.documents.frame import INVENTED, ORANGE, draw_bar, draw_margin
from bedside.documents.page import FIRM, HAIR, HEAVY, PORTRAIT, THIN, TINT, Paper, Particulars
from bedside.documents.wording import dated, paper_moment
from bedside.documents.words import BODY, CAPTION, STRONG, Words, fit, words, wrap
from bedside.papers.restored import RestoredLine, RestoredList

_BOTTOM = 280.0
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
    paper = Paper(
        PORTRAIT,
        Particulars(
            title=paper_list.title,
            author=paper_list.site,
            subject="What was recorded after a copy of the ward was made",
            keywords="",
            program=paper_list.program,
        ),
    )
    compose(paper, paper_list)
    return paper.finish()


def compose(paper: Paper, paper_list: RestoredList) -> None:
    """Draw the list onto a paper, as many pages as it takes."""
    rows = [_row(line) for line in paper_list.lines]
    page, y = 1, _head(paper, paper_list)
    for row in rows:
        if y + row.height > _BOTTOM:
            _foot(paper, paper_list, page)
            paper.next_page()
            page, y = page + 1, _head(paper, paper_list)
        y = _draw(paper, row, y)
    _foot(paper, paper_list, page)


def _head(paper: Paper, paper_list: RestoredList) -> float:
    form = paper.form
    count = len(paper_list.lines)
    acts = "1 act" if count == 1 else f"{count} acts"
    y = draw_bar(paper, ORANGE, 11.0, ("RESTORE", "title", 17.0), ("", "kind"), (acts, "acts"))
    if paper_list.demonstration:
        draw_margin(paper, [INVENTED])
    title = wrap(dated(paper_list.title), STRONG.at(12), "title", form.room, 2)
    y = paper.put_lines(title, form.left, y + 7, 5.2) + 1
    about = paper_list.about
    if paper_list.infant:
        about = f"{paper_list.infant}. {about}"
    y = paper.put_lines(wrap(about, BODY, "about", form.room, 4), form.left, y + 4, _LINE) - 1
    paper.rule((form.left, y), (form.right, y), FIRM)
    for (x, _), text in _HEADS:
        paper.put(words(text, CAPTION), form.left + x, y + 4)
    return y + 6


def _row(line: RestoredLine) -> _Row:
    infant = wrap(line.infant, STRONG, "infant", _WHAT[1], 3)
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


def _foot(paper: Paper, paper_list: RestoredList, page: int) -> None:
    form = paper.form
    y = form.height - 13
    paper.rule((form.left, y), (form.right, y), HEAVY)
    printed = f"Printed {paper_moment(paper_list.printed_at)} by {paper_list.printed_by or 'nobody named'}"
    where = f"{paper_list.site}. {printed}. {paper_list.program}. Page {page}"
    paper.put(fit(where, CAPTION, "foot", form.room, 6), form.left, y + 4.5)
