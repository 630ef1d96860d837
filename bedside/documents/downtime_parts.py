"""What the blocks of a downtime sheet share: a measured block, its head, the tab of a line, the marks."""

from collections.abc import Callable

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.marks import stop_octagon, tick_disc, unknown_ring
from bedside.documents.page import FIRM, PORTRAIT, THIN, Paper
from bedside.documents.words import (
    BODY,
    CAPTION,
    WHITE,
    Style,
    fit,
    words,
)
from bedside.papers.downtime import (
    State,
)

HEAD = 6.0
_NOTE, _FEWEST_NOTES = 9.0, 3
LINE = 4.6
SIDE = PORTRAIT.left
ROOM = PORTRAIT.room
HALF = ROOM / 2 - 2


class Block(Struct, frozen=True):
    """A block made ready.

    Args:
        height: millimetres.
        draw: draws it from its upper edge.
    """

    height: float
    draw: Callable[[Paper, float], None]


def mark(paper: Paper, state: State, x: float, y: float) -> None:
    """Draw the mark of a state, centred at a point."""
    if state == "go":
        tick_disc(paper, x, y)
    elif state == "stop":
        stop_octagon(paper, x, y, 1.9)
    elif state == "unknown":
        unknown_ring(paper, x, y)
    else:
        paper.disc((x, y), 1.8, None, 1)
        paper.stroke([(x, y - 1.2), (x, y), (x + 0.9, y)], THIN)


def tab(paper: Paper, at: float, high: float, text: str) -> None:
    """The name of a line, white on black: it is typed back under this name."""
    paper.box((SIDE, at), (9, high), THIN, (0, 0, 0))
    paper.put(words(text, Style(Face.BOLD, 9, WHITE)), SIDE + 4.5, at + high / 2 + 1.2, "centre")


def block_head(
    paper: Paper, y: float, left: float, room: float, number: str, title: str, note: str = ""
) -> None:
    """Draw the head of a numbered block: a firm rule, the title, a quiet note at the right."""
    paper.rule((left, y), (left + room, y), FIRM)
    end = paper.put(words(f"{number}  {title}", Style(Face.BOLD, 9.5)), left, y + 4)
    if note:
        line = fit(note, CAPTION, f"note to {title}", left + room - end - 2, 6.5)
        paper.put(line, left + room, y + 4, "right")


def draw_typing_back(paper: Paper, y: float, *, notes: bool) -> None:
    """7, at the right: what is typed in when Bedside is back; all that was written, block 8 or the back.

    Args:
        paper: the paper.
        y: its upper edge in millimetres.
        notes: whether block 8 stands on this sheet; else the back takes what else happened.
    """
    x = SIDE + HALF + 4
    block_head(paper, y, x, HALF, "7", "When Bedside is back")
    told = ["Type in D, C, F, T and N in turn; then void this sheet."]
    if not notes:
        told = [
            "What else happened: write it on the back, with time and name.",
            "Type in D, C, F, T and the back in turn; then void this sheet.",
        ]
    lines = [words(text, BODY.at(8)) for text in told]
    paper.put_lines(lines, x, y + HEAD + 3, 3.2)
    top = y + HEAD + (5 if notes else 7.6)
    for place, text in enumerate(("typed in by, at", "checked by, at")):
        left = x + place * HALF / 2
        paper.box((left, top), (HALF / 2, 10 if notes else 8.2), THIN)
        paper.put(words(text, CAPTION), left + 1, top + 3)


def notes_fit(y: float, bottom: float) -> int:
    """How many lines to write on fit what is left of a page; 0 where it is not worth a block."""
    rows = int((bottom - 2 - y - HEAD - 4.6) / _NOTE)
    return rows if rows >= _FEWEST_NOTES else 0


def draw_notes(paper: Paper, y: float, rows: int) -> None:
    """Fill what is left of a page with lines to write on: when, what was seen or done, by whom."""
    block_head(paper, y, SIDE, ROOM, "8", "What else happened", "seen, measured, given, decided")
    columns = ((9.0, 26.0, "Date and time"), (35.0, 113.0, "What"), (148.0, ROOM - 148.0, "By"))
    for x, _, text in columns:
        paper.put(words(text, CAPTION), SIDE + x + 1, y + HEAD + 3.4)
    for at in range(rows):
        top = y + HEAD + 4.6 + at * _NOTE
        tab(paper, top, _NOTE, f"N{at + 1}")
        for x, wide, _ in columns:
            paper.box((SIDE + x, top), (wide, _NOTE), THIN)
