"""The server of a ward goes away and comes back under an open window: said, drafts kept and offered (H36)."""

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from bedside.desktop.server_strip import ServerSeen
from bedside.store.station_store import Away
from bedside.store.troubles import NotKnown
from bedside.ward.downtime_sheets import downtime_sheets
from tests.desktop.locked_window import typed_field
from tests.desktop_pages.page_driving import fill_count
from tests.desktop_pages.test_counts_page import FULL


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
    page.refusals.show_reasons(("The ward's server does not answer.",))  # pressed while it was away
    window.pages.show_infant(infant_of("5"), 0)
    back(window)
    seen.look()
    assert seen.strip.go.isVisible() and "Typed and not recorded" in seen.strip.words.text()
    seen.strip.go.click()
    assert window.pages.page is page and typed_field(page).text() == "640"
    assert "It does now: try again" in page.refusals.text()  # not that it does not answer
    seen.strip.put_away.click()
    assert seen.strip is None


def test_what_was_recorded_since_is_no_longer_called_not_recorded(seen, window, infant_of):
    """The second check was matched and kept, and the strip still said "typed and not recorded"."""
    window.open_infant(infant_of("4"))
    window.show_page(2)
    page = window.pages.page
    fill_count(page, **FULL)
    away(window)
    seen.look()
    back(window)
    seen.look()
    seen.look()
    assert "Typed and not recorded" in seen.strip.words.text()
    page.record_button.click()
    seen.look()
    assert seen.strip is None


def test_a_save_that_the_server_did_not_answer_is_told_when_it_is_back(seen, window, infant_of):
    """Cut off for a few seconds only: the reason was gone again before anybody could read it."""
    window.open_infant(infant_of("4"))
    window.show_page(2)
    page = window.pages.page
    for unsure, words in (
        (False, "Nothing was recorded here"),
        (True, "Look whether it is recorded"),
    ):
        away(window)
        seen.look()
        page.refusals.show_reasons(("The ward's server does not answer.",))
        if unsure:
            window.session.note_unsure(page)
        back(window)
        seen.look()
        assert page.refusals.isVisible() and words in page.refusals.text()


def test_a_refusal_for_want_of_the_server_is_gone_from_a_locked_frame_too(seen, window, infant_of):
    window.open_infant(infant_of("4"))
    window.show_page(2)
    note = window.pages.page.refusals
    away(window)
    seen.look()
    note.show_reasons(("The ward's server does not answer.",))
    frame = window.takeCentralWidget()  # as the lock does it
    back(window)
    seen.look()
    assert "does not answer" not in note.text() and "It does now" in note.text()
    window.setCentralWidget(frame)


def test_a_draft_of_a_save_of_unknown_fate_says_so_until_it_is_known(
    seen, window, infant_of, monkeypatch
):
    """It was offered as "typed and not recorded", while it stood in the record."""
    window.open_infant(infant_of("4"))
    window.show_page(2)
    page = window.pages.page
    fill_count(page, **FULL)
    words = "It may be recorded: look whether this is recorded before you record it again."

    def unanswered(*_, **__):
        raise NotKnown(words)

    with monkeypatch.context() as broken:
        broken.setattr(window.ward.store, "change", unanswered)
        page.record_button.click()
    assert window.not_saved.headline.text() == "PERHAPS SAVED"
    assert words in window.not_saved.words.text()
    assert "Counts (perhaps recorded already)" in window.status.drafts.text()
    assert page.state_words.text() == "perhaps recorded already: look before you record it again"
    window.navigation.theme.click()
    assert window.not_saved.headline.text() == "PERHAPS SAVED"
    assert window.pages.page is page
    away(window)
    seen.look()
    back(window)
    seen.look()
    assert "Look whether it is recorded before" in seen.strip.words.text()
    assert "Counts (perhaps recorded already)" in seen.strip.words.text()
    page.record_button.click()
    assert page not in window.session.unsure and window.status.drafts.isHidden()


def test_the_strip_follows_a_change_of_the_theme(seen, window, dark):
    away(window)
    seen.look()
    window.set_theme(dark)
    seen.look()
    assert seen.strip.parent() is window.frame and not seen.strip.isHidden()
