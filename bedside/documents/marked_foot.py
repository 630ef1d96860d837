"""The foot of a snapshot of the ward: number, copy, edition, audit head, code, validity and page n of m."""

from collections.abc import Sequence

from bedside.documents.codes import LAYOUT, draw_code
from bedside.documents.footer import in_fours
from bedside.documents.page import FIRM, Paper
from bedside.documents.wording import dated
from bedside.documents.words import CAPTION, CODE, STRONG, Words, settle, too_long, words, wrapped
from bedside.papers.mark import PaperMark

SIDE = 13.0  # of the square code, millimetres
_FIRST, _LAST = 3.4, 6.5  # the first baseline below the rule, the last above the edge of the paper
_LEADING = 0.4  # millimetres of a line for each point of its size
_SIZES = (8, 7.5, 7, 6.5, 6)  # the first in which every sentence has room


def mark_words(mark: PaperMark | None) -> tuple[str, ...]:
    """What is said of the paper itself, a sentence each; () for a paper without a mark."""
    if mark is None:
        return ()
    edition = f" Edition {mark.edition}." if mark.edition else ""
    return (
        f"Sheet {mark.number}. Copy 1. Valid until {mark.valid_until}.",
        f"Audit head {in_fours(mark.audit_head)}.{edition} Scan or type the code to ask.",
    )


def draw_marked_foot(
    paper: Paper,
    mark: PaperMark | None,
    lines: Sequence[str],
    identity: str,
    page: tuple[int, int],
    high: float = 23.0,
) -> None:
    """Draw the foot of a page.

    Args:
        paper: the page.
        mark: what tells the paper apart; None for one of no ward, which has no code.
        lines: sentences of the paper's own, above those of the mark.
        identity: whose it is, with two identifiers; "" for a paper of nobody or of all.
        page: this page, from 1, and how many there are.
        high: from the rule to the edge of the paper, in millimetres.
    """
    form = paper.form
    y, last = form.height - high, form.height - _LAST
    right = form.right - (SIDE + 4 if mark is not None else 0)  # white around the code
    paper.rule((form.left, y), (form.right, y), FIRM)
    texts = [dated(text) for text in (*lines, *mark_words(mark))]
    said, leading = _said(texts, right - form.left, last - y - _FIRST)
    paper.put_lines(said, form.left, y + _FIRST, leading)
    if mark is not None:
        content = "/".join((LAYOUT, mark.number, "1", mark.code, mark.digest[:16].upper()))
        draw_code(paper, content, (form.right - SIDE, y + 2.2), SIDE)
        code = words(mark.code, CODE.at(8), "code")
        paper.put(code, right, last, "right")
        right -= code.width + 4
    number = words(f"Page {page[0]} of {page[1]}", STRONG)
    paper.put(number, right, last, "right")
    if identity:
        room = right - number.width - 5 - form.left
        styles = [(STRONG, 1), (STRONG.at(8), 1), (STRONG.at(7), 2), (STRONG.at(6), 2)]
        name = settle(identity, styles, "name in the foot", room)
        paper.put_lines(name, form.left, last - 1.0 * (len(name) - 1), 2.5)


def _said(texts: Sequence[str], room: float, high: float) -> tuple[tuple[Words, ...], float]:
    """Set the sentences above the last line, each from a line of its own; with their leading.

    Raises:
        Refused: they do not fit.
    """
    for size in _SIZES:
        leading = size * _LEADING
        most = int(high / leading + 0.01)
        found = [wrapped(text, CAPTION.at(size), "foot", room, most) for text in texts]
        said = [line for each in found if each is not None for line in each]
        if None not in found and len(said) <= most:
            return tuple(said), leading
    raise too_long(" ".join(texts), "foot")
