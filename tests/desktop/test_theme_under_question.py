"""A key for another theme or size that comes just after a question opened ends neither question nor program."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid

from bedside.desktop.leave_dialog import LeaveDialog
from bedside.desktop.start import station
from bedside.desktop.text_size import change_text_size

COUNTS = 2


def late_key(window, how, seen):
    """Come while the question whether to leave the page is open, then stay."""
    question = QApplication.activeModalWidget()
    assert isinstance(question, LeaveDialog)
    before = window.frame
    if how == "theme":
        window.navigation.theme.click()
    else:
        change_text_size(window, 1)
    seen["same"] = window.frame is before
    seen["said"] = window.frame.status.said.text()
    seen["asks still"] = isValid(question) and question.isVisible()
    if isValid(question):
        QTest.mouseClick(question.back_button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("how", ["theme", "size"])
def test_nothing_is_made_anew_under_an_open_question(window, how):
    window.open_infant(window._board.rows[0].infant_id)
    window.show_page(COUNTS)
    page = window.pages.page
    fields = [one for one in page.form.findChildren(QLineEdit) if one.isVisible()]
    field = next(one for one in fields if not one.text())
    field.setFocus()
    QTest.keyClicks(field, "3")
    assert page.is_dirty()
    seen, look, kept = {}, window.look, station().value("text_percent")
    QTimer.singleShot(0, window, lambda: late_key(window, how, seen))
    stayed = not window.show_page(0)
    typed = field.text() if isValid(field) else "gone"
    if isValid(field):
        field.clear()  # else the window asks when it is closed
    assert stayed and typed == "3"
    assert seen["same"] and seen["asks still"] and "go back first" in seen["said"]
    assert window.look is look and window.pages.page is page
    assert station().value("text_percent") == kept
