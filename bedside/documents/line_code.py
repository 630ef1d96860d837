"""The line code of a label (Code 128, figures only), drawn as bars that a label printer draws apart."""

from functools import lru_cache

from bedside.documents.page import Paper
from bedside.documents.words import BLACK

BAR = 0.25  # millimetres: two dots of a label printer with 203 dots to the inch
# left white at both edges of a bar: printers blacken each dot that a bar touches, and it would grow by one
_SPARED = 0.04


def line_code_width(figures: str) -> float:
    """The width of the code in millimetres, without the white at both ends."""
    return BAR * sum(width for _, width in _runs(figures))


def draw_line_code(paper: Paper, figures: str, corner: tuple[float, float], height: float) -> None:
    """Draw the code from its upper left corner; 2.5 mm at both its ends must stay white.

    Args:
        paper: the page.
        figures: an even number of figures.
        corner: millimetres.
        height: of the bars, in millimetres.
    """
    x = corner[0]
    for dark, width in _runs(figures):
        if dark:
            bar = (width * BAR - 2 * _SPARED, height)
            paper.box((x + _SPARED, corner[1]), bar, 0, BLACK)
        x += width * BAR


@lru_cache(maxsize=8)
def _runs(figures: str) -> tuple[tuple[bool, int], ...]:
    """Bars and gaps in turn: whether dark, and how many modules wide."""
    from reportlab.graphics.barcode.code128 import Code128

    if not figures.isdecimal() or len(figures) % 2:
        raise ValueError("a line code packs figures in pairs")
    code = Code128(figures, quiet=0)
    code.validate()
    code.encode()
    code.decompose()
    return tuple((sign.isupper(), "abcd".index(sign.lower()) + 1) for sign in code.decomposed)
