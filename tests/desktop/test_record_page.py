"""The page Record: every act in order, past moments clearly marked, heads of papers; by keys alone."""

from datetime import timedelta
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from bedside.desktop.page_door import RECORD_PAGE
from bedside.desktop.record_model import Column
from bedside.store.records import Measurement
from bedside.ward.ward import SignedIn

WHO = "Dr I. Halvorsen"


@pytest.fixture
def panel(window, infant_of):
    window.show()
    window.open_infant(infant_of("2"))
    QTest.keyClick(window, Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.index == RECORD_PAGE
    QAbstractItemModelTester(
        window.pages.page.panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return window.pages.page.panel


def press(widget, text):
    widget.setFocus()
    QTest.keyClicks(widget, text)


def words(panel, row, column):
    return panel.model.index(row, column).data()


def strike_out_newest_weight(ward, infant_id):
    with ward.store.reading() as reader:
        ((row,),) = reader.exec_driver_sql(
            "SELECT max(id) FROM measurement WHERE infant_id = ? AND voided_at IS NULL",
            (infant_id,),
        ).fetchall()
    with ward.store.change(WHO, "struck out a weight", ward.now()) as change:
        change.void(Measurement, row, "scale not tared")
    return row


def test_the_key_opens_it_and_the_newest_act_comes_first(panel):
    assert panel.table.hasFocus()
    seqs = [line.seq for line in panel.model.lines]
    assert seqs == sorted(seqs, reverse=True)
    first = panel.model.lines[0]
    assert words(panel, 0, Column.WHO) == first.who
    assert words(panel, 0, Column.ACT) == first.act


def test_a_struck_out_weight_is_struck_through_with_who_when_and_why(panel, window):
    row = strike_out_newest_weight(window.ward, window.pages.infant_id)
    window.read_again()
    at = next(
        place
        for place, line in enumerate(panel.model.lines)
        if line.number == row and line.kind == "Weight and length" and not line.is_striking
    )
    kind = panel.model.index(at, Column.KIND)
    assert kind.data(Qt.ItemDataRole.FontRole).strikeOut()
    said = words(panel, at, Column.VALUES)
    assert WHO in said
    assert "scale not tared" in said
    panel.table.selectRow(at)
    assert "scale not tared" in panel.details.accessibleDescription()


def test_search_and_day_are_typed_and_narrow_the_list(panel):
    everything = len(panel.model.lines)
    press(panel.filters.search, "weight and length")
    found = panel.model.lines
    assert 0 < len(found) < everything
    kinds = {line.kind for line in found}  # what a course was opened on names where it comes from
    assert kinds == {"Weight and length", "What a course was opened on"}
    panel.filters.search.clear()
    day = panel.model.lines[0].at
    press(panel.filters.day.edit, f"{day:%d-%b-%Y}")
    assert {line.at.date() for line in panel.model.lines} == {day.date()}
    assert f"of {everything} acts" in panel.filters.count.text()


def test_a_person_is_chosen_from_the_list_by_keys(panel):
    choice = panel.filters.who
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Space)
    QTest.keyClick(choice.view(), Qt.Key.Key_Down)
    QTest.keyClick(choice.view(), Qt.Key.Key_Down)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)
    assert choice.value() in panel.view.people
    assert {line.who for line in panel.model.lines} == {choice.value()}


def test_a_past_moment_is_shown_by_return_marked_and_left_by_its_key(qtbot, panel, window):
    past = window.ward.now() - timedelta(days=60)
    press(panel.date.edit, f"{past:%d-%b-%Y}")
    QTest.keyClick(panel.date.edit, Qt.Key.Key_Return)
    assert panel.time.edit.hasFocus()
    QTest.keyClicks(panel.time.edit, "10:00")
    QTest.keyClick(panel.time.edit, Qt.Key.Key_Return)
    assert panel.past.isVisible()
    assert "AS IT STOOD ON" in panel.past.words.text()
    assert all(line.at <= panel.as_of for line in panel.model.lines)
    seqs = [line.seq for line in panel.model.lines]
    assert seqs == sorted(seqs, reverse=True) and seqs  # newest first, as the sentence below says
    assert panel.table.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not panel.past.isVisible())
    assert panel.as_of is None


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [("20-Nov-2099", "10:00", "future"), ("", "", "Type a date"), ("30-Feb-2026", "10:00", "Feb")],
)
def test_a_moment_that_cannot_be_shown_is_refused_and_stays_typed(
    qtbot, panel, window, day, time, said
):
    press(panel.date.edit, day)
    press(panel.time.edit, time)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: said in panel.refusals.text())
    assert panel.as_of is None
    assert panel.date.text() == day


def test_a_head_from_a_paper_is_looked_for(qtbot, panel, window):
    press(panel.head, window.ward.store.audit_head()[:16])
    QTest.keyClick(panel.head, Qt.Key.Key_Return)
    assert "In this ward's trail" in panel.found.text()
    panel.head.clear()
    press(panel.head, "0123 4567")
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "NOT in this ward's trail" in panel.found.text())


def test_another_infant_s_record_begins_anew(panel, window, infant_of):
    press(panel.filters.search, "weight")
    panel.date.set_value(window.ward.today())
    panel.time.set_text("00:01")
    panel.show_past()
    window.show_board()
    window.open_infant(infant_of("4"))
    window.show_page(RECORD_PAGE)
    assert panel.filters.text == ""
    assert panel.as_of is None
    assert not panel.past.isVisible()


def test_the_ward_s_record_has_a_door_and_is_for_some_roles(qtbot, window):
    window.show()
    QTest.keyClick(window, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.frame.record is not None)
    page = window.frame.record
    assert window.stack.currentWidget() is page
    assert window.navigation.record.isChecked()
    assert "Setting" in {line.kind for line in page.panel.model.lines}
    window.ward.signed_in = SignedIn(1, "E. Berg, RN", ("nurse",))
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert page.panel.model.rowCount() == 0
    assert "read the ward's own record" in page.panel.refusals.text()
    assert page.panel.table.empty_words == ""  # it is not that nothing is recorded
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.frame.on_list)


def test_it_opens_at_once(panel):
    began = perf_counter()
    panel.refresh()
    assert perf_counter() - began < 1
