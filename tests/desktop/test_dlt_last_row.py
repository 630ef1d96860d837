"""The DLT ledger never shows a slice of a row at its lower edge."""

from PySide6.QtWidgets import QApplication

from bedside.desktop.window import BedsideWindow

_DLT = 4


def test_the_last_row_is_whole_or_told(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("2"))
    window.show_page(_DLT)
    QApplication.processEvents()
    table = window.pages.page.table
    row = table.cut_row()
    assert row is not None
    drawn = table.viewport().grab().toImage()
    top = table.rowViewportPosition(row)
    surface = table.look.colour("surface").rgb()
    middle = drawn.width() // 2  # right of the words that say how many there are
    assert {drawn.pixel(x, top + 2) for x in range(middle, drawn.width() - 2)} == {surface}
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    assert table.cut_row() is None
    last = table.model().rowCount() - 1
    assert table.rowViewportPosition(last) + table.rowHeight(last) <= table.viewport().height()
