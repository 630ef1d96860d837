"""Reads papers back: their words, their boxes and rules, their pixels and their codes."""

import io
import re
from dataclasses import dataclass

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bedside.documents.page import Format, Paper, Particulars, Placed, Point
from bedside.documents.words import MM

_DESCENDING = re.compile(r"[gjpqyQ,;()/|µ]")


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def plain(text: str) -> str:
    """A text with the unbreakable hyphens and blanks of paper as on a keyboard, blanks once."""
    text = text.replace("\u2011", "-").replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(text.split())


def text_of(pdf: bytes) -> str:
    return plain(" ".join(page.extract_text() for page in reader(pdf).pages))


def pages_of(pdf: bytes) -> list[str]:
    return [plain(page.extract_text()) for page in reader(pdf).pages]


def picture(pdf: bytes, page: int = 0, dpi: int = 100) -> np.ndarray:
    """One page as grey or coloured pixels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()
    return np.asarray(image)


def codes_in(pixels: np.ndarray) -> list[str]:
    grey = Image.fromarray(pixels).convert("L")
    return [found.text for found in zxingcpp.read_barcodes(grey)]


@dataclass(frozen=True)
class Ruled:
    """A straight line on a page, from one point to another."""

    page: int
    start: Point
    end: Point

    @property
    def upright(self) -> bool:
        return abs(self.start[0] - self.end[0]) < 1e-6

    @property
    def level(self) -> bool:
        return abs(self.start[1] - self.end[1]) < 1e-6


class WatchedPaper(Paper):
    """A paper that also notes its rules and the edges of its boxes."""

    def __init__(self, form: Format) -> None:
        super().__init__(form, Particulars("title", "author", "subject", "keywords", "program"))
        self.ruled: list[Ruled] = []

    def rule(self, start, end, *args, **more) -> None:
        self.ruled.append(Ruled(self.page, start, end))
        super().rule(start, end, *args, **more)

    def box(self, corner, size, weight=0.6, *args, **more) -> None:
        if weight:
            (x, y), (width, height) = corner, size
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
            for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
                self.ruled.append(Ruled(self.page, start, end))
        super().box(corner, size, weight, *args, **more)


@dataclass(frozen=True)
class Extent:
    """The box in which words leave ink, in millimetres from the upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def covers(self, other: "Extent") -> bool:
        play = 0.05
        return (
            self.page == other.page
            and self.left < other.right - play
            and other.left < self.right - play
            and self.top < other.bottom - play
            and other.top < self.bottom - play
        )


def extent(placed: Placed) -> Extent:
    """Where placed words leave ink (capitals' height; descenders only where there are any)."""
    size = placed.words.style.size / MM
    up = 0.73 * size
    down = 0.21 * size if _DESCENDING.search(placed.words.text) else 0.02 * size
    x, y, width = placed.x, placed.y, placed.words.width
    text = placed.words.text
    if not placed.reads:
        return Extent(placed.page, x, y - up, x + width, y + down, text)
    if placed.reads == 90:
        return Extent(placed.page, x - up, y - width, x + down, y, text)
    return Extent(placed.page, x - down, y, x + up, y + width, text)


def extents(paper: Paper) -> list[Extent]:
    """All words of a paper that others may not cover."""
    return [extent(each) for each in paper.placed if not each.beneath and each.words.text.strip()]


def covered(paper: Paper) -> list[tuple[str, str]]:
    """Every pair of words that stand on one another."""
    by_page: dict[int, list[Extent]] = {}
    for each in extents(paper):
        by_page.setdefault(each.page, []).append(each)
    pairs = []
    for found in by_page.values():
        found.sort(key=lambda each: each.top)
        for at, one in enumerate(found):
            for other in found[at + 1 :]:
                if other.top > one.bottom:
                    break
                if one.covers(other):
                    pairs.append((one.text, other.text))
    return pairs


def outside(paper: Paper, margin: float = 3.0) -> list[str]:
    """Words nearer to an edge of the page than a printer prints."""
    form = paper.form
    return [
        each.text
        for each in extents(paper)
        if each.left < margin
        or each.top < margin
        or each.right > form.width - margin
        or each.bottom > form.height - margin
    ]


def struck(paper: WatchedPaper) -> list[tuple[str, Ruled]]:
    """Words that a rule or an edge of a box runs through."""
    play = 0.12
    found = []
    for each in extents(paper):
        for line in paper.ruled:
            if line.page != each.page:
                continue
            (x1, y1), (x2, y2) = line.start, line.end
            left, right = sorted((x1, x2))
            top, bottom = sorted((y1, y2))
            inside = each.left + play, each.top + play, each.right - play, each.bottom - play
            across = left < inside[2] and right > inside[0]
            along = top < inside[3] and bottom > inside[1]
            if across and along and (line.upright or line.level):
                found.append((each.text, line))
    return found
