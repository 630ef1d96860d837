"""Every page of every paper says what it is, whose, of how many pages, until when, and on what it rests."""

import io
import re

import pytest
import zxingcpp
from msgspec.structs import replace
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from bedside.app import Papers
from bedside.documents import downtime, restored, review_book, roadmap, sheet, tertiary_card
from bedside.documents.frame import AGAIN, INVENTED, UNCONFIRMED, UNRECORDED
from bedside.documents.page import LANDSCAPE, PORTRAIT
from bedside.papers.mark import PaperMark
from bedside.papers.protocol_book import BookHead
from bedside.papers.restored import RestoredLine
from bedside.papers.values import PaperHead
from tests.documents import examples, report_examples
from tests.documents.reading import WatchedPaper, covered, outside, struck
from tests.documents.test_downtime import BARE, INFANT, LONG, sheets
from tests.documents.test_restored import a_list
from tests.documents.test_review_book import book
from tests.documents.test_tertiary_card import CARD

DRAW = Papers()
LOST = "EMERGENCY COPY, READ-ONLY: as of 19-Nov-2026 03:00"
MARK = PaperMark(
    "DT-2026-1120-1042-07",
    "D412 K7Q2 M9TX R4MV",
    "AALL15P1 edition 2 of 01-Oct-2026",
    "7f3a9c21e0b455d8",
    "c0ffee" * 10 + "abcd",
    "20-Nov-2026 19:00, or until something is recorded",
)
HEAD: PaperHead = examples.head(demonstration=True, commissioned=False, copy=2, replaces="copy 1")
BORN = "14-May-2026"
_ACT = RestoredLine("20-Nov-2026 10:05", "MUSTER, Ida", "dose given: 13 mg", "A. Ende", "this dose")
LIST = replace(
    a_list(*(_ACT,) * 60),
    mark=MARK,
    infant="MUSTER, Ida, T 001",
    demonstration=True,
    emergency=LOST,
)
SHEETS = sheets(
    *(replace(one, mark=MARK) for one in (INFANT, BARE, LONG)), demonstration=True, emergency=LOST
)
MARKED_CARD = replace(CARD, mark=MARK, demonstration=True, emergency=LOST)
BOOK_HEAD = BookHead("20-Nov-2026 10:42", "Bedside 0.1.0", MARK.audit_head, MARK, True, LOST)


_ALL_STANDING = {"demonstration": True, "commissioned": False, "read_only": True, "copy": 2}


@pytest.mark.parametrize(
    "value",
    [
        report_examples.whole_treatment(),
        report_examples.toxicity_report(),
        report_examples.maintenance_chart(),
    ],
    ids=["whole treatment", "toxicity report", "Maintenance chart"],
)
def test_invented_unconfirmed_unrecorded_and_again_stand_in_one_margin(value) -> None:
    """Landscape has the shortest margin; all four at once are drawn there, none is left out."""
    pdf = DRAW.infant_paper(replace(value, head=replace(value.head, **_ALL_STANDING)))
    text = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    for said in (INVENTED, UNCONFIRMED, UNRECORDED, AGAIN.format(2)):
        assert said.partition(":")[0] in text, said


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("wet", "printed again (wet)"), ("days 1-5 wet", "printed again (reason on record)")],
)
def test_a_typed_reason_of_a_copy_brings_no_dash_between_days_onto_a_sheet(typed, printed) -> None:
    """Found: the reason of a reprint stood in the margin of a dosing sheet with its dash (H18)."""
    value = examples.dosing_sheet(head=examples.head(copy=2, reprinted=typed))
    assert printed in " ".join(pages_of(DRAW.dosing_sheet(value))[0].split())


def _restored() -> bytes:
    return DRAW.restored_list(LIST)


def _book() -> bytes:
    return DRAW.review_book(book(), BOOK_HEAD)


def _downtime() -> bytes:
    return DRAW.downtime(SHEETS)


def _card() -> bytes:
    return DRAW.tertiary_card(MARKED_CARD)


# each paper with both identifiers of whom it is about, () where it is nobody's
PAPERS = {
    "dosing sheet": (lambda: DRAW.dosing_sheet(examples.dosing_sheet(head=HEAD)), "infant", HEAD),
    "roadmap": (lambda: DRAW.roadmap(examples.roadmap(head=HEAD)), "infant", HEAD),
    "downtime": (_downtime, "page", MARK),
    "tertiary card": (_card, "infant", MARK),
    "restored list": (_restored, "list", MARK),
    "review book": (_book, "nobody", MARK),
}


def plain(text: str) -> str:
    return " ".join(text.replace("\u2011", "-").replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {name: draw() for name, (draw, _, _) in PAPERS.items()}


def pages_of(pdf: bytes) -> list[str]:
    return [plain(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_carries_what_tells_the_paper_apart(drawn, name: str) -> None:
    pages, rests_on = pages_of(drawn[name]), PAPERS[name][2]
    number = rests_on.number if isinstance(rests_on, PaperMark) else rests_on.sheet_number
    for text in pages:
        assert number in text and plain(rests_on.code) in text
        assert "Valid until" in text and "Edition" in text and "Copy" in text
        assert "7f3a 9c21 e0b4 55d8" in text, "the audit head"


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_is_numbered_within_its_paper(drawn, name: str) -> None:
    found = [re.findall(r"Page (\d+) of (\d+)", text) for text in pages_of(drawn[name])]
    if name == "downtime":  # each infant's sheet is a paper of its own
        starts = [at for at, numbers in enumerate(found) if numbers[0][0] == "1"]
        for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
            assert found[start:end] == [
                [(str(at + 1), str(end - start))] for at in range(end - start)
            ]
        return
    for at, numbers in enumerate(found):
        assert set(numbers) == {(str(at + 1), str(len(found)))}


@pytest.mark.parametrize(
    "name", [name for name, (_, whose, _) in PAPERS.items() if whose != "nobody"]
)
def test_every_page_of_an_infants_paper_has_two_identifiers(drawn, name: str) -> None:
    whose = PAPERS[name][1]
    for text in pages_of(drawn[name]):
        if whose == "list":
            assert "MUSTER, Ida, T 001" in text
            continue
        born = {BORN, CARD.born, *(plain(f"{one.born:%d-%b-%Y}") for one in (INFANT, BARE, LONG))}
        numbers = {
            CARD.hospital_number,
            examples.infant().hospital_number,
            *(one.hospital_number for one in (INFANT, BARE, LONG)),
        }
        assert any(one.partition(",")[0] in text for one in born)
        assert any(one in text for one in numbers)


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_says_what_it_is_not(drawn, name: str) -> None:
    """DEMONSTRATION, NOT COMMISSIONED, a later copy, an emergency copy: each on every page."""
    for text in pages_of(drawn[name]):
        assert "DEMONSTRATION" in text
        if isinstance(PAPERS[name][2], PaperHead):
            assert "NOT COMMISSIONED" in text
            assert "COPY 2: take earlier copies away" in text
        else:
            assert "EMERGENCY COPY" in text


@pytest.mark.parametrize("name", PAPERS)
def test_the_square_code_of_every_page_says_the_same(drawn, name: str) -> None:
    rests_on = PAPERS[name][2]
    document = PdfDocument(drawn[name])
    for at in {0, len(document) - 1}:
        picture = document[at].render(scale=300 / 72, grayscale=True).to_pil()
        (read,) = [one.text for one in zxingcpp.read_barcodes(picture)]
        kind, number, copy, code, digest = read.split("/")
        assert kind == "BEDSIDE 1" and code == rests_on.code
        if isinstance(rests_on, PaperMark):
            assert (number, copy, digest) == (rests_on.number, "1", rests_on.digest[:16].upper())
        else:
            assert (number, copy) == (rests_on.sheet_number, "2")


@pytest.mark.parametrize("name", PAPERS)
def test_no_file_runs_or_leads_anywhere(drawn, name: str) -> None:
    """Title and language are set; no script, no link, nothing embedded but its fonts (P15)."""
    reader = PdfReader(io.BytesIO(drawn[name]))
    assert reader.metadata is not None and reader.metadata.title
    assert reader.root_object["/Lang"] == "en-GB"
    for name_of in ("/OpenAction", "/AA", "/Names", "/AcroForm"):
        assert name_of not in reader.root_object
    for page in reader.pages:
        assert "/Annots" not in page and "/AA" not in page
    for word in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/EmbeddedFile", b"/RichMedia"):
        assert word not in drawn[name]


@pytest.mark.parametrize(
    ("form", "draw"),
    [
        (PORTRAIT, lambda paper: sheet.compose(paper, examples.dosing_sheet(head=HEAD))),
        (LANDSCAPE, lambda paper: roadmap.compose(paper, examples.roadmap(head=HEAD))),
        (PORTRAIT, lambda paper: downtime.compose(paper, SHEETS)),
        (PORTRAIT, lambda paper: tertiary_card.compose(paper, MARKED_CARD)),
        (PORTRAIT, lambda paper: restored.compose(paper, LIST)),
        (LANDSCAPE, lambda paper: review_book.compose(paper, book(), BOOK_HEAD)),
    ],
    ids=["dosing sheet", "roadmap", "downtime", "tertiary card", "restored list", "review book"],
)
def test_nothing_in_the_foot_is_cut_covered_or_crossed(form, draw) -> None:
    paper = WatchedPaper(form)
    draw(paper)
    assert covered(paper) == []
    assert outside(paper) == []
    if form is PORTRAIT:  # a roadmap strikes its first plan through, on purpose
        assert struck(paper) == []


def test_a_sheet_that_could_not_be_drawn_still_says_which_paper_it_is() -> None:
    strange = replace(INFANT, family="\U0001f476", mark=MARK)
    (text,) = pages_of(DRAW.downtime(sheets(strange)))
    assert "THIS SHEET IS MISSING" in text
    assert MARK.number in text and MARK.code in text and "Page 1 of 1" in text
    assert INFANT.hospital_number in text
