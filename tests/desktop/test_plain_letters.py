"""The search: plain letters find every infant, numbers too, and nobody found is said with the way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.window import BedsideWindow
from bedside.units.folded import folded


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("TRẦN", "tran"),
        ("BERGSTRÖM", "bergstrom"),
        ("WIŚNIEWSKA Łucja", "wisniewska lucja"),
        ("Đặng", "dang"),
        ("SØRENSEN", "sorensen"),
        ("GROSSMANN-WEIß", "grossmann-weiss"),
    ],
)
def test_a_name_is_folded_to_plain_letters(name: str, plain: str):
    assert folded(name) == plain == folded(plain)


def found(window: BedsideWindow) -> list[str]:
    model = window.board_page.model
    return [model.row(at).family for at in range(model.rowCount())]


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        ("tran", "TRẦN"),
        ("lucja", "WIŚNIEWSKA"),
        ("D004", "TRẦN"),
        ("if06-d112", "VAN DIJK"),
    ],
)
def test_ctrl_f_finds_her(window: BedsideWindow, typed: str, family: str):
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.topbar.search, typed)
    assert found(window) == [family]


def test_nobody_found_says_what_is_searched_and_esc_comes_back(window: BedsideWindow):
    every = found(window)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.topbar.search, "nobody")
    page = window.board_page
    assert found(window) == [] and page.stack.currentWidget() is page.unfound
    assert page.unfound.isVisible()
    QTest.keyClick(window.topbar.search, Qt.Key.Key_Escape)
    assert found(window) == every and page.stack.currentWidget() is page.table
    assert page.table.hasFocus()


@pytest.mark.parametrize("number", range(1, 7))
def test_a_page_takes_the_keyboard_when_it_is_shown(window: BedsideWindow, number: int):
    """After Return and Ctrl+4 the focus stayed on the banner, and the keys of the page did nothing."""
    QTest.keyClick(window.board_page.table, Qt.Key.Key_Return)
    key = Qt.Key(Qt.Key.Key_1.value + number)
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    page = window.pages.page
    assert window.pages.index == number
    assert page.isAncestorOf(window.focusWidget())


def test_the_letter_keys_of_the_log_act_after_ctrl_4(window: BedsideWindow):
    QTest.keyClick(window.board_page.table, Qt.Key.Key_Return)
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_T)
    assert window.pages.page.in_round
