"""The page Counts on a real ward: strict fields, slips, drafts, corrections."""

from datetime import datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from bedside.desktop.counts_form import CountsForm
from bedside.desktop.counts_page import CountsPage
from bedside.desktop.counts_reading import MEASURES
from bedside.units.refusal import Refused
from bedside.ward.counts_page import counts_page
from tests.desktop.plain_text import plain
from tests.desktop_pages.page_driving import (
    NURSE,
    fill_count,
    in_frame,
    retype,
    say_not_done,
    type_into,
)
from tests.mouse import double_click
from tests.ward.wards import BERLIN

NNBSP = "\u202f"


@pytest.fixture
def page(counts):
    return counts


def texts(page) -> list[str]:
    """All that is typed or chosen in the form."""
    found = [line.field.text() + line.state_value() for line in page.form.lines.values()]
    when = page.form.when
    return [*found, when.date.text(), when.time.text(), str(when.specimen.value())]


PARTS = {"neutrophils": "28", "bands": "3", "lymphocytes": "52", "monocytes": "14"}
FULL = {"wbc": "2.0", **PARTS, "other": "3", "blasts": "0", "haemoglobin": "84", "platelets": "46"}


def test_wrong_decimal_mark_is_refused_and_kept_in_every_field(page):
    """H1: "3,5" is never read as 35, never changed, and its reason stands below it."""
    for measure in MEASURES:
        line = page.form.lines[measure.key]
        type_into(line.field.edit, "3,5")
        assert line.field.text() == "3,5", measure.key
        assert line.value() is None
        assert line.standing() == "refused"
        assert "3.5" in line.slip.words.text() and line.slip.isVisible()
        assert not page.record_button.isEnabled()


def test_anc_is_worked_out_live_with_its_arithmetic(page):
    fill_count(page, wbc="2.0", neutrophils="28", bands="3")
    assert page.form.anc.figure.text() == "620"
    assert page.form.anc.words.text() == f"2{NNBSP}000 × (28 % + 3 %) = 620 per µL"
    assert "sum of the differential 31 %" in page.form.anc.sum_words.text()
    assert page.form.lines["neutrophils"].read_as.text() == "560 per µL"
    retype(page.form.lines["bands"].field.edit, "2")
    assert page.form.anc.figure.text() == "600"


def test_analysers_own_anc_is_taken_and_the_other_said(page):
    fill_count(page, wbc="2.0", neutrophils="28", bands="3", anc="0.61")
    assert page.form.anc.figure.text() == "610"
    assert page.form.anc.words.text() == "per µL, from the analyser; worked out it is 620"


def test_two_ancs_on_two_sides_of_a_limit_are_asked_and_the_lower_one_is_previewed(page, bench):
    """White cells 1.9, neutrophils 15 %, analyser 0.60 was green: 600, would be met."""
    lines, question = page.form.lines, page.form.anc.question
    for key, text in (("wbc", "1.9"), ("neutrophils", "15"), ("anc", "0.60")):
        type_into(lines[key].field.edit, text)
    assert not question.isHidden() and "285 worked out" in question.words.text()
    assert page.form.anc.figure.text() == "285"
    assert page.form.reading().anc.per_ul == 285
    assert "two ANCs: say which counts, and why" in page.form.reading().missing
    question.which.choose("analyser")
    question.which.edited.emit()
    assert page.form.reading().anc.per_ul == 285
    type_into(question.because, "smear repeated")
    assert page.form.reading().anc.per_ul == 600
    assert "two ANCs: say which counts, and why" not in page.form.reading().missing
    retype(lines["anc"].field.edit, "0.61")
    assert question.because.text() == "" and page.form.reading().anc.per_ul == 285
    retype(lines["anc"].field.edit, "0.28")
    assert question.isHidden() and page.form.reading().anc.per_ul == 280


def test_anc_of_nought_is_a_value(page):
    """H21: an ANC of 0 is never taken as missing."""
    fill_count(page, anc="0", platelets="46")
    say_not_done(page, "wbc", "haemoglobin")
    assert page.form.anc.figure.text() == "0"
    assert page.form.reading().anc.per_ul == 0
    page.record_button.click()
    newest = counts_page(page.ward, page.infant_id).rows[-1]
    assert newest.anc_per_ul == 0


def test_differential_over_100_percent_is_refused(page):
    fill_count(page, **{**FULL, "lymphocytes": "62"})
    assert "more than 100 %" in page.form.anc.sum_words.text()
    assert not page.record_button.isEnabled()
    assert "more than 100 %" in page.state_words.text()


def test_a_full_count_is_recorded_as_typed(page, bench):
    fill_count(page, **FULL)
    assert page.record_button.isEnabled(), page.state_words.toolTip()
    recorded = []
    page.recorded.connect(recorded.append)
    page.record_button.click()
    assert recorded == [bench.infant]
    row = counts_page(bench.ward, bench.infant).rows[-1]
    assert (row.wbc_per_ul, row.anc_per_ul, row.platelets_per_ul) == (2000, 620, 46_000)
    assert row.haemoglobin_g_per_l == Decimal(84)
    assert row.taken_at == datetime(2026, 10, 8, 9, 10, tzinfo=BERLIN)
    assert row.recorded_by == NURSE
    assert not page.is_dirty()
    assert page.form.lines["wbc"].field.text() == ""


def test_ten_times_the_last_platelets_block_until_typed_again(page):
    """H1: the slip is named in its own row and the value kept; typing it again from the slip cures it."""
    fill_count(page, **{**FULL, "platelets": "410"})
    line = page.form.lines["platelets"]
    assert line.slip.isVisible()
    assert "ten times" in plain(line.slip.words.text())
    assert line.field.text() == "410"
    assert not page.record_button.isEnabled()
    assert "Platelets: type it a second time" in page.state_words.toolTip()
    # Tab went from the field to its slip, not past it
    assert line.second.edit.hasFocus()

    type_into(line.second.edit, "41")
    assert "not the same" in line.slip.differs.text()
    assert not page.record_button.isEnabled()

    retype(line.second.edit, "410")
    assert page.record_button.isEnabled(), page.state_words.toolTip()
    page.record_button.click()
    assert counts_page(page.ward, page.infant_id).rows[-1].platelets_per_ul == 410_000


def test_platelets_that_fell_to_nought_block_until_typed_again(page):
    """41 000 yesterday and 0 now: a figure left out looks just so."""
    fill_count(page, **{**FULL, "platelets": "0"})
    line = page.form.lines["platelets"]
    assert line.slip.isVisible()
    assert "none left of the platelet count" in plain(line.slip.words.text())
    assert line.last.text() == f"41{NNBSP}000 per µL, now 0"
    assert not page.record_button.isEnabled()
    retype(line.second.edit, "0")
    assert page.record_button.isEnabled(), page.state_words.toolTip()


def test_a_part_of_the_differential_is_set_beside_its_last_one(page):
    """30 read a line too low: bands 2 → 50 % is named, and the ANC waits with it."""
    fill_count(page, **{**FULL, "time": "07:10"})
    page.record_button.click()
    lines = page.form.lines
    shown = {key: lines[key].last.text() for key in ("lymphocytes", "monocytes", "other", "blasts")}
    assert shown == {"lymphocytes": "52 %", "monocytes": "14 %", "other": "3 %", "blasts": "0 %"}
    fill_count(page, **{**FULL, "neutrophils": "3", "bands": "50", "lymphocytes": "30"})
    assert "bands moved by more than 40 %" in plain(lines["bands"].slip.words.text())
    assert lines["bands"].last.text() == "3 %, now 16.7 times"
    assert not page.record_button.isEnabled()
    assert "Bands: type it a second time" in page.state_words.toolTip()
    assert page.preview.texts()[0] == "Neutrophils, ANC: not judged until typed again"
    assert "about a tenth of the neutrophils" in plain(lines["neutrophils"].slip.words.text())
    retype(lines["neutrophils"].second.edit, "3")
    retype(lines["bands"].second.edit, "50")
    assert page.record_button.isEnabled(), page.state_words.toolTip()
    assert page.preview.texts()[0].startswith("Neutrophils, ANC: 1\u202f060, needs")
    page.record_button.click()
    assert counts_page(page.ward, page.infant_id).rows[-1].bands_percent == 50


@pytest.mark.parametrize("neutrophils", ["98", "200", "2o"])
def test_an_impossible_differential_is_never_answered_with_the_recorded_anc(page, neutrophils):
    """110 % typed and "ANC 640 would be met" in green: the recorded value is no answer to it."""
    fill_count(page, **{**FULL, "neutrophils": neutrophils})
    assert page.preview.texts()[0] == "Neutrophils, ANC: not judged until typed again"
    assert not page.record_button.isEnabled()


def test_changing_a_confirmed_value_asks_for_its_second_typing_anew(page):
    fill_count(page, **{**FULL, "platelets": "410"})
    type_into(page.form.lines["platelets"].second.edit, "410")
    assert page.record_button.isEnabled()
    retype(page.form.lines["platelets"].field.edit, "411")
    assert page.form.lines["platelets"].second.is_empty()
    assert not page.record_button.isEnabled()


def test_the_right_value_typed_over_a_slip_needs_no_second_typing(page):
    fill_count(page, **{**FULL, "platelets": "410"})
    retype(page.form.lines["platelets"].field.edit, "46")
    assert not page.form.lines["platelets"].slip.isVisible()
    assert page.record_button.isEnabled()


def test_an_impossible_value_is_refused_whatever_is_typed_again(page):
    fill_count(page, **{**FULL, "platelets": "4100"})
    line = page.form.lines["platelets"]
    assert line.standing() == "refused"
    assert not line.second.edit.isVisible()
    assert not page.record_button.isEnabled()


def test_not_done_pending_unusable_and_a_value_are_four_different_things(page):
    """H22: nothing is taken as nought or normal; a value with another state is refused."""
    fill_count(page, anc="0.5", platelets="46")
    assert "White cells: a value, or why there is none" in page.state_words.toolTip()
    page.form.lines["wbc"].state.choose("clotted")
    page.form.lines["haemoglobin"].state.choose("pending")
    assert page.record_button.isEnabled(), page.state_words.toolTip()
    page.form.lines["platelets"].state.choose("not done")
    assert "choose one" in plain(page.form.lines["platelets"].slip.words.text())
    assert not page.record_button.isEnabled()
    page.form.lines["platelets"].state.choose("done")
    assert page.record_button.isEnabled()


def test_what_this_count_would_open_is_said_while_it_is_typed(page):
    fill_count(page, anc="0.64", platelets="49.999")
    texts = page.preview.texts()
    assert any("Neutrophils, ANC" in text and "would be met" in text for text in texts)
    assert any("Platelets" in text and "would not be met" in text for text in texts)
    retype(page.form.lines["platelets"].field.edit, "50")
    assert any("Platelets" in text and ": would be met" in text for text in page.preview.texts())
    retype(page.form.lines["platelets"].field.edit, "410")
    assert "Platelets: not judged until typed again" in page.preview.texts()


def test_leaving_keeps_the_draft_and_asks_nothing(qtbot, page):
    """The button says that the draft is kept: the frame need not ask, and lists it."""
    fill_count(page, wbc="2.0", neutrophils="28", platelets="3,5")
    seen, told = [], []
    page.page_asked.connect(lambda index: seen.append((index, page.is_dirty())))
    page.dirty_changed.connect(told.append)
    page.leave_button.click()
    assert seen == [(0, False)], "the frame is not told to ask"
    assert page.is_dirty() and told == [True], "and then to list the draft"
    page.refresh()
    assert page.form.lines["wbc"].field.text() == "2.0"
    assert page.form.lines["platelets"].field.text() == "3,5"
    assert page.form.when.time.text() == "09:10"
    assert page.form.anc.figure.text() == "560"


def test_refreshing_leaves_typed_text_alone(page):
    fill_count(page, wbc="2.0", platelets="410")
    page.refresh()
    assert page.form.lines["wbc"].field.text() == "2.0"
    assert page.form.lines["platelets"].field.text() == "410"


def test_an_error_of_the_store_keeps_the_form_and_says_not_saved(page, session, monkeypatch):
    """H35: a save that failed is never silent and never loses what was typed."""
    fill_count(page, **FULL)
    told = []
    session.not_saved.connect(lambda form, words: told.append(words))

    def broken(*args: object, **more: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr("bedside.desktop.counts_page.record_counts", broken)
    page.record_button.click()
    assert told
    assert page.form.lines["wbc"].field.text() == "2.0"
    assert page.is_dirty() and page.record_button.isEnabled()


def test_a_refusal_of_the_ward_is_said_beside_the_form(page):
    fill_count(page, **{**FULL, "time": "23:50"})
    assert "future" in page.form.when.age.text()
    page.record_button.click()
    assert page.refusals.isVisible()
    assert page.form.lines["wbc"].field.text() == "2.0"


def test_a_double_click_records_once(page, bench):
    """H24: a nervous double click does not record the count twice."""
    fill_count(page, **FULL)
    before = len(counts_page(bench.ward, bench.infant).rows)
    QTest.mouseClick(page.record_button, Qt.MouseButton.LeftButton)
    double_click(page.record_button)
    assert len(counts_page(bench.ward, bench.infant).rows) == before + 1


def test_wheel_and_arrow_keys_change_no_value(page):
    """H34: a wheel or an arrow key over any field changes nothing."""
    fill_count(page, **FULL)
    before = texts(page)
    at = QPointF(10, 10)
    for widget in [*page.form.findChildren(QLineEdit), *page.form.findChildren(QComboBox)]:
        widget.setFocus()
        for turned in (120, -120):
            event = QWheelEvent(
                at,
                widget.mapToGlobal(at),
                QPoint(),
                QPoint(0, turned),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(widget, event)
        for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            QTest.keyClick(widget, key)
        if isinstance(widget, QLineEdit):
            QTest.keyClick(widget, Qt.Key.Key_Up)
            QTest.keyClick(widget, Qt.Key.Key_Down)
    assert texts(page) == before


def test_return_goes_to_the_next_field_and_presses_nothing(page):
    """A scanner ends with Return: it moves on and never records."""
    fill_count(page, **FULL)
    edit = page.form.lines["wbc"].field.edit
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert not edit.hasFocus()
    assert page.is_dirty()


def test_a_form_that_is_not_ready_refuses_itself(look):
    now = datetime(2026, 10, 8, 9, 30, tzinfo=BERLIN)
    form = CountsForm(
        look, ".", lambda *value: None, lambda *both: None, lambda *given: (None, ""), lambda: now
    )
    with pytest.raises(Refused):
        form.new_counts()
    form.deleteLater()


def test_another_unit_of_the_list_may_be_typed_along(page):
    """The read value stands beside it in the field's own unit; a foreign unit is refused."""
    line = page.form.lines["haemoglobin"]
    type_into(line.field.edit, "8.4 g/dL")
    assert line.read_as.text() == "84 g/L"
    assert line.standing() == "ready"
    retype(line.field.edit, "8.4 mg/dL")
    assert line.standing() == "refused"
    assert line.field.text() == "8.4 mg/dL"
    assert "g/dL or mmol/L only" in plain(line.slip.words.text())


def test_last_values_of_two_counts_of_one_day_are_told_apart(qtbot, bench, look, session):
    """H2, H4: platelets of 06:00 beside white cells of 08:00 read as one specimen."""
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 7, 6, 0)
    bench.count(640, 41_000)
    bench.at(2026, 10, 7, 8, 0)
    bench.count(None, 52_000)
    made = CountsPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    assert made.form.last_head.text().replace("\u2011", "-") == "Last, 07-Oct-2026 08:00"
    assert made.form.lines["anc"].last.text() == "640 per µL (06:00)"
    assert made.form.lines["platelets"].last.text() == f"52{NNBSP}000 per µL"


def test_a_worked_out_anc_never_stands_as_the_analysers(page):
    """H2: 2 000 × 31 % is our sum; the row "ANC by analyser" keeps the analyser's own last value."""
    assert page.form.lines["anc"].last.text() == "640 per µL"
    fill_count(page, **FULL)
    page.record_button.click()
    newest = counts_page(page.ward, page.infant_id).rows[-1]
    assert newest.anc_source.startswith("worked out") and newest.anc_per_ul == 620
    assert page.form.lines["anc"].last.text() == "640 per µL (07-Oct)"
    assert "620" not in page.form.lines["anc"].last.text()


def test_a_time_without_its_colon_is_said_so_and_a_refusal_goes_with_its_cause(page):
    """Issue 4: "1200" was called not typed; what refused the former place stayed beside the new one."""
    retype(page.form.when.time.edit, "1200")
    missing = " ".join(page.form.reading().missing)
    assert '"1200" is not a time: write 12:00' in missing and "not typed" not in missing
    page.refusals.show_reasons(("recorded already of the central line",))
    page.form.when.specimen.choose("vein")
    assert page.refusals.isHidden()
