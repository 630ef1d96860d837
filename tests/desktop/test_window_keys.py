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
