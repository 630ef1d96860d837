"""The round under the reader's hand: rows stay, the line that keys act on is marked and in sight."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.desktop_pages.test_toxicity_round_page import page, press  # noqa: F401  (fixture)
from tests.ward.test_toxicity_round import lab

ALT, HYPER, HYPO = "alanine-aminotransferase-increased", "hypercalcemia", "hypocalcemia"


@pytest.fixture
def many(page, bench):  # noqa: F811
    """Ten proposals of which the screen shows a few; ALT and calcium wait for an answer."""
    lab(bench, "alt", "480", "U/L", low=None, high=Decimal(40))
    lab(bench, "calcium", "1.7", "mmol/L", low=Decimal("2.2"), high=Decimal("2.7"))
    for analyte, value, unit, low, high in (
        ("potassium", "3.2", "mmol/L", "3.5", "5.5"),
        ("sodium", "150", "mmol/L", "135", "145"),
        ("magnesium", "0.5", "mmol/L", "0.7", "1.0"),
        ("creatinine", "90", "umol/L", "15", "37"),
    ):
        lab(bench, analyte, value, unit, low=Decimal(low), high=Decimal(high))
    page.frame_of_test.resize(1274, 420)
    page.refresh()
    page.begin_round()
    QApplication.processEvents()
    return page


def terms(page) -> list[str]:  # noqa: F811
    return [row.proposal.term_key for row in page.round.proposals]


def row_of(page, key: str):  # noqa: F811
    return next(row for row in page.round.proposals if row.proposal.term_key == key)


def current(page):  # noqa: F811
    """The one line that is marked, and in sight."""
    (line,) = [one for one in page.round._every() if one.property("current")]
    room = page.round.area.viewport()
    top = line.mapTo(room, line.rect().topLeft()).y()
    assert top >= 0 and top + min(line.height(), room.height()) <= room.height()
    return line


def down_to(page, key: str) -> None:  # noqa: F811
    while row_of(page, key) is not page.round.current.line():
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Down)


def words_of(row) -> str:
    texts = [one.text() for one in row.findChildren(QLabel) if not one.isHidden()]
    return " ".join(texts).replace("\u00a0", " ").replace("\u2011", "-")


def test_every_step_down_the_round_marks_one_line_in_sight(many):
    for _ in many.round._every():
        line = current(many)
        assert line is many.round.current.line()
        QTest.keyClick(many.window().focusWidget(), Qt.Key.Key_Down)


def test_an_answer_to_a_question_moves_no_row(many):
    """ALT, not graded, stood among the last; graded, it jumped up and the next key met another row."""
    before = terms(many)
    down_to(many, ALT)
    room = many.round.area.viewport()
    place = current(many).mapTo(room, current(many).rect().topLeft()).y()
    press(many, "B")
    QApplication.processEvents()
    assert terms(many) == before
    line = current(many)
    assert line.proposal.term_key == ALT and line.proposal.grade == 0
    assert abs(line.mapTo(room, line.rect().topLeft()).y() - place) <= 2
    press(many, "Y")
    QApplication.processEvents()
    assert row_of(many, ALT).answer.accepted
    answered = [row.proposal.term_key for row in many.round.proposals if row.answer]
    assert answered == [ALT]


def test_a_line_whose_number_is_typed_is_marked_too(many):
    down_to(many, ALT)
    row = row_of(many, ALT)
    row.values["baseline"].edit.setFocus()
    assert current(many) is row
    QTest.keyClicks(row.values["baseline"].edit, "20")
    QTest.keyClick(many.window().focusWidget(), Qt.Key.Key_Escape)
    assert many.in_round and many.window().focusWidget() is row
    assert row.values["baseline"].edit.text() == "" and many.round.said_so_far == {}


def test_the_first_no_is_shown_as_given_and_says_what_it_means(many):
    calcium = next(key for key in terms(many) if key in (HYPER, HYPO))
    down_to(many, calcium)
    assert "missing: whether this calcium is corrected" in words_of(row_of(many, calcium))
    press(many, "N")
    row = row_of(many, calcium)
    assert current(many) is row
    assert row.questions["corrected"].buttons["N"].isChecked()
    assert not row.questions["corrected"].buttons["Y"].isChecked()
    said = words_of(row)
    assert "missing" not in said
    assert "Answered no, this calcium is corrected for the albumin: so this rule gives no" in said
    QTest.keyClick(row, Qt.Key.Key_Backspace)
    again = row_of(many, calcium)
    assert many.round.said_so_far == {} and current(many) is again
    assert not again.questions["corrected"].buttons["N"].isChecked()


def test_one_question_of_a_sample_is_asked_once(many):
    """Whether the calcium is corrected stood at both its terms; one answer grades both."""
    first, second = (key for key in terms(many) if key in (HYPER, HYPO))
    assert "corrected" in row_of(many, first).questions
    assert "corrected" not in row_of(many, second).questions
    assert f"asked above, at {row_of(many, first).proposal.term}" in words_of(row_of(many, second))
    down_to(many, first)
    press(many, "Y")
    assert many.round.said_so_far == {first: {"corrected": "yes"}}
    for key in (first, second):
        assert "corrected for the albumin?" not in words_of(row_of(many, key))
    assert row_of(many, HYPER).proposal.grade == 0
    assert row_of(many, HYPO).proposal.least == 3  # below 1.75 mmol/L
