"""After a break-off: the waiting check hides every amount, and a wrong amount is put right by keys."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.break_off_dialog import BreakOffDialog
from bedside.desktop.corrections_dialog import CorrectionsDialog
from bedside.desktop.doses_page import DosesPage
from bedside.units.quantities import DrugAmount
from bedside.ward.corrections import strike_out
from bedside.ward.facts import facts_of
from bedside.ward.giving import break_off, start_infusion, start_vial
from tests.desktop_pages.page_driving import in_frame
from tests.ward.ordering import by, decide, order, ready
from tests.ward.wards import NURSE


@pytest.fixture
def broken(bench):
    """EPI #1 day 1, broken off at 10:05 with 7 of 15.5 mg in."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    vial = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    start_infusion(bench.ward, vial, bench.clock(), by(bench.ward, bench.infant), who=NURSE)
    bench.clock.now += timedelta(minutes=5)
    row = facts_of(bench.ward, bench.infant).doses[-1].id
    break_off(bench.ward, row, DrugAmount(Decimal(7)), "line out", who=NURSE)
    bench.clock.now += timedelta(minutes=1)
    return bench


def test_no_amount_of_a_broken_off_infusion_is_seen_while_the_check_waits(
    qtbot, broken, look, session
):
    decide(broken.ward, broken.infant, "rest")
    broken.clock.now += timedelta(minutes=1)
    order(broken.ward, broken.infant)
    page = DosesPage(broken.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(broken.infant)
    assert page.folded.folded
    shown = [one.text() for one in page.findChildren(QLabel)]
    shown += [one.accessibleDescription() for one in (page.vial.start_button, *page.days.boxes)]
    shown += page.orders.texts()
    said = " | ".join(shown).replace("\xa0", " ").replace("‑", "-")
    for figure in ("7 mg", "15.5 mg", "8.5 mg"):
        assert figure not in said, figure
    assert "infusion broken off at 10:05, how much went in is hidden" in said
    assert "new order released" in said and "a new order first" not in said


def test_the_amount_that_went_in_is_put_right_after_it_was_struck_out(
    qtbot, broken, look, session, monkeypatch
):
    row = facts_of(broken.ward, broken.infant).doses[-1].id
    strike_out(broken.ward, broken.infant, "dose", row, "wrong amount", who=NURSE)
    dialog = CorrectionsDialog(broken.ward, look, session, broken.infant, "MUSTER, Ida")
    qtbot.addWidget(dialog)
    dialog.show()
    place = next(at for at, one in enumerate(dialog.found) if one.words.startswith("STRUCK OUT"))
    assert not dialog.part_button.isVisible()
    dialog.list.setFocus()
    dialog.list.setCurrentIndex(dialog.model.index(place))
    assert dialog.part_button.isVisible()
    seen = []

    def answer(asked):
        asked.show()
        seen.append(" ".join(one.text() for one in asked.findChildren(QLabel)))
        QTest.keyClicks(asked.reason, "the pump says 2.5 mg")
        QTest.keyClicks(asked.amount.edit, "25")
        assert not asked.act.isEnabled() and "more than the vial held" in seen_note(asked)
        QTest.keyClick(asked.amount.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(asked.amount.edit, "2.5")
        QTest.keyClick(asked.act, Qt.Key.Key_Space)
        return asked.result()

    monkeypatch.setattr(BreakOffDialog, "exec", answer)
    QTest.keyClick(dialog.part_button, Qt.Key.Key_Space)
    assert "How much of it really went in?" in seen[0]
    assert dialog.result() == dialog.DialogCode.Accepted
    facts = facts_of(broken.ward, broken.infant)
    assert [part.amount for part in facts.parts.values()] == [Decimal("2.5")]


def seen_note(asked) -> str:
    return asked.amount.note.text().replace("\xa0", " ")
