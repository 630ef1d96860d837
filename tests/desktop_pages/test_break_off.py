"""Discarding the vial of a started infusion asks how much went in, by real keys; a void order says STOP."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from bedside.desktop.break_off_dialog import BreakOffDialog
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import ORDERS
from bedside.desktop.laboratory_words import taken_along
from bedside.desktop.rest_dialog import RestDialog
from bedside.units.quantities import DrugAmount
from bedside.ward.broken_off import VolumeRun
from bedside.ward.counting import void_counts
from bedside.ward.facts import facts_of
from bedside.ward.giving import break_off, start_infusion, start_vial
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
        qtbot.keyClicks(dialog.ran.edit, "4")
        assert dialog.by_volume.isChecked() and not dialog.act.isEnabled()
        qtbot.keyClicks(dialog.held.edit, "10")
        assert dialog.went_in() == VolumeRun(dialog.ran.value(), dialog.held.value())
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


def test_the_rest_is_decided_on_by_keys_before_it_is_prescribed(
    qtbot, bench, page, look, monkeypatch
):
    """Nothing is chosen beforehand; the arithmetic stands on the form; then the page offers the rest."""
    running = facts_of(bench.ward, bench.infant).doses[-1].id
    break_off(bench.ward, running, DrugAmount(Decimal(7)), "line out", who=NURSE)
    page.refresh()
    page.show_part(ORDERS)
    assert page.orders.rest_button.isVisibleTo(page)
    assert any("8.5 mg of it did not go in" in text for text in page.orders.texts())
    seen = []

    def answer(dialog):
        assert dialog.decision() is None and dialog.rest.text() == (
            "The &rest, 8.5 mg: 15.5 mg whole dose − 7 mg given"
        )
        dialog.signer.name.setText("Test Physician, physician")
        dialog.record()
        assert "Choose" in dialog.refusals.text()
        qtbot.keyClick(dialog.rest, Qt.Key.Key_Space)
        dialog.record()
        assert "reason" in dialog.refusals.text()
        qtbot.keyClicks(dialog.reason, "a new line is in")
        assert dialog.is_dirty()
        dialog.record()
        seen.append(dialog.result())
        return dialog.result()

    monkeypatch.setattr(RestDialog, "exec", answer)
    page.orders.rest_button.click()
    assert seen == [RestDialog.DialogCode.Accepted]
    assert not page.orders.rest_button.isVisibleTo(page)
    assert page.dose.isVisible() or "8.5 mg" in repr(page._view.orders.rows[0].dose_words)
