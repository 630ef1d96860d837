"""What the form of an antibiotic asks beside its name: an allergy on record, a time before the fever."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.fever_act_dialog import FeverActDialog
from tests.desktop_pages.page_driving import type_into


def test_a_time_before_the_fever_and_an_allergy_are_asked_in_the_form(
    qtbot, bench, look, session
) -> None:
    kept: list[tuple[object, ...]] = []
    now = bench.clock()
    dialog = FeverActDialog(
        look, session, "First antibiotic started", "&Which antibiotic", "&Record", now, lambda: now,
        lambda *told: kept.append(told), allergies="penicillin: rash", fever_at=now,
    )  # fmt: skip
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.despite.isVisible() and not dialog.ran_before.isVisible()
    QTest.keyClicks(dialog.words, "pip/taz")
    QTest.keyClicks(dialog.despite, "tolerated")
    dialog.time.edit.selectAll()
    type_into(dialog.time.edit, "08:00")
    assert dialog.ran_before.isVisible()
    dialog.ran_before.choose("yes")
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    at, words, answers = kept[0]
    assert (at.hour, words) == (8, "pip/taz")
    assert (answers.ran_before, answers.despite) == (True, "tolerated")
    dialog.time.edit.selectAll()
    type_into(dialog.time.edit, "10:01")
    assert not dialog.ran_before.isVisible() and dialog.ran_before.value() is None
