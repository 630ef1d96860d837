"""Discarding the vial of a started infusion asks how much went in, by real keys; a void order says STOP."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from bedside.desktop import vial_acts
from bedside.desktop.break_off_dialog import BreakOffDialog
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import ORDERS
from bedside.desktop.laboratory_words import taken_along
from bedside.desktop.rest_dialog import RestDialog
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.broken_off import VolumeRun
from bedside.ward.counting import void_counts
from bedside.ward.facts import facts_of
from bedside.ward.giving import break_off, start_infusion, start_vial
from tests.desktop_pages.page_driving import in_frame, retype
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


def said(field) -> str:
    return field.note.text().replace("\xa0", " ")


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

    def refuse(*_, **__):
        raise Refused("The disk is full.")

    def answer(dialog):
        qtbot.keyClicks(dialog.reason, "line out")
        assert not dialog.act.isEnabled()  # how much went in is not said yet
        qtbot.keyClicks(dialog.amount.edit, "2.5")
        assert dialog.act.isEnabled() and dialog.went_in() == DrugAmount(dialog.amount.value())
        qtbot.keyClicks(dialog.ran.edit, "4")
        assert dialog.by_volume.isChecked() and not dialog.act.isEnabled()
        qtbot.keyClicks(dialog.held.edit, "3")
        assert "More mL ran than it held" in said(dialog.ran)
        retype(dialog.held.edit, "10")
        assert dialog.went_in() == VolumeRun(dialog.ran.value(), dialog.held.value())
        qtbot.keyClick(dialog.unknown, Qt.Key.Key_Space)
        assert dialog.went_in() == "not known"
        qtbot.keyClick(dialog.nothing, Qt.Key.Key_Space)
        assert dialog.went_in() == "nothing"
        qtbot.keyClick(dialog.typed, Qt.Key.Key_Space)
        retype(dialog.amount.edit, "155")
        assert not dialog.act.isEnabled()
        assert said(dialog.amount).startswith("155 mg is more than the vial held, 15.5 mg")
        assert dialog.text() == "line out" and dialog.amount.text() == "155"
        retype(dialog.amount.edit, "15.5")
        assert "15.5 mg in 5 of 30 min: about 2.58 mg would be" in said(dialog.amount)
        assert "press Infusion finished" in said(dialog.amount)
        assert not dialog.act.isEnabled() and not dialog.sure.isHidden()
        qtbot.keyClick(dialog.sure, Qt.Key.Key_Space)
        assert dialog.act.isEnabled()
        retype(dialog.amount.edit, "7")  # another amount is asked about anew
        assert not dialog.act.isEnabled() and not dialog.sure.isChecked()
        qtbot.keyClick(dialog.sure, Qt.Key.Key_Space)
        monkeypatch.setattr(vial_acts, "break_off", refuse)
        qtbot.keyClick(dialog.act, Qt.Key.Key_Space)
        assert dialog.result() != dialog.DialogCode.Accepted
        assert dialog.refusals.text() == "The disk is full." and dialog.text() == "line out"
        monkeypatch.setattr(vial_acts, "break_off", break_off)
        qtbot.keyClick(dialog.act, Qt.Key.Key_Space)
        return dialog.result()

    monkeypatch.setattr(BreakOffDialog, "exec", answer)
    page.vial.discard_button.click()
    assert facts_of(bench.ward, bench.infant).doses[-1].note == (
        "infusion broken off at 10:05, 7 mg of 15.5 mg given: line out; read again: "
        "7 mg in 5 of 30 min: about 2.58 mg would be in by now. Read the pump again."
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
        assert dialog.whole.text() == "The w&hole dose again, 15.5 mg: 22.5 mg in all on this day"
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


def test_this_much_by_its_letter_takes_the_amount_typed_next(qtbot, page, monkeypatch):
    """Qt clicks a button by its letter a tenth of a second late: what was typed went to the reason."""
    seen = []

    def answer(dialog):
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        dialog.reason.setFocus()
        window = dialog.windowHandle()
        qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
        for key in (Qt.Key.Key_7, Qt.Key.Key_Period, Qt.Key.Key_5):
            qtbot.keyClick(window, key)
        seen.append((dialog.typed.isChecked(), dialog.amount.text(), dialog.text()))
        dialog.hide()
        return dialog.DialogCode.Rejected

    monkeypatch.setattr(BreakOffDialog, "exec", answer)
    page.vial.discard_button.click()
    assert seen == [(True, "7.5", "")]
