"""Discarding the vial of a started infusion asks how much went in, by real keys; a void order says STOP."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from bedside.desktop.break_off_dialog import BreakOffDialog
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.laboratory_words import taken_along
from bedside.units.quantities import DrugAmount
from bedside.ward.counting import void_counts
from bedside.ward.facts import facts_of
from bedside.ward.giving import start_infusion, start_vial
from tests.desktop_pages.page_driving import in_frame
from tests.ward.ordering import by, ready
from tests.ward.wards import NURSE


@pytest.fixture
def page(qtbot, bench, look, session):
    """EPI #1 day 1: its infusion has run for five minutes."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    vial = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    start_infusion(bench.ward, vial, bench.clock(), by(bench.ward, bench.infant), who=NURSE)
    bench.clock.now += timedelta(minutes=5)
    made = DosesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def test_the_page_says_stop_and_discarding_asks_how_much_went_in(
    qtbot, bench, page, look, monkeypatch
):
    count = facts_of(bench.ward, bench.infant).counts[-1].id
    told = taken_along(bench.ward, bench.infant, count)
    assert "its infusion RUNS NOW: stop it" in told and "orders VOID" in told
    assert "STOP" not in page.vial.sentence.text()
    void_counts(bench.ward, count, "another infant's slip", who=NURSE)
    page.refresh()
    assert "VOID: STOP the infusion" in page.vial.sentence.text()

    def answer(dialog):
        qtbot.keyClicks(dialog.reason, "line out")
        assert not dialog.act.isEnabled()  # how much went in is not said yet
        qtbot.keyClicks(dialog.amount.edit, "7")
        assert dialog.act.isEnabled() and dialog.went_in() == DrugAmount(dialog.amount.value())
        qtbot.keyClick(dialog.unknown, Qt.Key.Key_Space)
        assert dialog.went_in() == "not known"
        qtbot.keyClick(dialog.nothing, Qt.Key.Key_Space)
        assert dialog.went_in() == "nothing"
        qtbot.keyClick(dialog.typed, Qt.Key.Key_Space)
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(BreakOffDialog, "exec", answer)
    page.vial.discard_button.click()
    assert facts_of(bench.ward, bench.infant).doses[-1].note == (
        "infusion broken off at 10:05, 7 mg of 15.5 mg given: line out"
    )
    assert page.vial.currentIndex() == 0 and not page.vial.start_button.isEnabled()
    days = page.vial.days._made
    assert any("7 mg of 15.5 mg given" in cell.text() for cell in days)
