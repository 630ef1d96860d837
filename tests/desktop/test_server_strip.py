"""The server of a ward goes away and comes back under an open window: said, drafts kept and offered (H36)."""

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from bedside.desktop.server_strip import ServerSeen
from bedside.store.station_store import Away
from bedside.ward.away import age
from bedside.ward.downtime_sheets import downtime_sheets
from tests.desktop.locked_window import typed_field


@pytest.fixture
def seen(window):
    """What keeps the window's strip; the store is told by hand that its server is away."""
    made = ServerSeen(window)
    made._timer.stop()
    window.frame.make_infant_parts()
    window.own_drafts = list  # at the end nobody is asked about what was typed
    return made


def away(window, minutes=12):
    store, now = window.ward.store, window.ward.now()
    store.away, store.read_only = Away(now, now - timedelta(minutes=minutes)), True


def back(window):
    window.ward.store.away, window.ward.store.read_only = None, False


def test_it_says_which_copy_is_read_and_every_paper_says_so_too(seen, window):
    away(window)
    seen.look()
    words = "EMERGENCY COPY of 20-Nov-2026 10:30 (12 minutes old), READ-ONLY"
    assert seen.strip.isVisible() and seen.strip.headline.text() == words
    assert "Nothing can be recorded" in seen.strip.words.text()
    assert downtime_sheets(window.ward, who="E. Berg").emergency == words
    back(window)
    seen.look()
    assert "SERVER IS BACK" in seen.strip.headline.text() and window.ward.emergency == ""
    seen._back.timeout.emit()
    assert seen.strip is None


def test_the_list_leaves_nothing_out_while_the_copy_is_read(seen, window):
    from bedside.ward.board_dlt import judge_board

    judge_board(window.ward)
    window.refresh_board(keep_order=True)
    before = window.summary.accessibleDescription(), window._board
    away(window)
    window.ward.kept_until += 1  # the copy is older than what the list has read
    seen.look()
    assert (window.summary.accessibleDescription(), window._board) == before


def test_what_was_typed_is_kept_and_offered_when_the_server_is_back(seen, window, infant_of):
    window.open_infant(infant_of("4"))
    window.show_page(2)
    page = window.pages.page
    QTest.keyClicks(typed_field(page), "640")
    away(window)
    seen.look()
    assert typed_field(page).text() == "640"
    window.pages.show_infant(infant_of("5"), 0)
    back(window)
    seen.look()
    assert seen.strip.go.isVisible() and "Typed and not recorded" in seen.strip.words.text()
    seen.strip.go.click()
    assert window.pages.page is page and typed_field(page).text() == "640"
    seen.strip.put_away.click()
    assert seen.strip is None


def test_the_strip_follows_a_change_of_the_theme(seen, window, dark):
    away(window)
    seen.look()
    window.set_theme(dark)
    seen.look()
    assert seen.strip.parent() is window.frame and not seen.strip.isHidden()


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-3, "under a minute"), (0, "under a minute"), (1, "1 minute"), (119, "119 minutes"),
     (120, "2 hours"), (47 * 60, "47 hours"), (48 * 60, "2 days")],
)  # fmt: skip
def test_an_age_in_words(minutes, words):
    assert age(timedelta(minutes=minutes)) == words
