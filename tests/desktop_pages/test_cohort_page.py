"""The cohort page on a real ward: figures, chart and its table twin, the rule's door, the way to an infant."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest

from bedside.desktop.cohort_page import CohortPage
from bedside.desktop.dlt_rule_dialog import DltRuleDialog
from bedside.desktop.look import Look
from bedside.desktop.plain_table import table_as_text
from bedside.desktop.reason_dialog import ReasonDialog
from bedside.desktop.session import Session
from bedside.ward.cohort import cohort_page
from bedside.ward.dlt_deciding import decide
from bedside.ward.dlt_page import dlt_page
from bedside.ward.forms import Judgement, NewToxicity
from bedside.ward.toxicities import record_toxicity
from bedside.ward.views.toxicity import Attributed
from tests.desktop_pages.page_driving import NURSE, answering, in_frame

INVENTED = Path(__file__).resolve().parents[1] / "protocol" / "invented_dlt_rule.toml"
AZA = Judgement(causes=(Attributed("drug", "azacitidine", "possible"),))


@pytest.fixture
def page(qtbot, bench, look):
    """One infant, with a DLT."""
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    toxicity = NewToxicity("Mucositis oral", 4, date(2026, 10, 18), "", "", judged=AZA)
    row = record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)
    facts = dlt_page(bench.ward, bench.infant).rows[0].facts
    decide(
        bench.ward, bench.infant, row, "counts", physician="Dr A", reason="r", facts=facts, who=NURSE
    )  # fmt: skip
    made = CohortPage(bench.ward, look, Session("Ines Halvorsen, consultant"))
    in_frame(qtbot, made)
    made.refresh()
    return made


def test_the_rate_with_its_interval(page):
    assert page.rate.text() == "1 of 1 = 100.0 %"
    assert page.interval.text() == "exact 95 % interval 2.5 to 100.0 %"
    assert "is not public: nothing is shown" in page.boundary.text()
    for model in (page.infants_model, page.courses_model, page.terms_model, page.states_model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert "15P1-T001\tDLT" in table_as_text(page.infants_model)
    assert "EPI #1\t1\t1\t1" in table_as_text(page.courses_model)


def test_the_chart_has_a_table_twin(qtbot, page):
    page.take_focus()
    QTest.keyClick(page.infants, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.twin)
    assert "1\t1\t\t15P1-T001, 20-Oct-2026" in table_as_text(page.twin_model)
    page.show_twin()
    assert page.stack.currentWidget() is page.chart


def test_the_sites_rule_is_put_in_force_and_taken_out(qtbot, page):
    def answer(dialog: DltRuleDialog) -> None:
        assert not dialog.out_button.isEnabled()
        dialog.load(INVENTED.with_name("nowhere.toml"))
        assert "cannot be read" in dialog.refusals.text()
        dialog.offer(INVENTED)
        assert dialog.head.text() == "Not in force yet: read it first"
        assert "Invented definition" in dialog.title.text() and not dialog.changed
        QTest.keyClick(dialog, Qt.Key.Key_Escape)  # back to the one in force, nothing was done
        assert dialog.isVisible() and dialog.head.text() == "DLT rule in force"
        assert "Screening rule" in dialog.title.text() and not dialog.changed
        dialog.offer(INVENTED)
        dialog.load_button.click()
        assert dialog.changed and dialog.out_button.isEnabled()
        assert "Invented definition" in dialog.title.text()
        assert dialog.head.text() == "DLT rule in force"
        dialog.reject()

    answering(qtbot, lambda: QTest.keyClick(page, Qt.Key.Key_R), answer)
    assert "acceptable share 20 %, 30 infants" in page.boundary.text()
    assert page.rate.text() == "Nobody is evaluable yet"  # decided under another rule: asked again
    assert page.due.text() == "One decision is due."
    assert "3\t\t3" in table_as_text(page.twin_model)


def test_a_rule_that_changed_since_it_was_read_is_not_put_in_force(qtbot, page, look, tmp_path):
    """The file people read in words is the one that holds."""
    path = tmp_path / "rule.toml"
    path.write_bytes(INVENTED.read_bytes())
    dialog = DltRuleDialog(page.ward, "aall15p1", look, page.session, page)
    qtbot.addWidget(dialog)
    dialog.offer(path)
    text = path.read_text("utf-8")
    path.write_text(text.replace("least-grade", "# shifted\nleast-grade", 1), "utf-8")
    dialog.load_button.click()
    assert "was changed since it was read here" in dialog.refusals.text()
    assert not dialog.changed and not cohort_page(page.ward, "aall15p1").own_rule


def test_taking_the_rule_out_needs_a_reason(qtbot, page, look):
    dialog = DltRuleDialog(page.ward, "aall15p1", look, page.session, page)
    dialog.load(INVENTED)

    def answer(asked: ReasonDialog) -> None:
        QTest.keyClicks(asked.reason, "new edition")
        asked.act.click()

    answering(qtbot, dialog.take_out, answer)
    assert not dialog.out_button.isEnabled()
    dialog.deleteLater()


def test_enter_asks_for_the_infant(qtbot, bench, page):
    page.take_focus()
    page.infants.setCurrentIndex(page.infants_model.index(0, 0))
    with qtbot.waitSignal(page.opened) as asked:
        QTest.keyClick(page.infants, Qt.Key.Key_Return)
    assert asked.args == [bench.infant]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_draws_in_both_themes(qtbot, page, theme):
    made = CohortPage(page.ward, Look(theme), page.session)
    in_frame(qtbot, made)
    made.refresh()
    assert not made.chart.grab().isNull()
    assert not made.line.grab().isNull()
    assert made.chart.accessibleDescription().startswith("1 of 1")


def test_no_name_and_no_reason_is_cut(qtbot, page):
    """Broken at words, each text stands whole between the edges of its own cell."""
    reason = (
        "Consolidation was given elsewhere; its toxicities of those weeks are not on record here"
    )
    page.infants_model.show_rows([("15P1-T001", "not evaluable", "", reason)])
    page.terms_model.show_rows([("Disseminated intravascular coagulation", "1", "1", "1")])
    for wide in (1100, 1258, 1800):
        page.frame_of_test.resize(wide, 700)
        qtbot.wait(1)
        for table in (page.infants, page.terms):
            metrics = QFontMetrics(table.font())
            model = table.model()
            for column in range(model.columnCount()):
                text, room = model.index(0, column).data(), table.columnWidth(column) - 10
                box = metrics.boundingRect(0, 0, room, 9_999, int(Qt.TextFlag.TextWordWrap), text)
                assert box.width() <= room and box.height() <= table.rowHeight(0)
            assert table.textElideMode() == Qt.TextElideMode.ElideNone
            assert sum(map(table.columnWidth, range(4))) == table.viewport().width()
