"""What the form for a new toxicity offers to put it down to: by the day it began, not by today."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.desktop.toxicity_dialog import ToxicityDialog
from bedside.ward.toxicities import log_of
from tests.desktop_pages.page_driving import answering, in_frame, retype, type_into


@pytest.fixture
def page(qtbot, bench, look, session):
    """Day 3 of EPI #1; induction began on 01-Sep-2026."""
    bench.open_epi_1()
    bench.at(2026, 10, 9, 8, 0)
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def offered(dialog: ToxicityDialog) -> list[str]:
    """The names of the lines below "put down to", as they are read out."""
    names = [segments.accessibleName() for segments in dialog.judged.steps]
    return [name.removesuffix(", attribution") for name in names]


def choose(field, words: str) -> None:
    """Choose from a list by keys: open it, go down to the words, Return."""
    field.setFocus()
    assert field.findText(words) >= 0
    QTest.keyClick(field, Qt.Key.Key_Space)
    field.view().setCurrentIndex(field.model().index(field.findText(words), 0))
    QTest.keyClick(field.view(), Qt.Key.Key_Return)


def test_the_drugs_offered_are_those_of_the_day_it_began(qtbot, page):
    def answer(dialog: ToxicityDialog) -> None:
        assert "azaCITIDine" in offered(dialog)  # before a day is typed: today's
        type_into(dialog.onset.edit, "20-Sep-2026")
        assert "azaCITIDine" not in offered(dialog)
        assert "EPI #1" not in " ".join(offered(dialog))
        assert "vinCRIStine" in offered(dialog)
        retype(dialog.onset.edit, "08-Oct-2026")
        assert {"azaCITIDine", "vinCRIStine"} <= set(offered(dialog))

    answering(qtbot, page.buttons.new.click, answer)


def test_another_course_offers_its_drugs_and_a_chosen_step_stays(qtbot, page):
    def answer(dialog: ToxicityDialog) -> None:
        QTest.keyClicks(dialog.term, "Vomiting")
        QTest.keyClicks(dialog.grade.buttons[0], "1")
        type_into(dialog.onset.edit, "20-Sep-2026")
        vincristine = dialog.judged.steps[offered(dialog).index("vinCRIStine")].buttons[2]
        vincristine.setFocus()
        QTest.keyClick(vincristine, Qt.Key.Key_Space)
        choose(dialog.judged.course, "EPI #1")
        assert "azaCITIDine" in offered(dialog)
        aza = dialog.judged.steps[offered(dialog).index("azaCITIDine")]
        aza.buttons[3].setFocus()
        QTest.keyClick(aza.buttons[3], Qt.Key.Key_Space)
        retype(dialog.onset.edit, "19-Sep-2026")  # azaCITIDine was judged: it is not lost
        assert "azaCITIDine" in offered(dialog)
        dialog.act_button.click()

    answering(qtbot, page.buttons.new.click, answer)
    (logged,) = log_of(page.ward, page.infant_id)
    assert logged.onset == date(2026, 9, 19)
    assert {(one.cause, one.step) for one in logged.causes} == {
        ("vincristine", "possible"),
        ("azacitidine", "probable"),
    }


def test_tab_goes_through_the_lines_made_anew(qtbot, page):
    def answer(dialog: ToxicityDialog) -> None:
        type_into(dialog.onset.edit, "20-Sep-2026")
        dialog.judged.day.setFocus()
        QTest.keyClick(dialog.judged.day, Qt.Key.Key_Tab)
        assert dialog.focusWidget() is dialog.judged.steps[0].buttons[0]

    answering(qtbot, page.buttons.new.click, answer)


def test_none_chosen_is_said_only_while_it_is_true(qtbot, page):
    def answer(dialog: ToxicityDialog) -> None:
        type_into(dialog.onset.edit, "08-Oct-2026")
        assert "not assessed" in dialog.judged.none_chosen.text()
        first = dialog.judged.steps[0].buttons[2]
        first.setFocus()
        QTest.keyClick(first, Qt.Key.Key_Space)
        assert dialog.judged.none_chosen.text() == ""

    answering(qtbot, page.buttons.new.click, answer)


def test_serious_without_why_puts_the_keyboard_there(qtbot, page):
    def answer(dialog: ToxicityDialog) -> None:
        QTest.keyClicks(dialog.term, "Vomiting")
        QTest.keyClicks(dialog.grade.buttons[0], "1")
        type_into(dialog.onset.edit, "08-Oct-2026")
        dialog.judged.serious.buttons[0].setFocus()
        QTest.keyClick(dialog.judged.serious.buttons[0], Qt.Key.Key_Space)
        dialog.act_button.click()
        assert "Serious: say why" in dialog.refusals.text()
        assert dialog.focusWidget() is dialog.judged.why
        QTest.keyClicks(dialog.focusWidget(), "admitted")
        dialog.act_button.click()

    answering(qtbot, page.buttons.new.click, answer)
    (logged,) = log_of(page.ward, page.infant_id)
    assert logged.serious_why == "admitted"
