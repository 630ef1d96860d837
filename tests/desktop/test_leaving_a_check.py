"""Leaving a blind second check, by real keys: a count that is typed is thrown away only when one says so."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.page_door import every_door
from bedside.desktop.window import BedsideWindow
from bedside.store.check_records import FirstCount
from tests.desktop.locked_window import press
from tests.desktop.test_second_check_page import (
    click,
    everything_said,
    rows,
    through_the_door,
    type_figures,
)


@pytest.fixture
def infant(infant_of):
    return infant_of("3")


@pytest.fixture
def window(qtbot, ward, look, session):
    """An open check is left before the window closes, so that nobody is asked."""
    made = BedsideWindow(ward, look, session, every_door())
    qtbot.addWidget(made, before_close_func=lambda window: window.frame.end_check())
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def opened(window, infant):
    return through_the_door(window, infant)


def leave_by(answer, *keys):
    """Press these keys; the question that comes is answered by Return; return what it said."""
    asked = []

    def reply():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        asked.append(dialog.accessibleDescription())
        if answer is THROW:
            dialog.leave_button.setFocus()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        if QApplication.activeModalWidget() is dialog:
            dialog.reject()

    QTimer.singleShot(0, reply)
    for key in keys:
        QTest.keyClick(QApplication.activeWindow().focusWidget(), key)
    QApplication.processEvents()
    return asked


STAY, THROW = "stay", "throw"


def test_leaving_puts_everything_back(window, infant, opened):
    type_figures(opened, "5.4", "13.5")
    assert leave_by(THROW, Qt.Key.Key_Escape)
    assert window.frame.blind is None and window.frame.on_patient
    assert window.navigation.isEnabled() and window.topbar.search.isEnabled()
    click(window.pages.page.figures.button)
    said = " | ".join(everything_said(window))
    assert "13.5 mg" in said and "Second check, blind" not in said
    assert window.show_page(0) and window.show_board()


def test_tab_goes_from_the_figures_to_who_signs_and_last_to_leaving(window, opened):
    """Tab after the volume led to Leave: a passphrase typed there threw three counts away."""
    opened.count.weight.field.edit.setFocus()
    for figure in ("5.4", "13.5", "1.35"):
        QTest.keyClicks(window.focusWidget(), figure)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is opened.who.name
    for follows in (opened.count.compare_button, opened.count.leave_button):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is follows
    (asked,) = leave_by(STAY, Qt.Key.Key_Space)
    assert asked.startswith("Leaving throws away") and window.frame.blind is not None
    assert opened.count.volume.field.text() == "1.35"


def test_a_letter_of_no_field_is_answered_once_and_by_the_check(window, opened):
    """Alt+D, meant for the dose, was also answered by "go to the ward list"."""
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert opened.refusals.text().startswith("A second check is open: leave it first")
    assert not window.status.said.isVisible() and window.frame.blind is not None


def test_an_empty_check_is_not_named_as_typed(window, opened):
    assert window.status.drafts.text() == ""
    opened.count.weight.field.edit.setFocus()
    QTest.keyClicks(window.focusWidget(), "5.4")
    assert "Second check, blind" in window.status.drafts.text()
    assert leave_by(THROW, Qt.Key.Key_Escape)


def test_esc_keeps_nothing(window, ward, infant, opened):
    press(window, Qt.Key.Key_Escape)
    assert window.frame.blind is None, "nothing is typed, so nothing is asked"
    type_figures(through_the_door(window, infant), "5.4", "13.5", "1.35")
    assert leave_by(THROW, Qt.Key.Key_Escape)
    assert window.frame.blind is None and rows(ward, FirstCount) == []
    page = through_the_door(window, infant)
    assert all(entry.field.is_empty() for entry in page.count.entries)
