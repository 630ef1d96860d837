"""Units, limits of normal, signs and reasons on the counts page, by real keys."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.counts_limits_dialog import CountLimitsDialog
from bedside.ward.count_normal import usual_units
from bedside.ward.counts_page import counts_page
from bedside.ward.laboratory import results_of
from tests.desktop.plain_text import plain
from tests.desktop_pages.page_driving import answering, fill_count, retype, type_into

NNBSP = "\u202f"


@pytest.fixture
def page(counts):
    return counts


def pick(choice, key: str) -> None:
    """Open a choice and pick one by keys."""
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Space)
    view = choice.view()
    for _ in range(choice.count()):
        QTest.keyClick(view, Qt.Key.Key_Up)
    for _ in range(choice.findData(key)):
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert choice.value() == key


def with_limits(qtbot, page, act) -> list[str]:
    """Open the door, do something there."""
    return answering(qtbot, page.limits_button.click, act)


def newest(page):
    return counts_page(page.ward, page.infant_id).rows[-1]


def not_asked(page, *keys: str) -> None:
    for key in keys:
        page.form.lines[key].state.choose("not asked")


def use(dialog: CountLimitsDialog) -> None:
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)


def test_an_ordinary_count_takes_no_key_more(page):
    """From the time to the record button: every field and state once, and no door between."""
    differential = {"neutrophils": "28", "bands": "3", "lymphocytes": "52", "monocytes": "17"}
    fill_count(page, wbc="2.0", **differential, haemoglobin="84", platelets="46")
    page.form.when.time.edit.setFocus()
    passed = []
    for _ in range(17):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    lines = page.form.lines
    expected = [page.form.when.specimen]
    for line in lines.values():
        expected.append(line.field.edit)
        if line.measure.stated:
            expected.append(line.state)
    assert page.limits_button.shortcut().toString() == "Alt+O"
    assert passed == [*expected, page.leave_button, page.record_button]


def test_a_unit_chosen_at_the_door_is_read_kept_and_gone_with_the_next_count(qtbot, page):
    line = page.form.lines["wbc"]
    assert line.field.unit_label.text() == "×10⁹/L"

    def choose(dialog) -> None:
        pick(dialog.units["wbc"], "/uL")
        pick(dialog.units["haemoglobin"], "g/dL")
        use(dialog)

    with_limits(qtbot, page, choose)
    assert line.field.unit_label.text() == "per µL"
    assert line.field.edit.accessibleName() == "White cells, per µL"
    fill_count(page, wbc="2000", neutrophils="28", bands="3", haemoglobin="8.4", platelets="46")
    assert line.read_as.text() == f"2{NNBSP}000 per µL"
    page.record_button.click()
    row = newest(page)
    assert (row.wbc_per_ul, row.haemoglobin_g_per_l) == (2000, Decimal(84))
    assert row.entered == "white cells 2000 per µL, platelets 46 ×10⁹/L, haemoglobin 8.4 g/dL"
    assert line.field.unit_label.text() == "×10⁹/L", "the usual unit again"
    assert line.last.text() == f"2{NNBSP}000 per µL"
    assert page.form.lines["platelets"].last.text() == f"46{NNBSP}000 per µL"


def test_a_unit_changed_under_a_typed_number_is_read_anew_never_converted(qtbot, page):
    """500 stays 500: in ×10⁹/L it is refused, per µL it is an ordinary ANC."""
    line = page.form.lines["anc"]
    type_into(line.field.edit, "500")
    assert line.standing() == "refused"
    assert "as when per µL are typed as ×10⁹/L" in plain(line.slip.words.text())

    def choose(dialog) -> None:
        pick(dialog.units["anc"], "/uL")
        use(dialog)

    with_limits(qtbot, page, choose)
    assert (line.field.text(), line.standing()) == ("500", "ready")
    assert line.read_as.text() == "500 per µL"
    retype(line.field.edit, "0.5")
    assert line.standing() == "refused"
    assert "as when ×10⁹/L are typed as per µL" in plain(line.slip.words.text())
    assert line.field.text() == "0.5"


def test_limits_typed_at_the_door_go_with_the_count_and_no_further(qtbot, page):
    def give(dialog) -> None:
        QTest.keyClicks(dialog.laboratory, "Central laboratory")
        QTest.keyClicks(dialog.lows["anc"], "1.5")
        QTest.keyClicks(dialog.highs["anc"], "8.5")
        use(dialog)

    assert "by age" in page.form.normal_words.text()
    with_limits(qtbot, page, give)
    told = "Limits of normal of Central laboratory: ANC 1.5 to 8.5 ×10⁹/L"
    assert page.form.normal_words.text() == told
    fill_count(page, wbc="2.0", neutrophils="28", bands="3", platelets="46")
    not_asked(page, "haemoglobin")
    page.record_button.click()
    found = {one.analyte: one for one in results_of(page.ward, page.infant_id)[-5:]}
    assert found["neutrophils"].limits_from == "laboratory"
    assert (found["neutrophils"].lln, found["neutrophils"].uln) == (Decimal("1.5"), Decimal("8.5"))
    assert found["platelets"].limits_from == "age band"
    assert newest(page).limits == "ANC 1.5 to 8.5 ×10⁹/L (Central laboratory)"
    assert "by age" in page.form.normal_words.text(), "the next count begins without"


def test_limits_of_the_last_count_are_offered_and_taken_by_a_person_only(qtbot, page):
    test_limits_typed_at_the_door_go_with_the_count_and_no_further(qtbot, page)

    def look_and_take(dialog) -> None:
        assert dialog.lows["anc"].text() == "", "offered, not filled in"
        assert "Central laboratory, count of" in dialog.offer_words.text()
        assert "Not in force until taken" in dialog.offer_words.text()
        QTest.keyClicks(dialog.laboratory, "Another")
        assert not dialog.offer.isVisible(), "of the same laboratory only"
        retype(dialog.laboratory, "central laboratory")
        assert dialog.offer.isVisible()
        QTest.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
        assert dialog.lows["anc"].text() == "1.5"
        use(dialog)

    with_limits(qtbot, page, look_and_take)
    assert page.form.normal.by_measure["anc"].low == "1.5"
    assert page.form.normal.laboratory == "Central laboratory"


def test_limits_of_another_unit_are_refused_and_stay_typed(qtbot, page):
    def wrong(dialog) -> None:
        QTest.keyClicks(dialog.lows["anc"], "1500")
        use(dialog)
        assert dialog.isVisible() and dialog.chosen is None
        assert dialog.lows["anc"].text() == "1500"
        assert "as when per\u00a0µL is typed as ×10⁹/L" in dialog.refusals.text()
        pick(dialog.units["anc"], "/uL")
        assert dialog.lows["anc"].text() == "", "limits of another unit go with it"
        QTest.keyClicks(dialog.lows["anc"], "1500")
        use(dialog)

    with_limits(qtbot, page, wrong)
    assert page.form.normal.by_measure["anc"].low == "1500"


def test_limits_follow_the_unit_that_was_typed_along(qtbot, page):
    """Limits given in g/L stand beside 8.4 g/dL as g/dL: by hand 113 g/L is 11.3 g/dL."""

    def give(dialog) -> None:
        QTest.keyClicks(dialog.lows["haemoglobin"], "113")
        use(dialog)

    with_limits(qtbot, page, give)
    fill_count(page, haemoglobin="8.4 g/dL", platelets="46", anc="0.64")
    not_asked(page, "wbc")
    page.record_button.click()
    assert newest(page).limits == "haemoglobin from 11.3 g/dL"


def test_going_back_from_the_door_changes_nothing(qtbot, page):
    def back(dialog) -> None:
        assert not dialog.is_dirty()
        QTest.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)

    before = page.form.normal
    with_limits(qtbot, page, back)
    assert page.form.normal == before


def test_usual_units_change_only_when_a_person_says_so(qtbot, page):
    def choose(dialog) -> None:
        pick(dialog.units["haemoglobin"], "g/dL")
        QTest.keyClick(dialog.usual, Qt.Key.Key_Space)
        use(dialog)

    with_limits(qtbot, page, choose)
    assert usual_units(page.ward)["haemoglobin"] == "g/dL"
    page.show_infant(page.infant_id)
    assert page.form.lines["haemoglobin"].field.unit_label.text() == "g/dL"
    fill_count(page, haemoglobin="8.4")
    assert page.form.lines["haemoglobin"].read_as.text() == "84 g/L"


def test_a_bound_is_read_shown_and_kept_as_one(page):
    fill_count(page, anc="<0.1", platelets="< 10")
    not_asked(page, "wbc", "haemoglobin")
    lines = page.form.lines
    assert lines["anc"].read_as.text() == "<100 per µL"
    assert page.form.anc.figure.text() == "<100"
    assert list(page.preview.texts())[:2] == [
        "Neutrophils, ANC: <100 per µL, needs at least 500 per µL: would not be met",
        f"Platelets: <10{NNBSP}000 per µL, needs at least 50{NNBSP}000 per µL: would not be met",
    ]
    assert page.record_button.isEnabled(), page.state_words.toolTip()
    page.record_button.click()
    row = newest(page)
    assert (row.anc_per_ul, row.anc_bound_per_ul, row.anc_state) == (None, 100, "<100 per µL")
    assert lines["anc"].last.text() == "<100 per µL"
    assert "ANC <100 per µL" in page.trend.accessibleDescription()
    shown = [page.model.index(0, column).data() for column in range(9)]
    assert shown[1:3] == ["<100", f"<10{NNBSP}000"]
    assert shown[8] == "ANC <0.1 ×10⁹/L, platelets <10 ×10⁹/L"


def test_a_bound_that_does_not_decide_says_what_to_do(page):
    fill_count(page, anc="<1.0", platelets=">100")
    assert list(page.preview.texts())[:2] == [
        f"Neutrophils, ANC: below 1{NNBSP}000, needs at least 500: "
        "repeat it or ask the laboratory for the number",
        f"Platelets: >100{NNBSP}000 per µL, needs at least 50{NNBSP}000 per µL: would be met",
    ]


def test_a_bound_of_a_count_above_the_possible_is_judged_by_no_rule(page):
    fill_count(page, platelets=">5000")
    assert page.preview.texts()[1] == "Platelets: not judged until typed again"


def test_after_a_bound_the_typed_value_is_compared_with_it(page):
    fill_count(page, platelets="<5")
    not_asked(page, "wbc", "anc", "haemoglobin")
    page.record_button.click()
    line = page.form.lines["platelets"]
    fill_count(page, platelets="20")
    assert line.last.text() == f"<5{NNBSP}000 per µL, now at least 4 times"
    retype(line.field.edit, "3")
    assert line.last.text() == f"<5{NNBSP}000 per µL"


def test_an_unusual_bound_typed_again_without_its_sign_is_not_the_same(page):
    fill_count(page, platelets="410")
    line = page.form.lines["platelets"]
    type_into(line.second.edit, "<410")
    assert line.standing() == "waiting"
    retype(line.second.edit, "410")
    assert line.standing() == "ready"


def test_the_sign_of_the_white_cells_goes_to_the_anc(page):
    fill_count(page, wbc="<0.5", neutrophils="10")
    assert page.form.anc.figure.text() == "<50"
    retype(page.form.lines["neutrophils"].field.edit, "0")
    assert page.form.anc.figure.text() == "0"


def test_why_there_is_no_value_comes_with_the_choice_or_is_asked(page):
    fill_count(page, wbc="2.0", neutrophils="28", haemoglobin="84")
    line = page.form.lines["platelets"]
    pick(line.state, "clotted")
    assert line.read_as.text() == "unusable"
    assert page.record_button.isEnabled(), page.state_words.toolTip()
    pick(line.state, "unusable")
    assert line.why.isVisible() and not page.record_button.isEnabled()
    assert "Platelets: why there is no value" in page.state_words.toolTip()
    type_into(line.why, "wrong tube")
    assert page.record_button.isEnabled(), page.state_words.toolTip()
    page.record_button.click()
    assert newest(page).platelets_state == "unusable: wrong tube"
    assert line.state.value() == "done" and not line.why.isVisible()
    assert line.why.text() == ""


def test_the_last_anc_of_any_source_stands_beside_the_typed_one(page):
    """A worked-out 620 of this morning is nearer than the analyser's 640 of yesterday."""
    fill_count(page, wbc="2.0", neutrophils="28", bands="3", haemoglobin="84", platelets="46")
    page.record_button.click()
    fill_count(page, anc="1.24")
    line = page.form.lines["anc"]
    assert line.last.text() == "620 worked out, now 2 times"
    assert "worked out" in line.last.toolTip()


def test_striking_out_says_the_count_as_it_was_entered(qtbot, page):
    fill_count(page, anc="640 per µL", haemoglobin="8.4 g/dL", platelets="46")
    not_asked(page, "wbc")
    page.record_button.click()
    page.show_table(True)
    page.table.setCurrentIndex(page.model.index(0, 0))
    said = answering(qtbot, page.void_chosen, lambda dialog: dialog.reject())
    told = "as entered: ANC 640 per µL, platelets 46 ×10⁹/L, haemoglobin 8.4 g/dL"
    assert any(told in text for text in said)
    assert page.model.index(0, 8).data() == told.removeprefix("as entered: ")
    assert page.model.index(0, 9).data() == "none given"
    assert page.model.index(1, 8).data() == "not kept"
