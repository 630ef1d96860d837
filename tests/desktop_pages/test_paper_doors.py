"""The paper that belongs to a page has its door beside the tabs, and leads to the preview."""

import pytest
from PySide6.QtCore import Qt

from bedside.desktop.doses_paper import PAPERS
from bedside.desktop.page_door import every_door
from bedside.desktop.paper_doors import DOSES_PAGE, PAPER_DOORS
from bedside.desktop.patient_pages import PatientPages
from bedside.ward.infant_papers import INFANT_PAPERS
from bedside.ward.references import demonstration_values
from tests.desktop_pages.page_driving import in_frame

CONTACTS = (("Haematology on call", "I. Halvorsen", "01632 960 142"),)


@pytest.fixture
def pages(qtbot, bench, look, session):
    bench.ward.values = demonstration_values()
    bench.open_epi_1()
    bench.site(contacts=CONTACTS)
    made = PatientPages(bench.ward, look, session, every_door())
    in_frame(qtbot, made)
    made.show_infant(bench.infant, 0)
    return made


def test_every_paper_of_the_whole_infant_has_one_door():
    assert {key for key, _ in PAPER_DOORS.values()} == set(INFANT_PAPERS)
    assert every_door()[DOSES_PAGE].title == "Doses and papers"


@pytest.mark.parametrize(
    ("index", "key"), [(0, "transfer-summary"), (1, "whole-treatment"), (2, "counts-form")]
)
def test_the_door_leads_to_the_preview(qtbot, pages, index, key):
    pages.show_page(index)
    assert pages.paper_button.isVisible() and pages.paper_button.text() == PAPER_DOORS[index][1]
    qtbot.mouseClick(pages.paper_button, Qt.MouseButton.LeftButton)
    assert pages.index == DOSES_PAGE
    assert pages.page.stack.currentIndex() == PAPERS
    preview = pages.page.papers.preview
    assert preview.pages >= 1 and preview.title.text() == INFANT_PAPERS[key].title


def test_a_paper_that_cannot_be_made_says_why(qtbot, pages):
    pages.show_page(DOSES_PAGE)
    qtbot.mouseClick(pages.paper_button, Qt.MouseButton.LeftButton)
    assert "Maintenance has not begun." in pages.page.refusals.text()


def test_a_page_without_a_paper_has_no_door(pages):
    for index in (5, 7):
        pages.show_page(index)
        assert not pages.paper_button.isVisible()
