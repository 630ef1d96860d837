"""H25: two infants in one bed need a deliberate yes, at enrolment and when a bed is changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.enrol_dialog import EnrolDialog
from bedside.desktop.identity_dialog import IdentityDialog
from bedside.ward.identity import identity_form, in_bed
from tests.desktop.plain_text import plain
from tests.desktop.test_enrol_dialog import fill


@pytest.fixture
def shown(qtbot):
    def show(dialog):
        qtbot.addWidget(dialog, before_close_func=lambda one: setattr(one, "is_dirty", bool))
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return show


def test_who_lies_in_a_bed(ward, infant_of):
    (found,) = in_bed(ward, " 4 ")
    assert found == "WIŚNIEWSKA, Łucja (DEM 004 127, born 12-Aug-2026)"
    assert in_bed(ward, "4", infant_of("4")) == () == in_bed(ward, "") == in_bed(ward, "99")


def test_enrolling_into_an_occupied_bed_asks(shown, ward, look, session):
    dialog = shown(EnrolDialog(ward, look, session))
    fill(dialog)
    assert not dialog.bed_taken.isVisible()
    fill(dialog, bed="4")
    assert dialog.bed_taken.isVisible()
    dialog.act_button.click()
    assert dialog.infant_id is None
    assert "Bed 4: WIŚNIEWSKA, Łucja" in plain(dialog.refusals.text())
    assert "Tick that both lie there, or mend the bed." in plain(dialog.refusals.text())
    dialog.bed_taken.both.setFocus()
    QTest.keyClick(dialog.bed_taken.both, Qt.Key.Key_Space)
    assert not dialog.refusals.isVisible()
    dialog.form.bed.setText("2")  # a yes for one bed is none for another
    assert dialog.bed_taken.isVisible() and not dialog.bed_taken.both.isChecked()
    dialog.form.bed.setText("4")
    dialog.bed_taken.both.click()
    dialog.act_button.click()
    assert dialog.infant_id is not None
    assert len(in_bed(ward, "4")) == 2


def test_changing_a_bed_to_an_occupied_one_asks(shown, ward, look, session, infant_of):
    infant = infant_of("2")
    dialog = shown(IdentityDialog(ward, look, session, infant))
    assert not dialog.bed_taken.isVisible()
    dialog.form.bed.setText("4")
    dialog.reason.setPlainText("moved")
    dialog.act_button.click()
    assert identity_form(ward, infant).bed == "2"
    assert "WIŚNIEWSKA" in dialog.refusals.text()
    dialog.form.bed.setText("12")
    assert not dialog.bed_taken.isVisible()
    dialog.act_button.click()
    assert identity_form(ward, infant).bed == "12"


def test_the_box_that_comes_up_is_no_stop_among_the_fields(shown, ward, look, session):
    """Typed without looking, each following answer landed one field on."""
    dialog = shown(EnrolDialog(ward, look, session))
    dialog.form.bed.setFocus()
    QTest.keyClicks(dialog.form.bed, "4")
    assert dialog.bed_taken.isVisible()
    QTest.keyClick(dialog.form.bed, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.form.allergies
    dialog.act_button.setFocus()
    QTest.keyClick(dialog.act_button, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.bed_taken.both  # and the keyboard still comes to it


def test_what_nobody_answered_is_said_before_she_is_enrolled(shown, ward, look, session):
    dialog = shown(EnrolDialog(ward, look, session))
    assert dialog.unanswered.text() == ""
    fill(dialog)
    asked = [row for row in dialog.entry.rows if row.answer is not None]
    assert asked and dialog.unanswered.text().startswith("Not answered, stays unknown: ")
    for row in asked:
        assert row._words.text() in dialog.unanswered.text()
        row.answer.choose("unknown")
    assert dialog.unanswered.text() == ""
