"""The round in the whole window: Esc goes back one step, and its keys act when one comes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.window import ROUND_PAGE, BedsideWindow
from bedside.ward.board import board
from bedside.ward.toxicity_round import round_of


@pytest.fixture
def in_round(window: BedsideWindow) -> BedsideWindow:
    """The window in the round of an infant with an open toxicity that a person grades."""
    every = (row.infant_id for row in board(window.ward).rows)
    infant = next(one for one in every if round_of(window.ward, one).items)
    window.open_infant(infant)
    window.show_page(ROUND_PAGE)
    press(window, Qt.Key.Key_T)
    return window


def press(window: BedsideWindow, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    """A real key, wherever the keyboard is."""
    QTest.keyClick(window.focusWidget() or window, key, held or Qt.KeyboardModifier.NoModifier)
    QApplication.processEvents()


def leaves_nobody_asked(window: BedsideWindow) -> bool:
    return QApplication.activeModalWidget() is None and window.frame.on_patient


def test_esc_in_a_question_of_the_round_goes_back_one_step(in_round):
    """It used to open the window's "Typed, not recorded"."""
    page = in_round.pages.page
    line = next(one for one in page.round.opens if one._possible("W"))
    page.round.current.go_to(line)
    press(in_round, Qt.Key.Key_W)
    assert line.asks() and page.is_dirty()
    press(in_round, Qt.Key.Key_Escape)
    assert not line.asks() and line.answer is None and not page.is_dirty()
    assert leaves_nobody_asked(in_round) and page.in_round
    assert page.round.current.line() is line


def test_esc_held_down_goes_back_one_step_only(in_round):
    page = in_round.pages.page
    line = next(one for one in page.round.opens if one._possible("W"))
    page.round.current.go_to(line)
    press(in_round, Qt.Key.Key_W)
    for _ in range(3):  # pressed, and repeated before it is let go
        QTest.keyPress(in_round.focusWidget(), Qt.Key.Key_Escape)
        QApplication.processEvents()
    QTest.keyRelease(in_round.focusWidget(), Qt.Key.Key_Escape)
    assert leaves_nobody_asked(in_round) and page.in_round


def test_on_coming_back_the_keys_of_the_round_act_at_once(in_round):
    """T, Esc to the ward, Return, Ctrl+4: the round stood there, and P, A, Ins did nothing."""
    page = in_round.pages.page
    press(in_round, Qt.Key.Key_Down)
    name = page.round.current.line().name
    press(in_round, Qt.Key.Key_Escape)
    assert in_round.frame.on_list
    press(in_round, Qt.Key.Key_Return)
    assert in_round.frame.on_patient
    press(in_round, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert in_round.pages.page is page and page.in_round
    line = page.round.current.line()
    assert line.name == name and line.property("current")
    press(in_round, Qt.Key.Key_P)
    assert not page.in_round and in_round.focusWidget() is page.table
