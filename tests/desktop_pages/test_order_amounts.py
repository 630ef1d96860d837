"""The column Ordered of the orders: no digit of a dose is cut, no number leaves its unit."""

from datetime import date

import pytest
from msgspec.structs import replace

from bedside.desktop.order_cells import OrderView
from bedside.desktop.order_table import Column, OrderTable
from bedside.desktop.orders_panel import _NARROW, _WIDTHS
from bedside.desktop.whole_table import WholeTable
from bedside.ward.orders import order_board


@pytest.mark.parametrize("wide", [860, 1366])
def test_a_dose_with_many_digits_is_never_cut(qtbot, bench, look, wide):
    """Invented: 2.5 mg per kg × 6.587868 kg is not rounded here; its last digit stands as well."""
    bench.open_epi_1()
    board = order_board(bench.ward, bench.infant)
    rows = [replace(row, dose_words="16.469669 mg, 3 times a day") for row in board.rows]
    table = WholeTable("Orders", look, OrderTable(look), _WIDTHS, mark=22)
    qtbot.addWidget(table)
    table.resize(wide, 400)
    table.show()
    table.model().show_rows(tuple(rows), date(2026, 10, 7))
    table.set_fixed(_WIDTHS if wide > 1000 else _NARROW)
    shown = table.model().index(0, Column.AMOUNT).data()
    assert shown == "(16.469669\u00a0mg, 3\u00a0times a day)"  # a number never leaves its unit
    needed = table.fontMetrics().horizontalAdvance("(16.469669\u00a0mg,")
    assert table.columnWidth(Column.AMOUNT) >= needed + 2 * 5 + 2  # the cell's own sides


def test_the_drugs_name_stands_out_first(qtbot, bench, look):
    """NHS CUI: the generic name is bold, route and day are not; a row has room for the bold words."""
    bench.open_epi_1()
    table = OrderView("Orders", look, OrderTable(look), _WIDTHS, mark=22)
    qtbot.addWidget(table)
    table.resize(860, 400)
    table.show()
    table.model().show_rows(order_board(bench.ward, bench.infant).rows, date(2026, 10, 7))
    cells = table.itemDelegateForColumn(Column.DOSE)
    first = cells.lines(0, 174)[0].runs
    assert [(run.text.strip(), run.weight) for run in first if run.text.strip()] == [
        ("azaCITIDine", "bold"),
        ("intravenous", "text"),
    ]
    table.set_fixed(_NARROW)
    lines = cells.lines(0, table.columnWidth(Column.DOSE))
    assert table.rowHeight(0) >= len(lines) * table.fontMetrics().lineSpacing()
    plain = table.model().index(0, Column.DOSE).data()
    assert plain.startswith("azaCITIDine intravenous\nday 1")  # what is read out and copied
