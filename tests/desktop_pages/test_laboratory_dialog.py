"""Chemistry and levels by real keys: Return goes on, a slip is named, nothing typed is lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.laboratory_correct_dialog import LabCorrectDialog
from bedside.desktop.laboratory_dialog import LaboratoryDialog
from bedside.desktop.laboratory_table import Column
from bedside.desktop.laboratory_words import look_again, made_since
from bedside.store.laboratory_records import LabResult
from bedside.store.queries import of_infant
from bedside.ward.laboratory_page import laboratory_page
from bedside.ward.laboratory_reading import NewResult
from bedside.ward.laboratory_recording import NewSpecimen, correct_result, record_results
from bedside.ward.toxicities import answer_resolved
from tests.desktop_pages.page_driving import NURSE, retype, type_into


def enter(bench, *results: NewResult, days_ago: float = 1, **changes) -> tuple[int, ...]:
    given = {
        "taken_at": bench.clock() - timedelta(days=days_ago),
        "specimen": "central line",
        "laboratory": "Main",
    } | changes
    return record_results(
        bench.ward, bench.infant, NewSpecimen(results=results, **given), who=NURSE
    )


@pytest.fixture
def infant(bench):
    bench.site()
    bench.enrol()
    bench.at(2026, 10, 8, 9, 30)
    enter(
        bench,
        NewResult("alt", "40", "U/L", high="56"),
        NewResult("creatinine", "0.34", "mg/dL", low="0.2", high="0.5"),
        NewResult("methotrexate", "p", "umol/L"),
    )
    return bench


@pytest.fixture
def dialog(qtbot, infant, look, session):
    made = LaboratoryDialog(infant.ward, look, session, infant.infant)
    qtbot.addWidget(made, before_close_func=lambda _: setattr(made, "is_dirty", lambda: False))
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


def kept(bench, *, include_void: bool = False) -> list[LabResult]:
    with bench.ward.store.reading() as connection:
        return of_infant(connection, LabResult, bench.infant, include_void=include_void)


def key(widget, code) -> None:
    QTest.keyClick(widget, code)


def test_it_says_whose_results_these_are(dialog):
    assert "MUSTER, Ida" in dialog.accessibleName()
    assert "born 14-May-2026" in dialog.infant and dialog.infant.endswith("T 001")
    assert dialog.back_button.isDefault()
    assert not dialog.act_button.isEnabled()


def test_return_goes_from_value_to_value_and_records_nothing(dialog, infant):
    lines = dialog.form.lines
    lines["alt"].value.setFocus()
    QTest.keyClicks(lines["alt"].value, "44")
    key(lines["alt"].value, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is lines["ast"].value
    QTest.keyClicks(lines["ast"].value, "<5")
    key(lines["ast"].value, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is lines["ggt"].value
    assert len(kept(infant)) == 3


def test_what_is_typed_is_recorded_with_states_and_comparators(dialog, infant):
    type_into(dialog.when.time.edit, "06:10")
    dialog.when.specimen.choose("central line")
    for name, text in {"alt": "62", "crp": "<0.5", "potassium": "h", "bilirubin": "p"}.items():
        type_into(dialog.form.lines[name].value, text)
    assert dialog.form.lines["potassium"].note.text() == "unusable: haemolysed"
    assert dialog.form.lines["alt"].note.text().startswith("high, now 1.6 times")
    assert dialog.act_button.isEnabled()
    dialog.act_button.click()
    rows = {row.analyte: row for row in kept(infant)[3:]}
    assert {name: (row.state, row.typed) for name, row in rows.items()} == {
        "alt": ("done", "62"),
        "crp": ("done", "<0.5"),
        "potassium": ("unusable", "h"),
        "bilirubin": ("pending", "p"),
    }
    assert (rows["alt"].high, rows["alt"].limits_from) == (56, "laboratory")
    assert dialog.form.is_empty()
    assert dialog.hint.text() == "Recorded: 4 results"
    assert QApplication.focusWidget() is dialog.when.time.edit
    assert dialog.model.rowCount() == 7


def test_unit_and_limits_are_remembered_and_go_with_another_unit(dialog):
    line = dialog.form.lines["creatinine"]
    assert (line.unit.value(), line.low.text(), line.high.text()) == ("mg/dL", "0.2", "0.5")
    assert line.note.text() == "last 0.34 mg/dL, 07-Oct"
    line.unit.choose("umol/L")
    assert (line.low.text(), line.high.text()) == ("17.68", "44.2")  # times 88.4
    type_into(line.value, "0.34")
    assert line.standing() == "refused"
    assert "as when mg/dL are typed as µmol/L" in line.slip.findChild(type(line.note)).text()
    line.unit.choose("mg/dL")
    assert line.standing() == "ready"
    assert line.note.text().startswith("= 30.1 µmol/L")


def test_another_laboratory_brings_no_limits(dialog):
    line = dialog.form.lines["alt"]
    assert (dialog.laboratory.text(), line.high.text()) == ("Main", "56")
    retype(dialog.laboratory, "Other")
    assert line.high.text() == ""
    retype(dialog.laboratory, "Main")
    assert line.high.text() == "56"


def test_a_slip_is_typed_twice(dialog, infant):
    type_into(dialog.when.time.edit, "06:10")
    line = dialog.form.lines["alt"]
    type_into(line.value, "400")
    line.reveal()
    assert line.standing() == "waiting"
    assert "ten times the ALT of 07-Oct-2026" in line.slip.findChild(type(line.note)).text()
    assert not dialog.act_button.isEnabled()
    assert "ALT: type it a second time" in dialog.hint.text()
    type_into(line.again, "400")
    assert line.standing() == "ready"
    dialog.act_button.click()
    assert kept(infant)[-1].unusual_reason == "typed twice: 400 U/L"


def test_what_is_refused_stays_as_typed(dialog, infant):
    type_into(dialog.when.time.edit, "06:10")
    line = dialog.form.lines["potassium"]
    for text in ("4,1", "41", "4.1 mg/mL", "n", "high"):
        retype(line.value, text)
        assert line.standing() == "refused", text
        assert line.value.text() == text
        assert not dialog.act_button.isEnabled()
    assert len(kept(infant)) == 3


def test_without_its_time_nothing_is_recorded(dialog, infant):
    type_into(dialog.form.lines["alt"].value, "62")
    assert not dialog.act_button.isEnabled()
    assert "the time of taking is not typed" in dialog.hint.text()
    dialog.record()
    assert "Type when the specimen was taken" in dialog.refusals.text()
    assert dialog.form.lines["alt"].value.text() == "62"
    assert len(kept(infant)) == 3


def test_the_same_specimen_is_refused_and_stays_typed(dialog, infant):
    type_into(dialog.when.time.edit, "06:10")
    type_into(dialog.form.lines["alt"].value, "62")
    enter(
        infant,
        NewResult("alt", "61", "U/L"),
        taken_at=infant.clock().replace(hour=6, minute=10),
        specimen="",
    )
    dialog.act_button.click()
    assert "was entered from this specimen already by" in dialog.refusals.text()
    assert dialog.form.lines["alt"].value.text() == "62"


def test_fasting_is_asked_where_it_matters(dialog, infant):
    type_into(dialog.when.time.edit, "06:10")
    line = dialog.form.lines["glucose"]
    assert line.slip.isHidden()
    type_into(line.value, "5.1")
    assert not line.slip.isHidden()
    line.fasting.choose("yes")
    dialog.act_button.click()
    assert kept(infant)[-1].fasting == "yes"


def test_going_back_asks_while_something_is_typed(dialog, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "bedside.desktop.leave_dialog.may_leave", lambda *words: bool(asked.append(words))
    )
    type_into(dialog.form.lines["alt"].value, "62")
    key(dialog, Qt.Key.Key_Escape)
    assert len(asked) == 1
    assert dialog.isVisible()
    assert dialog.form.lines["alt"].value.text() == "62"


def test_the_table_is_a_sound_model(dialog, qtbot):
    tester = QAbstractItemModelTester(
        dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    QTest.keyClick(dialog.when.time.edit, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == 1)
    assert dialog.table.hasFocus()
    shown = {dialog.model.result_at(row).analyte: row for row in range(dialog.model.rowCount())}
    cell = dialog.model.index(shown["creatinine"], 4)
    assert cell.data() == "30.1 µmol/L"
    assert dialog.model.result_at(9) is None
    assert dialog.model.row_of(99) == -1
    assert dialog.model.headerData(0, Qt.Orientation.Horizontal) == "Taken"
    del tester


def choose(dialog, analyte: str) -> None:
    dialog.show_table(True)
    rows = [dialog.model.result_at(row) for row in range(dialog.model.rowCount())]
    at = next(number for number, row in enumerate(rows) if row.analyte == analyte)
    dialog.table.setCurrentIndex(dialog.model.index(at, 0))


def test_a_result_is_struck_out_with_its_reason(dialog, infant, monkeypatch):
    choose(dialog, "alt")
    monkeypatch.setattr(
        "bedside.desktop.laboratory_dialog.ask_reason", lambda *_: "another infant's"
    )
    dialog.void_button.click()
    assert [row.analyte for row in kept(infant)] == ["creatinine", "methotrexate"]
    row = dialog.model.result_at(dialog.model.row_of(1))
    assert row.voided.startswith("another infant's (")
    index = dialog.model.index(dialog.model.row_of(1), 2)
    assert index.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "struck out: 40 U/L"
    choose(dialog, "alt")
    assert not dialog.correct_button.isEnabled()


def correct(qtbot, infant, look, session, analyte: str) -> LabCorrectDialog:
    row = next(
        row for row in laboratory_page(infant.ward, infant.infant).rows if row.analyte == analyte
    )
    made = LabCorrectDialog(infant.ward, look, session, infant.infant, row)
    qtbot.addWidget(made, before_close_func=lambda _: setattr(made, "is_dirty", lambda: False))
    made.show()
    return made


def test_a_correction_names_what_was_made_of_the_old_value(qtbot, infant, look, session):
    infant.at(2026, 10, 8, 10, 0)
    answer_resolved(infant.ward, infant.infant, "yes", who="Dr Test")
    made = correct(qtbot, infant, look, session, "alt")
    assert 'The answer "yes" to any toxicity resolved' in made.warning.text()
    type_into(made.line_of.value, "400")
    made.act_button.click()
    assert "needs its reason" in made.refusals.text()
    type_into(made.reason, "a digit was missed")
    made.act_button.click()
    assert made.replaced
    rows = kept(infant, include_void=True)
    assert (rows[0].void_reason, rows[-1].value, rows[-1].replaces_id) == (
        "a digit was missed", 400, 1,
    )  # fmt: skip


def test_a_pending_result_comes_in(qtbot, infant, look, session):
    made = correct(qtbot, infant, look, session, "methotrexate")
    assert made.act_button.text() == "&Record result"
    assert made.is_dirty() is False
    type_into(made.line_of.value, "0.05")
    assert made.is_dirty()
    made.act_button.click()
    assert kept(infant)[-1].value == kept(infant)[-1].kept
    assert kept(infant, include_void=True)[2].void_reason == "the result came in"


def test_the_correction_is_reached_from_the_table(dialog, infant, monkeypatch):
    def typed(self) -> None:
        type_into(self.line_of.value, "0.05")
        self.act_button.click()

    monkeypatch.setattr(LabCorrectDialog, "exec", typed)
    choose(dialog, "methotrexate")
    assert dialog.correct_button.text() == "Result &came in…"
    dialog.correct_button.click()
    assert [row.analyte for row in kept(infant)][-1] == "methotrexate"
    assert dialog.hint.text() == "Struck out and replaced."


def test_the_door_on_the_counts_page(qtbot, counts, monkeypatch):
    opened = []
    monkeypatch.setattr(LaboratoryDialog, "exec", lambda self: opened.append(self.view.infant))
    counts.trend.setFocus()
    QTest.keyClick(counts.trend, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: opened == ["MUSTER, Ida"])


def test_what_was_made_of_a_struck_out_result_is_said_before_and_after(dialog, infant, monkeypatch):
    answer_resolved(infant.ward, infant.infant, "yes", who="Dr Test")
    asked = []

    def reason(parent, look, question, act):
        asked.append(question)
        return "another infant's"

    monkeypatch.setattr("bedside.desktop.laboratory_dialog.ask_reason", reason)
    choose(dialog, "alt")
    dialog.void_button.click()
    assert 'The answer "yes" to any toxicity resolved' in asked[0]
    assert "Look again at what was made of it" in dialog.refusals.text()
    assert 'The answer "yes"' in dialog.refusals.text()


def test_a_long_list_says_how_many_more(qapp):
    made = tuple(f"paper {number}" for number in range(9))
    assert "3 older ones, and" in look_again(made)
    assert "paper 8" in look_again(made)
    assert "paper 2" not in look_again(made)
    assert made_since(()) == ""


def test_striking_out_a_count_names_what_was_made_of_it(counts, bench, monkeypatch):
    bench.at(2026, 10, 8, 9, 40)
    answer_resolved(bench.ward, bench.infant, "no", who="Dr Test")
    asked = []

    def reason(parent, look, question, act):
        asked.append(question)
        return "another infant's"

    monkeypatch.setattr("bedside.desktop.counts_striking.ask_reason", reason)
    counts.refresh()
    counts.show_table(True)
    counts.table.setCurrentIndex(counts.model.index(0, 0))
    counts.void_chosen()
    assert 'The answer "no" to any toxicity resolved' in asked[0]
    assert 'The answer "no"' in counts.refusals.text()


def test_the_door_says_how_many_results_are_pending(counts, bench):
    assert counts.chemistry_button.text() == "Chemistry and levels…"
    enter(bench, NewResult("methotrexate", "p", "umol/L"), NewResult("alt", "40", "U/L"))
    counts.refresh()
    assert counts.chemistry_button.text() == "Chemistry and levels, 1 pending"


def test_no_clinical_word_of_the_table_is_cut_and_a_correction_stands_beside_its_old_value(
    dialog, infant
):
    enter(
        infant,
        NewResult("creatinine", "0.406", "mg/dL"),
        NewResult("potassium", "u haemolysed, drawn again", "mmol/L"),
        days_ago=0.1,
    )
    old = next(row for row in kept(infant) if row.analyte == "alt")
    slip = "typed from another slip"
    correct_result(infant.ward, old.id, NewResult("alt", "44", "U/L"), slip, who=NURSE)
    dialog._refresh()
    dialog.show_table(True)
    entered = [dialog.model.index(row, 2).data() for row in range(dialog.model.rowCount())]
    assert entered[2:4] == ["40 U/L", "44 U/L"]  # ALT struck out, and what stands in its place
    assert entered[4] == "0.34 mg/dL"
    metrics = dialog.table.fontMetrics()
    for row in range(dialog.model.rowCount()):
        for column in (Column.ANALYTE, Column.ENTERED, Column.KEPT, Column.RECORDED):
            words = dialog.model.index(row, column).data()
            assert metrics.horizontalAdvance(words) + 10 <= dialog.table.columnWidth(column), words


def test_a_unit_typed_whole_is_the_unit(dialog, infant):
    """The slip says "2.1 mg/dL"; retyped without its unit, the field's own is back."""
    type_into(dialog.when.time.edit, "06:10")
    line = dialog.form.lines["bilirubin"]
    assert line.unit.value() == "umol/L"
    type_into(line.value, "2.1 mg/dL")
    assert (line.unit.value(), line.value.text()) == ("mg/dL", "2.1 mg/dL")
    assert line.standing() == "ready"
    assert line.note.text().startswith("= 35.9 µmol/L")
    retype(line.value, "36")
    assert (line.unit.value(), line.standing()) == ("umol/L", "ready")
    retype(line.value, "<2.1 mg/dL")
    dialog.act_button.click()
    row = kept(infant)[-1]
    assert (row.unit, str(row.value), row.comparator) == ("mg/dL", "2.1", "<")


def test_the_value_as_read_stands_beside_its_flag(dialog):
    line = dialog.form.lines["ggt"]
    type_into(line.high, "50")
    type_into(line.value, "300")
    assert line.note.text() == "high, 300 U/L"
