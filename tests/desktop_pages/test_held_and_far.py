"""By real keys: a held dose is not recorded in silence; a far one is seen and signed from Where are we."""

from datetime import date
from decimal import Decimal

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.given_dose_dialog import GivenDoseDialog
from bedside.desktop.seen_given_dialog import SeenGivenDialog
from bedside.desktop.where_page import WherePage
from bedside.units.quantities import DrugAmount
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import record_given
from bedside.ward.holding import save_hold
from bedside.ward.signatures import confirmed_signer
from bedside.ward.titration_decisions import record_decision
from bedside.ward.views.delay import NewHold
from bedside.ward.views.given import GivenAs
from bedside.ward.views.maintenance import NewTitration
from tests.desktop_pages.page_driving import in_frame, retype, type_into
from tests.ward.maintenance_bench import in_maintenance
from tests.ward.ordering import PAPER, by
from tests.ward.wards import DOCTOR, NURSE

WHY = "38.6 °C, ANC 88"
ORAL = ("maintenance", 1, "mercaptopurine", "PO or NG")


def said(widget) -> str:
    return (
        " ".join(label.text() for label in widget.findChildren(QLabel))
        .replace("\xa0", " ")
        .replace("‑", "-")
    )


def test_the_form_names_the_hold_and_asks_why_in_spite_of_it(qtbot, bench, look, session):
    bench.site()
    bench.enrol(induction_day_1=date(2026, 9, 1))
    bench.at(2026, 9, 8, 9, 0)
    bench.weigh(6000)
    form = NewHold("induction", "vincristine", bench.ward.today(), None, WHY)
    save_hold(bench.ward, bench.infant, form, who=DOCTOR)
    planned = ("induction", 8, "vincristine", "IV")
    dialog = GivenDoseDialog(bench.ward, look, session, bench.infant, planned)
    qtbot.addWidget(dialog)
    dialog.show()
    assert f"HELD since 08-Sep-2026, {DOCTOR}: {WHY}" in said(dialog)
    QTest.keyClicks(dialog.reason, "nobody knows the amount")
    retype(dialog.at.edit, "08:30")
    type_into(dialog.paper.first, "E. Sorensen, RN")
    type_into(dialog.paper.second, "T. Marchetti, RN")
    type_into(dialog.paper.reason, "no power")
    type_into(dialog.giving.identifiers.number, "T 001")
    retype(dialog.giving.identifiers.born.edit, "20-Jun-2026")
    if not dialog.giving.signer.name.text():
        type_into(dialog.giving.signer.name, "E. Sorensen, RN")
    dialog.amount.set_text("")
    dialog.record()
    assert "in spite of the hold, say why" in said(dialog)
    assert dialog.reason.text() == "nobody knows the amount"
    assert facts_of(bench.ward, bench.infant).doses == ()
    QTest.keyClicks(dialog.in_spite, "Dr Halvorsen said so by phone")
    assert dialog.is_dirty()
    born = facts_of(bench.ward, bench.infant).infant.born
    retype(dialog.giving.identifiers.born.edit, born.strftime("%d-%b-%Y"))
    dialog.record()
    (row,) = facts_of(bench.ward, bench.infant).doses
    assert "given in spite of the hold: Dr Halvorsen said so by phone" in row.note


def test_a_physician_signs_a_far_dose_from_where_are_we(qtbot, bench, look, session, monkeypatch):
    in_maintenance(bench)
    bench.weigh(9000)
    dose = {"percent": Decimal(100), "amount_mg": Decimal(17), "reason": "begun so"}
    form = NewTitration("mercaptopurine", bench.ward.today(), "recorded", **dose)
    doctor = confirmed_signer(bench.ward, f"{DOCTOR}, physician", "", bench.ward.now())
    record_decision(bench.ward, bench.infant, form, doctor, who=DOCTOR)
    given = GivenAs(DrugAmount(Decimal(170)), "read off the bottle", "F. Okafor, pharmacist")
    on_paper = by(bench.ward, bench.infant, paper=PAPER)
    record_given(bench.ward, bench.infant, *ORAL, on_paper, who=NURSE, given=given)
    page = WherePage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    told = "ercaptopurine day 1, given 170 mg, decided 17 mg"
    assert told in said(page.mend) and page.view.mark == "stop"
    seen = []

    def answer(dialog):
        dialog.show()
        assert told in said(dialog) and "read off the bottle" in said(dialog)
        assert dialog.decided.hasFocus() or dialog.decided.text() == ""
        retype(dialog.signer.name, f"{DOCTOR}, physician")
        dialog.record()
        assert "What was decided?" in dialog.refusals.text()
        QTest.keyClicks(dialog.decided, "held until tomorrow")
        assert dialog.is_dirty()
        dialog.record()
        seen.append(dialog.result())
        return dialog.result()

    monkeypatch.setattr(SeenGivenDialog, "exec", answer)
    page.mend.doors["given"].click()
    assert seen == [SeenGivenDialog.DialogCode.Accepted]
    assert not [item for item in page.view.mend if item.door == "given"]
