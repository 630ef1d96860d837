"""Reducing a dose in the window: typed, seen before and after, recorded, ended."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.doses_page import DosesPage
from bedside.ward.facts import facts_of
from tests.desktop_pages.page_driving import answering, in_frame


@pytest.fixture
def page(qtbot, bench, look, session) -> DosesPage:
    bench.open_epi_1()
    made = DosesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def fill(dialog, percent: str = "80") -> None:
    dialog.course.choose("epi-1")
    dialog.drug.choose("azacitidine")
    for edit, text in (
        (dialog.percent.edit, percent),
        (dialog.ordered_by, "Dr Okonjo"),
        (dialog.reason, "mucositis"),
    ):
        edit.setFocus()
        QTest.keyClicks(edit, text)


def test_the_door_shows_the_dose_before_and_after_and_records_it(qtbot, bench, page):
    def order(dialog) -> None:
        assert dialog.back_button.isDefault()
        assert dialog.from_day.text() == "1"
        dialog.act_button.click()
        assert "Choose course and drug" in dialog.refusals.text()
        fill(dialog)
        model = dialog.table.model()
        assert [model.index(0, column).data() for column in (1, 2)] == ["15.5 mg", "12.4 mg"]
        assert "80\u00a0%" in dialog.steps.text() or "80 %" in dialog.steps.text()
        assert dialog.is_dirty()
        QTest.keyClick(dialog.act_button, Qt.Key.Key_Space)

    answering(qtbot, page.orders.reduce_button.click, order)
    assert "12.4 mg" in page.dose.texts()
    (row,) = facts_of(bench.ward, bench.infant).reductions
    assert row.reason == "mucositis"


def test_going_back_records_nothing(qtbot, bench, page):
    answering(qtbot, page.orders.reduce_button.click, lambda dialog: dialog.back_button.click())
    assert facts_of(bench.ward, bench.infant).reductions == ()


def test_a_share_that_cannot_be_meant_is_said_at_once_and_stays_typed(qtbot, bench, page):
    def order(dialog) -> None:
        fill(dialog, "0")
        assert "more than 0" in dialog.against.text()
        dialog.act_button.click()
        assert dialog.percent.text() == "0"
        dialog.is_dirty = lambda: False

    answering(qtbot, page.orders.reduce_button.click, order)
    assert facts_of(bench.ward, bench.infant).reductions == ()


def test_one_that_stands_is_ended_from_its_own_button(qtbot, bench, page):
    def order(dialog) -> None:
        fill(dialog)
        dialog.act_button.click()

    answering(qtbot, page.orders.reduce_button.click, order)

    def last_day(dialog) -> None:
        dialog.act_button.click()
        assert "whole number" in dialog.refusals.text()
        QTest.keyClicks(dialog.last_day.edit, "0")
        QTest.keyClicks(dialog.reason, "wrong infant")
        dialog.act_button.click()

    def end(dialog) -> None:
        (button,) = dialog.end_buttons
        answering(qtbot, button.click, last_day)
        assert dialog.end_buttons == []

    answering(qtbot, page.orders.reduce_button.click, end)
    assert facts_of(bench.ward, bench.infant).reductions == ()
    assert "15.5 mg" in page.dose.texts()
