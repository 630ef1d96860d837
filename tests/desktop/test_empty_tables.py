"""A table without rows says in a sentence what that means and what to do; one with rows cuts no words."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from bedside.desktop.look import Look
from bedside.desktop.plain_table import PlainTable
from tests.desktop.cut_text import cut_in
from tests.desktop.infant_dialogs import InfantDialogs, shown
from tests.desktop.test_cut_text import settle

ELSEWHERE = {"Printed papers, newest first"}


def silent(holder: QWidget) -> list[str]:
    """The tables in it that would be a white field without a word."""
    return [
        table.accessibleName()
        for table in holder.findChildren(PlainTable)
        if not table.accessibleDescription()
    ]


@pytest.mark.parametrize("name", ["MaintenanceDialog", "ExposureDialog"])
def test_every_table_of_a_form_has_its_sentence(window, name):
    dialog, _ = InfantDialogs(window).make(name)
    with shown(dialog):
        settle()
        assert silent(dialog) == []


def test_the_tables_of_the_wards_own_pages_have_their_sentence(window):
    for show in (
        window.show_cohort,
        window.frame.show_backup,
        window.frame.show_record,
        window.show_site,
    ):
        show()
        settle()
        page = window.stack.currentWidget()
        assert page.findChildren(PlainTable) and silent(page) == []
    window.show_protocols()
    window.stack.currentWidget().show_view(1)
    assert silent(window.stack.currentWidget()) == []


def test_the_sentence_is_drawn_where_there_is_no_row(qtbot, look: Look):
    """Drawn means: pixels of it are there, and they go with the first row."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel

    model = QStandardItemModel(0, 2)
    table = PlainTable("Copies", look)
    table.setModel(model)
    qtbot.addWidget(table)
    table.resize(420, 120)
    table.show()
    blank = table.viewport().grab().toImage()
    table.when_empty("No copy is kept yet: make the first one now.")
    table.viewport().update()
    said = table.viewport().grab().toImage()
    assert said != blank
    model.appendRow([QStandardItem(""), QStandardItem("")])
    model.clear()
    table.when_empty("")
    assert table.viewport().grab().toImage() == blank
    assert cut_in(table) == []


def test_a_wrapped_cell_is_as_high_as_its_words(qtbot, look: Look):
    """The last line, with the worst grade, was cut where the words just filled the cell's whole width."""
    words = "Mucositis oral, grade 2; Vomiting, grade 1; 4 of the laboratory, worst grade 4"
    model = QStandardItemModel(1, 2)
    model.setItem(0, 0, QStandardItem(words))
    table = PlainTable("Toxicities", look)
    table.setModel(model)
    table.grow_rows(26)
    table.resize(700, 300)
    qtbot.addWidget(table)
    table.show()
    metrics, flags = table.fontMetrics(), int(Qt.TextFlag.TextWordWrap)
    for wide in range(120, 360, 4):
        table.setColumnWidth(0, wide)
        table.resizeRowsToContents()
        room = QRect(0, 0, wide - 16, 1000)  # less the padding of 5 and the margin of 3, twice
        assert table.rowHeight(0) >= metrics.boundingRect(room, flags, words).height(), wide
