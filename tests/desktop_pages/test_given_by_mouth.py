"""The form of a dose by mouth given: it shows the decision and refuses ten times its dose."""

from decimal import Decimal

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.given_dose_dialog import GivenDoseDialog
from bedside.ward.facts import facts_of
from bedside.ward.signatures import confirmed_signer
from bedside.ward.titration_decisions import record_decision
from bedside.ward.views.maintenance import NewTitration
from tests.desktop_pages.page_driving import retype, type_into
from tests.ward.maintenance_bench import in_maintenance
from tests.ward.wards import DOCTOR

ORAL = ("maintenance", 1, "mercaptopurine", "PO or NG")


def shown(qtbot, bench, look, session) -> GivenDoseDialog:
    dialog = GivenDoseDialog(bench.ward, look, session, bench.infant, ORAL)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def said(dialog: GivenDoseDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel)).replace("\xa0", " ")


def fill(dialog: GivenDoseDialog) -> None:
    """Everything but the amount: time, paper check, band and signature."""
    assert dialog.paper is not None
    retype(dialog.at.edit, "09:00")
    type_into(dialog.paper.first, "E. Sorensen, RN")
    type_into(dialog.paper.second, "T. Marchetti, RN")
    type_into(dialog.paper.reason, "no power")
    type_into(dialog.giving.identifiers.number, "T 001")
    retype(dialog.giving.identifiers.born.edit, "20-Sep-2025")
    if not dialog.giving.signer.name.text():
        type_into(dialog.giving.signer.name, "E. Sorensen, RN")


def test_the_decision_stands_there_and_ten_times_it_is_refused(qtbot, bench, look, session):
    in_maintenance(bench)
    bench.weigh(9000)
    first = shown(qtbot, bench, look, session)
    assert first.again is not None and not first.second.isVisible()
    assert "Nothing is there to compare it with" in said(first)
    first.is_dirty = lambda: False  # given up without a question
    first.unit.choose("mg")
    for typed, above in (("17", False), ("350", True)):  # 350 mg by 9 kg: 38.9 mg per kg
        first.amount.edit.clear()
        QTest.keyClicks(first.amount.edit, typed)
        assert first.second.isVisible() is above
        assert ("more than the largest dose" in said(first)) is above
    assert "38.9 mg per kg (9 kg of" in said(first)
    amount = {"percent": Decimal(125), "amount_mg": Decimal(22), "reason": "decided so"}
    form = NewTitration("mercaptopurine", bench.ward.today(), "recorded", **amount)
    signer = confirmed_signer(bench.ward, f"{DOCTOR}, physician", "", bench.ward.now())
    record_decision(bench.ward, bench.infant, form, signer, who=DOCTOR)
    dialog = shown(qtbot, bench, look, session)
    words = said(dialog)
    assert "Decided: 125 %, 22 mg" in words and "NOT VERIFIED" in words
    assert "Modification" not in words and dialog.amount.is_empty()
    QTest.keyClicks(dialog.amount.edit, "220")
    dialog.unit.choose("mg")
    fill(dialog)
    dialog.record()
    assert "× 10" in said(dialog) and "Name the second person" in said(dialog)
    assert facts_of(bench.ward, bench.infant).doses == ()
    assert dialog.amount.text() == "220"
    QTest.keyClicks(dialog.reason, "read off the bottle")
    QTest.keyClicks(dialog.second, "F. Okafor, pharmacist")
    dialog.record()
    (basis,) = facts_of(bench.ward, bench.infant).bases.values()
    assert basis.amount == 220 and "F. Okafor" in basis.reason and "NOT VERIFIED" in basis.reason
