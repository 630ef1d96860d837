"""A reader may end with Tab: after a code it asks, and pressed again it goes on."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.verify_paper_dialog import VerifyPaperDialog
from bedside.desktop.window import BedsideWindow
from bedside.ward.bands import read_band
from tests.desktop.test_scanning import SAGA, code_of_sheet


def test_tab_after_a_code_asks_and_then_goes_on(qtbot, window: BedsideWindow, tmp_path) -> None:
    infant = read_band(window.ward, SAGA).infant_id
    assert infant is not None
    code = code_of_sheet(window, infant, tmp_path)
    dialog = VerifyPaperDialog(window.ward, window.look, window)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog.code, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.ask_button, "nothing is typed: it only goes on"
    dialog.code.setFocus()
    for _ in range(2):  # a second paper, too
        QTest.keyClicks(dialog.code, code)
        assert dialog.answer is None
        QTest.keyClick(dialog.code, Qt.Key.Key_Tab)
        assert dialog.answer is not None and dialog.answer.verdict == "VALID"
        assert dialog.focusWidget() is dialog.code
    QTest.keyClick(dialog.code, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.ask_button
