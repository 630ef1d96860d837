"""The page DLT on a real ward: what is due, deciding by keyboard, taking back, not evaluable, the card."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog

from bedside.desktop.dlt_decide_dialog import DecideDialog
from bedside.desktop.dlt_model import Column
from bedside.desktop.dlt_off_dialog import NotEvaluableDialog
from bedside.desktop.dlt_page import DltPage
from bedside.desktop.dlt_take_back_dialog import TakeBackDialog
from bedside.desktop.look import Look
from bedside.desktop.tertiary_card_dialog import TertiaryCardDialog
from bedside.ward.dlt_page import dlt_page
from bedside.ward.forms import Judgement, NewToxicity
from bedside.ward.toxicities import record_toxicity, regrade, resolve
from bedside.ward.views.toxicity import Attributed
from tests.desktop_pages.page_driving import NURSE, answering, in_frame
from tests.ward.commissioned import KELLER, type_all
from tests.ward.commissioned import OKONJO as COMMISSIONER
from tests.ward.peopled import OKONJO, SECRETS, enter, peopled
from tests.ward.wards import DOCTOR

AZA = Judgement(causes=(Attributed("drug", "azacitidine", "possible"),))
TEAM = (("Tertiary team, on call", "Dr Ines Halvorsen", "040 7741"),)


def toxic(bench, term="Mucositis oral", grade=3, onset=date(2026, 10, 18)):
    toxicity = NewToxicity(term, grade, onset, "", "", judged=AZA)
    return record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)


@pytest.fixture
def page(qtbot, bench, look, session):
    """Day 14 of the period: one toxicity to be decided, one that the rule leaves out."""
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    toxic(bench)
    toxic(bench, "Neutrophil count decreased", 4)
    made = DltPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    made.take_focus()
    return made


def test_the_legend_is_of_the_rule_in_force(page):
    """Finding: "grade 3 or more" stood there under a commissioned rule from grade 4 on."""
    assert page.legend.text().startswith("days filled: grade 3 or more;")
    assert "Screening rule only" in page.side.rule_head.text()
    for who in (KELLER, COMMISSIONER):
        type_all(page.ward, "aall15p1", "dlt", who, dlt__grade="4")
    page.refresh()
    assert page.legend.text().startswith("days filled: grade 4 or more;")
    assert page.side.rule_head.text().startswith("The site's DLT rule, 6 of 6 numbers")


def view(page):
    return dlt_page(page.ward, page.infant_id)


def fill(dialog: DecideDialog, choice: int = 1) -> None:
    dialog.verdict.buttons[choice].setFocus()
    QTest.keyClick(dialog.verdict.buttons[choice], Qt.Key.Key_Space)
    QTest.keyClicks(dialog.physician, "Dr Ines Halvorsen, consultant")
    QTest.keyClicks(dialog.reason, "grade 3 for two days")


def decide(qtbot, page, choice: int = 1) -> None:
    def answer(dialog: DecideDialog) -> None:
        fill(dialog, choice)
        dialog.act_button.click()

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_D), answer)


def test_due_ones_first_with_rule_and_reason(page):
    assert page.headline.text() == "DLT period open, day 14."
    assert page.due.text() == "One decision is due."
    model = page.model
    assert model.lines(0, Column.TERM) == ("Mucositis oral", "since 18-Oct-2026")
    assert model.lines(0, Column.RULE)[0] == "ask"
    assert "azaCITIDine possible" in model.lines(0, Column.RULE)[1]
    assert model.lines(0, Column.DECISION)[0] == "Due"
    assert model.lines(1, Column.RULE) == ("does not count", "haematological")
    assert model.headerData(Column.RULE, Qt.Orientation.Horizontal) == "Screening rule says"
    assert "own definition is not public" in page.side.rule_head.text()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_nothing_is_chosen_beforehand_and_what_is_missing_is_said(qtbot, page):
    def answer(dialog: DecideDialog) -> None:
        assert dialog.verdict.value() == -1 and not dialog.is_dirty()
        assert dialog.back_button.isDefault()
        dialog.act_button.click()
        assert "Which?" in dialog.refusals.text()
        dialog.verdict.buttons[0].click()
        dialog.act_button.click()
        assert "Which physician" in dialog.refusals.text()
        assert "needs its reason" in dialog.refusals.text()
        dialog.verdict.choose(-1)
        dialog.reject()

    answering(qtbot, page.decide_button.click, answer)
    assert view(page).rows[0].decisions == ()


def test_a_decision_by_keyboard_and_a_second_under_it(qtbot, page):
    decide(qtbot, page)
    row = view(page).rows
    shown = next(each for each in row if each.term == "Mucositis oral")
    assert (shown.decided, shown.decisions[0].physician) == (
        "does not count",
        "Dr Ines Halvorsen, consultant",
    )
    page.table.setCurrentIndex(page.model.index(page.model.row_of(shown.toxicity_id), 0))
    assert "Holds" in page.side.lines.text()
    decide(qtbot, page, 0)
    assert page.headline.text() == "DLT: Mucositis oral."
    assert page.side.lines.text().count("Dr Ines Halvorsen") == 2
    assert "Holds no more" in page.side.lines.text()


def test_a_correction_asks_again_and_shows_what_was_before(qtbot, bench, page):
    decide(qtbot, page)
    toxicity = next(each for each in view(page).rows if each.term == "Mucositis oral")
    regrade(bench.ward, toxicity.toxicity_id, 4, date(2026, 10, 19), who=NURSE)
    page.refresh()
    row = page.model.row_of(toxicity.toxicity_id)
    first, second = page.model.lines(row, Column.DECISION)
    assert first == "Decide again: the facts changed"
    assert second == "before: does not count, 20-Oct-2026"
    assert page.due.text() == "One decision is due."


def test_a_decision_is_taken_back_with_a_reason(qtbot, page):
    decide(qtbot, page)

    def answer(dialog: TakeBackDialog) -> None:
        assert not dialog.is_dirty() and dialog.back_button.isDefault()
        dialog.act_button.click()
        assert "needs its reason" in dialog.refusals.text()
        QTest.keyClicks(dialog.reason, "wrong row")
        assert dialog.is_dirty() and dialog.secret.isHidden()  # a ward without people
        dialog.act_button.click()

    # a nurse is recording: told before anything is written
    told = answering(
        qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_X), lambda dialog: dialog.back.click()
    )
    assert "taken back by a physician" in told[0] and "F2" not in told[0]
    page.session.change_who(DOCTOR)
    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_X), answer)
    row = next(each for each in view(page).rows if each.term == "Mucositis oral")
    assert (row.due, row.decisions[0].struck_out) == (True, "wrong row")
    assert "Taken back: wrong row" in page.side.lines.text()


def test_a_role_that_does_not_decide_is_refused_at_once_at_x_as_at_d(qtbot, page):
    """Eyes 15: a nurse pressing X wrote the whole reason and was refused only then."""
    decide(qtbot, page)
    page.session.why_not = lambda act: f"not for a nurse: {act}"
    told = []

    def answer(dialog) -> None:
        told.append((type(dialog).__name__, dialog.accessibleDescription()))
        dialog.back.click()

    for key in (Qt.Key.Key_D, Qt.Key.Key_X):
        answering(qtbot, lambda key=key: QTest.keyClick(page.table, key), answer)
    assert told == [("WhyNotDialog", "not for a nurse: decide-dlt")] * 2
    assert not any(row.decisions[0].struck_out for row in view(page).rows if row.decisions)


def test_not_evaluable_and_back(qtbot, page):
    def answer(dialog: NotEvaluableDialog) -> None:
        QTest.keyClicks(dialog.physician, "Dr Ines Halvorsen, consultant")
        QTest.keyClicks(dialog.reason, "left the trial")
        assert dialog.is_dirty()
        dialog.act_button.click()

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_N), answer)
    assert page.headline.text() == "Not evaluable."
    assert page.off_button.text() == "Evaluable after all…"

    def back(dialog: TakeBackDialog) -> None:
        QTest.keyClicks(dialog.reason, "stayed")
        dialog.act_button.click()

    nurse = answering(qtbot, page.off_button.click, lambda dialog: dialog.back.click())
    assert "taken back by a physician" in nurse[0]
    page.session.change_who(DOCTOR)
    said = answering(qtbot, page.off_button.click, back)
    assert any("recorded: not evaluable: “left the trial”" in words for words in said)
    assert any(f"{NURSE}, in the name of Dr Ines Halvorsen, consultant" in one for one in said)
    assert view(page).state == "open"
    told = page.side.lines.text()
    assert f"Evaluable after all, {DOCTOR}, " in told and ": stayed. " in told
    assert "It had been recorded: left the trial." in told


def test_the_card_shows_numbers_and_paper(qtbot, bench, page, tmp_path, monkeypatch):
    chosen = iter((tmp_path / "card", tmp_path / "nowhere" / "card.pdf"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(next(chosen)), ""))
    assert page.contact.isHidden()
    bench.site("shared-care", contacts=TEAM)
    page.refresh()
    assert not page.contact.isHidden()

    def answer(dialog: TertiaryCardDialog) -> None:
        assert dialog.numbers == ["040 7741"]
        assert dialog.preview.pages == 1
        dialog.preview.save_button.click()
        assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
        dialog.preview.save_button.click()
        assert "could not be written" in dialog.refusals.text()
        dialog.reject()

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_K), answer)


def test_outside_the_period_nothing_is_decided(bench, page):
    before = toxic(bench, "Vomiting", 2, date(2026, 9, 20))
    resolve(bench.ward, before, date(2026, 9, 22), who=NURSE)
    page.refresh()
    row = page.model.row_of(before)
    assert page.model.lines(row, Column.RULE)[0] == "outside the period"
    assert page.model.lines(row, Column.WORST)[0] == "outside"
    page.table.setCurrentIndex(page.model.index(row, 0))
    assert not page.decide_button.isEnabled()
    page.decide()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_draws_in_both_themes(qtbot, bench, session, theme):
    bench.open_epi_1()
    bench.at(2026, 10, 20, 8, 0)
    toxic(bench)
    made = DltPage(bench.ward, Look(theme), session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    assert not made.bar.grab().isNull()
    assert "EPI #1 07-Oct-2026" in made.bar.accessibleDescription()


def test_before_the_period_and_without_one(qtbot, bench, look, session):
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 20, 8, 0)
    made = DltPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    assert made.headline.text() == "DLT period not started."
    assert not made.off_button.isEnabled()
    other = bench.enrol(
        study_number="2",
        protocol_key="interfant06",
        hospital_number="T 2",
        bed="2",
        elsewhere="open then",
    )
    made.show_infant(other)
    assert "has no DLT period" in made.headline.text()
    assert not made.table.isVisible()
    assert made.chosen() is None and not made.decide_button.isEnabled()


LONG = (
    "expected with this course, seen again after each block and gone before the next one began, "
    "as discussed with the trial office on the telephone"
)


@pytest.mark.parametrize("wide", [960, 1258, 1800])
def test_every_word_of_the_rule_and_of_a_decision_stands_in_its_row(qtbot, page, wide):
    """Nothing of a reason is cut: each text of a cell, broken at words, fits between the row's edges."""
    decide_with(qtbot, page, LONG)
    page.frame_of_test.resize(wide, 600)
    qtbot.wait(1)
    table, model = page.table, page.model
    assert sum(table.columnWidth(column) for column in Column) == table.viewport().width()
    for row in range(model.rowCount()):
        for column in (Column.TERM, Column.ATTRIBUTION, Column.RULE, Column.DECISION):
            lines, room = model.lines(row, column), table.columnWidth(column) - 7 - 4
            marked = column == Column.RULE or (column == Column.DECISION and row == 0)
            room -= 22 * marked
            sizes = zip(lines, (("body", "strong"), ("small", "text")), strict=True)
            high = sum(
                QFontMetricsF(page.look.font(*font))
                .boundingRect(QRectF(0, 0, room, 9_999), int(Qt.TextFlag.TextWordWrap), text)
                .height()
                for text, font in sizes
                if text and column != Column.ATTRIBUTION
            )
            assert high <= table.rowHeight(row) + 0.5
    assert max(table.rowHeight(row) for row in range(model.rowCount())) > min(
        table.rowHeight(row) for row in range(model.rowCount())
    )


def decide_with(qtbot, page, reason: str) -> None:
    def answer(dialog: DecideDialog) -> None:
        fill(dialog)
        dialog.reason.clear()
        QTest.keyClicks(dialog.reason, reason)
        dialog.act_button.click()

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_D), answer)


def test_a_nurses_name_is_refused_and_what_was_typed_stays(qtbot, page):
    def answer(dialog: DecideDialog) -> None:
        dialog.verdict.buttons[0].setFocus()
        QTest.keyClick(dialog.verdict.buttons[0], Qt.Key.Key_Space)
        QTest.keyClicks(dialog.physician, "M. Night, RN")
        QTest.keyClicks(dialog.reason, "grade 3 for two days")
        dialog.act_button.click()
        assert dialog.isVisible() and "says nurse" in dialog.refusals.text()
        assert dialog.physician.text() == "M. Night, RN"

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_D), answer)
    assert view(page).rows[0].decisions == ()


def test_the_physician_signed_in_stands_there_and_cannot_be_another(qtbot, page, session):
    peopled(page.ward)
    doctor = enter(page.ward, OKONJO)
    session.change_who(doctor)

    def answer(dialog: DecideDialog) -> None:
        QTest.keyClicks(dialog.physician, "Somebody else")
        assert dialog.physician.text() == doctor and not dialog.is_dirty()
        dialog.verdict.buttons[0].setFocus()
        QTest.keyClick(dialog.verdict.buttons[0], Qt.Key.Key_Space)
        QTest.keyClicks(dialog.reason, "grade 3 for two days")
        dialog.act_button.click()
        assert "Type the passphrase" in dialog.refusals.text() and not dialog.result()
        QTest.keyClicks(dialog.secret, SECRETS[OKONJO])
        dialog.act_button.click()
        assert dialog.result() == 1

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_D), answer)
    assert view(page).rows[0].decisions[0].physician == doctor

    def back(dialog: TakeBackDialog) -> None:
        """To take back weighs as much as to decide: the same secret."""
        QTest.keyClicks(dialog.reason, "wrong row")
        dialog.act_button.click()
        assert "Type the passphrase" in dialog.refusals.text() and not dialog.result()
        QTest.keyClicks(dialog.secret, SECRETS[OKONJO])
        dialog.act_button.click()

    page.ward.clock.now += timedelta(minutes=2)
    said = answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_X), back)
    assert any("decided: counts: “grade 3 for two days”" in words for words in said)
    assert view(page).rows[0].decisions[0].struck_out == "wrong row"


def test_not_evaluable_beside_a_dlt_is_in_the_heading_and_not_among_its_decisions(qtbot, page):
    decide(qtbot, page, 0)

    def off(dialog: NotEvaluableDialog) -> None:
        QTest.keyClicks(dialog.physician, "Dr Ines Halvorsen")
        QTest.keyClicks(dialog.reason, "left the trial")
        dialog.act_button.click()

    answering(qtbot, lambda: QTest.keyClick(page.table, Qt.Key.Key_N), off)
    assert "DLT" in page.headline.text() and "not evaluable, too" in page.headline.text()
    (said,) = [line for line in page.side.lines.text().split("\n") if "left the trial" in line]
    assert said.startswith("Of the infant, not of one toxicity:")


def test_what_is_said_of_the_period_is_never_cut(page):
    about = page.about
    assert about.text()
    assert about.heightForWidth(about.width()) <= about.height()
