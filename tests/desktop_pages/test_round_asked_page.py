"""What a round asks for by name, by keys; the form that refuses an unknown term; the site's own list."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.asked_dialog import AskedDialog
from bedside.desktop.site_dialog import SiteDialog
from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.desktop.toxicity_dialog import ToxicityDialog
from bedside.ward.asked_terms import asked_list
from bedside.ward.toxicities import log_of, toxicities_page
from tests.desktop_pages.page_driving import answering, in_frame
from tests.ward.test_toxicity_round import lab


@pytest.fixture
def page(qtbot, bench, look, session):
    """Nothing is open; EPI #1 waits and asks whether any toxicity is resolved."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    bench.count(1640, 186_000)
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def key(page, name: str) -> None:
    QTest.keyClick(page.window().focusWidget() or page, getattr(Qt.Key, f"Key_{name}"))


def view(page):
    return toxicities_page(page.ward, page.infant_id)


def at_asked(page, number: int):
    page.begin_round()
    line = page.round.asked[number]
    line.setFocus()
    return line


def test_one_key_each_moves_on_and_what_is_left_is_named(page):
    line = at_asked(page, 0)
    assert line.before.text() == "nobody has looked for it yet" and line.answer is None
    key(page, "0")
    assert line.said.text() == "absent" and page.round.asked[1].hasFocus()
    key(page, "N")
    assert page.round.asked[1].answer.answer == "not assessed"
    words = page.round.missing.text()
    assert "Diarrhea, Constipation" in words and "Vomiting" not in words
    key(page, "F")
    assert view(page).absent == ("Mucositis oral",)
    assert page.round.asked == [] or not page.in_round


def test_answers_outlive_a_pause_and_a_second_thought_replaces_the_first(page):
    line = at_asked(page, 2)
    key(page, "0")
    key(page, "P")
    assert not page.in_round and page.is_dirty()
    page.begin_round()
    line = page.round.asked[2]
    assert line.answer.answer == "absent" and line.said.text() == "absent"
    line.setFocus()
    key(page, "N")
    assert line.answer.answer == "not assessed"


def test_present_opens_the_form_with_the_term_and_goes_on_after_it(qtbot, page):
    at_asked(page, 1)

    def enter(dialog: ToxicityDialog) -> None:
        assert dialog.term.text() == "Vomiting" and dialog.focusWidget() is dialog.grade.buttons[0]
        assert dialog.grade.value() == -1 and dialog.onset.is_empty()
        QTest.keyClicks(dialog.grade.buttons[0], "2")
        QTest.keyClicks(dialog.onset.edit, "06-Oct-2026")
        dialog.act_button.click()

    answering(qtbot, lambda: key(page, "Y"), enter)
    (line,) = page.round.opens
    assert line.answer.answer == "same" and line.said.text() == "grade 2"
    assert [one.item.term for one in page.round.asked][:2] == ["Mucositis oral", "Diarrhea"]
    assert page.window().focusWidget() is page.round.asked[1]
    key(page, "F")
    assert {one.term: one.grade for one in log_of(page.ward, page.infant_id)} == {"Vomiting": 2}
    assert "Vomiting" not in view(page).not_assessed


def test_going_back_from_the_form_answers_nothing(qtbot, page):
    line = at_asked(page, 1)
    answering(qtbot, lambda: key(page, "Y"), lambda dialog: dialog.done(0))
    assert line.answer is None and page.window().focusWidget() is line and not page.round.is_dirty()


def test_what_was_not_assessed_stands_against_the_answer(qtbot, page):
    at_asked(page, 0)
    key(page, "0")
    key(page, "F")
    assert "Vomiting, Diarrhea, Constipation" in page.answer.against_text()
    said = answering(qtbot, page.answer_yes, lambda dialog: dialog.reject())
    assert any(text.startswith("Not assessed: ") and "Vomiting, Diarrhea" in text for text in said)
    assert "Looked for and absent: Mucositis oral" in said


def test_an_unknown_term_is_refused_with_near_ones_a_key_away(qtbot, page):
    def enter(dialog: ToxicityDialog) -> None:
        QTest.keyClicks(dialog.term, "Mucositis orl")
        dialog.grade.buttons[0].setFocus()
        QTest.keyClicks(dialog.grade.buttons[0], "2")
        QTest.keyClicks(dialog.onset.edit, "06-Oct-2026")
        assert dialog.near.isVisible() and not dialog.near.own_words
        dialog.act_button.click()
        assert "no term of CTCAE 5.0" in dialog.refusals.text()
        assert (dialog.term.text(), dialog.grade.value()) == ("Mucositis orl", 1)
        near = next(one for one in dialog.near.buttons if one.text() == "Mucositis oral")
        near.setFocus()
        QTest.keyClick(near, Qt.Key.Key_Space)
        assert dialog.term.text() == "Mucositis oral" and not dialog.near.isVisible()
        dialog.act_button.click()

    answering(qtbot, page.buttons.new.click, enter)
    assert [one.term for one in log_of(page.ward, page.infant_id)] == ["Mucositis oral"]


def test_the_wards_own_words_are_marked_by_a_person(qtbot, page):
    def enter(dialog: ToxicityDialog) -> None:
        QTest.keyClicks(dialog.term, "sore under the plaster")
        assert dialog.near.buttons == []
        dialog.near.mark.setFocus()
        QTest.keyClick(dialog.near.mark, Qt.Key.Key_Space)
        assert dialog.near.own_words and dialog.near.mark.text().startswith("✓")
        assert "general scale" in dialog.criteria.about.text()
        dialog.grade.buttons[0].setFocus()
        QTest.keyClicks(dialog.grade.buttons[0], "1")
        QTest.keyClicks(dialog.onset.edit, "06-Oct-2026")
        dialog.act_button.click()

    answering(qtbot, page.buttons.new.click, enter)
    (row,) = log_of(page.ward, page.infant_id)
    assert (row.term, row.term_key) == ("sore under the plaster", "")


def test_a_known_term_takes_the_mark_off(qtbot, page):
    def enter(dialog: ToxicityDialog) -> None:
        QTest.keyClicks(dialog.term, "Nauseaa")
        dialog.near.mark.click()
        QTest.keyClick(dialog.term, Qt.Key.Key_Backspace)
        assert not dialog.near.own_words and not dialog.near.isVisible()
        dialog.grade.buttons[0].setFocus()
        QTest.keyClicks(dialog.grade.buttons[0], "4")
        assert "Nausea has no grade 4" in dialog.refusals.text() and dialog.isVisible()
        dialog.done(0)

    answering(qtbot, page.buttons.new.click, enter)
    assert log_of(page.ward, page.infant_id) == ()


def test_worse_offers_only_grades_that_the_term_has(qtbot, page, bench):
    from bedside.ward.forms import NewToxicity
    from bedside.ward.toxicities import record_toxicity

    for term, grade in (("Nausea", 2), ("Fatigue", 3)):
        toxicity = NewToxicity(term, grade, date(2026, 10, 6), "", "")
        record_toxicity(bench.ward, bench.infant, toxicity, who="T. Adeyemi, RN")
    page.refresh()
    page.begin_round()
    nausea, fatigue = page.round.opens
    assert nausea.item.toxicity.term == "Nausea"
    key(page, "W")
    assert list(nausea._grades.buttons) == ["3", "Esc"]
    assert not fatigue.keys.buttons["W"].isEnabled()  # grade 3 is the worst that it has


def test_the_site_enters_its_own_list(qtbot, look, session, bench):
    bench.site()
    site = SiteDialog(bench.ward, look, session)
    qtbot.addWidget(site)
    site.show()

    def wrong_then_right(dialog: AskedDialog) -> None:
        assert "[judgement]" in dialog.source.text() and not dialog.is_dirty()
        dialog.lines.setPlainText("Nausea")
        QTest.keyClicks(dialog.term, "Vomitting")
        dialog.act_button.click()
        assert "not added yet" in dialog.refusals.text()
        dialog.add_button.click()
        dialog.act_button.click()
        assert "near to it: Vomiting" in dialog.refusals.text() and dialog.isVisible()
        assert dialog.lines.toPlainText() == "Nausea\nVomitting" and dialog.is_dirty()
        dialog.lines.setPlainText("Nausea")
        dialog.add()
        QTest.keyClicks(dialog.term, "Vomiting")
        dialog.add()
        dialog.act_button.click()

    answering(qtbot, site.asked_button.click, wrong_then_right)
    assert asked_list(bench.ward).names == ("Nausea", "Vomiting")


def test_accepting_all_stops_at_the_one_that_has_no_grade_yet(qtbot, page, bench):
    """A went past the creatinine without a baseline; the Y meant for it opened another term."""
    lab(bench, "creatinine", "29", "umol/L", low=Decimal(15), high=Decimal(37))
    bench.at(2026, 10, 7, 9, 0)
    bench.count(620, 41_000)
    page.refresh()
    page.begin_round()
    names = [row.proposal.term for row in page.round.proposals]
    ungraded = names.index("Creatinine increased")
    for line in (page.round.proposals[0], page.round.asked[0]):
        line.setFocus()
        key(page, "A")
        assert page.window().focusWidget() is page.round.proposals[ungraded]
        key(page, "Y")  # no grade is certain: nothing is taken, and no other term is answered
        assert page.round.proposals[ungraded].answer is None
    assert all(
        (row.answer is not None) is (number != ungraded)
        for number, row in enumerate(page.round.proposals)
    )
    assert [line for line in page.round.asked if line.answer is not None] == []


def test_a_form_that_nobody_touched_is_left_without_a_question(qtbot, page):
    """Esc said "Typed, not recorded" of the term that the round itself had filled in."""
    at_asked(page, 1)

    def leave(dialog: ToxicityDialog) -> None:
        assert dialog.term.text() == "Vomiting" and not dialog.is_dirty()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()

    answering(qtbot, lambda: key(page, "Y"), leave)

    def typed(dialog: ToxicityDialog) -> None:
        QTest.keyClicks(dialog.term, "x")
        assert dialog.is_dirty()

    answering(qtbot, lambda: key(page, "Y"), typed)
