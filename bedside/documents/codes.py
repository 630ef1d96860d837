"""The square code of a paper: which sheet, which copy, and the digest of the facts printed on it.

It names no infant. Read by a scanner it gives five fields with a stroke between them, for example
``BEDSIDE 1/NQ-2026-00412/1/412K 7Q2M 9TXR/7F3A9C21E0B455D8``: what and which layout, the sheet number,
the copy, the code in words, the first 16 figures of the digest of the facts.
"""

from functools import lru_cache

from bedside.documents.page import Paper
from bedside.papers.values import PaperHead

LAYOUT = "BEDSIDE 1"


def code_content(head: PaperHead) -> str:
    """Return what a scanner reads from the paper's code."""
    fields = (
        LAYOUT,
        head.sheet_number,
        str(head.copy),
        head.code,
        head.facts_digest[:16].upper(),
    )
    return "/".join(fields)


def draw_code(paper: Paper, content: str, corner: tuple[float, float], side: float) -> None:
    """Draw the code as one path, error correction level M.

    Args:
        paper: the page; four modules around the code must stay white.
        content: what it says.
        corner: its upper left corner in millimetres.
        side: millimetres.
    """
    modules, runs = _squares(content)
    paper.squares(corner, side / modules, runs)


@lru_cache(maxsize=4)
def _squares(content: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Work out a code once for all pages of a paper: modules a side, and the dark runs."""
    import segno

    matrix = segno.make(content, error="m", boost_error=False, micro=False).matrix
    return len(matrix), tuple(
        (column, row, length)
        for row, modules in enumerate(matrix)
        for column, length in _dark_runs(modules)
    )


def _dark_runs(modules: bytes | bytearray) -> list[tuple[int, int]]:
    """Return where dark modules begin in a row, and how many follow one another."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(modules):
        if dark and runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((column, 1))
    return runs
