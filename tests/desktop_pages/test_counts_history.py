"""The history of the counts: trend and table side by side, corrections in the open, drafts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester, QTest

from bedside.desktop.counts_page import CountsPage
from bedside.desktop.counts_table import Column, CountsTable
from bedside.desktop.page_door import every_door
from bedside.desktop.patient_pages import PatientPages
from bedside.desktop.reason_dialog import ReasonDialog
from bedside.units.writer import write_number
from tests.desktop_pages.page_driving import answering, fill_count, in_frame, type_into
from tests.desktop_pages.page_samples import counts_view

NNBSP = "\u202f"


@pytest.fixture
def page(counts):
    return counts


def test_typed_count_never_appears_with_another_infant(qtbot, page, bench, look, session):
    """H25: the frame sets a page with typed text aside; in the frame nothing crosses over."""
    first = bench.infant
    pages = PatientPages(bench.ward, look, session, every_door())
    in_frame(qtbot, pages)
    pages.show_infant(first, 2)
    type_into(pages.page.form.lines["wbc"].field.edit, "2.0")
    pages.page.leave_button.click()
    assert pages.index == 0
    assert [(infant, title) for infant, title in pages.drafts()] == [(first, "Counts")]
    other = bench.enrol(family="ANDERS", hospital_number="T 002", bed="2", study_number="15P1-T002")
    pages.show_infant(other, 2)
    assert pages.page.form.lines["wbc"].field.text() == ""
    pages.show_infant(first, 2)
    assert pages.page.form.lines["wbc"].field.text() == "2.0"


def test_striking_out_needs_a_reason_and_keeps_the_row_visible(qtbot, page, bench):
    """H29: the first value stays readable, struck through, with its reason."""
    page.show_table(True)
    page.table.setCurrentIndex(page.model.index(0, 0))
    rows = page.model.rowCount()

    def give_reason(dialog: ReasonDialog) -> None:
        assert not dialog.act.isEnabled()
        assert dialog.back.isDefault()
        QTest.keyClicks(dialog.reason, "slip of another infant")
        dialog.act.click()

    answering(qtbot, page.void_button.click, give_reason)
    assert page.model.rowCount() == rows
    assert page.model.index(0, Column.STRUCK_OUT).data() == "slip of another infant"
    font = page.model.index(0, Column.ANC).data(Qt.ItemDataRole.FontRole)
    assert isinstance(font, QFont) and font.strikeOut()
    assert page.model.index(0, Column.ANC).data() == "640"
    assert not page.void_button.isEnabled()
    assert page.trend.focused_row is None


def test_going_back_from_the_reason_strikes_nothing_out(qtbot, page):
    page.show_table(True)
    page.table.setCurrentIndex(page.model.index(0, 0))
    answering(qtbot, page.void_button.click, lambda dialog: dialog.back.click())
    assert page.model.index(0, Column.STRUCK_OUT).data() == ""


def test_alt_t_shows_the_table_at_the_count_under_the_line(qtbot, page):
    page.trend.setFocus()
    QTest.keyClick(page.trend, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)
    row = page.model.count_at(page.table.currentIndex().row())
    assert row.count_id == page.trend.focused_row.count_id
    QTest.keyClick(page.table, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 0)


def test_table_holds_every_count_of_the_trend_and_the_struck_out_ones(qapp, look):
    model = CountsTable(look.colour("quiet"))
    view = counts_view()
    model.show_view(view)
    assert model.rowCount() == len(view.rows)
    shown = [model.index(row, Column.ANC).data() for row in range(model.rowCount())]
    assert shown == [write_number(row.anc_per_ul) for row in reversed(view.rows)]
    assert "0" in shown
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_last_value_and_how_many_times_it_is_now_stand_beside_the_field(page):
    assert page.form.last_head.text() == "Last, 07-Oct-2026 08:00"
    assert page.form.lines["platelets"].last.text() == f"41{NNBSP}000 per µL"
    fill_count(page, platelets="410")
    assert page.form.lines["platelets"].last.text() == f"41{NNBSP}000 per µL, now 10 times"


def test_a_value_that_hardly_moved_is_about_the_same(page):
    """The words “now 1 times” say nothing."""
    fill_count(page, platelets="42")
    assert page.form.lines["platelets"].last.text() == f"41{NNBSP}000 per µL, now about the same"


def test_without_any_count_nothing_is_compared(qtbot, bench, look, session):
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 8, 8, 0)
    page = CountsPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    assert page.form.last_head.text() == "Last: none recorded"
    assert page.trend.focused_row is None
    page.trend.grab()
    page.show_table(True)
    assert page.model.rowCount() == 0
    assert not page.void_button.isEnabled() or page.void_chosen() is None
