"""Correcting who an infant is: prefilled, reasoned, kept beside what was recorded first."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.corrections_dialog import CorrectionsDialog
from bedside.desktop.identity_dialog import IdentityDialog
from bedside.desktop.look import Look
from bedside.desktop.session import Session
from bedside.store.queries import of_infant, one
from bedside.store.records import Identity, Infant
from bedside.ward.board import board
from bedside.ward.facts import facts_as_of, facts_of
from bedside.ward.infants import banner
from tests.ward.wards import NURSE, Bench


@pytest.fixture
def bench(tmp_path):
    """A ward with one infant."""
    made = Bench(tmp_path / "ward")
    made.open_epi_1()
    yield made
    made.ward.store.close()


@pytest.fixture
def dialog(qtbot, bench):
    """The form of that infant."""
    made = IdentityDialog(bench.ward, Look("light"), Session(NURSE), bench.infant)
    qtbot.addWidget(made, before_close_func=lambda shown: setattr(shown, "is_dirty", bool))
    made.show()
    return made


def test_it_opens_as_recorded_and_says_when_nothing_differs(dialog, bench):
    recorded = facts_of(bench.ward, bench.infant).infant
    assert dialog.form.family.text() == recorded.family
    assert dialog.form.born.value() == recorded.born
    assert not dialog.is_dirty()
    assert dialog.back_button.isDefault()
    QTest.keyClicks(dialog.reason, "nothing")
    dialog.record()
    assert "Nothing differs" in dialog.refusals.text()


def test_a_name_is_corrected_by_keys_and_the_old_one_stays_readable(dialog, bench):
    """H29: list and banner show the new name; the first record is not touched."""
    old = banner(bench.ward, bench.infant).family
    before = bench.ward.now()
    dialog.form.family.selectAll()
    QTest.keyClicks(dialog.form.family, "MUSTERMANN")
    assert dialog.is_dirty()
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert "reason" in dialog.refusals.text()
    bench.at(2026, 10, 9, 9, 0)
    QTest.keyClicks(dialog.reason, "misspelt at enrolment")
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert dialog.result() == dialog.DialogCode.Accepted
    assert banner(bench.ward, bench.infant).family == "MUSTERMANN"
    assert any("MUSTERMANN" in str(row) for row in board(bench.ward).rows)
    assert facts_as_of(bench.ward, bench.infant, before).infant.family == old
    with bench.ward.store.reading() as connection:
        assert one(connection, Infant, bench.infant).family == old


def test_a_second_correction_strikes_the_first_out(dialog, bench, qtbot):
    dialog.form.bed.setText("12")
    dialog.reason.setPlainText("moved")
    dialog.record()
    again = IdentityDialog(bench.ward, Look("light"), Session(NURSE), bench.infant)
    qtbot.addWidget(again)
    assert again.form.bed.text() == "12"
    said = [found.text() for found in again.findChildren(QLabel)]
    assert any("became 12 (moved)" in words and NURSE in words for words in said)
    again.form.bed.setText("13")
    again.reason.setPlainText("moved again")
    again.record()
    with bench.ward.store.reading() as connection:
        rows = of_infant(connection, Identity, bench.infant, include_void=True)
    assert [(row.bed, row.voided_at is None) for row in rows] == [("12", False), ("13", True)]


@pytest.mark.parametrize(
    ("born", "said"),
    [("01-Jan-2027", "future"), ("01-Oct-2026", "lies after"), ("31-Feb-2026", "Born")],
)
def test_an_impossible_birth_is_refused_and_what_was_typed_stays(dialog, bench, born, said):
    dialog.form.born.set_text(born)
    dialog.reason.setPlainText("wrong day")
    dialog.record()
    assert said in dialog.refusals.text()
    assert dialog.form.born.text() == born
    with bench.ward.store.reading() as connection:
        assert of_infant(connection, Identity, bench.infant) == []


def test_the_door_stands_among_the_corrections(qtbot, bench, monkeypatch):
    shown = []
    monkeypatch.setattr(IdentityDialog, "exec", lambda self: shown.append(self.infant_id) or 0)
    corrections = CorrectionsDialog(
        bench.ward, Look("light"), Session(NURSE), bench.infant, "MUSTER, Ida"
    )
    qtbot.addWidget(corrections)
    corrections.show()
    QTest.mouseClick(corrections.identity_button, Qt.MouseButton.LeftButton)
    assert shown == [bench.infant]
    assert corrections.isVisible()
