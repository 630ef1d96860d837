"""The foot of a snapshot of the ward: number, copy, edition, audit head, code, validity and page n of m."""

from collections.abc import Sequence

from bedside.documents.codes import LAYOUT, draw_code
from bedside.documents.footer import in_fours
from bedside.documents.page import FIRM, Paper
from bedside.documents.wording import dated
from bedside.documents.words import CAPTION, CODE, STRONG, settle, words
from bedside.papers.mark import PaperMark

SIDE = 13.0  # of the square code, millimetres
_LEADING = 3.0
_NUMBERS = 66.0  # of code and page number, where they stand beside the last lines
_LAST = 8.0  # millimetres below the last baseline


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
    base, room = y + 3.4, right - form.left - (0 if identity else _NUMBERS)
    for text in (*lines, *mark_words(mark)):
        sizes = (7, 6.5, 6, 5.5, 5)
        styles = [(CAPTION.at(size), 1) for size in sizes]
        (line,) = settle(dated(text), styles, "foot", room)
        paper.put(line, form.left, base)
        base += _LEADING
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
