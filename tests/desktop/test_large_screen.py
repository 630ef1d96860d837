"""On a screen of 3840 by 2160 pixels nothing is cut, at the size of text that such a screen begins with, and at 150 %."""

import pytest

from bedside.desktop.look import Look
from bedside.desktop.start import dress, make_application, station
from tests.desktop.cut_text import cut_in, sideways_in
from tests.desktop.test_cut_text import PAGES, settle


@pytest.fixture(params=[125, 150])
def large(request, window, look):
    """The window as large as the screen; everything is as it was afterwards."""
    window.resize(3840, 2160)
    window.set_theme(Look("light", request.param))
    yield window
    station().clear()
    window.hide()
    application, _ = make_application(["bedside"])
    dress(application, look)


@pytest.mark.timeout(120)
def test_nothing_is_cut_on_a_large_screen(large, infant_of):
    found = []
    for bed in ("2", "5"):
        large.open_infant(infant_of(bed))
        for number in range(PAGES):
            large.show_page(number)
            settle()
            cut = [*cut_in(large), *sideways_in(large)]
            found += [f"bed {bed}, page {number + 1}: {line}" for line in cut]
    for show in (large.show_board, large.show_commissioning, large.show_cohort, large.show_site):
        show()
        settle()
        found += [f"{show.__name__}: {line}" for line in (*cut_in(large), *sideways_in(large))]
    assert found == []


def test_the_search_says_in_full_what_it_finds_where_there_is_room(large):
    """Large text shortens it on a small screen only."""
    settle()
    search = large.topbar.search
    assert search.placeholderText() == "Find infant or hospital number"
    large.resize(1366, 768)
    settle()
    assert search.placeholderText() == "Find infant (Ctrl+F)"


def test_the_timeline_grows_with_a_large_screen(large, infant_of):
    """Its lanes fill the page and are read from afar; in the smallest window they are as laid out."""
    large.open_infant(infant_of("2"))
    large.show_page(1)
    settle()
    canvas = large.pages.page.canvas
    own = large.look.scale

    def lane() -> float:
        """How high a lane is on the screen, in pixels of the page's own scale."""
        return canvas.row_height() * canvas.viewport().height() / canvas._board().height() / own

    rows = canvas.head + canvas.row_height() * (len(canvas.view.lanes) + 3)
    assert lane() >= 24 * 1.5
    assert rows >= 0.7 * canvas._board().height()
    large.resize(1366, 768)
    settle()
    assert lane() <= 24


def test_the_ward_list_grows_with_a_large_screen_as_far_as_every_infant_fits(large):
    large.show_board()
    settle()
    page, own = large.frame.board_page, large.look.percent
    table, delegate = page.table, page.delegate
    assert delegate.percent >= 1.5 * own
    high = sum(table.rowHeight(row) for row in range(page.model.rowCount()))
    assert high <= table.viewport().height()  # and nobody is below the edge
    grown = delegate.percent
    page.model.search("lindgren")
    settle()
    assert page.model.rowCount() == 1
    assert delegate.percent == grown  # nothing grows while somebody types
    page.model.search("")
    large.resize(1366, 768)
    settle()
    assert delegate.percent == own
