"""The review book: every fact printed whole, two boxes a row, edition and digest on each page."""

import pytest
from msgspec.structs import replace

from bedside.documents.fonts import Face
from bedside.documents.page import LANDSCAPE
from bedside.documents.review_book import compose, draw_review_book
from bedside.documents.wording import dated
from bedside.papers.protocol_book import BookHead, FactLine, ProtocolBook
from bedside.places import place
from bedside.protocol.in_words import book_of
from bedside.protocol.shelf import read_shelf
from bedside.units.refusal import Refused
from tests.documents.reading import WatchedPaper, covered, outside, pages_of, plain, reader, struck

HEAD = BookHead("20-Nov-2026 10:42", "Bedside 0.1.0")
SHELF = read_shelf(place("resources", "protocols"))
BOOKS = {key: book_of(protocol) for key, protocol in SHELF.items()}


def book(**changes: object) -> ProtocolBook:
    return replace(BOOKS["aall15p1"], **changes)


@pytest.mark.parametrize("key", BOOKS)
def test_nothing_is_cut_covered_or_crossed(key: str):
    """H32: unreadable paper."""
    paper = WatchedPaper(LANDSCAPE)
    compose(paper, BOOKS[key], HEAD)
    assert covered(paper) == []
    assert outside(paper) == []
    assert struck(paper) == []


@pytest.mark.parametrize("key", BOOKS)
def test_every_fact_is_read_back(key: str):
    """Each fact's words stand in the file, wherever its lines are broken."""
    shown = BOOKS[key]
    text = "".join(" ".join(pages_of(draw_review_book(shown, HEAD))).split())
    facts = [*shown.facts, *(fact for course in shown.courses for fact in course.facts)]
    for fact in facts:
        assert "".join(plain(dated(fact.words)).split()) in text, fact
        assert "".join(plain(dated(fact.note)).split()) in text, fact
    for course in shown.courses:
        for total in course.totals:
            assert "".join(plain(dated(total)).split()) in text, total
    for conflict in shown.conflicts:
        for words in (conflict.question, conflict.ruling, *conflict.readings):
            assert "".join(plain(dated(words)).split()) in text, words


def test_each_page_says_what_it_is_of():
    pages = pages_of(draw_review_book(BOOKS["aall15p1"], HEAD))
    digest = BOOKS["aall15p1"].digest
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "DOCUMENT for controlled review" in page
        assert "AALL15P1, public sources of" in page
        assert digest[:8] in page and digest[-8:] in page
        assert "Printed 20-Nov-2026 10:42" in page
        assert ("Not from a ward: no sheet number" in page) == (HEAD.mark is None)


@pytest.mark.parametrize("key", BOOKS)
def test_a_page_that_begins_inside_a_drug_names_it_again(key: str):
    """Under the heads of the columns stands, on every page, what the first row is about."""
    paper = WatchedPaper(LANDSCAPE)
    compose(paper, BOOKS[key], HEAD)
    for page in range(1, paper.page + 1):
        placed = [each.words for each in paper.placed if each.page == page]
        texts = [each.text for each in placed]
        if "Initials 2" in texts:
            assert placed[texts.index("Initials 2") + 1].style.face is Face.BOLD, texts


def test_each_row_has_two_boxes_for_initials():
    """Two upright rules beside every fact: the columns of the two reviewers."""
    paper = WatchedPaper(LANDSCAPE)
    shown = BOOKS["aall15p1"]
    compose(paper, shown, HEAD)
    upright = [line for line in paper.ruled if line.upright]
    places = sorted({round(line.start[0], 3) for line in upright})
    assert len(places) == 2
    facts = len(shown.facts) + sum(len(one.facts) + len(one.totals) for one in shown.courses)
    rulings = sum(len(one.readings) + 3 for one in shown.conflicts)
    assert len(upright) == 2 * (facts + rulings)
    assert all(line.end[1] - line.start[1] >= 7 for line in upright)


def test_closed_to_entry_is_said_on_the_first_page():
    first = pages_of(draw_review_book(BOOKS["interfant06"], HEAD))[0]
    assert "CLOSED: closed to entry since October 2016" in first


def test_fonts_are_embedded_and_the_file_names_its_protocol():
    pdf = reader(draw_review_book(BOOKS["aall15p1"], HEAD))
    for page in pdf.pages:
        fonts = page["/Resources"]["/Font"]
        for name in fonts:
            font = fonts[name].get_object()
            descriptor = (
                font.get("/FontDescriptor") or font["/DescendantFonts"][0]["/FontDescriptor"]
            )
            assert "/FontFile2" in descriptor.get_object()
    assert pdf.metadata.title == "Review book, AALL15P1"
    assert BOOKS["aall15p1"].digest in pdf.metadata["/Keywords"]


def test_the_same_values_give_the_same_bytes():
    assert draw_review_book(book(), HEAD) == draw_review_book(book(), HEAD)


def test_a_sign_that_cannot_be_printed_is_refused_by_name():
    """H32: a sign that the typeface lacks would leave no trace."""
    wrong = FactLine("Protocol", "arms", "single \u200b arm", "remark")
    with pytest.raises(Refused, match="Protocol, arms"):
        draw_review_book(book(facts=(wrong,)), HEAD)


def test_a_dash_between_days_is_refused():
    """H18: "days 4-11" has been read as 4 and 11."""
    wrong = FactLine("Protocol", "arms", "days 4-11", "remark")
    with pytest.raises(Refused, match="each day is written by itself"):
        draw_review_book(book(facts=(wrong,)), HEAD)


def test_a_fact_taller_than_a_page_is_refused():
    tall = FactLine("Protocol", "arms", "word " * 2000, "remark")
    with pytest.raises(Refused, match="paper has no room"):
        draw_review_book(book(facts=(tall,)), HEAD)
    high = FactLine("Protocol", "arms", "word " * 450, "remark", note="word " * 450)
    with pytest.raises(Refused, match="taller than a page"):
        draw_review_book(book(facts=(high,)), HEAD)


def test_a_protocol_without_conflicts_has_no_such_part():
    pages = " ".join(pages_of(draw_review_book(book(conflicts=()), HEAD)))
    assert "our protocol says" not in pages
