"""The round's rows: whether a toxicity counts, and a baseline by real keys, as entered and as kept."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from bedside.desktop.round_parts import DltCell
from bedside.ward.views.round import RoundDlt
from tests.desktop_pages.test_toxicity_round_page import grades, page, press  # noqa: F401  (fixture)
from tests.ward.test_toxicity_round import lab


def test_the_next_infants_round_begins_at_its_top(page):  # noqa: F811
    page.frame_of_test.resize(1274, 320)
    page.begin_round()
    QApplication.processEvents()
    bar = page.round.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    page.show_infant(page.infant_id)
    page.begin_round()
    QApplication.processEvents()
    assert bar.value() == 0 and page.round.opens[0] is page.window().focusWidget()


def test_an_open_one_says_in_words_whether_it_counts(page):  # noqa: F811
    """It is before the period here: said too, and never by a colour alone."""
    page.begin_round()
    line = page.round.opens[0]
    assert line.dlt.words.text() == "period not begun"
    assert line.dlt.isVisible() and line.dlt.words.height() >= line.dlt.words.heightForWidth(
        line.dlt.words.width()
    )
    heads = [one.text() for one in page.round.findChildren(QLabel)]
    assert "DLT, screening rule" in heads and "Attribution" in heads
    for verdict, words in (("ask", "ask: grade 3"), ("does not count", "does not count: decided")):
        cell = DltCell(RoundDlt(verdict, words, "the whole"), page.look)
        assert cell.words.text() == words and cell.toolTip() == "the whole"
        assert not cell.grab().isNull()


def test_a_baseline_in_another_unit_shows_as_entered_and_as_kept(qtbot, page, bench):  # noqa: F811
    """Creatinine 0.26 mg/dL is 22.98 µmol/L; a baseline of 0.5 mg/dL is 44.2: by hand, × 88.4."""
    lab(bench, "creatinine", "0.26", "mg/dL", low=None, high=Decimal("0.42"))
    page.refresh()
    page.begin_round()
    row = next(one for one in page.round.proposals if "baseline" in one.values)
    words = [one.text() for one in row.findChildren(QLabel)]
    assert "0.26 mg/dL" in words and "kept: 23 µmol/L" in words
    field, echo = row.values["baseline"], row.echoes["baseline"]
    assert echo.text() == "kept in µmol/L"
    field.setFocus()
    QTest.keyClicks(field.edit, "0.5")
    assert echo.text() == "kept as 44.2 µmol/L" and echo.isVisible()
    QTest.keyClick(field.edit, Qt.Key.Key_Tab)
    key = "creatinine-increased"
    qtbot.waitUntil(lambda: page.round.said_so_far == {key: {"baseline": "0.5 mg/dL"}})


def test_a_baseline_is_typed_and_read_strictly(qtbot, page, bench):  # noqa: F811
    lab(bench, "alt", "60", "U/L", low=None, high=Decimal(40))
    page.refresh()
    page.begin_round()
    row = next(one for one in page.round.proposals if "baseline" in one.values)
    field = row.values["baseline"]
    field.setFocus()
    QTest.keyClicks(field.edit, "2,5")
    QTest.keyClick(field.edit, Qt.Key.Key_Tab)
    assert field.refusal() and page.round.said_so_far == {}
    field.clear()
    field.setFocus()
    QTest.keyClicks(field.edit, "25")
    QTest.keyClick(field.edit, Qt.Key.Key_Tab)
    key = "alanine-aminotransferase-increased"
    qtbot.waitUntil(lambda: page.round.said_so_far == {key: {"baseline": "25 U/L"}})
    row = next(one for one in page.round.proposals if one.proposal.term_key == key)
    assert row.proposal.grade == 1


def test_after_a_baseline_and_return_the_keys_of_the_round_go_on(qtbot, page, bench):  # noqa: F811
    """The keyboard stays on the line: Y takes what was just graded, F finishes."""
    lab(bench, "alt", "60", "U/L", low=None, high=Decimal(40))
    page.refresh()
    page.begin_round()
    row = next(one for one in page.round.proposals if "baseline" in one.values)
    row.values["baseline"].edit.setFocus()
    QTest.keyClicks(row.values["baseline"].edit, "25")
    QTest.keyClick(row.values["baseline"].edit, Qt.Key.Key_Return)
    key = row.proposal.term_key
    qtbot.waitUntil(lambda: page.round.said_so_far == {key: {"baseline": "25 U/L"}})
    row = next(one for one in page.round.proposals if one.proposal.term_key == key)
    # asked of the window: whether another window is in front for a moment is not the round's affair
    assert page.window().focusWidget() is row
    press(page, "Y")
    assert row.answer is not None and row.answer.accepted
    press(page, "F")
    assert not page.in_round and grades(page)["Alanine aminotransferase increased"] == 1


def test_one_key_says_that_the_first_result_is_the_baseline(page, bench):  # noqa: F811
    """CTCAE 5.0: 90 is 1.8 times an abnormal baseline of 50, and 1.5 to 3 times it is grade 1."""
    lab(bench, "alt", "50", "U/L", low=None, high=Decimal(40))
    bench.at(2026, 10, 7, 9, 0)
    lab(bench, "alt", "90", "U/L", low=None, high=Decimal(40))
    page.refresh()
    page.begin_round()
    key = "alanine-aminotransferase-increased"
    row = next(one for one in page.round.proposals if one.proposal.term_key == key)
    assert "first result here: 50 U/L" in row.proposal.questions[0].words
    row.setFocus()
    press(page, "B")
    assert page.round.said_so_far == {key: {"baseline": "50 U/L"}}
    row = next(one for one in page.round.proposals if one.proposal.term_key == key)
    assert row.proposal.grade == 1 and row.hasFocus()
    press(page, "Y")
    assert row.answer is not None and row.answer.accepted
