"""Blinatumomab on the first page and on the doses: asked, answered by keys, said as a continuous infusion."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import AZACITIDINE, ORDERS, OTHERS
from bedside.desktop.given_dose_dialog import GivenDoseDialog
from bedside.desktop.start_answers_dialog import StartAnswersDialog
from bedside.desktop.where_page import WherePage
from bedside.ward.courses import open_course
from bedside.ward.facts import facts_of
from bedside.ward.start_answers import StartReply, answer_start
from tests.desktop_pages.page_driving import answering, in_frame, type_into
from tests.ward.wards import DOCTOR

COURSE = "blinatumomab"


@pytest.fixture
def pilot(bench):
    bench.site()
    bench.enrol(protocol_key="interfant06-blinatumomab", elsewhere="enrolled before")
    bench.at(2026, 10, 9, 8, 0)
    return bench


@pytest.fixture
def where(qtbot, pilot, look, session):
    made = WherePage(pilot.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(pilot.infant)
    return made


@pytest.fixture
def running(pilot):
    """Blinatumomab since 09-Oct-2026; 6.2 kg, day 1."""
    replies = [StartReply("cd19", "yes", "report A"), StartReply("marrow", "yes", "report B")]
    answer_start(pilot.ward, pilot.infant, COURSE, replies, who=DOCTOR)
    open_course(pilot.ward, pilot.infant, COURSE, date(2026, 10, 9), who=DOCTOR)
    pilot.weigh()
    return pilot


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2011", "-")


def test_the_page_is_not_green_and_the_door_to_the_answers_is_open(where) -> None:
    assert where.view.mark == "unknown"
    assert where.answer_button.isVisible() and not where.toxicity_button.isVisible()
    where.open_button.click()
    assert "CD19-positive" in plain(where.refusals.text())
    assert facts_of(where.ward, where.infant_id).start_of(COURSE) is None


def choose_yes(choice) -> None:
    """By keys: open the list, go to yes, take it."""
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Space)
    QApplication.processEvents()
    QTest.keyClick(choice.view(), Qt.Key.Key_Down)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)


def test_the_answers_are_given_by_keys_with_what_they_were_read_in(qtbot, where) -> None:
    def answer(dialog) -> None:
        assert isinstance(dialog, StartAnswersDialog) and len(dialog.rows) == 2
        dialog.act_button.click()
        assert "Nothing is answered yet" in plain(dialog.refusals.text())
        _, cd19, read_in = dialog.rows[0]
        choose_yes(cd19)
        assert cd19.value() == "yes" and dialog.is_dirty()
        dialog.act_button.click()
        assert "say what it was read in" in plain(dialog.refusals.text()) and dialog.isVisible()
        assert cd19.value() == "yes"
        type_into(read_in, "flow cytometry of 01-Sep-2026")
        dialog.act_button.click()
        assert not dialog.isVisible()

    answering(qtbot, where.answer_button.click, answer)
    rows = {row.question: row for row in where.view.rules if row.question}
    assert (rows["cd19"].result, rows["marrow"].result) == ("met", "unknown")
    assert "flow cytometry of 01-Sep-2026" in rows["cd19"].source
    assert where.view.mark == "unknown" and where.answer_button.isVisible()


def test_doses_open_on_what_her_protocol_has(qtbot, running, look, session) -> None:
    page = DosesPage(running.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(running.infant)
    assert page.stack.currentIndex() == OTHERS
    assert not page.views.buttons[AZACITIDINE].isVisible()
    page.show_part(ORDERS)
    page.refresh()
    assert page.stack.currentIndex() == ORDERS
    page.show_part(OTHERS)
    other = running.enrol(hospital_number="T 002", study_number="15P1-T002")
    page.show_infant(other)
    assert page.stack.currentIndex() == AZACITIDINE
    assert page.views.buttons[AZACITIDINE].isVisible()


def test_the_dose_is_said_per_day_as_a_continuous_infusion(qtbot, running, look, session) -> None:
    page = DosesPage(running.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(running.infant)
    cells = [plain(str(page.others.model.index(0, column).data())) for column in range(4)]
    assert cells == [
        "blinatumomab",
        "intravenous, continuous infusion",
        "day 1 to day 28, both included, without a break",
        "15 micrograms per m² per day, as a continuous infusion "
        "(stated: blinatumomab pilot, NEJM 2023)",
    ]
    (row,) = page.others.due_model.stringList()
    assert plain(row) == "blinatumomab intravenous, continuous infusion, day 1, 09-Oct-2026"


def test_a_day_is_recorded_as_having_run(qtbot, running, look, session) -> None:
    planned = (COURSE, 1, "blinatumomab", "IV")
    dialog = GivenDoseDialog(running.ward, look, session, running.infant, planned)
    qtbot.addWidget(dialog)
    assert "ran on day 1 of 28" in dialog.form.run_words
    assert dialog.act_button.text().replace("&", "") == "Record that it ran"
    assert any("per day, as a continuous infusion" in plain(step) for step in dialog.form.steps)
