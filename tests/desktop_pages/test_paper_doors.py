"""The paper that belongs to a page has its door beside the tabs, and leads to the preview."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bedside.desktop.doses_paper import ORDERS, OTHERS, PAPERS
from bedside.desktop.look import Look
from bedside.desktop.page_door import every_door
from bedside.desktop.paper_doors import DOSES_PAGE, PAPER_DOORS, PAPERS_PART
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


def test_on_the_page_of_papers_the_one_that_fits_first_is_offered(qtbot, pages):
    """No Maintenance chart for an infant in EPI #1: its line in the list says why, and no line is red."""
    pages.show_page(DOSES_PAGE)
    assert PAPERS_PART == PAPERS
    key, title = pages.page.fitting_paper()
    assert (key, title) == ("dosing-sheet:epi-1", "Dosing sheet")
    assert pages.paper_button.text() == "Dosing sheet…"
    qtbot.mouseClick(pages.paper_button, Qt.MouseButton.LeftButton)
    assert pages.page.stack.currentIndex() == PAPERS and pages.page.papers.preview.pages == 1
    assert pages.page.refusals.isHidden()
    closed = {line.choice.key: line.choice.refused for line in pages.page.papers.lines}
    assert "Maintenance has not begun." in closed["maintenance-chart"]


def test_a_closed_sheet_offers_the_roadmap_of_the_course_in_front(qtbot, pages, bench):
    """A later course's roadmap would be taken for this one's."""
    bench.site("shared-care", contacts=CONTACTS)
    pages.show_page(DOSES_PAGE)
    pages.page.recorded_now()
    assert pages.page.fitting_paper() == ("roadmap:epi-1", "Roadmap")
    qtbot.mouseClick(pages.paper_button, Qt.MouseButton.LeftButton)
    assert pages.page.papers.preview.title.text() == "Roadmap, EPI #1"


def test_what_was_refused_moves_no_button_and_goes_with_its_part(qtbot, pages):
    """The second click meets the same button; the red line is not about another part."""
    pages.show_page(DOSES_PAGE)
    qtbot.mouseClick(pages.paper_button, Qt.MouseButton.LeftButton)
    page = pages.page
    button = page.papers.preview.print_button
    before = button.mapTo(page, button.rect().topLeft())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # no digits of the band
    assert page.refusals.isVisible()
    QApplication.processEvents()
    assert button.mapTo(page, button.rect().topLeft()) == before
    page.show_part(OTHERS)
    assert page.refusals.isHidden()
    page.preview_paper("maintenance-chart")
    assert "Maintenance has not begun." in page.refusals.text() and page.refusals.isVisible()


def test_a_page_without_a_paper_has_no_door(pages):
    for index in (5, 7):
        pages.show_page(index)
        assert not pages.paper_button.isVisible()


def test_the_keyboard_follows_the_paper_from_the_orders(qtbot, pages):
    """After Ctrl+P a dashed ring stayed on "Orders", while the paper was in sight."""
    pages.show_page(DOSES_PAGE)
    orders, papers = pages.page.views.buttons[ORDERS], pages.page.views.buttons[PAPERS]
    qtbot.mouseClick(orders, Qt.MouseButton.LeftButton)
    assert pages.page.stack.currentIndex() == ORDERS and orders.hasFocus()
    qtbot.keyClick(pages, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: pages.page.stack.currentIndex() == PAPERS)
    assert papers.hasFocus() and papers.isChecked()


@pytest.mark.parametrize(("wide", "whole"), [(1229, False), (3700, True)])
def test_in_large_text_the_paper_is_named_where_there_is_room(qtbot, bench, session, wide, whole):
    """On a screen of 3840 pixels the text is larger from the start, and the room is there."""
    bench.open_epi_1()
    made = PatientPages(bench.ward, Look("light", 150), session, every_door())
    in_frame(qtbot, made)
    made.show_infant(bench.infant, 1)
    made.window().resize(wide, 700)
    qtbot.waitUntil(lambda: made.width() == wide)
    named = PAPER_DOORS[1][1]
    assert made.paper_button.text() == (named if whole else "Paper…")
    assert made.keys.isVisible() == whole
