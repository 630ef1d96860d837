"""A course whose days are not public: the preview says so, and the hold is kept with its reason."""

from datetime import date, timedelta

import pytest

from bedside.desktop.delay_dialog import DelayDialog
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.holding import delay_form, preview, save_hold
from bedside.ward.shifting import preview_shift
from bedside.ward.views.delay import NewHold, NewShift

TODAY = date(2026, 11, 20)
HELD = NewHold("marma", "", TODAY, TODAY + timedelta(days=5), "mucositis")


def test_a_hold_of_a_course_without_public_days_says_what_cannot_be_shown(ward, infant_of):
    view = preview(ward, infant_of("8"), HELD)
    assert view.summary.startswith(
        "MARMA: the days of its drugs are not public, so what would move in it cannot be shown."
    )
    assert "Nothing would move" not in view.summary and "No date" not in view.summary
    assert view.against == ()


def test_it_is_recorded_with_its_reason_and_stands(ward, infant_of):
    save_hold(ward, infant_of("8"), HELD, who="Dr I. Halvorsen")
    assert facts_of(ward, infant_of("8")).holds[-1].reason == "mucositis"
    assert "MARMA held from 20-Nov-2026" in delay_form(ward, infant_of("8")).holds[-1].words
    with pytest.raises(Refused, match="recorded already"):
        save_hold(ward, infant_of("8"), HELD, who="Dr I. Halvorsen")


def test_a_drug_without_public_days_is_named(ward, infant_of):
    view = preview(ward, infant_of("8"), NewHold("marma", "cytarabine", TODAY, TODAY, "fever"))
    assert view.summary.startswith("MARMA: the days of cytarabine are not public")


def test_where_every_day_is_known_nothing_to_move_is_still_refused(ward, infant_of):
    after_all = date(2027, 1, 30)
    view = preview(ward, infant_of("5"), NewHold("epi-2", "", after_all, after_all, "later"))
    assert view.against == (
        "Nothing would move: every day of this course is known, and none of its doses lies on or "
        "after these days.",
    )


def test_the_end_of_therapy_has_its_true_reason(ward, infant_of):
    also = dict(preview(ward, infant_of("8"), HELD).also)
    assert (
        also["End of therapy: unknown"]
        == "When therapy of Interfant-06 ends is not public: the site enters it."
    )


def test_a_shift_of_a_drug_without_days_says_who_enters_them(ward, infant_of):
    form = NewShift("marma", "cytarabine", "not public", TODAY, TODAY + timedelta(days=2), "fever")
    with pytest.raises(Refused) as refused:
        preview_shift(ward, infant_of("8"), form)
    assert "are not public, so there is no planned dose to shift" in str(refused.value)


def test_bands_say_what_goes_on_and_name_today(qtbot, ward, look, session, infant_of):
    dialog = DelayDialog(ward, look, session, infant_of("8"), None, "marma", TODAY)
    qtbot.addWidget(dialog)
    dialog.goes_on.set_value(TODAY + timedelta(days=6))
    assert dialog.view is not None and not dialog.view.moves
    assert [band.title for band in dialog.view.after if band.open_until == date.max] == ["MARMA"]
    assert dialog.table.isHidden()  # no empty table
    dialog.resize(1000, 700)
    dialog.bands.resize(940, 148)
    picture = dialog.bands.grab().toImage()
    accent = look.colour("accent").rgb()
    flag = sum(picture.pixel(x, 3) == accent for x in range(picture.width()))
    assert flag > 60  # the line of today has its flag, not a bare line


def test_an_infant_who_leaves_therapy_is_told_why_there_is_no_end(ward, infant_of):
    from bedside.ward.enrolling import record_kmt2a

    record_kmt2a(ward, infant_of("1"), "germline", TODAY, who="Dr I. Halvorsen")
    also = dict(preview(ward, infant_of("1"), NewHold("induction", "", TODAY, TODAY, "fever")).also)
    assert also["End of therapy: unknown"].startswith(
        "The infant leaves protocol therapy after Induction"
    )
