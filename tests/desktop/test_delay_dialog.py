"""The dialog of holds and delays: seen first, recorded with a reason, nothing typed is lost."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QScreen
from PySide6.QtTest import QTest

from bedside.desktop.delay_bands import lines_of
from bedside.desktop.delay_dialog import DelayDialog
from bedside.units.dates import write_date
from bedside.ward.facts import facts_of
from bedside.ward.holding import delay_form, save_hold
from bedside.ward.standing import projection_of
from bedside.ward.views.delay import NewHold


@pytest.fixture
def dialog(qtbot, ward, look, session, infant_of) -> DelayDialog:
    infant = infant_of("4")
    form = delay_form(ward, infant)
    key, _, start = form.courses[-1]
    assert start is not None
    made = DelayDialog(ward, look, session, infant, None, key, start)
    qtbot.addWidget(made)
    made.goes_on.set_value(start + timedelta(days=6))
    return made


def test_everything_that_moves_is_shown_before_it_is_recorded(dialog: DelayDialog) -> None:
    before = facts_of(dialog.ward, dialog.infant_id).holds
    assert dialog.view is not None
    assert dialog.model.rowCount() == len(dialog.view.moves) > 0
    assert dialog.model.data(dialog.model.index(0, 4)) == "+6 days"
    assert dialog.back_button.isDefault()
    assert not dialog.bands.grab().isNull()
    assert facts_of(dialog.ward, dialog.infant_id).holds == before


def test_what_else_changes_stands_beside_it_and_the_waiting_days_are_hatched(
    dialog: DelayDialog,
) -> None:
    assert dialog.view is not None and dialog.view.also
    shown = dialog.also.text()
    for title, words in dialog.view.also:
        assert title in shown and words.replace(" ", "") in shown.replace("\u00a0", "").replace(
            " ", ""
        )
    assert dialog.fields.held() == (
        dialog.from_on.value(),
        dialog.goes_on.value() - timedelta(days=1),
    )
    hatched = dialog.bands.grab().toImage()
    dialog.bands.show_view(dialog.view)
    assert dialog.bands.grab().toImage() != hatched
    dialog.goes_on.clear()
    dialog.drug.setCurrentIndex(dialog.drug.count() - 1)
    assert dialog.fields.held() is None


def test_without_a_reason_nothing_is_recorded_and_what_was_typed_stays(dialog: DelayDialog) -> None:
    before = facts_of(dialog.ward, dialog.infant_id).holds
    dialog.act_button.click()
    assert "reason" in dialog.refusals.text()
    assert dialog.goes_on.value() is not None
    assert facts_of(dialog.ward, dialog.infant_id).holds == before


def test_with_its_reason_it_is_recorded(dialog: DelayDialog) -> None:
    dialog.reason.setText("count not recovered")
    dialog.act_button.click()
    hold = facts_of(dialog.ward, dialog.infant_id).holds[-1]
    assert hold.reason == "count not recovered"
    assert isinstance(hold.until_on, date)
    dialog.reason.setText("")  # closing a form with something typed in it asks


def test_keeping_the_plan_is_the_filled_default(dialog: DelayDialog) -> None:
    assert dialog.back_button.isDefault() and dialog.back_button.property("role") == "act"
    assert not dialog.act_button.isDefault() and dialog.act_button.property("role") == ""


def test_a_hold_chosen_to_end_can_be_let_go_again(dialog: DelayDialog) -> None:
    dialog.open_hold.addItem("one that stands", "7")
    dialog.open_hold.choose("7")
    assert dialog.view is None
    dialog.open_hold.choose("")
    assert dialog.view is not None


@pytest.fixture
def held(qtbot, ward, look, session, infant_of) -> DelayDialog:
    """The dialog of an infant whose last course is held for six days."""
    infant = infant_of("4")
    key, _, start = delay_form(ward, infant).courses[-1]
    assert start is not None
    form = NewHold(key, "", start, start + timedelta(days=5), "count not recovered")
    save_hold(ward, infant, form, who="A, RN")
    made = DelayDialog(ward, look, session, infant)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_standing_hold_is_listed_and_taken_back_by_its_own_door(held: DelayDialog) -> None:
    before = facts_of(held.ward, held.infant_id).holds
    (button,) = held.standing.back_buttons
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert held.goes_on.value() == before[-1].from_on
    assert not held.course.isEnabled() and "goes on" in held.summary.text()
    assert held.act_button.text() == "&Record the end of the hold"
    QTest.keyClick(held.act_button, Qt.Key.Key_Space)
    assert "reason" in held.refusals.text()
    assert facts_of(held.ward, held.infant_id).holds == before
    QTest.keyClicks(held.reason, "held the wrong infant")
    QTest.keyClick(held.act_button, Qt.Key.Key_Space)
    assert facts_of(held.ward, held.infant_id).holds == before[:-1]


def test_the_end_of_a_standing_hold_is_typed_after_its_own_door(held: DelayDialog) -> None:
    hold = facts_of(held.ward, held.infant_id).holds[-1]
    QTest.keyClick(held.standing.end_buttons[0], Qt.Key.Key_Space)
    assert held.goes_on.is_empty() and held.open_hold.value() == str(hold.id)
    goes_on = hold.from_on + timedelta(days=2)
    QTest.keyClicks(held.goes_on.edit, write_date(goes_on))
    QTest.keyClicks(held.reason, "count recovered")
    QTest.keyClick(held.act_button, Qt.Key.Key_Space)
    assert facts_of(held.ward, held.infant_id).holds[-1].until_on == goes_on - timedelta(days=1)


def test_a_course_name_is_whole_on_one_line_or_two_or_stands_below(look) -> None:
    metrics = QFontMetricsF(look.font("caption", "strong"))
    title = "Delayed Intensification part 2"
    whole = metrics.horizontalAdvance(title)
    assert lines_of(title, metrics, whole) == (title,)
    assert lines_of(title, metrics, whole - 1) == ("Delayed Intensification", "part\u00a02")
    assert lines_of("Consolidation", metrics, 30) == ()


@pytest.fixture
def shifting(qtbot, ward, look, session, infant_of) -> DelayDialog:
    """The dialog on Delayed Intensification part 1, with vincristine to be given two days later."""
    infant = infant_of("2")
    plan = projection_of(ward, facts_of(ward, infant)).course("di-part-1")
    on = next(dose.on for dose in plan.doses if (dose.drug, dose.course_day) == ("vincristine", 8))
    made = DelayDialog(ward, look, session, infant, None, "di-part-1", on, "vinCRIStine")
    qtbot.addWidget(made)
    made.show()
    made.way.setFocus()
    QTest.keyClick(made.way, Qt.Key.Key_Space)
    QTest.keyClick(made.way.view(), Qt.Key.Key_Down)
    QTest.keyClick(made.way.view(), Qt.Key.Key_Return)
    made.goes_on.set_value(on + timedelta(days=2))
    return made


def test_a_drug_in_focus_is_shifted_by_keys_after_its_doses_were_shown(
    shifting: DelayDialog,
) -> None:
    assert shifting.drug.currentText() == "vinCRIStine intravenous"
    assert shifting.view is not None
    assert [(move[1], move[4]) for move in shifting.view.moves] == [
        ("vinCRIStine IV, day 8", "+2 days"),
        ("vinCRIStine IV, day 15", "+2 days"),
        ("vinCRIStine IV, day 22", "+2 days"),
    ]
    assert shifting.act_button.text() == "&Record the shift"
    shifting.reason.setFocus()
    QTest.keyClicks(shifting.reason, "ileus")
    QTest.keyClick(shifting.act_button, Qt.Key.Key_Space)
    (row,) = facts_of(shifting.ward, shifting.infant_id).shifts
    assert (row.from_day, row.by_days, row.reason) == (8, 2, "ileus")


def test_without_a_drug_or_a_reason_no_shift_is_recorded(shifting: DelayDialog) -> None:
    shifting.act_button.click()
    assert "reason" in shifting.refusals.text()
    shifting.drug.setCurrentIndex(-1)
    shifting.act_button.click()
    assert "Choose the course and the drug" in shifting.refusals.text()
    assert facts_of(shifting.ward, shifting.infant_id).shifts == ()


def test_a_standing_shift_is_taken_back_by_its_own_door(
    qtbot, shifting: DelayDialog, look, session
) -> None:
    shifting.reason.setText("ileus")
    shifting.act_button.click()
    made = DelayDialog(shifting.ward, look, session, shifting.infant_id)
    qtbot.addWidget(made)
    made.show()
    (button,) = made.standing.shift_buttons
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert made.act_button.text() == "&Take the shift back"
    made.act_button.click()
    assert "reason" in made.refusals.text()
    made.reason.setText("given on its day after all")
    made.act_button.click()
    assert facts_of(made.ward, made.infant_id).shifts == ()


def test_no_name_of_a_session_is_cut_in_the_table(dialog: DelayDialog) -> None:
    """Delayed Intensification part 1 and its session are read in full: on one line or on two."""
    dialog.show()
    table, measured = dialog.table, QFontMetricsF(dialog.table.font())
    for row in range(dialog.model.rowCount()):
        words = str(dialog.model.data(dialog.model.index(row, 1)))
        lines = -(-measured.horizontalAdvance(words) // (table.columnWidth(1) - 16))
        assert table.rowHeight(row) >= lines * measured.lineSpacing()


def test_it_opens_on_the_course_that_runs_and_a_day_that_was_not_typed_follows_the_course(
    qtbot, ward, look, session, infant_of
) -> None:
    """Eyes 20: it opened on the next course, and kept that course's first day for the running one."""
    infant = infant_of("2")
    form = delay_form(ward, infant)
    starts = {key: start for key, _, start in form.courses}
    assert form.running == "epi-2"
    following = next(key for key in starts if key != form.running)
    made = DelayDialog(ward, look, session, infant, None, following)  # as "Where are we" opens it
    qtbot.addWidget(made)
    assert made.course.value() == "epi-2" and made.from_on.value() == ward.today()
    made.goes_on.set_value(ward.today() + timedelta(days=4))
    assert "fall away: mercaptopurine by mouth" in made.summary.text()
    # the last day before the end of therapy; no date is broken at the end of a line
    assert " to 28\u2011Aug\u20112028." in made.summary.text()
    made.course.choose(following)
    assert made.from_on.value() == starts[following]
    made.course.choose("epi-2")
    assert made.from_on.value() == ward.today()
    typed = ward.today() + timedelta(days=1)
    made.from_on.set_value(typed)
    made.course.choose(following)
    assert made.from_on.value() == typed


def test_a_group_is_named_once_and_read_out_in_each_of_its_rows(dialog: DelayDialog) -> None:
    model, moves = dialog.model, dialog.model._moves
    again = [row for row in range(1, len(moves)) if moves[row][0] == moves[row - 1][0]]
    assert again
    spoken = Qt.ItemDataRole.AccessibleTextRole
    for row in range(len(moves)):
        index = model.index(row, 0)
        assert model.data(index) == ("" if row in again else moves[row][0])
        assert model.data(index, spoken) == moves[row][0]


def test_what_else_changes_stands_beside_the_bands_and_nothing_scrolls_but_the_table(
    qtbot, ward, look, session, infant_of, monkeypatch
) -> None:
    """On a screen of 1366 by 768: one scroll bar at most, that of the table."""
    room = QRect(0, 0, 1366, 768)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: room)
    infant = infant_of("4")
    key, _, start = delay_form(ward, infant).courses[-1]
    made = DelayDialog(ward, look, session, infant, None, key, start)
    qtbot.addWidget(made)
    assert start is not None
    made.goes_on.set_value(start + timedelta(days=6))
    made.show()
    QTest.qWait(50)
    assert (made.width(), made.height()) == (1280, 720)
    assert made._form_area.verticalScrollBar().maximum() == 0
    at = made.also_head.mapTo(made, QPoint(0, 0))
    bands = made.bands.mapTo(made, made.bands.rect().topRight())
    assert at.x() > bands.x() and abs(at.y() - bands.y()) < 8
    made.done(0)
