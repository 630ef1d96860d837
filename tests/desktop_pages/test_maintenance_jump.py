"""Doses by mouth in steps, by keys: the jump is read before it is signed, and no step is passed."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from bedside.desktop.look import Look
from bedside.desktop.maintenance_chart import check_words
from bedside.desktop.maintenance_dialog import DECISIONS, MaintenanceDialog
from bedside.desktop.session import Session
from bedside.ward.signatures import confirmed_signer
from bedside.ward.titration_decisions import record_decision
from bedside.ward.titration_signing import sign_decision
from bedside.ward.views.maintenance import NewTitration
from tests.ward.maintenance_bench import in_maintenance
from tests.ward.wards import Bench

PHYSICIAN, PHARMACIST = "I. Halvorsen, physician", "M. Castellano, pharmacist"


def decide(bench: Bench, milligrams: int, on: date) -> int:
    signer = confirmed_signer(bench.ward, PHYSICIAN, "", bench.ward.now())
    form = NewTitration(
        "mercaptopurine", on, "recorded", amount_mg=Decimal(milligrams), reason="decided so"
    )
    return record_decision(bench.ward, bench.infant, form, signer, who=PHYSICIAN)


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u2011", "-").replace("\u202f", " ")


def test_the_jump_is_read_and_no_step_that_waits_is_passed(
    qtbot, bench: Bench, look: Look, session: Session
) -> None:
    """Eyes 4, 5, 15, 19 in one window: 18 mg signed and in milligrams only, 27 mg and 36 mg wait."""
    in_maintenance(bench, rule=False)
    first = decide(bench, 18, date(2026, 10, 1))
    signer = confirmed_signer(bench.ward, PHARMACIST, "", bench.ward.now())
    for meaning in ("verified", "released"):
        sign_decision(bench.ward, first, meaning, signer, who=PHARMACIST, alone=True)
    bench.at(2026, 10, 2, 8, 0)
    bench.count(1200, 150_000)
    decide(bench, 27, date(2026, 10, 2))
    decide(bench, 36, date(2026, 10, 3))
    made = MaintenanceDialog(bench.ward, look, session, bench.infant)
    qtbot.addWidget(made, before_close_func=lambda each: each.form.clear())
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    told = plain(check_words(made.view, made.view.checks[-1]))
    assert "mercaptopurine 18 mg (decided 27 mg, NOT VERIFIED)" in told
    assert "methotrexate no dose" in told
    cells = [plain(text) for text in made.checks.cells[0]]
    assert cells[3:] == ["18 mg", "no dose"]
    assert made.unsigned.text().count("NOT VERIFIED") == 2
    QTest.keyClick(made, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: made.stack.currentIndex() == DECISIONS)
    assert not made.jump.isVisible()
    made.decisions_table.setFocus()
    made.decisions_table.selectRow(1)
    QTest.keyClick(made.decisions_table, Qt.Key.Key_Up)
    qtbot.waitUntil(made.jump.isVisible)
    said = plain(made.jump.text())
    assert "18 mg to 36 mg: +100 %" in said and "27 mg, from 02-Oct-2026 is NOT VERIFIED" in said
    made.signer.name.setFocus()
    made.signer.name.selectAll()
    QTest.keyClicks(made.signer.name, PHARMACIST)
    QTest.keyClick(made, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "Sign that first" in plain(made.refusals.text()))
    assert [row.waiting for row in made.view.decisions] == ["VERIFIED", "VERIFIED", ""]
    made.decisions_table.setFocus()
    QTest.keyClick(made.decisions_table, Qt.Key.Key_Down)
    QTest.keyClick(made, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: made.view.decisions[1].waiting == "RELEASED")
    typed_for_a_day_that_has_one(qtbot, made)


def typed_for_a_day_that_has_one(qtbot, made: MaintenanceDialog) -> None:
    made.signer.name.setText(PHYSICIAN)
    made.form.drug.buttons[0].setFocus()
    QTest.keyClick(made.form.drug.buttons[0], Qt.Key.Key_Space)
    made.form.decision.buttons[2].setFocus()
    QTest.keyClick(made.form.decision.buttons[2], Qt.Key.Key_Space)
    made.form.amount.edit.setFocus()
    QTest.keyClicks(made.form.amount.edit, "20")
    made.form.reason.setFocus()
    QTest.keyClicks(made.form.reason, "as told")
    QTest.keyClick(made, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "stands already for that day" in plain(made.refusals.text()))
    assert "27 mg, from 02-Oct-2026" in plain(made.refusals.text())
    assert made.form.amount.text() == "20" and len(made.view.decisions) == 3


def test_every_field_of_the_decision_begins_at_one_edge(
    qtbot, bench: Bench, look: Look, session: Session
) -> None:
    in_maintenance(bench)
    made = MaintenanceDialog(bench.ward, look, session, bench.infant)
    qtbot.addWidget(made, before_close_func=lambda each: each.form.clear())
    made.show()
    QTest.qWait(50)
    form, origin = made.form, QPoint(0, 0)
    parts = (form.drug, form.decision, form.percent, form.reason)
    assert len({one.mapTo(made, origin).x() for one in parts}) == 1
