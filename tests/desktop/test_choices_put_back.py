"""What was chosen from a list before a crash is put back in whatever language the screen speaks (H29)."""

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QVBoxLayout, QWidget

from bedside.desktop.language import speak
from bedside.desktop.typed_fields import put_back, told, typed_in
from bedside.ward.kept_drafts import KeptField

COUNTS = 2


@pytest.fixture
def german():
    yield lambda: speak(QApplication.instance(), "de")
    speak(QApplication.instance(), "en")


@pytest.mark.parametrize("language", ["en", "de"])
def test_where_a_count_is_from_and_its_states_come_back(window, german, language):
    if language == "de":
        german()
    window.open_infant(window._board.rows[0].infant_id)
    window.show_page(COUNTS)
    page = window.pages.page
    chosen = {
        f"{type(box).__name__}|{box.accessibleName()}|1": box
        for box in page.form.findChildren(QComboBox)
        if box.isVisible()
    }
    assert len(chosen) > 3
    kept = []
    for field in typed_in(page):
        if field.name in chosen:
            box = chosen[field.name]
            kept.append(KeptField(field.name, box.itemText(box.count() - 1)))
    assert len(kept) == len(chosen) and "central line" in {
        box.itemText(row) for box in chosen.values() for row in range(box.count())
    }
    assert put_back(page, tuple(kept)) == []
    for field in kept:
        assert chosen[field.name].currentIndex() == chosen[field.name].count() - 1, field.name
    page.form.clear()


def test_ticks_alone_are_told_before_they_are_put_back(qtbot):
    """Two ticked doses were offered over an empty line."""
    form = QWidget()
    qtbot.addWidget(form)
    column = QVBoxLayout(form)
    days = [QCheckBox(f"day {day}") for day in (1, 2, 3)]
    for day in days:
        column.addWidget(day)
    days[1].click()
    kept = typed_in(form)
    days[1].click()
    assert told(kept, form) == ["day 2: ticked"]
