"""A table whose words take several lines parts no date and no figure from its unit."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QStandardItem, QStandardItemModel

from bedside.desktop.look import Look
from bedside.desktop.plain_table import PlainTable

_DOSE = "in force: 100 %, 17 mg, from 14-Oct-2026"


@pytest.fixture
def table(qtbot) -> PlainTable:
    made = PlainTable("Doses", Look("light", 150))
    qtbot.addWidget(made)
    model = QStandardItemModel(1, 3, made)
    for column, words in enumerate(("mercaptopurine", _DOSE, "by mouth")):
        model.setItem(0, column, QStandardItem(words))
    made.setModel(model)
    return made


def shown(table: PlainTable) -> str:
    index = table.model().index(0, 1)
    return table.itemDelegateForIndex(index).displayText(index.data(), QLocale.c())


def test_no_line_of_a_cell_ends_amid_a_date_or_a_dose(table: PlainTable):
    assert shown(table) == _DOSE, "one line parts nothing"
    table.grow_rows(30)
    parts = shown(table).split(" ")
    assert "17\u00a0mg," in parts and "14\u2011Oct\u20112026" in parts
    assert table.model().index(0, 1).data() == _DOSE, "the record is as it was"


def test_a_column_takes_no_more_room_than_its_words(table: PlainTable):
    table.set_widths((600, 160))
    table.resize(520, 200)
    table.show()
    words = table.fontMetrics().horizontalAdvance("mercaptopurine")
    assert words < table.columnWidth(0) < words + 40, "it was asked wider than its words"
    assert table.columnWidth(1) > 160 and table.horizontalScrollBar().maximum() == 0
