"""The page of shortcuts: what it lists the window answers, and what the window answers it lists."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from bedside.desktop.act_words import LOCAL_KEYS
from bedside.desktop.acts import LOCK_KEY
from bedside.desktop.choice import Choice
from bedside.desktop.key_sections import key_sections
from bedside.desktop.keys_dialog import KeysDialog, in_columns
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.timeline_page import TimelinePage
from bedside.desktop.window import BedsideWindow
from tests.desktop.locked_window import press, sign_in
from tests.ward.peopled import BERG


def listed(window: BedsideWindow, *places: int) -> set[str]:
    """The keys of these sections, as Qt spells them."""
    sections = key_sections(window)
    chosen = [sections[at] for at in places] if places else sections
    return {QKeySequence(key).toString() for _, rows in chosen for _, keys in rows for key in keys}


def answered(window: BedsideWindow) -> set[str]:
    """Every shortcut that the window answers now, whatever is in sight."""
    found = {one.key().toString() for one in window.findChildren(QShortcut)}
    found |= {
        button.shortcut().toString()
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() or button is window.not_saved.away
    }
    return found - {""}


@pytest.mark.parametrize("page", [None, *range(8)])
def test_what_the_window_answers_is_listed(qtbot, window: BedsideWindow, infant_of, page):
    if page is not None:
        window.open_infant(infant_of("4"))
        window.show_page(page)
    qtbot.wait(5)
    assert answered(window) - listed(window) == set()


def test_what_is_listed_the_window_answers(qtbot, window: BedsideWindow, infant_of):
    """The other way round: everywhere, and the pages of an infant."""
    window.open_infant(infant_of("4"))
    qtbot.wait(5)
    sections = [title for title, _ in key_sections(window)]
    assert sections[:3] == ["Everywhere", "On this page: Where are we", "With an infant"]
    wanted = listed(window, 0, 1, 2) - {LOCK_KEY}
    assert wanted - answered(window) == set()
    assert len(listed(window, 2)) == len(window.doors) == 8


def test_the_lock_key_is_the_one_that_is_listened_for(locked):
    sign_in(locked, BERG)
    assert LOCK_KEY == "Ctrl+L" and not locked.locking.locked
    press(locked, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert locked.locking.locked


def test_f1_shows_them_all(qtbot, window: BedsideWindow, infant_of, answer):
    window.open_infant(infant_of("4"))
    seen: list[str] = []

    def act(dialog):
        assert isinstance(dialog, KeysDialog)
        seen.extend(made.text() for made in dialog.findChildren(QLabel))
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    asked = answer(act)
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: asked.asked == 1, timeout=2000)
    for title, rows in key_sections(window):
        assert title in seen
        for words, keys in rows:
            assert words in seen and set(keys) <= set(seen)


def test_columns_are_about_as_high():
    sections = [(str(at), (("words", ("F1",)),) * rows) for at, rows in enumerate((18, 6, 8, 2, 4))]
    columns = in_columns(sections, 3)
    assert [title for part in columns for title, _ in part] == ["0", "1", "2", "3", "4"]
    assert [sum(len(rows) for _, rows in part) for part in columns] == [18, 14, 6]


# ---- the keys of parts: each is pressed


def local(words: str) -> tuple[str, ...]:
    return next(keys for _, rows in LOCAL_KEYS for said, keys in rows if said == words)


def test_every_key_of_a_part_is_proved_here():
    proved = {
        "Move the row",
        "Open what the row is about",
        "Next and previous part",
        "Next field (a scanner's Return, too)",
        "Open a list of choices",
        "The button in hand",
        "The button with the underlined letter",
        "Dose before, dose after",
        "Lane above, lane below",
        "Zoom in, zoom out",
        "Next fever",
        "Next MRD time point or transplant",  # tests/desktop_pages/test_timeline_milestones.py
        "Next course, course before",  # tests/desktop/test_timeline_open.py
        "Take the dose or course, to give it later",  # tests/desktop_pages/test_timeline_moving.py
        "Hold it over another day, another week",  # there
        "See what would move, give it back",  # there
        "Take an answer back, this one or the last",  # test_round_taken_back
        "Second check of the order in focus",  # tests/desktop_pages/test_orders_checked.py
        "On to the parts, then to what they say",  # tests/desktop/test_protocols_page.py
        "Back to the facts, then to where you were",  # there
    }
    assert {str(words) for _, rows in LOCAL_KEYS for words, _ in rows} == proved


def test_lists_move_and_open(window: BedsideWindow):
    table = window.board_page.table
    assert local("Move the row") == ("↑", "↓") and local("Open what the row is about") == ("Enter",)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 1
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert table.currentIndex().row() == 0
    QTest.keyClick(table, Qt.Key.Key_Enter)
    assert window.frame.on_patient


def test_tab_and_return_go_on(qtbot, window: BedsideWindow):
    window.board_page.table.setFocus()
    QTest.keyClick(window.board_page.table, Qt.Key.Key_Tab)
    there = window.focusWidget()
    assert there is not window.board_page.table
    QTest.keyClick(there, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is window.board_page.table
    field = PlainEdit("a field")
    gone = []
    field.goes_on = lambda: gone.append(1)
    qtbot.addWidget(field)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert gone == [1]


def test_a_list_of_choices_opens(qtbot, look, monkeypatch):
    for key in (Qt.Key.Key_Space, Qt.Key.Key_F4):
        choice = Choice("what", (("one", "One"), ("two", "Two")), look)
        qtbot.addWidget(choice)
        shown = []
        monkeypatch.setattr(choice, "showPopup", lambda shown=shown: shown.append(1))
        QTest.keyClick(choice, key)
        assert shown == [1]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_return_and_space_press_the_button_in_hand(qtbot, window: BedsideWindow, infant_of, key):
    window.open_infant(infant_of("4"))
    qtbot.wait(5)
    page = window.pages.page
    pressed = []
    page.counts_button.clicked.connect(lambda: pressed.append(1))
    page.counts_button.setFocus()
    held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)
    if key != Qt.Key.Key_Space:
        QApplication.sendEvent(page.counts_button, held)
        assert pressed == []  # a key that is held down presses nothing twice
    QTest.keyClick(page.counts_button, key)
    assert pressed == [1]


def test_alt_and_the_letter_press_the_button(qtbot, window: BedsideWindow, infant_of):
    window.open_infant(infant_of("4"))
    qtbot.wait(5)
    button = window.pages.page.counts_button
    assert "&o" in button.text().lower()
    QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.pages.index == 2, timeout=2000)


def test_the_timeline_answers(window: BedsideWindow, infant_of, monkeypatch):
    window.open_infant(infant_of("5"))
    window.show_page(1)
    page = window.pages.page
    assert isinstance(page, TimelinePage)
    canvas = page.canvas
    canvas.setFocus()
    begun = canvas.focus
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    after = canvas.focus
    assert after != begun
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.focus != begun
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    zoom = canvas.zoom
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom != zoom
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom == zoom
    stepped = []
    monkeypatch.setattr(canvas, "step_fever", lambda: stepped.append(1))
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert stepped == [1]
