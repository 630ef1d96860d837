"""Doses by mouth: nothing chosen beforehand, keys alone suffice, what is seen is what is recorded."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton

from bedside.desktop import maintenance_dialog
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.look import Look
from bedside.desktop.maintenance_dialog import (
    DECISIONS,
    WORKING,
    MaintenanceDialog,
    open_maintenance,
)
from bedside.desktop.maintenance_tables import ChecksTable, DecisionsTable
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.session import Session
from bedside.desktop.where_page import WherePage
from bedside.ward.titration_page import maintenance_page
from bedside.ward.titration_rows import titrations_of
from tests.desktop_pages.page_driving import in_frame
from tests.ward.maintenance_bench import in_maintenance
from tests.ward.wards import DOCTOR, Bench


@pytest.fixture
def ruled(bench: Bench) -> Bench:
    in_maintenance(bench)
    bench.weigh(9000)
    bench.count(1200, 150_000)
    return bench


@pytest.fixture
def shown(qtbot, ruled: Bench, look: Look, session: Session) -> MaintenanceDialog:
    return show(qtbot, ruled, look, session)


def show(qtbot, bench: Bench, look: Look, session: Session) -> MaintenanceDialog:
    made = MaintenanceDialog(bench.ward, look, session, bench.infant)
    made.signer.name.setText(f"{DOCTOR}, physician")
    qtbot.addWidget(made, before_close_func=give_up)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def give_up(dialog: MaintenanceDialog) -> None:
    dialog.form.is_dirty = lambda: False


def kept(bench: Bench) -> list[tuple[str, int | None, str]]:
    rows = titrations_of(bench.ward, bench.infant)
    return [(row.drug, row.percent_tenths, row.decision) for row in rows]


def said(dialog: MaintenanceDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel)).replace("\xa0", " ")


def test_nothing_is_chosen_beforehand_and_return_records_nothing(
    shown: MaintenanceDialog, ruled: Bench
) -> None:
    """H34, H35: no default accepts a dose."""
    assert shown.form.drug.value() == shown.form.decision.value() == -1
    assert shown.back_button.isDefault()
    assert not shown.act_button.autoDefault()
    assert not shown.is_dirty()
    for edit in shown.findChildren(PlainEdit):
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert shown.isVisible()
    shown.record()
    assert "Which drug? Choose one." in shown.refusals.text().replace("\xa0", " ")
    assert kept(ruled) == []


def test_the_proposal_stands_with_its_reason_and_its_rule(shown: MaintenanceDialog) -> None:
    words = said(shown)
    assert "mercaptopurine: START at 100 %: 18 mg each day" in words
    assert "DEMONSTRATION, invented" in words
    assert "the dose by age on day 1 of cycle 1" in words
    assert "Stop: ANC at most 400" in words
    assert "In force: no dose so far" in words


def test_keys_alone_record_a_decision(qtbot, shown: MaintenanceDialog, ruled: Bench) -> None:
    first = shown.form.drug.buttons[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    QTest.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: shown.form.decision.value() == 0)
    QTest.keyClick(shown, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(kept(ruled)))
    assert kept(ruled) == [("mercaptopurine", 1000, "accepted")]
    assert shown.isVisible()
    assert not shown.is_dirty()
    assert "In force: no signed dose; decided 100 %, 18 mg" in said(shown)


def test_both_drugs_are_decided_in_one_sitting(shown: MaintenanceDialog, ruled: Bench) -> None:
    for number in (0, 1):
        shown.form.drug.choose(number)
        shown.form.decision.choose(0)
        shown.record()
    assert [row[0] for row in kept(ruled)] == ["mercaptopurine", "methotrexate"]
    shown.reject()
    assert shown.result() == MaintenanceDialog.DialogCode.Accepted


def test_deciding_otherwise_without_a_reason_keeps_what_was_typed(
    shown: MaintenanceDialog, ruled: Bench
) -> None:
    shown.form.drug.choose(0)
    shown.form.decision.choose(1)
    shown.form.percent.set_text("50")
    shown.record()
    assert "needs its reason" in shown.refusals.text()
    assert shown.form.percent.text() == "50"
    assert shown.is_dirty()
    shown.form.reason.setText("infection")
    shown.record()
    assert kept(ruled) == [("mercaptopurine", 500, "overridden")]


def test_what_was_decided_is_recorded_in_milligrams_too(
    shown: MaintenanceDialog, ruled: Bench
) -> None:
    shown.form.drug.choose(1)
    shown.form.decision.choose(2)
    shown.form.amount.set_text("7,5")
    shown.record()
    assert "7.5" in shown.refusals.text()
    shown.form.amount.set_text("7.5")
    shown.form.start.set_text("nonsense")
    shown.record()
    assert kept(ruled) == []
    shown.form.start.set_text("01-Oct-2026")
    shown.record()
    assert kept(ruled) == [("methotrexate", None, "recorded")]


def test_a_decision_is_struck_out_with_a_reason(
    shown: MaintenanceDialog, ruled: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.form.drug.choose(0)
    shown.form.decision.choose(0)
    shown.record()
    shown.show_part(DECISIONS)
    shown.strike_out()
    assert "Choose a decision that stands" in shown.refusals.text()
    shown.decisions_table.selectRow(0)
    assert "START at 100" in shown.proposed.text()
    monkeypatch.setattr(maintenance_dialog, "ask_reason", lambda *_: "")
    shown.strike_out()
    assert len(kept(ruled)) == 1
    monkeypatch.setattr(maintenance_dialog, "ask_reason", lambda *_: "wrong infant")
    shown.strike_out()
    assert kept(ruled) == []
    model = shown.decisions
    first, last = model.index(0, 0), model.index(0, model.columnCount() - 1)
    assert last.data() == "wrong infant"
    assert first.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert not last.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert first.data(Qt.ItemDataRole.AccessibleTextRole).startswith("struck out: ")


def test_the_table_is_the_charts_twin(shown: MaintenanceDialog, ruled: Bench) -> None:
    ruled.at(2026, 10, 2, 9, 0)
    ruled.count(None, 90_000)
    view = maintenance_page(ruled.ward, ruled.infant)
    shown.checks.show_view(view)
    rows = [[shown.checks.index(row, col).data() for col in range(5)] for row in range(2)]
    assert rows[0] == ["02-Oct-2026 09:00", "not done", "90\u202f000", "no dose", "no dose"]
    assert rows[1][1:3] == ["1\u202f200", "150\u202f000"]
    assert shown.checks.headings[3] == "mercaptopurine %"


def test_the_tables_keep_the_rules_of_models(qapp, look: Look, shown: MaintenanceDialog) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    for model in (ChecksTable(), DecisionsTable(look.colour("quiet"))):
        tester = QAbstractItemModelTester(model, mode)
        model.show_view(shown.view)
        tester.deleteLater()
        model.deleteLater()


def test_mnemonics_are_each_their_own(shown: MaintenanceDialog) -> None:
    texts = [one.text() for one in shown.findChildren(QLabel) if one.buddy() is not None]
    texts += [button.text() for button in shown.findChildren(QPushButton)]
    letters = [pair[1].lower() for text in texts for pair in pairwise(text) if pair[0] == "&"]
    assert len(letters) == len(set(letters)), sorted(letters)


def test_it_fits_a_small_screen_and_every_part_has_a_name(shown: MaintenanceDialog) -> None:
    assert shown.width() <= 1366
    assert shown.height() <= 738
    assert all(edit.accessibleName() for edit in shown.findChildren(PlainEdit))
    assert shown.chart.accessibleName()
    assert shown.checks_table.accessibleName()
    assert all(
        button.height() >= 24 for button in shown.findChildren(QPushButton) if button.isVisible()
    )


def test_without_a_rule_what_was_decided_can_still_be_recorded(
    qtbot, bench: Bench, look: Look, session: Session
) -> None:
    in_maintenance(bench, rule=False)
    made = show(qtbot, bench, look, session)
    assert "is not public" in said(made)
    assert "NOTHING PROPOSED" in said(made)
    made.form.drug.choose(0)
    made.form.decision.choose(0)
    made.record()
    assert "Nothing is proposed for this drug" in made.refusals.text()
    made.form.decision.choose(2)
    made.form.percent.set_text("100")
    made.record()
    assert kept(bench) == [("mercaptopurine", 1000, "recorded")]
    made.grab()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_hold_is_said_in_both_themes(qtbot, ruled: Bench, session: Session, theme: str) -> None:
    ruled.at(2026, 10, 1, 10, 0)
    ruled.count(300, 150_000)
    made = show(qtbot, ruled, Look(theme), session)
    assert "HOLD: every drug is or stays stopped." in said(made)
    assert not made.grab().isNull()


def test_the_doors_stand_open_in_maintenance_only(
    qtbot, bench: Bench, look: Look, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open_epi_1()
    where, doses = (kind(bench.ward, look, session) for kind in (WherePage, DosesPage))
    for page in (where, doses):
        in_frame(qtbot, page)
        page.show_infant(bench.infant)
    assert where.mouth_button.isHidden()
    assert doses.others.mouth_button.isHidden()


def test_the_doors_lead_to_the_dialog(
    qtbot, ruled: Bench, look: Look, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []

    def execute(dialog: MaintenanceDialog) -> int:
        opened.append(dialog.infant_id)
        dialog.signer.name.setText(f"{DOCTOR}, physician")
        dialog.form.drug.choose(len(opened) - 1)
        dialog.form.decision.choose(0)
        dialog.record()
        dialog.reject()
        return dialog.result()

    monkeypatch.setattr(MaintenanceDialog, "exec", execute)
    told: list[int] = []
    for kind, press in ((WherePage, where_button), (DosesPage, doses_button)):
        page = kind(ruled.ward, look, session)
        in_frame(qtbot, page)
        page.recorded.connect(told.append)
        page.show_infant(ruled.infant)
        press(page).click()
    assert opened == told == [ruled.infant, ruled.infant]
    assert len(kept(ruled)) == 2
    rows = doses_rows(ruled)
    assert rows["mercaptopurine", "by mouth or by nasogastric tube"].startswith(
        "in force: no signed dose; decided 100 %"
    )
    assert "not in public sources" in rows["methotrexate", "intrathecal"]
    monkeypatch.setattr(MaintenanceDialog, "exec", lambda dialog: dialog.done(0) or dialog.result())
    assert not open_maintenance(ruled.ward, look, session, ruled.infant)


def where_button(page: WherePage) -> QPushButton:
    return page.mouth_button


def doses_button(page: DosesPage) -> QPushButton:
    return page.others.mouth_button


def doses_rows(bench: Bench) -> dict[tuple[str, str], str]:
    from bedside.ward.dosing import doses_page

    found = doses_page(bench.ward, bench.infant).other_drugs
    return {(drug, route): dose for drug, route, _, dose in found}


def test_a_decision_of_today_is_dated_today(shown: MaintenanceDialog) -> None:
    assert shown.form.start.value() == date(2026, 10, 1)
    shown.form.drug.choose(0)
    shown.form.decision.choose(2)
    shown.form.percent.set_text("12.5")
    decided: Callable[..., object] = shown.form.decided
    assert decided(shown.view).percent == Decimal("12.5")


def test_the_step_stands_in_full_before_it_is_signed(
    qtbot, bench: Bench, look: Look, session: Session
) -> None:
    """Eyes 8: 17 mg to 22 mg is 29 % more, not 25; nobody but a physician records it, with a reason."""
    in_maintenance(bench)
    bench.weigh(8700)
    bench.count(1200, 150_000)
    made = show(qtbot, bench, look, session)
    made.form.drug.choose(0)
    made.form.decision.choose(0)
    made.record()
    bench.at(2026, 10, 3, 9, 0)
    bench.weigh(8700)
    made = show(qtbot, bench, look, session)
    made.signer.name.setText(session.who)
    made.form.drug.buttons[0].setFocus()
    QTest.keyClick(made.form.drug.buttons[0], Qt.Key.Key_Space)
    QTest.keyClick(made, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: made.form.decision.value() == 1)
    made.form.percent.edit.setFocus()
    QTest.keyClicks(made.form.percent.edit, "125")
    assert "17 mg to 22 mg: +29.4 %" in made.step.text().replace("\xa0", " ")
    assert made.stack.currentIndex() == WORKING
    assert "becomes 22 mg" in made.working.text().replace("\u202f", " ").replace("\xa0", " ")
    made.record()
    assert "needs its reason" in made.refusals.text()
    assert made.focusWidget() is made.form.reason, "what is typed next goes to Why"
    area = made._form_area.viewport()
    qtbot.waitUntil(lambda: area.rect().contains(made.form.reason.mapTo(area, QPoint(0, 0))))
    QTest.keyClicks(made.focusWidget(), "counts high for a month")
    made.record()
    assert "Not with the role nurse" in made.refusals.text()
    assert kept(bench) == [("mercaptopurine", 1000, "accepted")]
    made.signer.name.setFocus()
    made.signer.name.selectAll()
    QTest.keyClicks(made.signer.name, "I. Halvorsen, physician")
    made.record()
    assert kept(bench)[-1] == ("mercaptopurine", 1250, "overridden")
    assert made.view.decisions[0].recorded_by == "I. Halvorsen, physician"


def test_a_pharmacist_verifies_and_releases_a_decision_by_keys(
    qtbot, shown: MaintenanceDialog, ruled: Bench
) -> None:
    shown.form.drug.buttons[0].click()
    shown.form.decision.buttons[0].click()
    shown.record()
    assert shown.unsigned.isVisible() and "NOT VERIFIED" in shown.unsigned.text()
    shown.show_part(DECISIONS)
    shown.decisions_table.selectRow(0)
    shown.signer.name.setText("Pia Ruiz, pharmacist")
    QTest.keyClick(shown, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "NOT RELEASED" in shown.unsigned.text())
    shown.decisions_table.selectRow(0)
    QTest.keyClick(shown, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "nobody else can now" in shown.refusals.text())
    QTest.keyClick(shown, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(shown.alone.isChecked)
    QTest.keyClick(shown, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not shown.unsigned.isVisible())
    shown.decisions_table.selectRow(0)
    assert "released" in shown.proposed.text() and not shown.alone.isChecked()


def test_ten_times_too_low_is_named_asked_and_what_was_recorded_is_said(
    qtbot, shown: MaintenanceDialog, ruled: Bench
) -> None:
    """S2-8: 1.8 mg for 18 mg was taken without a word, and success left an empty form."""
    shown.form.drug.choose(0)
    shown.form.decision.choose(2)
    assert not shown.form.again.isVisible()
    shown.form.amount.edit.setFocus()
    QTest.keyClicks(shown.form.amount.edit, "1.8")
    assert "1.8 mg is a tenth of 18 mg" in shown.step.text().replace("\xa0", " ")
    assert shown.form.again.isVisible()
    shown.form.reason.setText("liver")
    shown.record()
    assert "type the mg again" in shown.refusals.text().replace("\xa0", " ")
    assert shown.form.amount.text() == "1.8" and kept(ruled) == []
    QTest.keyClick(shown, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(shown.form.again.edit.hasFocus)
    QTest.keyClicks(shown.form.again.edit, "1.8")
    shown.record()
    assert kept(ruled) == [("mercaptopurine", None, "recorded")]
    said_now = shown.step.text().replace("\xa0", " ").replace("\u2011", "-")
    assert said_now.startswith("RECORDED: mercaptopurine 1.8 mg, from 01-Oct-2026; ")
    assert "NOT VERIFIED yet" in said_now
    assert not shown.form.again.isVisible()
    shown.form.drug.buttons[1].setFocus()
    QTest.keyClick(shown.form.drug.buttons[1], Qt.Key.Key_Space)
    assert "RECORDED" not in shown.step.text()
