"""The dialog of holds and delays: seen first, recorded with a reason, nothing typed is lost."""

from datetime import date, timedelta

import pytest

from bedside.desktop.delay_dialog import DelayDialog
from bedside.ward.facts import facts_of
from bedside.ward.holding import delay_form


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
