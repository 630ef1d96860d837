"""The words beside the timeline's close-up: their ground, and their dates."""

import pytest
from PySide6.QtWidgets import QLabel

from bedside.desktop.labels import unbroken
from bedside.desktop.look import Look
from bedside.desktop.timeline_page import TimelinePage
from tests.desktop_pages.page_driving import in_frame
from tests.desktop_pages.page_samples import TODAY


@pytest.mark.parametrize("percent", [100, 150])
def test_the_details_lie_on_the_same_ground_as_the_drawing(qtbot, bench, session, percent):
    look = Look("light", percent)
    bench.open_epi_1()
    page = TimelinePage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    drawn = page.grab().toImage()
    below = page.details.mapTo(page, page.details.rect().bottomRight())
    assert drawn.pixelColor(below) == look.colour("surface")


def test_no_date_of_the_details_is_broken_at_its_hyphens(qtbot, bench, look, session):
    bench.open_epi_1()
    page = TimelinePage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    said = [one.text() for one in page.details.findChildren(QLabel)]
    days = [text for text in said if TODAY.strftime("%Y") in text]
    assert days and days == [unbroken(day) for day in days]
