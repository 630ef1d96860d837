"""Filter and open checks of the ward list, by real keys: what is left out is said, and the order stays."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.board_model import Limit
from bedside.desktop.board_words import CLOCKS, words_of
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.board_names import alike_words
from bedside.ward.facts import facts_of_all


@pytest.fixture
def judged(window):
    """The window with a list that says who waits for whom."""
    judge_board(window.ward)
    window.refresh_board(keep_order=True)
    return window


def beds(window) -> list[str]:
    """The beds on the list, from above."""
    model = window.board_page.model
    return [model.row(at).bed for at in range(model.rowCount())]


def key(window, which: Qt.Key, more=Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    there = QApplication.activePopupWidget() or QApplication.focusWidget() or window
    QTest.keyClick(there, which, more)
    QApplication.processEvents()


def open_menu(window):
    """The filter's menu, opened by its key."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    key(window, Qt.Key.Key_F, both)
    return QApplication.activePopupWidget()


def choose(window, words: str) -> None:
    """Go down the menu to a line and take it."""
    menu = open_menu(window)
    for _ in range(len(menu.actions())):
        if menu.activeAction().text() == words:
            break
        key(window, Qt.Key.Key_Down)
    assert menu.activeAction().text() == words
    key(window, Qt.Key.Key_Return)


def test_protocol_and_course_are_chosen_by_keys_and_esc_shows_all(judged):
    every = beds(judged)
    choose(judged, "Interfant-06")
    shown = beds(judged)
    assert 0 < len(shown) < len(every)
    assert shown == [bed for bed in every if bed in shown], "the order stays"
    assert judged.summary.limit.text() == "Interfant-06 (Esc: all)"
    assert f"{len(shown)} of {len(every)} infants" in judged.summary.title.text()
    judged.order_anew()
    assert set(beds(judged)) == set(shown), "F5 sorts, and filters as before"
    choose(judged, "Interfant-06")  # again: taken away
    assert beds(judged) == every
    choose(judged, "Consolidation")
    assert beds(judged) == ["5"]
    key(judged, Qt.Key.Key_Escape)
    assert beds(judged) == every and not judged.summary.limit.isVisible()


def test_who_is_left_out_and_cannot_wait_is_said(judged):
    """A running clock is never out of mind because of a filter."""
    choose(judged, "Interfant-06")
    assert judged.summary.urgent.text() == "not shown: 2 with a clock running"


def test_open_checks_are_said_counted_and_filtered(judged):
    rows = {row.bed: row for row in board(judged.ward).rows}
    said = words_of(rows["3"], CLOCKS, judged.ward.now())
    assert "open check: both counts wait, azaCITIDine day 2" in said
    assert "open check: pharmacist releases, azaCITIDine day 3" in said
    assert "mg" not in said, "no figure of a dose that waits for its blind check"
    found = board(judged.ward)
    assert found.checks == sum(len(row.checks) + row.dlt.decisions_due for row in found.rows)
    choose(judged, "Open checks and decisions")
    waiting = {row.bed for row in found.rows if row.checks or row.dlt.decisions_due}
    assert set(beds(judged)) == waiting and "3" in waiting


def test_a_filter_and_a_search_narrow_together_and_a_band_is_found(judged):
    model = judged.board_page.model
    model.limit_to(Limit(protocol="Interfant-06"))
    model.search("LINDGREN")
    assert model.rowCount() == 0
    model.limit_to(Limit())
    row = next(row for row in model.every_row if row.family == "LINDGREN")
    model.search(row.hospital_number.replace(" ", ""))
    assert beds(judged) == ["2"]


def test_names_that_are_taken_for_one_another_are_marked(ward):
    """One family name, one birthday (siblings), and a name that is spelt nearly alike."""
    infants = [facts.infant for facts in facts_of_all(ward)]
    nora, nils = [one for one in infants if one.family == "HOLMBERG"][:2]
    others = [one for one in infants if one.family != "HOLMBERG"]
    assert alike_words(tuple(infants))[nils.id].startswith("same family name: bed ")
    twins = (nora, replace(nils, born=nora.born), *others)
    assert alike_words(twins)[nora.id] == f"same family name and birthday: bed {nils.bed}"
    near = (nora, replace(nils, family="HOLMBERGH"), *others)
    assert alike_words(near)[nora.id] == f"name spelt alike: bed {nils.bed}"
    assert others[0].id not in alike_words(near)
