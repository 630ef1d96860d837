"""The page Counts: an ANC that is worked out is judged though nobody typed it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.plain_edit import PlainEdit
from bedside.ward.counts_page import counts_page
from tests.desktop.plain_text import plain
from tests.desktop_pages.page_driving import fill_count, retype, say_not_done, type_into


@pytest.fixture
def page(counts):
    return counts


def recorded_400(page):
    """White cells of 400 and an ANC of 88 are the last ones; the line of the white cells."""
    fill_count(page, wbc="0.4", neutrophils="20", bands="2", platelets="41")
    white = page.form.lines["wbc"]
    if white.standing() == "waiting":
        type_into(white.second.edit, "0.4")
    say_not_done(page, "haemoglobin")
    page.record_button.click()
    return white


def test_a_worked_out_anc_asks_for_the_white_cells_again(page):
    """H1: yesterday's ANC of 64 worked out as 640 from white cells of which a point was lost."""
    ward = page.ward
    counts_of_yesterday = {"wbc": "0.2", "neutrophils": "32", "bands": "0", "platelets": "41"}
    fill_count(page, **counts_of_yesterday)
    white = page.form.lines["wbc"]
    if white.standing() == "waiting":
        type_into(white.second.edit, "0.2")
    say_not_done(page, "haemoglobin")
    page.record_button.click()
    assert counts_page(ward, page.infant_id).rows[-1].anc_per_ul == 64

    fill_count(page, **{**counts_of_yesterday, "time": "09:25", "wbc": "2.0"})
    say_not_done(page, "haemoglobin")
    assert white.standing() == "waiting"
    assert white.slip.isVisible()
    assert "ANC worked out: 64 → 640 per µL: ten times" in plain(white.slip.words.text())
    assert page.form.reading().anc_suspect
    assert not page.record_button.isEnabled()

    type_into(white.second.edit, "2.0")
    assert page.record_button.isEnabled(), page.state_words.toolTip()
    retype(page.form.lines["neutrophils"].field.edit, "33")
    assert white.standing() == "waiting", "another ANC is another question"
    retype(page.form.lines["neutrophils"].field.edit, "3")
    assert white.standing() == "ready"
    retype(page.form.lines["neutrophils"].field.edit, "33")
    type_into(white.second.edit, "2.0")
    page.record_button.click()
    assert counts_page(ward, page.infant_id).rows[-1].anc_per_ul == 660


@pytest.mark.parametrize(
    ("neutrophils", "bands", "words"),
    [
        ("13", "2", "white cells are 10 times the last ones: 400 → 4"),
        ("40", "2", "1\u202f680 per µL: 19 times the last value"),
    ],
)
def test_another_share_does_not_hide_the_lost_point(page, neutrophils, bands, words):
    """H1: 0.40 white cells typed as 4.0: any share that would open the course asks for them again."""
    ward = page.ward
    white = recorded_400(page)
    assert counts_page(ward, page.infant_id).rows[-1].anc_per_ul == 88

    fill_count(page, time="09:25", wbc="4.0", neutrophils=neutrophils, bands=bands, platelets="41")
    say_not_done(page, "haemoglobin")
    assert white.standing() == "waiting"
    assert words in plain(white.slip.words.text())
    assert page.form.reading().anc_suspect
    assert not page.record_button.isEnabled()
    type_into(white.second.edit, "4.0")
    assert page.record_button.isEnabled(), page.state_words.toolTip()


def test_a_bound_of_the_white_cells_asks_as_its_figure_does(page):
    """H1: ">4.0" for 0.40 makes an ANC of more than 880; "<4.0" proves nothing and asks nothing."""
    white = recorded_400(page)

    fill_count(page, time="09:25", wbc=">4.0", neutrophils="20", bands="2", platelets="41")
    say_not_done(page, "haemoglobin")
    assert white.standing() == "waiting"
    assert "88 → >880 per µL: at least about ten times" in plain(white.slip.words.text())
    assert not page.record_button.isEnabled()
    retype(white.field.edit, "<4.0")
    assert white.standing() == "ready"
    retype(white.field.edit, ">4.0")
    assert white.standing() == "waiting"
    type_into(white.second.edit, ">4.0")
    assert page.record_button.isEnabled(), page.state_words.toolTip()


def test_after_a_record_no_field_brings_back_what_was_recorded(page):
    """Ctrl+Z is the window's then, which takes the record back (as its foot says)."""
    fill_count(page, wbc="1.9", neutrophils="30", platelets="41")
    say_not_done(page, "haemoglobin")
    page.record_button.click()
    assert "Recorded" in page.state_words.text()
    day = page.form.when.date.edit.text()
    fields = (page.form.when, *page.form.lines.values())
    for edit in (edit for field in fields for edit in field.findChildren(PlainEdit)):
        edit.setFocus()
        QTest.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert not edit.isUndoAvailable()
        assert edit.text() in ("", day)
    for line in page.form.lines.values():
        assert not line.field.edit.isUndoAvailable()
        assert not line.second.edit.isUndoAvailable()
