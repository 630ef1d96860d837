"""Keys of the window work where the page of shortcuts says that they do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from bedside.desktop import window_forms
from bedside.desktop.window import BedsideWindow


@pytest.mark.parametrize("place", ["list", "infant", "commissioning", "cohort", "protocols"])
def test_ctrl_n_enrols_from_everywhere(
    qtbot, window: BedsideWindow, infant_of, monkeypatch: pytest.MonkeyPatch, place: str
):
    """F1 says so; a key that works in one place only is pressed in vain at night."""
    asked: list[QDialog] = []
    monkeypatch.setattr(window_forms, "_ran", lambda dialog: bool(asked.append(dialog)))
    go = {
        "list": window.show_board,
        "infant": lambda: window.open_infant(infant_of("4")),
        "commissioning": window.show_commissioning,
        "cohort": window.show_cohort,
        "protocols": window.show_protocols,
    }
    go[place]()
    qtbot.wait(5)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert [dialog.windowTitle() for dialog in asked] == ["Enrol an infant"]
    for dialog in asked:
        dialog.deleteLater()


def test_alt_d_holds_or_delays_on_the_first_page_too(
    qtbot, window: BedsideWindow, infant_of, monkeypatch: pytest.MonkeyPatch
):
    window.open_infant(infant_of("4"))
    qtbot.wait(5)
    pressed: list[str] = []
    page = window.pages.page
    page.hold_button.clicked.disconnect()
    page.hold_button.clicked.connect(lambda: pressed.append("hold"))
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: pressed == ["hold"], timeout=1000)


def test_ctrl_and_a_number_open_the_chosen_infant_at_that_page(qtbot, window: BedsideWindow):
    """From the ward list; a key that does nothing without a word is pressed again and again."""
    window.show_board()
    chosen = window.board_page.chosen
    assert chosen is not None
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.frame.on_patient
    assert (window.frame.infant_id, window.pages.index) == (chosen, 2)


@pytest.mark.parametrize(
    ("key", "more", "named"),
    [
        (Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier, "Ctrl+2"),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, "Ctrl+P"),
        (Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier, "Alt+D"),
    ],
)
def test_a_key_of_an_infants_page_says_why_it_does_nothing_elsewhere(
    qtbot, window: BedsideWindow, key, more, named
):
    window.show_cohort()
    QTest.keyClick(window.frame, key, more)
    assert window.status.said.isVisible()
    assert window.status.said.text().startswith(f"{named} is a key of an infant's pages")
    window.show_board()
    if named != "Ctrl+2":
        QTest.keyClick(window.board_page.table, key, more)
        assert "choose a row and press Enter" in window.status.said.text()
    window.status._said_enough()
    assert not window.status.said.isVisible()


def test_where_nobody_signs_in_there_is_no_lock(window: BedsideWindow):
    assert not window.topbar.lock.isVisible() and window.topbar.recording.text() == "recording"
