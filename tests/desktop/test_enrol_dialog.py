"""The enrolment form: nothing assumed, every point of eligibility said, nothing typed lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.enrol_dialog import EnrolDialog
from bedside.desktop.enrol_form import DIAGNOSES
from bedside.desktop.fields import Choice, TypedField
from bedside.desktop.look import Look
from bedside.desktop.refusal_area import RefusalArea
from bedside.desktop.screen_room import room_of
from bedside.desktop.session import Session
from bedside.store.queries import all_of, of_infant
from bedside.store.records import CourseStart, Infant
from bedside.ward.ward import Ward
from tests.desktop.plain_text import plain

# ---- enrolling --------------------------------------------------------------------------------


@pytest.fixture
def enrolling(shown, ward: Ward, look: Look, session: Session) -> EnrolDialog:
    """An empty enrolment form."""
    return shown(EnrolDialog(ward, look, session))


def fill(dialog: EnrolDialog, **changes: str) -> None:
    """Fill a form with an eligible infant, by typing where typing is possible."""
    texts = {
        "family": "MUSTER",
        "given": "Ida",
        "born": "14-May-2026",
        "weeks": "39",
        "days": "2",
        "hospital_number": "DEM 009 001",
        "bed": "11",
        "line": "2-lumen",
        "study_number": "15P1-X1",
        "diagnosed_on": "10-Nov-2026",
        "induction_day_1": "2026-11-12",
    }
    choices = {
        "sex": "f",
        "allergies": "No known allergies",
        "protocol": "aall15p1",
        "diagnosis": "B-ALL",
        "kmt2a": "rearranged",
        "consent": "yes",
    }
    for name, value in {**texts, **choices, **changes}.items():
        field = getattr(dialog.form, name)
        if isinstance(field, Choice):
            field.choose(value)
        elif isinstance(field, TypedField):
            field.set_text(value)
        else:
            field.setText(value)


def test_an_eligible_infant_is_enrolled(enrolling: EnrolDialog, ward: Ward):
    fill(enrolling)
    assert {line.result for line in enrolling.entry.lines} <= {"met", "unknown"}
    enrolling.act_button.click()
    assert enrolling.infant_id is not None
    with ward.store.reading() as connection:
        kept = all_of(connection, Infant)[-1]
    assert (kept.family, kept.sex, kept.born) == ("MUSTER", "f", date(2026, 5, 14))
    assert kept.gestation_days == 39 * 7 + 2
    assert kept.allergies == "No known allergies"
    with ward.store.reading() as connection:
        (start,) = of_infant(connection, CourseStart, enrolling.infant_id)
    assert start.day_1 == date(2026, 11, 12)


def test_nothing_is_assumed_about_a_new_infant(enrolling: EnrolDialog):
    """H12, H15: every choice begins without one; unknown is chosen, never assumed."""
    assert enrolling.form.is_empty() and not enrolling.is_dirty()
    enrolling.act_button.click()
    said = enrolling.refusals.text()
    for name in ("Born", "Diagnosed on", "Sex", "Allergies", "Protocol", "KMT2A", "Consent"):
        assert name in said
    assert enrolling.isVisible()


def test_points_of_eligibility_are_judged_while_typing(enrolling: EnrolDialog):
    """H12: each point says met, not met or unknown, and why."""
    assert enrolling.entry.lines == ()
    fill(enrolling, born="14-May-2024")
    age = enrolling.entry.lines[0]
    assert age.result == "not met" and "days old" in age.because
    enrolling.form.born.set_text("14-May-2026")
    assert enrolling.entry.lines[0].result == "met"
    texts = [label.text() for label in enrolling.entry.findChildren(QLabel) if not label.isHidden()]
    assert any(text.startswith("met: 180") for text in texts)


def test_an_infant_too_old_is_refused_and_the_form_stays(enrolling: EnrolDialog, ward: Ward):
    """H12: the wrong protocol is refused with the reason; nothing typed is lost."""
    with ward.store.reading() as connection:
        before = len(all_of(connection, Infant))
    fill(enrolling, born="14-May-2025")
    enrolling.act_button.click()
    assert enrolling.isVisible() and enrolling.infant_id is None
    assert "days old" in enrolling.refusals.text()
    assert enrolling.form.family.text() == "MUSTER"
    assert enrolling.form.consent.value() == "yes"
    with ward.store.reading() as connection:
        assert len(all_of(connection, Infant)) == before


def test_a_hospital_number_is_taken_once(enrolling: EnrolDialog):
    """H25: one number, one infant."""
    fill(enrolling, hospital_number="DEM 004 118")
    enrolling.act_button.click()
    assert "DEM 004 118" in enrolling.refusals.text()


def test_a_number_that_is_taken_is_told_with_the_other_faults(enrolling: EnrolDialog):
    """Finding: it was told only after everything else was mended."""
    fill(enrolling, hospital_number="DEM 004 118", consent=None)
    enrolling.act_button.click()
    said = enrolling.refusals.text()
    assert "Consent" in said and "The hospital number DEM 004 118 is" in said


def test_an_allergy_that_is_chosen_must_be_named(enrolling: EnrolDialog, ward: Ward):
    fill(enrolling, allergies="typed")
    assert enrolling.form.allergic_to.isVisible()
    enrolling.act_button.click()
    assert "Allergies" in enrolling.refusals.text()
    enrolling.form.allergic_to.setText("penicillin: rash")
    enrolling.act_button.click()
    with ward.store.reading() as connection:
        assert all_of(connection, Infant)[-1].allergies == "penicillin: rash"


def test_a_protocol_closed_to_entry_asks_where_she_was_enrolled(enrolling: EnrolDialog, ward: Ward):
    fill(enrolling, protocol="interfant06", induction_day_1="")
    assert "closed" in enrolling.form.protocol.currentText()
    assert enrolling.form.elsewhere.isVisible()
    enrolling.act_button.click()
    assert enrolling.isVisible() and "closed" in enrolling.refusals.text().lower()
    enrolling.form.elsewhere.setText("North Quay, Sep 2016")
    enrolling.act_button.click()
    assert enrolling.isVisible() and "names 2016" in enrolling.refusals.text()
    enrolling.form.elsewhere.setText("North Quay, while entry was open")
    enrolling.act_button.click()
    assert enrolling.infant_id is not None


@pytest.mark.parametrize(("weeks", "days"), [("39,2", ""), ("39.5", "1"), ("39", "9"), ("", "3")])
def test_a_gestation_is_whole_weeks_and_days(enrolling: EnrolDialog, weeks: str, days: str):
    """H10: gestation is stored and shown, so it must be right or empty."""
    fill(enrolling, weeks=weeks, days=days)
    enrolling.act_button.click()
    assert "Gestation" in enrolling.refusals.text()
    assert (enrolling.form.weeks.text(), enrolling.form.days.text()) == (weeks, days)


def test_every_accepted_diagnosis_can_be_chosen(ward: Ward):
    for protocol in ward.protocols.values():
        for rule in protocol.entry_rules:
            if rule.check == "diagnosis":
                assert {*rule.accepted, *rule.accepted_with_share} <= set(DIAGNOSES)


# ---- what no record tells ---------------------------------------------------------------------


def row_of(dialog: EnrolDialog, key: str):
    """The point of eligibility with this key, as it is shown."""
    return next(row for row in dialog.entry.rows if row.key == key)


def test_a_mixed_phenotype_asks_for_the_share_of_b_lymphoblasts(enrolling: EnrolDialog):
    fill(enrolling)
    assert enrolling.form.b_share.isHidden() or not enrolling.form.b_share.isVisible()
    enrolling.form.diagnosis.choose("mixed phenotype")
    assert enrolling.form.b_share.isVisible()
    found = {line.key: line.result for line in enrolling.entry.lines}
    assert found["diagnosis"] == "unknown"
    enrolling.form.b_share.set_text("50")
    assert next(line for line in enrolling.entry.lines if line.key == "diagnosis").result == "met"
    enrolling.form.b_share.set_text("49.9")
    assert (
        next(line for line in enrolling.entry.lines if line.key == "diagnosis").result == "not met"
    )


def test_a_refused_share_that_is_out_of_sight_does_not_hold_the_form_up(enrolling: EnrolDialog):
    fill(enrolling)
    enrolling.form.diagnosis.choose("mixed phenotype")
    enrolling.form.b_share.set_text("190")
    assert any("B lymphoblasts" in reason for reason in enrolling.form.unreadable())
    enrolling.form.diagnosis.choose("B-ALL")
    assert enrolling.form.unreadable() == []
    enrolling.form.diagnosis.choose("mixed phenotype")
    assert enrolling.form.b_share.text() == "190"


def test_a_point_that_no_record_tells_is_answered_in_its_place_and_stays_answered(
    enrolling: EnrolDialog,
):
    fill(enrolling)
    asked = [row for row in enrolling.entry.rows if row.answer is not None]
    assert asked
    row = asked[0]
    row.answer.choose("yes")
    line = next(line for line in enrolling.entry.lines if line.key == row.key)
    assert "answered yes" in line.because
    assert row_of(enrolling, row.key) is row  # the focus stays: the row is not made anew
    born = enrolling.form.born.text()
    enrolling.form.born.set_text("1")
    assert enrolling.entry.rows == ()
    enrolling.form.born.set_text(born)
    assert row_of(enrolling, row.key).answer.value() == "yes"


def test_the_form_stands_on_a_small_screen_whatever_is_refused(qtbot, enrolling: EnrolDialog):
    """At 1366 × 768 the buttons stay in sight; the reasons scroll, each can be reached by keys."""
    enrolling.form.days.set_text("nine")
    enrolling.form.weeks.set_text("x")
    enrolling.form.induction_day_1.set_text("31-Feb-2026")
    QTest.keyClick(enrolling.act_button, Qt.Key.Key_Space)
    qtbot.wait(20)
    assert enrolling.refusals.isVisible() and len(enrolling.refusals.text().splitlines()) > 8
    assert enrolling.minimumSizeHint().height() <= 700
    enrolling.resize(1256, 700)
    qtbot.wait(20)
    for button in (enrolling.back_button, enrolling.act_button):
        corner = button.mapTo(enrolling, button.rect().bottomRight())
        assert enrolling.rect().contains(corner) and button.isVisible()
    area = next(one for one in enrolling.findChildren(RefusalArea))
    assert area.verticalScrollBar().maximum() > 0
    assert area.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert not area.geometry().intersects(enrolling._form_area.geometry())
    enrolling.form.bed.setText("2")
    qtbot.wait(20)
    assert not enrolling.refusals.isVisible()  # its room is kept free


def test_unknown_is_offered_only_where_it_is_an_answer(enrolling: EnrolDialog):
    enrolling.act_button.click()
    said = plain(enrolling.refusals.text()).splitlines()
    assert "Sex: choose one." in said and "Protocol: choose one." in said
    assert "Consent: choose one; unknown is an answer." in said


def test_a_diagnosis_before_birth_is_said_where_eligibility_stands(enrolling: EnrolDialog):
    fill(enrolling, born="14-May-2026", diagnosed_on="01-May-2026")
    said = [plain(label.text()) for label in enrolling.entry.findChildren(QLabel)]
    words = "The diagnosis on 01-May-2026 is before the birth on 14-May-2026: mend one of the days."
    assert words in said


def test_reasons_never_push_the_buttons_off_the_screen(qtbot, enrolling: EnrolDialog):
    """Grown downwards from where it was opened, the form had both buttons below the edge of 768."""
    screen = room_of(enrolling)
    enrolling.move(enrolling.x(), screen.bottom() - enrolling.height() - 4)
    for act in (lambda: None, lambda: QTest.keyClicks(enrolling.form.family, "MUSTER")):
        enrolling.act_button.setFocus()
        QTest.keyClick(enrolling.act_button, Qt.Key.Key_Return)
        assert enrolling.refusals.isVisible()
        act()
        qtbot.waitUntil(lambda: enrolling.frameGeometry().bottom() <= screen.bottom())
        assert enrolling.frameGeometry().top() >= screen.top()
        for button in (enrolling.act_button, enrolling.back_button):
            low = button.mapToGlobal(button.rect().bottomLeft()).y()
            assert low <= screen.bottom() and button.isVisible()
