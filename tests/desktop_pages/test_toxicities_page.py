"""The page Toxicities on a real ward: entry, new grades, corrections, the answer."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester, QTest

from bedside.desktop.labels import unbroken
from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.desktop.toxicity_dialog import ToxicityDialog
from bedside.desktop.toxicity_model import Column, ToxicityTable
from bedside.ward.dlt_deciding import decide
from bedside.ward.dlt_page import dlt_page
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import answer_resolved, record_toxicity, toxicities_page
from tests.desktop_pages.page_driving import NURSE, answering, in_frame
from tests.desktop_pages.page_samples import toxicities_view


@pytest.fixture
def page(qtbot, bench, look, session):
    """Waiting for EPI #1, nobody has answered, two toxicities stand open."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    bench.weigh()
    bench.count(640, 86_000)
    for term, grade, day in (("Mucositis oral", 2, 1), ("Vomiting", 1, 3)):
        onset = date(2026, 10, day)
        toxicity = NewToxicity(term, grade, onset, "cytarabine probable", "")
        record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def log(page):
    return toxicities_page(page.ward, page.infant_id)


def fill(dialog: ToxicityDialog, term: str = "Diarrhoea", grade: str = "2") -> None:
    """Fill the form with keys only."""
    QTest.keyClicks(dialog.term, term)
    dialog.grade.buttons[0].setFocus()
    QTest.keyClicks(dialog.grade.buttons[0], grade)
    QTest.keyClicks(dialog.onset.edit, "05-Oct-2026")
    QTest.keyClicks(dialog.judged.other, "the new milk")
    probable = dialog.judged.other_step.buttons[3]
    probable.setFocus()
    QTest.keyClick(probable, Qt.Key.Key_Space)
    QTest.keyClicks(dialog.comment, "loose, no fever")


def test_a_toxicity_is_entered_by_hand_with_the_keyboard(qtbot, page):
    def answer(dialog: ToxicityDialog) -> None:
        fill(dialog)
        dialog.act_button.click()

    answering(qtbot, page.buttons.new.click, answer)
    row = next(row for row in log(page).rows if row.term == "Diarrhea")
    assert (row.grade, row.worst, row.onset) == (2, 2, date(2026, 10, 5))
    assert row.attribution == "the new milk probable"
    assert row.comment == "loose, no fever"
    assert row.recorded_by == NURSE
    assert page.model.row_of(row.toxicity_id) >= 0


def test_nothing_is_chosen_beforehand_and_what_is_missing_is_said(qtbot, page):
    def answer(dialog: ToxicityDialog) -> None:
        chosen = [dialog.grade, dialog.judged.expected, dialog.judged.serious, *dialog.judged.steps]
        assert {segments.value() for segments in chosen} == {-1}
        assert dialog.onset.is_empty() and not dialog.is_dirty()
        assert dialog.back_button.isDefault()
        dialog.act_button.click()
        assert dialog.isVisible()
        said = dialog.refusals.text()
        assert all(word in said for word in ("toxicity", "grade", "Since when"))
        dialog.reject()

    answering(qtbot, page.buttons.new.click, answer)
    assert len(log(page).rows) == 2


def test_a_refused_entry_keeps_what_was_typed(qtbot, page):
    def answer(dialog: ToxicityDialog) -> None:
        fill(dialog, term="Vomiting")  # is open already
        dialog.act_button.click()
        assert dialog.isVisible()
        assert "open already" in dialog.refusals.text()
        assert dialog.term.text() == "Vomiting"
        dialog.term.clear()
        QTest.keyClicks(dialog.term, "Nausea")
        dialog.act_button.click()

    answering(qtbot, page.buttons.new.click, answer)
    assert {row.term for row in log(page).rows} == {"Mucositis oral", "Vomiting", "Nausea"}


def test_arrow_keys_never_choose_a_grade(qapp, qtbot, page):
    """H34: left and right only move the focus between the grades."""

    def answer(dialog: ToxicityDialog) -> None:
        buttons = dialog.grade.buttons
        buttons[1].setFocus()
        QTest.keyClick(buttons[1], Qt.Key.Key_Right)
        assert dialog.focusWidget() is buttons[2] and dialog.grade.value() == -1
        QTest.keyClick(buttons[2], Qt.Key.Key_Down)
        assert dialog.grade.value() == -1
        QTest.keyClick(buttons[2], Qt.Key.Key_Return)
        assert dialog.grade.value() == 2
        QTest.keyClicks(buttons[2], "5")
        assert dialog.grade.value() == 4
        dialog.grade.choose(-1)
        dialog.reject()

    answering(qtbot, page.buttons.new.click, answer)


def test_a_new_grade_keeps_the_worst_and_the_row_stays_where_it_is(qtbot, page):
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    chosen = page.chosen()
    assert chosen.term == "Mucositis oral"

    def answer(dialog) -> None:
        dialog.grade.buttons[0].setFocus()
        QTest.keyClicks(dialog.grade.buttons[0], "1")
        QTest.keyClicks(dialog.on.edit, "06-Oct-2026")
        dialog.act_button.click()

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_G), answer)
    row = next(row for row in log(page).rows if row.term == "Mucositis oral")
    assert (row.grade, row.worst) == (1, 2)
    assert page.chosen().toxicity_id == chosen.toxicity_id
    assert page.model.index(0, Column.NOW).data() == "grade 1"
    assert page.model.index(0, Column.WORST).data() == "grade 2"


def test_gone_closes_the_row_and_it_stays_readable(qtbot, page):
    page.table.setCurrentIndex(page.model.index(1, 0))
    term = page.chosen().term

    def answer(dialog) -> None:
        QTest.keyClicks(dialog.on.edit, "07-Oct-2026")
        dialog.act_button.click()

    answering(qtbot, page.buttons.gone.click, answer)
    row = next(row for row in log(page).rows if row.term == term)
    assert row.resolved_on == date(2026, 10, 7)
    index = page.model.row_of(row.toxicity_id)
    assert page.model.index(index, Column.NOW).data() == unbroken("gone 07-Oct-2026")
    page.table.setCurrentIndex(page.model.index(index, 0))
    assert not page.buttons.grade.isEnabled() and not page.buttons.gone.isEnabled()


def test_striking_out_needs_a_reason_and_stays_visible(qtbot, page):
    """H29: a wrong entry is struck through, never erased."""
    page.table.setCurrentIndex(page.model.index(0, 0))

    def answer(dialog) -> None:
        assert dialog.back.isDefault() and not dialog.act.isEnabled()
        QTest.keyClicks(dialog.reason, "wrong infant")
        dialog.act.click()

    answering(qtbot, page.buttons.void.click, answer)
    row = next(row for row in log(page).rows if row.term == "Mucositis oral")
    assert row.voided == "wrong infant"
    index = page.model.row_of(row.toxicity_id)
    font = page.model.index(index, Column.TERM).data(Qt.ItemDataRole.FontRole)
    assert isinstance(font, QFont) and font.strikeOut()
    assert page.model.index(index, Column.COMMENT).data() == "wrong infant"


def test_the_answer_is_never_given_beforehand(page):
    """H15: not assessed is not yes and not no; nobody has answered."""
    assert log(page).resolved_answer == "not assessed"
    assert "not assessed" in page.answer.answer_text()
    assert not page.answer.yes.isCheckable() and not page.answer.no.isCheckable()
    assert not page.answer.yes.isDefault() and not page.answer.no.isDefault()
    assert "2 open: Mucositis oral grade 2; Vomiting grade 1" in page.answer.against_text()


def test_yes_with_open_toxicities_shows_them_and_going_back_is_the_default(qtbot, page):
    """H15: a yes above open toxicities is possible only after they were shown."""

    def go_back(dialog) -> None:
        assert dialog.back.isDefault()
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    said = answering(qtbot, page.answer.yes.click, go_back)
    assert any("Mucositis oral, grade 2" in text for text in said)
    assert any("Vomiting, grade 1" in text for text in said)
    assert log(page).resolved_answer == "not assessed"

    def agree(dialog) -> None:
        """The keyboard begins in the reason; without one the answer cannot be given."""
        assert dialog.focusWidget() is dialog.reason and not dialog.act.isEnabled()
        QTest.keyClicks(dialog.reason, "x" * 161)
        assert not dialog.act.isEnabled()
        dialog.reason.clear()
        QTest.keyClicks(dialog.reason, "healing, seen by two")
        dialog.act.click()

    answering(qtbot, page.answer.yes.click, agree)
    assert log(page).resolved_answer == "yes"
    assert page.answer.answer_text().endswith("Answer: yes, over 2 open, worst grade 2")
    assert f"answered by {NURSE}" in page.answer._by.text()
    assert page.answer._by.text().endswith("reason: healing, seen by two")
    assert page.answer._mark.mark == "hold"  # never a bare green mark above open ones


def test_no_is_recorded_at_once_and_a_new_toxicity_asks_again(qtbot, page):
    page.answer.no.click()
    assert log(page).resolved_answer == "no"
    assert page.answer._mark.mark == "hold"


def test_yes_without_any_open_toxicity_is_looked_at_once_more(qtbot, page):
    """H15: one key never opens a part of a start rule; going back is the default."""
    for number in (0, 0):
        page.table.setCurrentIndex(page.model.index(number, 0))

        def answer(dialog) -> None:
            QTest.keyClicks(dialog.on.edit, "07-Oct-2026")
            dialog.act_button.click()

        answering(qtbot, page.buttons.gone.click, answer)
    answering(qtbot, page.answer.yes.click, lambda dialog: dialog.back.click())
    assert log(page).resolved_answer == "not assessed"

    def agree(dialog) -> None:
        assert dialog.back.isDefault()
        dialog.act.click()

    answering(qtbot, page.answer.yes.click, agree)
    assert log(page).resolved_answer == "yes"
    assert "yes, over" in page.answer.answer_text()  # a laboratory proposal waits all the same
    assert page.answer._mark.mark == "hold"


def test_where_no_start_rule_asks_nothing_can_be_answered(qtbot, bench, look, session):
    bench.open_epi_1()
    page = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    assert not page.answer.yes.isEnabled() and not page.answer.no.isEnabled()
    assert page.model.rowCount() == 0
    assert not page.buttons.grade.isEnabled() and not page.buttons.void.isEnabled()


def test_model_is_sound_and_tells_struck_out_rows_to_the_reader(qapp, look):
    model = ToxicityTable(look.colour("quiet"))
    model.show_view(toxicities_view())
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    spoken = model.index(5, Column.TERM).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Seizure (struck out: entered for the wrong infant)"
    assert model.index(4, Column.NOW).data() == unbroken("gone 28-Oct-2026")


# ---- what a physician decided or answered is told before it is changed --------------------------
DR = "Dr Ines Halvorsen, consultant"


@pytest.fixture
def decided(qtbot, bench, look, session):
    """In the period: a mucositis of grade 3 that a physician decided to count, and an open vomiting."""
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    for term, grade in (("Mucositis oral", 3), ("Vomiting", 1)):
        toxicity = NewToxicity(term, grade, date(2026, 10, 18), "azacitidine possible", "")
        record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)
    row = next(
        one for one in dlt_page(bench.ward, bench.infant).rows if one.term == "Mucositis oral"
    )
    told = {"physician": DR, "reason": "four days", "facts": row.facts, "who": DR}
    decide(bench.ward, bench.infant, row.toxicity_id, "counts", **told)
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    made.table.setCurrentIndex(made.model.index(made.model.row_of(row.toxicity_id), 0))
    made.table.setFocus()
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_J, Qt.Key.Key_G, Qt.Key.Key_R])
def test_each_form_that_changes_a_decided_toxicity_names_the_decision_first(qtbot, decided, key):
    """A nurse's Correct… reopened a physician's DLT without a word of it."""

    def answer(dialog) -> None:
        words = dialog.decided.words
        assert dialog.isVisible() and words.isVisible()
        top = dialog.decided.mapTo(dialog, dialog.decided.rect().topLeft()).y()
        assert top < dialog.focusWidget().mapTo(dialog, dialog.rect().topLeft()).y()
        dialog.reject()

    said = answering(qtbot, lambda: QTest.keyClick(decided.table, key), answer)
    (note,) = [text.replace("\u2011", "-") for text in said if "decided on" in text]
    assert f"{DR} decided on 20-Oct-2026 08:00 that this counts: “four days”" in note
    assert "a physician" in note or "asks the physician again" in note


def test_a_decided_toxicity_is_not_struck_out_and_nobody_writes_a_reason_first(decided):
    QTest.keyClick(decided.table, Qt.Key.Key_X)
    assert f"{DR} decided that Mucositis oral counts as a DLT" in decided.refusals.text()
    assert "Nothing was struck out" in decided.refusals.text()
    other = 1 - decided.table.currentIndex().row()
    decided.table.setCurrentIndex(decided.model.index(other, 0))
    assert decided.refusals.isHidden()  # it was of the row before


def test_one_that_nobody_decided_has_no_such_note(qtbot, page):
    page.table.setCurrentIndex(page.model.index(0, 0))

    def answer(dialog) -> None:
        assert dialog.decided is None
        dialog.reject()

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_C), answer)


@pytest.mark.parametrize("choice", ["no", "yes"])
def test_an_answer_that_stands_is_named_before_another_takes_its_place(qtbot, page, choice):
    """A nurse overwrote the physician's yes, and the form said nothing of it."""
    answer_resolved(page.ward, page.infant_id, "yes", who=DR, reason="seen on the round")
    page.refresh()
    key = getattr(page.answer, choice)

    def other(dialog) -> None:
        assert dialog.back.isDefault() and not dialog.act.isEnabled()
        assert dialog.focusWidget() is dialog.reason
        QTest.keyClicks(dialog.reason, "worse since")
        dialog.act.click()

    said = answering(qtbot, key.click, lambda dialog: dialog.back.click())
    assert log(page).resolved_by == DR
    (named,) = [text.replace("\u2011", "-") for text in said if "It is answered" in text]
    assert f"yes, over 2 open, worst grade 2; {DR}; 07-Oct-2026 08:00" in named
    assert "reason: seen on the round" in named
    answering(qtbot, key.click, other)
    view = log(page)
    assert (view.resolved_answer, view.resolved_by) == (choice, NURSE)
    assert len(view.resolved_said) == 2 and DR in view.resolved_said[1]
    assert f"before: yes, over 2 open, worst grade 2; {DR}" in page.answer._by.text()
    if choice == "no":
        assert view.resolved_said[0].endswith("reason: worse since")


def test_an_answer_that_holds_no_more_is_named_with_why(page):
    answer_resolved(page.ward, page.infant_id, "yes", who=DR, reason="seen on the round")
    page.ward.clock.now += timedelta(minutes=5)
    toxicity = NewToxicity("Nausea", 2, date(2026, 10, 7), "", "")
    record_toxicity(page.ward, page.infant_id, toxicity, who=NURSE)
    (said,) = log(page).resolved_said
    assert said.endswith("holds no more: Nausea grade 2 was recorded after the answer")


def test_an_empty_list_says_so_and_what_to_do(qtbot, bench, look, session):
    bench.site()
    bench.enrol()
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    assert not made.table.model().rowCount()
    said = made.table.accessibleDescription()
    assert said.startswith("No toxicity is recorded. T begins the round")
    toxicity = NewToxicity("Vomiting", 1, bench.ward.today(), "", "")
    record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)
    made.refresh()
    assert made.table.model().rowCount() == 1


def test_who_recorded_a_toxicity_stands_whole(qtbot, bench, look, session):
    """A long name wraps, and its row is as high as it needs, also when a scroll bar comes."""
    bench.site()
    bench.enrol()
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    for number in range(13):
        term = f"own words {number}"
        toxicity = NewToxicity(term, 1, bench.ward.today(), "", "", own_words=True)
        who = "Margarethe Sorensen-Lindqvist, pharmacist"
        record_toxicity(bench.ward, bench.infant, toxicity, who=who)
    made.refresh()
    qtbot.wait(30)
    model, table = made.model, made.table
    for row in range(model.rowCount()):
        cell = table.visualRect(model.index(row, 7))
        text = str(model.index(row, 7).data())
        box = table.fontMetrics().boundingRect(
            0, 0, cell.width() - 18, 999, int(Qt.TextFlag.TextWordWrap), text
        )
        assert box.height() <= cell.height(), text
