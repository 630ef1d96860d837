"""What every dosing sheet of a day is put together from: blocks in their order, and how they share a page."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from bedside.documents.page import THIN, Paper
from bedside.documents.words import BODY, words

GAP = 1.4  # millimetres between blocks
TICK = 4.6  # side of a box for a tick


class Block(Struct, frozen=True):
    """One block made ready: between its least and its best height in millimetres it can be drawn."""

    least: float
    most: float
    draw: Callable[[Paper, float, float], None]  # paper, upper edge, height


class Shared(Struct, frozen=True):
    """Blocks of one page with the height that each of them gets."""

    blocks: tuple[Block, ...]
    heights: tuple[float, ...]


def share_pages(blocks: Sequence[Block], first: float, later: float) -> list[Shared]:
    """Lay blocks onto as many pages as they need; a block is never parted.

    Args:
        blocks: in their order.
        first: millimetres that the first page has for them.
        later: millimetres that each further page has.
    """
    pages: list[list[Block]] = [[]]
    used = 0.0
    for block in blocks:
        room = first if len(pages) == 1 else later
        if pages[-1] and used + block.least + GAP > room:
            pages.append([])
            used = 0.0
        pages[-1].append(block)
        used += block.least + GAP
    return [
        Shared(tuple(page), _heights(page, first if at == 0 else later))
        for at, page in enumerate(pages)
    ]


def _heights(blocks: Sequence[Block], room: float) -> tuple[float, ...]:
    """The best heights where there is room for them, else each gives up its part."""
    least = sum(block.least for block in blocks) + GAP * len(blocks)
    wanted = sum(block.most - block.least for block in blocks)
    give = 1.0 if not wanted else max(0.0, min(1.0, (room - least) / wanted))
    return tuple(block.least + (block.most - block.least) * give for block in blocks)


def tick_choice(paper: Paper, text: str, x: float, y: float) -> float:
    """Draw an empty box with what it stands for after it; the baseline at y. Return its end."""
    paper.box((x, y - TICK + 0.9), (TICK, TICK), THIN)
    return paper.put(words(text, BODY), x + TICK + 1.6, y)


def choice_width(text: str) -> float:
    """The width of a box with its words, in millimetres."""
    return TICK + 1.6 + words(text, BODY).width
