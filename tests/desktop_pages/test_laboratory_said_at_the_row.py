"""Chemistry: limits and echoes stand whole, and what is wrong is said at its row, as soon as it is known."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from bedside.ward.laboratory_reading import NewResult
from tests.desktop_pages.page_driving import retype, type_into
from tests.desktop_pages.test_laboratory_dialog import dialog, enter, infant  # noqa: F401  (fixtures)


def whole(line) -> bool:
    """Whether what stands beside a row is whole in its room, on two lines at most."""
    note = line.note
    box = note.fontMetrics().boundingRect(
        0, 0, note.width(), 999, int(Qt.TextFlag.TextWordWrap), note.text()
    )
    return box.width() <= note.width() and box.height() <= note.height() + 2


def test_a_limit_stands_whole_in_every_unit(dialog):  # noqa: F811
    """Creatinine's 0.1697 mg/dL showed as 1697: a lost decimal point."""
    line = dialog.form.lines["creatinine"]
    for edit in (line.low, line.high):
        for text in ("0.1697", "0.4186", "12.345", "88 888"):
            edit.setText(text)
            wide = edit.fontMetrics().horizontalAdvance(text)
            assert wide <= edit.width() - 2 * 7, text
    line.low.setText("0.1697")
    line.high.setText("0.4186")
    type_into(line.value, "0.33")
    line.reveal()
    assert line.note.text().startswith("= 29.2 µmol/L, now") and whole(line)


def test_what_is_wrong_is_said_at_its_row_and_every_row_is_named(dialog):  # noqa: F811
    type_into(dialog.when.time.edit, "06:10")
    for name, text in (("fibrinogen", "45"), ("inr", "n"), ("calcium", "1,7"), ("alt", "400")):
        line = dialog.form.lines[name]
        type_into(line.value, text)
        line.reveal()
        asks = name == "alt"
        assert line.value.property("doubt" if asks else "trouble") is True
        assert line.note.text().startswith("unusual" if asks else "NOT TAKEN:") and whole(line)
        assert line.note.toolTip()
    said = dialog.hint.text()
    assert all(name in said for name in ("Fibrinogen", "INR", "Calcium", "ALT: type it a second"))
    line = dialog.form.lines["calcium"]
    retype(line.value, "2.3")
    assert not line.value.property("trouble") and "NOT TAKEN" not in line.note.text()
    assert "Calcium" not in dialog.hint.text()


def test_what_is_recorded_already_moves_no_row_under_a_hand(dialog, infant):  # noqa: F811
    taken = infant.clock().replace(hour=6, minute=10)
    for name in ("alt", "ast", "ggt", "lipase"):
        enter(infant, NewResult(name, "41", "U/L"), taken_at=taken, specimen="central line")
    line = dialog.form.lines["potassium"].value

    def place() -> int:
        QApplication.processEvents()
        return line.mapTo(dialog, QPoint(0, 0)).y()

    before = place()
    type_into(dialog.when.time.edit, "06:10")
    assert place() == before
    assert "; and 2 more. What is wrong" in dialog.keys.text()


def test_a_specimen_entered_already_is_said_as_soon_as_its_time_is_typed(dialog, infant):  # noqa: F811
    """It was said only at Record."""
    taken = infant.clock().replace(hour=6, minute=10)
    enter(infant, NewResult("alt", "61", "U/L"), taken_at=taken, specimen="")
    type_into(dialog.form.lines["alt"].value, "62")
    type_into(dialog.form.lines["ast"].value, "30")
    type_into(dialog.when.time.edit, "06:10")
    assert "Recorded already as taken at this time: ALT 61 U/L" in dialog.keys.text()
    line = dialog.form.lines["alt"]
    line.reveal()
    assert line.standing() == "refused" and dialog.form.lines["ast"].standing() == "ready"
    assert line.note.text() == "NOT TAKEN: entered already"
    assert not dialog.act_button.isEnabled()
    retype(dialog.when.time.edit, "06:40")
    assert dialog.keys.text().startswith("A value, or one letter") and line.standing() == "ready"
