"""An answer of the round is taken back by Backspace or Ctrl+Z, by real keys, and only that one."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop_pages.test_toxicity_round_page import page, press  # noqa: F401 (a fixture)


def back(page, *, undo=False):  # noqa: F811
    key, held = Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier
    if undo:
        key, held = Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(page.window().focusWidget(), key, held)


def test_answers_are_taken_back_one_by_one(page):  # noqa: F811
    page.table.setFocus()
    press(page, "T", "S", "G")
    first, second = page.round.opens
    assert page.round.count.text().startswith("2 of") and page.round.proposals[0].hasFocus()
    back(page)  # the keyboard has gone on: the answer before is meant
    assert second.hasFocus() and second.answer is None and second.said.text() == "not yet"
    assert first.answer is not None and page.round.count.text().startswith("1 of")
    back(page, undo=True)
    assert first.hasFocus() and first.answer is None and not page.is_dirty()
    back(page)
    assert first.hasFocus(), "nothing above the first line"


def test_a_grade_asked_a_proposal_and_the_last_line_too(page):  # noqa: F811
    page.table.setFocus()
    press(page, "T", "W")
    first = page.round.opens[0]
    assert first.touched and first.answer is None
    back(page)
    assert not first.touched and first.asked.isHidden()
    press(page, "S", "S", "A")
    taken = page.round.proposals[-1]
    assert taken.answer is not None
    taken.setFocus()
    back(page, undo=True)
    assert taken.answer is None and taken.words.text() == "not yet"
    press(page, "Y", *"000000")
    assert page.round.finish_button.hasFocus()
    last = page.round.asked[-1]
    back(page)  # behind the last line stand the buttons
    assert last.hasFocus() and last.answer is None and last.said.text() == "not yet"
    assert page.round.asked[-2].answer is not None
