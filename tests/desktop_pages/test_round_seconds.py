"""How long a practised nurse's round takes: keys really pressed on the real page, times a published model.

Source: S. K. Card, T. P. Moran, A. Newell, "The keystroke-level model for user performance time with
interactive systems", Communications of the ACM 23 (7), 1980, 396-410: a key of an average typist
0.28 s (K), a mental step 1.35 s (M). One mental step is counted for each term that is looked at, and
one before the round is finished. Talking to a parent and looking at the child are not in it.
"""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.toxicities_page import ToxicitiesPage
from bedside.ward.board import board
from bedside.ward.forms import NewToxicity
from bedside.ward.toxicities import log_of, record_toxicity, toxicities_page
from tests.desktop_pages.page_driving import NURSE, in_frame
from tests.ward.test_demonstration import ward as demonstration  # noqa: F401  (a fixture)

KEY_S, MENTAL_S = 0.28, 1.35
ALLOWED_S = 30.0
LETTERS = {
    letter: getattr(Qt.Key, f"Key_{letter}") for letter in (*"ABFGNSTWY012345", "Down")
}  # as on the line's own keys


class Nurse:
    """Presses keys wherever the keyboard is, and counts them."""

    def __init__(self, page: ToxicitiesPage) -> None:
        self.page, self.keys, self.looks = page, 0, 0

    def press(self, letter: str) -> None:
        """One real key event on the widget that has the keyboard."""
        QTest.keyClick(self.page.window().focusWidget() or self.page, LETTERS[letter])
        self.keys += 1

    @property
    def seconds(self) -> float:
        """The model's time so far."""
        return self.keys * KEY_S + self.looks * MENTAL_S

    def go_round(self, first: str = "S") -> None:
        """A round: the first open one as said, the others the same; all results taken; none present."""
        page = self.page
        page.table.setFocus()
        self.press("T")
        opens, proposals = len(page.round.opens), len(page.round.proposals)
        asked = len(page.round.asked)
        for at in range(opens):
            for key in first if at == 0 else "S":
                self.press(key)
        if proposals:
            self.press("A")
            for _ in range(proposals):  # it stops at one that has no grade yet: left for later
                if page.window().focusWidget() is not page.round.asked[0]:
                    self.press("Down")
            assert page.window().focusWidget() is page.round.asked[0]
        for _ in range(asked):
            self.press("0")
        self.looks += opens + proposals + asked + 1
        self.press("F")


@pytest.fixture
def page(qtbot, bench, look, session):
    """Three toxicities open, two results that propose, and six of the eight terms to ask for."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 8, 0)
    for term, grade, day in (("Mucositis oral", 2, 1), ("Vomiting", 1, 3), ("Fatigue", 1, 3)):
        toxicity = NewToxicity(term, grade, date(2026, 10, day), "", "")
        record_toxicity(bench.ward, bench.infant, toxicity, who=NURSE)
    bench.count(620, 41_000)
    made = ToxicitiesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def test_three_open_two_results_and_the_list_take_half_a_minute(page):
    nurse = Nurse(page)
    nurse.go_round("W3")
    assert not page.in_round
    view = toxicities_page(page.ward, page.infant_id)
    assert "not assessed" not in view.last_round and len(view.absent) == 6
    grades = {one.term: one.grade for one in log_of(page.ward, page.infant_id)}
    assert grades["Mucositis oral"] == 3 and grades["Neutrophil count decreased"] == 3
    assert (nurse.keys, nurse.looks) == (13, 12)
    assert nurse.seconds == pytest.approx(19.84)
    assert nurse.seconds <= ALLOWED_S


def test_each_round_of_the_demonstration_takes_half_a_minute(
    qtbot,
    demonstration,  # noqa: F811
    look,
    session,
):
    made = ToxicitiesPage(demonstration, look, session)
    in_frame(qtbot, made)
    taken = {}
    for row in board(demonstration).rows:
        made.show_infant(row.infant_id)
        nurse = Nurse(made)
        nurse.go_round()
        assert not made.in_round, row.family
        taken[f"{row.family} {row.given}"] = nurse.seconds
    assert len(taken) == 9
    assert max(taken.values()) <= ALLOWED_S, taken
