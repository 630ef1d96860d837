"""Pages in large text and in wide windows: no gap, and nothing that touches its neighbour."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.look import Look
from bedside.desktop.start import dress, make_application, station
from bedside.desktop.where_parts import Chip
from bedside.desktop.window import BedsideWindow

_DLT, _DOSES = 4, 6


@pytest.fixture
def large(window: BedsideWindow, look: Look):
    """The window in large text; everything is as it was afterwards."""
    window.resize(1366, 768)
    window.set_theme(Look("light", 150))
    yield window
    station().clear()
    window.hide()
    application, _ = make_application(["bedside"])
    dress(application, look)


def test_the_head_of_dlt_is_two_lines_at_one_edge(large: BedsideWindow, infant_of):
    """What is due stands beside the state; since when, right below them and at their left edge."""
    large.open_infant(infant_of("5"))
    large.show_page(_DLT)
    QTest.qWait(50)
    page = large.pages.page
    origin = QPoint(0, 0)
    state, due, about = (one.mapTo(page, origin) for one in (page.headline, page.due, page.about))
    assert page.head.stacked and page.due.text()
    assert state.y() == due.y() and due.x() > state.x()
    below = about.y() - (state.y() + page.headline.height())
    assert 0 <= below <= large.look.px(8) and about.x() == state.x()
    assert page.about.contentsRect().height() <= 2 * page.about.fontMetrics().lineSpacing()


def test_the_weekday_stands_apart_from_the_time(window: BedsideWindow, infant_of):
    """The day of the week ran into the field of the time."""
    window.resize(1366, 768)
    window.open_infant(infant_of("3"))
    window.show_page(_DOSES)
    QTest.qWait(50)
    panel = window.pages.page.vial
    origin = QPoint(0, 0)
    echo = panel.date.echo
    words = echo.mapTo(panel, origin).x() + echo.fontMetrics().horizontalAdvance(echo.drawn())
    assert panel.time.mapTo(panel, origin).x() - words >= 8


def test_the_paper_beside_the_tabs_has_no_edge_between_two_lines_but_shows_the_focus(
    window: BedsideWindow, infant_of
):
    window.open_infant(infant_of("2"))
    QTest.qWait(50)
    button = window.pages.paper_button
    assert button.isVisible() and button.height() >= 32

    def edge() -> set[int]:
        at = button.mapTo(window, QPoint(0, 0))
        drawn = window.grab().toImage()
        return {drawn.pixel(at.x(), at.y() + y) for y in range(8, button.height() - 8)}

    accent = window.look.colour("accent").rgb()
    assert edge() == {window.look.colour("surface").rgb()}
    button.setFocus()
    QTest.qWait(50)
    assert edge() == {accent}


@pytest.mark.parametrize("wide", [1366, 1920])
def test_the_chip_of_a_site_value_stands_right_behind_its_words(
    window: BedsideWindow, infant_of, wide: int
):
    """At the far end of a wide column it seemed to belong to the next one."""
    window.resize(wide, 900)
    window.open_infant(infant_of("4"))
    QTest.qWait(50)
    page, origin = window.pages.page, QPoint(0, 0)
    chips = [one for one in page.findChildren(Chip) if one.isVisible()]
    found = 0
    for chip in chips:
        parts = chip.parentWidget().findChildren(QLabel)
        words = next((one for one in parts if one.text() == "2 days old at most"), None)
        if words is None:
            continue
        found += 1
        holder = chip.parentWidget()
        end = words.mapTo(holder, origin).x() + words.fontMetrics().horizontalAdvance(words.text())
        assert 0 < chip.mapTo(holder, origin).x() - end <= 14
    assert found == 1
