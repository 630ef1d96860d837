"""Rows of the other drugs are as high as their words, from the first time they are seen."""

from PySide6.QtWidgets import QApplication

from bedside.desktop.doses_paper import OTHERS
from bedside.desktop.other_drugs_panel import OtherDrugsPanel
from bedside.desktop.where_page import DOSES
from bedside.desktop.window import BedsideWindow


def rows_of(window: BedsideWindow, infant_id: int) -> list[int]:
    window.open_infant(infant_id)
    window.show_page(DOSES)
    window.pages.page.show_part(OTHERS)
    for _ in range(4):
        QApplication.processEvents()
    table = window.pages.page.findChild(OtherDrugsPanel).table
    assert table.isVisible()
    return [table.rowHeight(row) for row in range(table.model().rowCount())]


def test_the_rows_are_not_measured_before_their_columns_have_their_room(
    window: BedsideWindow, infant_of
):
    """When they were first seen each was as high as three lines, and two rows were out of sight."""
    first = rows_of(window, infant_of("8"))
    window.show_board()
    assert first == rows_of(window, infant_of("8"))
    assert len(first) == 7 and min(first) < 30 and max(first) < 40
