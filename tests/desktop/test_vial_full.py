"""The vial clock over the whole screen, by real keys: what is read from afar, lock, restart, a lost vial."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.vial_door import clock_again, clock_kept
from bedside.desktop.vial_full import VialFull, keep_clock
from bedside.desktop.vial_full_words import full_words
from bedside.ward.clock_full import clock_shown, clocks_shown
from bedside.ward.giving import lose_vial
from tests.desktop.locked_window import PIN, shows_nothing, sign_in, typed
from tests.ward.peopled import BERG

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def own(own_station):
    """A workstation that shows no clock yet."""


def press_key(window) -> None:
    """Ctrl+Shift+V."""
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_V, BOTH)


def test_key_shows_it_from_afar_and_esc_goes_back(window, answer, infant_of):
    (running,) = clocks_shown(window.ward)

    def look_at(dialog):
        assert isinstance(dialog, VialFull)
        assert dialog.windowState() & Qt.WindowState.WindowFullScreen
        dialog.resize(1366, 768)
        QApplication.processEvents()
        assert dialog.name.text() == "LINDGREN, Saga" and dialog.whose.text().endswith("bed 2")
        assert "LINDGREN" not in dialog.whose.text(), "her name stands above it, once"
        assert dialog.whose.text().startswith("born ") and "DEM" in dialog.whose.text()
        assert dialog.dose.text() == "azaCITIDine intravenous, EPI #2 day 3"
        assert (dialog.caption.text(), dialog.time.text()) == ("start the infusion by", "10:48")
        assert dialog.left.text() == "6 min left"
        assert dialog.time.fontMetrics().height() > 768 / 4, "read from across the room"
        assert dialog.then.text().startswith("When it runs out: plan 10 min")
        said = " ".join(part.text() for part in (dialog.name, dialog.dose, dialog.now, dialog.then))
        assert " mg" not in said and " kg" not in said, "a blind count may be under way"
        assert clock_kept() == running.dose_id
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    asked = answer(look_at)
    press_key(window)
    assert asked.asked == 1 and clock_kept() is None and window.frame.on_list


def test_its_button_stands_on_doses_and_enter_leads_there(window, answer, infant_of):
    asked = answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    press_key(window)
    assert asked.asked == 1 and window.frame.infant_id == infant_of("2")
    assert window.pages.index == 6
    again = answer(lambda dialog: QTest.mouseClick(dialog.back, Qt.MouseButton.LeftButton))
    button = window.pages.page.vial.full_button
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert again.asked == 1 and clock_kept() is None


def test_without_a_running_vial_it_says_so(window, answer, clock):
    (running,) = clocks_shown(window.ward)
    lose_vial(window.ward, running.dose_id, "broken", who="E. Sørensen, RN")
    seen = []
    asked = answer(lambda dialog: (seen.append(dialog.accessibleDescription()), dialog.reject()))
    press_key(window)
    assert asked.asked == 1 and "No vial clock runs on this ward." in seen[0]


def test_every_state_says_what_to_do_and_a_lost_vial_is_said_plainly(ward, clock):
    (running,) = clocks_shown(ward)
    vial, shown = running.clock, lambda: full_words(clock_shown(ward, running.dose_id), ward.now())
    clock.now = vial.latest_start + timedelta(seconds=1)
    late = shown()
    assert late.time == vial.latest_start_shortest.strftime("%H:%M") and late.tone == "stop"
    assert late.caption == "too late for 30 min; with 10 min, start by"
    clock.now = vial.latest_start_shortest + timedelta(seconds=1)
    lost = shown()
    assert lost.time == "VIAL LOST" and "discard the vial" in lost.now
    lose_vial(ward, running.dose_id, "too late", who="E. Sørensen, RN")
    assert clocks_shown(ward) == ()
    recorded = shown()
    assert recorded.time == "VIAL LOST" and "recorded as lost" in recorded.now
    assert recorded.then == "Nothing of it may be given any more."
    assert full_words(None, ward.now()).now == "Its record was struck out. Look at the page Doses."


def test_it_survives_the_lock_without_a_clinical_word_and_comes_back(locked, answer):
    """The lock page keeps the bare time of day; who unlocks sees the clock again."""
    (running,) = clocks_shown(locked.ward)
    sign_in(locked, BERG)
    held = answer(lambda _: locked.locking.lock())
    press_key(locked)
    assert held.asked == 1 and locked.locking.locked
    assert clock_kept() == running.dose_id
    page = locked.locking.page
    QApplication.processEvents()
    assert page.far.isVisible() and page.far.text() == "10:48"
    assert shows_nothing(locked.ward)
    back = answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    typed(page, PIN)
    QTest.qWait(50)
    assert back.asked == 1 and clock_kept() is None
    locked.locking.lock()
    assert not locked.locking.page.far.isVisible(), "closed by a person, it stays away"


def test_it_comes_back_after_a_restart_until_it_is_closed(window, answer):
    (running,) = clocks_shown(window.ward)
    keep_clock(running.dose_id)
    back = answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    clock_again(window)  # what a start does after its first paint
    QTest.qWait(50)
    assert back.asked == 1
    clock_again(window)
    QTest.qWait(20)
    assert QApplication.activeModalWidget() is None
