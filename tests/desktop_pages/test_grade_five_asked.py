"""Grade 5 asks once more what it means; going back records nothing and keeps what was typed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from bedside.desktop.death_dialog import DeathDialog
from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import log_of, record_toxicity
from tests.desktop_pages.page_driving import NURSE, answering, in_frame, type_into


@pytest.fixture
def page(qtbot, bench, look, session):
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    toxicity = NewToxicity("Sepsis", 4, date(2026, 10, 1), "", "")
    record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def back(dialog: DeathDialog) -> None:
    assert isinstance(dialog, DeathDialog) and dialog.back.isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def died(dialog: DeathDialog) -> None:
    QTest.keyClick(dialog.back, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.act
    QTest.keyClick(dialog.act, Qt.Key.Key_Space)


def worst(page) -> dict[str, int]:
    return {one.term: one.worst for one in log_of(page.ward, page.infant_id)}


def test_a_new_toxicity_of_grade_5_is_asked_once_more(qtbot, page):
    def answer(dialog) -> None:
        QTest.keyClicks(dialog.term, "Lung infection")
        QTest.keyClicks(dialog.grade.buttons[0], "5")
        type_into(dialog.onset.edit, "06-Oct-2026")
        said = answering(qtbot, dialog.act_button.click, back)
        assert any("this infant has died" in words for words in said)
        assert dialog.isVisible() and dialog.term.text() == "Lung infection"
        assert "Lung infection" not in worst(page)
        answering(qtbot, dialog.act_button.click, died)

    answering(qtbot, page.buttons.new.click, answer)
    assert worst(page)["Lung infection"] == 5


def test_a_new_grade_5_is_asked_once_more(qtbot, page):
    def answer(dialog) -> None:
        QTest.keyClicks(dialog.grade.buttons[0], "5")
        type_into(dialog.on.edit, "06-Oct-2026")
        answering(qtbot, dialog.act_button.click, back)
        assert dialog.isVisible()

    page.table.setFocus()
    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_G), answer)
    assert worst(page) == {"Sepsis": 4}


def test_a_correction_to_grade_5_is_asked_once_more(qtbot, page):
    def answer(dialog) -> None:
        dialog.wrong.setCurrentIndex(0)
        QTest.keyClicks(dialog.grade.buttons[0], "5")
        type_into(dialog.reason, "typed wrongly")
        answering(qtbot, dialog.act_button.click, back)
        assert dialog.isVisible()

    page.table.setFocus()
    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_C), answer)
    assert worst(page) == {"Sepsis": 4}


def test_in_the_round_one_key_is_not_enough(qtbot, page):
    page.begin_round()
    line = page.round.opens[0]
    QTest.keyClick(line, Qt.Key.Key_W)
    answering(qtbot, lambda: QTest.keyClick(line, Qt.Key.Key_5), back)
    assert line.answer is None and not line.touched
    QTest.keyClick(line, Qt.Key.Key_W)
    answering(qtbot, lambda: QTest.keyClick(line, Qt.Key.Key_5), died)
    assert line.answer is not None and line.answer.grade == 5
    assert page.round.finish_button in page.findChildren(QPushButton)


def test_a_term_without_grade_5_is_refused_before_death_is_asked(qtbot, page):
    """CTCAE 5.0 has no grade 5 of Nausea: the refusal comes first, no dialog about a death."""

    def answer(dialog) -> None:
        QTest.keyClicks(dialog.term, "Nausea")
        QTest.keyClicks(dialog.grade.buttons[0], "5")
        said = dialog.refusals.text().replace("\u00a0", " ")
        assert "Nausea has no grade 5 in CTCAE 5.0" in said and dialog.grade.value() == -1
        type_into(dialog.onset.edit, "06-Oct-2026")
        dialog.act_button.click()
        assert "Which grade?" in dialog.refusals.text() and dialog.isVisible()

    answering(qtbot, page.buttons.new.click, answer)
    assert worst(page) == {"Sepsis": 4}
