"""What was typed is thrown away for a second check: afterwards page, tab and banner belong together."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.desktop.locked_window import press
from tests.desktop.test_second_check_page import (  # noqa: F401 (fixtures)
    DOSES,
    OTHER_FIRST,
    SECOND,
    count_first,
    infant,
    name,
    through_the_door,
    type_figures,
    window,
)


def active(widget):
    """Give the keyboard back after a dialog, as a window manager does."""
    widget.activateWindow()
    assert QTest.qWaitForWindowActive(widget)


def said_on(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_page_of_the_tab_is_there_again_and_takes_what_is_typed(window, infant, answer):  # noqa: F811
    count_first(window, infant, "5.4", "13.5", "1.35")
    thrown = window.pages.page
    thrown.vial.time.edit.setFocus()
    QTest.keyClicks(thrown.vial.time.edit, "10:40")
    asked = answer(lambda dialog: QTest.keyClick(dialog.throw_button, Qt.Key.Key_Space))
    QTest.keyClick(thrown.vial.check_button, Qt.Key.Key_Space)
    assert asked.asked == 1
    page = window.frame.blind.page
    type_figures(page, "5.4", "13.5", "1.35")
    name(page, SECOND)
    QTest.keyClick(page.count.compare_button, Qt.Key.Key_Space)
    assert page.result.headline.text().startswith("Matched"), page.refusals.text()
    active(window)
    press(window, Qt.Key.Key_Return)
    assert window.frame.blind is None
    shown = window.pages.stack.currentWidget()
    assert window.pages.tabs.currentIndex() == window.pages.index == DOSES
    assert shown is window.pages.page and shown is not thrown and shown.isVisible()
    assert shown.accessibleName() == "Doses and papers"
    banner = said_on(window.band)
    assert "5.4 kg" in banner and "hidden" not in banner
    there = QApplication.focusWidget()
    assert shown.isAncestorOf(there)


def test_a_tab_that_lost_its_page_opens_again_by_its_own_key(window, infant, answer):  # noqa: F811
    """Leaving is asked first and may be refused afterwards: the key of the same page still works."""
    window.open_infant(infant)
    window.show_page(DOSES)
    page = window.pages.page
    page.vial.time.edit.setFocus()
    QTest.keyClicks(page.vial.time.edit, "10:40")
    asked = answer(lambda dialog: QTest.keyClick(dialog.throw_button, Qt.Key.Key_Space))
    assert window.pages.may_leave_page() and asked.asked == 1
    active(window)
    press(window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.page is not None and window.pages.page is not page
    assert window.pages.page.vial.time.is_empty()


def test_keys_that_do_nothing_on_a_result_say_so(window, infant):  # noqa: F811
    count_first(window, infant, *OTHER_FIRST)
    page = through_the_door(window, infant)
    type_figures(page, "5.4", "13.5", "1.35")
    press(window, Qt.Key.Key_F10)
    assert "Esc" in page.refusals.text()  # while somebody counts, too
    name(page, SECOND)
    QTest.keyClick(page.count.compare_button, Qt.Key.Key_Space)
    assert page.result.headline.text().startswith("Not matched")
    control = Qt.KeyboardModifier.ControlModifier
    for key, held in (
        (Qt.Key.Key_0, control),
        (Qt.Key.Key_Minus, control),
        (Qt.Key.Key_F, control),
        (Qt.Key.Key_F10, Qt.KeyboardModifier.NoModifier),
    ):
        page.refusals.show_reasons(())
        press(window, key, held)
        assert "does nothing" in page.refusals.text() and "Leave" in page.refusals.text(), key
    assert page.result is not None and window.frame.blind is not None
    press(window, Qt.Key.Key_Escape)
    assert window.frame.blind is None
