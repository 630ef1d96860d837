"""Draws the review book: a whole protocol as tables in words, for two people with their controlled copy.

Each row has one fact, its evidence, its source and room for two initials. Edition and digest of
the file stand on every page, so that a page says for itself what was reviewed.
"""

from collections.abc import Sequence

from bedside.documents.page import LANDSCAPE, Paper, Particulars
from bedside.documents.review_book_frame import draw_frame, draw_opening, lay_frame, lay_opening
from bedside.documents.review_book_rows import (
    Piece,
    Section,
    about_band,
    band_of,
    conflict_section,
    course_section,
    fact_groups,
    source_section,
)
from bedside.papers.protocol_book import BookHead, ProtocolBook
from bedside.units.refusal import Refused


def draw_review_book(book: ProtocolBook, head: BookHead) -> bytes:
    """Draw the review book as a PDF; the same values give the same bytes.

    Args:
        book: the protocol in words.
        head: when and by which program it is printed.

    Raises:
        Refused: something cannot be printed whole and safely; each reason names what.
    """
    paper = Paper(
        LANDSCAPE,
        Particulars(
            title=f"Review book, {book.title}",
            author=head.program,
            subject=f"{book.title}, {book.edition}: for controlled review",
            keywords=f"protocol file sha256 {book.digest}",
            program=head.program,
        ),
    )
    compose(paper, book, head)
    return paper.finish()


def compose(paper: Paper, book: ProtocolBook, head: BookHead) -> None:
    """Draw the book onto a paper, page by page."""
    frame = lay_frame(paper, book, head)
    opening = lay_opening(paper, book)
    room = paper.form.room
    pages = _Pages(room, frame.bottom - frame.top, opening.height).lay(_sections(book))
    for at, pieces in enumerate(pages):
        if at:
            paper.next_page()
        draw_frame(paper, frame, at + 1, len(pages))
        y = frame.top
        if at == 0:
            draw_opening(paper, opening, y)
            y += opening.height
        for piece in pieces:
            piece.draw(paper, y)
            y += piece.height


def _sections(book: ProtocolBook) -> Sequence[Section]:
    whole = Section("The whole protocol", "", fact_groups(book.facts))
    courses = [course_section(course) for course in book.courses]
    conflicts = [conflict_section(book.conflicts)] if book.conflicts else []
    return (whole, *courses, *conflicts, source_section(book))


class _Pages:
    """Shares the groups of rows out over pages; a group is never parted."""

    def __init__(self, room: float, height: float, opening: float) -> None:
        self._room, self._height = room, height
        self._left = height - opening
        self._pages: list[list[Piece]] = [[]]

    def lay(self, sections: Sequence[Section]) -> list[list[Piece]]:
        """Return the pieces of each page."""
        for section in sections:
            self._section(section)
        return self._pages

    def _section(self, section: Section) -> None:
        band = band_of(section, self._room, again=False)
        first = section.groups[0].height if section.groups else 0
        if band.height + section.heads.height + first > self._left:
            self._turn_over()
        self._place(band, section.heads)
        for group in section.groups:
            if group.height > self._left:
                self._turn_over()
                self._place(band_of(section, self._room, again=True), section.heads)
                if group.about:
                    self._place(about_band(f"{group.about}, continued"))
            if group.height > self._left:
                raise Refused(
                    f"Not printed: a part of {section.title} is taller than a page. "
                    "Shorten the words of that fact in the protocol file."
                )
            self._place(*group.pieces)

    def _turn_over(self) -> None:
        self._pages.append([])
        self._left = self._height

    def _place(self, *pieces: Piece) -> None:
        self._pages[-1].extend(pieces)
        self._left -= sum(piece.height for piece in pieces)
