"""A key that is held down in the round answers one line: the next must be read before it is answered."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import record_toxicity
from tests.desktop_pages.page_driving import NURSE, in_frame

KEYS = {letter: getattr(Qt.Key, f"Key_{letter}") for letter in "GAF0"}


@pytest.fixture
def page(qtbot, bench, look, session):
    """A toxicity stands open, this morning's count asks for two grades, eight terms are asked."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    toxicity = NewToxicity("Mucositis oral", 2, date(2026, 10, 1), "", "")
    record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)
    bench.count(620, 41_000)
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


@pytest.mark.parametrize("key", ["G", "0", "A", "F"])
def test_a_key_held_down_answers_one_line_and_no_more(page, key: str):
    """Two seconds of a held key said "absent" of eight terms that nobody had read."""
    page.begin_round()
    QTest.keyClick(page.window().focusWidget(), KEYS[key])
    before = page.round.count.text()
    for _ in range(20):
        focused = page.window().focusWidget()
        held = QKeyEvent(
            QEvent.Type.KeyPress, KEYS[key], Qt.KeyboardModifier.NoModifier, key.lower(), True
        )
        QApplication.sendEvent(focused, held)
    assert page.round.count.text() == before and page.in_round


def send(page, kind: QEvent.Type, key: str, at: int, *, repeated: bool = False) -> None:
    """A key event as the window system delivers it: to whatever has the keyboard now."""
    event = QKeyEvent(kind, KEYS[key], Qt.KeyboardModifier.NoModifier, key.lower(), repeated)
    event.setTimestamp(at)
    QApplication.sendEvent(page.window().focusWidget(), event)


@pytest.mark.parametrize("told", [True, False])
def test_releases_and_presses_of_a_held_key_answer_nothing(page, told: bool):
    """X11 repeats a key as release and press of one moment, on a busy machine not told as repeated."""
    page.begin_round()
    page.round.asked[0].setFocus()
    send(page, QEvent.Type.KeyPress, "0", 1000)
    for at in range(1500, 2500, 40):
        send(page, QEvent.Type.KeyRelease, "0", at, repeated=told)
        send(page, QEvent.Type.KeyPress, "0", at, repeated=told)
    assert [line.answer is None for line in page.round.asked[:3]] == [False, True, True]
    # let go and pressed anew by a finger, it answers the next line; without the release it does not
    send(page, QEvent.Type.KeyRelease, "0", 2600)
    send(page, QEvent.Type.KeyPress, "0", 2700)
    send(page, QEvent.Type.KeyPress, "0", 2800)
    assert [line.answer is None for line in page.round.asked[:3]] == [False, False, True]
    page.round.presses.forget()  # as after a dialog that took the release
    send(page, QEvent.Type.KeyPress, "0", 2900)
    assert page.round.asked[2].answer is not None
