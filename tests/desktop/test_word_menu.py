"""Menus by real keys and by their pixels: letters choose, and every line is read easily in both themes."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.look import Look
from bedside.desktop.word_menu import WordMenu
from tests.desktop.test_contrast import contrast


def menu_of(look: Look, names: list[str], taken: list[str]) -> WordMenu:
    """A menu of one-of choices; what is chosen is kept in `taken`."""
    made = WordMenu(look, "Languages")
    group = made.one_of()
    for name in names:
        made.add_choice(name, lambda name=name: taken.append(name), chosen=False, group=group)
    return made


@pytest.mark.parametrize(
    ("names", "typed", "chosen"),
    [
        (["English", "Deutsch"], "d", "Deutsch"),
        (["100 %", "110 %", "125 %", "150 %"], "12", "125 %"),
        (["Interfant-06", "AALL15P1", "A & B"], "a &", ""),
        (["English", "Deutsch"], "x", ""),
    ],
)
def test_a_letter_chooses_the_line_that_begins_with_it(qtbot, look, names, typed, chosen):
    taken: list[str] = []
    menu = menu_of(look, names, taken)
    qtbot.addWidget(menu)
    menu.popup(menu.pos())
    QTest.keyClicks(menu, typed)
    assert taken == ([chosen] if chosen else [])
    assert menu.isVisible() == (not chosen)
    menu.close()


def test_where_several_begin_alike_the_letter_goes_from_one_to_the_next(qtbot, look):
    menu = menu_of(look, ["Induction", "Interim", "Protocol M"], [])
    qtbot.addWidget(menu)
    menu.popup(menu.pos())
    seen = []
    for _ in range(3):
        menu._since.invalidate()  # a second later
        QTest.keyClicks(menu, "i")
        seen.append(menu.activeAction().text())
    assert seen == ["Induction", "Interim", "Induction"]
    menu.close()


def test_home_and_end_go_to_the_first_and_the_last_line(qtbot, look):
    menu = WordMenu(look, "Sizes")
    qtbot.addWidget(menu)
    menu.add_heading("Text")
    first = menu.add_choice("100 %", lambda: None, chosen=True)
    menu.add_choice("125 %", lambda: None, chosen=False)
    last = menu.add_choice("German", lambda: None, chosen=False)
    menu.popup(QPoint(0, 0))
    QTest.keyClick(menu, Qt.Key.Key_End)
    assert menu.activeAction() is last
    QTest.keyClick(menu, Qt.Key.Key_Home)
    assert menu.activeAction() is first
    menu.close()


def test_one_of_a_group_is_chosen_and_may_be_none(qtbot, look):
    menu = WordMenu(look, "Filter")
    qtbot.addWidget(menu)
    group = menu.one_of(may_be_none=True)
    one = menu.add_choice("One", menu.close, chosen=True, group=group)
    other = menu.add_choice("Other", menu.close, chosen=False, group=group)
    other.trigger()
    assert (one.isChecked(), other.isChecked()) == (False, True)
    other.trigger()
    assert (one.isChecked(), other.isChecked()) == (False, False)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("active", [False, True])
def test_the_words_of_a_menu_are_seen_in_each_theme(qtbot, theme, active):
    """Measured on the picture itself: the ground of a line against the ink farthest from it."""
    look = Look(theme)
    menu = menu_of(look, ["Deutsch", "English"], [])
    qtbot.addWidget(menu)
    menu.setStyleSheet(look.style_sheet() + menu.styleSheet())
    line = menu.actions()[0]
    if active:
        menu.setActiveAction(line)
    menu.resize(menu.sizeHint())
    QApplication.processEvents()
    picture = menu.grab(menu.actionGeometry(line)).toImage()
    ground = picture.pixelColor(picture.width() - 6, picture.height() // 2).name()
    assert ground == look.colour("accent_tint" if active else "surface").name()
    right = range(picture.width() // 3, picture.width() - 6)
    inks = {picture.pixelColor(x, y).name() for x in right for y in range(6, picture.height() - 6)}
    assert max(contrast(ink, ground) for ink in inks) >= 4.5


def test_d_chooses_german_from_the_door_of_the_text(qtbot, window, monkeypatch):
    chosen: list[str] = []
    monkeypatch.setattr(
        "bedside.desktop.language_menu.choose_language", lambda _window, one: chosen.append(one)
    )
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_D)
    assert chosen == ["de"]
