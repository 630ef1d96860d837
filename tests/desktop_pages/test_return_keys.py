"""A slip typed by a hand on the number pad: figure, Return, figure, Return; nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.fever_page import FeverPage
from bedside.desktop.laboratory_dialog import LaboratoryDialog
from tests.desktop_pages.page_driving import in_frame


def typed(*texts: str) -> None:
    """Type into whatever has the focus, each text ended by Return."""
    for text in texts:
        QTest.keyClicks(focus(), text)
        QTest.keyClick(focus(), Qt.Key.Key_Return)


def focus():
    """The widget that has the keys; windows of earlier tests may still be on their way out."""
    found = QApplication.focusWidget()
    if found is None:
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        found = next(one.focusWidget() for one in shown if one.focusWidget() is not None)
    return found


def test_a_count_typed_with_return_lands_in_its_own_fields(counts):
    """2.5, 30, 3 typed down the slip: never 3 % neutrophils and 50 % bands."""
    lines = counts.form.lines
    lines["wbc"].field.edit.setFocus()
    typed("2.5", "30", "3", "50", "14", "3", "0")
    got = {key: line.field.text() for key, line in lines.items() if line.field.text()}
    assert got == {
        "wbc": "2.5",
        "neutrophils": "30",
        "bands": "3",
        "lymphocytes": "50",
        "monocytes": "14",
        "other": "3",
        "blasts": "0",
    }
    assert counts.form.anc.figure.text() == "825"
    assert focus() is lines["anc"].field.edit


def test_return_goes_by_way_of_a_second_typing_that_is_asked(counts):
    lines = counts.form.lines
    lines["haemoglobin"].field.edit.setFocus()
    typed("84", "410")
    assert focus() is lines["platelets"].second.edit
    lines["haemoglobin"].field.edit.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    typed("400")
    assert lines["haemoglobin"].standing() == "refused"
    assert focus() is lines["platelets"].field.edit


@pytest.mark.parametrize(
    ("letter", "state"),
    [("p", "pending"), ("h", "haemolysed"), ("c", "clotted"), ("s", "too small")],
)
def test_a_letter_in_an_empty_field_is_its_state(counts, letter, state):
    lines = counts.form.lines
    lines["haemoglobin"].field.edit.setFocus()
    typed(letter)
    assert lines["haemoglobin"].state.value() == state
    assert lines["haemoglobin"].field.text() == ""
    assert focus() is lines["platelets"].field.edit
    lines["haemoglobin"].field.edit.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Backspace)
    assert lines["haemoglobin"].state.value() == "done"


def test_why_is_asked_on_the_way(counts):
    lines = counts.form.lines
    lines["haemoglobin"].field.edit.setFocus()
    typed("n")
    assert focus() is lines["haemoglobin"].why
    typed("no blood drawn")
    assert lines["haemoglobin"].reason() == "no blood drawn"
    assert focus() is lines["platelets"].field.edit


def test_a_figure_on_the_list_of_states_goes_to_the_value(counts):
    lines = counts.form.lines
    lines["platelets"].state.setFocus()
    QTest.keyClicks(focus(), "4")
    QTest.keyClicks(focus(), "6")
    assert lines["platelets"].field.text() == "46"
    lines["platelets"].state.setFocus()
    QTest.keyClicks(focus(), "3")
    assert lines["platelets"].field.text() == "46"
    assert "“3” is not taken" in lines["platelets"].state.accessibleDescription()


def test_nothing_of_a_slip_typed_on_a_list_lands_in_a_field(counts):
    """H2: 4.1 typed on "from where?" was eaten, and 13 % after it stood in the white cells."""
    specimen, lines = counts.form.when.specimen, counts.form.lines
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
        specimen.setFocus()
        for figure in ("4.1", "13", "2"):
            QTest.keyClicks(focus(), figure)
            assert "Figures belong into the fields below" in specimen.accessibleDescription()
            QTest.keyClick(focus(), key)
            assert focus() is specimen
            assert "was not taken. The same key again" in specimen.accessibleDescription()
        assert all(line.field.is_empty() for line in lines.values())
        QTest.keyClick(focus(), key)
        assert focus() is lines["wbc"].field.edit
    specimen.setFocus()
    QTest.keyClicks(focus(), "v")
    QTest.keyClicks(specimen.view(), "4.1")
    QTest.keyClick(specimen.view(), Qt.Key.Key_Tab)
    assert specimen.value() == "vein" and focus() is specimen
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert focus() is lines["wbc"].field.edit and lines["wbc"].field.is_empty()


def test_a_value_typed_after_its_state_is_refused_aloud(counts):
    lines = counts.form.lines
    lines["platelets"].field.edit.setFocus()
    QTest.keyClicks(focus(), "p46")
    assert lines["platelets"].field.text() == "46"
    assert "A value is typed and it is said to be pending" in lines["platelets"].trouble()


def test_chemistry_passes_the_fasting_list_by_and_tab_reaches_everything(
    qtbot, bench, look, session
):
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 8, 9, 30)
    dialog = LaboratoryDialog(bench.ward, look, session, bench.infant)
    qtbot.addWidget(dialog, before_close_func=lambda _: setattr(dialog, "is_dirty", lambda: False))
    dialog.show()
    qtbot.waitActive(dialog)
    lines = dialog.form.lines
    keys = list(lines)
    lines["triglycerides"].value.setFocus()
    typed("1.2")
    following = keys[keys.index("triglycerides") + 1]
    assert focus() is lines[following].value
    line = lines["alt"]
    line.value.setFocus()
    QTest.keyClicks(focus(), "44")
    stops = []
    for _ in range(4):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        stops.append(focus())
    assert stops == [line.unit, line.low, line.high, lines["ast"].value]
    line.unit.setFocus()
    QTest.keyClicks(focus(), "7")
    assert "“7” is not taken" in line.unit.accessibleDescription()


def test_vital_signs_go_from_figure_to_letter_to_figure(qtbot, bench, look, session):
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 20, 10, 0)
    page = FeverPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    page.take_focus()
    form = page.form
    typed("38.4")
    assert focus() is form.temperature.site.buttons[0]
    assert form.temperature.site_key() == ""
    QTest.keyClicks(focus(), "r")
    assert form.temperature.site_key() == "rectal"
    QTest.keyClicks(focus(), "1")
    QTest.keyClicks(focus(), "88")
    assert form.numbers["heart-rate"].text() == "188"
    form.temperature.unit.buttons[0].setFocus()
    QTest.keyClicks(focus(), "e")
    assert form.temperature.site_key() == "tympanic"
    QTest.keyClicks(focus(), "f")
    assert form.temperature.unit_words() == "°F"
    QTest.keyClicks(focus(), "9")
    assert "“9” is not taken here" in form.temperature.where.text()


def test_return_never_says_that_an_infant_looks_well(qtbot, bench, look, session):
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 20, 10, 0)
    page = FeverPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    form = page.form
    form.numbers["refill"].edit.setFocus()
    typed("2", "", "")
    assert form.choices["unwell"].value() == form.choices["avpu"].value() == ""
    assert focus() is form.record_button
    form.choices["unwell"].segments.buttons[0].setFocus()
    QTest.keyClicks(focus(), "7")
    assert "“7” is not taken here" in form.choices["unwell"].caption.text()
    QTest.keyClicks(focus(), "n")
    assert form.choices["unwell"].value() == "no"
    assert form.choices["unwell"].caption.text() == "Looks ill, or a parent worries"


def test_after_recording_the_hand_begins_again_at_the_time(counts):
    counts.form.when.time.edit.setFocus()
    typed("09:10")
    counts.form.lines["anc"].field.edit.setFocus()
    typed("0.64", "84", "46")
    counts.form.lines["wbc"].field.edit.setFocus()
    typed("p")
    assert counts.record_button.isEnabled(), counts.state_words.toolTip()
    counts.record_button.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert counts.state_words.text().startswith("Recorded"), counts.state_words.text()
    assert focus() is counts.form.when.time.edit
