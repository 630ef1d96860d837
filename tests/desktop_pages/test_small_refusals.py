"""What cannot be done is said before it is tried: a grade that does not exist, a role, a copy to read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.check_who import CheckWho
from bedside.desktop.cohort_page import CohortPage
from bedside.desktop.commission_row import _UNITS
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.protocol.typed_kinds import KINDS
from bedside.ward.forms import NewToxicity
from bedside.ward.people import people
from bedside.ward.people_acts import add_person
from bedside.ward.roles import role_book
from bedside.ward.toxicities import record_toxicity
from tests.desktop_pages.page_driving import answering, in_frame, type_into
from tests.ward.peopled import BERG, KELLER, OKONJO, cheap, enter, new, peopled, second_of


@pytest.fixture
def page(qtbot, bench, look, session):
    bench.site()
    bench.enrol()
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def test_after_striking_out_the_keyboard_is_not_on_an_answer_that_records_at_once(qtbot, page):
    """The button of the row closes; "No, not resolved" lay next, and one more Space answered."""
    today = page.ward.today()
    toxicity = NewToxicity("Vomiting", 1, today, "cytarabine probable", "")
    record_toxicity(page.ward, page.infant_id, toxicity, who="T. Nurse")
    page.refresh()
    page.table.selectRow(0)
    page.buttons.void.setFocus()

    def answer(dialog) -> None:
        QTest.keyClicks(dialog.reason, "wrong infant")
        dialog.act.click()

    answering(qtbot, page.buttons.void.click, answer)
    stands = page.window().focusWidget()
    assert not page.buttons.void.isEnabled() and stands is page.table, stands


def test_a_key_for_a_grade_that_does_not_exist_says_so_and_chooses_nothing(qtbot, page) -> None:
    def answer(dialog) -> None:
        type_into(dialog.term, "Sepsis")
        grades = dialog.grade.buttons
        QTest.keyClicks(grades[0], "2")
        assert dialog.grade.value() == -1 and not grades[1].isChecked()
        assert "Sepsis has no grade 2" in dialog.refusals.text().replace("\u00a0", " ")
        QTest.keyClicks(grades[0], "4")
        assert dialog.grade.value() == 3 and not dialog.refusals.text()
        QTest.keyClicks(grades[3], "1")
        assert dialog.grade.value() == 3 and "no grade 1" in dialog.refusals.text()

    answering(qtbot, page.buttons.new.click, answer)


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot, look) -> None:
    from PySide6.QtCore import QStringListModel

    table = PlainTable("three", look)
    qtbot.addWidget(table)
    table.setModel(QStringListModel(["a", "b", "c"], table))
    table.setCurrentIndex(table.model().index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == 2
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 0
    table.setModel(QStringListModel([], table))
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert not table.currentIndex().isValid()


def test_the_second_check_offers_only_people_who_may_check(qtbot, bench, look) -> None:
    peopled(bench.ward)
    enter(bench.ward, KELLER)
    with cheap():
        for name, role in (("Tess Ward", "coordinator"), ("Adam Rees", "administrator")):
            who = bench.ward.signed_in.who
            add_person(bench.ward, new(name, role), who=who, second=second_of(bench.ward))
    bench.ward.signed_in = None
    field = CheckWho(bench.ward, look, None, "")
    qtbot.addWidget(field)
    assert field.chosen is not None
    offered = {one.name for one in field.chosen._people.values()}
    assert offered == {KELLER, BERG, OKONJO}
    assert {one.name for one in people(bench.ward)} > offered


def test_a_coordinator_does_not_record_the_weight_that_doses_rest_on() -> None:
    book = role_book()
    assert not book.may_write(("coordinator",), "Measurement")
    assert book.may_write(("coordinator",), "BloodCount")
    for role in ("physician", "pharmacist", "nurse"):
        assert book.may_write((role,), "Measurement")


def test_every_unit_of_a_dose_has_its_words() -> None:
    assert {unit for unit in KINDS["dose"].units if "/" in unit} <= set(_UNITS)


def test_one_infant_is_one_infant(qtbot, bench, look, session) -> None:
    bench.site()
    bench.enrol()
    made = CohortPage(bench.ward, look, session)
    in_frame(qtbot, made)
    said: list[str] = []
    made.titled.connect(said.append)
    made.refresh()
    assert said and "1 infant," in said[-1]
