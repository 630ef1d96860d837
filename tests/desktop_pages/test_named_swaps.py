"""A unit that may have been taken for another is named below its field, and nothing is asked."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.laboratory_dialog import LaboratoryDialog
from bedside.ward.laboratory_reading import NewResult
from tests.desktop.plain_text import plain
from tests.desktop_pages.page_driving import fill_count, retype, type_into
from tests.desktop_pages.test_counts_page import FULL
from tests.desktop_pages.test_laboratory_dialog import enter, infant, key  # noqa: F401  (fixture)


def test_a_swap_like_an_ordinary_day_is_named_and_asks_nothing(qtbot, infant, look, session):  # noqa: F811
    """1.6 mg/dL of magnesium is 0.66 mmol/L; 1.6 mEq/L would be the last 0.8 itself."""
    enter(infant, NewResult("magnesium", "0.8", "mmol/L"))
    made = LaboratoryDialog(infant.ward, look, session, infant.infant)
    qtbot.addWidget(made, before_close_func=lambda _: setattr(made, "is_dirty", lambda: False))
    made.show()
    line = made.form.lines["magnesium"]
    line.value.setFocus()
    QTest.keyClicks(line.value, "1.6 mg/dL")
    key(line.value, Qt.Key.Key_Return)
    words = "Magnesium: 0.8 mmol/L → 1.6 mg/dL, as when mEq/L are typed as mg/dL"
    assert line.slip.isVisibleTo(made) and line._words.text().startswith(words)
    assert line.standing() == "ready" and line._again_row.isHidden()


def test_haemoglobin_in_another_unit_is_named_days_later_and_asks_nothing(counts, bench):
    """84 g/L is 5.2 mmol/L; five days later a fall to 52 g/L could be one: it is named, no more."""
    fill_count(counts, **FULL)
    counts.record_button.click()
    bench.at(2026, 10, 13, 9, 30)
    counts.refresh()
    line = counts.form.lines["haemoglobin"]
    type_into(line.field.edit, "5.2 g/dL")
    line.reveal()
    assert plain(line.slip.words.text()).startswith("84 → 52 g/L, as when mmol/L are typed as g/dL")
    assert line.slip.isVisible() and line.standing() == "ready"
    assert not line.second.edit.isVisible() and line.why.isHidden()
    retype(line.field.edit, "8.2 g/dL")
    line.reveal()
    assert line.slip.isHidden()
