"""Ctrl+Z takes back what was recorded last, by real keys: said first, struck out, never a deletion."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.take_back_door import TakeBackLastDialog
from bedside.store.dlt_records import DltDecision
from bedside.store.queries import of_infant
from bedside.store.records import BloodCount, Measurement
from bedside.units.quantities import Anc, BodyWeight, Platelets
from bedside.ward.audit_reader import record_of_infant
from bedside.ward.counting import record_counts
from bedside.ward.forms import NewCounts, NewSize
from bedside.ward.printing import make_paper
from bedside.ward.taking_back import REASON, last_recorded
from bedside.ward.weighing import record_size
from tests.desktop.conftest import NURSE


@pytest.fixture
def weighed(window, infant_of):
    """WIŚNIEWSKA is weighed now; nothing rests on it."""
    infant = infant_of("4")
    weigh(window.ward, infant)
    window.open_infant(infant)
    QApplication.processEvents()
    return infant


def weigh(ward, infant) -> None:
    """5.7 kg, now."""
    size = NewSize(BodyWeight(5700), None, ward.now(), "typed a second time")
    record_size(ward, infant, size, who=NURSE)


def weights(ward, infant, *, struck=False):
    """The weights that stand, or those that were struck out."""
    with ward.store.reading() as connection:
        rows = of_infant(connection, Measurement, infant, include_void=True)
        standing = {row.id for row in of_infant(connection, Measurement, infant)}
    return [row for row in rows if (row.id not in standing) == struck]


def undo(window) -> None:
    """Ctrl+Z where the focus is."""
    there = QApplication.focusWidget() or window
    QTest.keyClick(there, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_it_is_said_first_and_the_safe_button_is_the_default(window, weighed, answer):
    def look_at(dialog):
        assert isinstance(dialog, TakeBackLastDialog) and dialog.back.isDefault()
        said = dialog.accessibleDescription()
        assert "You recorded a weight, 20-Nov-2026 10:42." in said and "5.7 kg" in said
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    before = len(weights(window.ward, weighed))
    asked = answer(look_at)
    undo(window)
    assert asked.asked == 1 and len(weights(window.ward, weighed)) == before


def test_a_weight_is_struck_out_and_stays_in_the_record(window, weighed, answer):
    before = len(weights(window.ward, weighed))
    asked = answer(lambda dialog: QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton))
    undo(window)
    assert asked.asked == 1 and len(weights(window.ward, weighed)) == before - 1
    (gone,) = weights(window.ward, weighed, struck=True)[-1:]
    assert gone.weight_g == 5700
    newest = record_of_infant(window.ward, weighed).lines[-1]
    assert newest.is_striking and newest.act.startswith("took back: recorded a weight")
    assert newest.who == NURSE and REASON in str(newest)
    assert "5.7 kg" not in window.band.accessibleName(), "the banner says what holds now"


def test_a_count_is_taken_back_from_its_empty_field(window, infant_of, answer, clock):
    """After recording, the cursor is in a field with nothing to undo: Ctrl+Z is the window's."""
    infant = infant_of("4")
    window.open_infant(infant)
    window.show_page(2)
    page, before = window.pages.page, counts(window.ward, infant)
    edit = page.form.lines["platelets"].field.edit
    edit.setFocus()
    QTest.keyClicks(edit, "90")
    undo(window)
    assert edit.text() == "", "typed text is the field's own to undo"
    nothing = ("neutrophils", "bands", "lymphocytes", "monocytes", "other", "blasts")
    form = NewCounts(
        taken_at=clock.now - timedelta(minutes=30),
        specimen="central line",
        wbc=None,
        wbc_state="not done",
        **{f"{each}_percent": None for each in nothing},
        anc=Anc(560),
        anc_state="done",
        platelets=Platelets(69_000),
        platelets_state="done",
        haemoglobin=None,
        haemoglobin_state="not done",
        unusual_reason="typed a second time",
    )
    record_counts(window.ward, infant, form, who=NURSE)
    page.refresh()
    assert counts(window.ward, infant) == before + 1
    page.form.when.time.edit.setFocus()
    asked = answer(lambda dialog: QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton))
    undo(window)
    assert asked.asked == 1 and counts(window.ward, infant) == before


def counts(ward, infant) -> int:
    """How many blood counts stand."""
    with ward.store.reading() as connection:
        return len(of_infant(connection, BloodCount, infant))


def test_what_rests_on_it_or_was_signed_is_said(window, weighed, infant_of, answer, clock):
    """A paper printed since: not taken back, with the reason; nothing older is reached past it."""
    clock.now += timedelta(minutes=1)
    make_paper(window.ward, weighed, "counts-form", None, who=NURSE)
    seen = []
    asked = answer(lambda dialog: (seen.append(dialog.accessibleDescription()), dialog.reject()))
    undo(window)
    assert asked.asked == 1
    assert "You recorded last: recorded a weight" in seen[0] and "A paper was printed" in seen[0]
    assert weights(window.ward, weighed)[-1].weight_g == 5700


def test_another_persons_or_an_older_record_is_never_reached(window, weighed, answer, clock):
    assert last_recorded(window.ward, "T. Marchetti, RN") is None or (
        last_recorded(window.ward, "T. Marchetti, RN").why_not
    )
    clock.now += timedelta(hours=13)
    assert last_recorded(window.ward, NURSE) is None
    seen = []
    asked = answer(lambda dialog: (seen.append(dialog.accessibleDescription()), dialog.reject()))
    undo(window)
    assert asked.asked == 1 and "You recorded nothing in the last 12 hours" in seen[0]


def test_twice_takes_back_the_one_before_and_a_round_stays(window, weighed, clock, answer):
    """What was taken back is not offered again; then the count of this morning is."""
    assert last_recorded(window.ward, NURSE).rows[0][0] == "measurement"
    asked = answer(lambda dialog: dialog.act.click())
    undo(window)
    assert asked.asked == 1
    assert last_recorded(window.ward, NURSE).rows[0][0] == "blood_count"


def test_the_door_in_the_status_line_comes_with_the_first_record(window, infant_of, answer):
    assert not window.status.back.isVisible()
    weigh(window.ward, infant_of("4"))
    window.session.saved.emit(None)
    QApplication.processEvents()
    assert window.status.back.isVisible()
    asked = answer(lambda dialog: dialog.reject())
    QTest.mouseClick(window.status.back, Qt.MouseButton.LeftButton)
    assert asked.asked == 1


def test_of_another_infant_than_the_one_in_sight_is_said_first(window, weighed, infant_of, answer):
    """Three hours later, on another infant's page: the name above is easily taken for hers."""
    said = []
    window.open_infant(infant_of("5"))
    QApplication.processEvents()
    asked = answer(lambda dialog: (said.append(dialog.accessibleDescription()), dialog.reject()))
    undo(window)
    assert asked.asked == 1
    assert said[0].startswith("NOT the infant in sight: the page shows HOLMBERG, Nils")
    shown = last_recorded(window.ward, NURSE)
    same = TakeBackLastDialog(
        window.ward, window.look, window.session, shown, window, in_sight=weighed
    )
    assert "NOT the infant in sight" not in same.accessibleDescription()
    same.deleteLater()


def test_the_door_in_the_status_line_is_not_offered_where_it_leads_nowhere(window, weighed):
    """A DLT decision is never taken back so: after one the line offers nothing."""
    window.session.saved.emit(None)
    QApplication.processEvents()
    assert window.status.back.isVisible()
    with window.ward.store.reading() as reader:
        newest = reader.exec_driver_sql("SELECT id, infant_id FROM toxicity ORDER BY id DESC")
        toxicity, infant = newest.fetchone()
    later = window.ward.now() + timedelta(seconds=1)
    with window.ward.store.change(NURSE, "decided about a DLT", later) as change:
        change.add(
            DltDecision, infant_id=infant, toxicity_id=toxicity, verdict="counts", facts="0" * 64,
            physician="Dr I. Halvorsen", reason="asked", proposal="ask", rule="invented",
        )  # fmt: skip
    window.session.saved.emit(None)
    QApplication.processEvents()
    assert not window.status.back.isVisible()
