"""A row that is copied has the hyphens and blanks of a keyboard: other systems find the date in it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.toxicity_model import Column
from bedside.desktop.window import BedsideWindow


def test_the_date_in_a_copied_row_can_be_searched_for(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("2"))
    window.show_page(3)
    QApplication.processEvents()
    table = window.pages.page.table
    shown = table.model().index(0, Column.RECORDED).data()
    assert "\u2011Nov\u20112026" in shown, "on the screen no date is parted at the end of a line"
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "-Nov-2026" in copied and "\u2011" not in copied and "\u00a0" not in copied
    QGuiApplication.clipboard().clear()
