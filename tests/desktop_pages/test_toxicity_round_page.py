"""The round by keys alone, on a real ward: one key each, nothing assumed, nothing lost."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.round_list_dialog import Column, RoundListDialog, WardRoundTable
from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.desktop.toxicity_model import Column as Columns
from bedside.store.queries import of_infant
from bedside.store.toxicity_records import ToxicityProposal
from bedside.ward.counting import void_counts
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import log_of, record_toxicity, toxicities_page
from bedside.ward.toxicity_ward_round import counted_row, ward_round
from tests.desktop_pages.page_driving import NURSE, answering, in_frame
from tests.ward.test_toxicity_round import lab

UNLIMITED = {"low": None, "high": None, "limits_from": ""}
KEYS = {letter: getattr(Qt.Key, f"Key_{letter}") for letter in "ABEFGJNPRSTUWY01234"}


@pytest.fixture
def page(qtbot, bench, look, session):
    """Two toxicities stand open; this morning's count asks for two grades more."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    for term, grade, day in (("Mucositis oral", 2, 1), ("Vomiting", 1, 3)):
        toxicity = NewToxicity(term, grade, date(2026, 10, day), "", "")
        record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)
    bench.count(620, 41_000)
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def press(page, *letters: str) -> None:
    """Press keys wherever the keyboard is."""
    for letter in letters:
        QTest.keyClick(page.window().focusWidget() or page, KEYS[letter])


def grades(page) -> dict[str, int]:
    return {one.term: one.grade for one in log_of(page.ward, page.infant_id)}


def test_a_whole_round_is_a_key_each(qtbot, page):
    page.table.setFocus()
    press(page, "T")
    assert page.in_round and page.round.opens[0].hasFocus()
    assert page.round.count.text() == "0 of 10 answered"
    press(page, "W", "3", "G", "A", *"000000", "F")
    assert not page.in_round
    assert grades(page) == {
        "Mucositis oral": 3,
        "Vomiting": 0,
        "Neutrophil count decreased": 3,
        "Platelet count decreased": 3,
    }
    assert "Last round 08:00 by T. Adeyemi, RN" in page.about.text()
    assert "not assessed" not in page.about.text()


def test_what_has_no_answer_is_said_and_kept_as_not_assessed(page):
    page.begin_round()
    press(page, "S")
    words = page.round.missing.text()
    assert (
        "1 open" in words
        and "Diarrhea, Constipation" in words
        and "2 of the laboratory" in words
        and "not assessed" in words
    )
    press(page, "F")
    assert toxicities_page(page.ward, page.infant_id).last_round.endswith("9 not assessed")
    assert grades(page) == {"Mucositis oral": 2, "Vomiting": 1}


def test_worse_asks_the_grade_with_its_meaning_and_can_go_back(page):
    page.begin_round()
    line = page.round.opens[0]
    press(page, "W")
    asked = line.asked.findChildren(type(page.round.finish_button).__mro__[1])
    assert any("grade 3" in button.text() for button in asked)
    assert not page.round.finish_button.isEnabled()
    assert "Choose the grade of Mucositis oral" in page.round.missing.text()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.answer is None and not line.touched and page.in_round
    press(page, "B")
    assert line.answer.grade == 1  # below grade 2 there is only one
    assert page.round.opens[1].hasFocus()


def test_arrows_move_and_answer_nothing(page):
    page.begin_round()
    QTest.keyClick(page.round.opens[0], Qt.Key.Key_Down)
    assert page.round.opens[1].hasFocus()
    QTest.keyClick(page.round.opens[1], Qt.Key.Key_Down)
    assert page.round.proposals[0].hasFocus()
    QTest.keyClick(page.round.proposals[0], Qt.Key.Key_Up)
    assert page.round.opens[1].hasFocus()
    assert not page.round.is_dirty()


def test_a_proposal_is_refused_singly_with_a_reason(qtbot, page):
    page.begin_round()
    row = page.round.proposals[0]
    row.setFocus()

    def why(dialog) -> None:
        assert dialog.back.isDefault() and not dialog.act.isEnabled()
        QTest.keyClicks(dialog.reason, "clotted")
        dialog.act.click()

    answering(qtbot, lambda: press(page, "R"), why)
    assert row.answer.reason == "clotted"
    press(page, "A")
    assert not row.answer.accepted  # taking all does not undo a refusal
    press(page, "F")
    assert len(grades(page)) == 3


def test_a_question_is_asked_and_its_answer_grades(page, bench):
    lab(bench, "potassium", "3.2", "mmol/L", low=Decimal("3.5"), high=Decimal("5.5"))
    page.refresh()
    page.begin_round()
    row = next(one for one in page.round.proposals if one.proposal.grade is None)
    assert "Y" not in row.keys.buttons  # only "at least 1" can be taken, by another key
    row.setFocus()
    press(page, "N")  # answers the question
    row = next(one for one in page.round.proposals if one.proposal.term_key == "hypokalemia")
    assert row.proposal.grade == 1 and row.hasFocus()
    press(page, "Y")
    assert row.answer.accepted


def test_a_paused_round_keeps_its_answers(page):
    page.begin_round()
    press(page, "S", "P")
    assert not page.in_round and page.is_dirty()
    press(page, "T")
    assert page.round.opens[0].answer.answer == "same"
    assert page.round.count.text() == "1 of 10 answered"


def test_a_refused_round_loses_nothing(qtbot, page, bench):
    page.begin_round()
    press(page, "S", "G")
    record_toxicity(
        bench.ward,
        bench.infant,
        NewToxicity("Fatigue", 1, date(2026, 10, 7), "", ""),
        who=NURSE,
    )
    logged = log_of(bench.ward, bench.infant)[0]
    from bedside.ward.toxicities import void_toxicity

    void_toxicity(bench.ward, logged.toxicity_id, "wrong infant", who=NURSE)
    press(page, "F")
    assert page.in_round
    assert "not open any more" in page.refusals.text()
    assert page.round.is_dirty()


def test_after_a_round_the_next_infant_is_one_key_away(qtbot, page, bench):
    first = bench.infant
    second = bench.enrol(hospital_number="T 002", bed="2", family="BERGER", study_number="2")
    page.begin_round()
    press(page, "S", "S", "A", "F")
    assert page.next_button.isVisible() and page.next_button.hasFocus()
    assert "BERGER" in page.next_button.text()
    with qtbot.waitSignal(page.infant_asked) as asked:
        QTest.keyClick(page.next_button, Qt.Key.Key_Return)
    assert asked.args == [second] and page.infant_id == first


def test_the_wards_list_opens_a_round(qtbot, page, bench, look):
    dialog = RoundListDialog(look, ward_round(bench.ward), page)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.model.index(0, Column.OPEN).data() == "Mucositis oral, grade 2; Vomiting, grade 1"
    assert dialog.model.index(0, Column.LABORATORY).data() == "2 to answer, 1 new result"
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.infant_id == bench.infant


def test_the_wards_list_is_counted_while_it_is_looked_at(qtbot, page, bench, look):
    """It opens at once; the rows stay where they are, and the one that was chosen stays chosen."""
    asked = ward_round(bench.ward)
    rows = tuple(replace(row, counted=False, proposals=0, laboratory="") for row in asked)
    dialog = RoundListDialog(look, rows, page, count=partial(counted_row, bench.ward))
    qtbot.addWidget(dialog)
    assert dialog.model.index(0, Column.LABORATORY).data() == "… to answer"
    dialog.show()
    qtbot.waitUntil(lambda: dialog.model.first_uncounted() is None)
    assert dialog.model.rows == asked
    assert dialog.table.currentIndex().row() == 0


def test_the_wards_list_is_a_sound_model(qapp, bench, page):
    model = WardRoundTable(ward_round(bench.ward))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_details_tell_grades_and_what_was_judged(qtbot, page):
    page.table.setCurrentIndex(page.model.index(0, 0))
    assert (
        "Mucositis oral: grade 2 01-Oct-2026. Worst grade 2."
        in page.details.grades.text().replace("\u2011", "-")
    )

    def judge(dialog) -> None:
        assert not dialog.is_dirty()
        dialog.judged.serious.buttons[0].click()
        dialog.act_button.click()
        assert "say why" in dialog.refusals.text()
        QTest.keyClicks(dialog.judged.why, "admitted")
        QTest.keyClicks(dialog.judged.action, "dose held")
        dialog.judged.steps[0].buttons[2].click()
        dialog.act_button.click()

    answering(qtbot, lambda: QTest.keyClick(page.table, KEYS["J"]), judge)
    words = page.details.judged.text()
    assert "serious: yes, admitted" in words and "action taken: dose held" in words
    assert page.chosen().attribution.endswith("possible")


def test_a_wrong_grade_is_corrected_by_keys(qtbot, page):
    page.table.setCurrentIndex(page.model.index(0, 0))

    def correct(dialog) -> None:
        dialog.act_button.click()
        assert "Which grade was wrong" in dialog.refusals.text()
        dialog.wrong.setCurrentIndex(0)
        dialog.grade.buttons[0].click()
        dialog.act_button.click()
        assert "reason" in dialog.refusals.text()
        QTest.keyClicks(dialog.reason, "misread")
        dialog.act_button.click()

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_C), correct)
    assert grades(page)["Mucositis oral"] == 1


def test_a_grade_from_a_corrected_result_says_so(qtbot, page, bench):
    page.begin_round()
    press(page, "S", "S", "A", "F")
    void_counts(bench.ward, 1, "another infant's slip", who=NURSE)
    page.refresh()
    row = page.model.row_of(
        next(one.toxicity_id for one in log_of(page.ward, page.infant_id) if one.laboratory)
    )
    page.table.setCurrentIndex(page.model.index(row, 0))
    assert page.model.index(row, Columns.COMMENT).data() == "result corrected"
    assert page.details.warning.isVisible()
    assert "since corrected" in page.details.warning.text()
    page.begin_round()
    assert all(one.proposal.corrected for one in page.round.proposals)


def test_no_rule_is_cut_and_the_least_certain_grade_stands_in_its_place(qtbot, page, bench):
    lab(bench, "alt", "268", "U/L", low=None, high=Decimal(40))
    page.refresh()
    page.begin_round()
    row = next(one for one in page.round.proposals if "baseline" in one.values)
    qtbot.waitUntil(lambda: row.rule.width() > 100)
    assert row.rule.heightForWidth(row.rule.width()) <= row.rule.height()
    assert "baseline" in row.rule.toolTip()  # the whole rule
    shown = [one.text() for one in row.findChildren(QLabel)]
    least = row.proposal.least
    assert ("unknown" if not least else f"at least {least}") in shown


def test_the_keyboard_stays_on_its_line_while_another_window_is_in_front(qtbot, page, bench):
    """An answer is read again behind another window: the round's keys still act on the same line."""
    lab(bench, "alt", "60", "U/L", low=None, high=Decimal(40))
    page.refresh()
    page.begin_round()
    row = next(one for one in page.round.proposals if "baseline" in one.values)
    key = row.proposal.term_key
    row.setFocus()
    other = QLabel("in front")
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitActive(other)
    row.said.emit("baseline", "25")
    assert page.window().focusWidget().proposal.term_key == key
    press(page, "Y")
    assert next(one for one in page.round.proposals if one.proposal.term_key == key).answer


def test_least_certain_grades_are_taken_in_one_go_and_stay_told_apart(page, bench):
    """Potassium 3.2, symptoms not said: at least grade 1 is taken, and said as that."""
    lab(bench, "potassium", "3.2", "mmol/L", low=Decimal("3.5"), high=Decimal("5.5"))
    page.refresh()
    page.begin_round()
    row = next(one for one in page.round.proposals if one.proposal.takes_least)
    assert row.proposal.least == 1
    least = row.proposal.least
    assert next(one.text() for one in row.keys.buttons.values()) == f"T at least {least}"
    row.setFocus()
    press(page, "E")
    assert row.whole.isVisible() and row.whole.text().replace("\u2011", "-") == row.proposal.rule
    press(page, "E")
    assert not row.whole.isVisible()
    press(page, "A")
    assert row.answer.at_least and row.words.text() == f"taken: at least {least}"
    press(page, "F")
    logged = next(one for one in log_of(page.ward, page.infant_id) if one.at_least)
    assert (logged.grade, logged.grade_words) == (least, f"at least grade {least}")
    shown = page.model.row_of(logged.toxicity_id)
    assert page.model.index(shown, Columns.NOW).data() == f"at least {least}"
    assert sum(one.at_least for one in log_of(page.ward, page.infant_id)) == 1


def test_the_last_slips_limit_is_one_key_away_and_never_silent(page, bench):
    """CTCAE 5.0: lipase 70 is 1.75 times a limit of 40, so grade 2; no slip's limit is taken unasked."""
    key = "lipase-increased"

    def row():
        return next(one for one in page.round.proposals if one.proposal.term_key == key)

    lab(bench, "lipase", "30", "U/L", low=None, high=Decimal(40), laboratory="Central")
    bench.at(2026, 10, 7, 9, 0)
    lab(bench, "lipase", "70", "U/L", **UNLIMITED, laboratory="Elsewhere")
    page.refresh()
    page.begin_round()
    assert row().proposal.grade is None and row().offers == {}  # another laboratory's is no limit
    bench.at(2026, 10, 7, 10, 0)
    lab(bench, "lipase", "70", "U/L", **UNLIMITED, laboratory="central ")
    page.refresh()
    asked = row().proposal.questions[-1]
    assert asked.words == "Upper limit of normal? (40 U/L, slip of Central, 07-Oct-2026)"
    assert row().proposal.grade is None
    row().setFocus()
    press(page, "U")
    assert row().proposal.grade == 2
    assert row().proposal.limit == "upper limit 40 U/L, slip of Central, 07-Oct-2026"
    press(page, "Y", "F")
    with bench.ward.store.reading() as connection:
        kept = list(of_infant(connection, ToxicityProposal, bench.infant))
    said = [one.answered for one in kept if one.taken_at.hour == 10 or "uln" in one.answered]
    assert '"uln from":"slip of Central, 07-Oct-2026"' in said[-1]
