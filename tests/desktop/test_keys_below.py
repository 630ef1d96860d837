"""Keys of the window while a dialog lies over it: none of them fails silently."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QToolTip

from bedside.desktop.cohort_page import CohortPage
from bedside.desktop.site_dialog import SiteDialog
from bedside.desktop.weight_dialog import WeightDialog
from bedside.ward.infants import banner

CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def over(window, open_it: Callable[[], None], act: Callable[[QDialog], None]) -> None:
    """Open a dialog as a person does, act on it in its own loop, and let it go."""
    fault: list[AssertionError] = []

    def at_work() -> None:
        dialog = QApplication.activeModalWidget()
        try:
            act(dialog)
        except AssertionError as raised:
            fault.append(raised)
        if dialog.isVisible():
            dialog.is_dirty = lambda: False
            dialog.reject()

    QTimer.singleShot(150, window, at_work)
    open_it()
    QTest.qWait(50)
    if fault:
        raise fault[0]


@pytest.mark.parametrize("door", ["edit_site", "show_keys"])
def test_a_page_like_dialog_makes_room_for_the_page_that_is_asked_for(window, infant_of, door):
    """Finding: F-keys and Ctrl+1 did nothing, silently, while Site stood open."""
    window.open_infant(infant_of("3"))
    window.show_page(0)
    over(window, getattr(window, door), lambda at: QTest.keyClick(at, Qt.Key.Key_2, CTRL))
    assert QApplication.activeModalWidget() is None
    assert window.frame.on_patient and window.pages.index == 1


def test_a_doors_own_key_works_over_a_page_like_dialog(window):
    over(window, window.show_keys, lambda at: QTest.keyClick(at, Qt.Key.Key_F8))
    assert isinstance(window.stack.currentWidget(), CohortPage)


def test_typed_settings_are_not_left_and_the_key_says_why(window):
    said: list[str] = []

    def type_and_press(dialog: QDialog) -> None:
        assert isinstance(dialog, SiteDialog)
        QTest.keyClicks(dialog.ward_name, "x")
        QTest.keyClick(dialog.ward_name, Qt.Key.Key_F8, PLAIN)
        said.append(QToolTip.text())
        assert dialog.isVisible()

    over(window, window.edit_site, type_and_press)
    assert said == ["F8 is a key of the window below. Go back first (Esc), then press it."]
    assert window.stack.findChild(CohortPage) is None


def test_a_form_of_an_infant_stays_and_the_key_says_why(window, infant_of):
    window.open_infant(infant_of("3"))
    said: list[str] = []

    def press(dialog: QDialog) -> None:
        assert isinstance(dialog, WeightDialog)
        QTest.keyClick(dialog, Qt.Key.Key_3, CTRL)
        said.append(QToolTip.text())
        QTest.keyClick(dialog, Qt.Key.Key_F35)  # nobody's key
        assert dialog.isVisible()

    def weigh() -> None:
        WeightDialog(
            window.ward, window.look, window.session, banner(window.ward, infant_of("3")), window
        ).exec()

    over(window, weigh, press)
    assert said == ["Ctrl+3 is a key of the window below. Go back first (Esc), then press it."]
