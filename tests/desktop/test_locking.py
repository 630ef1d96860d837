"""A left screen shows nothing (P18, H33): no name, number or value of an infant, and no draft is lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from bedside.desktop import locking
from bedside.desktop.board_model import Limit
from bedside.desktop.enrol_dialog import EnrolDialog
from bedside.desktop.lock_page import LockPage
from bedside.desktop.locking import Locking
from bedside.desktop.page_door import every_door
from bedside.desktop.palette_dialog import show_palette
from bedside.desktop.session import Session
from bedside.desktop.window import BedsideWindow
from bedside.store.people_records import SecretTry
from bedside.store.queries import all_of
from bedside.ward.board import board
from bedside.ward.clocks_running import next_deadline
from tests.desktop.locked_window import (
    PIN,
    give_up,
    idle_for,
    press,
    said_to_a_screen_reader,
    shows_nothing,
    sign_in,
    typed,
    typed_field,
)
from tests.ward.peopled import BERG, OKONJO, SECRETS, peopled


@pytest.fixture
def window(locked):
    """The same window with E. Berg signed in."""
    sign_in(locked, BERG)
    return locked


# ---- the check itself


def test_the_check_finds_what_is_on_an_open_screen(window, ward, infant_of):
    """A check that cannot fail shows nothing: an open window says all of it."""
    assert not shows_nothing(ward)
    names = {row.family for row in board(ward).rows}
    window.open_infant(infant_of("4"))
    read = " ".join(said_to_a_screen_reader())
    assert any(name in read for name in names)


# ---- locking


def test_it_begins_with_nothing_to_read(locked, ward):
    assert locked.locking.page.choosing and not locked.locking.page.person.isHidden()
    assert shows_nothing(ward)
    assert locked.session.who == ""


def test_somebody_signs_in_and_records_under_that_name(locked, ward):
    sign_in(locked, BERG)
    assert locked.locking.page is None and locked.frame.isVisible()
    assert locked.session.who == "Erika Berg, nurse"


@pytest.mark.parametrize("seconds", [180, 181, 4000])
def test_it_locks_after_three_minutes(window, ward, clock, seconds):
    idle_for(window, clock, seconds)
    assert window.locking.locked and shows_nothing(ward)


def test_it_locks_after_a_form_that_was_open_at_an_earlier_lock_is_gone(qtbot, window, ward, look):
    """The form's window was dead and still watched: every later lock failed, by key and by time."""
    form = EnrolDialog(ward, look, window.session, window)
    form.show()
    qtbot.waitExposed(form)
    window.locking.lock()
    typed(window.locking.page, PIN)
    assert form.isVisible() and not window.locking.locked
    form.done(0)
    form.deleteLater()
    del form
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    window.locking.idle.tick()
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert window.locking.locked and shows_nothing(ward)


@pytest.mark.parametrize("ours", [True, False])
def test_the_lock_takes_the_keyboard_from_no_other_program(window, monkeypatch, ours):
    """What is typed into another program must not end in the passphrase field."""
    monkeypatch.setattr(locking, "_is_typed_into", lambda: ours)
    asked = []
    window.activateWindow = lambda: asked.append(window)
    window.locking.lock()
    QApplication.processEvents()
    assert window.locking.locked and bool(asked) is ours


def test_it_warns_twenty_seconds_before_and_any_key_goes_on(window, clock):
    idle_for(window, clock, 159)
    assert window.locking.warning._label is None
    window.locking.idle._since -= timedelta(seconds=2)
    window.locking.idle.tick()
    assert window.locking.warning._label.isVisible()
    assert window.locking.warning._label.text().startswith("Locks in 19 s")
    press(window, Qt.Key.Key_Shift)
    assert window.locking.warning._label is None
    clock.now += timedelta(seconds=159)
    window.locking.idle.tick()
    assert not window.locking.locked, "the three minutes begin with the key"


def test_a_movement_of_the_mouse_is_somebody(window, clock):
    idle_for(window, clock, 170)
    QTest.mouseMove(window.windowHandle())
    clock.now += timedelta(seconds=20)
    window.locking.idle.tick()
    assert not window.locking.locked


def test_the_site_says_how_many_minutes(window, ward, clock):
    ward._site = (ward.store.audit_head(), _with_minutes(ward.site, 10))
    idle_for(window, clock, 599)
    assert not window.locking.locked
    idle_for(window, clock, 600)
    assert window.locking.locked


def _with_minutes(site, minutes):
    from msgspec.structs import replace

    return replace(site, idle_minutes=minutes)


@pytest.mark.parametrize("bed", ["2", "4"])
@pytest.mark.parametrize("number", range(7))
def test_no_page_of_an_infant_is_left_to_read(window, ward, clock, infant_of, bed, number):
    window.open_infant(infant_of(bed))
    window.show_page(number)
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(20)
    assert window.locking.locked and shows_nothing(ward)


def test_no_page_of_the_ward_is_left_to_read(window, ward):
    for show in (window.show_cohort, window.show_commissioning, window.show_protocols):
        show()
        window.locking.lock()
        assert shows_nothing(ward)
        typed(window.locking.page, PIN)
        assert not window.locking.locked


def test_the_lock_page_is_not_drawn_over_what_was_there(window, ward, infant_of):
    """The picture of a locked window is the same whichever infant was open."""
    pictures = []
    for bed in ("2", "4"):
        window.open_infant(infant_of(bed))
        window.locking.lock()
        window.locking.page.secret.clearFocus()
        QApplication.processEvents()
        pictures.append(window.grab().toImage())
        typed(window.locking.page, PIN)
    assert pictures[0] == pictures[1]


def test_shortcuts_of_the_ward_are_dead_while_it_is_locked(window, ward, infant_of):
    window.open_infant(infant_of("4"))
    window.locking.lock()
    page = window.locking.page
    for key, held in ((Qt.Key.Key_N, "Control"), (Qt.Key.Key_F9, ""), (Qt.Key.Key_F4, ""),
                      (Qt.Key.Key_Escape, ""), (Qt.Key.Key_2, "Control")):  # fmt: skip
        modifier = getattr(Qt.KeyboardModifier, f"{held or 'No'}Modifier")
        press(window, key, modifier)
    assert QApplication.activeModalWidget() is None
    assert window.locking.page is page and shows_nothing(ward)


def test_time_passes_behind_the_lock_without_a_word(window, ward, clock, infant_of):
    window.open_infant(infant_of("2"))
    window.locking.lock()
    clock.now += timedelta(minutes=90)
    window.ticking.tick()
    window.locking.page._tick()
    assert QApplication.activeModalWidget() is None and shows_nothing(ward)


def test_menus_go_and_the_clipboard_is_cleared(window, ward):
    clipboard = QGuiApplication.clipboard()
    menu = QMenu(window)
    menu.addAction(board(ward).rows[0].family)
    menu.popup(window.pos())
    clipboard.setText(board(ward).rows[0].family)
    window.locking.lock()
    assert not menu.isVisible() and clipboard.text() == ""
    menu.deleteLater()


# ---- clocks


def test_a_running_clock_is_told_without_a_name(window, ward, clock, infant_of):
    deadline = next_deadline(ward)
    assert deadline is not None
    window.locking.lock()
    left = (deadline - ward.now()) // timedelta(minutes=1)
    assert window.locking.page.clock.text() == f"A clock is running: unlock. {left} min left"
    clock.now = deadline - timedelta(seconds=30)
    window.locking.page._tick()
    assert "Less than 1 min" in window.locking.page.clock.text()
    clock.now = deadline
    window.locking.page._tick()
    assert window.locking.page.clock.text() == "A clock has run out: unlock now"
    assert shows_nothing(ward)


def test_without_a_clock_there_is_no_word_of_one(qtbot, empty_ward, look, session):
    peopled(empty_ward)
    window = BedsideWindow(empty_ward, look, Session("", None, empty_ward.now), every_door())
    qtbot.addWidget(window)
    Locking(window, empty_ward, window.session).begin()
    assert next_deadline(empty_ward) is None
    assert window.locking.page.clock.isHidden()


# ---- unlocking


def test_the_pin_unlocks_and_everything_is_as_it_was(window, infant_of):
    window.open_infant(infant_of("4"))
    window.show_page(2)
    page = window.pages.page
    typed_field(page).setFocus()
    QTest.keyClicks(typed_field(page), "640")
    assert page.is_dirty()
    window.locking.lock()
    typed(window.locking.page, PIN)
    assert window.pages.page is page and typed_field(page).text() == "640"
    assert window.frame.on_patient and page.isVisible()
    assert QApplication.focusWidget() is typed_field(page)


def test_a_wrong_pin_waits_and_five_ask_for_the_passphrase(window, clock):
    window.locking.lock()
    page = window.locking.page
    for wait in (1, 2, 4, 8):
        typed(page, "9999")
        assert "not the PIN" in page.refusals.text() and page.secret.text() == ""
        page._tick()
        assert not page.act.isEnabled() and page.hint.text() == f"next try in {wait} s"
        clock.now += timedelta(seconds=wait)
        page._tick()
        assert page.act.isEnabled()
    typed(page, "9999")
    assert "only the passphrase" in page.refusals.text()
    assert "PIN" not in page.secret_label.text()
    clock.now += timedelta(minutes=1)
    typed(page, PIN)
    assert window.locking.locked
    clock.now += timedelta(seconds=2)
    typed(page, SECRETS[BERG])
    assert not window.locking.locked


def test_nobody_comes_in_without_a_name(locked):
    page = locked.locking.page
    typed(page, SECRETS[BERG])
    assert "Choose the name" in page.refusals.text() and locked.locking.locked


def test_sign_out_asks_for_the_passphrase(window, ward):
    window.locking.lock()
    window.locking.page.leave.click()
    page = window.locking.page
    assert page.choosing and ward.signed_in is None and window.session.who == ""
    QTest.keyClicks(page.person.edit, "Ber")
    typed(page, PIN)
    assert "not the passphrase" in page.refusals.text()
    with ward.store.reading() as connection:
        assert [row.purpose for row in all_of(connection, SecretTry)][-2:] == [
            "sign out",
            "sign in",
        ]


def test_a_filter_never_hides_infants_from_the_next_person(window, ward):
    """Her own filter she finds again; another nurse has the whole list before her."""
    every = window.board_page.model.rowCount()
    window.board_page.model.limit_to(Limit(protocol="Interfant-06"))
    QTest.keyClicks(window.topbar.search, "van")
    fewer = window.board_page.model.rowCount()
    assert 0 < fewer < every
    window.locking.lock()
    typed(window.locking.page, PIN)
    assert window.board_page.model.rowCount() == fewer
    window.locking.lock()
    sign_in(window, OKONJO)
    assert window.board_page.model.rowCount() == every
    assert window.board_page.model.limit == Limit() and window.topbar.search.text() == ""
    assert not window.summary.limit.isVisible()


def test_a_copy_that_can_only_be_read_refuses_before_the_form(
    qtbot, ward, look, session, monkeypatch
) -> None:
    """An emergency copy opens no form in which somebody would type in vain, and says which copy it is."""
    ward.demonstration = False
    peopled(ward)
    emergency = "EMERGENCY COPY of 20-Nov-2026 10:42, READ-ONLY"
    window = BedsideWindow(ward, look, session, every_door())
    qtbot.addWidget(window, before_close_func=give_up)
    Locking(window, ward, session).begin()
    assert session.why_not("weigh") == ""
    monkeypatch.setattr(type(ward), "read_only", property(lambda _self: True))
    ward.emergency = emergency
    for act in ("weigh", "record", "prescribe", "give"):
        assert "Nothing can be recorded" in session.why_not(act)
    assert session.why_not("read-record") == ""
    page = LockPage(ward, look, choosing=True, drafts_of=tuple)
    qtbot.addWidget(page)
    assert emergency in page.about.text().replace("\u00a0", " ").replace("\u2011", "-")


def test_who_signed_in_has_a_lock_in_the_top_bar(locked):
    """Whoever leaves in haste looks for a button, not for a key."""
    sign_in(locked, BERG)
    bar = locked.topbar
    assert bar.lock.isVisible() and bar.recording.text() == "signed in"
    bar.lock.click()
    assert locked.locking.locked


@pytest.mark.parametrize("forms", [1, 3])
def test_it_locks_after_a_form_was_left_by_a_key(window, forms):
    """The form's window was gone, and still watched: no lock came, by no key and by no clock."""

    def leave() -> None:
        form = QApplication.activeModalWidget()
        window.locking.idle.tick()  # as the running clock does
        QTest.keyClick(form.windowHandle(), Qt.Key.Key_Escape)

    for _ in range(forms):
        QTimer.singleShot(50, leave)
        show_palette(window)
        QTest.qWait(20)
    window.ask_who()
    assert window.locking.locked
