"""The file behind a paper: fonts inside, nothing that acts, what it says about itself, ink everywhere."""

import subprocess
import sys

import numpy as np
import pytest

from bedside.documents import roadmap as roadmaps
from bedside.documents import sheet as sheets
from bedside.documents.codes import code_content
from bedside.documents.page import LANDSCAPE, PORTRAIT
from tests.documents import examples
from tests.documents.reading import WatchedPaper, extent, picture, reader
from tests.documents.test_layout import ROADMAPS, SHEETS

PAPERS = {
    "sheet": lambda: sheets.draw_dosing_sheet(examples.dosing_sheet()),
    "roadmap": lambda: roadmaps.draw_roadmap(examples.roadmap()),
    "uncommissioned sheet": lambda: sheets.draw_dosing_sheet(SHEETS["not commissioned"]),
    "long roadmap": lambda: roadmaps.draw_roadmap(ROADMAPS["maintenance, 168 days"]),
}


@pytest.mark.parametrize("name", PAPERS)
def test_only_embedded_subsets_of_dejavu(name):
    """H32: a font that lies in the reader's program is not the one we checked."""
    found = set()
    for page in reader(PAPERS[name]()).pages:
        for font in page["/Resources"]["/Font"].values():
            inside = font.get_object()
            assert "+DejaVuSans" in inside["/BaseFont"]
            assert "/FontFile2" in inside["/FontDescriptor"].get_object()
            assert "/ToUnicode" in inside
            found.add(inside["/BaseFont"].split("+")[1])
    assert found == {"DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono-Bold"}
    assert b"Helvetica" not in PAPERS[name]()


def test_the_file_says_what_it_is_and_names_no_infant():
    """H43: titles show in lists and tabs."""
    pdf = PAPERS["sheet"]()
    meta = reader(pdf).metadata
    assert meta is not None
    assert meta.title == "Dosing sheet NQ-2026-00412, copy 1"
    assert meta.author == "North Quay Children’s Hospital, Ward 4, infant haematology"
    assert meta.creator == meta.producer == "Bedside 0.1.0"
    assert examples.head().facts_digest in meta["/Keywords"]
    root = reader(pdf).trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    said = " ".join(str(value) for value in meta.values())
    assert "BEL" not in said and "00417" not in said


def test_the_code_names_no_infant():
    content = code_content(examples.head())
    assert content == "BEDSIDE 1/NQ-2026-00412/1/412K 7Q2M 9TXR/5D41A0C39BE27F18"


@pytest.mark.parametrize("kind", ["sheet", "roadmap"])
def test_every_word_leaves_ink(kind):
    """H32: what is drawn is seen; a lost glyph would leave its place blank."""
    dpi = 110
    if kind == "sheet":
        paper = WatchedPaper(PORTRAIT)
        sheets.compose(paper, examples.dosing_sheet())
    else:
        paper = WatchedPaper(LANDSCAPE)
        roadmaps.compose(paper, examples.roadmap())
    pdf = paper.finish()
    pages = [picture(pdf, page, dpi).min(axis=2) for page in range(paper.page)]
    for placed in paper.placed:
        box = extent(placed)
        scale = dpi / 25.4
        pixels = pages[placed.page - 1][
            int(box.top * scale) : int(box.bottom * scale) + 1,
            int(box.left * scale) : int(box.right * scale) + 1,
        ]
        assert int(pixels.max()) - int(pixels.min()) > 100, placed.words.text


def test_every_sign_of_a_word_leaves_ink():
    paper = WatchedPaper(PORTRAIT)
    sheets.compose(paper, examples.dosing_sheet(infant=examples.infant(family="ŁŻЖΩẮỰ⁹²≥")))
    pixels = picture(paper.finish(), 0, 220).min(axis=2)
    (placed,) = [each for each in paper.placed if each.words.text.startswith("ŁŻ") and each.y < 50]
    box = extent(placed)
    scale = 220 / 25.4
    rows = slice(int((box.top - 1) * scale), int((box.bottom + 1) * scale))
    start = box.left
    for sign in "ŁŻЖΩẮỰ⁹²≥":
        from bedside.documents.words import words

        width = words(sign, placed.words.style).width
        part = pixels[rows, int(start * scale) : int((start + width) * scale)]
        assert (part < 128).mean() > 0.03, sign
        start += width


def test_the_colours_and_the_heavy_boxes_are_where_they_should_be():
    dpi = 150
    pixels = picture(PAPERS["sheet"](), 0, dpi)

    def at(x_mm: float, y_mm: float) -> np.ndarray:
        return pixels[round(y_mm * dpi / 25.4), round(x_mm * dpi / 25.4)].astype(int)

    assert np.abs(at(17, 9) - np.array([107, 63, 160])).max() < 6
    assert at(8, 150).min() > 250  # the margin for punch holes is white
    road = picture(PAPERS["roadmap"](), 0, dpi)
    blue = road[round(9 * dpi / 25.4), round(11 * dpi / 25.4)].astype(int)
    assert np.abs(blue - np.array([11, 92, 173])).max() < 6


def test_the_sheet_reads_in_grey():
    """The bar's white words keep their contrast on a grey printer."""
    grey = picture(PAPERS["sheet"](), 0, 100) @ np.array([0.299, 0.587, 0.114])
    bar = grey[round(10 * 100 / 25.4) : round(18 * 100 / 25.4), 70:780]
    assert np.percentile(bar, 10) < 110 and bar.max() > 250


def test_reportlab_is_not_loaded_before_a_paper_is_drawn():
    """The first window does not pay for the printer."""
    program = (
        "import sys\n"
        "import bedside.documents, bedside.documents.sheet, bedside.documents.roadmap\n"
        "heavy = [name for name in ('reportlab', 'segno', 'pypdfium2') if name in sys.modules]\n"
        "print(','.join(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
